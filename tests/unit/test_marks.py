"""What the engine finds, as pieces that a page prints."""

import pytest

from apps.comparison.marks import Question, mark


def pieces(kind: str, texts: list[str]) -> list[list[str]]:
    """The words of each text that are marked so, when they are compared for what changed against the first."""
    return [[piece.text for piece in column if piece.kind == kind] for column in mark(texts, Question.CHANGED).columns]


@pytest.mark.parametrize(
    "part",
    ["each helps the other […]", "[…] at once with all means", "each helps […] with all means"],
)
def test_words_that_face_a_gap_in_the_other_text_are_not_marked(part: str) -> None:
    whole = "each helps the other at once with all means"
    assert pieces("removed", [whole, part]) == [[], []]
    assert pieces("added", [part, whole]) == [[], []]


def test_beside_a_gap_other_changes_are_marked() -> None:
    texts = ["each side helps the other at once with all means", "each party helps the other […] with all means"]
    assert pieces("removed", texts)[0] == ["side"]
    assert pieces("added", texts)[1] == ["party"]

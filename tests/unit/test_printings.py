"""Printings of one utterance set against each other: what counts as a difference, and what does not."""

import pytest

from apps.comparison.printings import Standing, tongues
from apps.quotes.models import Quote


def against(first: str, other: str) -> tuple[Standing, str, str]:
    """How `other` stands to `first`, and the words marked in each."""
    (tongue,) = tongues([Quote(words=first, language="en"), Quote(words=other, language="en")])
    lead, set_against = tongue.printings
    for text, printing in ((first, lead), (other, set_against)):
        assert "".join(piece.text for line in printing.paragraphs for piece in line) == text
    gone, new = (
        " | ".join(piece.text.strip() for line in printing.paragraphs for piece in line if piece.kind)
        for printing in (lead, set_against)
    )
    return set_against.standing, gone, new


@pytest.mark.parametrize(
    ("first", "other", "told"),
    [
        ("It is a breakthrough.", "it is a breakthrough", (Standing.SAME, "", "")),
        ("Today we sign a treaty of peace", "a treaty of peace", (Standing.PART, "", "")),
        ("a treaty of peace", "Today we sign a treaty of peace", (Standing.PART, "", "")),
        ("most powerful treaty", "most powerful agreement", (Standing.DIFFERS, "treaty", "agreement")),
        ("They owe immediate help", "They owe help", (Standing.DIFFERS, "immediate", "")),
        ("We signed the document today", "allied", (Standing.APART, "", "")),
    ],
)
def test_words_that_are_other_are_marked_and_a_shorter_passage_is_no_difference(first, other, told):
    assert against(first, other) == told


def test_languages_stand_apart_and_are_never_marked_against_each_other():
    words = {"ru": "Прорывной документ", "en": "A breakthrough document", "ko": "획기적인 문서"}
    found = tongues([Quote(words=text, language=language) for language, text in words.items()])
    assert [tongue.language for tongue in found] == ["ru", "en", "ko"]
    assert not any(tongue.marked for tongue in found)


def test_of_the_first_only_what_no_other_has_is_marked():
    texts = ["a truly new treaty", "a new treaty", "a truly new treaty"]
    (tongue,) = tongues([Quote(words=text, language="en") for text in texts])
    assert [printing.standing for printing in tongue.printings] == ["first", "differs", "same"]
    assert not [piece for line in tongue.printings[0].paragraphs for piece in line if piece.kind]

"""Steps are the words of a text in lines: what differs is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.treaties.rules import unlike

TEXT = "If one side is attacked, the other helps."


@pytest.mark.parametrize(
    "steps", ["If one side is attacked,\nthe other helps.", "If one side\nis attacked,\n\n the  other helps.\n"]
)
def test_the_words_in_lines_are_the_text_wherever_it_is_cut(steps: str) -> None:
    assert unlike(TEXT, steps) == ""


def test_words_without_spaces_may_be_cut_too() -> None:
    assert unlike("一旦遭受武装进攻应立即援助", "一旦遭受武装进攻\n应立即援助") == ""


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        (
            "If one side is invaded,\nthe other helps.",
            ["after “…If one side is”", "the text has “attacked, the", "the steps have “invaded,"],
        ),
        ("If one side is attacked,", ["the text has “the other helps.”", "the steps have nothing more"]),
        (f"{TEXT}\nAlways.", ["the text has nothing more", "the steps have “Always.”"]),
        ("when one side", ["from their beginning", "the steps have “when one side”"]),
    ],
)
def test_the_first_difference_is_named(steps: str, words: list[str]) -> None:
    said = unlike(TEXT, steps)
    assert [each for each in words if each not in said] == [], said


@given(st.text(), st.text())
def test_any_two_texts_are_alike_or_their_difference_is_named(text: str, steps: str) -> None:
    same = "".join(text.split()) == "".join(steps.split())
    assert (unlike(text, steps) == "") is same

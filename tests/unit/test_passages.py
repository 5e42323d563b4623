import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.sources.passages import Run, opening, runs


def test_korean_and_russian_words_carry_their_language() -> None:
    assert runs("“Armed invasion” (무력침공), “armed attack” (вооруженное нападение).") == [
        Run("“Armed invasion” (", ""),
        Run("무력침공", "ko"),
        Run("), “armed attack” (", ""),
        Run("вооруженное нападение", "ru"),
        Run(").", ""),
    ]


@given(st.text())
def test_the_runs_of_a_text_give_the_text_back(text: str) -> None:
    assert "".join(run.text for run in runs(text)) == text


TEXT = "For four months only Pyongyang’s text existed"


def test_an_opening_ends_where_a_sentence_does_within_a_few_words_more() -> None:
    said = (
        "It stands in print. Moscow says so; lawyers deny it. What the rest of the world makes of it nobody has asked."
    )
    assert opening(said, 2) == "It stands in print. Moscow says so; lawyers deny it."
    assert opening(said, 10) == "It stands in print. Moscow says so; lawyers deny it."
    assert opening(said, 12) == said


def test_a_sentence_is_never_cut_since_its_other_half_may_turn_it() -> None:
    said = f"{TEXT}; whether the sides agreed on more than it says, in whatever place, nobody knows."
    assert opening(f"{said} {TEXT}.", 5) == said


def test_an_opening_of_a_word_goes_on_to_say_something() -> None:
    assert opening(f"Yes. {TEXT}. {TEXT}.", 4) == f"Yes. {TEXT}."


@pytest.mark.parametrize("turn", ["But only", "Unless", "Except", "Though", "However,"])
def test_a_sentence_that_turns_the_one_before_is_not_parted_from_it(turn: str) -> None:
    limb = f"{turn} what lawyers say of it in every country is right after all."
    assert opening(f"{TEXT}. {limb} {TEXT}.", 5) == f"{TEXT}. {limb}"


def test_no_opening_leaves_a_quotation_open() -> None:
    said = "He said: “We shall help them by all means; nothing is excluded.”"
    assert opening(f"{said} He named no day.", 1) == said


@given(st.text(), st.integers(1, 40))
def test_an_opening_is_the_beginning_of_its_text(text: str, words: int) -> None:
    assert text.startswith(opening(text, words))

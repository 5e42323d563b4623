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


def test_an_opening_ends_where_a_clause_does() -> None:
    said = "Yes, for Kursk. Moscow says so; lawyers deny it. Nothing else is known."
    assert opening(said, 3) == "Yes, for Kursk."
    assert opening(said, 6) == "Yes, for Kursk. Moscow says so …"
    assert opening(said, 9) == "Yes, for Kursk. Moscow says so; lawyers deny it."
    assert opening(said, 99) == said


def test_an_opening_of_a_word_goes_on_to_say_something() -> None:
    assert opening("Yes. It has stood in print since June 2024. More is to come.", 6) == (
        "Yes. It has stood in print since June 2024."
    )


@given(st.text(), st.integers(1, 40))
def test_an_opening_is_the_beginning_of_its_text(text: str, words: int) -> None:
    assert text.startswith(opening(text, words).removesuffix(" …"))

from hypothesis import given
from hypothesis import strategies as st

from apps.sources.passages import Run, runs


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

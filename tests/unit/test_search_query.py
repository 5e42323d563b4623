"""What a reader types, read as words, phrases and places; nothing that is typed can be malformed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.search.goto import Place, place
from apps.search.query import LONGEST, Term, folded, pairs, parse, visible
from apps.search.snippets import START, STOP, around, runs, sequences


def typed(text: str) -> list[tuple[str, ...]]:
    return [term.pieces for term in parse(text).terms]


@pytest.mark.parametrize(
    "quoted", ['"other assistance"', "“other assistance”", "„other assistance“", "«other assistance»"]
)
def test_quotation_marks_of_every_kind_make_a_phrase(quoted):
    assert parse(quoted).terms == (Term(("other", "assistance"), exact=True),)


def test_the_last_word_may_be_begun_only_and_others_with_a_star():
    assert [(term.text, term.prefix) for term in parse("milit* help assist").terms] == [
        ("milit", True),
        ("help", False),
        ("assist", True),
    ]
    for finished in ("help 2024", "help “milit”", "help -milit", "x"):
        assert not parse(finished).terms[-1].prefix, finished


def test_a_minus_leaves_out_a_word_or_a_phrase_but_joins_none():
    assert [(term.text, term.without) for term in parse('treaty -Putin -"no delay" Jong-un').terms] == [
        ("treaty", False),
        ("putin", True),
        ("no delay", True),
        ("jong un", False),
    ]
    assert parse("-treaty").wanted == ()


def test_one_spelling_stands_for_many():
    assert folded("Böckenförde Всеобъёмлющий ＡＢＣ") == "bockenforde всеобъемлющий abc"
    # Hangul typed in parts, as some systems send it.
    assert typed("\u1109\u1163") == [("샤",)]


def test_scripts_without_spaces_are_read_in_pairs_of_characters():
    assert pairs(["지체없이"]) == ["지체", "체없", "없이"]
    assert pairs(["북"]) == ["북"]
    # Between two runs stands the last character of the first, so that no pair follows one of another run.
    assert pairs(["군사적", "원조"]) == ["군사", "사적", "적", "원조"]
    assert typed("2024년 조약") == [("2024", "년"), ("조약",)]


def test_what_cannot_be_seen_is_not_there():
    assert visible("\u202eab\u200b\x00c\u2066  d\n") == "ab c d"
    assert typed("\u200f\u202e\x00") == []


@pytest.mark.parametrize("empty", ["", " ", '""', '"', "-", "*", "“ ”", "' '", "& | !", "<>", "((("])
def test_marks_alone_ask_for_nothing(empty):
    assert parse(empty).terms == ()


def test_what_is_too_long_is_said_to_be_so():
    assert parse("x" * LONGEST).terms
    assert parse("x" * (LONGEST + 1)).too_long


@given(st.text(max_size=80))
def test_only_letters_and_figures_reach_the_database(text):
    for term in parse(text).terms:
        assert term.pieces
        assert all(piece.isalnum() for piece in term.pieces)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Art. 4 2024", Place("2024", "4")),
        ("2024 Art. 4", Place("2024", "4")),
        ("Article 4 of the 2024 treaty", Place("2024", "4")),
        ("1961/1", Place("1961", "1")),
        ("article 4", Place("", "4")),
        ("Статья 4", Place("", "4")),
        ("статья 4 договора 2024 года", Place("2024", "4")),
        ("제4조", Place("", "4")),
        ("2024년 조약 제4조", Place("2024", "4")),
        ("第四条", None),
        ("第4条", Place("", "4")),
        ("preamble 1961", Place("1961", "preamble")),
        ("treaty of 2000", Place("2000", "")),
        ("kim-jong-un", Place(slug="kim-jong-un")),
        ("Article 4 and help", None),
        ("four words of text", None),
        ("", None),
    ],
)
def test_a_place_is_meant_where_nothing_else_is_said(text, meant):
    assert place(text) == meant


def test_a_snippet_is_cut_around_what_was_found_and_marked_by_runs():
    text = f"a {START}b{STOP} <c>"
    assert [(run.text, run.marked) for run in runs(text)] == [("a ", False), ("b", True), (" <c>", False)]
    words = " ".join(["가나다라"] * 60 + ["군사적"] + ["마바사"] * 60)
    cut = around(words, sequences(parse("군사적")))
    assert cut.startswith("…가나다라 ") and "군사적" in cut and cut.endswith("마바사…") and len(cut) < 240
    assert around(words, sequences(parse("없다"))) == ""


def test_what_stands_together_is_marked_where_it_stands_together():
    sought = sequences(parse("제4조 help"))
    shown = runs("제14조, 제4조의 조건, 제 4 조; 전제 4", sought)
    assert [run.text for run in shown if run.marked] == ["제4조", "제 4 조"]
    assert sequences(parse("help 4")) is None

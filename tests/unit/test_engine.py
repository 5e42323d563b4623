"""The engine of the comparison: tokens, diff, reuse, align and variants, over any text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.comparison.engine.align import align, likeliest
from apps.comparison.engine.alike import aligned, in_step, runs
from apps.comparison.engine.diff import Op, diff
from apps.comparison.engine.reuse import reuse
from apps.comparison.engine.tokens import MOST_WORDS, Kind, TooLong, tokens
from apps.comparison.engine.variants import variants

OF_1961 = (
    "Should either of the Contracting Parties suffer armed attack by any State or coalition of States and thus find"
    " itself in a state of war, the other Contracting Party shall immediately extend military and other assistance"
    " with all the means at its disposal."
)
OF_2024 = (
    "In the event that one of the sides comes under an armed attack by any country or several countries and thus finds"
    " itself in a state of war, the other side will immediately provide military and other assistance by all means at"
    " its disposal in accordance with Article 51 of the UN Charter and in accordance with the laws of the Russian"
    " Federation and the DPRK."
)
FROM_KOREAN = (
    "In case any one of the two sides is put in a state of war by an armed invasion from an individual state or several"
    " states, the other side shall provide military and other assistance with all means in its possession without delay"
    " in accordance with Article 51 of the UN Charter and the laws of the DPRK and the Russian Federation."
)

anything = st.text(max_size=80)
few_words = st.lists(
    st.sampled_from(
        "the of and Party State armed attack war peace co-operation cooperation, 전쟁상태에 война Article 51".split()
    ),
    max_size=30,
).map(" ".join)
a_text = anything | few_words


def shared(text: str, texts: list[str]) -> list[str]:
    return [stretch.text for stretch in reuse(texts)[texts.index(text)] if stretch.shared_by]


@given(anything)
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(token.text for token in tokens(text)) == text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Co-operation", "cooperation"),
        ("defence", "defense"),
        ("organisation", "Organization"),
        ("honour", "honor"),
        ("parties’", "parties'"),
        ("inter-Korean", "interkorean"),
        ("ё", "е"),
        ("й", "й"),
        ("전쟁", "전쟁"),
        ("\u110c\u1165\u11ab", "전"),
        ("か\u3099", "が"),
        ("ﬁnd", "find"),
        ("STRASSE", "straße"),
        ("İZMIR", "izmir"),
        ("\u0390", "\u03aa\u0301"),
        ("at\u00adtack", "attack"),
        ("at\u2060tack", "attack"),
        ("\ufeffat\ufefftack\u200f", "attack"),
    ],
)
def test_spellings_of_one_word_have_one_key(one: str, other: str) -> None:
    assert [token.key for token in tokens(one) if token.counts] == [t.key for t in tokens(other) if t.counts]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Article 51.", "word space numeral punctuation"),
        ("제4조", "word"),
        ("в 2024 г.", "word space numeral space word punctuation"),
        ("long-term", "word punctuation word"),
        ("co-operation", "word"),
        ("战争", "word word"),
        ("1,234.5", "numeral"),
        ("x-", "word punctuation"),
        ("हिन्दी", "word"),
        ("שָׁלוֹם", "word"),
        ("𠮷・野", "word punctuation word"),
        ("\ud800\0", "punctuation punctuation"),
        ("non-nuclear-weapon", "word punctuation word"),
    ],
)
def test_words_numerals_and_punctuation_are_told_apart(text: str, kinds: str) -> None:
    names = {Kind.WORD: "word", Kind.NUMERAL: "numeral", Kind.PUNCTUATION: "punctuation", Kind.SPACE: "space"}
    assert [names[token.kind] for token in tokens(text)] == kinds.split()


def test_a_run_of_letters_longer_than_any_word_is_compared_as_it_stands() -> None:
    text = "a" + "\u0301\u0323" * 49_000
    assert [token.key for token in tokens(text)] == [text]


@given(a_text, a_text, st.booleans())
def test_spans_joined_are_the_two_texts(left: str, right: str, islands: bool) -> None:
    spans = diff(left, right, islands=islands)
    assert "".join(span.left for span in spans) == left
    assert "".join(span.right for span in spans) == right


@given(a_text)
def test_a_text_differs_from_itself_in_nothing(text: str) -> None:
    assert all(span.op is Op.SAME for span in diff(text, text))


@given(a_text, a_text)
def test_what_is_removed_one_way_is_as_much_as_is_added_the_other_way(left: str, right: str) -> None:
    def count(spans: list, op: Op) -> int:
        return sum(token.counts for span in spans if span.op is op for token in tokens(span.left or span.right))

    there, back = diff(left, right), diff(right, left)
    assert count(there, Op.REMOVED) == count(back, Op.ADDED)
    assert count(there, Op.ADDED) == count(back, Op.REMOVED)


@given(st.lists(st.integers(0, 4), max_size=30), st.lists(st.integers(0, 4), max_size=30))
def test_an_alignment_is_as_long_as_the_longest_there_is(left: list[int], right: list[int]) -> None:
    pairs = in_step(left, right)
    assert all(left[i] == right[j] for i, j in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))
    table = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            table[i + 1][j + 1] = table[i][j] + 1 if a == b else max(table[i][j + 1], table[i + 1][j])
    assert len(pairs) == table[-1][-1]


@given(st.lists(st.integers(0, 3), max_size=30), st.lists(st.integers(0, 3), max_size=30))
def test_runs_are_as_long_in_all_and_no_more_than_before_they_moved_together(left: list[int], right: list[int]) -> None:
    pairs = in_step(left, right)
    found = aligned(left, right)
    moved = [(run.left + k, run.right + k) for run in found for k in range(run.length)]
    assert all(left[i] == right[j] for i, j in moved)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(moved))
    assert len(moved) == len(pairs)
    assert found == runs(moved)
    assert len(found) <= len(runs(pairs))


def test_words_that_fit_beside_others_are_not_matched_further_off() -> None:
    spans = diff("old A of the X of the B end", "new A of the Y and end")
    assert [span.left.strip() for span in spans if span.op is Op.SAME and span.left.strip()] == ["A of the", "end"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("The Parties shall co-operate.", "the parties shall cooperate"),
        ("military, and other help", "military and other help"),
        ("long-term defence", "long term defense"),
        ("in  war", "in war"),
    ],
)
def test_case_punctuation_hyphens_spelling_and_space_are_no_change(left: str, right: str) -> None:
    assert [span.op for span in diff(left, right)] == [Op.SAME]


def test_a_changed_word_is_marked_as_a_word_and_alone() -> None:
    spans = diff("an armed invasion from abroad", "an armed attack from abroad")
    assert [(span.op, span.left, span.right) for span in spans] == [
        (Op.SAME, "an armed ", "an armed "),
        (Op.REMOVED, "invasion", ""),
        (Op.ADDED, "", "attack"),
        (Op.SAME, " from abroad", " from abroad"),
    ]


def test_function_words_left_alone_between_changes_change_with_them() -> None:
    left, right = "peace of Korea", "war of Asia"
    assert Op.SAME in {span.op for span in diff(left, right)}
    assert [(span.op, span.left or span.right) for span in diff(left, right, islands=False)] == [
        (Op.REMOVED, left),
        (Op.ADDED, right),
    ]


def test_the_promise_of_1961_is_found_again_in_2024() -> None:
    runs = shared(OF_2024, [OF_1961, OF_2024])
    assert "itself in a state of war, the other" in runs
    assert "military and other assistance" in runs
    assert "means at its disposal" in runs


def test_what_is_new_in_2024_is_not_shared() -> None:
    alone = " ".join(stretch.text for stretch in reuse([OF_1961, OF_2024])[1] if not stretch.shared_by)
    assert "Article 51 of the UN Charter" in alone
    assert "the laws of the Russian Federation and the DPRK" in alone


def test_shared_words_are_counted_by_translation() -> None:
    def count(text: str) -> tuple[int, int]:
        stretches = reuse([OF_1961, text])[1]
        return sum(s.words for s in stretches if s.shared_by), sum(s.words for s in stretches)

    assert count(OF_2024) == (21, 66)
    assert count(FROM_KOREAN) == (12, 62)


@given(st.lists(a_text, min_size=1, max_size=4))
def test_stretches_joined_are_each_text(texts: list[str]) -> None:
    for text, stretches in zip(texts, reuse(texts), strict=True):
        assert "".join(stretch.text for stretch in stretches) == text


@given(st.lists(few_words, min_size=2, max_size=3))
def test_no_stretch_of_function_words_alone_is_shared(texts: list[str]) -> None:
    for stretches in reuse(texts):
        for stretch in stretches:
            if stretch.shared_by:
                assert any(token.counts and not token.says_little for token in tokens(stretch.text))


@given(st.lists(few_words, min_size=2, max_size=3))
def test_a_shared_stretch_is_maximal_and_names_its_own_text(texts: list[str]) -> None:
    for number, stretches in enumerate(reuse(texts)):
        for one, other in pairwise(stretches):
            assert one.shared_by != other.shared_by
        assert all(number in s.shared_by and len(s.shared_by) > 1 for s in stretches if s.shared_by)


@given(few_words, few_words)
def test_two_texts_share_the_same_whichever_comes_first(left: str, right: str) -> None:
    def flat(stretches: list) -> list[tuple[str, bool]]:
        return [(stretch.text, bool(stretch.shared_by)) for stretch in stretches]

    one, other = reuse([left, right]), reuse([right, left])
    assert flat(one[0]) == flat(other[1])
    assert flat(one[1]) == flat(other[0])


@given(few_words, few_words, few_words)
def test_words_shared_with_a_text_are_as_many_there(a: str, b: str, c: str) -> None:
    """What one column marks as shared by a second is marked in the second, too."""
    found = reuse([a, b, c])
    for one in range(3):
        for other in range(3):
            ours = {t.key for s in found[one] if other in s.shared_by for t in tokens(s.text) if t.counts}
            theirs = {t.key for s in found[other] if one in s.shared_by for t in tokens(s.text) if t.counts}
            assert ours == theirs


def test_a_passage_that_moved_is_found_where_it_went() -> None:
    one = "In accordance with the laws of both States, it follows that the other Party shall provide assistance."
    other = "The other Party shall provide assistance, if asked, in accordance with the laws of both States."
    assert shared(one, [one, other]) == [
        "In accordance with the laws of both States",
        "the other Party shall provide assistance",
    ]


def test_a_moved_passage_keeps_the_formula_it_begins_with() -> None:
    formulas = " ".join(f"armed attack by {place}" for place in "abcdefghi")
    one = f"{formulas} peace war oslo armed attack by any foreign state"
    other = f"armed attack by any foreign state moscow {formulas} peace war"
    assert "armed attack by any foreign state" in shared(one, [one, other])
    assert "armed attack by any foreign state" in shared(other, [one, other])


@given(st.lists(few_words, min_size=3, max_size=3), st.permutations(range(3)))
def test_three_texts_share_the_same_in_any_order(texts: list[str], order: list[int]) -> None:
    straight, turned = reuse(texts), reuse([texts[number] for number in order])
    for place, number in enumerate(order):
        assert [(s.text, s.shared_by) for s in straight[number]] == [
            (s.text, frozenset(order[one] for one in s.shared_by)) for s in turned[place]
        ]


def test_what_all_three_share_is_told_from_what_two_share() -> None:
    texts = ["a lasting peace and a free trade zone", "a lasting peace", "a free trade zone and a lasting peace"]
    marks = {s.text: s.shared_by for s in reuse(texts)[0] if s.shared_by}
    assert marks["a lasting peace"] == frozenset({0, 1, 2})
    assert marks["a free trade zone"] == frozenset({0, 2})


@pytest.mark.parametrize("text", [" ".join(["war"] * MOST_WORDS), " ".join(["war peace"] * (MOST_WORDS // 2))])
def test_the_longest_text_that_is_compared_may_repeat_itself(text: str) -> None:
    assert [s.shared_by for s in reuse([text, text])[0]] == [frozenset({0, 1})]


@pytest.mark.parametrize(("length", "count"), [(MOST_WORDS, 6), (500, 24)])
def test_the_longer_the_texts_the_fewer_are_compared(length: int, count: int) -> None:
    everyone = frozenset(range(count))
    assert {s.shared_by for column in reuse([" ".join(["war"] * length)] * count) for s in column} == {everyone}


@pytest.mark.parametrize("compare", [diff, lambda a, b: reuse([a, b]), lambda a, b: variants([a, b])])
def test_longer_texts_are_refused_with_a_sentence(compare) -> None:
    with pytest.raises(TooLong, match="up to"):
        compare("war " * 200_000, "war peace " * 100_000)


@pytest.mark.parametrize(
    "refused",
    [
        lambda: reuse(["war"] * 25),
        lambda: reuse(["war " * 600] * 24),
        lambda: variants(["war"] * 25),
        lambda: variants(
            [" ".join(f"war in{text}{place}" for place in range(100)) for text in "abcdefghijklmnopqrstuvwx"]
        ),
        lambda: align([["war"] * 301]),
        lambda: align([["war " * 20_000] * 5]),
        lambda: likeliest("war", ["war"] * 300),
    ],
)
def test_more_than_a_page_can_wait_for_is_refused(refused) -> None:
    with pytest.raises(TooLong):
        refused()


def test_an_editor_may_pair_a_place_twice_and_leave_columns_out() -> None:
    rows = align([["war", "peace"], ["media"], ["trade"]], paired=[((0, 0),), ((0, 1), (0,))])
    assert [(row.cells, row.paired) for row in rows] == [
        (((0,), (), ()), True),
        (((), (), (0,)), False),
        (((1,), (0,), ()), True),
    ]


@pytest.mark.parametrize("place", [1, -1])
def test_an_editor_may_not_pair_what_is_not_there(place: int) -> None:
    with pytest.raises(IndexError):
        align([["war"], ["war"]], paired=[((0,), (place,))])


def test_a_third_passage_joins_by_either_of_two() -> None:
    rows = align([["military help"], ["military help without delay"], ["without delay"]])
    assert [row.cells for row in rows] == [((0,), (0,), (0,))]


def test_rows_follow_the_editor_first_and_likeness_then() -> None:
    columns = [
        ["military help in war", "trade and transport"],
        ["contact when attack threatens"],
        ["transport, trade and investment", "help by the military in war", "media"],
    ]
    rows = align(columns, paired=[((0,), (0,), (1,))])
    assert [(row.cells, row.paired) for row in rows] == [
        (((0,), (0,), (1,)), True),
        (((1,), (), (0,)), False),
        (((), (), (2,)), False),
    ]


@given(st.lists(st.lists(few_words, max_size=4), min_size=1, max_size=3))
def test_every_passage_stands_in_exactly_one_row(columns: list[list[str]]) -> None:
    rows = align(columns)
    for number, column in enumerate(columns):
        assert sorted(place for row in rows for place in row.cells[number]) == list(range(len(column)))


def test_the_likeliest_passage_comes_first_and_a_text_is_wholly_like_itself() -> None:
    found = likeliest("help in war", ["trade and transport", "military help in war", "help in war"])
    assert [place for place, _ in found] == [2, 1, 0]
    assert found[0][1] == pytest.approx(1)
    assert found[-1][1] == 0


def test_renderings_part_where_readers_look() -> None:
    found = [{reading.words for reading in variant.readings} for variant in variants([FROM_KOREAN, OF_2024])]
    assert {"in its possession without delay", "at its disposal"} in found


def test_many_renderings_tell_which_words_stand_for_each_other() -> None:
    texts = [
        "one of the sides shall provide military assistance without delay with all means in its possession",
        "one of the parties shall, without delay, provide military assistance with all means in its possession",
        "if the sides so wish, each shall immediately provide military assistance by all means at its disposal",
        "each of the parties shall immediately provide military assistance by all means at its disposal",
    ]
    found = {
        tuple((reading.words, tuple(sorted(reading.texts))) for reading in variant.readings)
        for variant in variants(texts)
    }
    assert (("the sides", (0, 2)), ("of the parties", (1, 3))) in found
    assert (("without delay", (0, 1)), ("shall immediately", (2, 3))) in found
    assert (("in its possession", (0, 1)), ("at its disposal", (2, 3))) in found


def test_words_that_face_each_other_in_one_pair_of_many_are_no_variants() -> None:
    texts = [
        "help without delay in accordance with the Charter",
        "help at once, and in accordance with the Charter",
        "help, if asked, in accordance with the Charter",
        "help without delay by mobilizing all means in line with the Charter",
    ]
    assert not any(
        {"in accordance", "by mobilizing"} <= {reading.words for reading in variant.readings}
        for variant in variants(texts)
    )


def test_forms_of_one_word_are_no_variants() -> None:
    assert variants(["each party finds itself at war", "each party find itself at war"]) == []


def test_a_reading_is_quoted_as_it_stands() -> None:
    found = variants(["lasting, friendly help", "hostile help"])
    assert [reading.words for reading in found[0].readings] == ["lasting, friendly", "hostile"]


@given(st.lists(a_text, max_size=5))
def test_no_text_has_two_readings_of_one_variant(texts: list[str]) -> None:
    for variant in variants(texts):
        assert len(variant.readings) > 1
        together = [number for reading in variant.readings for number in reading.texts]
        assert len(together) == len(set(together))
        assert all(reading.words in texts[min(reading.texts)] for reading in variant.readings)

"""The geometry of the in-force picture."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.treaties.bands import BEGIN, Life, Shape, Turn, bars, lay_out, position

NOW = date(2026, 12, 1)


def turn(year: int, month: int, day: int) -> Turn:
    when = date(year, month, day)
    return Turn(when, f"{when.day} {when:%B %Y}")


OF_1961 = Life("1961", "1961 treaty", turn(1961, 7, 6), turn(1961, 9, 10), turn(1996, 9, 10))
OF_2000 = Life("2000", "2000 treaty", turn(2000, 2, 9), turn(2000, 10, 30), turn(2024, 12, 4))
OF_2024 = Life("2024", "2024 treaty", turn(2024, 6, 19), turn(2024, 12, 4))
ALL = [OF_1961, OF_2000, OF_2024]


def test_each_treaty_has_one_filled_bar_and_the_three_do_not_overlap():
    rows = lay_out(ALL, on=NOW, until=NOW).rows
    assert [[bar.shape for bar in row.bars] for row in rows] == [[Shape.FORCE]] * 3
    ends = [(row.bars[0].x, row.bars[0].x + row.bars[0].width) for row in rows]
    assert ends[0][1] < ends[1][0]
    assert ends[1][1] == pytest.approx(ends[2][0], abs=0.02)
    assert ends[2][1] == pytest.approx(100, abs=0.02)


def test_the_whole_record_leaves_nothing_hatched():
    picture = lay_out(ALL, on=NOW, until=NOW)
    assert picture.cut is None
    assert "hatched" not in picture.words


def test_on_the_day_of_signature_the_new_treaty_is_an_outline_wide_enough_to_see():
    signed = Life("2024", "2024 treaty", turn(2024, 6, 19))
    picture = lay_out([OF_1961, signed], on=date(2024, 6, 19), until=NOW)
    (bar,) = picture.rows[1].bars
    assert bar.shape is Shape.SIGNED
    assert bar.width >= 1.8
    assert picture.cut == position(date(2024, 6, 19), NOW)
    assert bar.x < picture.cut < bar.x + bar.width
    assert "2024 treaty: signed 19 June 2024, not in force." in picture.words
    assert picture.words.endswith("The time after 19 June 2024 is hatched: not yet.")


@pytest.mark.parametrize(
    ("life", "years", "sentence"),
    [
        (
            Life("1961", "1961 treaty", turn(1961, 7, 6), known_by="1 January 1970"),
            "signed; in force not on record",
            "1961 treaty: signed 6 July 1961, entry into force not on record by 1 January 1970.",
        ),
        (
            Life("1961", "1961 treaty", known_by="1 January 1970"),
            "signature not on record",
            "1961 treaty: signature not on record by 1 January 1970.",
        ),
    ],
)
def test_of_the_past_the_picture_says_what_was_not_on_record_not_that_it_had_not_happened(life, years, sentence):
    picture = lay_out([life], on=date(1970, 1, 1), until=NOW)
    assert picture.rows[0].years == years
    assert sentence in picture.words


def test_a_bar_of_a_treaty_still_in_force_ends_where_the_hatching_begins():
    alive = Life("2000", "2000 treaty", turn(2000, 2, 9), turn(2000, 10, 30))
    picture = lay_out([alive], on=date(2010, 1, 1), until=NOW)
    bar = picture.rows[0].bars[0]
    assert bar.x + bar.width == pytest.approx(picture.cut, abs=0.02)
    assert picture.rows[0].years == "2000–"


def test_the_words_say_all_that_the_picture_shows_and_the_years_without_a_treaty():
    words = lay_out(ALL, on=NOW, until=NOW).words
    assert "1961 treaty: signed 6 July 1961, in force from 10 September 1961 to 10 September 1996." in words
    assert "2024 treaty: signed 19 June 2024, in force since 4 December 2024." in words
    assert "Between 1996 and 2000 no treaty was in force." in words


def test_a_treaty_followed_by_the_next_on_the_same_day_leaves_no_gap():
    assert "Between 2024" not in lay_out(ALL, on=NOW, until=NOW).words


def test_the_label_stands_on_the_roomier_side_of_its_bar():
    before = [row.label_before for row in lay_out(ALL, on=NOW, until=NOW).rows]
    assert before == [False, True, True]


def test_a_treaty_whose_end_is_known_but_not_its_beginning_still_says_so():
    words = lay_out([Life("1961", "1961 treaty", ended=turn(1996, 9, 10))], on=NOW, until=NOW).words
    assert "1961 treaty: ended 10 September 1996." in words


def test_no_treaty_gives_an_axis_and_no_row():
    picture = lay_out([], on=date(1950, 1, 1), until=NOW)
    assert picture.rows == ()
    assert picture.cut == 0


def test_a_bar_at_the_very_beginning_keeps_inside():
    first = Life("1959", "first", None, Turn(BEGIN, "then"), Turn(BEGIN + timedelta(days=30), "later"))
    assert bars(first, NOW, NOW)[0].x == 0


@given(
    st.dates(min_value=date(1945, 1, 1), max_value=NOW),
    st.dates(min_value=BEGIN, max_value=NOW),
    st.integers(min_value=0, max_value=20_000),
)
def test_every_bar_lies_inside_the_picture_and_can_be_seen(on, entered, length):
    ended = entered + timedelta(days=length)
    life = Life("2000", "2000 treaty", None, Turn(entered, "then"), Turn(ended, "later"))
    for bar in bars(life, on, NOW):
        assert bar.width >= 1.8 - 0.01
        assert bar.x >= 0
        assert bar.x + bar.width <= 100.01


@given(st.lists(st.dates(min_value=BEGIN, max_value=NOW), min_size=2, max_size=2).map(sorted))
def test_later_days_never_stand_further_left(days):
    earlier, later = days
    assert position(earlier, NOW) <= position(later, NOW)

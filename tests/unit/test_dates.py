from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.editorial import dates


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1961-07-06", datetime(1961, 7, 6, tzinfo=UTC), datetime(1961, 7, 6, 23, 59, 59, 999999, tzinfo=UTC)),
        ("1990", datetime(1990, 1, 1, tzinfo=UTC), datetime(1990, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)),
        ("1995-08~", datetime(1995, 8, 1, tzinfo=UTC), datetime(1995, 8, 31, 23, 59, 59, 999999, tzinfo=UTC)),
        (
            "2024-06-18/2024-06-19",
            datetime(2024, 6, 18, tzinfo=UTC),
            datetime(2024, 6, 19, 23, 59, 59, 999999, tzinfo=UTC),
        ),
        (
            "2024-06-19T09:13:00-05:00",
            datetime(2024, 6, 19, 14, 13, tzinfo=UTC),
            datetime(2024, 6, 19, 14, 13, tzinfo=UTC),
        ),
        (
            "2024-06-19/2024-06-19T14:13:00Z",
            datetime(2024, 6, 19, tzinfo=UTC),
            datetime(2024, 6, 19, 14, 13, tzinfo=UTC),
        ),
    ],
)
def test_a_date_means_all_instants_between_its_bounds(text: str, first: datetime, last: datetime) -> None:
    assert dates.bounds(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["", "   ", "19 June 2024", "2024-13", "2024-02-30", "2024-06-19/", "2024/..", "2024-06-19T25:00:00Z", "9" * 70],
)
def test_what_is_no_date_is_refused_with_what_is_accepted(text: str) -> None:
    with pytest.raises(ValueError, match="Write a date as 1961-07-06"):
        dates.bounds(text)


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        dates.bounds("2024-06-20/2024-06-19")


@given(st.text(max_size=40))
def test_no_text_brings_the_reader_of_dates_down(text: str) -> None:
    try:
        earliest, latest = dates.bounds(text)
    except ValueError:
        return
    assert earliest <= latest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1961-07-06", "6 July 1961"),
        ("1995-08", "August 1995"),
        ("1995~", "c. 1995"),
        ("1995?", "1995 (uncertain)"),
        ("2024-06-18/2024-06-19", "18–19 June 2024"),
        ("2024-05/2024-06", "May–June 2024"),
        ("2024-05-30/2024-06-02", "30 May – 2 June 2024"),
        ("2023-12-30/2024-01-02", "30 December 2023 – 2 January 2024"),
        ("1969/1983", "1969–1983"),
        ("2024-06-19T14:13:00Z", "19 June 2024, 14:13 UTC"),
        ("2024-06-19/2024-06-19T14:13:00Z", "19 June 2024, by 14:13 UTC"),
    ],
)
def test_a_date_reads_as_precisely_as_it_is_known(text: str, words: str) -> None:
    assert dates.display(text) == words


@pytest.mark.parametrize(
    ("text", "machine"),
    [("1961-07-06", "1961-07-06"), ("1995-08~", "1995-08"), ("2024-06-18/2024-06-19", "2024-06-18"), ("198X", "")],
)
def test_machines_are_told_only_what_html_understands(text: str, machine: str) -> None:
    assert dates.machine(text) == machine

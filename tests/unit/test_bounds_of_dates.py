"""The common forms of EDTF are read without its parser; the parser is the judge."""

from datetime import UTC, date, datetime, time

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.editorial import dates

plain = st.one_of(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(lambda day: day.isoformat()),
    st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(lambda day: f"{day:%Y-%m}"),
    st.integers(1000, 9998).map(str),
)


@settings(deadline=None)
@given(plain, st.sampled_from(["", "~", "?", "%"]))
def test_common_dates_have_the_bounds_that_the_parser_gives(text: str, mark: str) -> None:
    parsed = parse_edtf(text + mark)
    first, last = parsed.lower_strict(), parsed.upper_strict()
    assert dates.bounds(text + mark) == (
        datetime.combine(date(*first[:3]), time.min, UTC),
        datetime.combine(date(*last[:3]), time.max, UTC),
    )


@pytest.mark.parametrize("text", ["2023-02-29", "2024-06-31", "2024-13", "19 June", "0000", "", "2024/2023", "2024/.."])
def test_what_is_no_date_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="Write a date as 1961-07-06"):
        dates.bounds(text)

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.editorial import moments

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2024-06-19T15:00Z", datetime(2024, 6, 19, 15, 0, tzinfo=UTC)),
        ("2024-06-19T15:00", datetime(2024, 6, 19, 15, 0, tzinfo=UTC)),
        ("2024-06-20T00:00+09:00", datetime(2024, 6, 19, 15, 0, tzinfo=UTC)),
        ("2024-06-20T00:00 09:00", datetime(2024, 6, 19, 15, 0, tzinfo=UTC)),
        ("2024-06-19", datetime(2024, 6, 19, 23, 59, 59, 999999, tzinfo=UTC)),
        ("2026-11-22", NOW),
    ],
)
def test_a_moment_is_an_instant_or_the_end_of_a_day(text: str, instant: datetime) -> None:
    assert moments.parse(text, now=NOW) == instant


@pytest.mark.parametrize("text", ["yesterday", "2024-6-19", "2024-02-30", "19.06.2024", "2024-06-19T15", "令和6年"])
def test_a_malformed_moment_is_refused_with_what_is_accepted(text: str) -> None:
    with pytest.raises(moments.BadMoment, match="Accepted are a day"):
        moments.parse(text, now=NOW)


def test_the_record_cannot_be_read_before_1945_nor_after_today() -> None:
    with pytest.raises(moments.BadMoment, match="begins in 1945"):
        moments.parse("1944-12-31", now=NOW)
    with pytest.raises(moments.BadMoment, match="still to come"):
        moments.parse("2026-11-23", now=NOW)


@given(st.text(max_size=60))
def test_no_text_brings_the_reader_of_moments_down(text: str) -> None:
    try:
        moment = moments.parse(text, now=NOW)
    except moments.BadMoment:
        return
    assert moments.EARLIEST <= moment <= NOW

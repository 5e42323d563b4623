"""How precisely an EDTF date is known, for formats that know only days and instants. Pure functions over text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Span:
    """From when until when, both days or both instants (UTC), both ends within it."""

    first: date | datetime
    last: date | datetime


def to_the_day(when: str) -> Span | None:
    """The days or instants of an EDTF date, or None where it is less precise than a day, or not certain of it.

    A span from a day to an instant is one of days.
    """
    start, slash, end = when.strip().partition("/")
    first = _one(start)
    last = _one(end) if slash else first
    if first is None or last is None:
        return None
    if isinstance(first, datetime) and isinstance(last, datetime):
        return Span(first, last)
    return Span(_day(first), _day(last))


def _one(text: str) -> date | datetime | None:
    if "T" in text:
        return datetime.fromisoformat(text).astimezone(UTC)
    return date.fromisoformat(text) if _DAY.fullmatch(text) else None


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value

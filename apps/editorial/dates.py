"""Dates of the world: EDTF strings (ISO 8601-2), their bounds in UTC, and how they read in English.

Everything here is a pure function over text; nothing asks what time it is.
"""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time
from functools import lru_cache
from time import struct_time

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

ACCEPTED = (
    "Write a date as 1961-07-06, a month as 1995-08, a year as 1990, “about” with a tilde (1995-08~), "
    "a span as 2024-06-18/2024-06-19, an instant with its zone as 2024-06-19T14:13:00Z."
)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)")
_PLAIN = re.compile(r"([1-9]\d{3})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?[~?%]?")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _day(value: struct_time) -> date:
    return date(value.tm_year, value.tm_mon, value.tm_mday)


def _whole_days(lower: date, upper: date) -> tuple[datetime, datetime]:
    return datetime.combine(lower, time.min, UTC), datetime.combine(upper, time.max, UTC)


@lru_cache(maxsize=4096)
def _bounds_of_one(text: str) -> tuple[datetime, datetime]:
    if "T" in text:
        if not _INSTANT.fullmatch(text):
            raise ValueError(f"“{text}” is not an instant with a time zone. {ACCEPTED}")
        try:
            instant = datetime.fromisoformat(text).astimezone(UTC)
        except ValueError:
            raise ValueError(f"“{text}” is not a time that exists. {ACCEPTED}") from None
        return instant, instant
    plain = _PLAIN.fullmatch(text)
    if plain:
        # The common forms without the parser, which takes milliseconds each.
        year, month, day = (int(part) if part else 0 for part in plain.groups())
        try:
            lower = date(year, month or 1, day or 1)
        except ValueError:
            raise ValueError(f"“{text}” is not a date that can be read. {ACCEPTED}") from None
        last_month = month or 12
        upper = date(year, last_month, day or monthrange(year, last_month)[1])
        return _whole_days(lower, upper)
    try:
        parsed = parse_edtf(text)
        lower, upper = _day(parsed.lower_strict()), _day(parsed.upper_strict())
        return _whole_days(lower, upper)
    except (EDTFParseException, ValueError, AttributeError, TypeError, OverflowError):
        raise ValueError(f"“{text}” is not a date that can be read. {ACCEPTED}") from None


def bounds(text: str) -> tuple[datetime, datetime]:
    """The earliest and the latest instant (UTC) that an EDTF string can mean.

    A day without a time is the whole day in UTC. Raises ValueError with a sentence for people when the text
    is no EDTF date, or when a span ends before it begins.
    """
    text = text.strip()
    if not text:
        raise ValueError(f"A date is missing. {ACCEPTED}")
    start, slash, end = text.partition("/")
    if slash and (not start or not end or ".." in text):
        raise ValueError(f"“{text}” is an open span; a span here needs both ends. {ACCEPTED}")
    earliest, latest = _bounds_of_one(start)
    if slash:
        last_earliest, latest = _bounds_of_one(end)
        if last_earliest < earliest:
            raise ValueError(f"“{text}” ends before it begins. {ACCEPTED}")
    return earliest, latest


def _display_of_one(text: str) -> str:
    if "T" in text:
        instant = datetime.fromisoformat(text).astimezone(UTC)
        return f"{instant.day} {MONTHS[instant.month - 1]} {instant.year}, {instant:%H:%M} UTC"
    prefix = "c. " if text.endswith(("~", "%")) else ""
    suffix = " (uncertain)" if text.endswith(("?", "%")) else ""
    parts = text.rstrip("~?%").split("-")
    if not all(part.isdigit() for part in parts):
        return text
    words = [MONTHS[int(parts[1]) - 1]] if len(parts) > 1 and 1 <= int(parts[1]) <= 12 else []
    if len(parts) == 3:
        words.insert(0, str(int(parts[2])))
    return prefix + " ".join([*words, parts[0]]) + suffix


def display(text: str) -> str:
    """An EDTF string as English prose, never more precise than it: “August 1995”, “c. 1995”, “18–19 June 2024”."""
    start, slash, end = text.strip().partition("/")
    if not slash:
        return _display_of_one(start)
    if "T" in end and "T" not in start and end.startswith(start):
        return f"{_display_of_one(start)}, by {_display_of_one(end).rsplit(', ', 1)[1]}"
    first, last = _display_of_one(start).split(), _display_of_one(end).split()
    shared: list[str] = []
    while len(first) == len(last) > 1 and first[-1] == last[-1] and "T" not in text:
        shared.insert(0, first.pop())
        last.pop()
    dash = "–" if len(first) == len(last) == 1 else " – "
    return " ".join([dash.join([" ".join(first), " ".join(last)]), *shared])


def machine(text: str) -> str:
    """The part of an EDTF string that HTML's `<time datetime>` understands (a year, month, day or instant), else ''."""
    start = text.strip().partition("/")[0].rstrip("~?%")
    return start if re.fullmatch(r"\d{4}(-\d\d){0,2}|" + _INSTANT.pattern, start) else ""

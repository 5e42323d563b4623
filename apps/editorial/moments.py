"""The moment a reader asks for: the text of `?as_of=` as an instant."""

import re
from datetime import UTC, date, datetime, time, timedelta

from apps.editorial.refusals import Refused

ACCEPTED = (
    "Accepted are a day (2024-06-19) or an instant with its zone (2024-06-19T15:00Z) of the Gregorian calendar, "
    "from 1945 to today."
)
EARLIEST = datetime(1945, 1, 1, tzinfo=UTC)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?")


class BadMoment(Refused):
    """A moment that cannot be read; its text is a sentence for the reader."""


def parse(text: str, *, now: datetime) -> datetime:
    """The instant (UTC) that `text` names; a bare day means its last instant, an instant without zone is UTC.

    Raises BadMoment when the text is malformed, before 1945 or after `now`. A day that has begun but not ended
    at `now` means `now`.
    """
    text = text.strip()
    # A plus sign in an address arrives as a space.
    text = re.sub(r" (\d\d:\d\d)$", r"+\1", text)
    try:
        if _DAY.fullmatch(text):
            day = date.fromisoformat(text)
            moment = datetime.combine(day, time.min, UTC) + timedelta(days=1) - timedelta(microseconds=1)
            begins = datetime.combine(day, time.min, UTC)
        elif _INSTANT.fullmatch(text):
            moment = datetime.fromisoformat(text)
            moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
            begins = moment
        else:
            raise ValueError
    except (ValueError, OverflowError):
        raise BadMoment(f"“{text[:40]}” is not a moment this record can be read at. {ACCEPTED}") from None
    if moment < EARLIEST:
        raise BadMoment(f"The record begins in 1945; “{text[:40]}” is before it. {ACCEPTED}")
    if begins > now:
        raise BadMoment(f"“{text[:40]}” is still to come; the record cannot be read at it. {ACCEPTED}")
    return min(moment, now)

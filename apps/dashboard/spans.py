"""Two moments, and what an address says of them; the spans of time that the record itself offers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Q
from django.http import QueryDict

from apps.dashboard.models import HomeFinding
from apps.editorial import moments
from apps.editorial.refusals import Refused
from apps.sources.models import Source
from apps.sources.reading import Reading, in_address
from apps.timelines.compose import Tally

INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Span:
    """From one moment, not included, to another (both UTC)."""

    since: datetime
    until: datetime

    @property
    def query(self) -> str:
        """The span as it stands in an address."""
        return f"from={in_address(self.since)}&to={in_address(self.until)}"

    @property
    def earlier(self) -> str:
        """The span that begins a day earlier, so that the first day is in it; "" where it begins within a day."""
        day_before = self.since - timedelta(days=1)
        return Span(day_before, self.until).query if self.since.time() == time.max else ""

    @property
    def length(self) -> str:
        """How long it lasts, in words: “2 days and 9 hours”, “40 minutes”, “16 weeks”, “4 years”."""
        minutes = round((self.until - self.since).total_seconds() / 60)
        days, hours = minutes // 1440, minutes % 1440 // 60
        if days >= 2 * 365:
            return _many(days // 365, "year")
        if days >= 28:
            return _many(days // 7, "week")
        if days:
            return f"{_many(days, 'day')} and {_many(hours, 'hour')}" if hours else _many(days, "day")
        return _many(hours, "hour") if hours and not minutes % 60 else _hours_and_minutes(minutes)


def _hours_and_minutes(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{_many(hours, 'hour')} and {_many(rest, 'minute')}" if hours else _many(rest, "minute")


def _many(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def asked(params: QueryDict, reading: Reading) -> Span | None:
    """The two moments that an address names with `from` and `to`; None where it names none.

    Without `to` it ends at the moment of the page. Raises Refused where a moment cannot be read, is still to come, or
    where the second is not after the first.
    """
    start, end = (params.get(name, "").strip() for name in ("from", "to"))
    if not start and not end:
        return None
    if not start:
        raise Refused("Two moments are compared; the address names only the second. Add “from”.")
    since = moments.parse(start, now=reading.now)
    until = moments.parse(end, now=reading.now) if end else reading.day
    if until > reading.day:
        raise Refused(f"“{end[:40]}” is later than the moment of this page, {in_address(reading.day)}.")
    if until <= since:
        said = f"from {in_address(since)} to {in_address(until)}"
        raise Refused(f"The second moment must be later than the first; asked for is {said}.")
    return Span(since, until)


def came(finding: Any) -> datetime | None:
    """When a finding came to stand on the home page: it had begun and was known; None where nobody knows when."""
    issued = [citation.source.issued_latest for citation in finding.public_citations if citation.source.issued_latest]
    return max(finding.since_earliest, min(issued)) if issued else None


def in_force(findings: Iterable[HomeFinding], at: datetime) -> HomeFinding | None:
    """Of findings, the latest first, the one that stood on the home page at a moment."""
    return next((each for each in findings if (since := came(each)) and since <= at), None)


@dataclass(frozen=True)
class Turn:
    """A moment at which the home page came to say something else: what it said before, and the span that led there."""

    span: Span
    before: HomeFinding | None
    finding: HomeFinding


def turns(findings: Sequence[HomeFinding], day: datetime) -> list[Turn]:
    """When the home page changed its finding until `day`, the latest first; a span begins with its day or with the turn
    before, and ends with the day where no hour is known.

    Among these are the night in which the text came out and the day on which the other side's did.
    """
    ends = ((min(max(at, each.since_latest), day), each) for each in findings if (at := came(each)))
    dated = sorted(ends, key=lambda pair: pair[0], reverse=True)
    found = []
    for number, (at, finding) in enumerate(dated):
        earlier = dated[number + 1] if number + 1 < len(dated) else None
        begins = _end_of(at.date() - timedelta(days=1))
        if earlier and earlier[0].date() >= begins.date():
            begins = earlier[0]
        if begins < at:
            found.append(Turn(Span(begins, at), earlier[1] if earlier else None, finding))
    return found


@dataclass(frozen=True)
class Day:
    """A day, how much came onto the record on it, and how much that is beside the most of any day (0 to 100)."""

    span: Span
    day: datetime
    n: int
    share: float


def rough_ends(at: datetime | None) -> frozenset[date]:
    """The days with which mostly sources end that are dated to a month or a year alone; one query."""
    longer = Q(issued_latest__gt=F("issued_earliest") + timedelta(days=1))
    ends = Source.objects.issued_by(at).exclude(issued="").order_by().values("issued_latest")
    rough = ends.annotate(n=Count("pk", filter=longer), others=Count("pk", filter=~longer)).filter(n__gt=F("others"))
    return frozenset(each["issued_latest"].date() for each in rough)


def fullest(tallies: Iterable[Tally], count: int, until: datetime, rough: Container[date]) -> list[Day]:
    """The days on which most came onto the record, in order of time; none ends later than `until`.

    What rests on a source that is dated to a month or a year alone came on no day that is known, though it stands at
    the end of the last: of the days that are `rough` the last hour is left out.
    """
    per_day: Counter[date] = Counter()
    for tally in tallies:
        if tally.hour and not (tally.hour.hour == time.max.hour and tally.hour.date() in rough):
            per_day[tally.hour.date()] += tally.n
    most = per_day.most_common(count)
    return [_day(day, n, round(100 * n / most[0][1], 1), until) for day, n in sorted(most)]


def _day(day: date, n: int, share: float, until: datetime) -> Day:
    end = min(_end_of(day), until)
    return Day(Span(_end_of(day - timedelta(days=1)), end), end, n, share)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, UTC)


def cited_by(record: Any, at: datetime) -> list[Any]:
    """Of the citations that a record was read with, those that could be read by an earlier moment."""
    return [citation for citation in record.public_citations if citation.source.is_readable(at)]

"""One axis of time that opens where much is on record. Positions are per cent of the picture's width."""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from itertools import count, pairwise
from typing import Protocol

BEGIN = datetime(1945, 1, 1, tzinfo=UTC)
BINS = 120
"""No stretch is opened once the picture has about this many stretches with entries."""
DAMPING = 0.65
"""A stretch is as wide as the count of its entries to this power, and a floor by its length."""


class Tally(Protocol):
    """Entries of one kind that begin in one hour (UTC), None where no date is known; spans end at `until`."""

    @property
    def hour(self) -> datetime | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def symbol(self) -> str: ...
    @property
    def n(self) -> int: ...
    @property
    def until(self) -> datetime | None: ...


class Level(IntEnum):
    """How long a stretch is; each opens into stretches of the next level."""

    ALL = 0
    DECADE = 1
    YEAR = 2
    MONTH = 3
    DAY = 4
    HOURS = 5


OPENED_FROM = {Level.ALL: 0.0, Level.DECADE: 0.02, Level.YEAR: 0.05, Level.MONTH: 0.1, Level.DAY: 0.03}
"""The share of all entries that a stretch must hold to be opened."""
FLOOR = {Level.ALL: 1.0, Level.DECADE: 6.0, Level.YEAR: 1.2, Level.MONTH: 0.7, Level.DAY: 0.5, Level.HOURS: 0.5}
"""What a stretch without entries asks for, beside one entry's 1."""
LENGTH = {
    Level.ALL: timedelta(days=36525),
    Level.DECADE: timedelta(days=3652),
    Level.YEAR: timedelta(days=365),
    Level.MONTH: timedelta(days=28),
    Level.DAY: timedelta(days=1),
    Level.HOURS: timedelta(hours=6),
}
FEWEST = 4
SHORTEST_AXIS = timedelta(days=1)
BLOCK = timedelta(hours=6)


def _next(at: datetime, level: Level) -> datetime:
    """The first calendar boundary of a level after an instant."""
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    match level:
        case Level.DECADE:
            return datetime(at.year // 10 * 10 + 10, 1, 1, tzinfo=UTC)
        case Level.YEAR:
            return datetime(at.year + 1, 1, 1, tzinfo=UTC)
        case Level.MONTH:
            return datetime(at.year + at.month // 12, at.month % 12 + 1, 1, tzinfo=UTC)
        case Level.DAY:
            return midnight + timedelta(days=1)
    return midnight + BLOCK * (at.hour // 6 + 1)


@dataclass
class Stretch:
    """A stretch of the axis with the hours that have entries, in order; `x` and `width` in per cent."""

    begin: datetime
    end: datetime
    level: Level
    hours: Sequence[datetime]
    counts: Sequence[int]
    x: float = 0.0
    width: float = 100.0
    parts: list[Stretch] = field(default_factory=list)
    n: int = field(init=False)
    """How many entries begin in the stretch."""

    def __post_init__(self) -> None:
        self.n = sum(self.counts)

    def split(self) -> list[Stretch]:
        """The stretch by the calendar of the next level; what lies outside goes to the first and the last part."""
        level = Level(self.level + 1)
        edges = [self.begin]
        while (edge := _next(edges[-1], level)) < self.end:
            edges.append(edge)
        cuts = [0, *(bisect_left(self.hours, edge) for edge in edges[1:]), len(self.hours)]
        return [
            Stretch(begin, end, level, self.hours[low:high], self.counts[low:high])
            for (begin, end), (low, high) in zip(pairwise([*edges, self.end]), pairwise(cuts), strict=True)
        ]

    @property
    def weight(self) -> float:
        """What the stretch asks for: closed, a floor and its damped count; opened, what its parts ask for.

        The parts never ask for less than the closed stretch did, so that opening never narrows a stretch.
        """
        if self.parts:
            return max(sum(part.weight for part in self.parts), self._closed_weight)
        return self._closed_weight

    @property
    def _closed_weight(self) -> float:
        return FLOOR[self.level] * min((self.end - self.begin) / LENGTH[self.level], 1.0) + self.n**DAMPING

    def share_out(self) -> None:
        """Give each part its share of the width, and so on inside it."""
        weights = [part.weight for part in self.parts]
        x = self.x
        for part, weight in zip(self.parts, weights, strict=True):
            part.x, part.width = x, self.width * weight / sum(weights)
            x += part.width
            part.share_out()

    def leaves(self) -> Iterator[Stretch]:
        """The stretches that are not opened, in order."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def opened(self, level: Level) -> Iterator[Stretch]:
        """The opened stretches of a level, in order."""
        for part in self.parts:
            if part.parts and part.level == level:
                yield part
            yield from part.opened(level)


def _pays(stretch: Stretch, parts: Sequence[Stretch]) -> bool:
    """Whether opening tells more: a day of which hardly an hour is known stays closed."""
    return stretch.level < Level.DAY or stretch.n - parts[0].n >= FEWEST


def axis(tallies: Iterable[Tally], begin: datetime, end: datetime) -> Stretch:
    """The whole axis, opened where much of what is tallied begins: the fullest stretch first."""
    by_hour = Counter[datetime]()
    for tally in tallies:
        if tally.hour:
            by_hour[tally.hour] += tally.n
    hours = sorted(by_hour)
    whole = Stretch(begin, max(end, begin + SHORTEST_AXIS), Level.ALL, hours, [by_hour[hour] for hour in hours])
    total, bins, order = whole.n, 1, count()
    waiting = [(-total, next(order), whole)]
    while waiting:
        _, _, stretch = heapq.heappop(waiting)
        parts = stretch.split()
        filled = [part for part in parts if part.n]
        wanted = stretch.level == Level.ALL or stretch.n >= max(FEWEST, OPENED_FROM[stretch.level] * total)
        if not wanted or bins + len(filled) - 1 > BINS or not _pays(stretch, parts):
            continue
        stretch.parts = parts
        bins += len(filled) - 1
        for part in filled:
            if part.level < Level.HOURS:
                heapq.heappush(waiting, (-part.n, next(order), part))
    whole.share_out()
    return whole


class Scale:
    """Instants to per cent of the width: piecewise linear over the closed stretches of an axis, strictly monotone."""

    def __init__(self, whole: Stretch) -> None:
        leaves = list(whole.leaves())
        self._at = [leaf.begin for leaf in leaves] + [whole.end]
        self._x = [leaf.x for leaf in leaves] + [100.0]

    def place(self, at: datetime) -> float:
        """The position of an instant, kept within the picture."""
        right = bisect_right(self._at, at)
        if right == 0:
            return 0.0
        if right == len(self._at):
            return 100.0
        start, end, left = self._at[right - 1], self._at[right], self._x[right - 1]
        return left + (self._x[right] - left) * ((at - start) / (end - start))


def words(stretch: Stretch, *, known: bool = False) -> str:
    """A stretch's name: “1950s”, “1961”, “June 2024”, “19 June 2024”, “19 June 2024, 12:00–18:00 UTC”.

    One part of a month, a year or a day also holds what is not dated more closely, and says so: the first, or, in the
    order in which things became `known`, the last, for by its end they certainly were.
    """
    begin = stretch.begin
    day = f"{begin.day} {begin:%B %Y}"
    of_the_month = begin + LENGTH[Level.DAY] if known else begin
    month = " or that month" if of_the_month.day == 1 else ""
    match stretch.level:
        case Level.ALL:
            return f"{begin.year}–{stretch.end.year}"
        case Level.DECADE:
            return f"{begin.year // 10 * 10}s"
        case Level.YEAR:
            return f"{begin.year}"
        case Level.MONTH:
            return f"{begin:%B %Y}" + (" or that year" if begin.month == (12 if known else 1) else "")
        case Level.DAY:
            return day + month
    if begin.hour == (18 if known else 0):
        return f"{day}, {'after 18:00' if known else 'before 06:00'} UTC or at an hour not known{month}"
    return f"{day}, {begin.hour:02}:00–{begin.hour + 6:02}:00 UTC"

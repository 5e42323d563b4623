"""Where instants stand on the picture of the timeline: one axis that opens where much happened. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

ROW_HEIGHT = 27
FIRST_ROW = 65
STEP_PIXELS = 9
NEAR = 0.7
"""Marks of one row that are nearer than this many per cent stand beside each other, one step apart."""


@dataclass(frozen=True)
class Scale:
    """Stretches of time, each with its share of the width in per cent; linear inside each."""

    stops: tuple[tuple[datetime, float], ...]

    def place(self, at: datetime) -> float:
        """The position of an instant in per cent of the width, kept within the picture."""
        if at <= self.stops[0][0]:
            return self.stops[0][1]
        for (start, left), (end, right) in zip(self.stops, self.stops[1:], strict=False):
            if at <= end:
                return round(left + (right - left) * ((at - start) / (end - start)), 2)
        return self.stops[-1][1]


def whole_record(end: datetime) -> Scale:
    """The scale of the whole record: decades closed up, ten days of June 2024 opened, then the time since.

    `end` is the instant at which the picture ends; a picture that ends before June 2024 is linear.
    """
    start, recent = datetime(1945, 1, 1, tzinfo=UTC), datetime(2016, 1, 1, tzinfo=UTC)
    june, after = datetime(2024, 6, 16, tzinfo=UTC), datetime(2024, 6, 26, tzinfo=UTC)
    if end <= june:
        return Scale(((start, 0.0), (end, 100.0)))
    if end <= after:
        return Scale(((start, 0.0), (recent, 38.0), (june, 54.0), (after, 100.0)))
    return Scale(((start, 0.0), (recent, 38.0), (june, 54.0), (after, 79.0), (end, 100.0)))


@dataclass(frozen=True)
class Mark:
    """One entry on the picture: `x` in per cent, `step` in pixels to the right of it."""

    x: float
    step: int
    entry: object


@dataclass(frozen=True)
class MarkRow:
    """The marks of one kind, on one line of the picture at `y` pixels."""

    label: str
    symbol: str
    y: int
    marks: list[Mark]


def rows(kinds: Sequence[tuple[str, str]], entries: Sequence, scale: Scale) -> list[MarkRow]:
    """A row for each (symbol, label) with the marks of the entries that carry the symbol; entries have `earliest`."""
    found = []
    for number, (symbol, label) in enumerate(kinds):
        marks: list[Mark] = []
        for entry in (entry for entry in entries if entry.symbol == symbol):
            x = scale.place(entry.earliest)
            crowded = bool(marks) and x - marks[-1].x < NEAR
            marks.append(Mark(marks[-1].x if crowded else x, marks[-1].step + STEP_PIXELS if crowded else 0, entry))
        found.append(MarkRow(label, symbol, FIRST_ROW + number * ROW_HEIGHT, marks))
    return found


def ticks(scale: Scale, end: datetime) -> list[tuple[float, str, bool]]:
    """Years under the axis: position, label, and whether a narrow picture leaves it out."""
    years = [
        (1950, False),
        (1960, True),
        (1970, False),
        (1980, True),
        (1990, False),
        (2000, True),
        (2010, False),
        (2020, False),
    ]
    found = [
        (scale.place(datetime(year, 1, 1, tzinfo=UTC)), str(year), wide)
        for year, wide in years
        if datetime(year, 1, 1, tzinfo=UTC) < end
    ]
    if end > datetime(2024, 6, 26, tzinfo=UTC):
        found += [
            (scale.place(datetime(2024, 6, day, tzinfo=UTC)), f"{day} June", day != 19) for day in (17, 19, 21, 23)
        ]
        found += [
            (scale.place(datetime(year, 1, 1, tzinfo=UTC)), str(year), year % 2 == 0)
            for year in range(2025, end.year + 1)
            if datetime(year, 1, 1, tzinfo=UTC) < end
        ]
    return found

"""The in-force bands: the lives of treaties as bars on one axis of time. Pure geometry over values.

Positions across are per cent of the picture's width, positions down are pixels, so that the picture keeps its type at
every width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

BEGIN = date(1959, 1, 1)
TOP, STEP, THICK = 14, 36, 15
NARROWEST = 0.9
"""Half the width, in per cent, that a bar has at least."""


@dataclass(frozen=True)
class Turn:
    """A turn in a treaty's life: the day that counts, and how it reads (“September 1961”)."""

    day: date
    words: str


@dataclass(frozen=True)
class Life:
    """One treaty's life, as far as it is known: signed, entered into force, ended.

    `known_by` is the day of the past, in words, by which that was on record; "" where it is the record of today. What
    is missing by then may have happened all the same.
    """

    slug: str
    name: str
    signed: Turn | None = None
    entered: Turn | None = None
    ended: Turn | None = None
    promise: str = ""
    known_by: str = ""


class Shape(StrEnum):
    """How a bar is drawn."""

    FORCE = "force"
    SIGNED = "signed"


@dataclass(frozen=True)
class Bar:
    """A stretch of one treaty's life."""

    shape: Shape
    x: float
    width: float


@dataclass(frozen=True)
class Row:
    """One treaty's line in the picture."""

    slug: str
    code: str
    name: str
    years: str
    promise: str
    bars: tuple[Bar, ...]
    y: int
    label_x: float
    label_before: bool

    @property
    def name_y(self) -> int:
        return self.y + 6

    @property
    def years_y(self) -> int:
        return self.y + 22


@dataclass(frozen=True)
class Tick:
    """A decade on the axis; every other one gives way when the picture is narrow."""

    year: int
    x: float
    minor: bool


@dataclass(frozen=True)
class Picture:
    """All that a template draws. `cut` is where the days begin that had not come yet, None when there are none."""

    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    cut: float | None
    words: str
    height: int
    axis_y: int

    @property
    def cut_width(self) -> float:
        return 0.0 if self.cut is None else round(100 - self.cut, 2)


def code(slug: str) -> str:
    """The two figures that style a treaty wherever it stands: 61, 00, 24."""
    return slug[-2:]


def position(day: date, until: date) -> float:
    """Where a day stands between BEGIN and `until`, in per cent, kept inside the picture."""
    share = (day - BEGIN).days / max((until - BEGIN).days, 1)
    return round(min(max(share, 0.0), 1.0) * 100, 2)


def _bar(shape: Shape, start: float, end: float) -> Bar:
    if end - start < 2 * NARROWEST:
        middle = (start + end) / 2
        start = max(middle - NARROWEST, 0.0)
        end = start + 2 * NARROWEST
        if shape is Shape.FORCE and end > 100:
            start, end = 100 - 2 * NARROWEST, 100.0
    return Bar(shape, round(start, 2), round(end - start, 2))


def bars(life: Life, on: date, until: date) -> tuple[Bar, ...]:
    """The bars of a life as of the day `on`: signed and waiting, then in force."""
    end = position(life.ended.day if life.ended else on, until)
    if life.entered:
        return (_bar(Shape.FORCE, position(life.entered.day, until), end),)
    if life.signed:
        return (_bar(Shape.SIGNED, position(life.signed.day, until), end),)
    return ()


def years(life: Life) -> str:
    """The life in years, for a label: “1961–1996”, “2024–”; in few words where it was never in force."""
    if life.entered:
        return f"{life.entered.day.year}–{life.ended.day.year if life.ended else ''}"
    if life.signed:
        if life.ended:
            return f"signed {life.signed.day.year}, ended {life.ended.day.year}"
        return "signed; in force not on record" if life.known_by else "signed, not in force"
    return "signature not on record" if life.known_by else "not yet signed"


def sentence(life: Life) -> str:
    """The life in one sentence, for those who do not see the picture."""
    signed = f"signed {life.signed.words}" if life.signed else ""
    if life.entered and life.ended:
        force = f"in force from {life.entered.words} to {life.ended.words}"
    elif life.entered:
        force = f"in force since {life.entered.words}"
    elif life.ended:
        force = f"ended {life.ended.words}"
    elif life.signed:
        force = f"entry into force not on record by {life.known_by}" if life.known_by else "not in force"
    else:
        force = f"signature not on record by {life.known_by}" if life.known_by else "not yet signed"
    return f"{life.name}: {', '.join(filter(None, [signed, force]))}."


def gaps(lives: Sequence[Life], on: date) -> list[tuple[int, int]]:
    """The years between which no treaty was in force, after the first had entered into force and before `on`."""
    stretches = sorted(
        (life.entered.day, life.ended.day if life.ended else on)
        for life in lives
        if life.entered and life.entered.day <= on
    )
    found = []
    for (_, end), (start, _) in pairwise(stretches):
        if start > end:
            found.append((end.year, start.year))
    return found


def lay_out(lives: Sequence[Life], *, on: date, until: date) -> Picture:
    """The picture of `lives` as of the day `on`, on an axis from 1959 to the day `until`, both in UTC."""
    until = max(on, until)
    rows = []
    for number, life in enumerate(lives):
        drawn = bars(life, on, until)
        start = drawn[0].x if drawn else position(on, until)
        end = drawn[-1].x + drawn[-1].width if drawn else start
        before = 100 - end < start
        rows.append(
            Row(
                slug=life.slug,
                code=code(life.slug),
                name=life.name,
                years=years(life),
                promise=life.promise,
                bars=drawn,
                y=TOP + STEP * number,
                label_x=round(start if before else end, 2),
                label_before=before,
            )
        )
    axis_y = TOP + STEP * max(len(rows), 1) - 10
    ticks = tuple(
        Tick(year, position(date(year, 1, 1), until), minor=year % 20 != 0) for year in range(1960, until.year + 1, 10)
    )
    said = [sentence(life) for life in lives]
    said += [f"Between {end} and {start} no treaty was in force." for end, start in gaps(lives, on)]
    if on < until:
        said.append(f"The time after {on.day} {on:%B %Y} is hatched: not yet.")
    return Picture(
        rows=tuple(rows),
        ticks=ticks,
        cut=position(on, until) if on < until else None,
        words=" ".join(["Treaties on one axis of time.", *said]),
        height=axis_y + 28,
        axis_y=axis_y,
    )

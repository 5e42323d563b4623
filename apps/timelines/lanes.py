"""Entries beside each other in two or three lanes on one time scale. Pure functions over entries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from apps.editorial import dates
from apps.timelines.compose import Entry
from apps.timelines.strands import Order

VOICES, DEEDS, TREATIES = "voices", "deeds", "treaties"
LABELS = {VOICES: "Moscow, Pyongyang, others", DEEDS: "Words and deeds", TREATIES: "Treaty by treaty"}
SPOKEN = ("statements", "opinions", "publications")
"""The kinds that somebody says or prints; of these the lanes of voices are made."""

_SIDES = {"RU": "Moscow", "SU": "Moscow", "KP": "Pyongyang"}
_SAID_EVENTS = {"statement", "publication"}


@dataclass(frozen=True)
class Step:
    """One stretch of time that the lanes share: its heading, and its row (the first is 2, below the headings)."""

    label: str
    row: int


@dataclass(frozen=True)
class Placed:
    """An entry in a lane, and whether it stands here for the first time on the page."""

    entry: Entry
    first: bool


@dataclass(frozen=True)
class Cell:
    """What a lane holds in one step."""

    step: Step
    placed: list[Placed]


@dataclass(frozen=True)
class Lane:
    """A column of its own heading; `code` names its looks."""

    title: str
    code: str
    cells: list[Cell]


@dataclass(frozen=True)
class Lanes:
    """The lanes with the steps that they share."""

    lanes: list[Lane]
    steps: list[Step]


def side_by_side(way: str, entries: Sequence[Entry], order: Order, treaties: Sequence[str]) -> Lanes:
    """The entries, in order, in the lanes of `way` (a key of LABELS); `treaties` are the slugs that get a lane there.

    Steps are days, months or years, as the whole stretch allows; an entry dated more roughly than that stands in a
    step of its own date. An entry about two treaties stands in both lanes.
    """
    titles = {
        VOICES: ["Moscow", "Pyongyang", "Others"],
        DEEDS: ["Words", "Deeds"],
        TREATIES: [f"Treaty of {slug}" for slug in treaties],
    }[way]
    label = _labels(entries, order)
    steps: dict[str, Step] = {}
    cells: dict[tuple[str, str], Cell] = {}
    for entry in entries:
        name = label(entry)
        step = steps.setdefault(name, Step(name, len(steps) + 2))
        for number, title in enumerate(_lanes_of(way, entry, titles)):
            cells.setdefault((title, name), Cell(step, [])).placed.append(Placed(entry, number == 0))
    lanes = [
        Lane(title, code, [cell for (lane, _), cell in cells.items() if lane == title])
        for title, code in zip(titles, "abc", strict=False)
    ]
    return Lanes(lanes, list(steps.values()))


def _lanes_of(way: str, entry: Entry, titles: Sequence[str]) -> list[str]:
    if way == VOICES:
        return [_SIDES.get(entry.side, "Others")]
    if way == DEEDS:
        said = entry.kind in {*SPOKEN, "assessments"} or entry.symbol in _SAID_EVENTS
        return ["Words" if said else "Deeds"]
    return [title for slug in entry.treaties if (title := f"Treaty of {slug}") in titles]


_DAY, _MONTH = timedelta(days=1), timedelta(days=31)
_SHAPES = ((62, _DAY, "{0.day} {0:%B %Y}"), (6 * 366, _MONTH, "{0:%B %Y}"))
"""Up to how many days in all, how rough a date may be, and how the step is called."""


def _labels(entries: Sequence[Entry], order: Order) -> Callable[[Entry], str]:
    instants = [instant for entry in entries if _width(entry, order) <= _MONTH and (instant := entry.stands_at(order))]
    days = (max(instants) - min(instants)).days if instants else 0
    finest, shape = next(((width, shape) for most, width, shape in _SHAPES if days <= most), (366 * _DAY, "{0:%Y}"))

    def label(entry: Entry) -> str:
        instant = entry.stands_at(order)
        if instant is None:
            return "No day on record"
        return shape.format(instant) if _width(entry, order) <= finest else dates.display(entry.when)

    return label


def _width(entry: Entry, order: Order) -> timedelta:
    """How rough the date of an entry is; a span counts by how long it lasted."""
    return timedelta(0) if order is Order.KNOWN else entry.latest - entry.earliest

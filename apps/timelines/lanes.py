"""Entries beside each other in two or three lanes on one time scale. Pure functions over entries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

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
    """An entry in a lane: the row of its step, and whether it stands here for the first time on the page."""

    entry: Entry
    row: int
    first: bool


@dataclass(frozen=True)
class Lane:
    """A column of its own heading; `code` names its looks."""

    title: str
    code: str
    placed: list[Placed]


@dataclass(frozen=True)
class Lanes:
    """The lanes with the steps that they share."""

    lanes: list[Lane]
    steps: list[Step]


def side_by_side(way: str, entries: Sequence[Entry], order: Order, treaties: Sequence[str]) -> Lanes:
    """The entries, in order, in the lanes of `way` (a key of LABELS); `treaties` are the slugs that get a lane there.

    Steps are days, months or years, as the whole stretch allows. An entry about two treaties stands in both lanes.
    """
    titles = {
        VOICES: ["Moscow", "Pyongyang", "Others"],
        DEEDS: ["Words", "Deeds"],
        TREATIES: [f"Treaty of {slug}" for slug in treaties],
    }[way]
    label = _step_of([entry.stands_at(order) for entry in entries])
    steps: dict[str, Step] = {}
    placed: dict[str, list[Placed]] = {title: [] for title in titles}
    for entry in entries:
        step = label(entry.stands_at(order))
        steps.setdefault(step, Step(step, len(steps) + 2))
        for number, title in enumerate(_lanes_of(way, entry, titles)):
            placed[title].append(Placed(entry, steps[step].row, number == 0))
    return Lanes(
        [Lane(title, code, placed[title]) for title, code in zip(titles, "abc", strict=False)], list(steps.values())
    )


def _lanes_of(way: str, entry: Entry, titles: Sequence[str]) -> list[str]:
    if way == VOICES:
        return [_SIDES.get(entry.side, "Others")]
    if way == DEEDS:
        said = entry.kind in {*SPOKEN, "assessments"} or entry.symbol in _SAID_EVENTS
        return ["Words" if said else "Deeds"]
    return [title for slug in entry.treaties if (title := f"Treaty of {slug}") in titles]


def _step_of(instants: Sequence[datetime | None]) -> Callable[[datetime | None], str]:
    known = [instant for instant in instants if instant]
    days = (max(known) - min(known)).days if known else 0
    if days <= 62:
        shape = "{0.day} {0:%B %Y}"
    elif days <= 6 * 366:
        shape = "{0:%B %Y}"
    else:
        shape = "{0:%Y}"
    return lambda instant: shape.format(instant) if instant else "No day on record"

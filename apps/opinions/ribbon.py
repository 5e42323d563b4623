"""Where the statuses of a question stand on one bar, as percentages. Pure functions over instants and values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

SIGNED = datetime(2024, 6, 19, tzinfo=UTC)
FIRST_DAYS = timedelta(days=3)
OPENED = 12.5
"""The first three days take the first eighth of the bar: a linear one would hide the day that matters."""


@dataclass(frozen=True)
class Stretch:
    """A status from an instant on: `x` and `width` are percentages of the bar."""

    knowledge: str
    since: datetime
    x: float
    width: float


def place(at: datetime, end: datetime) -> float:
    """The position of an instant on a bar that runs from the day of signing to `end`, from 0 to 100."""
    if at <= SIGNED:
        return 0.0
    hinge = SIGNED + FIRST_DAYS
    if end <= hinge:
        return min(100.0, 100 * (at - SIGNED) / max(end - SIGNED, timedelta(seconds=1)))
    if at <= hinge:
        return OPENED * ((at - SIGNED) / FIRST_DAYS)
    return min(100.0, OPENED + (100 - OPENED) * ((at - hinge) / (end - hinge)))


def ribbon(history: Sequence[tuple[datetime, str]], end: datetime) -> list[Stretch]:
    """The bar of a dated history (instant, status), oldest first, up to `end`; equal neighbours are one stretch."""
    merged: list[tuple[datetime, str]] = []
    for since, knowledge in history:
        if not merged or merged[-1][1] != knowledge:
            merged.append((since, knowledge))
    ends = [since for since, _ in merged[1:]] + [end]
    return [
        Stretch(knowledge, since, round(place(since, end), 2), round(place(until, end) - place(since, end), 2))
        for (since, knowledge), until in zip(merged, ends, strict=True)
    ]

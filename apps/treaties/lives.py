"""The lives of treaties, read from their acts: what the pictures of treaties in force draw.

A treaty here is one that `reads.treaties_with_acts` gave, with its `readable_acts`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from apps.editorial import dates
from apps.sources.reading import Reading
from apps.treaties import bands, law
from apps.treaties.models import TreatyAction
from apps.treaties.reads import in_law
from apps.treaties.rules import ActKind


def found_act(treaty: Any, kind: ActKind, day: date | None) -> TreatyAction | None:
    """The act of a kind on a day among a treaty's `readable_acts`."""
    acts = [act for act in treaty.readable_acts if act.kind == kind and act.happened_latest.date() == day]
    return acts[0] if acts else None


def turning_acts(treaty: Any, on: date) -> dict[ActKind, TreatyAction]:
    """The acts at which a treaty's life turned, as of the day `on`: signed, in force, ended."""
    life = law.band(in_law(treaty.readable_acts), on)
    days = {
        ActKind.SIGNATURE: life.signed,
        ActKind.ENTRY_INTO_FORCE: life.entered,
        ActKind.TERMINATION: life.ended,
    }
    return {kind: act for kind, day in days.items() if (act := found_act(treaty, kind, day))}


def _inside(label: str) -> str:
    """A label as it reads inside a line: its first letter small."""
    return label[:1].lower() + label[1:]


def life_of(treaty: Any, acts: dict[ActKind, TreatyAction], reading: Reading) -> bands.Life:
    """A treaty's life at the moment of the page, given its turning acts."""
    turns = {kind: bands.Turn(act.happened_latest.date(), dates.display(act.happened)) for kind, act in acts.items()}
    promises = getattr(treaty, "promises", [])
    return bands.Life(
        slug=treaty.slug,
        name=treaty.short_name,
        signed=turns.get(ActKind.SIGNATURE),
        entered=turns.get(ActKind.ENTRY_INTO_FORCE),
        ended=turns.get(ActKind.TERMINATION),
        promise=_inside(promises[0].label) if promises else "",
        known_by=f"{reading.at.day} {reading.at:%B %Y}" if reading.at else "",
    )


def lives(treaties: Iterable[Any], reading: Reading) -> list[bands.Life]:
    """The lives of treaties at the moment of the page."""
    return [life_of(treaty, turning_acts(treaty, reading.day.date()), reading) for treaty in treaties]

"""Which corrections are of which entries, which were made when, and when an entry changed last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from apps.editorial.models import Correction
from apps.editorial.places import concerns, corrections_of, place
from apps.exchange.feeds.asked import Asked
from apps.opinions import contested
from apps.timelines.compose import Entry


def corrections_by_entry(entries: Sequence[Entry]) -> dict[str, list[Correction]]:
    """The corrections of each entry that has any, oldest first, by the entry's anchor; one query for all."""
    found = list(corrections_of(entry.url for entry in entries).order_by("corrected_at", "pk"))
    of = {entry.anchor: [each for each in found if concerns(each, {place(entry.url)})] for entry in entries}
    return {anchor: corrections for anchor, corrections in of.items() if corrections}


def corrections_between(after: datetime | None, until: datetime | None) -> list[Correction]:
    """The corrections made after one instant and up to another (UTC; None: however early or late), newest first."""
    made = Q()
    if after is not None:
        made &= Q(corrected_at__gt=after)
    if until is not None:
        made &= Q(corrected_at__lte=until)
    return list(Correction.objects.filter(made).order_by("-corrected_at", "-pk"))


def last_change(entry: Entry, corrections: Sequence[Correction], asked: Asked) -> datetime:
    """When readers last saw the entry change: when it was shown, or when it was corrected or marked after that."""
    marked = (mark.since for mark in contested.marks(asked.reading, entry.kind, entry.key))
    return max([entry.shown, *(each.corrected_at for each in corrections), *marked])

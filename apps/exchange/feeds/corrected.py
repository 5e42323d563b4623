"""Which corrections are of which entries, by the address that both name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.db.models import F, Func, Q, Value

from apps.editorial.models import Correction
from apps.timelines.compose import Entry

Place = tuple[str, str]
"""A page and what stands on it: a path and a fragment, '' for the whole page."""


def place(address: str) -> Place:
    """Where an address of this site leads, whatever it asks the page for."""
    parts = urlsplit(address)
    return parts.path, parts.fragment


def concerns(correction: Correction, places: Collection[Place]) -> bool:
    """Whether a correction is of something that has one of `places`; a page has what stands on it."""
    path, fragment = place(correction.record_path)
    return (path, fragment) in places or (path, "") in places


def corrections_of(entries: Sequence[Entry]) -> dict[str, list[Correction]]:
    """The corrections of each entry that has any, oldest first, by the entry's anchor; one query for all."""
    places = {entry.anchor: {place(entry.url)} for entry in entries}
    paths = {path for pairs in places.values() for path, _ in pairs}
    bare = Func(F("record_path"), Value("[?#].*$"), Value(""), function="regexp_replace")
    found = list(Correction.objects.annotate(page=bare).filter(page__in=paths).order_by("corrected_at", "pk"))
    of = {anchor: [each for each in found if concerns(each, pairs)] for anchor, pairs in places.items()}
    return {anchor: corrections for anchor, corrections in of.items() if corrections}


def corrections_between(after: datetime | None, until: datetime | None) -> list[Correction]:
    """The corrections made after one instant and up to another (UTC; None: however early or late), newest first."""
    made = Q()
    if after is not None:
        made &= Q(corrected_at__gt=after)
    if until is not None:
        made &= Q(corrected_at__lte=until)
    return list(Correction.objects.filter(made).order_by("-corrected_at", "-pk"))


def last_change(entry: Entry, corrections: Sequence[Correction]) -> datetime:
    """When readers last saw the entry change: when it was shown, or when it was corrected after that."""
    return max([entry.shown, *(each.corrected_at for each in corrections)])

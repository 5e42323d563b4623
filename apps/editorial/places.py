"""What a correction is of, by the address that it and a record both name; one rule for pages, widgets and feeds.

A place is a page and what stands on it, whatever the address asks the page for: /timeline/?go=event-x#event-x and
/timeline/#event-x are one. A record with a page of its own has what stands on that page, as a statement its printings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import F, Func, IntegerField, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from apps.editorial.models import Correction

Place = tuple[str, str]
"""A path and a fragment, '' for the whole page."""


def place(address: str) -> Place:
    """Where an address of this site leads."""
    path, _, fragment = address.partition("#")
    return path.partition("?")[0], fragment.partition("#")[0]


def concerns(correction: Correction, places: Collection[Place]) -> bool:
    """Whether a correction is of something that has one of `places`."""
    path, fragment = place(correction.record_path)
    return (path, fragment) in places or (path, "") in places


def corrections_of(addresses: Iterable[str]) -> QuerySet[Correction]:
    """The corrections of what stands at any of these addresses."""
    places = {place(address) for address in addresses}
    pages = {path for path, fragment in places if not fragment}
    parts = {f"{path}#{fragment}" for path, fragment in places if fragment}
    part = Concat(_page("record_path"), Value("#"), _fragment("record_path"), output_field=TextField())
    found = Correction.objects.annotate(c_page=_page("record_path"), c_part=part)
    return found.filter(Q(c_page__in=pages) | Q(c_part__in=parts))


def corrections_at(address: Any) -> QuerySet[Correction]:
    """The corrections of what stands at one address, an expression of the query around this one."""
    found = Correction.objects.annotate(c_page=_page("record_path"), c_fragment=_fragment("record_path"))
    whole = found.annotate(at_fragment=_fragment(address)).filter(c_page=_page(address))
    return whole.filter(Q(at_fragment="") | Q(c_fragment=F("at_fragment")))


def _page(address: Any) -> Func:
    return _split(_split(address, "#", 1), "?", 1)


def _fragment(address: Any) -> Func:
    return _split(address, "#", 2)


def _split(text: Any, mark: str, number: int) -> Func:
    nth = Value(number, output_field=IntegerField())
    return Func(text, Value(mark), nth, function="SPLIT_PART", output_field=TextField())

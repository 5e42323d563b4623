"""Addresses of this site that name a widget: its own, or that of the page it is taken from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.http import QueryDict
from django.urls import Resolver404, resolve

from apps.editorial.kept import settled
from apps.embeds.lists import FILTERS
from apps.embeds.widgets import Kind, NotThere, address
from apps.sources.reading import in_address
from apps.timelines.asked import kept

LOOKS = ("theme", "accent", "lang", "original", "level", "height")
MOST_CHARACTERS = 4000
_KINDS = {
    "timeline": Kind.TIMELINE,
    "curated_timeline": Kind.TIMELINE,
    "topic": Kind.COMPARE,
    "question": Kind.QUESTION,
    "quote": Kind.QUOTE,
    "embed_timeline": Kind.TIMELINE,
    "embed_curated_timeline": Kind.TIMELINE,
    "embed_compare": Kind.COMPARE,
    "embed_question": Kind.QUESTION,
    "embed_quote": Kind.QUOTE,
}
"""The names of the routes that a widget is taken from."""


class NotPublic(LookupError):
    """An address for editors; its text is a sentence."""


@dataclass(frozen=True)
class Named:
    """A widget as an address names it: its kind, its slug or '', and its parameters."""

    kind: Kind
    slug: str
    params: QueryDict

    @property
    def path(self) -> str:
        """Its own path, with its parameters."""
        return address(self.kind, self.slug) + (f"?{self.params.urlencode()}" if self.params else "")


def named_by(text: str, host: str) -> Named:
    """The widget that the whole address `text` names on this site, which is `host`.

    What the page is filtered by, and its moment, are kept. Raises NotThere, and NotPublic for what editors alone see.
    """
    try:
        parts = urlsplit(text[:MOST_CHARACTERS])
        found = resolve(parts.path)
    except (ValueError, Resolver404):
        raise NotThere("There is nothing at this address that can be embedded.") from None
    if parts.scheme not in {"http", "https"} or parts.netloc.lower() != host.lower():
        raise NotThere(f"This address is not one of {host}.")
    if "admin" in found.namespaces:
        raise NotPublic("This address is not public.")
    if found.url_name not in _KINDS:
        raise NotThere("There is nothing at this address that can be embedded.")
    kind = _KINDS[found.url_name]
    own = found.url_name.startswith("embed_")
    return Named(kind, found.kwargs.get("slug", ""), taken_over(QueryDict(parts.query), kind, looks=own))


def taken_over(params: QueryDict, kind: Kind, *, looks: bool) -> QueryDict:
    """Those of an address's parameters that its widget takes; `looks`: also how it is to look."""
    own = {Kind.TIMELINE: FILTERS, Kind.COMPARE: ("lang",)}.get(kind, ())
    return kept(params, dict.fromkeys([*own, *(LOOKS if looks else ()), "as_of", "shown_by"]))


def pin(params: QueryDict, *, now: datetime) -> None:
    """See to it that a widget of a moment stays as it is seen now, whatever is written later; one query."""
    if "as_of" in params and "shown_by" not in params:
        params["shown_by"] = in_address(settled(now).replace(second=0, microsecond=0))

"""What the widget of a timeline shows, with six queries at most, those of its frame among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Subquery
from django.db.models.functions import JSONObject
from django.http import QueryDict
from django.urls import reverse

from apps.editorial.refusals import Refused, unknown
from apps.embeds.cards import Card
from apps.embeds.frames import Frame, frame_of
from apps.embeds.options import once, whole
from apps.opinions import contested
from apps.sources.reading import Reading
from apps.timelines import compose
from apps.timelines.asked import NAMES, asked, filters_in_force, kept, order_asked
from apps.timelines.compose import Entry, Order
from apps.timelines.models import Timeline
from apps.treaties.reads import LANGUAGES

PER_WINDOW = 100
FILTERS = (*NAMES, "order")
"""The parameters that a timeline's widget shares with its page."""

EVERYTHING = "The record in order of time"


@dataclass(frozen=True)
class Chapter:
    """Entries under one heading; where an editor made no chapters, or the order is that of time, there is none."""

    title: str
    entries: list[Entry]


@dataclass(frozen=True)
class Window:
    """Which of the entries a widget shows: from one number to another, of how many, on which page of how many."""

    first: int
    last: int
    count: int
    page: int
    pages: int
    size: int = PER_WINDOW

    @property
    def previous(self) -> int:
        return self.page - 1

    @property
    def next(self) -> int:
        return self.page + 1

    @property
    def following(self) -> int:
        """How many entries the next window holds; 0 after the last."""
        return min(PER_WINDOW, self.count - self.last)


def timeline(slug: str, params: QueryDict, reading: Reading, lang: str = "") -> tuple[Card, Frame] | None:
    """A window of everything on the record, or of the timeline of that slug, filtered as the timeline's page is.

    Statements are in `lang` where they are on record in it. None where no such timeline is on record at the moment.
    Raises Refused for a filter, a language or a page that there is not.
    """
    if lang and lang not in LANGUAGES:
        raise unknown("language", lang, LANGUAGES)
    what = asked(params, reading.at)
    path = reverse("curated_timeline", args=[slug]) if slug else reverse("timeline")
    # Of a selection its page is the record; on that of everything stand records of which each has its own place.
    own = {path} if slug else set()
    places = ArraySubquery(contested.places(reading.at))
    frame = frame_of(reading.at, own, contested=places, **_of_timeline(slug, reading))
    contested.keep(reading, frame.also.get("contested", ()))
    chosen = frame.also.get("timeline")
    if slug and not chosen:
        return None
    only = [each.label for each in filters_in_force(what, params)]
    filters = kept(params, FILTERS).urlencode()
    title = chosen["title"] if chosen else ": ".join([EVERYTHING, *([", ".join(only)] if only else [])])
    wanted = replace(what.wanted, timeline=chosen["pk"] if chosen else None)
    order = Order.CHOSEN if slug and not once(params, "order") else order_asked(params)
    window, entries = _window(reading, wanted, order, _page(params), lang)
    card = Card(
        template="embeds/timeline.html",
        title=title,
        url=f"{path}?{filters}" if filters else path,
        context={
            "asked": what,
            "wanted": wanted,
            "chapters": _chapters(entries, order),
            "window": window,
            "only": only if chosen else [],
            "introduction": chosen["introduction"] if chosen else "",
            "by_known": order is Order.KNOWN,
        },
        paths=frozenset({*own, *(entry.url for entry in entries)}),
        words=sum(len(f"{entry.title} {entry.text} {entry.note} {entry.remark}".split()) for entry in entries),
    )
    return card, frame.with_dates(entry.corrected for entry in entries)


def _of_timeline(slug: str, reading: Reading) -> dict[str, Subquery]:
    """What the frame's query reads, too: the timeline, where it is a curated one."""
    if not slug:
        return {}
    timelines = Timeline.objects.begun_by(reading.at).filter(slug=slug)
    itself = JSONObject(pk="pk", title="title", introduction="introduction")
    return {"timeline": Subquery(timelines.values(itself=itself)[:1])}


def _page(params: QueryDict) -> int:
    text = once(params, "page")
    page = whole(text) if text else 1
    if not page:
        raise Refused("A page of a widget is a whole number from 1 on.")
    return page


def _window(reading: Reading, wanted: compose.Wanted, order: Order, page: int, lang: str) -> tuple[Window, list[Entry]]:
    before = (page - 1) * PER_WINDOW
    entries = compose.window(reading.at, wanted, order, before, PER_WINDOW, lang)
    alone = page == 1 and len(entries) < PER_WINDOW
    count = len(entries) if alone else compose.count(reading.at, wanted, order)
    pages = max(1, ceil(count / PER_WINDOW))
    if page > pages:
        raise Refused(f"This timeline has {pages} page{'s' if pages > 1 else ''}; there is no page {page}.")
    return Window(before + 1, before + len(entries), count, page, pages), entries


def _chapters(entries: Iterable[Entry], order: Order) -> list[Chapter]:
    if order is not Order.CHOSEN:
        return [Chapter("", list(entries))]
    return [Chapter(title, list(group)) for title, group in groupby(entries, key=lambda entry: entry.chapter)]

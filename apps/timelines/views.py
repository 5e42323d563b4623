from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from apps.sources.models import Agent
from apps.sources.reading import Reading, reading_of, respond
from apps.timelines import compose, geometry
from apps.timelines.compose import Entry, Wanted
from apps.timelines.models import Event, Timeline, TimelineFinding, TimelineItem
from apps.timelines.rules import Category
from apps.treaties.models import Treaty
from apps.treaties.reads import treaties_with_acts

PER_PAGE = 250
KIND_LABELS = [
    ("events", "Events"),
    *((category.value.lower(), category.label) for category in Category),
    ("acts", "Acts of the three treaties"),
    ("statements", "What was said"),
    ("opinions", "Expert opinions"),
    ("assessments", "Changes in what is known"),
    ("everything", "Everything"),
]


@dataclass(frozen=True)
class Year:
    """The entries of one year, under the heading of that year."""

    year: int
    entries: list[Entry]


def timeline(request: HttpRequest) -> HttpResponse:
    """Everything on the record in order of time, as of the moment, filtered by kind, treaty, person, year and words."""
    reading = reading_of(request)
    wanted, kind = _wanted(request)
    kinds = list(compose.SOURCES_OF_ENTRIES) if kind == "everything" else [kind]
    all_events = compose.compose(reading.at, Wanted(), ["events"])
    if kind not in dict(KIND_LABELS):
        entries = []
    elif (kind, wanted) == ("events", Wanted()):
        entries = all_events
    else:
        entries = compose.compose(reading.at, wanted, kinds)
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "timeline",
        "finding": TimelineFinding.objects.in_force(reading.at).filter(timeline=None).first(),
        "treaties": treaties_with_acts(reading.at),
        "timelines": Timeline.objects.begun_by(reading.at).order_by("title"),
        "picture": _picture(all_events, reading),
        "page": page,
        "years": _by_year(list(page.object_list)),
        "kind": kind,
        "kinds": KIND_LABELS,
        "wanted": wanted,
        "treaty_choices": Treaty.objects.readable(reading.at).order_by("slug"),
        "people": _people(reading),
        "year_choices": sorted({entry.earliest.year for entry in all_events}),
    }
    return respond(request, "timelines/timeline.html", reading, context, fragment="timelines/_results.html")


def _wanted(request: HttpRequest) -> tuple[Wanted, str]:
    get = {
        name: request.GET.get(name, "").strip().replace("\x00", "")
        for name in ("kind", "treaty", "person", "words", "year")
    }
    year = int(get["year"]) if get["year"].isascii() and get["year"].isdigit() and len(get["year"]) == 4 else None
    return Wanted(get["treaty"], get["person"], get["words"], year), get["kind"] or "events"


def _by_year(entries: list[Entry]) -> list[Year]:
    return [Year(year, list(group)) for year, group in groupby(entries, key=lambda entry: entry.earliest.year)]


def _people(reading: Reading) -> Any:
    known = Event.objects.published().known_by(reading.at)
    taking_part = Count("events", filter=Q(events__in=known), distinct=True)
    return Agent.objects.published().annotate(n=taking_part).filter(n__gt=0).order_by("-n", "name")


def _picture(entries: list[Entry], reading: Reading) -> dict[str, Any]:
    scale = geometry.whole_record(reading.day)
    symbols = [(category.value.lower(), category.label) for category in Category]
    rows = geometry.rows(symbols, entries, scale)
    height = rows[-1].y + 22
    return {
        "rows": rows,
        "ticks": geometry.ticks(scale, reading.day),
        "height": height,
        "tick_y": height + 18,
        "open": len(scale.stops) == 5,
        "count": len(entries),
    }


@dataclass(frozen=True)
class Chapter:
    """A chapter of a curated timeline, with its entries and the editor's notes on them."""

    title: str
    entries: list[tuple[Entry, str]]


def curated(request: HttpRequest, slug: str) -> HttpResponse:
    """An editor's selection: chapters, each in order of time, as of the moment."""
    reading = reading_of(request)
    chosen = get_object_or_404(Timeline.objects.begun_by(reading.at), slug=slug)
    items = list(chosen.items.order_by("position", "pk"))
    found = _entries_of(items, reading)
    rows = [(item, found[key]) for item in items if (key := _key(item)) in found]
    chapters = [
        Chapter(title, [(entry, item.note) for item, entry in group])
        for title, group in groupby(rows, key=lambda row: row[0].chapter)
    ]
    context = {
        "section": "timeline",
        "timeline": chosen,
        "finding": TimelineFinding.objects.in_force(reading.at).filter(timeline=chosen).first(),
        "chapters": chapters,
        "others": Timeline.objects.begun_by(reading.at).exclude(pk=chosen.pk).order_by("title"),
    }
    return respond(request, "timelines/curated.html", reading, context)


def _key(item: TimelineItem) -> tuple[str, int]:
    if item.event_id:
        return "events", item.event_id
    if item.act_id:
        return "acts", item.act_id
    if item.utterance_id:
        return "statements", item.utterance_id
    return "opinions", item.opinion_id or 0


def _entries_of(items: list[TimelineItem], reading: Reading) -> dict[tuple[str, int], Entry]:
    keys = [_key(item) for item in items]
    found: dict[tuple[str, int], Entry] = {}
    for kind in ("events", "acts", "statements", "opinions"):
        find, turn = compose.SOURCES_OF_ENTRIES[kind]
        chosen = [pk for name, pk in keys if name == kind]
        for record in find(reading.at, Wanted()).filter(pk__in=chosen):
            found[kind, record.pk] = turn(record)
    return found

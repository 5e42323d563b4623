"""The timeline of everything and the editors' selections, as pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict

from apps.editorial.refusals import unknown
from apps.opinions.models import Assessment, Opinion
from apps.quotes.models import Quote
from apps.sources.filters import with_only, without
from apps.sources.models import Source
from apps.sources.reading import Reading, reading_of, respond
from apps.timelines import choices, compose, geometry, lanes
from apps.timelines.asked import Asked, asked, order_asked
from apps.timelines.compose import Entry, Tally
from apps.timelines.models import Event, Timeline, TimelineFinding, printing_words
from apps.timelines.strands import Order, Wanted
from apps.treaties.lives import lives
from apps.treaties.models import TreatyAction
from apps.treaties.reads import marks_rest_on, treaties_with_acts

PER_PAGE = 100
PER_SHEET = 2000
KEPT = ("kind", "category", "treaty", "topic", "question", "quote", "order", "lanes")
"""What the form of the filters has no field for, and sends along."""


@dataclass(frozen=True)
class Group:
    """Entries under one heading: a year or a chapter. `n` counts all of it, on other pages too."""

    title: str
    anchor: str
    entries: list[Entry]
    n: int
    continued: bool


@dataclass(frozen=True)
class Year:
    """A year in the list's table of contents: where its entries begin."""

    year: int
    page: int
    n: int


@dataclass(frozen=True)
class View:
    """How the timeline is read: what is asked for, in which order, in lanes or as a sheet, from which page on."""

    asked: Asked
    wanted: Wanted
    order: Order
    lanes: str
    sheet: bool
    page: Any
    counts: Sequence[Tally]


def timeline(request: HttpRequest) -> HttpResponse:
    """Everything on the record in order of time, as of the moment, a window at a time.

    `kind`, `category`, `treaty`, `person`, `topic`, `from`, `to` and `words` filter it; `order=known` sets it in order
    of what the world could read, `lanes` beside each other; `sheet=1` is the whole list, to print.
    """
    reading = reading_of(request)
    view = _view(request, reading, Wanted(), order_asked(request.GET))
    reading.rests_on(
        *(model.objects.all() for model in (Event, TreatyAction, Quote, Opinion, Assessment)),
        Source.objects.filter(printing_words()),
        TimelineFinding.objects.filter(timeline=None),
        marks_rest_on(
            act__isnull=False,
            act_notes__isnull=False,
            events__isnull=False,
            utterances__isnull=False,
            opinions__isnull=False,
            assessments__isnull=False,
            timeline_findings__in=TimelineFinding.objects.filter(timeline=None),
        ),
    )
    context = {
        "section": "timeline",
        "finding": TimelineFinding.objects.in_force(reading.at).filter(timeline=None).first(),
        "timelines": Timeline.objects.begun_by(reading.at).order_by("title"),
        **_listed(request.GET, reading, view),
    }
    return _respond(request, "timelines/timeline.html", reading, context, view)


def curated(request: HttpRequest, slug: str) -> HttpResponse:
    """An editor's selection, as of the moment: in its chapters or, where an order is asked for, by that clock."""
    reading = reading_of(request)
    chosen = Timeline.objects.begun_by(reading.at).filter(slug=slug).first()
    if chosen is None:
        raise Http404
    reading.rests_on(*_chosen_by(chosen))
    order = order_asked(request.GET) if request.GET.get("order", "").strip() else Order.CHOSEN
    view = _view(request, reading, Wanted(timeline=chosen.pk), order)
    context = {
        "section": "timeline",
        "timeline": chosen,
        "finding": TimelineFinding.objects.in_force(reading.at).filter(timeline=chosen).first(),
        "timelines": Timeline.objects.begun_by(reading.at).exclude(pk=chosen.pk).order_by("title"),
        **_listed(request.GET, reading, view),
    }
    return _respond(request, "timelines/curated.html", reading, context, view)


def _chosen_by(timeline: Timeline) -> list[QuerySet]:
    """What of the record a curated timeline rests on, of every moment."""
    return [
        *(
            model.objects.filter(timeline_items__timeline=timeline)
            for model in (Event, TreatyAction, Opinion, Assessment, Source)
        ),
        Quote.objects.filter(utterance__timeline_items__timeline=timeline),
        timeline.findings.all(),
        marks_rest_on(
            events__timeline_items__timeline=timeline,
            act__timeline_items__timeline=timeline,
            act_notes__timeline_items__timeline=timeline,
            act__events__timeline_items__timeline=timeline,
            utterances__timeline_items__timeline=timeline,
            opinions__timeline_items__timeline=timeline,
            assessments__timeline_items__timeline=timeline,
            timeline_findings__timeline=timeline,
        ),
    ]


def _respond(
    request: HttpRequest, template: str, reading: Reading, context: dict[str, Any], view: View
) -> HttpResponse:
    if view.sheet:
        return respond(request, "timelines/sheet.html", reading, context)
    more = request.headers.get("HX-Target") == "more"
    fragment = "timelines/_window.html" if more else "timelines/_results.html"
    return respond(request, template, reading, {**context, "appended": more}, fragment=fragment)


def _view(request: HttpRequest, reading: Reading, base: Wanted, order: Order) -> View:
    params = request.GET
    what = asked(params, reading.at)
    way = params.get("lanes", "").strip()
    if way and way not in lanes.LABELS:
        raise unknown("choice of lanes", way, lanes.LABELS)
    sheet = params.get("sheet", "").strip()
    if sheet not in {"", "1"}:
        raise unknown("choice of a sheet", sheet, ["1"])
    wanted = replace(what.wanted, timeline=base.timeline)
    if way:
        wanted = choices.fit_for_lanes(wanted, way, reading.at)
    counts = compose.tally(reading.at, wanted, order)
    total = sum(tally.n for tally in counts)
    paginator = Paginator(range(total), PER_SHEET if sheet else PER_PAGE)
    page = paginator.get_page(_page_asked(params, reading, wanted, order, paginator))
    return View(what, wanted, order, way, bool(sheet), page, counts)


def _page_asked(params: QueryDict, reading: Reading, wanted: Wanted, order: Order, paginator: Paginator) -> str | int:
    """The page that holds the entry asked for by `go`, or else the page asked for. Raises Http404: no such entry."""
    anchor = params.get("go", "").replace("\x00", "").strip()
    if not anchor:
        return params.get("page", "1")
    before = compose.place_of(reading.at, wanted, order, anchor)
    if before is None:
        raise Http404
    return 1 + before // paginator.per_page


def _listed(params: QueryDict, reading: Reading, view: View) -> dict[str, Any]:
    """What the list prints, with its filters."""
    start = view.page.start_index() - 1 if view.page.paginator.count else 0
    before = min(start, 1)
    entries = compose.window(reading.at, view.wanted, view.order, start - before, view.page.paginator.per_page + before)
    hours = _first_of_hours(entries, view.order)
    entries = entries[before:]
    years = _years(view)
    side_by_side = None
    if view.lanes:
        slugs = view.asked.wanted.treaties or view.wanted.treaties
        side_by_side = lanes.side_by_side(view.lanes, entries, view.order, sorted(slugs)[-3:])
    by_known = view.order is Order.KNOWN
    return {
        "picture": _picture(params, reading, view),
        "page": view.page,
        "count": view.page.paginator.count,
        "groups": _chapters(entries) if view.order is Order.CHOSEN else _by_year(entries, view, years),
        "hours": hours,
        "by_known": by_known,
        "chapters": view.order is Order.CHOSEN,
        "years": years,
        "lanes": side_by_side,
        "filters": choices.in_force(params, view.asked),
        "kinds": choices.kinds(params, reading.at, view.asked, view.wanted, view.order, view.lanes, view.counts),
        "facets": choices.related(params, reading.at, view.asked, view.wanted, view.order),
        "orders": choices.orders(params, view.order, curated=view.wanted.timeline is not None),
        "ways": choices.ways(params, view.lanes),
        "words": view.wanted.words,
        "since": params.get("from", ""),
        "until": params.get("to", ""),
        "hidden": [(name, value) for name in KEPT for value in params.getlist(name) if value.strip()],
    }


def _picture(params: QueryDict, reading: Reading, view: View) -> geometry.Picture:
    """The picture of the list; of an editor's order it leads into the order of time, where a page does not hold all."""
    chosen = view.order is Order.CHOSEN and view.page.paginator.num_pages > 1
    query = with_only(params, "order", Order.HAPPENED) if chosen else without(params, "page")
    begin, end = _extent(reading, view)
    return geometry.draw(
        view.counts,
        begin=begin,
        end=end,
        lives=lives(treaties_with_acts(reading.at), reading),
        size=PER_PAGE,
        query=query.removeprefix("?"),
        known=view.order is Order.KNOWN,
    )


def _extent(reading: Reading, view: View) -> tuple[datetime, datetime]:
    """From when to when the picture is drawn: the period asked for, a selection's own, or that of the whole record."""
    begin, end = geometry.BEGIN, reading.day
    hours = [tally.hour for tally in view.counts if tally.hour]
    if view.wanted.timeline is not None and hours:
        begin, end = hours[0].replace(hour=0), hours[-1] + timedelta(days=1, seconds=-1)
    return max(view.wanted.since or begin, begin), min(view.wanted.until or end, end)


def _years(view: View) -> list[Year]:
    per_year: Counter[int] = Counter()
    for tally in view.counts:
        if tally.hour:
            per_year[tally.hour.year] += tally.n
    found, before = [], 0
    for year in sorted(per_year):
        found.append(Year(year, 1 + before // view.page.paginator.per_page, per_year[year]))
        before += per_year[year]
    return found


def _by_year(entries: Sequence[Entry], view: View, years: Sequence[Year]) -> list[Group]:
    counts = {year.year: year.n for year in years}
    undated = sum(tally.n for tally in view.counts if tally.hour is None)
    groups = []
    for year, group in groupby(entries, key=lambda entry: getattr(entry.stands_at(view.order), "year", None)):
        inside = list(group)
        begins = next((each.page for each in years if each.year == year), view.page.number)
        continued = not groups and begins < view.page.number
        title = str(year) if year else "No day of publication on record"
        groups.append(Group(title, f"y{year or 0}", inside, counts.get(year, undated) if year else undated, continued))
    return groups


def _chapters(entries: Sequence[Entry]) -> list[Group]:
    return [
        Group(title or "In order", f"ch-{number}", inside, len(inside), continued=False)
        for number, (title, group) in enumerate(groupby(entries, key=lambda entry: entry.chapter), start=1)
        if (inside := list(group))
    ]


def _first_of_hours(entries: Sequence[Entry], order: Order) -> dict[str, str]:
    """The name of the hour that each entry begins, by the anchor of the entry, where it is the first of that hour."""
    first: dict[str, str] = {}
    for entry in entries:
        if instant := entry.stands_at(order):
            first.setdefault(f"t{instant:%Y%m%d%H}", entry.anchor)
    return {anchor: hour for hour, anchor in first.items()}

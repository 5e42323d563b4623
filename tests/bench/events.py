"""Synthetic events with sources: in the site's database, and as the pages of other timelines hold them."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

SEED = 2024
PUBLISHERS = ("Agency North", "Agency South", "The Daily", "The Institute", "The Ministry", "The Review")
PLACES = ("Moscow", "Pyongyang", "Vladivostok", "Khasan", "Rason", "Seoul", "New York", "Beijing")
CATEGORIES = ("SUMMIT", "DIPLOMACY", "MILITARY", "SANCTIONS", "ECONOMY", "TREATY", "STATEMENT", "PUBLICATION")
WHO = ("A delegation", "The foreign ministry", "A deputy minister", "The border guard", "A shipping line")
DOES = ("announces", "denies", "inspects", "signs", "postpones", "protests against", "receives", "reports on")
WHAT = (
    "a shipment of grain", "the new bridge", "a joint exercise", "the visit of experts", "a list of sanctioned firms",
    "the transfer of workers", "a plan for trade in roubles", "an agreement on health", "the launch of a satellite",
    "the reading of Article 4",
)  # fmt: skip
MORE = (
    "Officials in {place} gave no figures.", "Two agencies told it in different words.", "The text was not published.",
    "It followed {n} weeks of talks in {place}.", "A spokesman named {n} points on which both sides agree.",
    "Observers in {place} counted {n} wagons at the station.", "The day is given by one report alone.",
)  # fmt: skip


@dataclass(frozen=True)
class Source:
    """A report: its code is in its title, so that it can be found again on paper."""

    code: str
    publisher: str
    title: str
    day: dt.date

    @property
    def url(self) -> str:
        return f"https://{self.publisher.lower().replace(' ', '-')}.example/{self.code.lower()}"


@dataclass(frozen=True)
class Happening:
    """An event, with its code in the title, and the sources that it rests on."""

    code: str
    title: str
    text: str
    place: str
    category: str
    day: dt.date
    sources: tuple[Source, ...]


def made(count: int) -> list[Happening]:
    """So many events between 1961 and 2026 in order of time, each with one to three sources; always the same."""
    maker = random.Random(SEED)
    begin, end = dt.date(1961, 7, 6).toordinal(), dt.date(2026, 1, 1).toordinal()
    days = sorted(dt.date.fromordinal(maker.randint(begin, end)) for _ in range(count))
    found = []
    for number, day in enumerate(days, start=1):
        place, code = maker.choice(PLACES), f"E{number:04d}"
        said = [
            Source(f"{code}S{k}", maker.choice(PUBLISHERS), f"{maker.choice(WHAT).capitalize()}, {code}S{k}", day)
            for k in range(1, maker.randint(1, 3) + 1)
        ]
        lines = [line.format(place=maker.choice(PLACES), n=maker.randint(2, 60)) for line in maker.sample(MORE, 3)]
        title = f"{maker.choice(WHO)} {maker.choice(DOES)} {maker.choice(WHAT)}, {code}"
        found.append(Happening(code, title, " ".join(lines), place, maker.choice(CATEGORIES), day, tuple(said)))
    return found


def put_on_record(happenings: Sequence[Happening]) -> None:
    """Write the events and their sources into the database, published."""
    from django.db import connection
    from django.utils import timezone

    from apps.sources.models import Agent
    from apps.sources.models import Source as SourceRecord
    from apps.timelines.models import Event, EventCitation

    public = {"status": "PUBLISHED", "published_at": timezone.now()}
    agents = {
        name: Agent.objects.create(slug=name.lower().replace(" ", "-"), name=name, kind="INDEPENDENT_MEDIA", **public)
        for name in PUBLISHERS
    }
    sources = [
        SourceRecord(
            slug=each.code.lower(),
            type="article-newspaper",
            title=each.title,
            publisher=agents[each.publisher],
            issued=each.day.isoformat(),
            language="en",
            url=each.url,
            **public,
        )
        for happening in happenings
        for each in happening.sources
    ]
    by_slug = {source.slug: source for source in SourceRecord.objects.bulk_create(sources)}
    events = Event.objects.bulk_create(
        Event(
            slug=each.code.lower(),
            title=each.title,
            summary=each.text,
            category=each.category,
            happened=each.day.isoformat(),
            place=each.place,
            **public,
        )
        for each in happenings
    )
    EventCitation.objects.bulk_create(
        EventCitation(subject=event, source=by_slug[source.code.lower()], position=place)
        for event, each in zip(events, happenings, strict=True)
        for place, source in enumerate(each.sources)
    )
    with connection.cursor() as cursor:
        # As a database that has run for a while would know.
        cursor.execute("ANALYZE")


def write_pages(folder: Path, happenings: Sequence[Happening]) -> None:
    """The same events for TimelineJS and vis-timeline and as a plain list, and a page of one word, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (
        ("timelinejs.html", TIMELINEJS),
        ("timelinejs.json", json.dumps({"events": [_slide(each) for each in happenings]})),
        ("vis.html", VIS),
        ("vis.json", json.dumps([_item(each) for each in happenings])),
        ("word.html", WORD),
        ("word.css", "body { font: 1rem/1.5 sans-serif }"),
        ("list.html", LIST.replace("ITEMS", "\n".join(_in_list(each) for each in happenings))),
    ):
        (folder / name).write_text(text)


def write_host(folder: Path, site: str) -> None:
    """An article that frames the timeline of `site` in our element, and says when the frame has its height."""
    (folder / "host.html").write_text(HOST.replace("SITE", site))


TIMELINEJS = """<!doctype html><html lang="en"><meta charset="utf-8"><title>TimelineJS</title>
<link rel="stylesheet" href="/node_modules/@knight-lab/timelinejs/dist/css/timeline.css">
<style>body { margin: 0 } #timeline { height: 600px }</style><div id="timeline"></div>
<script src="/node_modules/@knight-lab/timelinejs/dist/js/timeline.js"></script>
<script>
new TL.Timeline("timeline", "timelinejs.json").on("loaded", () =>
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("complete"))));
</script></html>
"""
VIS = """<!doctype html><html lang="en"><meta charset="utf-8"><title>vis-timeline</title>
<link rel="stylesheet" href="/node_modules/vis-timeline/styles/vis-timeline-graph2d.min.css">
<style>body { margin: 0 }</style><div id="timeline"></div>
<script src="/node_modules/vis-timeline/standalone/umd/vis-timeline-graph2d.min.js"></script>
<script>
fetch("vis.json").then((answer) => answer.json()).then((items) => {
  const shown = new vis.Timeline(document.getElementById("timeline"), new vis.DataSet(items), { height: "600px" });
  const done = () => {
    shown.off("changed", done);
    requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("complete")));
  };
  shown.on("changed", done);
});
</script></html>
"""
LIST = """<!doctype html><html lang="en"><meta charset="utf-8"><title>A list</title>
<style>body { margin: 1rem; font: 1rem/1.5 sans-serif } li { margin-block: 1rem }</style><h1>In order</h1><ol>
ITEMS
</ol></html>
"""
HOST = """<!doctype html><html lang="en"><meta charset="utf-8"><title>An article</title><p>An article frames this:
<pact-embed src="SITE/embed/timeline/" title="Timeline" height="800"><a href="SITE/timeline/">Timeline</a></pact-embed>
<script>addEventListener("message", () => requestAnimationFrame(() => performance.mark("complete")), { once: true })
</script><script async src="SITE/embed/pact-embed.js"></script></html>
"""

# No page that brings its style in a file of its own, as a strict policy asks, is there sooner than this one.
WORD = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>One</title><link rel="stylesheet" href="word.css">Word'
)


def _links(sources: Sequence[Source]) -> str:
    return ", ".join(f'<a href="{each.url}">{escape(each.publisher)}: {escape(each.title)}</a>' for each in sources)


def _slide(each: Happening) -> dict[str, Any]:
    text = f"<p>{escape(each.text)}</p><p>{escape(each.place)}. {_links(each.sources)}</p>"
    return {
        "unique_id": each.code,
        "start_date": {"year": each.day.year, "month": each.day.month, "day": each.day.day},
        "text": {"headline": escape(each.title), "text": text},
    }


def _item(each: Happening) -> dict[str, str]:
    more = f"{escape(each.text)} {escape(each.place)}. {_links(each.sources)}"
    return {"id": each.code, "start": each.day.isoformat(), "content": escape(each.title), "title": more}


def _in_list(each: Happening) -> str:
    return (
        f'<li><time datetime="{each.day}">{each.day:%d %B %Y}</time>, {escape(each.place)}<h2>{escape(each.title)}</h2>'
        f"<p>{escape(each.text)}</p><p>{_links(each.sources)}</p></li>"
    )

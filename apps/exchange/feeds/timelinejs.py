"""A timeline as the JSON that TimelineJS 3 reads. It shows the text of a slide as HTML, so all text is escaped."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape

from apps.editorial import dates
from apps.exchange.feeds.asked import Asked
from apps.exchange.feeds.words import contested_of, heading, markup, printable
from apps.timelines import compose
from apps.timelines.compose import KINDS, Entry, Order
from apps.timelines.models import TimelineFinding
from apps.treaties import law
from apps.treaties.reads import in_law, treaties_with_acts

Slide = dict[str, Any]
PARTS = ("year", "month", "day", "hour", "minute")
_PLAIN = re.compile(r"\d{4}(-\d\d){0,2}")


def slides(asked: Asked) -> Slide:
    """The whole timeline: a title, a slide an entry in order of time, and the treaties in force meanwhile as eras."""
    at, wanted = asked.reading.at, asked.wanted
    entries = compose.window(at, wanted, Order.HAPPENED, 0, compose.count(at, wanted))
    return {
        "scale": "human",
        "title": _title(asked),
        "events": [_slide(entry, asked) for entry in entries],
        "eras": _eras(entries, asked),
    }


def date_parts(text: str) -> dict[str, int] | None:
    """A date or an instant of EDTF (UTC) as TimelineJS wants it, as precise as it is; None for other forms."""
    text = text.strip().rstrip("~?%")
    if "T" in text:
        instant = datetime.fromisoformat(text).astimezone(UTC)
        return dict(zip(PARTS, (instant.year, instant.month, instant.day, instant.hour, instant.minute), strict=True))
    if not _PLAIN.fullmatch(text):
        return None
    parts = [int(part) for part in text.split("-")]
    # Seasons and the like stand where the month does.
    season = len(parts) > 1 and parts[1] > 12
    return None if season else dict(zip(PARTS, parts, strict=False))


def is_plain(when: str) -> bool:
    """Whether TimelineJS says the date itself without claiming more: years, months, days and spans of them."""
    return all(_PLAIN.fullmatch(text) and date_parts(text) for text in when.strip().split("/"))


def _title(asked: Asked) -> Slide:
    findings = TimelineFinding.objects.in_force(asked.reading.at).filter(timeline=asked.timeline)
    # What a finding says is of its whole timeline, not of a part.
    finding = None if asked.filters else findings.first()
    lead = (finding.lead if finding else "") or (asked.timeline.introduction if asked.timeline else "")
    lines = [lead, asked.narrowed, f"As of {asked.moment}." if asked.moment else ""]
    context = {
        "lines": filter(None, lines),
        "contested": contested_of("timeline_findings", finding.pk, asked) if finding else [],
        "address": asked.page,
        "name": asked.title,
    }
    return {
        "unique_id": "title",
        "text": {
            "headline": escape(printable(finding.heading if finding else asked.title)),
            "text": printable(render_to_string("feeds/title.html", context)).strip(),
        },
        "autolink": False,
    }


def _slide(entry: Entry, asked: Asked) -> Slide:
    slide: Slide = {
        "unique_id": entry.anchor,
        "group": KINDS[entry.kind],
        "text": {
            "headline": escape(heading(entry)),
            "text": markup(entry, asked, dated=False),
        },
        "autolink": False,
    }
    start, _, end = entry.when.partition("/")
    slide["start_date"] = date_parts(start) or _of_day(entry.earliest.date())
    if end:
        slide["end_date"] = date_parts(end) or _of_day(entry.latest.date())
    if not is_plain(entry.when):
        slide["display_date"] = dates.display(entry.when)
    return slide


def _of_day(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _eras(entries: list[Entry], asked: Asked) -> list[Slide]:
    """The treaties in force, within the time of the entries: an era beyond them would stretch the picture."""
    if not entries:
        return []
    first, last = entries[0].earliest.date(), max(entry.latest.date() for entry in entries)
    eras = []
    for treaty in treaties_with_acts(asked.reading.at):
        life = law.band(in_law(treaty.readable_acts), asked.reading.day.date())
        if not life.entered:
            continue
        start, end = max(life.entered, first), min(life.ended or asked.reading.day.date(), last)
        if start < end:
            headline = escape(printable(f"{treaty.short_name} in force"))
            eras.append({"start_date": _of_day(start), "end_date": _of_day(end), "text": {"headline": headline}})
    return eras

"""Dated events and acts as a calendar that other calendars subscribe to (RFC 5545, RFC 7986)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar

from apps.editorial.models import Correction
from apps.exchange.feeds.asked import Asked
from apps.exchange.feeds.corrected import corrections_by_entry, last_change
from apps.exchange.feeds.spans import Span, to_the_day
from apps.exchange.feeds.words import heading, printable, text
from apps.timelines import compose
from apps.timelines.compose import KINDS, Entry, Order

CONTENT_TYPE = "text/calendar; charset=utf-8"
DATED = ("events", "acts")
"""What stands in the calendar where no kind is asked for."""


def calendar(asked: Asked) -> bytes:
    """The calendar as a file; what is not known to the day is left out and counted in its description."""
    at, wanted = asked.reading.at, asked.wanted
    wanted = replace(wanted, kinds=wanted.kinds or DATED)
    entries = compose.window(at, wanted, Order.HAPPENED, 0, compose.count(at, wanted))
    dated = [(entry, span) for entry in entries if (span := to_the_day(entry.when))]
    corrected = corrections_by_entry([entry for entry, _ in dated])

    written = icalendar.Calendar()
    written.add("prodid", "-//The Pact Record//Timeline//EN")
    written.add("version", "2.0")
    written.add("calscale", "GREGORIAN")
    for name in ("name", "x-wr-calname"):
        written.add(name, asked.name_to_list)
    for name in ("description", "x-wr-caldesc"):
        written.add(name, _description(asked, len(dated), len(entries) - len(dated)))
    written.add("url", asked.page)
    written.add("refresh-interval", timedelta(days=1), parameters={"value": "DURATION"})
    for entry, span in dated:
        written.add_component(_event(entry, span, corrected.get(entry.anchor, ()), asked))
    return written.to_ical()


def _description(asked: Asked, dated: int, left_out: int) -> str:
    said = [f"{dated} entries, each with its sources."]
    if left_out:
        said.append(f"{left_out} more are not known to the day and are left out; the timeline has them.")
    if asked.narrowed:
        said.append(f"Only {asked.narrowed}.")
    if asked.moment:
        said.append(f"As of {asked.moment}.")
    return " ".join(said)


def _event(entry: Entry, span: Span, corrections: Sequence[Correction], asked: Asked) -> icalendar.Event:
    changed = last_change(entry, corrections, asked).astimezone(UTC).replace(microsecond=0)
    event = icalendar.Event()
    event.add("uid", f"{entry.anchor}@{asked.host}")
    event.add("dtstart", _to_the_second(span.first))
    if span.last != span.first:
        event.add("dtend", _end(span.last))
    # A published calendar's stamp is when the entry last changed (RFC 5545, 3.8.7.2), so that the file stays the same.
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", len(corrections))
    event.add("summary", heading(entry))
    event.add("description", text(entry, asked))
    event.add("categories", [KINDS[entry.kind]])
    event.add("url", asked.address(entry.url))
    if entry.place:
        event.add("location", printable(entry.place))
    event.add("transp", "TRANSPARENT")
    return event


def _to_the_second(value: date | datetime) -> date | datetime:
    return value.replace(microsecond=0) if isinstance(value, datetime) else value


def _end(last: date | datetime) -> date | datetime:
    """The end as calendars count it: the first day that is no longer part of it; an instant is its own end."""
    return _to_the_second(last) if isinstance(last, datetime) else last + timedelta(days=1)

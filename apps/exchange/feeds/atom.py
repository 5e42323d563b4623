"""The Atom feed of what is new on the record (RFC 4287), in pages (RFC 5005)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from apps.editorial import moments
from apps.editorial.models import Correction
from apps.editorial.places import concerns, place
from apps.editorial.refusals import Refused
from apps.exchange.feeds.asked import Asked
from apps.exchange.feeds.corrected import corrections_between, corrections_by_entry, last_change
from apps.exchange.feeds.words import heading, heading_of_correction, markup, markup_of_correction
from apps.timelines import compose
from apps.timelines.compose import KINDS, Entry, Order, Wanted

PER_PAGE = 50
XHTML = "http://www.w3.org/1999/xhtml"


class RecordFeed(Atom1Feed):
    """Django's Atom feed with pages, and with entries whose content is XHTML and whose categories have labels."""

    def latest_post_date(self) -> datetime:
        """When the feed last changed; without entries not now, so that an empty feed stays the same."""
        changed = [item["updateddate"] for item in self.items]
        return max(changed, default=moments.EARLIEST)

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for relation, address in self.feed["pages"].items():
            handler.addQuickElement("link", "", {"rel": relation, "href": address})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for term, label in item["terms"]:
            handler.addQuickElement("category", "", {"term": term, "label": label})
        handler.startElement("content", AttributesImpl({"type": "xhtml"}))
        handler.startElement("div", AttributesImpl({"xmlns": XHTML}))
        # The template's own markup, whole XML with its values escaped, goes in as it is.
        handler.ignorableWhitespace(item["content"])
        handler.endElement("div")
        handler.endElement("content")


def page_asked(request: HttpRequest, count: int) -> tuple[int, int]:
    """Which page of a feed is asked for, and how many there are. Raises Refused for one that there is not."""
    last = max(1, -(-count // PER_PAGE))
    text = request.GET.get("page", "").strip() or "1"
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
    if not 1 <= number <= last:
        said = "".join(letter for letter in text[:40] if letter.isprintable())
        raise Refused(f"There is no page “{said}” of this feed. It has the pages 1 to {last}.")
    return number, last


def feed(asked: Asked, path: str, request: HttpRequest) -> RecordFeed:
    """One page of what is new, newest shown first; corrections stand where they were made.

    A page holds PER_PAGE entries of the record, and the corrections made in the time that they span.
    """
    at = asked.reading.at
    number, last = page_asked(request, compose.count(at, asked.wanted))
    start = (number - 1) * PER_PAGE
    # With the one before, whose time is where this page's corrections end.
    found = compose.window(at, asked.wanted, Order.SHOWN, max(start - 1, 0), PER_PAGE + (start > 0))
    before, entries = (found[:1], found[1:]) if start else ([], found)

    written = _empty(asked, path, number, last)
    since = entries[-1].shown if entries and number < last else None
    until = before[0].shown if before else None
    corrections = corrections_between(since, _earlier(until, at))
    items = [_item_of_correction(each, asked) for each in _of_what_is_asked(corrections, asked)]
    corrected = corrections_by_entry(entries)
    items += [_item(entry, corrected.get(entry.anchor, ()), asked) for entry in entries]
    for item in sorted(items, key=lambda item: item["pubdate"], reverse=True):
        written.add_item(**item)
    return written


def _empty(asked: Asked, path: str, number: int, last: int) -> RecordFeed:
    def page(wanted: int) -> str:
        query = "&".join(filter(None, [asked.query, f"page={wanted}" if wanted > 1 else ""]))
        return f"{asked.site}{path}{'?' if query else ''}{query}"

    pages = {"first": page(1), "last": page(last)}
    if number > 1:
        pages["previous"] = page(number - 1)
    if number < last:
        pages["next"] = page(number + 1)
    return RecordFeed(
        title=asked.name_to_list,
        link=asked.page,
        description="",
        language="en",
        author_name="The Pact Record",
        feed_url=page(number),
        feed_guid=asked.name(f"record?{asked.query}" if asked.query else "record"),
        pages=pages,
    )


def _earlier(first: datetime | None, second: datetime | None) -> datetime | None:
    return min(filter(None, (first, second)), default=None)


def _of_what_is_asked(corrections: Sequence[Correction], asked: Asked) -> Sequence[Correction]:
    """The corrections of what the feed is about; of everything, all."""
    at, wanted = asked.reading.at, asked.wanted
    if wanted == Wanted() or not corrections:
        return corrections
    everything = compose.window(at, wanted, Order.SHOWN, 0, compose.count(at, wanted))
    places = {place(entry.url) for entry in everything}
    if asked.timeline:
        places.add(place(asked.timeline.get_absolute_url()))
    return [each for each in corrections if concerns(each, places)]


def _item(entry: Entry, corrections: Sequence[Correction], asked: Asked) -> dict[str, Any]:
    return {
        "title": f"{entry.label}: {heading(entry)}",
        "link": asked.address(entry.url),
        "description": None,
        "pubdate": entry.shown,
        "updateddate": last_change(entry, corrections, asked),
        "unique_id": asked.name(entry.anchor),
        "terms": [(entry.kind, KINDS[entry.kind]), *((f"treaty-{slug}", slug) for slug in entry.treaties)],
        "content": markup(entry, asked),
    }


def _item_of_correction(correction: Correction, asked: Asked) -> dict[str, Any]:
    path = correction.record_path or correction.get_absolute_url()
    return {
        "title": heading_of_correction(correction),
        "link": asked.address(path),
        "description": None,
        "pubdate": correction.corrected_at,
        "updateddate": correction.corrected_at,
        "unique_id": asked.name(f"correction-{correction.pk}"),
        "terms": [("corrections", "Corrections")],
        "content": markup_of_correction(correction),
    }

"""An entry in words for other programs, as text and as markup that is whole XML and safe wherever it is shown."""

from __future__ import annotations

import re

from django.template.loader import render_to_string
from django.utils.text import Truncator

from apps.editorial import dates
from apps.editorial.models import Correction
from apps.exchange.feeds.asked import Asked
from apps.opinions import contested
from apps.sources.models import Source
from apps.timelines.compose import Entry

LONGEST_TITLE = 160
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def printable(text: str) -> str:
    """Text without the characters that no XML document may hold."""
    return _NOT_IN_XML.sub("", text)


def heading(entry: Entry) -> str:
    """The entry's title on one line, cut where it is long."""
    return _on_one_line(entry.title)


def heading_of_correction(correction: Correction) -> str:
    """What was corrected and how, on one line, cut where it is long."""
    return _on_one_line(f"Correction: {correction.record_label}. {correction.what_changed}")


def _on_one_line(text: str) -> str:
    return Truncator(" ".join(printable(text).split())).chars(LONGEST_TITLE)


def sources_of(entry: Entry) -> list[Source]:
    """The sources that an entry cites, each once, in the editor's order."""
    return list({cited.source_id: cited.source for cited in entry.citations}.values())


def contested_of(kind: str, key: int, asked: Asked) -> list[tuple[str, str]]:
    """The questions of fact contested about a record by the feed's moment, with whole addresses; one query a feed."""
    return [(mark.question, asked.address(mark.url)) for mark in contested.marks(asked.reading, kind, key)]


def markup(entry: Entry, asked: Asked, *, dated: bool = True) -> str:
    """The entry as XHTML: when and where, its words, what of them is contested, its sources with their addresses."""
    context = {
        "entry": entry,
        "dated": dated,
        "whole_title": heading(entry) != entry.title or entry.language not in ("", "en"),
        "contested": contested_of(entry.kind, entry.key, asked),
        "sources": [(source, address_of(source, asked)) for source in sources_of(entry)],
    }
    return printable(render_to_string("feeds/entry.html", context)).strip()


def markup_of_correction(correction: Correction) -> str:
    """A correction as XHTML: what changed, and why."""
    return printable(render_to_string("feeds/correction.html", {"correction": correction})).strip()


def address_of(source: Source, asked: Asked) -> str:
    """Where a source can be read: its own address, else its page on this site."""
    return source.url or asked.address(source.get_absolute_url())


def text(entry: Entry, asked: Asked) -> str:
    """The entry as lines of plain text, sources last."""
    lines = [entry.label, entry.text, entry.note, entry.remark]
    lines += [f"Contested: {question} {address}" for question, address in contested_of(entry.kind, entry.key, asked)]
    lines += [
        f"{source.publisher.label}, {source.title}, {_issued(source)}: {address_of(source, asked)}"
        for source in sources_of(entry)
    ]
    return "\n".join(printable(line) for line in lines if line)


def _issued(source: Source) -> str:
    return dates.display(source.issued) if source.issued else "undated"

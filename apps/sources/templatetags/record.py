"""How every page prints what records have in common: dates, citations, languages, links to the same moment."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from babel import Locale
from django import template
from django.template.context import Context

from apps.editorial import dates
from apps.sources import passages
from apps.sources.models import Citation, Source
from apps.sources.reading import Reading, Step, in_address

register = template.Library()
_ENGLISH = Locale("en", "GB")
_FORMER_COUNTRIES = {"SU": "Soviet Union"}


@register.filter
def edtf(value: str) -> str:
    """An EDTF date as English prose."""
    return dates.display(value) if value else ""


@register.inclusion_tag("sources/_when.html")
def when(value: str, short: bool = False) -> dict[str, str]:
    """A `<time>` element for an EDTF date."""
    return {"text": edtf_short(value) if short else dates.display(value), "machine": dates.machine(value)}


@register.inclusion_tag("sources/_mixed.html")
def mixed(value: object) -> dict[str, list[passages.Run]]:
    """Text of ours, or what a record is called, in which words of other scripts stand: each run with its language."""
    return {"runs": passages.runs(str(value))}


@register.filter
def opening(value: str, words: int) -> str:
    """The first sentences of a text of ours, within so many words and a few more."""
    return passages.opening(value, words)


@register.filter
def without_nul(value: str) -> str:
    """What an address gave, without the one character that no HTML may hold (HTML Standard 13.2.3.5)."""
    return value.replace("\x00", "")


@register.filter
def day(value: datetime) -> str:
    """An instant as a day in UTC: “19 June 2024”."""
    return f"{value.day} {value:%B %Y}" if value else ""


@register.filter
def moment(value: datetime) -> str:
    """An instant in full: “19 June 2024, 15:00 UTC”, or “the end of 19 June 2024”."""
    shown = in_address(value)
    return f"{day(value)}, {value:%H:%M} UTC" if "T" in shown else f"the end of {day(value)}"


@register.filter
def in_print(step: Step) -> str:
    """When a page changed, and by whose print: “KCNA, 20 June 2024, 02:01 UTC”; “AP +3” where three more are as old."""
    issued = step.source.issued
    return f"{_printed_by(step)}, {moment(step.at) if '/' in issued else edtf(issued)}"


@register.filter
def leads_to(step: Step) -> str:
    """Whose print a step leads to, and at which moment: “AP +3, end of 19 June 2024”, whose hour is not known."""
    return f"{_printed_by(step)}, {moment(step.at).removeprefix('the ')}"


def _printed_by(step: Step) -> str:
    return f"{step.source.publisher.label}{f' +{step.others}' if step.others else ''}"


@register.filter
def address_moment(value: datetime) -> str:
    """An instant as `?as_of=` takes it."""
    return in_address(value)


@register.filter
def at(url: str, reading: Reading | None) -> str:
    """The address of another page of this site, read at the same moment."""
    if not reading or not reading.query:
        return url
    parts = urlsplit(url)
    query = f"{parts.query}&as_of={reading.query}" if parts.query else f"as_of={reading.query}"
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, parts.fragment))


@register.filter
def language(code: str) -> str:
    """The English name of a language code; the code itself when nobody knows it."""
    return _ENGLISH.languages.get(code, code)


@register.filter
def country(code: str) -> str:
    """The English name of a country code, those of former states included."""
    return _FORMER_COUNTRIES.get(code) or _ENGLISH.territories.get(code, code)


@register.filter
def edtf_short(value: str) -> str:
    """An EDTF date where room is short: “19 Jun 2024”, “Jul 2025”, without the hour."""
    shown = dates.display(value).split(",")[0] if value else ""
    return re.sub("|".join(dates.MONTHS), lambda month: month[0][:3], shown)


@register.filter
def chip_date(source: Source) -> str:
    """The day of a source as a chip prints it."""
    return edtf_short(source.issued) or "undated"


@register.filter
def known_through(source: Source, reading: Reading | None) -> Source | None:
    """The source through which one is known, if readers could see that one at the moment of the page."""
    return source.known_through(reading.at if reading else None)


@register.inclusion_tag("sources/_chips.html", takes_context=True)
def chips(context: Context, citations: list[Citation], inline: bool = False) -> dict[str, Any]:
    """The citation chips of a record; each source cited joins the page's references."""
    reading = context.get("reading")
    sources: dict[int, Source] = {}
    for citation in citations or []:
        sources.setdefault(citation.source_id, citation.source)
        if reading:
            reading.cite(citation.source)
    return {"sources": list(sources.values()), "inline": inline, "reading": reading}


@register.inclusion_tag("sources/_chips.html", takes_context=True)
def chip(context: Context, source: Source) -> dict[str, Any]:
    """One source as a chip inside a line of text."""
    reading = context.get("reading")
    if reading:
        reading.cite(source)
    return {"sources": [source], "inline": True, "reading": reading}


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: Any) -> str:
    """The page's own query string with some parameters replaced, or removed where the value is empty."""
    params = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            params.pop(name, None)
        else:
            params[name] = str(value)
    params.pop("page", None) if "page" not in changes else None
    return f"?{params.urlencode()}" if params else "?"

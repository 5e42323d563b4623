"""How entries of the timeline are printed."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django import template

from apps.sources.templatetags.record import day, when
from apps.timelines.compose import Entry
from apps.treaties import bands

register = template.Library()


@register.filter
def named(values: Mapping[str, str], key: str) -> str:
    """The value under `key`, or ''."""
    return values.get(key, "")


@register.inclusion_tag("sources/_when.html")
def became_known(entry: Entry) -> dict[str, str]:
    """A `<time>` element of when the world could first read something, as close as its source tells.

    “20 June 2024, 02:01 UTC”; the day alone where no hour is known, the month or the year where no day is.
    """
    if entry.known is None:
        return {"text": "not dated", "machine": ""}
    if rough := _dated_only(entry, entry.known):
        return when(rough)
    if entry.known.time() == time.max:
        return {"text": day(entry.known), "machine": f"{entry.known:%Y-%m-%d}"}
    return {"text": f"{day(entry.known)}, {entry.known:%H:%M} UTC", "machine": f"{entry.known:%Y-%m-%dT%H:%MZ}"}


def _dated_only(entry: Entry, known: datetime) -> str:
    """The month or year to which the source is dated by which an entry became known; '' where it is a day or closer."""
    first = [each.source for each in entry.citations if each.source.issued_latest == known]
    longer = [each.issued for each in first if each.issued_latest - each.issued_earliest > timedelta(days=1)]
    return longer[0] if longer and len(longer) == len(first) else ""


@register.inclusion_tag("timelines/_treaty_name.html")
def treaty_name(slug: str) -> dict[str, Any]:
    """The treaty of a slug as a tag, in its colour and line."""
    return {"slug": slug, "code": bands.code(slug)}

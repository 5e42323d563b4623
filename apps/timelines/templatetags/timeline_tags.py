"""How entries of the timeline are printed."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django import template

from apps.sources.templatetags.record import day
from apps.timelines.compose import Entry
from apps.treaties import bands

register = template.Library()


@register.filter
def named(values: Mapping[str, str], key: str) -> str:
    """The value under `key`, or ''."""
    return values.get(key, "")


@register.filter
def became_known(value: datetime) -> str:
    """When the world could first read something: “20 June 2024, 02:01 UTC”; the day alone where no hour is known."""
    return day(value) if value.time() == time.max else f"{day(value)}, {value:%H:%M} UTC"


@register.filter
def dated_only(entry: Entry) -> str:
    """The month or year to which the source is dated by which an entry became known; '' where it is a day or closer."""
    first = [each.source for each in entry.citations if each.source.issued_latest == entry.known]
    longer = [each.issued for each in first if each.issued_latest - each.issued_earliest > timedelta(days=1)]
    return longer[0] if longer and len(longer) == len(first) else ""


@register.inclusion_tag("timelines/_treaty_name.html")
def treaty_name(slug: str) -> dict[str, Any]:
    """The treaty of a slug as a tag, in its colour and line."""
    return {"slug": slug, "code": bands.code(slug)}

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict

from apps.comparison import glance, rows
from apps.comparison.views.columns import MOST, chosen_treaties, shown_on_phones
from apps.editorial.refusals import listed, unknown
from apps.sources.filters import Filter, without
from apps.sources.reading import reading_of, respond
from apps.treaties.models import Treaty
from apps.treaties.rules import TopicGroup
from apps.treaties.templatetags.treaty_tags import keep_at_hand

GROUPS = {group.value.lower(): group for group in TopicGroup}


@dataclass(frozen=True)
class Asked:
    """Which topics an address asks for: of one group, changed between the treaties shown, with words in them."""

    group: TopicGroup | None
    changed: bool
    words: str


def compare(request: HttpRequest) -> HttpResponse:
    """All topics by treaties, with the obligations at a glance.

    `treaty` (two or three) chooses the columns and their order, `group`, `changed` and `words` the topics, `one` the
    column that a phone shows.
    """
    reading = reading_of(request)
    asked = _asked(request.GET)
    treaties = glance.treaties(reading.at)
    shown = chosen_treaties(request, treaties)
    one = shown_on_phones(request, shown)
    reading.rests_on(*glance.everything())
    seen = glance.read(shown, reading.at)
    if len(shown) == len(treaties):
        keep_at_hand(reading, seen.articles)
    everything = [
        rows.topic_row(
            topic, seen.correspondences.get(topic.pk), shown, seen.articles, seen.findings.get(topic.pk), seen.reported
        )
        for topic in seen.topics
    ]
    found = [row for row in everything if _fits(row, asked)]
    chosen = [treaty.slug for treaty in shown] if any(map(str.strip, request.GET.getlist("treaty"))) else []
    whole = {treaty.pk for treaty in shown} == {treaty.pk for treaty in treaties[-MOST:]}
    finding = seen.finding if whole else None
    context = {
        "section": "compare",
        "finding": finding,
        "title": finding.heading if finding else _title(shown, whole=whole),
        "whole": whole,
        "treaties": treaties,
        "shown": shown,
        "one": one,
        "places": _places(shown, treaties),
        "chosen": chosen,
        "to_topic": f"?{urlencode({'treaty': chosen}, doseq=True)}" if chosen else "",
        "parts": rows.obligation_parts(shown, seen.obligations, seen.articles),
        "groups": rows.groups(found),
        "count": len(found),
        "total": len(everything),
        "asked": asked,
        "group": request.GET.get("group", "").strip(),
        "all_groups": [(slug, group.label) for slug, group in GROUPS.items()],
        "filters": _filters(request.GET, shown, asked),
    }
    return respond(request, "comparison/compare.html", reading, context, fragment="comparison/_results_alone.html")


def _title(shown: Sequence[Treaty], *, whole: bool) -> str:
    """The heading where no finding stands; what editors found tells of all the treaties, not of some."""
    named = "The treaties side by side" if whole else listed(treaty.slug for treaty in shown)
    return f"{named}, topic by topic"


def _asked(params: QueryDict) -> Asked:
    group = params.get("group", "").strip()
    if group and group not in GROUPS:
        raise unknown("group of topics", group, GROUPS)
    changed = params.get("changed", "").strip()
    if changed not in {"", "1"}:
        raise unknown("choice of what changed", changed, ["1"])
    return Asked(GROUPS.get(group), bool(changed), params.get("words", "").replace("\x00", "").strip()[:200])


def _fits(row: rows.TopicRow, asked: Asked) -> bool:
    if asked.group and row.topic.group != asked.group:
        return False
    return (not asked.changed or row.has_changed) and row.says(asked.words)


def _filters(params: QueryDict, shown: Sequence[Treaty], asked: Asked) -> list[Filter]:
    """The choices in force, each with the address that takes it back and keeps the others."""

    found = []
    if any(map(str.strip, params.getlist("treaty"))):
        found.append(Filter(f"{listed(treaty.slug for treaty in shown)} side by side", without(params, "treaty")))
    if asked.group:
        found.append(Filter(str(asked.group.label), without(params, "group")))
    if asked.changed:
        found.append(Filter("Only what changed", without(params, "changed")))
    if asked.words:
        found.append(Filter(f"“{asked.words}”", without(params, "words")))
    return found


def _places(shown: Sequence[Treaty], treaties: Sequence[Treaty]) -> list[tuple[str, Treaty | None]]:
    """The columns to fill, with the treaty that now stands in each; the last may stay empty."""
    names = ("First column", "Second column", "Third column")
    filled: list[Treaty | None] = [*shown, *[None] * MOST]
    return list(zip(names, filled[: min(MOST, len(treaties))], strict=False))

"""Marks beside what the record prints of a contested fact, wherever that stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse

from apps.opinions.models import ContestedFact, Value
from apps.sources.reading import Reading

_KEPT = "contested about acts and events"


@dataclass(frozen=True)
class Mark:
    """What is contested: the question of fact, and the address of its values."""

    question: str
    url: str


def places(at: datetime | None, shown_by: datetime | None = None) -> QuerySet:
    """Where a fact contested by `at` (UTC; None means whenever) may be printed, as `told`: a row for each such place.

    A place is its act, an event that tells of that act, or an event that names the fact. What was put on record after
    `shown_by` (UTC), a fact or one of two values, is left out.
    """
    told = JSONObject(slug="slug", question="question", act="act", telling="act__events", naming="events")
    facts = ContestedFact.objects.contested_by(at).prefetch_related(None).order_by("slug")
    if shown_by:
        values = Value.objects.published().known_by(at).filter(fact=OuterRef("pk"), published_at__lte=shown_by)
        several = values.order_by().values("fact").annotate(n=Count("pk")).filter(n__gte=2)
        facts = facts.filter(Exists(several), published_at__lte=shown_by)
    return facts.values(told=told)


def keep(reading: Reading, found: Iterable[Mapping[str, Any]]) -> None:
    """Notes on the page what `places` told, where a query of the page's own has brought it along."""
    marks: dict[tuple[str, int], dict[str, Mark]] = {}
    for told in found:
        mark = Mark(told["question"], reverse("fact", args=[told["slug"]]))
        for about in (("acts", told["act"]), ("events", told["telling"]), ("events", told["naming"])):
            marks.setdefault(about, {})[told["slug"]] = mark
    reading.kept[_KEPT] = {about: list(each.values()) for about, each in marks.items()}


def marks(reading: Reading, kind: str, key: int) -> list[Mark]:
    """What is contested about an act (“acts”) or an event (“events”) at the moment of the page; one query a page."""
    if _KEPT not in reading.kept:
        keep(reading, (row["told"] for row in places(reading.at)))
    return reading.kept[_KEPT].get((kind, key), [])

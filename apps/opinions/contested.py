"""Marks beside what the record prints of a contested fact, wherever that stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest, JSONObject
from django.urls import reverse

from apps.opinions.models import ContestedFact, Value
from apps.sources.reading import Reading

_KEPT = "contested"

PRINTING = {
    "acts": ("act", "act_notes"),
    # Where of an act only the day stands.
    "act_days": ("act",),
    "events": ("act__events", "events"),
    "articles": ("articles",),
    "treaties": ("summaries",),
    "obligations": ("obligations",),
    "topics": ("correspondences__topic",),
    "topic_findings": ("topic_findings",),
    "statements": ("utterances",),
    "opinions": ("opinions",),
    "assessments": ("assessments",),
    "home_findings": ("home_findings",),
    "timeline_findings": ("timeline_findings",),
    "comparison_findings": ("comparison_findings",),
}
"""What may print a value of a fact, by the names that lists of the record have for the kinds: the ways there."""


@dataclass(frozen=True)
class Mark:
    """What is contested: the question of fact, the address of its values, and since when (UTC) we showed it so."""

    question: str
    url: str
    since: datetime


def places(at: datetime | None) -> QuerySet:
    """The facts contested by `at` (UTC; None means whenever), each with the keys of what may print it, as `told`."""
    # A copy, since a query keeps its answer.
    return _places(at).all()


@lru_cache(maxsize=32)
def _places(at: datetime | None) -> QuerySet:
    """The query of `places`: to build it takes as long as to be answered, and nearly every page asks it."""
    values = Value.objects.published().known_by(at).filter(fact=OuterRef("pk"))
    second = Subquery(values.order_by("published_at").values("published_at")[1:2])
    facts = ContestedFact.objects.contested_by(at).prefetch_related(None).order_by("slug")
    facts = facts.annotate(since=Greatest("published_at", second))
    return facts.values(told=JSONObject(slug="slug", question="question", since="since", **_keys()))


@cache
def _keys() -> dict[str, ArraySubquery]:
    """By each way of PRINTING the keys of what a fact leads to; built once, since no moment of a page changes it."""
    facts = ContestedFact.objects.filter(pk=OuterRef("pk")).order_by()
    ways = {way for kind in PRINTING.values() for way in kind}
    return {way: ArraySubquery(facts.filter(**{f"{way}__isnull": False}).values(way)) for way in ways}


def keep(reading: Reading, found: Iterable[Mapping[str, Any]]) -> None:
    """Notes on the page what `places` told, where a query of the page's own has brought it along."""
    marks: dict[tuple[str, int], dict[str, Mark]] = {}
    for told in found:
        since = datetime.fromisoformat(told["since"])
        mark = Mark(told["question"], reverse("fact", args=[told["slug"]]), since)
        for kind, ways in PRINTING.items():
            for key in (key for way in ways for key in told[way]):
                marks.setdefault((kind, key), {})[told["slug"]] = mark
    reading.kept[_KEPT] = {printing: list(each.values()) for printing, each in marks.items()}


def marks(reading: Reading, kind: str, key: int) -> list[Mark]:
    """What is contested about a record of a kind of PRINTING at the moment of the page; one query a page."""
    if _KEPT not in reading.kept:
        keep(reading, (row["told"] for row in places(reading.at)))
    return reading.kept[_KEPT].get((kind, key), [])


_BY_THEIR_WORDS = {
    "TreatyAction": ("acts", "pk"),
    "Event": ("events", "pk"),
    "Quote": ("statements", "utterance_id"),
    "TopicFinding": ("topic_findings", "pk"),
    "HomeFinding": ("home_findings", "pk"),
    "TimelineFinding": ("timeline_findings", "pk"),
    "ComparisonFinding": ("comparison_findings", "pk"),
}


def named(record: Model) -> tuple[str, int] | None:
    """The kind and key under which a record is marked where a list names it; None where its name prints no value.

    Values stand in the days and words of these; an article, a question, an opinion is named without them.
    """
    kind, column = _BY_THEIR_WORDS.get(type(record).__name__, ("", "pk"))
    return (kind, getattr(record, column)) if kind else None

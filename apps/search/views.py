from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from apps.opinions.models import ContestedFact, Opinion, Question
from apps.quotes.models import Quote, Utterance
from apps.sources.models import Agent, Source
from apps.sources.reading import Reading, reading_of, respond
from apps.timelines.models import Event, Timeline
from apps.treaties.models import Article, Rendering, Topic

MOST = 20
LONGEST = 200


@dataclass(frozen=True)
class Found:
    """The records of one kind that carry the words, the first MOST of them."""

    label: str
    records: list[Any]


def search(request: HttpRequest) -> HttpResponse:
    """Records of every kind that carry the words of `?q=`, as of the moment."""
    reading = reading_of(request)
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())
    too_long = len(words) > LONGEST
    found = _find(words, reading) if words and not too_long else []
    context = {"section": "search", "words": words[:LONGEST], "too_long": too_long, "longest": LONGEST, "found": found}
    return respond(request, "search/results.html", reading, context)


def _find(words: str, reading: Reading) -> list[Found]:
    at = reading.at
    known_words = Q(quotes__words__icontains=words, quotes__in=_readable_quotes(at))
    named = Agent.objects.published().called(words)
    kinds = [
        ("People and bodies", Agent.objects.on_record(at).called(words).order_by("name")),
        (
            "Articles",
            Article.objects.readable(at)
            .filter(Q(heading__icontains=words) | Q(gist__icontains=words) | Q(renderings__in=_renderings(words, at)))
            .select_related("treaty")
            .distinct()
            .order_by("treaty__slug", "order"),
        ),
        (
            "Comparison by topic",
            Topic.objects.on_record(at).filter(title__icontains=words).order_by("group", "position", "pk"),
        ),
        ("Questions", Question.objects.asked_by(at).filter(question__icontains=words).order_by("position", "pk")),
        (
            "Contested facts",
            ContestedFact.objects.contested_by(at)
            .filter(Q(question__icontains=words) | Q(told=True, summary__icontains=words))
            .order_by("question", "pk"),
        ),
        (
            "Statements",
            Utterance.objects.readable(at)
            .filter(known_words | Q(occasion__icontains=words) | Q(speaker__in=named))
            .distinct()
            .order_by("-said_earliest", "pk"),
        ),
        (
            "Expert opinions",
            Opinion.objects.readable(at)
            .filter(Q(summary__icontains=words) | Q(quote__icontains=words) | Q(expert__in=named))
            .select_related("expert", "position__question")
            .order_by("-stated_earliest", "pk"),
        ),
        (
            "Events",
            Event.objects.readable(at)
            .filter(Q(title__icontains=words) | Q(summary__icontains=words))
            .order_by("-happened_earliest", "pk"),
        ),
        ("Timelines", Timeline.objects.begun_by(at).filter(title__icontains=words).order_by("title", "pk")),
        (
            "Sources",
            Source.objects.issued_by(at).filter(title__icontains=words).for_chips().order_by("-issued_latest", "pk"),
        ),
    ]
    return [Found(label, records) for label, query in kinds if (records := list(query[:MOST]))]


def _readable_quotes(at: datetime | None) -> QuerySet[Quote]:
    return Quote.objects.published().known_by(at)


def _renderings(words: str, at: datetime | None) -> QuerySet[Rendering]:
    return Rendering.objects.shown(at).filter(text__icontains=words)

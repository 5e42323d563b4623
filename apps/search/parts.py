"""What is searched: each sort of row that holds words, when readers could read it, and what a hit in it leads to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, ExtractYear

from apps.editorial.models import public_q
from apps.opinions.models import Assessment, ContestedFact, Opinion, Question
from apps.opinions.models import Value as FactValue
from apps.quotes.models import Quote, Utterance
from apps.sources.models import Agent, AgentRole, Source, issued_by_q, shown_keys
from apps.timelines.models import ArticleTie, Event, Timeline
from apps.treaties.models import Article, Correspondence, Rendering, Topic, Treaty, TreatyAction, TreatyTitle

Moment = datetime | None
"""As of when (UTC); None means the whole record."""

Rows = Callable[[Moment], QuerySet]


@dataclass(frozen=True)
class Kind:
    """One kind of thing that is found. `people`, `treaties` and `years` give pairs of its key and what it is tied to.

    `rank` weighs it against the others: where words stand in a title, what they say comes before who reports it.
    """

    name: str
    label: str
    parts: Mapping[str, Rows]
    people: Rows | None = None
    treaties: Rows | None = None
    years: Rows | None = None
    rank: float = field(default=1.0)


def _years(of: QuerySet, column: str) -> QuerySet:
    return of.filter(**{f"{column}__isnull": False}).values_list("pk", Cast(ExtractYear(column), TextField()))


def _through_articles(of: QuerySet, at: Moment, path: str) -> QuerySet:
    """Pairs of a record and the treaty of an article that it turns on."""
    tied = of.filter(**{f"{path}__in": shown_keys(Article, at)})
    return tied.values_list("pk", f"{path}__treaty__slug")


def _statements(at: Moment) -> QuerySet:
    return Quote.objects.published().known_by(at).filter(utterance__in=Utterance.objects.published().values("pk"))


def _told(at: Moment) -> QuerySet:
    return ContestedFact.objects.contested_by(at).filter(told=True)


def _with_text(at: Moment) -> QuerySet:
    """Treaties whose titles and terms stand: they were read from the text."""
    found = Treaty.objects.shown(at)
    return found if at is None else found.filter(pk__in=shown_keys(Article, at, "treaty"))


def _event_treaties(at: Moment) -> QuerySet:
    return Event.objects.filter(treaties__in=shown_keys(Treaty, at)).values_list("pk", "treaties__slug")


def _statement_treaties(at: Moment) -> QuerySet:
    ties = ArticleTie.objects.shown(at).filter(utterance__isnull=False)
    return ties.values_list("utterance", "article__treaty__slug")


def _fact_treaties(at: Moment) -> QuerySet:
    about = Coalesce("treaty__slug", "act__treaty__slug", Value(""), output_field=TextField())
    named = ContestedFact.objects.annotate(about=about)
    return named.filter(about__in=shown_keys(Treaty, at, "slug")).values_list("pk", "about")


def _source_treaties(at: Moment) -> QuerySet:
    return Rendering.objects.shown(at).values_list("source", "article__treaty__slug")


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "people",
            "People and bodies",
            {
                "person": lambda at: Agent.objects.on_record(at),
                "role": lambda at: AgentRole.objects.filter(
                    issued_by_q(at, "source__"), agent__in=Agent.objects.published().values("pk")
                ),
            },
            people=lambda at: Agent.objects.values_list("pk", F("pk")),
            rank=1.5,
        ),
        Kind(
            "treaties",
            "Treaties",
            {
                "treaty": lambda at: Treaty.objects.shown(at),
                "treaty_terms": _with_text,
                "treaty_title": lambda at: TreatyTitle.objects.filter(treaty__in=_with_text(at).values("pk")),
                # It may tell the whole story, so the past shows none.
                "treaty_summary": lambda at: Treaty.objects.shown(at) if at is None else Treaty.objects.none(),
            },
            treaties=lambda at: Treaty.objects.values_list("pk", "slug"),
            rank=1.5,
        ),
        Kind(
            "articles",
            "Articles",
            {
                "article": lambda at: Article.objects.shown(at),
                "rendering": lambda at: Rendering.objects.shown(at),
            },
            treaties=lambda at: Article.objects.values_list("pk", "treaty__slug"),
            rank=1.2,
        ),
        Kind(
            "questions",
            "Questions",
            {"question": lambda at: Question.objects.asked_by(at)},
            treaties=lambda at: _through_articles(Question.objects.all(), at, "articles"),
            rank=1.2,
        ),
        Kind(
            "topics",
            "Topics compared",
            {
                "topic": lambda at: Topic.objects.on_record(at),
                "correspondence": lambda at: Correspondence.objects.shown(at),
            },
            treaties=lambda at: _through_articles(Topic.objects.all(), at, "articles"),
            rank=1.1,
        ),
        Kind(
            "statements",
            "Statements",
            {"quote": _statements},
            rank=1.3,
            people=lambda at: Utterance.objects.values_list("pk", "speaker"),
            treaties=_statement_treaties,
            years=lambda at: _years(Utterance.objects.all(), "said_earliest"),
        ),
        Kind(
            "events",
            "Events",
            {"event": lambda at: Event.objects.shown(at)},
            people=lambda at: Event.objects.filter(public_q("people__")).values_list("pk", "people"),
            treaties=_event_treaties,
            years=lambda at: _years(Event.objects.all(), "happened_earliest"),
        ),
        Kind(
            "acts",
            "Treaty acts",
            {"act": lambda at: TreatyAction.objects.shown(at)},
            people=lambda at: TreatyAction.objects.filter(public_q("participant__")).values_list("pk", "participant"),
            treaties=lambda at: TreatyAction.objects.values_list("pk", "treaty__slug"),
            years=lambda at: _years(TreatyAction.objects.all(), "happened_earliest"),
        ),
        Kind(
            "opinions",
            "Expert opinions",
            {
                "opinion": lambda at: Opinion.objects.shown(at),
                "opinion_quote": lambda at: Opinion.objects.shown(at),
            },
            people=lambda at: Opinion.objects.values_list("pk", "expert"),
            treaties=lambda at: _through_articles(Opinion.objects.all(), at, "position__question__articles"),
            years=lambda at: _years(Opinion.objects.all(), "stated_earliest"),
        ),
        Kind(
            "assessments",
            "Changes in what is known",
            {
                "assessment": lambda at: Assessment.objects.shown(at).filter(
                    question__in=Question.objects.published().values("pk")
                )
            },
            treaties=lambda at: _through_articles(Assessment.objects.all(), at, "question__articles"),
            years=lambda at: _years(Assessment.objects.all(), "since_earliest"),
            rank=0.9,
        ),
        Kind(
            "facts",
            "Contested facts",
            {
                "fact": lambda at: ContestedFact.objects.contested_by(at),
                "fact_summary": _told,
                "value": lambda at: FactValue.objects.shown(at),
            },
            treaties=_fact_treaties,
        ),
        Kind(
            "timelines",
            "Timelines by the editors",
            {"timeline": lambda at: Timeline.objects.begun_by(at)},
        ),
        Kind(
            "sources",
            "Sources",
            {"source": lambda at: Source.objects.issued_by(at)},
            people=lambda at: Source.objects.values_list("pk", "publisher"),
            treaties=_source_treaties,
            years=lambda at: _years(Source.objects.all(), "issued_earliest"),
            rank=0.6,
        ),
    )
}
"""In the order in which things that fit equally well stand."""

PARTS = {name: rows for kind in KINDS.values() for name, rows in kind.parts.items()}

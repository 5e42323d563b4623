"""Makers of records for tests, one per noun.

A record is a draft unless `published=True`, `in_review=True` or `withdrawn=True`. A cited record rests on one source,
or on those given as `cited=[…]`; `cited=[]` leaves it without any.
"""

import datetime as dt
from typing import Any

import factory
from factory.django import DjangoModelFactory

from apps.comparison.models import ComparisonFinding
from apps.dashboard.models import HomeFinding
from apps.editorial.models import Correction
from apps.editorial.rules import Status
from apps.opinions.models import Assessment, ContestedFact, Opinion, Position, Question, Value
from apps.quotes.models import Quote, Theme, Utterance
from apps.sources.models import Agent, Source
from apps.timelines.models import ArticleTie, Event, Timeline, TimelineFinding
from apps.treaties.models import (
    Article,
    Correspondence,
    Obligation,
    Rendering,
    Topic,
    TopicFinding,
    Treaty,
    TreatyAction,
)

SHOWN = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
TAKEN_BACK = dt.datetime(2025, 6, 1, tzinfo=dt.UTC)


class EditorialFactory(DjangoModelFactory):
    """A record with a status; the dates that the status demands come with it."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    class Params:
        in_review = factory.Trait(status=Status.REVIEW)
        published = factory.Trait(status=Status.PUBLISHED, published_at=SHOWN)
        withdrawn = factory.Trait(status=Status.WITHDRAWN, published_at=SHOWN, withdrawn_at=TAKEN_BACK)


class CitedFactory(EditorialFactory):
    """A record that rests on sources."""

    class Meta:
        abstract = True

    @factory.post_generation
    def cited(self: Any, create: bool, sources: list[Source] | None, **kwargs: Any) -> None:
        if sources is None:
            sources = [SourceFactory(published=True)]
        table = self.citations.model
        table.objects.bulk_create(table(subject=self, source=s, position=k) for k, s in enumerate(sources))


class AgentFactory(EditorialFactory):
    class Meta:
        model = Agent

    slug = factory.Sequence(lambda n: f"agent-{n}")
    name = factory.Sequence(lambda n: f"Speaker {n}")
    kind = "PERSON"
    country = "KP"


class SourceFactory(EditorialFactory):
    class Meta:
        model = Source

    slug = factory.Sequence(lambda n: f"source-{n}")
    type = "article-newspaper"
    title = factory.Sequence(lambda n: f"Report {n}")
    publisher = factory.SubFactory(AgentFactory, published=True, kind="INDEPENDENT_MEDIA")
    issued = "2024-06-20"
    language = "en"


class TopicFactory(EditorialFactory):
    class Meta:
        model = Topic

    slug = factory.Sequence(lambda n: f"topic-{n}")
    group = "SECURITY"
    title = factory.Sequence(lambda n: f"Topic {n}")


class TreatyFactory(CitedFactory):
    class Meta:
        model = Treaty

    # Years to come, which no test names by hand.
    slug = factory.Sequence(lambda n: f"{3000 + n}")
    short_name = factory.LazyAttribute(lambda treaty: f"Treaty of {treaty.slug}")
    title = factory.LazyAttribute(lambda treaty: f"Treaty of {treaty.slug} on partnership")
    article_count = 4
    authentic_languages = factory.LazyFunction(lambda: ["ko", "ru"])


class ArticleFactory(CitedFactory):
    class Meta:
        model = Article

    treaty = factory.SubFactory(TreatyFactory, published=True)
    order = factory.Sequence(lambda n: n + 1)
    number = factory.LazyAttribute(lambda article: str(article.order))
    heading = factory.Sequence(lambda n: f"Heading {n}")
    gist = "What it says."
    completeness = "ESTABLISHED"


class RenderingFactory(CitedFactory):
    class Meta:
        model = Rendering

    article = factory.SubFactory(ArticleFactory, published=True)
    language = "en"
    source = factory.SubFactory(SourceFactory, published=True)
    kind = "OFFICIAL_TRANSLATION"
    translator = "Agency English"
    extent = "PART"
    text = "The two sides shall help each other."


class TreatyActionFactory(CitedFactory):
    class Meta:
        model = TreatyAction

    slug = factory.Sequence(lambda n: f"act-{n}")
    treaty = factory.SubFactory(TreatyFactory, published=True)
    kind = "SIGNATURE"
    happened = "2024-06-19"
    summary = "Both sides sign."


class CorrespondenceFactory(CitedFactory):
    class Meta:
        model = Correspondence

    topic = factory.SubFactory(TopicFactory, published=True)
    change = "It returned."
    confidence = "HIGH"


class ObligationFactory(CitedFactory):
    class Meta:
        model = Obligation

    treaty = factory.SubFactory(TreatyFactory, published=True)
    kind = "DEFENSE"
    extent = "LIMITED"
    label = "Owed, on conditions"
    article_51 = "NAMED"
    domestic_law = "NAMED"
    rationale = "So it reads."


class FindingFactory(CitedFactory):
    class Meta:
        abstract = True

    slug = factory.Sequence(lambda n: f"finding-{n}")
    since = "2024-06-20"
    heading = factory.Sequence(lambda n: f"The record says so {n}")
    lead = "Why it says so."


class TopicFindingFactory(FindingFactory):
    class Meta:
        model = TopicFinding

    topic = factory.SubFactory(TopicFactory, published=True)


class ComparisonFindingFactory(FindingFactory):
    class Meta:
        model = ComparisonFinding


class HomeFindingFactory(FindingFactory):
    class Meta:
        model = HomeFinding


class TimelineFactory(EditorialFactory):
    class Meta:
        model = Timeline

    slug = factory.Sequence(lambda n: f"timeline-{n}")
    title = factory.Sequence(lambda n: f"Selection {n}")


class TimelineFindingFactory(FindingFactory):
    class Meta:
        model = TimelineFinding

    timeline = factory.SubFactory(TimelineFactory, published=True)


class ThemeFactory(EditorialFactory):
    class Meta:
        model = Theme

    slug = factory.Sequence(lambda n: f"theme-{n}")
    title = factory.Sequence(lambda n: f"Theme {n}")


class UtteranceFactory(EditorialFactory):
    """Something said, so far in no printing."""

    class Meta:
        model = Utterance

    slug = factory.Sequence(lambda n: f"utterance-{n}")
    speaker = factory.SubFactory(AgentFactory, published=True)
    said = "2024-06-19"
    occasion = "After the signing"


class QuoteFactory(CitedFactory):
    class Meta:
        model = Quote

    utterance = factory.SubFactory(UtteranceFactory, published=True)
    slug = factory.Sequence(lambda n: f"quote-{n}")
    words = factory.Sequence(lambda n: f"A new stage has begun, {n}")
    language = "en"
    officiality = "PRESS"


class QuestionFactory(EditorialFactory):
    class Meta:
        model = Question

    slug = factory.Sequence(lambda n: f"question-{n}")
    question = factory.Sequence(lambda n: f"Is help automatic, {n}?")

    @factory.post_generation
    def stands(self: Any, create: bool, since: str | None, **kwargs: Any) -> None:
        """With `stands="2020"` the question is assessed as unknown from then on, known at once."""
        if since:
            begun = SourceFactory(published=True, issued=since)
            AssessmentFactory(published=True, question=self, since=since, knowledge="UNKNOWN", cited=[begun])


class PositionFactory(DjangoModelFactory):
    class Meta:
        model = Position

    question = factory.SubFactory(QuestionFactory, published=True)
    slug = factory.Sequence(lambda n: f"position-{n}")
    label = factory.Sequence(lambda n: f"Reading {n}")
    order = factory.Sequence(lambda n: n)


class OpinionFactory(CitedFactory):
    class Meta:
        model = Opinion

    slug = factory.Sequence(lambda n: f"opinion-{n}")
    expert = factory.SubFactory(AgentFactory, published=True)
    position = factory.SubFactory(PositionFactory, question__stands="2020")
    stated = "2024-06-21"
    country = "US"
    summary = "It is automatic."


class AssessmentFactory(CitedFactory):
    class Meta:
        model = Assessment

    question = factory.SubFactory(QuestionFactory, published=True)
    since = "2024-06-20"
    knowledge = "DISPUTED"
    answer = "Experts differ."


class ContestedFactFactory(EditorialFactory):
    class Meta:
        model = ContestedFact

    slug = factory.Sequence(lambda n: f"fact-{n}")
    question = factory.Sequence(lambda n: f"When was it, {n}?")
    summary = "Sources differ."


class ValueFactory(CitedFactory):
    class Meta:
        model = Value

    fact = factory.SubFactory(ContestedFactFactory, published=True)
    value = factory.Sequence(lambda n: f"Day {n}")
    rank = "PREFERRED"
    reason = "Its own date."


class EventFactory(CitedFactory):
    class Meta:
        model = Event

    slug = factory.Sequence(lambda n: f"event-{n}")
    title = factory.Sequence(lambda n: f"Meeting {n}")
    summary = "They meet."
    category = "SUMMIT"
    happened = "2024-06-19"


class ArticleTieFactory(CitedFactory):
    class Meta:
        model = ArticleTie

    slug = factory.Sequence(lambda n: f"tie-{n}")
    article = factory.SubFactory(ArticleFactory, published=True)
    event = factory.SubFactory(EventFactory, published=True)
    kind = "ACTS_ON"


class CorrectionFactory(DjangoModelFactory):
    class Meta:
        model = Correction

    record_label = "A statement"
    what_changed = "The day: 18 June, now 19 June."
    reason = "A misreading."
    corrected_at = SHOWN

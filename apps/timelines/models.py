from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from apps.editorial.fields import EdtfField, bound, bounds_in_order
from apps.editorial.kept import keep_links
from apps.editorial.models import EditorialModel, EditorialQuerySet
from apps.editorial.rules import Status
from apps.opinions.models import Assessment, ContestedFact, Opinion
from apps.quotes.models import Utterance
from apps.sources.models import Agent, Citation, CitedModel, CitedQuerySet, Finding, FindingQuerySet, Source, shown_keys
from apps.timelines.rules import Category, TieKind
from apps.treaties.models import Article, Rendering, Treaty, TreatyAction


@pghistory.track()
class Event(CitedModel):
    """Something that happened, on a day as precisely known as the sources allow."""

    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=200)
    summary = models.TextField(help_text="In our words.")
    category = models.CharField(max_length=12, choices=Category.choices)
    happened = EdtfField()
    happened_earliest = bound()
    happened_latest = bound()
    place = models.CharField(max_length=120, blank=True)
    people = models.ManyToManyField(Agent, blank=True, related_name="events")
    treaties = models.ManyToManyField(Treaty, blank=True, related_name="events")
    acts = models.ManyToManyField(
        TreatyAction,
        blank=True,
        related_name="events",
        help_text="The treaty acts that this event tells of; where both would stand, the timeline shows the event.",
    )
    facts = models.ManyToManyField(
        ContestedFact,
        blank=True,
        related_name="events",
        help_text="The contested facts of which this event prints a value, so that the mark stands beside it.",
    )
    note = models.TextField(blank=True, help_text="Public: doubts about the day or the figures.")
    position = models.PositiveSmallIntegerField(default=0, help_text="Order within one day.")

    class Meta(CitedModel.Meta):
        constraints = [
            *CitedModel.Meta.constraints,
            bounds_in_order("happened", "timelines_event"),
            models.CheckConstraint(
                condition=Q(category__in=Category.values),
                name="timelines_event_category_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{reverse('timeline')}?go=event-{self.slug}#event-{self.slug}"


keep_links(Event, "people", "treaties", "acts", "facts")


@pghistory.track()
class EventCitation(Citation):
    subject = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="citations")


def _exactly_one(*fields: str) -> Q:
    """The condition that exactly one of the nullable columns is filled."""
    condition = Q()
    for chosen in fields:
        condition |= Q(**{f"{field}__isnull": field != chosen for field in fields})
    return condition


class ArticleTieQuerySet(CitedQuerySet):
    def shown(self, at: datetime | None) -> Self:
        """Published ties known by `at` of which both ends were readable then."""
        found = super().shown(at).filter(article__in=shown_keys(Article, at))
        return found.filter(Q(event__in=shown_keys(Event, at)) | Q(utterance__in=shown_keys(Utterance, at)))


@pghistory.track()
class ArticleTie(CitedModel):
    """That an event or a statement bears on an article: a promise, and what became of it."""

    label_relations = ("article__treaty", "event", "utterance__speaker")

    slug = models.SlugField(max_length=120, unique=True)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="ties")
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="ties")
    utterance = models.ForeignKey(Utterance, null=True, blank=True, on_delete=models.PROTECT, related_name="ties")
    kind = models.CharField(max_length=14, choices=TieKind.choices)
    note = models.TextField(blank=True, help_text="Who ties them, and how, in our words.")

    objects = ArticleTieQuerySet.as_manager()

    class Meta(CitedModel.Meta):
        constraints = [
            *CitedModel.Meta.constraints,
            models.CheckConstraint(
                condition=_exactly_one("event", "utterance"),
                name="timelines_articletie_one_subject",
            ),
            models.UniqueConstraint(
                fields=["article", "event", "utterance", "kind"],
                name="timelines_articletie_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(kind__in=TieKind.values),
                name="timelines_articletie_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event or self.utterance} {self.get_kind_display()}: {self.article}"

    def get_absolute_url(self) -> str:
        return f"{self.article.get_absolute_url()}#tie-{self.slug}"

    def blockers(self, to: str) -> list[str]:
        reasons = super().blockers(to)
        for tied in filter(None, (self.event, self.utterance, self.article)):
            if to == Status.PUBLISHED and tied.status != Status.PUBLISHED:
                reasons.append(f"Publish first what it ties: {tied}.")
        return reasons


@pghistory.track()
class ArticleTieCitation(Citation):
    subject = models.ForeignKey(ArticleTie, on_delete=models.CASCADE, related_name="citations")


class TimelineQuerySet(EditorialQuerySet):
    def begun_by(self, at: datetime | None) -> Self:
        """Published timelines of which an item was readable by `at` (UTC; None means whenever); others have no page."""
        return self.published().filter(pk__in=_with_readable_items(at))


@pghistory.track()
class Timeline(EditorialModel):
    """An editor's selection from the record, with an address of its own."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=160)
    introduction = models.TextField(blank=True)

    objects = TimelineQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("curated_timeline", args=[self.slug])


ITEM_SUBJECTS = ("event", "act", "utterance", "opinion", "assessment", "publication")
"""What an item of a timeline can be: each the column that names it."""


class TimelineItemQuerySet(models.QuerySet):
    def readable(self, at: datetime | None) -> Self:
        """Items of which what they name was readable by `at` (UTC; None means whenever)."""
        return self.filter(
            Q(event__in=shown_keys(Event, at))
            | Q(act__in=shown_keys(TreatyAction, at))
            | Q(utterance__in=shown_keys(Utterance, at))
            | Q(opinion__in=shown_keys(Opinion, at))
            | Q(assessment__in=shown_keys(Assessment, at))
            | Q(publication__in=shown_keys(Rendering, at, "source"))
        )


@lru_cache(maxsize=16)
def _with_readable_items(at: datetime | None) -> models.QuerySet:
    """The keys of the timelines of which an item was readable by `at`: a part of other queries, slow to build, kept."""
    return TimelineItem.objects.readable(at).values("timeline")


def printing_words() -> Q:
    """The sources that print words of the treaties, public or not."""
    return Q(pk__in=Rendering.objects.values("source"))


@pghistory.track()
class TimelineItem(models.Model):
    """One thing on the record, chosen for a timeline."""

    timeline = models.ForeignKey(Timeline, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    chapter = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=300, blank=True)
    event = models.ForeignKey(
        Event,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="timeline_items",
    )
    act = models.ForeignKey(
        TreatyAction,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="timeline_items",
    )
    utterance = models.ForeignKey(
        Utterance,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="timeline_items",
    )
    opinion = models.ForeignKey(
        Opinion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="timeline_items",
    )
    assessment = models.ForeignKey(
        Assessment,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="timeline_items",
    )
    publication = models.ForeignKey(
        Source,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="timeline_items",
        limit_choices_to=printing_words,
        help_text="A source that prints words of the treaties.",
    )

    objects = TimelineItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_exactly_one(*ITEM_SUBJECTS),
                name="timelines_item_one_subject",
            ),
            models.UniqueConstraint(
                fields=["timeline", *ITEM_SUBJECTS],
                name="timelines_item_once_per_timeline",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return str(self.subject)

    @property
    def subject(self) -> EditorialModel:
        """What it names."""
        return next(filter(None, (getattr(self, name) for name in ITEM_SUBJECTS)))


class TimelineFindingQuerySet(FindingQuerySet):
    def shown(self, at: datetime | None) -> Self:
        """Published findings begun and known by `at` whose timeline, if they have one, was readable then."""
        return super().shown(at).filter(Q(timeline=None) | Q(timeline__in=Timeline.objects.begun_by(at).values("pk")))


@pghistory.track()
class TimelineFinding(Finding):
    """What a timeline comes to, as a heading; without a timeline it heads the page of everything."""

    label_relations = ("timeline",)

    timeline = models.ForeignKey(
        Timeline,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="findings",
    )
    facts = models.ManyToManyField(
        ContestedFact,
        blank=True,
        related_name="timeline_findings",
        help_text="The contested facts of which it prints a value, so that the mark stands beside it.",
    )

    objects = TimelineFindingQuerySet.as_manager()

    def get_absolute_url(self) -> str:
        return self.timeline.get_absolute_url() if self.timeline else reverse("timeline")

    def blockers(self, to: str) -> list[str]:
        reasons = super().blockers(to)
        if to == Status.PUBLISHED and self.timeline and self.timeline.status != Status.PUBLISHED:
            reasons.append(f"Publish its timeline first: {self.timeline}.")
        return reasons


keep_links(TimelineFinding, "facts")


@pghistory.track()
class TimelineFindingCitation(Citation):
    subject = models.ForeignKey(TimelineFinding, on_delete=models.CASCADE, related_name="citations")

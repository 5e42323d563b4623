from __future__ import annotations

from datetime import datetime
from functools import cache, reduce
from operator import or_
from typing import Any, Self

import pghistory
from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.urls import reverse

from apps.editorial import dates
from apps.editorial.fields import EdtfField, bound, bounds_in_order
from apps.editorial.kept import keep_links
from apps.editorial.models import EditorialModel, EditorialQuerySet, describe, public_q
from apps.editorial.rules import Status
from apps.opinions.rules import Expressed, Knowledge, Rank
from apps.sources.models import Agent, Citation, CitedModel, CitedQuerySet, Source
from apps.treaties.models import Article, Correspondence, Obligation, Topic, TopicFinding, Treaty, TreatyAction


class QuestionQuerySet(EditorialQuerySet):
    def asked_by(self, at: datetime | None) -> Self:
        """Published questions that stood by `at` (UTC; None means whenever); others have no page.

        A question stands from its first readable assessment.
        """
        assessed = Assessment.objects.shown(at).filter(question=OuterRef("pk"))
        return self.published().filter(Exists(assessed))


@pghistory.track()
class Question(EditorialModel):
    """A question about the pact; whether it is known, disputed or unknown is a dated history of assessments."""

    slug = models.SlugField(max_length=80, unique=True)
    question = models.CharField(max_length=200)
    why_it_matters = models.TextField(blank=True)
    settled_by = models.TextField(blank=True, help_text="What would settle it.")
    position = models.PositiveSmallIntegerField(default=0, help_text="Order on the home page; lower stands first.")
    articles = models.ManyToManyField(
        Article,
        blank=True,
        related_name="questions",
        help_text="The words it turns on.",
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="questions")

    objects = QuestionQuerySet.as_manager()

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return reverse("question", args=[self.slug])

    def public_dependants(self) -> list[EditorialModel]:
        return [*super().public_dependants(), *Opinion.objects.published().on(self).order_by("pk")]


keep_links(Question, "articles", "topics")


@pghistory.track()
class Position(models.Model):
    """An answer on a question's spectrum, in order."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="positions")
    slug = models.SlugField(max_length=80)
    label = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField()
    off_scale = models.BooleanField(default=False, help_text="“It depends” and the like: no place on the spectrum.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "slug"],
                name="opinions_position_slug_once_per_question",
            ),
            models.UniqueConstraint(
                fields=["question", "order"],
                name="opinions_position_order_once_per_question",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return self.label


class OpinionQuerySet(CitedQuerySet):
    def on(self, question: Question) -> Self:
        """Opinions on a question, reached through the position they take."""
        return self.filter(position__question=question)

    def shown(self, at: datetime | None) -> Self:
        """Published opinions known by `at` on questions that stood by then: an answer begins no question."""
        return super().shown(at).filter(position__question__in=Question.objects.asked_by(at).values("pk"))


@pghistory.track()
class Opinion(CitedModel):
    """An expert takes a position on a day. The question follows from the position and is stored nowhere else."""

    label_relations = ("expert", "position__question")
    institution: Agent | None
    """The body that the expert spoke from, as far as `institutions.give_institutions` found it."""

    slug = models.SlugField(max_length=100, unique=True)
    expert = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="opinions")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="opinions")
    affiliation_at_time = models.CharField(max_length=200, blank=True)
    country = models.CharField(
        max_length=2,
        blank=True,
        help_text="ISO 3166-1 code of where the affiliation sits.",
    )
    stated = EdtfField(help_text="When the opinion was published.")
    stated_earliest = bound()
    stated_latest = bound()
    confidence = models.CharField(
        max_length=6,
        choices=Expressed.choices,
        blank=True,
        help_text="Only if the expert expressed it in so many words.",
    )
    summary = models.TextField(help_text="In our words.")
    quote = models.TextField(blank=True, help_text="A short exact quotation, if one is on record.")
    quote_language = models.CharField(max_length=8, blank=True)

    objects = OpinionQuerySet.as_manager()

    class Meta(CitedModel.Meta):
        constraints = [
            *CitedModel.Meta.constraints,
            bounds_in_order("stated", "opinions_opinion"),
            models.UniqueConstraint(
                fields=["expert", "position", "stated"],
                name="opinions_opinion_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(confidence__in=["", *Expressed.values]),
                name="opinions_opinion_confidence_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expert.name}, {dates.display(self.stated)}"

    def get_absolute_url(self) -> str:
        return f"{self.position.question.get_absolute_url()}#opinion-{self.slug}"

    def blockers(self, to: str) -> list[str]:
        reasons = super().blockers(to)
        if to == Status.PUBLISHED:
            if self.expert.status != Status.PUBLISHED:
                reasons.append(f"Publish the expert first: {self.expert}.")
            if self.position.question.status != Status.PUBLISHED:
                reasons.append(f"Publish the question first: {self.position.question}.")
        return reasons


@pghistory.track()
class OpinionCitation(Citation):
    subject = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="citations")


class AssessmentQuerySet(CitedQuerySet):
    def shown(self, at: datetime | None) -> Self:
        """Published assessments known by `at` that had begun by then."""
        found = super().shown(at)
        return found if at is None else found.filter(since_earliest__lte=at)


@pghistory.track()
class Assessment(CitedModel):
    """The status of a question from an instant on, with the reason. A history: never overwritten, only added to."""

    label_relations = ("question",)

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="assessments")
    since = EdtfField(help_text="From when this was the state of knowledge.")
    since_earliest = bound()
    since_latest = bound()
    knowledge = models.CharField("status", max_length=8, choices=Knowledge.choices)
    answer = models.TextField(help_text="What could be said from then on, and why, in our words.")

    holds_from = "since_earliest"

    objects = AssessmentQuerySet.as_manager()

    class Meta(CitedModel.Meta):
        constraints = [
            *CitedModel.Meta.constraints,
            bounds_in_order("since", "opinions_assessment"),
            models.UniqueConstraint(
                fields=["question", "since"],
                name="opinions_assessment_once_per_instant",
            ),
            models.CheckConstraint(
                condition=Q(knowledge__in=Knowledge.values),
                name="opinions_assessment_knowledge_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.get_knowledge_display()} from {dates.display(self.since)}"

    def get_absolute_url(self) -> str:
        return f"{self.question.get_absolute_url()}#assessment-{self.since}"

    def blockers(self, to: str) -> list[str]:
        reasons = super().blockers(to)
        if to == Status.PUBLISHED and self.question.status != Status.PUBLISHED:
            reasons.append(f"Publish the question first: {self.question}.")
        return reasons


@pghistory.track()
class AssessmentCitation(Citation):
    subject = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="citations")


class ContestedFactQuerySet(EditorialQuerySet):
    def contested_by(self, at: datetime | None) -> Self:
        """Published facts of which at least two values were known by `at` (UTC; None means whenever).

        Each with its values of then in `public_values`, and in `told` whether these are all the values there are.
        """
        values = Value.objects.published().filter(fact=OuterRef("pk")).order_by().values("fact")
        public = Value.objects.published().known_by(at)
        known = values.filter(pk__in=public).annotate(n=Count("pk")).values("n")
        in_all = values.annotate(n=Count("pk")).values("n")
        readable = public.with_citations(known_by=at).order_by("order", "pk")
        return (
            self.published()
            .annotate(known_values=Subquery(known), all_values=Subquery(in_all))
            .filter(known_values__gte=2)
            .annotate(told=Q(known_values=F("all_values")))
            .prefetch_related(Prefetch("values", queryset=readable, to_attr="public_values"))
        )

    def printed_by(self, **ways: Any) -> Self:
        """The facts of which a value is printed by what fits one of some lookups: `articles=…`, `events__in=…`."""
        # Each in a query of its own: joined in one, the ways from a fact to what prints it would multiply each other.
        found = (
            Q(pk__in=self.model._default_manager.filter(**{way: value}).values("pk")) for way, value in ways.items()
        )
        return self.filter(reduce(or_, found))

    def contesting(self) -> models.QuerySet[Source]:
        """The sources that gave a value of these facts by when two were known, of whatever moment."""
        return self._giving(by_then__gte=2)

    def making_contested(self) -> models.QuerySet[Source]:
        """Of `contesting`, those by which these facts came to be marked."""
        return self._giving(by_then__gte=2, before__lt=2)

    def _giving(self, **numbers: int) -> models.QuerySet[Source]:
        before, first, after, last = _given(**numbers)
        try:
            text, values = self.published().order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            return Source.objects.none()
        # As text: of a query inside a query Django copies every part, which takes longer than to write it.
        return Source.objects.filter(pk__in=RawSQL(f"{before}({text}){after}", (*first, *values, *last)))  # noqa: S611


@cache
def _given(**numbers: int) -> tuple[str, tuple, str, tuple]:
    """The query for the keys of the sources that gave a value when so many were known, `before` and `by_then`.

    Written once: what stands before the query for the keys of the facts, and its values; what stands after it.
    """

    def known(lookup: str) -> Coalesce:
        values = (
            ValueCitation.objects.filter(
                public_q("subject__"),
                public_q("source__"),
                subject__fact=OuterRef("subject__fact"),
                **{f"source__issued_latest__{lookup}": OuterRef("source__issued_latest")},
            )
            .order_by()
            .values("subject__fact")
            .annotate(n=Count("subject", distinct=True))
        )
        return Coalesce(Subquery(values.values("n")), 0)

    given = ValueCitation.objects.filter(public_q("subject__"), subject__fact__in=RawSQL("facts", [])).order_by()
    given = given.annotate(before=known("lt"), by_then=known("lte")).filter(**numbers)
    text, values = given.values("source").query.sql_with_params()
    before, _, after = text.partition("(facts)")
    number = before.count("%s")
    return before, values[:number], after, values[number:]


@pghistory.track()
class ContestedFact(EditorialModel):
    """A question of fact to which sources give several values."""

    slug = models.SlugField(max_length=80, unique=True)
    question = models.CharField(max_length=200)
    summary = models.TextField(help_text="Why the sources differ, in our words.")
    treaty = models.ForeignKey(
        Treaty,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contested_facts",
    )
    act = models.ForeignKey(
        TreatyAction,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contested_facts",
        help_text="The treaty act whose day or manner is contested, so that the mark stands wherever it is printed.",
    )
    act_notes = models.ManyToManyField(
        TreatyAction,
        blank=True,
        related_name="facts_noted",
        help_text="Other treaty acts of which the summary or the note prints one of its values.",
    )
    articles = models.ManyToManyField(
        Article,
        blank=True,
        related_name="contested_facts",
        help_text="The articles that state one of its values, in the treaty’s words or in our summary.",
    )
    summaries = models.ManyToManyField(
        Treaty,
        blank=True,
        related_name="facts_summed_up",
        help_text="The treaties of which our summary prints one of its values.",
    )
    correspondences = models.ManyToManyField(
        Correspondence,
        blank=True,
        related_name="contested_facts",
        help_text="The comparisons that print one of its values: in what changed, or on what a side rests.",
    )
    obligations = models.ManyToManyField(
        Obligation,
        blank=True,
        related_name="contested_facts",
        help_text="The obligations at a glance that print one of its values or rest on it.",
    )
    topic_findings = models.ManyToManyField(
        TopicFinding,
        blank=True,
        related_name="contested_facts",
        help_text="The headings and leads of topics that print one of its values.",
    )
    # Named, not imported: what is said and what is concluded stand side by side, and neither imports the other.
    utterances = models.ManyToManyField(
        "quotes.Utterance",
        blank=True,
        related_name="contested_facts",
        help_text="The statements that give one of its values, or of which the words are contested.",
    )
    opinions = models.ManyToManyField(
        Opinion,
        blank=True,
        related_name="contested_facts",
        help_text="The expert opinions that print one of its values.",
    )
    assessments = models.ManyToManyField(
        Assessment,
        blank=True,
        related_name="contested_facts",
        help_text="The assessments of questions that print one of its values.",
    )

    objects = ContestedFactQuerySet.as_manager()

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return reverse("fact", args=[self.slug])

    def blockers(self, to: str) -> list[str]:
        reasons = super().blockers(to)
        for about in filter(None, (self.treaty, self.act)):
            if to == Status.PUBLISHED and about.status != Status.PUBLISHED:
                reasons.append(f"Publish first what it is about: the {describe(about)}.")
        return reasons


keep_links(
    ContestedFact,
    "act_notes",
    "articles",
    "summaries",
    "correspondences",
    "obligations",
    "topic_findings",
    "utterances",
    "opinions",
    "assessments",
)


class ValueQuerySet(CitedQuerySet):
    def shown(self, at: datetime | None) -> Self:
        """Published values of facts that were contested by `at`."""
        return super().shown(at).filter(fact__in=ContestedFact.objects.contested_by(at).values("pk"))


@pghistory.track()
class Value(CitedModel):
    """One value of a contested fact, with its rank and the reason for it."""

    label_relations = ("fact",)

    fact = models.ForeignKey(ContestedFact, on_delete=models.PROTECT, related_name="values")
    value = models.CharField(max_length=200)
    rank = models.CharField(max_length=14, choices=Rank.choices)
    reason = models.TextField(help_text="Why it is ranked so.")
    order = models.PositiveSmallIntegerField(default=0)

    objects = ValueQuerySet.as_manager()

    class Meta(CitedModel.Meta):
        constraints = [
            *CitedModel.Meta.constraints,
            models.UniqueConstraint(fields=["fact", "value"], name="opinions_value_once_per_fact"),
            models.CheckConstraint(condition=Q(rank__in=Rank.values), name="opinions_value_rank_known"),
        ]

    def __str__(self) -> str:
        return f"{self.fact}: {self.value}"

    def get_absolute_url(self) -> str:
        return self.fact.get_absolute_url()

    def blockers(self, to: str) -> list[str]:
        reasons = super().blockers(to)
        if to == Status.PUBLISHED and self.fact.status != Status.PUBLISHED:
            reasons.append(f"Publish the contested fact first: {self.fact}.")
        return reasons


@pghistory.track()
class ValueCitation(Citation):
    subject = models.ForeignKey(Value, on_delete=models.CASCADE, related_name="citations")

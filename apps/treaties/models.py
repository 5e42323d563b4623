from __future__ import annotations

from datetime import datetime
from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from apps.editorial.fields import EdtfField, bound, bounds_in_order
from apps.editorial.kept import keep_links
from apps.editorial.models import EditorialModel, EditorialQuerySet
from apps.editorial.rules import Status
from apps.sources.models import Agent, Citation, CitedModel, CitedQuerySet, Finding, Source, issued_by_q, shown_keys
from apps.treaties.rules import (
    ActKind,
    Certainty,
    Completeness,
    Condition,
    Confidence,
    Extent,
    ObligationKind,
    Owed,
    Presence,
    RenderingKind,
    TopicGroup,
    unlike,
)


def _one_of(field: str, choices: type[models.TextChoices], model: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": choices.values}),
        name=f"treaties_{model}_{field}_known",
    )


class TopicQuerySet(EditorialQuerySet):
    def on_record(self, at: datetime | None) -> Self:
        """Published topics of which something was readable by `at` (UTC; None means whenever); others have no page.

        That is a comparison of the treaties, a finding, or an article that deals with it.
        """
        return self.published().filter(
            Q(pk__in=shown_keys(Correspondence, at, "topic"))
            | Q(pk__in=shown_keys(TopicFinding, at, "topic"))
            | Q(pk__in=Article.topics.through.objects.filter(article__in=Article.objects.shown(at)).values("topic"))
        )


@pghistory.track()
class Topic(EditorialModel):
    """A subject on which the treaties are set side by side."""

    slug = models.SlugField(max_length=60, unique=True)
    group = models.CharField(max_length=10, choices=TopicGroup.choices)
    title = models.CharField(max_length=120)
    description = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0, help_text="Order within its group; lower stands first.")

    objects = TopicQuerySet.as_manager()

    class Meta(EditorialModel.Meta):
        constraints = [
            *EditorialModel.Meta.constraints,
            _one_of("group", TopicGroup, "topic"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.slug])


@pghistory.track()
class Treaty(CitedModel):
    """A treaty between Moscow and Pyongyang, named by the year of its signature."""

    slug = models.SlugField(max_length=20, unique=True, help_text="The year of signature: 1961, 2000, 2024.")
    short_name = models.CharField(max_length=60)
    title = models.CharField(
        max_length=300,
        help_text="The English title, in the order its source gives the parties.",
    )
    parties = models.ManyToManyField(Agent, related_name="treaties")
    summary = models.TextField(blank=True, help_text="Two sentences in our words.")
    article_count = models.PositiveSmallIntegerField(help_text="Numbered articles, without the preamble.")
    authentic_languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    term = models.CharField(max_length=200, blank=True, help_text="How long it binds, in our words.")
    term_article = models.CharField(max_length=12, blank=True)
    notice = models.CharField(max_length=200, blank=True, help_text="How a party may leave, in our words.")
    notice_article = models.CharField(max_length=12, blank=True)

    class Meta(CitedModel.Meta):
        verbose_name_plural = "treaties"

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("treaty", args=[self.slug])


keep_links(Treaty, "parties")


@pghistory.track()
class TreatyCitation(Citation):
    subject = models.ForeignKey(Treaty, on_delete=models.CASCADE, related_name="citations")


@pghistory.track()
class TreatyTitle(models.Model):
    """The treaty's title in another language."""

    treaty = models.ForeignKey(Treaty, on_delete=models.CASCADE, related_name="titles")
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=300)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["treaty", "language"], name="treaties_title_once_per_language")]

    def __str__(self) -> str:
        return self.title


class OfTreatyQuerySet(CitedQuerySet):
    """What belongs to a treaty, and stands only once that treaty does."""

    def shown(self, at: datetime | None) -> Self:
        return super().shown(at).filter(treaty__in=shown_keys(Treaty, at))


@pghistory.track()
class Article(CitedModel):
    """A numbered provision or the preamble, headed and summed up in our words."""

    label_relations = ("treaty",)

    treaty = models.ForeignKey(Treaty, on_delete=models.PROTECT, related_name="articles")
    number = models.CharField(max_length=12, help_text="“preamble” or the number: 1, 2, 3 …")
    order = models.PositiveSmallIntegerField(help_text="0 for the preamble, else the number.")
    heading = models.CharField(max_length=160, help_text="In our words; the treaties print no headings.")
    gist = models.TextField(help_text="What it says, in our words.")
    completeness = models.CharField(max_length=16, choices=Completeness.choices)
    completeness_note = models.TextField(blank=True, help_text="Public: what is not established, and why.")
    topics = models.ManyToManyField(Topic, blank=True, related_name="articles")

    objects = OfTreatyQuerySet.as_manager()

    class Meta(CitedModel.Meta):
        constraints = [
            *CitedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["treaty", "number"],
                name="treaties_article_number_once_per_treaty",
            ),
            models.CheckConstraint(
                condition=Q(number="preamble", order=0) | (Q(number__regex=r"^[1-9]\d*$") & Q(order__gt=0)),
                name="treaties_article_order_follows_number",
            ),
            _one_of("completeness", Completeness, "article"),
        ]

    def __str__(self) -> str:
        return f"{self.treaty.slug} {self.label}"

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.treaty.slug, self.number])

    @property
    def label(self) -> str:
        return "Preamble" if self.number == "preamble" else f"Article {self.number}"

    @property
    def short_label(self) -> str:
        return "Preamble" if self.number == "preamble" else f"Art. {self.number}"

    def blockers(self, to: str) -> list[str]:
        reasons = super().blockers(to)
        if to == Status.PUBLISHED and self.treaty.status != Status.PUBLISHED:
            reasons.append(f"Publish its treaty first: the {self.treaty}.")
        return reasons


keep_links(Article, "topics")


@pghistory.track()
class ArticleCitation(Citation):
    subject = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="citations")


class RenderingQuerySet(CitedQuerySet):
    def shown(self, at: datetime | None) -> Self:
        found = super().shown(at).filter(issued_by_q(at, "source__"))
        return found.filter(article__in=shown_keys(Article, at))


@pghistory.track()
class Rendering(CitedModel):
    """The words of an article, whole or in part, in one language, as one source gives them.

    One article may have many and they differ: that is a finding, not a nuisance.
    """

    label_relations = ("article__treaty",)
    holds_from = "source__issued_latest"

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="renderings")
    language = models.CharField(max_length=8)
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        related_name="renderings",
        help_text="Who prints these words.",
    )
    kind = models.CharField(max_length=24, choices=RenderingKind.choices)
    translator = models.CharField(
        max_length=80,
        help_text="How readers call it: “KCNA English”, “UN Treaty Series”.",
    )
    translated_from = models.CharField(max_length=8, blank=True, help_text="The language it was made from, if known.")
    extent = models.CharField(max_length=5, choices=Extent.choices)
    text = models.TextField(help_text="Exactly as printed; […] where words between two passages are not on record.")
    steps = models.TextField(
        blank=True,
        help_text=(
            "The same words, one sentence or clause a line; line n stands beside line n of the other renderings. "
            "Leave empty if nothing is paired."
        ),
    )
    note = models.TextField(blank=True)

    objects = RenderingQuerySet.as_manager()

    class Meta(CitedModel.Meta):
        constraints = [
            *CitedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["article", "language", "source"],
                name="treaties_rendering_once_per_language_and_source",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="treaties_rendering_has_words"),
            _one_of("kind", RenderingKind, "rendering"),
            _one_of("extent", Extent, "rendering"),
        ]

    def __str__(self) -> str:
        return f"{self.article}, {self.translator}"

    def get_absolute_url(self) -> str:
        return f"{self.article.get_absolute_url()}#rendering-{self.pk}"

    @property
    def step_lines(self) -> list[str]:
        """The words cut as editors paired them, or no lines where they did not."""
        return [line.strip() for line in self.steps.splitlines() if line.strip()]

    def clean(self) -> None:
        super().clean()
        if self.steps and (fault := unlike(self.text, self.steps)):
            raise ValidationError({"steps": fault})

    def blockers(self, to: str) -> list[str]:
        reasons = super().blockers(to)
        if to == Status.PUBLISHED and self.article.status != Status.PUBLISHED:
            reasons.append(f"Publish its article first: {self.article}.")
        return reasons


@pghistory.track()
class RenderingCitation(Citation):
    subject = models.ForeignKey(Rendering, on_delete=models.CASCADE, related_name="citations")


@pghistory.track()
class TreatyAction(CitedModel):
    """One act in a treaty's life: one row per act, with its day, who acted and the sources."""

    label_relations = ("treaty",)

    slug = models.SlugField(max_length=80, unique=True)
    treaty = models.ForeignKey(Treaty, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=24, choices=ActKind.choices)
    participant = models.ForeignKey(
        Agent,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="treaty_acts",
        help_text="Empty: all parties together.",
    )
    happened = EdtfField()
    happened_earliest = bound()
    happened_latest = bound()
    place = models.CharField(max_length=120, blank=True)
    summary = models.CharField(max_length=300, help_text="The act in one sentence, in our words.")
    certainty = models.CharField(max_length=12, choices=Certainty.choices, default=Certainty.ESTABLISHED)
    note = models.TextField(blank=True, help_text="Public: what is inferred or disputed, and why.")

    objects = OfTreatyQuerySet.as_manager()

    class Meta(CitedModel.Meta):
        verbose_name = "treaty act"
        constraints = [
            *CitedModel.Meta.constraints,
            bounds_in_order("happened", "treaties_treatyaction"),
            _one_of("kind", ActKind, "treatyaction"),
            _one_of("certainty", Certainty, "treatyaction"),
        ]

    def __str__(self) -> str:
        return self.summary

    def get_absolute_url(self) -> str:
        return f"{self.treaty.get_absolute_url()}#act-{self.slug}"

    def blockers(self, to: str) -> list[str]:
        reasons = super().blockers(to)
        if to == Status.PUBLISHED and self.treaty.status != Status.PUBLISHED:
            reasons.append(f"Publish its treaty first: the {self.treaty}.")
        return reasons


@pghistory.track()
class TreatyActionCitation(Citation):
    subject = models.ForeignKey(TreatyAction, on_delete=models.CASCADE, related_name="citations")


class CorrespondenceQuerySet(CitedQuerySet):
    def shown(self, at: datetime | None) -> Self:
        """A comparison says something of every treaty that it compares: each of them had an article on record."""
        found = super().shown(at).filter(topic__in=Topic.objects.published().values("pk"))
        if at is None:
            return found
        unread = CorrespondenceSide.objects.filter(
            correspondence=OuterRef("pk"), treaty__in=Treaty.objects.published()
        ).exclude(treaty__in=shown_keys(Article, at, "treaty"))
        return found.filter(~Exists(unread))


@pghistory.track()
class Correspondence(CitedModel):
    """Which articles of the treaties correspond on a topic, and what changed between them."""

    label_relations = ("topic",)

    topic = models.OneToOneField(Topic, on_delete=models.PROTECT, related_name="correspondence")
    change = models.TextField(help_text="What changed, in one or two sentences of ours.")
    confidence = models.CharField(max_length=6, choices=Confidence.choices)
    note = models.TextField(blank=True)

    objects = CorrespondenceQuerySet.as_manager()

    class Meta(CitedModel.Meta):
        constraints = [
            *CitedModel.Meta.constraints,
            _one_of("confidence", Confidence, "correspondence"),
        ]

    def __str__(self) -> str:
        return self.topic.title

    def get_absolute_url(self) -> str:
        return self.topic.get_absolute_url()

    def blockers(self, to: str) -> list[str]:
        reasons = super().blockers(to)
        if to == Status.PUBLISHED and self.topic.status != Status.PUBLISHED:
            reasons.append(f"Publish its topic first: {self.topic}.")
        return reasons


@pghistory.track()
class CorrespondenceCitation(Citation):
    subject = models.ForeignKey(Correspondence, on_delete=models.CASCADE, related_name="citations")


@pghistory.track()
class CorrespondenceSide(models.Model):
    """One treaty's side of a correspondence. Absent and unknown are two truths."""

    correspondence = models.ForeignKey(Correspondence, on_delete=models.CASCADE, related_name="sides")
    treaty = models.ForeignKey(Treaty, on_delete=models.PROTECT, related_name="correspondence_sides")
    presence = models.CharField(max_length=8, choices=Presence.choices, default=Presence.UNKNOWN)
    basis = models.CharField(max_length=300, blank=True, help_text="Public: on what this rests.")
    articles = models.ManyToManyField(Article, blank=True, related_name="correspondence_sides")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["correspondence", "treaty"],
                name="treaties_side_once_per_treaty",
            ),
            _one_of("presence", Presence, "correspondenceside"),
        ]

    def __str__(self) -> str:
        return f"{self.correspondence}, {self.treaty.slug}"


keep_links(CorrespondenceSide, "articles")


@pghistory.track()
class Obligation(CitedModel):
    """What a treaty obliges its parties to, by ATOP's kinds: an editor's reading, with its rationale."""

    label_relations = ("treaty",)

    treaty = models.ForeignKey(Treaty, on_delete=models.PROTECT, related_name="obligations")
    kind = models.CharField(max_length=14, choices=ObligationKind.choices)
    extent = models.CharField(max_length=16, choices=Owed.choices)
    label = models.CharField(max_length=80, help_text="The cell in a few words: “Owed, on two conditions”.")
    article = models.ForeignKey(
        Article,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="obligations",
    )
    trigger = models.CharField(max_length=160, blank=True, help_text="What sets it off.")
    speed = models.CharField(max_length=160, blank=True, help_text="How fast help is owed.")
    means = models.CharField(max_length=160, blank=True, help_text="By what means.")
    article_51 = models.CharField("UN Charter, Article 51", max_length=16, choices=Condition.choices)
    domestic_law = models.CharField(max_length=16, choices=Condition.choices)
    rationale = models.TextField(help_text="Why it is read so; readers see this, marked as an editor's reading.")

    objects = OfTreatyQuerySet.as_manager()

    class Meta(CitedModel.Meta):
        constraints = [
            *CitedModel.Meta.constraints,
            models.UniqueConstraint(fields=["treaty", "kind"], name="treaties_obligation_once_per_kind"),
            _one_of("kind", ObligationKind, "obligation"),
            _one_of("extent", Owed, "obligation"),
            _one_of("article_51", Condition, "obligation"),
            _one_of("domestic_law", Condition, "obligation"),
        ]

    def __str__(self) -> str:
        return f"{self.treaty.slug}: {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return f"{reverse('compare')}#obligation-{self.treaty.slug}-{self.kind.lower()}"

    def blockers(self, to: str) -> list[str]:
        reasons = super().blockers(to)
        if to == Status.PUBLISHED and self.treaty.status != Status.PUBLISHED:
            reasons.append(f"Publish its treaty first: the {self.treaty}.")
        if to == Status.PUBLISHED and self.article and self.article.status != Status.PUBLISHED:
            reasons.append(f"Publish first the article it rests on: {self.article}.")
        return reasons


@pghistory.track()
class ObligationCitation(Citation):
    subject = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="citations")


@pghistory.track()
class TopicFinding(Finding):
    """What a topic comes to, as a heading; dated and cited."""

    label_relations = ("topic",)

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="findings")

    def get_absolute_url(self) -> str:
        return self.topic.get_absolute_url()

    def blockers(self, to: str) -> list[str]:
        reasons = super().blockers(to)
        if to == Status.PUBLISHED and self.topic.status != Status.PUBLISHED:
            reasons.append(f"Publish its topic first: {self.topic}.")
        return reasons


@pghistory.track()
class TopicFindingCitation(Citation):
    subject = models.ForeignKey(TopicFinding, on_delete=models.CASCADE, related_name="citations")

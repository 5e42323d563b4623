from __future__ import annotations

from datetime import datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse

from apps.editorial.fields import EdtfField, bound, bounds_in_order
from apps.editorial.kept import keep_links
from apps.editorial.models import EditorialModel
from apps.editorial.rules import Status
from apps.quotes.rules import Officiality
from apps.sources.models import Agent, Citation, CitedModel, KnownQuerySet
from apps.treaties.models import Topic


@pghistory.track()
class Theme(EditorialModel):
    """What statements are about; where a theme is also a topic of the treaties, it names that topic."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=80)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="themes")

    def __str__(self) -> str:
        return self.title


class UtteranceQuerySet(KnownQuerySet):
    def known_by(self, at: datetime | None) -> Self:
        """Utterances of which a published printing was known by `at` (UTC); None means whenever."""
        printed = Quote.objects.published().known_by(at).filter(utterance=OuterRef("pk"))
        return self.filter(Exists(printed))

    def readable(self, at: datetime | None) -> Self:
        """What a page shows as of `at`: published, known by then, and with its printings of then.

        They stand in `printings`, a list with the most official first.
        """
        printings = Quote.objects.readable(at).order_by("position", "pk")
        return (
            self.shown(at)
            .select_related("speaker")
            .prefetch_related(Prefetch("quotes", queryset=printings, to_attr="printings"))
        )


@pghistory.track()
class Utterance(EditorialModel):
    """Something that a person or a body said once; its printings are quotes, and they may differ."""

    slug = models.SlugField(max_length=100, unique=True)
    speaker = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="utterances")
    role_at_time = models.CharField(
        max_length=200,
        blank=True,
        help_text="The office in which it was said, as of that day.",
    )
    said = EdtfField(help_text="When it was said, as precisely as the sources allow.")
    said_earliest = bound()
    said_latest = bound()
    occasion = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=120, blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="utterances")
    summary = models.TextField(
        blank=True,
        help_text="In our words, where the quotation alone does not explain itself.",
    )
    note = models.TextField(
        blank=True,
        help_text="Public: how the printings differ, or a slip to point out.",
    )

    printings: list[Quote]

    objects = UtteranceQuerySet.as_manager()

    class Meta(EditorialModel.Meta):
        constraints = [
            *EditorialModel.Meta.constraints,
            bounds_in_order("said", "quotes_utterance"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker.name}: {self.occasion or self.slug}"

    def get_absolute_url(self) -> str:
        return reverse("quote", args=[self.slug])

    def blockers(self, to: str) -> list[str]:
        reasons = super().blockers(to)
        if to == Status.PUBLISHED and self.speaker.status != Status.PUBLISHED:
            reasons.append(f"Publish its speaker first: {self.speaker}.")
        return reasons


keep_links(Utterance, "themes")


@pghistory.track()
class Quote(CitedModel):
    """One printing of an utterance: the exact words, their language, and who translated them."""

    label_relations = ("utterance__speaker",)

    utterance = models.ForeignKey(Utterance, on_delete=models.PROTECT, related_name="quotes")
    slug = models.SlugField(max_length=120, unique=True)
    words = models.TextField(help_text="Exactly as printed, without the quotation marks.")
    language = models.CharField(max_length=8)
    translated_by = models.CharField(
        max_length=120,
        blank=True,
        help_text="Who made the translation; empty for the original.",
    )
    original = models.TextField(
        blank=True,
        help_text="The words in the original language, where printed beside it.",
    )
    officiality = models.CharField(max_length=12, choices=Officiality.choices, default=Officiality.PRESS)
    position = models.PositiveSmallIntegerField(default=0, help_text="Lower leads: the most official printing first.")
    verified = models.BooleanField(
        default=False,
        help_text="Whether somebody has read exactly these words in the source cited, or in a copy of its page.",
    )
    note = models.TextField(blank=True)

    class Meta(CitedModel.Meta):
        constraints = [
            *CitedModel.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=""), name="quotes_quote_has_words"),
            models.CheckConstraint(
                condition=Q(officiality__in=Officiality.values),
                name="quotes_quote_officiality_known",
            ),
        ]

    def __str__(self) -> str:
        return self.words if len(self.words) < 80 else f"{self.words[:77]}…"

    def get_absolute_url(self) -> str:
        return f"{self.utterance.get_absolute_url()}#{self.slug}"

    def blockers(self, to: str) -> list[str]:
        reasons = super().blockers(to)
        if to == Status.PUBLISHED and self.utterance.status != Status.PUBLISHED:
            reasons.append(f"Publish the utterance first: {self.utterance}.")
        return reasons


@pghistory.track()
class QuoteCitation(Citation):
    subject = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="citations")

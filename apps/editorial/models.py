from __future__ import annotations

from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.editorial.rules import Status


def public_q(prefix: str = "") -> Q:
    """The one predicate of what readers may see, for a record or, with `prefix="source__"`, for one behind a join."""
    return Q(**{f"{prefix}status": Status.PUBLISHED})


class EditorialQuerySet(models.QuerySet):
    def published(self) -> Self:
        """What readers may see; the only public filter."""
        return self.filter(public_q())


class EditorialModel(models.Model):
    """A record that an editor writes, another reads, and the public sees once it is published.

    Status and its dates move through `apps.editorial.workflow.move` alone.
    """

    status = models.CharField(
        max_length=10,
        choices=Status.choices,
        default=Status.DRAFT,
        editable=False,
        db_index=True,
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    editor_note = models.TextField(
        blank=True,
        help_text="For editors only, never public: doubts, where a copy was seen, what to look up.",
    )

    objects = EditorialQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values),
                name="%(app_label)s_%(class)s_status_known",
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        status__in=[Status.DRAFT, Status.REVIEW],
                        withdrawn_at=None,
                        published_at=None,
                    )
                    | Q(
                        status=Status.PUBLISHED,
                        published_at__isnull=False,
                        withdrawn_at=None,
                    )
                    | Q(
                        status=Status.WITHDRAWN,
                        published_at__isnull=False,
                        # A comparison with null is not false, and a check refuses only what is false.
                        withdrawn_at__isnull=False,
                        withdrawn_at__gte=models.F("published_at"),
                    )
                ),
                name="%(app_label)s_%(class)s_status_in_step",
            ),
        ]

    def blockers(self, to: str) -> list[str]:
        """Sentences that say why this record may not move to `to`; an empty list when nothing stands in the way."""
        if to == Status.WITHDRAWN:
            resting = self.public_dependants()
            if resting:
                return [f"It cannot be withdrawn, because these rest on it: {'; '.join(map(describe, resting))}."]
        return []

    def public_dependants(self) -> list[EditorialModel]:
        """The published records that point at this one and would lose their footing without it."""
        return [
            dependant
            for relation in self._meta.related_objects
            if relation.related_model
            and issubclass(relation.related_model, EditorialModel)
            and not relation.many_to_many
            for dependant in relation.related_model._default_manager.filter(
                public_q(), **{relation.field.name: self}
            ).order_by("pk")
        ]


@pghistory.track()
class Correction(models.Model):
    """What was changed in something already public, and why; listed for readers at /corrections/."""

    record_label = models.CharField(max_length=200, help_text="The record as it was called when it was corrected.")
    record_path = models.CharField(
        max_length=300,
        blank=True,
        help_text="Its address on this site, from the first slash: /quotes/…/",
    )
    what_changed = models.TextField(help_text="What stood there, and what stands there now, in a sentence or two.")
    reason = models.TextField(help_text="Why: a misreading, a better source, a slip. Readers see this.")
    corrected_at = models.DateTimeField(help_text="When readers first saw the corrected record (UTC).")
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        permissions = [("publish_record", "Can publish and withdraw records of every kind")]
        constraints = [
            models.CheckConstraint(
                condition=Q(record_path="") | Q(record_path__startswith="/"),
                name="editorial_correction_path_is_local",
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_label} ({self.corrected_at:%Y-%m-%d})"

    def get_absolute_url(self) -> str:
        return f"/corrections/#correction-{self.pk}"


def describe(record: Any) -> str:
    """A record in a refusal or a log: what kind it is and how it is called."""
    return f"{record._meta.verbose_name} “{record}”"

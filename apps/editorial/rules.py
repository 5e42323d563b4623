"""What may happen to a record, as values."""

from django.db import models


class Status(models.TextChoices):
    """Where a record stands between being written and being public."""

    DRAFT = "DRAFT", "draft"
    REVIEW = "REVIEW", "in review"
    PUBLISHED = "PUBLISHED", "published"
    WITHDRAWN = "WITHDRAWN", "withdrawn"


TRANSITIONS: dict[str, frozenset[str]] = {
    Status.DRAFT: frozenset({Status.REVIEW}),
    Status.REVIEW: frozenset({Status.DRAFT, Status.PUBLISHED}),
    Status.PUBLISHED: frozenset({Status.WITHDRAWN}),
    Status.WITHDRAWN: frozenset({Status.REVIEW}),
}


def may_move(current: str, to: str) -> bool:
    """Whether the house allows a record to go from one status to another in one step."""
    return to in TRANSITIONS[current]

from django.db import models


class Knowledge(models.TextChoices):
    """The status of a question at a moment."""

    KNOWN = "KNOWN", "known"
    DISPUTED = "DISPUTED", "disputed"
    UNKNOWN = "UNKNOWN", "unknown"


class Rank(models.TextChoices):
    """How a value of a contested fact stands beside the others."""

    PREFERRED = "PREFERRED", "preferred"
    ALSO_REPORTED = "ALSO_REPORTED", "also reported"
    REFUTED = "REFUTED", "refuted"


class Expressed(models.TextChoices):
    """The confidence an expert expressed in so many words; never inferred from tone."""

    HIGH = "HIGH", "high"
    MEDIUM = "MEDIUM", "medium"
    LOW = "LOW", "low"

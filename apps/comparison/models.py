import pghistory
from django.db import models
from django.urls import reverse

from apps.sources.models import Citation, Finding


@pghistory.track()
class ComparisonFinding(Finding):
    """What the three treaties side by side come to, as a heading."""

    def get_absolute_url(self) -> str:
        return reverse("compare")


@pghistory.track()
class ComparisonFindingCitation(Citation):
    subject = models.ForeignKey(ComparisonFinding, on_delete=models.CASCADE, related_name="citations")

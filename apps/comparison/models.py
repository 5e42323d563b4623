import pghistory
from django.db import models
from django.urls import reverse

from apps.editorial.kept import keep_links
from apps.opinions.models import ContestedFact
from apps.sources.models import Citation, Finding


@pghistory.track()
class ComparisonFinding(Finding):
    """What the three treaties side by side come to, as a heading."""

    facts = models.ManyToManyField(
        ContestedFact,
        blank=True,
        related_name="comparison_findings",
        help_text="The contested facts of which it prints a value, so that the mark stands beside it.",
    )

    def get_absolute_url(self) -> str:
        return reverse("compare")


keep_links(ComparisonFinding, "facts")


@pghistory.track()
class ComparisonFindingCitation(Citation):
    subject = models.ForeignKey(ComparisonFinding, on_delete=models.CASCADE, related_name="citations")

import pghistory
from django.db import models
from django.urls import reverse

from apps.editorial.kept import keep_links
from apps.opinions.models import ContestedFact
from apps.quotes.models import Utterance
from apps.sources.models import Citation, Finding


@pghistory.track()
class HomeFinding(Finding):
    """What the home page says first, from an instant on, and the leaders' words it sets beside each other."""

    utterances = models.ManyToManyField(
        Utterance, blank=True, related_name="home_findings", help_text="Two statements to stand beside each other."
    )
    facts = models.ManyToManyField(
        ContestedFact,
        blank=True,
        related_name="home_findings",
        help_text="The contested facts of which it prints a value, so that the mark stands beside it.",
    )

    def get_absolute_url(self) -> str:
        return reverse("home")


keep_links(HomeFinding, "utterances", "facts")


@pghistory.track()
class HomeFindingCitation(Citation):
    subject = models.ForeignKey(HomeFinding, on_delete=models.CASCADE, related_name="citations")

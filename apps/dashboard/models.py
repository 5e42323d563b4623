from django.db import models
from django.urls import reverse

import pghistory
from apps.sources.models import Citation, Finding


@pghistory.track()
class HomeFinding(Finding):
    """What the home page says first, from an instant on."""

    def get_absolute_url(self) -> str:
        return reverse("home")


@pghistory.track()
class HomeFindingCitation(Citation):
    subject = models.ForeignKey(
        HomeFinding, on_delete=models.CASCADE, related_name="citations"
    )

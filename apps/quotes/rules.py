from django.db import models


class Officiality(models.TextChoices):
    """How official a printing of someone's words is; where printings differ, the page leads with the most official."""

    OFFICIAL = "OFFICIAL", "official text"
    STATE_MEDIA = "STATE_MEDIA", "state media"
    AGENCY = "AGENCY", "news agency"
    PRESS = "PRESS", "press"


OFFICIALITY_ORDER = [
    Officiality.OFFICIAL,
    Officiality.STATE_MEDIA,
    Officiality.AGENCY,
    Officiality.PRESS,
]

from django.db import models


class Category(models.TextChoices):
    """What sort of thing happened."""

    TREATY = "TREATY", "Treaty acts"
    STATEMENT = "STATEMENT", "Statements"
    PUBLICATION = "PUBLICATION", "Publications"
    SUMMIT = "SUMMIT", "Summits"
    DIPLOMACY = "DIPLOMACY", "Diplomacy"
    MILITARY = "MILITARY", "Military"
    SANCTIONS = "SANCTIONS", "Sanctions"
    ECONOMY = "ECONOMY", "Economy"


class TieKind(models.TextChoices):
    """How an event or a statement bears on an article."""

    ACTS_ON = "ACTS_ON", "acts on it"
    TESTS = "TESTS", "tests it"
    JUSTIFIED_BY = "JUSTIFIED_BY", "is justified by it"
    SAID_TO_BREACH = "SAID_TO_BREACH", "is said to breach it"

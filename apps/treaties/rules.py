"""The vocabulary of treaty law and of alliance scholarship that the record uses."""

from django.db import models


class Completeness(models.TextChoices):
    """How well an article is known."""

    ESTABLISHED = "ESTABLISHED", "number and substance seen"
    INFERRED = "INFERRED", "number or substance inferred"
    NOT_ESTABLISHED = "NOT_ESTABLISHED", "not on the record yet"


class RenderingKind(models.TextChoices):
    """Whose words a rendering gives (Vienna Convention 1969, Article 33: authentic texts and other versions)."""

    AUTHENTIC = "AUTHENTIC", "authentic text"
    OFFICIAL_TRANSLATION = "OFFICIAL_TRANSLATION", "official translation"
    UNOFFICIAL_TRANSLATION = "UNOFFICIAL_TRANSLATION", "unofficial translation"
    PRESS = "PRESS", "as the press quotes it"


class Extent(models.TextChoices):
    WHOLE = "WHOLE", "the whole article"
    PART = "PART", "a part of the article"


class ActKind(models.TextChoices):
    """Acts in a treaty's life (Vienna Convention 1969, Articles 10–18, 24, 42–45, 54–59, 65–68, 80)."""

    INITIALLING = "INITIALLING", "initialling"
    SIGNATURE = "SIGNATURE", "signature"
    SUBMISSION = "SUBMISSION", "submission for ratification"
    APPROVAL = "APPROVAL", "parliamentary approval"
    RATIFICATION = "RATIFICATION", "ratification"
    EXCHANGE_OF_INSTRUMENTS = "EXCHANGE_OF_INSTRUMENTS", "exchange of instruments"
    ENTRY_INTO_FORCE = "ENTRY_INTO_FORCE", "entry into force"
    PUBLICATION = "PUBLICATION", "publication"
    REGISTRATION = "REGISTRATION", "registration with the United Nations"
    PROLONGATION = "PROLONGATION", "prolongation"
    NOTICE = "NOTICE", "notice of termination"
    TERMINATION = "TERMINATION", "termination"


class Certainty(models.TextChoices):
    ESTABLISHED = "ESTABLISHED", "established"
    INFERRED = "INFERRED", "inferred"
    DISPUTED = "DISPUTED", "disputed"


class TopicGroup(models.TextChoices):
    SECURITY = "SECURITY", "Security"
    POLITICS = "POLITICS", "Politics"
    ECONOMY = "ECONOMY", "Economy"
    SOCIETY = "SOCIETY", "Society"
    TREATY = "TREATY", "The treaty itself"


class Presence(models.TextChoices):
    """Whether a treaty has a clause on a topic. Unknown is not absent."""

    PRESENT = "PRESENT", "present"
    ABSENT = "ABSENT", "no such clause"
    UNKNOWN = "UNKNOWN", "text not on record"


class Confidence(models.TextChoices):
    HIGH = "HIGH", "high"
    MEDIUM = "MEDIUM", "medium"
    LOW = "LOW", "low"


class ObligationKind(models.TextChoices):
    """Kinds of alliance obligation after the ATOP codebook (Leeds, Ritter, Mitchell and Long 2002)."""

    DEFENSE = "DEFENSE", "Defense"
    CONSULTATION = "CONSULTATION", "Consultation"
    THIRD_PARTY = "THIRD_PARTY", "Third-party commitments"
    NONAGGRESSION = "NONAGGRESSION", "Nonaggression"
    NEUTRALITY = "NEUTRALITY", "Neutrality"


class Owed(models.TextChoices):
    """How far an obligation goes."""

    OWED = "OWED", "owed"
    LIMITED = "LIMITED", "owed on conditions, or uncertain"
    NONE = "NONE", "no such clause"
    NOT_ESTABLISHED = "NOT_ESTABLISHED", "text not on record"


class Condition(models.TextChoices):
    """Whether an obligation names a condition."""

    NAMED = "NAMED", "named"
    NOT_NAMED = "NOT_NAMED", "not named"
    NO_CLAUSE = "NO_CLAUSE", "no clause"
    NOT_ESTABLISHED = "NOT_ESTABLISHED", "text not on record"


def unlike(text: str, steps: str) -> str:
    """Where `steps` are not the text in lines, as a sentence; "" where they are. Space does not count."""
    ours, theirs = ([place for place, letter in enumerate(each) if not letter.isspace()] for each in (text, steps))
    pairs = zip(ours, theirs, strict=False)
    same = next((k for k, (i, j) in enumerate(pairs) if text[i] != steps[j]), min(len(ours), len(theirs)))
    if same == len(ours) == len(theirs):
        return ""
    before = " ".join(text[: ours[same - 1] + 1].split())[-40:] if same else ""
    return (
        f"The steps are not the words of the text{f': after “…{before}”' if before else ' from their beginning:'} "
        f"the text has {_next(text, ours[same:])}, the steps have {_next(steps, theirs[same:])}."
    )


def _next(text: str, places: list[int]) -> str:
    """What stands at these places of a text, as far as a sentence has room for it."""
    return f"“{' '.join(text[places[0] :].split())[:40]}”" if places else "nothing more"

"""Which articles of the other treaties an article without correspondence is most like, for editors to judge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from apps.comparison.engine.align import LIKE_ENOUGH, likeliest
from apps.comparison.engine.tokens import TooLong
from apps.editorial.rules import Status
from apps.treaties.models import Article, Correspondence, CorrespondenceSide, Rendering
from apps.treaties.rules import Completeness

MOST = 3
"""How many articles of one treaty are proposed."""


@dataclass(frozen=True)
class Suggestion:
    """An article of another treaty, how like it is (0 to 1), and the correspondences in which it stands already."""

    article: Article
    likeness: float
    standing: list[Correspondence]

    @property
    def percent(self) -> int:
        return round(100 * self.likeness)


@dataclass(frozen=True)
class Proposal:
    """What is proposed for an article, the likeliest first; `refused` says why nothing could be compared, if so."""

    article: Article
    found: list[Suggestion]
    refused: str = ""


def known() -> QuerySet[Article]:
    """The articles of which something is established, whatever their status but withdrawn."""
    return (
        Article.objects.exclude(status=Status.WITHDRAWN)
        .exclude(completeness=Completeness.NOT_ESTABLISHED)
        .select_related("treaty")
        .order_by("treaty__slug", "order")
    )


def without_correspondence() -> QuerySet[Article]:
    """The known articles that stand in no correspondence."""
    sides = CorrespondenceSide.objects.exclude(correspondence__status=Status.WITHDRAWN)
    return known().filter(~Exists(sides.filter(articles=OuterRef("pk"))))


def proposals(articles: Sequence[Article]) -> list[Proposal]:
    """For each article the likeliest of every other treaty, by heading, gist and English words."""
    if not articles:
        return []
    sides = CorrespondenceSide.objects.exclude(correspondence__status=Status.WITHDRAWN).select_related(
        "correspondence__topic"
    )
    words = Rendering.objects.exclude(status=Status.WITHDRAWN).filter(language="en").order_by("pk")
    by_treaty: dict[int, list[Article]] = {}
    for article in known().prefetch_related(
        Prefetch("renderings", queryset=words, to_attr="english"),
        Prefetch("correspondence_sides", queryset=sides, to_attr="open_sides"),
    ):
        by_treaty.setdefault(article.treaty_id, []).append(article)
    texts = {article.pk: _text(article) for there in by_treaty.values() for article in there}
    return [_proposal(article, by_treaty, texts) for article in articles if article.pk in texts]


def _text(article: Article) -> str:
    return "\n".join([article.heading, article.gist, *(words.text for words in article.english)])


def _proposal(article: Article, by_treaty: dict[int, list[Article]], texts: dict[int, str]) -> Proposal:
    found: list[Suggestion] = []
    for treaty, there in by_treaty.items():
        if treaty == article.treaty_id:
            continue
        try:
            ranked = likeliest(texts[article.pk], [texts[other.pk] for other in there])
        except TooLong as refusal:
            return Proposal(article, [], str(refusal))
        found += [
            Suggestion(there[place], likeness, _standing(there[place].open_sides))
            for place, likeness in ranked[:MOST]
            if likeness >= LIKE_ENOUGH
        ]
    return Proposal(article, sorted(found, key=lambda each: -each.likeness))


def _standing(sides: Iterable[CorrespondenceSide]) -> list[Correspondence]:
    return list({side.correspondence_id: side.correspondence for side in sides}.values())

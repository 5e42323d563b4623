from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from apps.sources.models import Agent
from apps.sources.reading import reading_of, respond
from apps.treaties import law, reads
from apps.treaties.models import Article, Correspondence, Rendering, Topic, Treaty
from apps.treaties.reads import treaties_with_acts
from apps.treaties.rules import Completeness, Extent, Presence, TopicGroup

_GROUPS = list(TopicGroup.values)


@dataclass(frozen=True)
class Wordings:
    """How many articles have words on record in one language, and how many of them whole."""

    language: str
    articles: int
    whole: int


@dataclass(frozen=True)
class OnRecord:
    """How much of a treaty is on record: its articles, and the languages in which some words of them are."""

    articles: int
    preamble: bool
    wordings: list[Wordings]
    missing: list[str]

    @property
    def has_words(self) -> bool:
        return any(row.articles for row in self.wordings)


def on_record(treaty: Treaty, articles: Sequence[Article]) -> OnRecord:
    """How much of a treaty is on record, from its readable articles with their wordings.

    An article of which nothing is established keeps its place in the order, but does not count.
    """
    languages = [*reads.LANGUAGES, *treaty.authentic_languages]
    languages += sorted({words.language for article in articles for words in article.readable_renderings})
    rows = []
    for language in dict.fromkeys(languages):
        found = [
            {words.extent for words in article.readable_renderings if words.language == language}
            for article in articles
        ]
        rows.append(Wordings(language, sum(map(bool, found)), sum(Extent.WHOLE in extents for extents in found)))
    numbers = {article.number for article in articles}
    seen = {article.number for article in articles if article.completeness != Completeness.NOT_ESTABLISHED}
    return OnRecord(
        articles=len(seen - {"preamble"}),
        preamble="preamble" in seen,
        wordings=rows,
        missing=[str(n) for n in range(1, treaty.article_count + 1) if str(n) not in numbers] if numbers else [],
    )


def treaty_list(request: HttpRequest) -> HttpResponse:
    """The treaties on record: title, where each stands on the day, how much of its text there is."""
    reading = reading_of(request)
    treaties = list(
        treaties_with_acts(reading.at).prefetch_related(
            "titles", Prefetch("articles", queryset=_worded(reading.at), to_attr="readable_articles")
        )
    )
    rows = [(treaty, on_record(treaty, treaty.readable_articles)) for treaty in treaties]
    in_force = [treaty for treaty in treaties if law.in_force(reads.in_law(treaty.readable_acts), reading.day.date())]
    context = {"section": "treaties", "treaties": treaties, "rows": rows, "in_force": in_force}
    return respond(request, "treaties/list.html", reading, context)


def _worded(at: datetime | None) -> Any:
    """Articles known by a moment, with which languages their words are in; for counting, without citations."""
    words = Rendering.objects.published().known_by(at).only("article_id", "language", "extent")
    return reads.articles_known(at).prefetch_related(
        Prefetch("renderings", queryset=words, to_attr="readable_renderings")
    )


@dataclass(frozen=True)
class OtherSide:
    """What another treaty has on a topic: its articles, or that it has no such clause, or that nobody knows."""

    treaty: Treaty
    presence: str
    basis: str
    articles: list[Article]


@dataclass(frozen=True)
class Corresponding:
    """One topic of an article, what changed on it, and the other treaties' sides."""

    topic: Topic
    correspondence: Correspondence
    others: list[OtherSide]

    @property
    def alone(self) -> list[Corresponding]:
        """This one as a list, for a template that prints lists of them."""
        return [self]


def corresponding(found: Iterable[Correspondence]) -> dict[int, list[Corresponding]]:
    """Under each article's key, what corresponds to it in the other treaties, topic by topic."""
    by_article: dict[int, list[Corresponding]] = defaultdict(list)
    for correspondence in sorted(found, key=lambda each: (_GROUPS.index(each.topic.group), each.topic.position)):
        for side in correspondence.open_sides:
            others = [
                OtherSide(other.treaty, presence_of(other), other.basis, other.known_articles)
                for other in correspondence.open_sides
                if other.treaty_id != side.treaty_id
            ]
            for article in side.known_articles:
                by_article[article.pk].append(Corresponding(correspondence.topic, correspondence, others))
    return by_article


def presence_of(side: Any) -> str:
    """A side's presence, which is unknown rather than absent where its articles are not readable."""
    return Presence.PRESENT if side.known_articles else side.presence


@dataclass
class Entry:
    """A numbered place in a treaty: its article, or None where that is not on record."""

    number: str
    article: Article | None = None
    corresponding: list[Corresponding] = field(default_factory=list)

    @property
    def label(self) -> str:
        return self.article.label if self.article else f"Article {self.number}"

    @property
    def leading(self) -> Rendering | None:
        """The wording printed with the article: English where there is any, whole rather than in part."""
        found = columns(self.article.readable_renderings) if self.article else []
        ordered = sorted(found, key=lambda column: column.language != "en")
        return next((rendering for column in ordered for rendering in column.renderings), None)


def treaty_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One treaty as a document: where it stands, its acts, its articles in order, and the gaps between them."""
    reading = reading_of(request)
    treaties = treaties_with_acts(reading.at).prefetch_related(
        "titles", Prefetch("parties", queryset=Agent.objects.published().order_by("name"), to_attr="public_parties")
    )
    treaty = get_object_or_404(treaties, slug=slug)
    articles = list(reads.articles(reading.at).filter(treaty=treaty))
    matches = corresponding(
        reads.correspondences(reading.at).order_by("topic__group", "topic__position", "topic__slug")
    )
    known = {article.number: Entry(article.number, article, matches.get(article.pk, [])) for article in articles}
    record = on_record(treaty, articles)
    counts = Counter(article.completeness for article in articles)
    numbers = sorted({*known, *record.missing}, key=lambda number: 0 if number == "preamble" else int(number))
    context = {
        "section": "treaties",
        "treaty": treaty,
        "record": record,
        "entries": [known.get(number) or Entry(number) for number in numbers],
        "completeness": {
            "established": counts[Completeness.ESTABLISHED],
            "inferred": counts[Completeness.INFERRED],
            "missing": counts[Completeness.NOT_ESTABLISHED] + len(record.missing),
        },
    }
    return respond(request, "treaties/detail.html", reading, context)


@dataclass(frozen=True)
class Column:
    """The renderings of an article in one language; the leading one first."""

    language: str
    renderings: list[Rendering]


def columns(found: Iterable[Rendering]) -> list[Column]:
    """Renderings by language: Korean, Russian, English even when there are none, then the others."""
    by_language: dict[str, list[Rendering]] = {language: [] for language in reads.LANGUAGES}
    for rendering in reads.in_order(found):
        by_language.setdefault(rendering.language, []).append(rendering)
    return [Column(language, renderings) for language, renderings in by_language.items()]


def article_detail(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """One article: every wording on record side by side, what corresponds to it, what happened under it."""
    reading = reading_of(request)
    treaty = get_object_or_404(treaties_with_acts(reading.at), slug=slug)
    article = get_object_or_404(
        reads.articles(reading.at).prefetch_related(
            Prefetch(
                "topics", queryset=Topic.objects.published().order_by("group", "position"), to_attr="public_topics"
            )
        ),
        treaty=treaty,
        number=number,
    )
    siblings = list(reads.articles_known(reading.at).filter(treaty=treaty))
    place = next(index for index, sibling in enumerate(siblings) if sibling.pk == article.pk)
    tongues = columns(article.readable_renderings) if article.readable_renderings else []
    sides = reads.correspondences(reading.at).filter(sides__articles=article).distinct()
    context = {
        "section": "treaties",
        "treaty": treaty,
        "article": article,
        "columns": tongues,
        "further": [rendering for column in tongues for rendering in column.renderings[1:]],
        "corresponding": corresponding(sides).get(article.pk, []),
        "ties": reads.in_time(reads.ties(reading.at).filter(article=article)),
        "questions": list(reads.questions_on([article], reading.at)),
        "previous": siblings[place - 1] if place else None,
        "next": siblings[place + 1] if place + 1 < len(siblings) else None,
    }
    return respond(request, "treaties/article.html", reading, context)

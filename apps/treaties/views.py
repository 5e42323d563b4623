from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from apps.sources.models import Agent, First
from apps.sources.reading import reading_of, respond
from apps.treaties import law, reads
from apps.treaties.models import Article, Correspondence, Obligation, Rendering, Treaty
from apps.treaties.reads import treaties_with_acts
from apps.treaties.rules import Completeness, Extent, ObligationKind


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
    reading.rests_on(
        First(Treaty.objects.all()),
        *reads.standing_rests_on(),
        First(Obligation.objects.filter(kind=ObligationKind.DEFENSE)),
        First(Article.objects.all()),
        First(reads.telling_how_much()),
    )
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


@dataclass
class Entry:
    """A numbered place in a treaty: its article, or None where that is not on record."""

    number: str
    article: Article | None = None
    corresponding: list[reads.Corresponding] = field(default_factory=list)

    @property
    def label(self) -> str:
        return self.article.label if self.article else f"Article {self.number}"

    @property
    def leading(self) -> Rendering | None:
        """The wording printed with the article: English where there is any, whole rather than in part."""
        found = reads.in_order(self.article.readable_renderings) if self.article else []
        return next(iter(sorted(found, key=lambda words: words.language != "en")), None)


def treaty_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One treaty as a document: where it stands, its acts, its articles in order, and the gaps between them."""
    reading = reading_of(request)
    treaties = treaties_with_acts(reading.at).prefetch_related(
        "titles", Prefetch("parties", queryset=Agent.objects.published().order_by("name"), to_attr="public_parties")
    )
    treaty = get_object_or_404(treaties, slug=slug)
    compared = Correspondence.objects.filter(sides__treaty=treaty)
    reading.rests_on(
        Treaty.objects.filter(pk=treaty.pk),
        treaty.acts.all(),
        *reads.standing_rests_on(treaty=treaty),
        reads.marks_rest_on(treaty=treaty, act__treaty=treaty, act_notes__treaty=treaty, articles__treaty=treaty),
        treaty.articles.all(),
        reads.leading_ever(treaty.articles.all()),
        First(Rendering.objects.filter(article__treaty=treaty)),
        First(compared),
        *reads.previews_rest_on(Article.objects.filter(correspondence_sides__correspondence__in=compared)),
        begins=treaty.first_known,
    )
    articles = list(reads.articles(reading.at).filter(treaty=treaty))
    matches = reads.corresponding(
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
        "facts": reads.contested(treaty, reading.at),
        "completeness": {
            "established": counts[Completeness.ESTABLISHED],
            "inferred": counts[Completeness.INFERRED],
            "missing": counts[Completeness.NOT_ESTABLISHED] + len(record.missing),
        },
    }
    return respond(request, "treaties/detail.html", reading, context)

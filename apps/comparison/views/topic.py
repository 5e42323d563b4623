from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404

from apps.comparison import rows
from apps.comparison.views.columns import WITH_TOPICS, shown_on_phones
from apps.sources.reading import reading_of, respond
from apps.treaties import reads
from apps.treaties.models import Article, Rendering, Topic, TopicFinding


@dataclass(frozen=True)
class Choice:
    """One thing to choose: how it reads, the address that chooses it, and whether it is chosen."""

    label: str
    query: str
    chosen: bool


@dataclass(frozen=True)
class Passage:
    """An article with the wording chosen for it, or None where the language has no words of it on record."""

    article: Article
    rendering: Rendering | None
    elsewhere: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """One treaty's words on a topic, and the renderings one may choose between."""

    side: rows.Side
    passages: tuple[Passage, ...]
    choices: tuple[Choice, ...]


def _query(params: QueryDict, language: str, slugs: Sequence[str]) -> str:
    changed = params.copy()
    changed["lang"] = language
    changed.setlist("r", list(slugs))
    return f"?{changed.urlencode()}"


def _column(side: rows.Side, language: str, chosen: Sequence[str], params: QueryDict) -> Column:
    passages = []
    offered: dict[str, Rendering] = {}
    for article in side.articles:
        spoken = [words for words in reads.in_order(article.readable_renderings) if words.language == language]
        picked = next((words for words in spoken if words.source.slug in chosen), spoken[0] if spoken else None)
        others = dict.fromkeys(words.language for words in article.readable_renderings if words.language != language)
        passages.append(Passage(article, picked, tuple(sorted(others, key=reads.language_order))))
        if len(spoken) > 1:
            offered |= {words.source.slug: words for words in spoken if words.source.slug not in offered}
    taken = {passage.rendering.source.slug for passage in passages if passage.rendering}
    kept = [slug for slug in chosen if slug not in offered]
    names = Counter(words.translator for words in offered.values())
    choices = tuple(
        Choice(
            label=words.translator
            if names[words.translator] == 1
            else f"{words.translator}, {words.source.publisher.label}",
            query=_query(params, language, [*kept, slug]),
            chosen=slug in taken,
        )
        for slug, words in offered.items()
    )
    return Column(side, tuple(passages), choices)


def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic in full: the words one column a treaty, every other rendering, and what happened under the articles."""
    reading = reading_of(request)
    subject = get_object_or_404(Topic.objects.published(), slug=slug)
    treaties = list(reads.treaties_with_acts(reading.at))
    correspondence = reads.correspondences(reading.at).filter(topic=subject).first()
    articles = list(reads.articles(reading.at).prefetch_related(WITH_TOPICS))
    row = rows.topic_row(subject, correspondence, treaties, articles)
    dealt_with = [article for side in row.sides for article in side.articles]
    spoken = {words.language for article in dealt_with for words in article.readable_renderings}
    language = request.GET.get("lang", "").strip()[:8] or "en"
    chosen = [each for each in request.GET.getlist("r") if each]
    shown = [_column(side, language, chosen, request.GET) for side in row.sides]
    context: dict[str, Any] = {
        "section": "compare",
        "topic": subject,
        "finding": TopicFinding.objects.in_force(reading.at).filter(topic=subject).first(),
        "row": row,
        "columns": shown,
        "language": language,
        "languages": [
            (code, _query(request.GET, code, chosen), code == language)
            for code in sorted(spoken, key=reads.language_order)
        ],
        "choosing": len(spoken) > 1 or language not in spoken or any(column.choices for column in shown),
        "one": shown_on_phones(request, treaties),
        "treaties": treaties,
        "worded": [(each, reads.in_order(each.readable_renderings)) for each in dealt_with if each.readable_renderings],
        "ties": reads.in_time(reads.ties(reading.at).filter(article__in=dealt_with)),
        "questions": list(reads.questions_on(dealt_with, reading.at)),
    }
    return respond(request, "comparison/topic.html", reading, context)

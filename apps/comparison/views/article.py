from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from apps.comparison.marks import Question
from apps.comparison.renderings import Tongue, in_step, tongue
from apps.editorial.refusals import unknown
from apps.sources.reading import reading_of, respond
from apps.sources.templatetags.record import language as in_english
from apps.treaties import reads
from apps.treaties.models import Rendering


def article(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """One article: its renderings marked against each other, what corresponds to it, what happened under it.

    `marks` chooses what is marked; `base` is the source of the rendering that the others of its language face.
    """
    reading = reading_of(request)
    treaty = get_object_or_404(reads.treaties_with_acts(reading.at), slug=slug)
    found = get_object_or_404(reads.articles(reading.at), treaty=treaty, number=number)
    marks = _marks(request)
    siblings = list(reads.articles_known(reading.at).filter(treaty=treaty))
    place = next(index for index, sibling in enumerate(siblings) if sibling.pk == found.pk)
    sides = reads.correspondences(reading.at).filter(sides__articles=found).distinct()
    tongues = _tongues(found.readable_renderings, marks, request.GET.get("base", "").strip())
    context: dict[str, Any] = {
        "section": "treaties",
        "treaty": treaty,
        "article": found,
        "marks": marks,
        "tongues": tongues,
        "leading": [each for each in tongues if each.leading or each.language in reads.LANGUAGES],
        "in_step": in_step(words for each in tongues for words in each.renderings),
        "compared": [each for each in tongues if each.further],
        "corresponding": reads.corresponding(sides).get(found.pk, []),
        "ties": reads.in_time(reads.ties(reading.at).filter(article=found)),
        "questions": list(reads.questions_on([found], reading.at)),
        "previous": siblings[place - 1] if place else None,
        "next": siblings[place + 1] if place + 1 < len(siblings) else None,
    }
    return respond(request, "comparison/article.html", reading, context, fragment="comparison/_renderings.html")


def _marks(request: HttpRequest) -> Question:
    asked = request.GET.get("marks", "").strip() or Question.CHANGED.value
    known = {each.value: each for each in Question}
    if asked not in known:
        raise unknown("kind of mark", asked, known)
    return known[asked]


def _tongues(found: Sequence[Rendering], marks: Question, base: str) -> list[Tongue]:
    """The renderings by language, the one of the source `base` before the others of its language.

    Raises Refused when no rendering is of that source.
    """
    by_language = reads.by_language(found)
    if base and base not in {words.source.slug for words in found}:
        raise unknown("rendering of this article", base, sorted(words.source.slug for words in found))
    return [
        tongue(code, in_english(code), sorted(there, key=lambda words: words.source.slug != base), marks)
        for code, there in by_language.items()
    ]

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from apps.comparison.marks import Question
from apps.comparison.renderings import Tongue, in_step, tongue
from apps.comparison.views.pages import not_there, to_take
from apps.editorial.refusals import unknown
from apps.sources.models import First
from apps.sources.reading import Reading, reading_of, respond
from apps.sources.templatetags.record import language as in_english
from apps.treaties import reads
from apps.treaties.models import Article, Correspondence, Rendering, Treaty


def article(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """One article: its renderings marked against each other, what corresponds to it, what happened under it.

    `marks` chooses what is marked; `base` is the source of the rendering that the others of its language face.
    """
    reading = reading_of(request)
    treaty = reads.treaties_with_acts(reading.at).filter(slug=slug).first()
    if treaty is None:
        return _no_treaty(request, reading)
    found = reads.articles(reading.at).filter(treaty=treaty, number=number).first()
    if found is None:
        return _no_article(request, reading, treaty)
    marks = _marks(request)
    base, not_yet = _base(request, reading, found)
    itself = Article.objects.filter(pk=found.pk)
    compared = Correspondence.objects.filter(sides__articles=found)
    reading.rests_on(
        itself,
        *reads.standing_rests_on(treaty=treaty),
        found.renderings.all(),
        *reads.ties_rest_on(itself),
        compared,
        reads.marks_rest_on(articles=found, correspondences__in=compared),
        *reads.previews_rest_on(Article.objects.filter(correspondence_sides__correspondence__in=compared)),
        reads.questions_rest_on(itself),
        First(treaty.articles.all()),
        begins=found.first_known,
    )
    siblings = list(reads.articles_known(reading.at).filter(treaty=treaty))
    place = next(index for index, sibling in enumerate(siblings) if sibling.pk == found.pk)
    sides = reads.correspondences(reading.at).filter(sides__articles=found).distinct()
    tongues = _tongues(found.readable_renderings, marks, base)
    link = request.build_absolute_uri(f"{request.path}{_pinned(reading, marks, base, tongues)}")
    context: dict[str, Any] = {
        "section": "treaties",
        "treaty": treaty,
        "article": found,
        "marks": marks,
        "not_yet": not_yet,
        **to_take(reading, f"treaty-{slug}-{number}", f"{found}: {found.heading}", link),
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


def _no_treaty(request: HttpRequest, reading: Reading) -> HttpResponse:
    slugs = list(Treaty.objects.shown(reading.at).order_by("slug").values_list("slug", flat=True))
    return not_there(request, reading, "There is no treaty of that name.", slugs)


def _no_article(request: HttpRequest, reading: Reading, treaty: Treaty) -> HttpResponse:
    numbers = [each.number for each in reads.articles_known(reading.at).filter(treaty=treaty)]
    return not_there(request, reading, f"No article of {treaty.slug} has that number on record.", numbers)


def _marks(request: HttpRequest) -> Question:
    asked = request.GET.get("marks", "").strip() or Question.CHANGED.value
    known = {each.value: each for each in Question}
    if asked not in known:
        raise unknown("kind of mark", asked, known)
    return known[asked]


def _base(request: HttpRequest, reading: Reading, article: Article) -> tuple[str, bool]:
    """The source of the rendering that others are to face, "" for none; and whether it was printed only later.

    Raises Refused when no rendering of the article is of that source.
    """
    asked = request.GET.get("base", "").strip()
    known = sorted(words.source.slug for words in article.readable_renderings)
    if not asked or asked in known:
        return asked, False
    # A link to today's page that is read as of an earlier day.
    if "\x00" not in asked and reading.at and article.renderings.shown(None).filter(source__slug=asked).exists():
        return "", True
    raise unknown("rendering of this article", asked, known)


def _pinned(reading: Reading, marks: Question, base: str, tongues: Sequence[Tongue]) -> str:
    """The query that names what is shown, so that no rendering found later takes the place of the one that leads."""
    leads = next((each.leading for each in tongues if each.language == "en" and each.further), None)
    named = {
        "marks": marks.value if any(each.further for each in tongues) else "",
        "base": base or (leads.rendering.source.slug if leads else ""),
        "as_of": reading.query,
    }
    query = urlencode({name: value for name, value in named.items() if value})
    return f"?{query}" if query else ""


def _tongues(found: Sequence[Rendering], marks: Question, base: str) -> list[Tongue]:
    """The renderings by language, the one of the source `base` before the others of its language."""
    return [
        tongue(code, in_english(code), sorted(there, key=lambda words: words.source.slug != base), marks)
        for code, there in reads.by_language(found).items()
    ]

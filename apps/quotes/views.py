from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from apps.editorial.models import public_q
from apps.quotes.models import Quote, Theme, Utterance
from apps.sources.models import Agent
from apps.sources.reading import reading_of, respond

PER_PAGE = 40


def quote_list(request: HttpRequest) -> HttpResponse:
    """What has been said, newest first, filtered by speaker, theme, language of a printing and words."""
    reading = reading_of(request)
    reading.rests_on(Quote.objects.all())
    known = Utterance.objects.published().known_by(reading.at)
    names = ("speaker", "theme", "language", "words")
    chosen = {name: request.GET.get(name, "").replace("\x00", "").strip() for name in names}
    printed = Quote.objects.published().known_by(reading.at)
    found = _filtered(known, printed, chosen)
    utterances = (
        Utterance.objects.readable(reading.at).filter(pk__in=found.values("pk")).order_by("-said_earliest", "-pk")
    )
    page = Paginator(utterances, PER_PAGE).get_page(request.GET.get("page"))
    count = Count("utterances", filter=Q(utterances__in=known), distinct=True)
    context = {
        "section": "quotes",
        "page": page,
        "chosen": chosen,
        "speakers": Agent.objects.published().annotate(n=count).filter(n__gt=0).order_by("-n", "name"),
        "themes": Theme.objects.published().annotate(n=count).filter(n__gt=0).order_by("-n", "title"),
        "languages": printed.filter(utterance__in=known)
        .values("language")
        .annotate(n=Count("utterance", distinct=True))
        .order_by("-n", "language"),
    }
    return respond(request, "quotes/list.html", reading, context, fragment="quotes/_results.html")


def _filtered(utterances: QuerySet, printed: QuerySet[Quote], chosen: dict[str, str]) -> QuerySet:
    """Those of `utterances` that fit; only the printings in `printed` count, or later ones would be found by."""
    if chosen["speaker"]:
        utterances = utterances.filter(public_q("speaker__"), speaker__slug=chosen["speaker"])
    if chosen["theme"]:
        utterances = utterances.filter(public_q("themes__"), themes__slug=chosen["theme"])
    if chosen["language"]:
        utterances = utterances.filter(quotes__in=printed.filter(language=chosen["language"]))
    words = chosen["words"]
    if words:
        utterances = utterances.filter(
            Q(quotes__in=printed.filter(words__icontains=words))
            | Q(speaker__name__icontains=words)
            | Q(occasion__icontains=words)
        )
    return utterances


def quote_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One utterance with all its printings, the most official first."""
    reading = reading_of(request)
    utterance = get_object_or_404(Utterance.objects.readable(reading.at), slug=slug)
    reading.rests_on(utterance.quotes.all())
    same_day = (
        Utterance.objects.readable(reading.at)
        .filter(speaker=utterance.speaker, said_earliest=utterance.said_earliest)
        .exclude(pk=utterance.pk)
        .order_by("pk")[:8]
    )
    context = {
        "section": "quotes",
        "utterance": utterance,
        "themes": utterance.themes.published().order_by("title"),
        "same_day": same_day,
    }
    return respond(request, "quotes/detail.html", reading, context)

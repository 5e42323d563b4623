"""What was said: the list, and one statement with all its printings."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from apps.comparison.printings import tongues
from apps.dashboard import sides
from apps.dashboard.statements import filters, offered, with_printings
from apps.quotes.asked import asked, choices, statements
from apps.quotes.models import Quote, Utterance
from apps.sources.reading import reading_of, respond
from apps.treaties.reads import marks_rest_on

PER_PAGE = 40


def quote_list(request: HttpRequest) -> HttpResponse:
    """What has been said, newest first, filtered; with `side`, two speakers or countries beside each other."""
    reading = reading_of(request)
    what = asked(request.GET, reading.at)
    if chosen := sides.named(request.GET):
        return sides.page(request, reading, what, chosen)
    reading.rests_on(Quote.objects.all(), marks_rest_on(utterances__isnull=False))
    found = statements(reading.at, what.wanted)
    utterances = (
        Utterance.objects.readable(reading.at).filter(pk__in=found.values("pk")).order_by("-said_earliest", "-pk")
    )
    page = Paginator(utterances, PER_PAGE).get_page(request.GET.get("page"))
    counted = choices(reading.at, what.wanted)
    context = {
        "section": "quotes",
        "page": page,
        "statements": with_printings(page),
        "choices": offered(counted, what.wanted),
        "filters": filters(request.GET, what),
        "not_yet": what.not_yet,
        "words": what.wanted.words,
        "since": request.GET.get("from", "").strip(),
        "until": request.GET.get("to", "").strip(),
        "pair": counted["speaker"][:2],
    }
    return respond(request, "quotes/list.html", reading, context, fragment="quotes/_results.html")


def quote_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One utterance with all its printings, the most official first, and what each has otherwise than the first."""
    reading = reading_of(request)
    utterance = get_object_or_404(Utterance.objects.readable(reading.at), slug=slug)
    that_day = Utterance.objects.filter(speaker=utterance.speaker, said_earliest=utterance.said_earliest)
    reading.rests_on(
        Quote.objects.filter(utterance__in=that_day),
        marks_rest_on(utterances__in=that_day),
        begins=min(filter(None, (printing.first_known for printing in utterance.printings)), default=None),
    )
    same_day = (
        Utterance.objects.readable(reading.at)
        .filter(speaker=utterance.speaker, said_earliest=utterance.said_earliest)
        .exclude(pk=utterance.pk)
        .order_by("pk")[:8]
    )
    context = {
        "section": "quotes",
        "utterance": utterance,
        "tongues": tongues(utterance.printings),
        "themes": utterance.themes.published().order_by("title"),
        "same_day": with_printings(same_day),
    }
    return respond(request, "quotes/detail.html", reading, context)

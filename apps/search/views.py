from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django_htmx.http import HttpResponseClientRedirect

from apps.search import find, near
from apps.search.asked import asked, facets, filters
from apps.search.parts import KINDS
from apps.search.query import LONGEST, parse
from apps.search.results import results
from apps.sources.models import Source
from apps.sources.reading import Reading, reading_of, respond
from apps.sources.templatetags.record import at as same_moment


def search(request: HttpRequest) -> HttpResponse:
    """What carries the words of `?q=`, as of the moment, the best first; `kind`, `language`, `person`, `treaty` and
    `period` filter it.

    Where all that was typed is the name of one page, that page instead, unless `list=1` or a filter asks for the list;
    where `go=1` asks for it, the first of several pages of the name.
    """
    reading = _reading(request)
    what = asked(request.GET, reading.at)
    query = parse(request.GET.get("q", ""))
    ways = near.places(query.text, reading.at) if query.text and not query.too_long else []
    listed = request.GET.get("list") == "1" or "page" in request.GET or any(what.given.values())
    if ways and (request.GET.get("go") == "1" or (not listed and near.is_unmistakable(query.text, ways))):
        return _led(request, same_moment(ways[0].url, reading))
    found = find.found(query, reading.at, what.chosen, _number(request))
    page = Paginator(range(found.total), find.PER_PAGE).get_page(request.GET.get("page"))
    nothing = bool(query.wanted) and not found.total and not ways
    treaties = near.treaty_of(query.text, reading.at) if nothing else []
    # Of what nothing was known yet, other words would find nothing either; nor would they for the name of a place.
    instead = nothing and found.sayings and not what.not_yet and not treaties
    offers = near.offers(query, reading.at, found.silent) if instead else near.Offers()
    context = {
        "section": "search",
        "query": query,
        "longest": LONGEST,
        "ways": ways,
        "found": found,
        "page": page,
        "results": results(query, found.hits, reading.at),
        "filters": filters(request.GET, what),
        "not_yet": what.not_yet,
        "facets": facets(request.GET, what, found),
        "kinds": KINDS.values(),
        "offers": offers,
        "similar": near.similar(query, reading.at, found.silent, offers.fewer) if nothing and not treaties else [],
        "treaties": treaties,
    }
    return respond(request, "search/search.html", reading, context, fragment="search/_results.html")


def _led(request: HttpRequest, url: str) -> HttpResponse:
    """The way to another page: htmx would put what a redirect leads to into the list of this one."""
    return HttpResponseClientRedirect(url) if request.headers.get("HX-Request") else HttpResponseRedirect(url)


def suggest(request: HttpRequest) -> HttpResponse:
    """What somebody who has typed `?q=` may be looking for: a list for the search field, a page without scripts."""
    reading = _reading(request)
    query = parse(request.GET.get("q", ""))
    ways = near.suggestions(query.text, reading.at) if query.text and not query.too_long else []
    context = {"section": "search", "query": query, "ways": ways}
    return respond(request, "search/suggest.html", reading, context, fragment="search/_suggestions.html")


def _reading(request: HttpRequest) -> Reading:
    """The moment of the page, which any source may change: sources are among what is searched."""
    reading = reading_of(request)
    reading.rests_on(Source.objects.all())
    return reading


def _number(request: HttpRequest) -> int:
    """The page asked for; the first where it is no number. What is beyond the last, the database takes for the last."""
    text = request.GET.get("page", "1")
    return min(int(text), 10_000) if text.isascii() and text.isdigit() and len(text) < 9 else 1

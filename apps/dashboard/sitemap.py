"""What crawlers are told: every page there is today by its address, and which addresses lead nowhere new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.opinions.models import ContestedFact, Question
from apps.quotes.models import Utterance
from apps.sources.models import Agent, Source
from apps.timelines.models import Timeline
from apps.treaties.models import Article, Topic, Treaty

ALONE = (
    *("home", "timeline", "compare", "treaties", "questions", "facts", "quotes", "people", "sources", "source_balance"),
    *("changes", "corrections", "embed", "about", "about_as_of"),
)
"""Pages that there are one of, by the names of their routes."""

NOT_FOR_CRAWLERS = (
    "/admin/",
    # Without end, or the same pages again: searches, spans between any two moments, pages as of any moment.
    *("/search/", "/changes/?", "/*?*as_of="),
)


class Pages(Sitemap):
    """The pages of one route; `named` gives of each what stands in its address. One query.

    They carry no day of their last change: a page changes with everything that cites or contests what stands on it.
    """

    def __init__(self, route: str, named: Callable[[], QuerySet[Any, Any] | Sequence[tuple[str, ...]]]) -> None:
        self.route = route
        self.named = named

    def items(self) -> list[tuple[str, ...]]:
        return list(self.named())

    def location(self, item: tuple[str, ...]) -> str:
        return reverse(self.route, args=item)


def _by_slug(rows: Callable[[], QuerySet[Any]]) -> Callable[[], QuerySet[Any, Any]]:
    return lambda: rows().order_by("slug").values_list("slug")


SITEMAPS = {
    **{route: Pages(route, lambda: [()]) for route in ALONE},
    "treaty": Pages("treaty", _by_slug(lambda: Treaty.objects.shown(None))),
    "article": Pages(
        "article",
        lambda: Article.objects.shown(None).order_by("treaty__slug", "order").values_list("treaty__slug", "number"),
    ),
    "topic": Pages("topic", _by_slug(lambda: Topic.objects.on_record(None))),
    "question": Pages("question", _by_slug(lambda: Question.objects.asked_by(None))),
    "fact": Pages("fact", _by_slug(lambda: ContestedFact.objects.contested_by(None))),
    "curated_timeline": Pages("curated_timeline", _by_slug(lambda: Timeline.objects.begun_by(None))),
    "quote": Pages("quote", _by_slug(lambda: Utterance.objects.shown(None))),
    "person": Pages("person", _by_slug(lambda: Agent.objects.on_record(None))),
    "source": Pages("source", _by_slug(lambda: Source.objects.issued_by(None))),
}


def robots(request: HttpRequest) -> HttpResponse:
    """Where crawlers need not go, and where all pages are listed."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_CRAWLERS), ""]
    lines += [f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")

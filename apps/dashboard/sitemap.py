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


class Alone(Sitemap):
    """The pages that there are one of."""

    def items(self) -> Sequence[str]:
        return ALONE

    def location(self, item: str) -> str:
        return reverse(item)


class Pages(Sitemap):
    """The pages of one route; `rows` gives of each what stands in its address. Two queries a part, one to count them.

    They carry no day of their last change: a page changes with everything that cites or contests what stands on it.
    """

    def __init__(self, route: str, rows: Callable[[], QuerySet[Any]], *columns: str) -> None:
        self.route = route
        self.rows = rows
        self.columns = columns or ("slug",)

    def items(self) -> QuerySet[Any, Any]:
        # In an order that is the same each time, or a page could be in two parts and another in none.
        return self.rows().order_by(*self.columns).values_list(*self.columns)

    def location(self, item: tuple[str, ...]) -> str:
        return reverse(self.route, args=item)


SECTIONS: dict[str, Alone | Pages] = {
    "pages": Alone(),
    "treaties": Pages("treaty", lambda: Treaty.objects.shown(None)),
    "articles": Pages("article", lambda: Article.objects.shown(None), "treaty__slug", "number"),
    "topics": Pages("topic", lambda: Topic.objects.on_record(None)),
    "questions": Pages("question", lambda: Question.objects.asked_by(None)),
    "facts": Pages("fact", lambda: ContestedFact.objects.contested_by(None)),
    "timelines": Pages("curated_timeline", lambda: Timeline.objects.begun_by(None)),
    "statements": Pages("quote", lambda: Utterance.objects.shown(None)),
    "people": Pages("person", lambda: Agent.objects.on_record(None)),
    "sources": Pages("source", lambda: Source.objects.issued_by(None)),
}
"""What `/sitemap.xml` names, each in as many parts as its pages need."""


def robots(request: HttpRequest) -> HttpResponse:
    """Where crawlers need not go, and where all pages are listed."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_CRAWLERS), ""]
    lines += [f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")

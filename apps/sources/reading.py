"""A page read as of a moment: what the address asks for, and what every page says about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from apps.editorial import moments
from apps.sources.models import Source


@dataclass
class Reading:
    """One request's moment, its neighbours among publications, and the sources its page comes to cite.

    `at` is None for the whole record. `cited` fills while the page renders, in order of first mention. `kept` is for
    what the tags of higher apps note on the way, each under a name of its own, for another tag further down.
    """

    at: datetime | None
    now: datetime
    latest: Source | None = None
    previous: Source | None = None
    next: Source | None = None
    cited: dict[int, Source] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def day(self) -> datetime:
        """The instant that the page stands at: the moment asked for, or now."""
        return self.at or self.now

    @property
    def is_past(self) -> bool:
        return self.at is not None

    @property
    def query(self) -> str:
        """The moment as it stands in an address, or ''."""
        return in_address(self.at) if self.at else ""

    def cite(self, source: Source) -> None:
        """Note that the page cites `source`, so that its reference is printed once at the foot."""
        self.cited.setdefault(source.pk, source)


def in_address(at: datetime) -> str:
    """An instant as `as_of` takes it: the bare day when it is that day's last instant, else to the second."""
    if at.time() == time.max:
        return f"{at:%Y-%m-%d}"
    return f"{at:%Y-%m-%dT%H:%M}Z" if at.second == 0 else f"{at:%Y-%m-%dT%H:%M:%S}Z"


def reading_of(request: HttpRequest) -> Reading:
    """The moment that a request asks for with `?as_of=`, with the publications before and after it.

    Raises moments.BadMoment, which becomes a page with status 400, when it cannot be read.
    """
    now = timezone.now()
    text = request.GET.get("as_of", "")
    if not text.strip():
        latest = Source.objects.published().exclude(issued="").order_by("-issued_earliest", "-pk").first()
        return Reading(at=None, now=now, latest=latest)
    at = moments.parse(text, now=now)
    dated = Source.objects.published().exclude(issued="")
    before = dated.filter(issued_latest__lt=at).order_by("-issued_latest", "pk")
    after = dated.filter(issued_latest__gt=at, issued_latest__lte=now).order_by("issued_latest", "pk")
    beside = Q(pk__in=before.values("pk")[:1]) | Q(pk__in=after.values("pk")[:1])
    neighbours = Source.objects.filter(beside).for_chips().order_by("issued_latest")
    by_side = {source.issued_latest < at: source for source in neighbours if source.issued_latest}
    return Reading(at=at, now=now, previous=by_side.get(True), next=by_side.get(False))


def past_of(request: HttpRequest) -> Reading | None:
    """The past that a request asks for, or None: for pages that lead nowhere, which no moment may break."""
    if not request.GET.get("as_of", "").strip():
        return None
    try:
        return reading_of(request)
    except moments.BadMoment:
        return None


def respond(
    request: HttpRequest, template: str, reading: Reading, context: dict[str, Any], *, fragment: str = ""
) -> HttpResponse:
    """The page, or only its `fragment` template when htmx asks for the same address.

    A restored history entry gets the whole page again, because htmx then replaces the whole body.
    """
    htmx = getattr(request, "htmx", None)
    if fragment and htmx and not htmx.history_restore_request and not htmx.boosted:
        return render(request, "sources/_swap.html", {**context, "reading": reading, "fragment": fragment})
    return render(request, template, {**context, "reading": reading})

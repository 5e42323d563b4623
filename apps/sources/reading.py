"""A page read as of a moment: what the address asks for, and what every page says about it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, time
from functools import cached_property
from typing import Any

from django.db.models import BooleanField, Case, Count, ExpressionWrapper, Q, QuerySet, Subquery, When, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from apps.editorial import moments
from apps.sources.models import First, Leading, Source, bearing_on


@dataclass(frozen=True)
class Step:
    """A moment at which a page changed: a source that bears on it was printed, and how many more of that moment."""

    source: Source
    at: datetime
    others: int


@dataclass
class Reading:
    """One request's moment, the moments at which its page changed, and the sources its page comes to cite.

    `at` is None for the whole record. `rests` is what the page rests on, and `begins` the moment before which there is
    no such page, where that is known; a page that `stands_still` says the same at every moment. `cited` fills while
    the page renders, in order of first mention. `kept` is for what the tags of higher apps note on the way, each under
    a name of its own, for another tag further down.
    """

    at: datetime | None
    now: datetime
    rests: tuple[QuerySet | First | Leading, ...] = ()
    begins: datetime | None = None
    stands_still: bool = False
    cited: dict[int, Source] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)

    def rests_on(self, *records: QuerySet | First | Leading, begins: datetime | None = None) -> None:
        """Say what the page rests on, of whatever moment: records that it prints with what they cite, or sources.

        What it prints without its citations is given as `First`, and with some of them as `Leading`. There is no such
        page before `begins`. A page that says nothing rests on the whole record.
        """
        self.rests = records
        self.begins = begins

    @property
    def previous(self) -> Step | None:
        """When the page last changed before its moment."""
        return self._steps[0]

    @property
    def next(self) -> Step | None:
        """When the page changed next after its moment."""
        return self._steps[1]

    @cached_property
    def _steps(self) -> tuple[Step | None, Step | None]:
        if self.stands_still:
            return None, None
        everything = any(_all_sources(each) for each in self.rests)
        bearing = Source.objects.published().exclude(issued="")
        if not everything:
            bearing = bearing.filter(bearing_on(self.rests))
        if self.begins:
            bearing = bearing.filter(issued_latest__gte=self.begins)
        before = Q(issued_latest__lt=self.day)
        after = Q(issued_latest__gt=self.day, issued_latest__lte=self.now)
        if everything:
            # All there are would take long to rank; those of the two instants are found without.
            days = bearing.values("issued_latest")
            last, first = days.filter(before).order_by("-issued_latest"), days.filter(after).order_by("issued_latest")
            bearing = bearing.filter(Q(issued_latest=Subquery(last[:1])) | Q(issued_latest=Subquery(first[:1])))
        latest_before = Case(When(before, then="issued_latest")).desc()
        # What bears on a page is long to say and to find, so one pass over it gives both steps and counts.
        ranked = bearing.filter(before | after).annotate(
            together=Window(Count("pk"), partition_by="issued_latest"),
            place=Window(
                RowNumber(),
                partition_by=ExpressionWrapper(before, BooleanField()),
                order_by=[latest_before, "issued_latest", "pk"],
            ),
        )
        found = ranked.filter(place=1).for_chips()
        steps = [Step(each, each.issued_latest, each.together - 1) for each in found if each.issued_latest]
        return (
            next((step for step in steps if step.at < self.day), None),
            next((step for step in steps if step.at > self.day), None),
        )

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


def _all_sources(records: QuerySet | First | Leading) -> bool:
    return isinstance(records, QuerySet) and records.model is Source and not records.query.where


def in_address(at: datetime) -> str:
    """An instant as `as_of` takes it: the bare day when it is that day's last instant, else to the second."""
    if at.time() == time.max:
        return f"{at:%Y-%m-%d}"
    return f"{at:%Y-%m-%dT%H:%M}Z" if at.second == 0 else f"{at:%Y-%m-%dT%H:%M:%S}Z"


def reading_of(request: HttpRequest) -> Reading:
    """The moment that a request asks for with `?as_of=`.

    Raises moments.BadMoment, which becomes a page with status 400, when it cannot be read or there are two.
    """
    now = timezone.now()
    text, *others = set(request.GET.getlist("as_of")) or {""}
    if others:
        raise moments.BadMoment("The address gives more than one moment (as_of); a page is read at one.")
    return Reading(at=moments.parse(text, now=now) if text.strip() else None, now=now)


def still_of(request: HttpRequest) -> Reading:
    """The moment of a page that says the same at every moment, so that no step leads from it. Raises as reading_of."""
    return replace(reading_of(request), stands_still=True)


def past_of(request: HttpRequest) -> Reading | None:
    """The past that a request asks for, or None: for pages that lead nowhere, which no moment may break."""
    if not request.GET.get("as_of", "").strip():
        return None
    try:
        return still_of(request)
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

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Prefetch, QuerySet
from django.db.utils import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotFound, HttpResponseServerError
from django.template.loader import render_to_string

from apps.dashboard.models import HomeFinding
from apps.dashboard.news import latest
from apps.editorial.models import Correction
from apps.opinions.models import Assessment, Opinion
from apps.opinions.rules import Knowledge
from apps.opinions.views import Standing, by_knowledge, standings
from apps.quotes.models import Quote, Utterance
from apps.sources.models import First, Leading
from apps.sources.reading import past_of, reading_of, respond, still_of
from apps.timelines.models import Event
from apps.treaties.models import Article, Correspondence, Obligation, Topic, TopicFinding, Treaty
from apps.treaties.reads import marks_rest_on, standing_rests_on, treaties_with_acts
from apps.treaties.rules import ObligationKind

NEWS = 4
SHOWN_PER_STATUS = 3
SHOWN_OF_THE_HEAVIEST = 6


def home(request: HttpRequest) -> HttpResponse:
    """What is known, disputed and unknown at the moment; the three treaties; the leaders' words; what changed last."""
    reading = reading_of(request)
    reading.rests_on(*_printed())
    findings = HomeFinding.objects.in_force(reading.at).prefetch_related(
        Prefetch(
            "utterances", queryset=Utterance.objects.readable(reading.at).order_by("-speaker__name"), to_attr="words"
        )
    )
    found = standings(reading)
    groups = by_knowledge(found)
    heaviest = _heaviest(groups) if reading.is_past else None
    finding = findings.first()
    context = {
        "section": "home",
        "finding": finding,
        "treaties": treaties_with_acts(reading.at),
        "groups": [
            (status, rows[: SHOWN_OF_THE_HEAVIEST if status == heaviest else SHOWN_PER_STATUS], rows)
            for status, rows in groups
        ],
        "heaviest": heaviest,
        # In one row only where each part of it has something to show.
        "board": all(rows for _, rows in groups) and heaviest is None and bool(finding and finding.words),
        "total": len(found),
        "bars": any(standing.ribbon for standing in found),
        "news": latest(reading.at, NEWS),
        "topic_count": Topic.objects.on_record(reading.at).count(),
        "event_count": Event.objects.published().known_by(reading.at).count(),
        "opinion_count": Opinion.objects.shown(reading.at).count(),
    }
    return respond(request, "dashboard/home.html", reading, context)


def _printed() -> list[QuerySet | First | Leading]:
    """What the home page rests on, of whatever moment: what it prints of the record, and what it counts.

    What was last printed may be an event, a statement, an assessment or an opinion, with what it cites.
    """
    counted = (Treaty, Correspondence, TopicFinding, Article)
    return [
        HomeFinding.objects.all(),
        Leading(Assessment.objects.all(), 1),
        Leading(Event.objects.all(), 1),
        Leading(Opinion.objects.all(), 1),
        Leading(Quote.objects.all(), 1),
        *(First(model.objects.all()) for model in counted),
        First(Obligation.objects.filter(kind=ObligationKind.DEFENSE)),
        *standing_rests_on(citing=False),
        marks_rest_on(home_findings__isnull=False, utterances__home_findings__isnull=False, assessments__isnull=False),
    ]


def _heaviest(groups: list[tuple[Knowledge, list[Standing]]]) -> Knowledge | None:
    """The status whose list is half as long again as any other, so that it takes half of the page."""
    (second, _), (most, status) = sorted((len(rows), status) for status, rows in groups)[-2:]
    return status if most > 1 and most >= 1.5 * second else None


def corrections(request: HttpRequest) -> HttpResponse:
    """What was changed in published records, why and when; newest first."""
    page = Paginator(Correction.objects.order_by("-corrected_at", "-pk"), 50).get_page(request.GET.get("page"))
    return respond(request, "dashboard/corrections.html", still_of(request), {"page": page})


def about(request: HttpRequest) -> HttpResponse:
    """How the record is made: what counts as a source, what the statuses mean, how the past is read, who writes."""
    return respond(request, "dashboard/about.html", still_of(request), {"section": "about"})


def about_as_of(request: HttpRequest) -> HttpResponse:
    """What “as of” means, in plain words, with the night of the signing as the example."""
    return respond(request, "dashboard/about_as_of.html", still_of(request), {"section": "about"})


def healthz(request: HttpRequest) -> HttpResponse:
    """Says that the process answers."""
    return HttpResponse("alive\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """Says whether the database answers; 503 when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except OperationalError:
        return HttpResponse("the database does not answer\n", content_type="text/plain", status=503)
    return HttpResponse("ready\n", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a request that cannot be read."""
    sentence = "The address holds something that this site cannot read."
    if isinstance(exception, RequestDataTooBig):
        sentence = "More was sent at once than this site takes."
    return HttpResponseBadRequest(_page("400.html", request, sentence=sentence))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for an address that leads nowhere, with search and ways on, at the moment asked for."""
    return HttpResponseNotFound(_page("404.html", request, reading=past_of(request)))


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours; it asks nothing of the database."""
    return HttpResponseServerError(_page("500.html", request))


def _page(template: str, request: HttpRequest, **context: Any) -> str:
    return render_to_string(template, {"reading": None, "request": request, **context})

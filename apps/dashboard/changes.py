"""What changed between two moments: what came onto the record, which questions changed, who spoke first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse, QueryDict

from apps.dashboard import spans
from apps.dashboard.models import HomeFinding
from apps.dashboard.spans import INSTANT, Span
from apps.editorial import moments
from apps.editorial.refusals import unknown
from apps.opinions.models import Assessment, Opinion, Question
from apps.opinions.rules import Knowledge
from apps.opinions.views import Standing, standings
from apps.quotes.models import Utterance
from apps.sources.filters import with_only
from apps.sources.models import Agent
from apps.sources.reading import Reading, reading_of, respond
from apps.timelines import compose
from apps.timelines.compose import KINDS, Entry, Order, Wanted

PER_PAGE = 60
LATEST = 6
FULLEST = 8
VOICES, TEXTS = 12, 12
MOST_VOICES = 200


@dataclass(frozen=True)
class Share:
    """How many questions have one status, and where it stands on a bar in per cent."""

    status: Knowledge
    n: int
    x: float
    width: float


@dataclass(frozen=True)
class State:
    """The record at a moment: what its home page said first, and how many questions were known, disputed, unknown."""

    at: datetime
    finding: HomeFinding | None
    citations: list[Any]
    shares: list[Share]
    total: int


@dataclass(frozen=True)
class Changed:
    """A question whose status changed, from `before` (None: nobody could ask it yet) to that of its standing."""

    before: Knowledge | None
    standing: Standing


@dataclass(frozen=True)
class Kind:
    """A kind of entry: how many came, the address that shows it alone, and whether it is the one shown."""

    label: str
    n: int
    query: str
    chosen: bool


def changes(request: HttpRequest) -> HttpResponse:
    """What the world could read at `to` and not at `from`, or, without them, spans to choose from.

    `kind` shows one kind alone. Without `to` it is all until the moment of the page.
    """
    reading = reading_of(request)
    span = spans.asked(request.GET, reading)
    if span is None:
        return respond(request, "dashboard/spans.html", reading, {"section": "changes", **_offered(reading)})
    if request.GET.get("to", "").strip():
        reading = replace(reading, at=span.until)
    context = {"section": "changes", "span": span, **_between(request.GET, reading, span)}
    return respond(request, "dashboard/changes.html", reading, context)


def _offered(reading: Reading) -> dict[str, Any]:
    """The spans that the record offers: its turns, its fullest days, and what came last."""
    known = Wanted(since=moments.EARLIEST)
    tallies = compose.tally(reading.at, known, Order.KNOWN)
    total = sum(tally.n for tally in tallies)
    last = compose.window(reading.at, known, Order.KNOWN, max(total - LATEST, 0), LATEST)
    return {
        "turns": spans.turns(list(HomeFinding.objects.in_force(reading.at)), reading.day),
        "days": spans.fullest(tallies, FULLEST, reading.day, spans.rough_ends(reading.at)),
        "last": last[::-1],
    }


def _between(params: QueryDict, reading: Reading, span: Span) -> dict[str, Any]:
    chosen = params.get("kind", "").strip()
    if chosen and chosen not in KINDS:
        raise unknown("kind", chosen, KINDS)
    came = Wanted(since=span.since + INSTANT, until=span.until)
    wanted = replace(came, kinds=(chosen,) if chosen else ())
    counts: Counter[str] = Counter()
    for tally in compose.tally(reading.at, came, Order.KNOWN):
        counts[tally.kind] += tally.n
    total = compose.count(reading.at, wanted, Order.KNOWN) if chosen else counts.total()
    page = Paginator(range(total), PER_PAGE).get_page(params.get("page"))
    start = page.start_index() - 1 if total else 0
    context = {
        "page": page,
        "count": total,
        "all": counts.total(),
        "texts_count": counts["publications"],
        "chosen": KINDS.get(chosen, ""),
        "entries": compose.window(reading.at, wanted, Order.KNOWN, start, PER_PAGE),
        "kinds": _kinds(params, counts, chosen),
    }
    return context if chosen or page.number > 1 else {**context, **_at_a_glance(reading, span, came)}


def _kinds(params: QueryDict, counts: Mapping[str, int], chosen: str) -> list[Kind]:
    each = [
        Kind(label, counts[kind], with_only(params, "kind", kind), kind == chosen)
        for kind, label in KINDS.items()
        if counts[kind] or kind == chosen
    ]
    return [Kind("Everything", sum(counts.values()), with_only(params, "kind", ""), not chosen), *each]


def _at_a_glance(reading: Reading, span: Span, came: Wanted) -> dict[str, Any]:
    """The two states of the record, the questions that changed, the texts that appeared, and who spoke first."""
    after = standings(reading)
    before = {key: Knowledge(status) for key, status in _statuses(span.since)}
    changed = [
        Changed(before.get(standing.question.pk), standing)
        for standing in after
        if before.get(standing.question.pk) != standing.current.knowledge
    ]
    findings = list(HomeFinding.objects.in_force(reading.at))
    most = max(len(before), len(after))
    voices = _first_voices(reading, span)
    said = replace(came, kinds=("statements", "opinions"), people=tuple(voices[:MOST_VOICES]))
    texts = replace(came, kinds=("publications",))
    return {
        "then": _state(span.since, findings, before.values(), most),
        "now": _state(span.until, findings, (each.current.knowledge for each in after), most),
        "changed": sorted(changed, key=lambda each: list(Knowledge).index(each.standing.current.knowledge)),
        "new": sum(each.before is None for each in changed),
        "voices": len(voices),
        "first_words": _first_words(compose.window(reading.at, said, Order.KNOWN, 0, PER_PAGE)) if voices else [],
        "texts": compose.window(reading.at, texts, Order.KNOWN, 0, TEXTS),
    }


def _statuses(at: datetime) -> Any:
    """(question, status) of every question that stood by a moment."""
    found = Assessment.objects.shown(at).filter(question__in=Question.objects.asked_by(at).values("pk"))
    latest = found.order_by("question", "-since_earliest", "-pk").distinct("question")
    return latest.values_list("question", "knowledge")


def _state(at: datetime, findings: list[HomeFinding], statuses: Iterable[str], most: int) -> State:
    counts = Counter(statuses)
    shares, x = [], 0.0
    for status in Knowledge:
        width = round(100 * counts[status] / most, 2) if most else 0
        shares.append(Share(status, counts[status], round(x, 2), width))
        x += width
    finding = spans.in_force(findings, at)
    return State(at, finding, spans.cited_by(finding, at) if finding else [], shares, counts.total())


def _first_voices(reading: Reading, span: Span) -> list[str]:
    """Who had said or concluded something by the second moment, and nothing by the first: slugs."""

    def spoke(at: datetime | None) -> Q:
        said = Utterance.objects.shown(at).filter(speaker=OuterRef("pk"))
        concluded = Opinion.objects.shown(at).filter(expert=OuterRef("pk"))
        return Q(Exists(said) | Exists(concluded))

    new = Agent.objects.published().filter(spoke(reading.at)).exclude(spoke(span.since))
    return list(new.order_by("name").values_list("slug", flat=True))


def _first_words(entries: Iterable[Entry]) -> list[Entry]:
    """The first entry of each who speaks, at most VOICES."""
    first: dict[str, Entry] = {}
    for entry in entries:
        first.setdefault(entry.who, entry)
    return list(first.values())[:VOICES]

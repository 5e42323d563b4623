"""Who is on the record: the list, and everything of one person or body, in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from apps.dashboard.statements import with_printings
from apps.editorial.models import public_q
from apps.editorial.refusals import unknown
from apps.opinions.models import Opinion
from apps.quotes.models import Quote, Utterance
from apps.sources.filters import Choice, in_force, one, with_only, words
from apps.sources.models import Agent, AgentQuerySet, AgentRole, First, Source, issued_by_q
from apps.sources.reading import Reading, reading_of, respond
from apps.sources.rules import AgentKind
from apps.sources.templatetags.record import country
from apps.timelines import compose, geometry
from apps.timelines.models import Event
from apps.timelines.strands import Order, Wanted
from apps.treaties.models import Treaty, TreatyAction
from apps.treaties.reads import marks_rest_on

PER_PAGE = 100
DRAWN_FROM = 4
"""A picture of fewer entries tells nothing that the list does not."""

_PEOPLE = Q(kind__in=[AgentKind.PERSON, AgentKind.GROUP])
_MEDIA_KINDS = (AgentKind.STATE_MEDIA, AgentKind.INDEPENDENT_MEDIA)
_MEDIA = Q(kind__in=_MEDIA_KINDS)
_VOICE = Q(said__gt=0) | Q(concluded__gt=0)


@dataclass(frozen=True)
class Group:
    """A part of the list; somebody may be in two, who spoke in office and concludes as an expert."""

    label: str
    members: Q


GROUPS = {
    "spoke": Group("Leaders and officials", Q(kind=AgentKind.PERSON, said__gt=0)),
    "experts": Group("Experts", Q(kind=AgentKind.PERSON, concluded__gt=0)),
    "unnamed": Group("Groups left unnamed", Q(kind=AgentKind.GROUP)),
    "bodies": Group("Bodies that spoke", ~_PEOPLE & ~_MEDIA & _VOICE),
    "media": Group("Media", _MEDIA),
    "others": Group("Others named", Q(kind=AgentKind.PERSON, said=0, concluded=0)),
}
_LISTED = _PEOPLE | _VOICE
"""Who stands on the list where no group is asked for: media that only print others are no voices of their own."""


def people(request: HttpRequest) -> HttpResponse:
    """Who is on the record at the moment, those with most to say first, by group, country and name."""
    reading = reading_of(request)
    reading.rests_on(*_naming())
    group, code, called = one(request.GET, "group"), one(request.GET, "country").upper(), words(request.GET)
    if group and group not in GROUPS:
        raise unknown("group of people", group, GROUPS)
    everybody = _counted(reading.at)
    named = everybody.filter(pk__in=Agent.objects.called(called)) if called else everybody
    wanted = GROUPS[group].members if group else _LISTED
    countries = _countries(named.filter(wanted))
    not_yet = bool(code) and code not in countries and not everybody.filter(country=code).exists()
    if not_yet and not (reading.is_past and Agent.objects.on_record(None).filter(country=code).exists()):
        known = everybody.exclude(country="").order_by("country").values_list("country", flat=True).distinct()
        raise unknown("country", code, known)
    found = named.filter(wanted, **({"country": code} if code else {}))
    page = Paginator(found.order_by("-weight", "name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    labels = [("group", GROUPS[group].label if group else ""), ("country", country(code) if code else "")]
    labels.append(("words", f"“{called}”" if called else ""))
    context = {
        "section": "people",
        "page": page,
        "words": called,
        "group": group,
        "groups": _groups(request, named.filter(country=code) if code else named, group),
        "countries": [Choice(value, country(value), n, value == code) for value, n in countries.items()],
        "filters": in_force(request.GET, labels),
        "not_yet": not_yet,
    }
    return respond(request, "dashboard/people.html", reading, context, fragment="dashboard/_people.html")


def _naming() -> list[QuerySet | First]:
    """What puts somebody on the list or counts there, of whatever moment."""
    return [
        First(Quote.objects.all(), by="utterance"),
        First(Opinion.objects.all()),
        First(Event.objects.exclude(people=None)),
        First(Treaty.objects.all()),
        First(TreatyAction.objects.exclude(participant=None)),
        First(Source.objects.filter(publisher__kind__in=_MEDIA_KINDS), by="publisher"),
        AgentRole.objects.all(),
    ]


def _counted(at: datetime | None) -> AgentQuerySet:
    """Everybody on record with what they `said`, `concluded` and `published`, and the `weight` of it in the list."""
    found = Agent.objects.on_record(at).annotate(
        said=_number(Utterance.objects.shown(at), "speaker"),
        concluded=_number(Opinion.objects.shown(at), "expert"),
        published=_number(Source.objects.issued_by(at), "publisher"),
    )
    counted: AgentQuerySet = found.annotate(weight=Coalesce("said", 0) + Coalesce("concluded", 0))
    return counted


def _number(records: QuerySet, relation: str) -> Any:
    own = records.filter(**{relation: OuterRef("pk")}).order_by().values(relation).annotate(n=Count("pk"))
    return Coalesce(Subquery(own.values("n"), output_field=IntegerField()), 0)


def _countries(found: QuerySet) -> dict[str, int]:
    rows = found.exclude(country="").order_by().values("country").annotate(n=Count("pk")).order_by("-n", "country")
    return {row["country"]: row["n"] for row in rows}


def _groups(request: HttpRequest, found: QuerySet, chosen: str) -> list[tuple[Choice, str]]:
    """The groups with their numbers, and the address of each."""
    counts: Mapping[str, int] = found.aggregate(
        **{name: Count("pk", filter=group.members) for name, group in GROUPS.items()},
        listed=Count("pk", filter=_LISTED),
    )
    choices = [Choice("", "Everybody who said or did something", counts["listed"], not chosen)]
    choices += [Choice(name, group.label, counts[name], name == chosen) for name, group in GROUPS.items()]
    return [(each, with_only(request.GET, "group", each.value)) for each in choices if each.n or each.chosen]


def person(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that a person or body said, concluded, signed or took part in, as of the moment, in order.

    Where nothing of theirs was on the record there is no page.
    """
    reading = reading_of(request)
    roles = (
        AgentRole.objects.filter(issued_by_q(reading.at, "source__"))
        .select_related("source__publisher", "source__reported_via__publisher")
        .order_by("since_earliest", "pk")
    )
    agents = Agent.objects.on_record(reading.at).prefetch_related(
        "names", Prefetch("roles", queryset=roles, to_attr="public_roles")
    )
    agent = get_object_or_404(agents, slug=slug)
    reading.rests_on(
        Quote.objects.filter(utterance__speaker=agent),
        agent.opinions.all(),
        agent.treaties.all(),
        agent.events.all(),
        agent.treaty_acts.all(),
        AgentRole.objects.filter(agent=agent),
        agent.published_sources.all(),
        marks_rest_on(
            events__people=agent,
            act__events__people=agent,
            act__participant=agent,
            act_notes__participant=agent,
            utterances__speaker=agent,
            opinions__expert=agent,
        ),
    )
    said = with_printings(Utterance.objects.readable(reading.at).filter(speaker=agent).order_by("said_earliest", "pk"))
    context = {
        "section": "people",
        "agent": agent,
        "statements": said,
        "opinions": Opinion.objects.readable(reading.at)
        .filter(expert=agent)
        .select_related("position__question")
        .order_by("stated_earliest", "pk"),
        "treaties": Treaty.objects.readable(reading.at).filter(parties=agent).order_by("slug"),
        "events": Event.objects.readable(reading.at)
        .filter(people=agent)
        .order_by("happened_earliest", "position", "pk"),
        "acts": TreatyAction.objects.readable(reading.at)
        .filter(participant=agent)
        .select_related("treaty")
        .order_by("happened_earliest", "pk"),
        "published_count": Source.objects.issued_by(reading.at).filter(publisher=agent).count(),
        **_on_the_timeline(agent, reading),
        "beside": _beside(agent, reading) if said else None,
    }
    return respond(request, "dashboard/person.html", reading, context)


def _on_the_timeline(agent: Agent, reading: Reading) -> dict[str, Any]:
    """How many entries of the timeline are theirs, where these stand, and their picture where there are several."""
    tallies = compose.tally(reading.at, Wanted(people=(agent.slug,)), Order.HAPPENED)
    n = sum(tally.n for tally in tallies)
    query = f"person={agent.slug}" + (f"&as_of={reading.query}" if reading.query else "")
    hours = [tally.hour for tally in tallies if tally.hour]
    if n < DRAWN_FROM or not hours:
        return {"entries": n, "timeline_query": query}
    begin = hours[0].replace(month=1, day=1, hour=0)
    drawn = geometry.draw(tallies, begin=begin, end=reading.day, query=query)
    bins = tuple(replace(each, address=f"/timeline/{each.address}") for each in drawn.bins)
    return {"entries": n, "timeline_query": query, "picture": replace(drawn, bins=bins)}


def _beside(agent: Agent, reading: Reading) -> Agent | None:
    """Who else spoke most on what they spoke of, to stand beside them in their own words; None where nobody did."""
    shown = Utterance.objects.shown(reading.at)
    themes = shown.filter(public_q("themes__"), speaker=agent).values("themes")
    shared = shown.filter(themes__in=themes).exclude(speaker=agent)
    others = shared.order_by().values("speaker").annotate(n=Count("pk", distinct=True)).order_by("-n", "speaker")
    return Agent.objects.published().filter(pk__in=others.values("speaker")[:1]).first()

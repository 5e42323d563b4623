"""Which body an expert spoke from, as far as the record says; with it, of what kind the institution was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from apps.editorial.models import public_q
from apps.opinions.models import Opinion
from apps.sources.models import Agent, AgentName, AgentRole, issued_by_q
from apps.sources.rules import AgentKind

_NO_BODIES = (AgentKind.PERSON, AgentKind.GROUP)


def give_institutions(opinions: Sequence[Opinion], at: datetime | None) -> None:
    """Give each opinion its `institution`: a body on record, or None where the record names none. Three queries.

    That is the expert, where a body speaks for itself; the body of a role with the title of the affiliation; the body
    that the affiliation names; or the body of the roles known by `at` (UTC) that the expert held on the day.
    """
    roles = _roles(opinions, at)
    named = _named({name for opinion in opinions for name in _names(opinion.affiliation_at_time)})
    for opinion in opinions:
        held = [role for role in roles if role.agent_id == opinion.expert_id]
        opinion.institution = _institution(opinion, held, named)


def kind_of(opinion: Opinion) -> str:
    """The kind of the institution as a filter names it: “think_tank”; "" where it is not on record."""
    return opinion.institution.kind.lower() if opinion.institution else ""


def _institution(opinion: Opinion, held: Sequence[AgentRole], named: dict[str, Agent]) -> Agent | None:
    if opinion.expert.kind not in _NO_BODIES:
        return opinion.expert
    title = opinion.affiliation_at_time.casefold()
    titled = (role.body for role in held if role.title.casefold() == title)
    spelt = (named[name] for name in _names(opinion.affiliation_at_time) if name in named)
    bodies = [role.body for role in held if _covers(role, opinion)]
    then = bodies[0] if len({body.kind for body in bodies}) == 1 else None
    return next(titled, None) or next(spelt, None) or then


def _covers(role: AgentRole, opinion: Opinion) -> bool:
    begun = role.since_earliest is None or role.since_earliest <= opinion.stated_latest
    return begun and (role.until_latest is None or role.until_latest >= opinion.stated_earliest)


def roles_behind(opinions: QuerySet[Opinion]) -> QuerySet[AgentRole]:
    """The roles, of whatever moment, that may tell of the institutions of opinions."""
    return AgentRole.objects.filter(public_q("body__"), agent__in=opinions.values("expert"))


def _roles(opinions: Iterable[Opinion], at: datetime | None) -> list[AgentRole]:
    known = AgentRole.objects.filter(issued_by_q(at, "source__"), public_q("body__"))
    experts = {opinion.expert_id for opinion in opinions}
    return list(known.filter(agent__in=experts).select_related("body").order_by("since_earliest", "pk"))


def _names(affiliation: str) -> list[str]:
    """What of an affiliation may be the name of a body, the longest first: all of it, or its beginning."""
    first = affiliation.partition("; ")[0]
    parts = (affiliation, first, first.partition(" (")[0], first.partition(", ")[0])
    return list(dict.fromkeys(part for part in parts if part))


def _named(names: set[str]) -> dict[str, Agent]:
    bodies = Agent.objects.published().exclude(kind__in=_NO_BODIES)
    found = {}
    for spelling in AgentName.objects.filter(name__in=names, agent__in=bodies.values("pk")).select_related("agent"):
        found[spelling.name] = spelling.agent
    for body in bodies.filter(Q(name__in=names) | Q(short_name__in=names)):
        found |= {body.short_name: body, body.name: body}
    return found

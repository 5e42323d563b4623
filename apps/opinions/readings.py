"""What the opinions on a question come to: who spoke twice, who takes which position, who is chosen to be seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from apps.editorial.refusals import unknown
from apps.opinions.institutions import kind_of
from apps.sources.filters import Choice, Filter, with_only, without
from apps.sources.rules import AgentKind
from apps.sources.templatetags.record import country

UNKNOWN = "unknown"
"""What a filter calls what the record does not say."""


@dataclass(frozen=True)
class Pair:
    """Two opinions of one expert on one question, one after the other.

    `ordered` says whether the dates show which came first, `changed` whether the positions differ.
    """

    earlier: Any
    later: Any

    @property
    def ordered(self) -> bool:
        return bool(self.earlier.stated_latest <= self.later.stated_earliest)

    @property
    def changed(self) -> bool:
        return bool(self.earlier.position_id != self.later.position_id)


def pairs(opinions: Iterable[Any]) -> list[Pair]:
    """Each opinion of an expert who had spoken on the same question before, with the one before it."""
    last: dict[tuple[int, int], Any] = {}
    found = []
    for opinion in sorted(opinions, key=lambda each: (each.stated_earliest, each.stated_latest, each.pk)):
        spoke = (opinion.expert_id, opinion.position.question_id)
        if spoke in last:
            found.append(Pair(last[spoke], opinion))
        last[spoke] = opinion
    return found


@dataclass(frozen=True)
class Minds:
    """Of those who spoke more than once: who changed position, who kept it, and of whom the dates do not show it."""

    changed: list[Pair]
    kept: list[Pair]
    unclear: list[Pair]


def minds(found: Sequence[Pair]) -> Minds:
    """What pairs of opinions show of their experts."""
    return Minds(
        changed=[pair for pair in found if pair.changed and pair.ordered],
        kept=[pair for pair in found if not pair.changed],
        unclear=[pair for pair in found if pair.changed and not pair.ordered],
    )


@dataclass(frozen=True)
class Camp:
    """A position and the opinions that take it."""

    position: Any
    opinions: list[Any]


def camps(positions: Sequence[Any], opinions: Sequence[Any]) -> list[Camp]:
    """Who takes which position, in the order of the positions, those that nobody takes included."""
    return [Camp(each, [o for o in opinions if o.position_id == each.pk]) for each in positions]


@dataclass(frozen=True)
class Narrowed:
    """The opinions that an address asks for, the filters in force, and the choices there are, by parameter."""

    opinions: list[Any]
    filters: list[Filter]
    choices: dict[str, list[Choice]]


def _country(code: str) -> str:
    return "not on record" if code == UNKNOWN else country(code)


def _kind(value: str) -> str:
    return "not on record" if value == UNKNOWN else str(AgentKind(value.upper()).label)


_READ: dict[str, tuple[str, Callable[[Any], str], Callable[[str], str]]] = {
    "country": ("country", lambda opinion: opinion.country or UNKNOWN, _country),
    "kind": ("kind of institution", lambda opinion: kind_of(opinion) or UNKNOWN, _kind),
}
"""Each parameter: what it is called, what it reads of an opinion, and how a value reads."""


def narrowed(params: QueryDict, opinions: Sequence[Any], *, past: bool) -> Narrowed:
    """The opinions from the country and the kind of institution that the address asks for.

    Raises Refused for a value that none of them has; in the past only for one that nothing ever could have, because a
    link to today's page may be read as of a day on which nobody of that country had spoken.
    """
    asked = {name: params.get(name, "").strip() for name in _READ}
    for name, value in asked.items():
        what, read, _ = _READ[name]
        there = sorted({read(opinion) for opinion in opinions})
        if value and value not in there and not (past and _can_be(name, value)):
            raise unknown(what, value, there)

    def fits(opinion: Any, leaving: str = "") -> bool:
        return all(not value or name == leaving or _READ[name][1](opinion) == value for name, value in asked.items())

    choices = {}
    for name, (_, read, label) in _READ.items():
        counts = Counter(read(opinion) for opinion in opinions if fits(opinion, leaving=name))
        values = sorted(counts, key=lambda value: (value == UNKNOWN, -counts[value], label(value)))
        choices[name] = [
            Choice(value, label(value), counts[value], value == asked[name], with_only(params, name, value))
            for value in values
        ]
    return Narrowed(
        opinions=[opinion for opinion in opinions if fits(opinion)],
        filters=[Filter(_READ[name][2](value), without(params, name)) for name, value in asked.items() if value],
        choices=choices,
    )


def _can_be(name: str, value: str) -> bool:
    if name == "kind":
        return value == UNKNOWN or value.upper() in AgentKind.values
    return value == UNKNOWN or country(value) != value

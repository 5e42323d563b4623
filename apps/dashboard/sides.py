"""In their own words: two speakers, or everybody on record from two countries, beside each other in order of time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict

from apps.dashboard.statements import Statement, filters, offered, with_printings
from apps.editorial.refusals import Refused, listed
from apps.quotes.asked import Asked, Counted, choices, statements
from apps.quotes.models import Quote, Utterance
from apps.sources.filters import Choice, not_yet, without
from apps.sources.models import Agent, First
from apps.sources.reading import Reading, respond
from apps.sources.templatetags.record import country
from apps.treaties.reads import marks_rest_on

PER_PAGE = 30
"""How many statements of each side a page holds."""
NAMED = 12
"""So many of those who spoke are named where a side did not."""

NOT_YET = not_yet("Speaker")


@dataclass(frozen=True)
class Side:
    """A speaker or a country, how many of its statements fit, and those of the page, the oldest first.

    A speaker whom only the later record knows is `not_yet` there: without a name, a page and statements.
    """

    value: str
    name: str
    is_country: bool
    n: int = 0
    statements: tuple[Statement, ...] = ()
    not_yet: bool = False

    @property
    def own(self) -> Q:
        """That a statement is of this side."""
        return Q(speaker__country=self.value) if self.is_country else Q(speaker__slug=self.value)


def named(params: QueryDict) -> tuple[str, ...]:
    """The sides that an address names. Raises Refused where they are more than two, or the same twice."""
    given = (value.replace("\x00", "").strip() for value in params.getlist("side"))
    values = [value.upper() if re.fullmatch("[A-Za-z]{2}", value) else value for value in given if value]
    if len(values) > 2:
        raise Refused("Two sides stand beside each other; this address names more.")
    if len(set(values)) < len(values):
        raise Refused("Both sides are the same; name two different ones.")
    if values and any(params.get(name, "").strip() for name in ("speaker", "country")):
        raise Refused("Sides already say whose words are asked for; leave “speaker” and “country” out.")
    return tuple(values)


def page(request: HttpRequest, reading: Reading, what: Asked, values: Sequence[str]) -> HttpResponse:
    """The sides beside each other; one that said nothing stands there empty, with those who did speak."""
    spoke = choices(reading.at, what.wanted)
    sides = _sides(values, reading.at, spoke["speaker"])
    of_any = sides[0].own | sides[-1].own
    reading.rests_on(
        Quote.objects.filter(utterance__in=Utterance.objects.filter(of_any)),
        marks_rest_on(utterances__in=Utterance.objects.filter(of_any)),
        # The statements of all others are counted beside what may be chosen.
        First(Quote.objects.all(), by="utterance"),
    )
    found = statements(reading.at, what.wanted)
    sides = [replace(side, n=found.filter(side.own).count()) for side in sides]
    paged = Paginator(range(max(side.n for side in sides)), PER_PAGE).get_page(request.GET.get("page"))
    first = (paged.number - 1) * PER_PAGE
    own = Utterance.objects.readable(reading.at).filter(pk__in=found.values("pk")).order_by("said_earliest", "pk")
    shown = [
        replace(side, statements=tuple(with_printings(own.filter(side.own)[first : first + PER_PAGE])))
        for side in sides
    ]
    context = {
        "section": "quotes",
        "sides": shown,
        "page": paged,
        "topic": what.names.get("topic", ""),
        "filters": filters(request.GET, what),
        "choices": offered(spoke, what.wanted),
        "options": _options(spoke, sides),
        "since": request.GET.get("from", "").strip(),
        "until": request.GET.get("to", "").strip(),
        "words": what.wanted.words,
        "spoke": spoke["speaker"][:NAMED] if not all(side.n for side in sides) else [],
        "without_sides": without(request.GET, "side"),
        "total": sum(side.n for side in sides),
    }
    return respond(request, "quotes/sides.html", reading, context, fragment="quotes/_sides.html")


def _sides(values: Sequence[str], at: datetime | None, spoke: Sequence[Counted]) -> list[Side]:
    people = dict(Agent.objects.on_record(at).filter(slug__in=values).values_list("slug", "name"))
    missing = [value for value in values if value not in people] if at else []
    later = set(Agent.objects.on_record(None).filter(slug__in=missing).values_list("slug", flat=True))
    found = []
    for value in values:
        is_country = value not in people and len(value) == 2 and country(value) != value
        unheard = not is_country and value not in people
        if unheard and value not in later:
            raise _no_side(value, spoke)
        name = country(value) if is_country else people.get(value, NOT_YET)
        found.append(Side(value, name, is_country, not_yet=unheard))
    return found


def _no_side(value: str, spoke: Sequence[Counted]) -> Refused:
    shown = "".join(letter for letter in value[:40] if letter.isprintable())
    who = listed([each.value for each in spoke[:NAMED]]) if spoke else "nobody yet"
    return Refused(
        f"There is no side “{shown}” here. A side is a speaker or the code of a country, such as RU or KP. "
        f"Who spoke: {who}. All stand at /people/."
    )


def _options(spoke: Mapping[str, Sequence[Counted]], sides: Sequence[Side]) -> list[dict[str, list[Choice]]]:
    """For each of two sides the countries and speakers to choose from; the one chosen stays among them."""
    return [_groups(spoke, sides[number] if number < len(sides) else None) for number in range(2)]


def _groups(spoke: Mapping[str, Sequence[Counted]], side: Side | None) -> dict[str, list[Choice]]:
    rows = {
        "Countries": [(each.value, country(each.label), each.n) for each in spoke["country"]],
        "Speakers": [(each.value, each.label, each.n) for each in spoke["speaker"]],
    }
    if side and side.value not in [value for group in rows.values() for value, _, _ in group]:
        rows["Countries" if side.is_country else "Speakers"].append((side.value, side.name, 0))
    chosen = side.value if side else ""
    return {name: [Choice(*row, chosen=row[0] == chosen) for row in group] for name, group in rows.items()}

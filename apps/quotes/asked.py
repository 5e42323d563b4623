"""What an address asks of the statements on record, and what there is to choose from at a moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.http import QueryDict

from apps.editorial.models import public_q
from apps.editorial.refusals import Refused, unknown
from apps.quotes.models import Quote, Utterance, UtteranceQuerySet
from apps.sources.filters import in_period, not_yet, one, period, words
from apps.sources.models import Agent

Moment = datetime | None

CHOSEN = ("speaker", "topic", "country", "language", "place")
"""The parameters of which each value is one that statements have; a topic is a theme's slug."""


@dataclass(frozen=True)
class Wanted:
    """What is asked of the statements; empty values ask for everything."""

    speaker: str = ""
    topic: str = ""
    country: str = ""
    language: str = ""
    place: str = ""
    since: datetime | None = None
    until: datetime | None = None
    words: str = ""


@dataclass(frozen=True)
class Asked:
    """What an address asks for, and how its speaker and topic are called.

    `not_yet` says that it asks for something that only the later record knows: then no statement fits.
    """

    wanted: Wanted
    names: Mapping[str, str]
    not_yet: bool = False


@dataclass(frozen=True)
class Counted:
    """One value that statements have: how it stands in an address, how it is called, and how many have it."""

    value: str
    label: str
    n: int


def asked(params: QueryDict, at: Moment) -> Asked:
    """What the address asks for as of `at`; one query, and that only where it names something, one more for the later.

    Raises Refused where no statement of the whole record has the value asked for, or where a date cannot be read.
    """
    given = {name: one(params, name) for name in CHOSEN}
    # Its name until topics of the treaties and of statements were called alike.
    given["topic"] = one(params, "topic", "theme")
    given["country"] = given["country"].upper()
    since, until = period(params)
    chosen = {name: value for name, value in given.items() if value}
    names = _names(chosen, at)
    later = _later({name: value for name, value in chosen.items() if name not in names}, at)
    return Asked(Wanted(**given, since=since, until=until, words=words(params)), {**names, **later}, bool(later))


def statements(at: Moment, wanted: Wanted) -> UtteranceQuerySet:
    """The statements readable as of `at` that fit; only printings of then count, or later ones would be found by."""
    found = Utterance.objects.shown(at)
    if wanted.speaker:
        found = found.filter(public_q("speaker__"), speaker__slug=wanted.speaker)
    if wanted.topic:
        found = found.filter(public_q("themes__"), themes__slug=wanted.topic)
    if wanted.country:
        found = found.filter(public_q("speaker__"), speaker__country=wanted.country)
    printed = Quote.objects.shown(at).filter(utterance=OuterRef("pk"))
    if wanted.language:
        found = found.filter(Exists(printed.filter(language=wanted.language)))
    if wanted.place:
        found = found.filter(place=wanted.place)
    if wanted.words:
        worded = printed.filter(Q(words__icontains=wanted.words) | Q(original__icontains=wanted.words))
        called = Agent.objects.called(wanted.words).published()
        found = found.filter(Exists(worded) | Q(speaker__in=called) | Q(occasion__icontains=wanted.words))
    return found.filter(in_period("said", wanted.since, wanted.until))


def choices(at: Moment, wanted: Wanted) -> dict[str, list[Counted]]:
    """The values of each of CHOSEN, counted as if it alone were not asked for; the most frequent first. One query."""
    first, *others = (_counted(name, at, _without(wanted, name)) for name in CHOSEN)
    found: dict[str, list[Counted]] = {name: [] for name in CHOSEN}
    for name, value, label, n in first.union(*others, all=True):
        found[name].append(Counted(value, label, n))
    return {name: sorted(values, key=lambda each: (-each.n, each.label)) for name, values in found.items()}


def _without(wanted: Wanted, name: str) -> Wanted:
    empty: Any = {name: ""}
    return replace(wanted, **empty)


def _counted(name: str, at: Moment, wanted: Wanted) -> QuerySet:
    """(name, value, label, how many statements) of every value of `name`."""
    rows = statements(at, wanted)
    if name == "language":
        printed = Quote.objects.shown(at).filter(utterance__in=rows)
        return _grouped(printed, name, "language", "language", "utterance")
    if name in ("speaker", "country"):
        rows = rows.filter(public_q("speaker__"))
    if name == "topic":
        rows = Utterance.objects.filter(public_q("themes__"), pk__in=rows.values("pk"))
    value, label = {
        "speaker": ("speaker__slug", "speaker__name"),
        "topic": ("themes__slug", "themes__title"),
        "country": ("speaker__country", "speaker__country"),
        "place": ("place", "place"),
    }[name]
    return _grouped(rows, name, value, label, "pk")


def _grouped(rows: QuerySet, name: str, value: str, label: str, counted: str) -> QuerySet:
    text = TextField()
    return (
        (rows.exclude(**{value: ""}) if name in ("country", "place") else rows)
        .order_by()
        .annotate(c_name=Value(name, text), c_value=Cast(F(value), text), c_label=Cast(F(label), text))
        .values("c_name", "c_value", "c_label")
        .annotate(c_n=Count(counted, distinct=True))
        .values_list("c_name", "c_value", "c_label", "c_n")
    )


def _names(given: Mapping[str, str], at: Moment) -> dict[str, str]:
    if not given:
        return {}
    first, *others = (_counted(name, at, Wanted()).filter(c_value=value) for name, value in given.items())
    return {name: label for name, _, label, _ in (first.union(*others, all=True) if others else first)}


_LATER = {"speaker": not_yet("Speaker"), "topic": not_yet("Topic")}


def _later(missing: Mapping[str, str], at: Moment) -> dict[str, str]:
    """How values that only the later record knows read. Raises Refused for one that no moment knows."""
    known = _names(missing, None) if at else {}
    for name, value in missing.items():
        if name not in known:
            raise _nobody(value) if name == "speaker" else unknown(name, value, _values(name, at))
    return {name: _LATER.get(name, value) for name, value in missing.items()}


def _nobody(slug: str) -> Refused:
    shown = "".join(letter for letter in slug[:40] if letter.isprintable())
    return Refused(f"No statement of anybody called “{shown}” is here. Those who spoke stand at /people/?group=spoke.")


def _values(name: str, at: Moment) -> list[str]:
    return [value for _, value, _, _ in _counted(name, at, Wanted()).order_by("c_value")]

"""What an address asks of the sources on record, and what there is to choose from at a moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Lower
from django.http import QueryDict

from apps.editorial.models import public_q
from apps.editorial.refusals import Refused, unknown
from apps.sources.filters import Choice, in_period, not_yet, one, period, words
from apps.sources.models import Source, SourceQuerySet
from apps.sources.rules import AgentKind, SourceType
from apps.sources.templatetags.record import country, language

COLUMNS = {
    "publisher": "publisher__slug",
    "kind": "publisher__kind",
    "country": "publisher__country",
    "language": "language",
    "type": "type",
}
"""The parameters of which each value is one that sources have; `kind` is the publisher's, `type` the item's own."""
KINDS = {kind.value.lower(): str(kind.label) for kind in AgentKind}
TYPES = {each.value: str(each.label) for each in SourceType}
MOST_PUBLISHERS = 60


@dataclass(frozen=True)
class Wanted:
    """What is asked of the sources; empty values ask for everything."""

    publisher: str = ""
    kind: str = ""
    country: str = ""
    language: str = ""
    type: str = ""
    since: datetime | None = None
    until: datetime | None = None
    words: str = ""


@dataclass(frozen=True)
class Asked:
    """What an address asks for, and how each of the COLUMNS asked for is called.

    `not_yet` says that it asks for something that only the later record knows: then no source fits.
    """

    wanted: Wanted
    names: Mapping[str, str]
    not_yet: bool = False


def asked(params: QueryDict, at: datetime | None) -> Asked:
    """What the address asks for as of `at`; one query, and that only where it names something, one more for the later.

    Raises Refused where no source of the whole record has the value asked for, or where a date cannot be read.
    """
    given = {name: one(params, name) for name in COLUMNS}
    given["kind"], given["country"] = given["kind"].lower(), given["country"].upper()
    since, until = period(params)
    chosen = {name: value for name, value in given.items() if value}
    names = _names(chosen, at)
    later = _later({name: value for name, value in chosen.items() if name not in names}, at)
    return Asked(Wanted(**given, since=since, until=until, words=words(params)), {**names, **later}, bool(later))


def sources(at: datetime | None, wanted: Wanted) -> SourceQuerySet:
    """The sources issued by `at` that fit."""
    found = Source.objects.issued_by(at)
    for name, column in COLUMNS.items():
        if value := getattr(wanted, name):
            found = found.filter(**{column: value.upper() if name == "kind" else value})
    if wanted.words:
        found = found.filter(
            Q(title__icontains=wanted.words)
            | Q(publisher__name__icontains=wanted.words)
            | Q(byline__icontains=wanted.words)
        )
    return found.filter(in_period("issued", wanted.since, wanted.until))


def choices(at: datetime | None, wanted: Wanted) -> dict[str, list[Choice]]:
    """The values of each of COLUMNS, counted as if it alone were not asked for; the most frequent first. One query.

    Of publishers only those with most sources, and the one asked for.
    """
    first, *others = (_counted(name, at, _without(wanted, name)) for name in COLUMNS)
    found: dict[str, list[Choice]] = {name: [] for name in COLUMNS}
    for name, value, label, n in first.union(*others, all=True):
        found[name].append(Choice(value, in_words(name, label), n, value == getattr(wanted, name)))
    found = {name: sorted(values, key=lambda each: (-each.n, each.label)) for name, values in found.items()}
    publishers = found["publisher"]
    found["publisher"] = publishers[:MOST_PUBLISHERS] + [each for each in publishers[MOST_PUBLISHERS:] if each.chosen]
    return found


def in_words(name: str, value: str) -> str:
    """How a value of one of COLUMNS reads."""
    readers: dict[str, Any] = {"country": country, "language": language, "kind": KINDS.get, "type": TYPES.get}
    return readers.get(name, str)(value) or value


def _without(wanted: Wanted, name: str) -> Wanted:
    empty: Any = {name: ""}
    return replace(wanted, **empty)


def _counted(name: str, at: datetime | None, wanted: Wanted) -> QuerySet:
    """(name, value, label, how many sources) of every value of `name`."""
    text, column = TextField(), COLUMNS[name]
    value: Any = Lower(Cast(F(column), text)) if name == "kind" else Cast(F(column), text)
    label = Cast(F("publisher__name"), text) if name == "publisher" else value
    return (
        sources(at, wanted)
        .filter(public_q("publisher__"), ~Q(**{column: ""}))
        .order_by()
        .annotate(c_name=Value(name, text), c_value=value, c_label=label)
        .values("c_name", "c_value", "c_label")
        .annotate(c_n=Count("pk"))
        .values_list("c_name", "c_value", "c_label", "c_n")
    )


def _names(given: Mapping[str, str], at: datetime | None) -> dict[str, str]:
    if not given:
        return {}
    first, *others = (_counted(name, at, Wanted()).filter(c_value=value) for name, value in given.items())
    rows = first.union(*others, all=True) if others else first
    return {name: in_words(name, label) for name, _, label, _ in rows}


def _later(missing: Mapping[str, str], at: datetime | None) -> dict[str, str]:
    """How values that only the later record knows read. Raises Refused for one that no moment knows."""
    known = _names(missing, None) if at else {}
    for name, value in missing.items():
        if name not in known:
            raise _no_publisher(value) if name == "publisher" else unknown(_WHAT[name], value, _values(name, at))
    return {
        name: not_yet("Publisher") if name == "publisher" else in_words(name, value) for name, value in missing.items()
    }


_WHAT = {"kind": "kind of publisher", "country": "country", "language": "language", "type": "type of source"}


def _no_publisher(slug: str) -> Refused:
    shown = "".join(letter for letter in slug[:40] if letter.isprintable())
    return Refused(f"No source of a publisher “{shown}” is here. The publishers stand at /sources/balance/.")


def _values(name: str, at: datetime | None) -> list[str]:
    return [value for _, value, _, _ in _counted(name, at, Wanted()).order_by("c_value")]

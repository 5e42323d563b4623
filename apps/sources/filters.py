"""Filters that an address carries: how each reads, and the address without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import QueryDict

from apps.editorial import dates
from apps.editorial.refusals import Refused

LONGEST_WORDS = 200


def not_yet(what: str) -> str:
    """How a filter reads whose value only the later record knows: without the name, which would tell of it."""
    return f"{what} not on the record yet"


@dataclass(frozen=True)
class Filter:
    """A choice that is in force: how it reads, and the address that takes it back and keeps the others."""

    label: str
    without: str


@dataclass(frozen=True)
class Choice:
    """One value of a filter: how it stands in the address, how it reads, how many records it leaves.

    Of one that is a link, `query` is the address that chooses it, or takes it back.
    """

    value: str
    label: str
    n: int
    chosen: bool = False
    query: str = ""


def one(params: QueryDict, *names: str) -> str:
    """The one value of a parameter, under any of its `names`; '' without it. Raises Refused where there are several."""
    said = (value.replace("\x00", "").strip() for name in names for value in params.getlist(name))
    values = tuple(dict.fromkeys(filter(None, said)))
    if len(values) > 1:
        raise Refused(f"An address can give “{names[0]}” once; this one gives several values.")
    return values[0] if values else ""


def words(params: QueryDict, name: str = "words") -> str:
    """The words to look for. Raises Refused where they are too long."""
    return short_enough(one(params, name))


def short_enough(words: str) -> str:
    """The same words. Raises Refused where they are too long to look for."""
    if len(words) > LONGEST_WORDS:
        raise Refused(f"Words to look for can be at most {LONGEST_WORDS} characters long.")
    return words


def period(params: QueryDict) -> tuple[datetime | None, datetime | None]:
    """The first and the last instant of the period `from` … `to`, each as precise as its EDTF date. Raises Refused."""
    try:
        start, end = one(params, "from"), one(params, "to")
    except Refused:
        raise Refused("A period has one beginning and one end; the address gives several.") from None
    since = _bounds(start)[0] if start else None
    until = _bounds(end)[1] if end else None
    if since and until and until < since:
        raise Refused(f"The period ends before it begins: from {start} to {end}.")
    return since, until


def _bounds(text: str) -> tuple[datetime, datetime]:
    try:
        return dates.bounds(text)
    except ValueError as error:
        raise Refused(str(error)) from None


def in_period(clock: str, since: datetime | None, until: datetime | None) -> Q:
    """That the EDTF date `clock` is in a period: a span if it touches it, a rough date only if all it can mean is."""
    if since is None and until is None:
        return Q()
    first, last = f"{clock}_earliest", f"{clock}_latest"
    touching, inside = between(last, first, since, until), between(first, last, since, until)
    return inside | touching & Q(**{f"{clock}__contains": "/"})


def between(after: str, before: str, since: datetime | None, until: datetime | None) -> Q:
    """That the column `after` is not before `since`, and the column `before` not after `until`."""
    late_enough = Q(**{f"{after}__gte": since}) if since else Q()
    return late_enough & Q(**{f"{before}__lte": until}) if until else late_enough


def in_force(params: QueryDict, labels: Iterable[tuple[str, str]]) -> list[Filter]:
    """The choices in force, given as (parameter, how its value reads)."""
    return [Filter(label, without(params, name)) for name, label in labels if label]


def period_in_words(params: QueryDict) -> list[tuple[str, str]]:
    """The two ends of the period as `in_force` takes them."""
    ends = (("from", "from"), ("to", "until"))
    return [(name, f"{word} {dates.display(value)}") for name, word in ends if (value := one(params, name))]


def without(params: QueryDict, name: str, value: str = "") -> str:
    """The query string without a parameter, or without one of its values; the list then begins at its first page."""
    left = params.copy()
    kept = [each for each in left.getlist(name) if value and each.strip() != value]
    left.setlist(name, kept)
    return _query(left)


def with_one(params: QueryDict, name: str, value: str) -> str:
    """The query string with one more value of a parameter; the list then begins at its first page."""
    more = params.copy()
    more.appendlist(name, value)
    return _query(more)


def with_only(params: QueryDict, name: str, value: str) -> str:
    """The query string with a parameter of just this value, or without it where the value is empty."""
    changed = params.copy()
    changed.setlist(name, [value] if value else [])
    return _query(changed)


def _query(params: QueryDict) -> str:
    for name in ("page", "go"):
        params.pop(name, None)
    return f"?{params.urlencode()}" if params else "?"

"""The filters that an address of search carries: what they ask for, and how each reads."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from babel import Locale
from django.db.models import QuerySet, TextField, Value
from django.http import QueryDict

from apps.editorial.refusals import Refused, unknown
from apps.search.find import Chosen, Found
from apps.search.parts import KINDS, Moment
from apps.sources.filters import Choice, Filter, not_yet, with_one, without
from apps.sources.models import Agent
from apps.treaties.models import Treaty

NAMES = ("kind", "language", "person", "treaty", "period")
TITLES = {"kind": "Kind", "language": "Language", "period": "When", "treaty": "Treaty", "person": "Who"}
NOT_YET = {"person": not_yet("Person or body"), "treaty": not_yet("Treaty")}
MOST_FILTERS = 20
MOST_SHOWN = 12
_LANGUAGES = Locale("en", "GB").languages
_PERIOD = re.compile(r"(?:19|20)\d\d|(?:19|20)\d0s", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """What an address asks for beside words: the filters as given, and how each value reads."""

    given: Mapping[str, tuple[str, ...]]
    names: Mapping[tuple[str, str], str]
    not_yet: bool = False
    """That only the later record knows somebody or a treaty asked for: then nothing fits."""

    @property
    def chosen(self) -> Chosen:
        given = self.given
        years = tuple(year for period in given["period"] for year in _years(period))
        return Chosen(given["kind"], given["language"], given["person"], given["treaty"], years)

    def label(self, name: str, value: str) -> str:
        if name == "kind":
            return KINDS[value].label
        if name == "language":
            return _LANGUAGES.get(value, value)
        return self.names.get((name, value), value)


@dataclass(frozen=True)
class Facet:
    """The values of one filter; what is beyond MOST_SHOWN opens on demand."""

    name: str
    title: str
    choices: Sequence[Choice]

    @property
    def first(self) -> Sequence[Choice]:
        return self.choices[:MOST_SHOWN]

    @property
    def rest(self) -> Sequence[Choice]:
        return self.choices[MOST_SHOWN:]


def asked(params: QueryDict, at: Moment) -> Asked:
    """The filters of the address as of `at`; one query, and that only where they name people or treaties, one more for
    the later record.

    Raises Refused with a sentence where a value is not one that there is.
    """
    given = {name: _values(params, name) for name in NAMES}
    if sum(map(len, given.values())) > MOST_FILTERS:
        raise Refused(f"An address can hold at most {MOST_FILTERS} filters.")
    for kind in given["kind"]:
        if kind not in KINDS:
            raise unknown("kind", kind, KINDS)
    for language in given["language"]:
        if language not in _LANGUAGES:
            raise Refused(f"“{_shown(language)}” is no code of a language. Accepted are codes such as en, ru and ko.")
    for period in given["period"]:
        if not _PERIOD.fullmatch(period):
            raise Refused(f"“{_shown(period)}” is no period. Accepted are a year (2024) or ten (1990s), from 1900 on.")
    named = [(name, value) for name in NOT_YET for value in given[name]]
    names = _names(given, at) if named else {}
    later = _later([each for each in named if each not in names], given, at)
    return Asked(given, {**names, **later}, bool(later))


def filters(params: QueryDict, what: Asked) -> list[Filter]:
    """The choices in force, each with the address that takes it back and keeps the others."""
    return [
        Filter(_read(what, name, value), without(params, name, value)) for name in NAMES for value in what.given[name]
    ]


def _read(what: Asked, name: str, value: str) -> str:
    label = what.label(name, value)
    return f"Treaty of {label}" if name == "treaty" and label != NOT_YET[name] else label


def facets(params: QueryDict, what: Asked, found: Found) -> list[Facet]:
    """The filters that would leave some results, with how many."""
    values = {name: {value: (label, n) for value, label, n in rows} for name, rows in found.facets.items()}
    values["period"] = _periods(values.pop("year", {}), what.given["period"])
    offered = []
    for name, title in TITLES.items():
        rows = values.get(name, {})
        for value in what.given[name]:
            rows.setdefault(value, (what.label(name, value), 0))
        choices = [_choice(params, what, name, value, *row) for value, row in rows.items()]
        if len(choices) > 1 or any(choice.chosen for choice in choices):
            offered.append(Facet(name, title, choices))
    return offered


def _choice(params: QueryDict, what: Asked, name: str, value: str, label: str, n: int) -> Choice:
    chosen = value in what.given[name]
    query = without(params, name, value) if chosen else with_one(params, name, value)
    return Choice(value, label or what.label(name, value), n, chosen, query)


def _periods(years: Mapping[str, tuple[str, int]], given: Sequence[str]) -> dict[str, tuple[str, int]]:
    """Decades, the latest first, each followed by its years where it is chosen or stands alone."""
    decades: dict[str, int] = {}
    for year, (_, n) in years.items():
        decade = f"{year[:3]}0s"
        decades[decade] = decades.get(decade, 0) + n
    opened = {f"{period[:3]}0s" for period in given} or (set(decades) if len(decades) == 1 else set())
    found: dict[str, tuple[str, int]] = {}
    for decade in sorted(decades, reverse=True):
        found[decade] = ("", decades[decade])
        if decade in opened:
            found |= {year: ("", years[year][1]) for year in sorted(years, reverse=True) if year[:3] == decade[:3]}
    return found


def _years(period: str) -> list[str]:
    return [f"{period[:3]}{digit}" for digit in range(10)] if period.endswith("s") else [period]


def _values(params: QueryDict, name: str) -> tuple[str, ...]:
    said = (value.replace("\x00", "").strip() for value in params.getlist(name))
    return tuple(dict.fromkeys(filter(None, said)))


def _shown(value: str) -> str:
    return "".join(letter for letter in value[:40] if letter.isprintable())


def _rows(at: Moment) -> dict[str, tuple[QuerySet, str]]:
    return {"person": (Agent.objects.on_record(at), "name"), "treaty": (Treaty.objects.shown(at), "slug")}


def _names(given: Mapping[str, tuple[str, ...]], at: Moment) -> dict[tuple[str, str], str]:
    parts = [
        rows.filter(slug__in=given[name])
        .order_by()
        .annotate(e_name=Value(name, TextField()))
        .values_list("e_name", "slug", column)
        for name, (rows, column) in _rows(at).items()
        if given[name]
    ]
    first, *rest = parts
    return {(name, slug): label for name, slug, label in (first.union(*rest, all=True) if rest else first)}


def _later(
    missing: Sequence[tuple[str, str]], given: Mapping[str, tuple[str, ...]], at: Moment
) -> dict[tuple[str, str], str]:
    """How values that only the later record knows read. Raises Refused for one that no moment knows."""
    known = _names(given, None) if missing and at else {}
    for name, slug in missing:
        if (name, slug) in known:
            continue
        if name == "person":
            raise Refused(f"There is no person or body “{_shown(slug)}” here. Those that there are stand at /people/.")
        raise unknown("treaty", slug, _rows(at)["treaty"][0].order_by("slug").values_list("slug", flat=True))
    return {each: NOT_YET[each[0]] for each in missing}

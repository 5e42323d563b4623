"""What an address asks of the timeline: the same reading for its pages, its widgets and its feeds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet, TextField, Value
from django.http import QueryDict

from apps.editorial.refusals import Refused, unknown
from apps.opinions.models import Question
from apps.quotes.models import Utterance
from apps.sources.filters import not_yet, period, period_in_words, short_enough
from apps.sources.models import Agent
from apps.timelines.rules import Category
from apps.timelines.strands import STRANDS, Moment, Order, Wanted
from apps.treaties.models import Topic, Treaty

MOST_PARAMETERS = 60
MOST_PEOPLE = 60
NAMES = ("kind", "category", "treaty", "person", "topic", "question", "quote", "from", "to", "words")
"""The parameters that `asked` reads; all but the last three may be repeated."""

KIND_LABELS = {strand.kind: strand.label for strand in STRANDS}
CATEGORY_LABELS = {category.value.lower(): str(category.label) for category in Category} | {"treaty": "Treaties"}
ORDERS = {Order.HAPPENED.value: "As it happened", Order.KNOWN.value: "As it became known"}
ORDERS_OF_A_SELECTION = {"": "As the editors set it", **ORDERS}


@dataclass(frozen=True)
class Named:
    """Records that a filter names by slug: the field of Wanted, the column of their name, and where they are listed."""

    field: str
    what: str
    column: str
    page: str = ""


NAMED = {
    "treaty": Named("treaties", "treaty", "slug"),
    "person": Named("people", "person or body", "name", "/people/"),
    "topic": Named("topics", "topic", "title"),
    "question": Named("questions", "question", "question", "/questions/"),
    "quote": Named("quotes", "statement", "slug", "/quotes/"),
}


@dataclass(frozen=True)
class Asked:
    """What an address asks for, with the names of the records that it names by slug: (parameter, slug) to name."""

    wanted: Wanted
    names: Mapping[tuple[str, str], str]


def asked(params: QueryDict, at: Moment) -> Asked:
    """What the address asks for as of `at`; one query, and that only where it names records, one more for the later.

    Raises Refused with a sentence where a value is not one that there is, a date cannot be read, the period ends
    before it begins, or the address holds more than MOST_PARAMETERS parameters.
    """
    if sum(len(values) for _, values in params.lists()) > MOST_PARAMETERS:
        raise Refused(f"An address can hold at most {MOST_PARAMETERS} filters.")
    given = {name: _values(params, name) for name in NAMES}
    for name, labels in (("kind", KIND_LABELS), ("category", CATEGORY_LABELS)):
        for value in given[name]:
            if value not in labels:
                raise unknown(name, value, labels)
    chosen = {name: given[name] for name in NAMED if given[name]}
    names = _named(chosen, at) if chosen else {}
    since, until = period(params)
    wanted = Wanted(
        kinds=given["kind"],
        categories=given["category"],
        treaties=given["treaty"],
        people=given["person"],
        topics=given["topic"],
        questions=given["question"],
        quotes=given["quote"],
        since=since,
        until=until,
        words=short_enough(" ".join(given["words"])),
    )
    return Asked(wanted, names)


def kept(params: QueryDict, names: Iterable[str]) -> QueryDict:
    """Those of an address's parameters that have one of these names and say something, in the order of the names."""
    taken = QueryDict(mutable=True)
    for name in names:
        if values := [value for value in params.getlist(name) if value.strip()]:
            taken.setlist(name, values)
    return taken


@dataclass(frozen=True)
class InForce:
    """A filter in force: its parameter, the value of it or '' for all of them, and how it is called."""

    name: str
    value: str
    label: str


def filters_in_force(what: Asked, params: QueryDict) -> list[InForce]:
    """The filters that the address asks for, with their names; a period as it was written there."""
    wanted = what.wanted
    found = [InForce("kind", kind, KIND_LABELS[kind]) for kind in wanted.kinds]
    found += [InForce("category", each, CATEGORY_LABELS[each]) for each in wanted.categories]
    found += [
        InForce(name, slug, what.names[name, slug])
        for name, named in NAMED.items()
        for slug in getattr(wanted, named.field)
    ]
    found += [InForce(name, "", label) for name, label in period_in_words(params)]
    return [*found, InForce("words", "", f"“{wanted.words}”")] if wanted.words else found


def most_named(counts: Mapping[str, int]) -> dict[str, str]:
    """The names of the people and bodies with most entries, by slug, most first; one query."""
    most = Counter(counts).most_common(MOST_PEOPLE)
    names = dict(Agent.objects.published().filter(slug__in=dict(most)).values_list("slug", "name"))
    return {slug: names[slug] for slug, _ in most if slug in names}


def order_asked(params: QueryDict) -> Order:
    """The order that the address asks for: as it happened unless it says otherwise. Raises Refused."""
    value = params.get("order", "").strip() or Order.HAPPENED
    if value not in ORDERS:
        raise unknown("order", value, ORDERS)
    return Order(value)


def _values(params: QueryDict, name: str) -> tuple[str, ...]:
    said = (value.replace("\x00", "").strip() for value in params.getlist(name))
    return tuple(dict.fromkeys(filter(None, said)))


def _named(chosen: Mapping[str, Iterable[str]], at: Moment) -> dict[tuple[str, str], str]:
    """The names of what is chosen; of what only the later record knows, that it is not known yet. Raises Refused."""
    found = _names(chosen, at)
    missing = [(name, slug) for name, slugs in chosen.items() for slug in slugs if (name, slug) not in found]
    later = _names(chosen, None) if missing and at else {}
    for name, slug in missing:
        if (name, slug) not in later:
            raise _not_there(name, slug, at)
        what = NAMED[name].what
        found[name, slug] = not_yet(what[0].upper() + what[1:])
    return found


def _names(chosen: Mapping[str, Iterable[str]], at: Moment) -> dict[tuple[str, str], str]:
    parts = [
        _rows(name, at)
        .filter(slug__in=slugs)
        .annotate(e_name=Value(name, TextField()))
        .values_list("e_name", "slug", NAMED[name].column)
        for name, slugs in chosen.items()
    ]
    first, *rest = parts
    return {(name, slug): called for name, slug, called in (first.union(*rest, all=True) if rest else first)}


def _rows(name: str, at: Moment) -> QuerySet:
    return {
        "treaty": lambda: Treaty.objects.shown(at),
        "person": lambda: Agent.objects.on_record(at),
        "topic": lambda: Topic.objects.on_record(at),
        "question": lambda: Question.objects.asked_by(at),
        "quote": lambda: Utterance.objects.shown(at),
    }[name]().order_by()


def _not_there(name: str, slug: str, at: Moment) -> Refused:
    named = NAMED[name]
    if named.page:
        shown = "".join(letter for letter in slug[:40] if letter.isprintable())
        return Refused(f"There is no {named.what} “{shown}” here. Those that there are stand at {named.page}.")
    return unknown(named.what, slug, _rows(name, at).order_by("slug").values_list("slug", flat=True))

"""The choices beside the timeline: those in force, one by one, and what each of the others would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.http import QueryDict

from apps.editorial.refusals import Refused, listed
from apps.sources.filters import Choice, Filter, with_one, with_only, without
from apps.timelines import compose, lanes
from apps.timelines.asked import (
    CATEGORY_LABELS,
    KIND_LABELS,
    NAMED,
    ORDERS,
    ORDERS_OF_A_SELECTION,
    Asked,
    InForce,
    filters_in_force,
    most_named,
)
from apps.timelines.compose import Tally
from apps.timelines.strands import Moment, Order, Wanted
from apps.treaties.models import Topic, Treaty


def fit_for_lanes(wanted: Wanted, way: str, at: Moment) -> Wanted:
    """What of it can stand in lanes of `way`: what somebody says, or what concerns a treaty. Raises Refused."""
    if way == lanes.VOICES:
        spoken = tuple(kind for kind in lanes.SPOKEN if not wanted.kinds or kind in wanted.kinds)
        if not spoken:
            raise Refused(f"Lanes of voices hold {listed(KIND_LABELS[kind].lower() for kind in lanes.SPOKEN)} only.")
        return replace(wanted, kinds=spoken)
    if way == lanes.TREATIES and not wanted.treaties:
        shown = Treaty.objects.shown(at).order_by("slug")
        return replace(wanted, treaties=tuple(shown.values_list("slug", flat=True)))
    return wanted


def ways(params: QueryDict, way: str) -> list[Choice]:
    """The ways of setting entries beside each other; the one in force leads back to the list."""
    return [
        Choice(each, label, 0, each == way, with_only(params, "lanes", "" if each == way else each))
        for each, label in lanes.LABELS.items()
    ]


def orders(params: QueryDict, order: Order, *, curated: bool) -> list[Choice]:
    """The orders to read the list in; a selection has its editors' too."""
    offered = ORDERS_OF_A_SELECTION if curated else ORDERS
    asked_for = "" if order is Order.CHOSEN else order
    return [
        Choice(value, label, 0, value == asked_for, with_only(params, "order", value))
        for value, label in offered.items()
    ]


def in_force(params: QueryDict, asked: Asked) -> list[Filter]:
    """The choices in force, each with the address that takes it back and keeps the others."""
    return [Filter(_called(each), without(params, each.name, each.value)) for each in filters_in_force(asked, params)]


def _called(filter: InForce) -> str:
    """The name of a filter, after the kind of thing that it names where that does not go without saying."""
    if filter.name == "person" or filter.name not in NAMED:
        return filter.label
    return f"{NAMED[filter.name].what.capitalize()}: {filter.label}"


def kinds(
    params: QueryDict, at: Moment, asked: Asked, wanted: Wanted, order: Order, way: str, counts: Sequence[Tally]
) -> dict[str, list[Choice]]:
    """The kinds, and the categories of events, each counted without its own choice and with the other's.

    `wanted` is what the list shows, in lanes of `way` or in none, and `counts` what that comes to; kinds that cannot
    stand there are not offered.
    """
    offered = lanes.SPOKEN if way == lanes.VOICES else tuple(KIND_LABELS)
    of_kind: Counter[str] = Counter()
    for tally in compose.tally(at, replace(wanted, kinds=offered), order) if asked.wanted.kinds else counts:
        of_kind[tally.kind] += tally.n
    if "acts" in offered:
        # Beside events, those that an event tells of stand as the event; alone they all stand.
        of_kind["acts"] = compose.count(at, replace(wanted, kinds=("acts",)), order)
    categories: Counter[str] = Counter()
    if "events" in offered and (not asked.wanted.kinds or "events" in asked.wanted.kinds):
        uncategorised = replace(wanted, kinds=("events",), categories=())
        for tally in compose.tally(at, uncategorised, order) if wanted.categories else counts:
            categories[tally.symbol] += tally.n if tally.kind == "events" else 0
    return {
        "kind": _choices(params, "kind", KIND_LABELS, of_kind, asked.wanted.kinds),
        "category": _choices(params, "category", CATEGORY_LABELS, categories, asked.wanted.categories),
    }


def related(params: QueryDict, at: Moment, asked: Asked, wanted: Wanted, order: Order) -> dict[str, list[Choice]]:
    """Treaties, topics and people, each counted without its own choice; of people those with most entries."""
    labels: dict[str, dict[str, str]] = {}
    others = {
        "treaty": replace(wanted, treaties=()),
        "topic": replace(wanted, topics=()),
        "person": replace(wanted, people=()),
    }
    counts = {name: compose.numbers(at, without_it, order, NAMED[name].field) for name, without_it in others.items()}
    labels["treaty"] = {slug: slug for slug in sorted(counts["treaty"])}
    labels["topic"] = dict(
        Topic.objects.published()
        .filter(slug__in=counts["topic"])
        .order_by("position", "pk")
        .values_list("slug", "title")
    )
    labels["person"] = most_named(counts["person"])
    labels["person"] |= {slug: name for (kind, slug), name in asked.names.items() if kind == "person"}
    return {
        name: _choices(params, name, labels[name], counts[name], getattr(asked.wanted, NAMED[name].field))
        for name in labels
    }


def _choices(
    params: QueryDict, name: str, labels: Mapping[str, str], counts: Mapping[str, int], chosen: Sequence[str]
) -> list[Choice]:
    return [
        Choice(
            value,
            label,
            counts.get(value, 0),
            value in chosen,
            without(params, name, value) if value in chosen else with_one(params, name, value),
        )
        for value, label in labels.items()
        if counts.get(value) or value in chosen
    ]

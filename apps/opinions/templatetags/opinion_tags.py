"""How questions, their experts and contested facts are marked wherever they stand."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse

from apps.opinions.models import ContestedFact
from apps.sources.reading import Reading
from apps.sources.rules import AgentKind

register = template.Library()

_CONTESTED = "contested about acts and events"


@dataclass(frozen=True)
class Mark:
    """What is contested: the question of fact, and the address of its values."""

    question: str
    url: str


@register.filter
def institution_kind(value: str) -> str:
    """The name of a kind of institution: “think tank”."""
    return str(AgentKind(value.upper()).label)


@register.inclusion_tag("opinions/_contested.html", takes_context=True)
def contested_mark(context: Context, kind: str, key: int) -> dict[str, Any]:
    """Marks that lead to what is contested about an act (“acts”), or in “events” that tell of it or name the fact."""
    reading = context.get("reading")
    return {"marks": _contested(reading).get((kind, key), ()) if reading else (), "reading": reading}


def _contested(reading: Reading) -> dict[tuple[str, int], list[Mark]]:
    """The marks of acts and events at the moment of the page, by (kind, key); one query a page."""
    if _CONTESTED not in reading.kept:
        marks: dict[tuple[str, int], dict[str, Mark]] = {}
        found = ContestedFact.objects.contested_by(reading.at).prefetch_related(None).order_by("slug")
        for slug, question, act, telling, naming in found.values_list(
            "slug", "question", "act", "act__events", "events"
        ):
            for about in (("acts", act), ("events", telling), ("events", naming)):
                marks.setdefault(about, {})[slug] = Mark(question, reverse("fact", args=[slug]))
        reading.kept[_CONTESTED] = {about: list(each.values()) for about, each in marks.items()}
    return reading.kept[_CONTESTED]

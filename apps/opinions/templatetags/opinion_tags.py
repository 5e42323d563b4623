"""How questions, their experts and contested facts are marked wherever they stand."""

from typing import Any

from django import template
from django.db.models import Model
from django.template.context import Context

from apps.opinions import contested
from apps.sources.rules import AgentKind

register = template.Library()


@register.filter
def institution_kind(value: str) -> str:
    """The name of a kind of institution: “think tank”."""
    return str(AgentKind(value.upper()).label)


@register.inclusion_tag("opinions/_contested.html", takes_context=True)
def contested_mark(context: Context, kind: str, key: int, told: bool = False) -> dict[str, Any]:
    """Marks that lead to what is contested about a record of a kind of `contested.PRINTING`, such as “articles”.

    With `told` they print the question of fact, for where the value may stand anywhere in a text.
    """
    reading = context.get("reading")
    return {"marks": contested.marks(reading, kind, key) if reading else (), "told": told, "reading": reading}


@register.inclusion_tag("opinions/_contested.html", takes_context=True)
def contested_name(context: Context, record: Model) -> dict[str, Any]:
    """The marks of a record of whatever kind beside its name in a list, where that prints a contested value."""
    reading, printing = context.get("reading"), contested.named(record)
    return {"marks": contested.marks(reading, *printing) if reading and printing else (), "reading": reading}

"""Statements as lists print them: with what their printings differ in, and the filters that brought them there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from apps.comparison.printings import Tongue, tongues
from apps.quotes.asked import CHOSEN, Asked, Counted, Wanted
from apps.quotes.models import Utterance
from apps.sources.filters import Choice, Filter, in_force, period_in_words
from apps.sources.templatetags.record import country, language

IN_WORDS = {"country": country, "language": language}
"""How the values of a filter read that are codes."""


@dataclass(frozen=True)
class Statement:
    """A statement with its printings by language, where it has several."""

    utterance: Utterance
    tongues: list[Tongue]


def with_printings(utterances: Iterable[Utterance]) -> list[Statement]:
    """Statements with their printings set against each other."""
    return [Statement(each, tongues(each.printings) if len(each.printings) > 1 else []) for each in utterances]


def offered(counted: Mapping[str, list[Counted]], wanted: Wanted) -> dict[str, list[Choice]]:
    """The values to choose from, in words, each with the number of statements that it leaves."""
    return {
        name: [
            Choice(each.value, IN_WORDS.get(name, str)(each.label), each.n, each.value == getattr(wanted, name))
            for each in values
        ]
        for name, values in counted.items()
    }


def filters(params: QueryDict, what: Asked) -> list[Filter]:
    """The choices in force, each with the address that takes it back and keeps the others."""
    labels = [(name, IN_WORDS.get(name, str)(what.names[name])) for name in CHOSEN if name in what.names]
    labels = [("theme" if name == "topic" and "theme" in params else name, label) for name, label in labels]
    labels += period_in_words(params)
    labels.append(("words", f"“{what.wanted.words}”" if what.wanted.words else ""))
    return in_force(params, labels)

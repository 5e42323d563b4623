"""The printings of one utterance set beside each other, one language at a time: plain values that a page prints.

A printing may give a part of what another gives. That it begins later or ends earlier is no difference; only words
that it has otherwise, has more or leaves out on the way are marked. Different languages are never marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from apps.comparison.engine.diff import Op, Span, diff
from apps.comparison.engine.tokens import TooLong, tokens_to_compare
from apps.comparison.marks import Piece, paragraphs, runs
from apps.comparison.renderings import SAME_PASSAGE
from apps.quotes.models import Quote


class Standing(StrEnum):
    """How a printing stands to the first in its language."""

    FIRST = "first"
    SAME = "same"
    PART = "part"
    DIFFERS = "differs"
    APART = "apart"
    UNTOLD = "untold"


@dataclass(frozen=True)
class Printing:
    """One printing as a page shows it: its words exactly, those marked that differ from the first in its language."""

    quote: Quote
    paragraphs: list[list[Piece]]
    standing: Standing


@dataclass(frozen=True)
class Tongue:
    """The printings in one language, the most official first, to which the others are set."""

    language: str
    printings: tuple[Printing, ...]

    @property
    def marked(self) -> bool:
        return any(printing.standing == Standing.DIFFERS for printing in self.printings)


def tongues(printings: Sequence[Quote]) -> list[Tongue]:
    """All printings by language, in the order in which each language first comes."""
    order = list(dict.fromkeys(quote.language for quote in printings))
    found = sorted(printings, key=lambda quote: order.index(quote.language))
    return [_tongue(language, list(group)) for language, group in groupby(found, key=lambda quote: quote.language)]


def _tongue(language: str, found: Sequence[Quote]) -> Tongue:
    first, *further = found
    against = [_against(first.words, quote.words) for quote in further]
    gone = [each.gone for each in against if each.standing in _TELLING]
    nowhere = [all(flags) for flags in zip(*gone, strict=True)] if gone else [False] * len(first.words)
    lead = Printing(first, paragraphs(runs(first.words, nowhere)), Standing.FIRST)
    others = (
        Printing(quote, paragraphs(each.pieces), each.standing) for quote, each in zip(further, against, strict=True)
    )
    return Tongue(language, (lead, *others))


@dataclass(frozen=True)
class _Against:
    """A text set against a first one: its pieces, and which characters of the first it leaves out or has otherwise."""

    standing: Standing
    pieces: tuple[Piece, ...]
    gone: list[bool]


_TELLING = {Standing.SAME, Standing.PART, Standing.DIFFERS}


def _against(first: str, other: str) -> _Against:
    try:
        spans = diff(first, other, islands=False)
    except TooLong:
        return _Against(Standing.UNTOLD, (Piece(other),), [])
    same = sum(_words(span.right) for span in spans if span.op is Op.SAME)
    if same < max(1, SAME_PASSAGE * min(_words(first), _words(other))):
        return _Against(Standing.APART, (Piece(other),), [])
    told = _told(spans)
    pieces = tuple(
        Piece(span.right, "added" if number in told else "") for number, span in enumerate(spans) if span.right
    )
    gone: list[bool] = []
    for number, span in enumerate(spans):
        gone += [span.op is Op.REMOVED and number in told] * len(span.left)
    changes = any(span.op is not Op.SAME for span in spans)
    standing = Standing.DIFFERS if told else Standing.PART if changes else Standing.SAME
    return _Against(standing, pieces, gone)


def _told(spans: Sequence[Span]) -> set[int]:
    """The numbers of the spans that differ; before and after all shared words one text may simply say more."""
    shared = [number for number, span in enumerate(spans) if span.op is Op.SAME and _words(span.right)]
    changes = {number for number, span in enumerate(spans) if span.op is not Op.SAME}
    before = {number for number in changes if number < shared[0]}
    after = {number for number in changes if number > shared[-1]}
    for edge in (before, after):
        if len(edge) == 1:
            changes -= edge
    return changes


def _words(text: str) -> int:
    return sum(token.counts for token in tokens_to_compare(text))

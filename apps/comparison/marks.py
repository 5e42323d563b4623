"""The engine's findings as pieces of text that a template prints: what is shared, what changed, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from apps.comparison.engine.diff import Op, Span, diff
from apps.comparison.engine.reuse import MOST_TEXTS, reuse
from apps.comparison.engine.tokens import TooLong


class Question(StrEnum):
    """What marks answer; the reader chooses."""

    SHARED = "shared"
    CHANGED = "changed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a column's text: `kind` is "", "shared", "removed" or "added".

    `sharers` are the numbers of all columns that share it, its own among them. `look` and `said` are how a page shows
    that (the end of a class) and tells it to those who hear the page; `dressed` sets them.
    """

    text: str
    kind: str = ""
    sharers: tuple[int, ...] = ()
    look: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """Columns as pieces, None where a column has no words; `refused` says why nothing is marked, if so."""

    columns: tuple[tuple[Piece, ...] | None, ...]
    refused: str = ""


def mark(texts: Sequence[str | None], question: Question, base: int = 0) -> Marked:
    """The columns' texts marked for one question; the pieces of a column joined are its text.

    CHANGED marks in every column but `base` what that one has not (added), and in `base` what none of the others has
    (removed); words that face a gap […] in the other are neither. Where fewer than two columns have words, or one is
    too long to compare, nothing is marked.
    """
    plain = tuple(None if text is None else (Piece(text),) for text in texts)
    with_words = [number for number, text in enumerate(texts) if text]
    if question is Question.NONE or len(with_words) < 2:
        return Marked(plain)
    try:
        found = _shared(texts, with_words) if question is Question.SHARED else _changed(texts, with_words, base)
    except TooLong as refusal:
        return Marked(plain, refused=str(refusal))
    return Marked(tuple(found.get(number, pieces) for number, pieces in enumerate(plain)))


def dressed(
    pieces: Iterable[Piece] | None, look: Callable[[tuple[int, ...]], str], said: Callable[[tuple[int, ...]], str]
) -> tuple[Piece, ...]:
    """The pieces of a column, each shared one with its look and what is said of it, from who shares it."""
    return tuple(
        replace(piece, look=look(piece.sharers), said=said(piece.sharers)) if piece.sharers else piece
        for piece in pieces or ()
    )


def share(base: str, other: str) -> tuple[int, int]:
    """How many words of `other` it shares with `base`, of how many. Raises TooLong."""
    stretches = reuse([base, other])[1]
    return sum(s.words for s in stretches if s.shared_by), sum(s.words for s in stretches)


def cut(pieces: Iterable[Piece], lengths: Sequence[int]) -> list[tuple[Piece, ...]]:
    """The pieces of a column cut again into passages of so many characters each."""
    found: list[list[Piece]] = [[] for _ in lengths]
    edges = [sum(lengths[: number + 1]) for number in range(len(lengths))]
    place, passage = 0, 0
    for piece in pieces:
        text = piece.text
        while text:
            while place == edges[passage]:
                passage += 1
            taken = text[: edges[passage] - place]
            found[passage].append(replace(piece, text=taken))
            place += len(taken)
            text = text[len(taken) :]
    return [tuple(passage) for passage in found]


def paragraphs(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces as paragraphs, broken where the text breaks its lines; a run that goes on is marked in both."""
    found: list[list[Piece]] = [[]]
    for piece in pieces:
        for number, line in enumerate(piece.text.splitlines() or [piece.text]):
            if number:
                found.append([])
            if line:
                found[-1].append(replace(piece, text=line))
        if piece.text.endswith(("\n", "\r")):
            found.append([])
    return [paragraph for paragraph in found if any(piece.text.strip() for piece in paragraph)]


def _shared(texts: Sequence[str | None], numbers: Sequence[int]) -> dict[int, tuple[Piece, ...]]:
    columns = reuse([texts[number] or "" for number in numbers])
    return {
        number: tuple(
            Piece(s.text, "shared" if s.shared_by else "", tuple(sorted(numbers[k] for k in s.shared_by)))
            for s in stretches
        )
        for number, stretches in zip(numbers, columns, strict=True)
    }


def _changed(texts: Sequence[str | None], numbers: Sequence[int], base: int) -> dict[int, tuple[Piece, ...]]:
    """Against the base column, or the first that has words where the base has none."""
    if len(numbers) > MOST_TEXTS:
        raise TooLong(f"{len(numbers)} texts; up to {MOST_TEXTS} are compared.")
    base = base if base in numbers else numbers[0]
    old = texts[base] or ""
    found: dict[int, tuple[Piece, ...]] = {}
    gone = [True] * len(old)
    for number in numbers:
        if number == base:
            continue
        spans = diff(old, texts[number] or "", islands=False)
        told = [not _at_a_gap(spans, k) for k in range(len(spans))]
        found[number] = tuple(
            Piece(span.right, "added" if span.op is Op.ADDED and told[k] else "")
            for k, span in enumerate(spans)
            if span.right
        )
        place = 0
        for k, span in enumerate(spans):
            if span.op is Op.SAME or not told[k]:
                gone[place : place + len(span.left)] = [False] * len(span.left)
            place += len(span.left)
    found[base] = tuple(runs(old, gone))
    return found


_GAP = "[…]"
_ENDS_IN_A_GAP = re.compile(r"\[…\]\W*$")
_BEGINS_WITH_A_GAP = re.compile(r"\W*\[…\]")


def _at_a_gap(spans: Sequence[Span], place: int) -> bool:
    """Whether a span of one text faces words of the other that are not on record, so that nobody knows if they differ.

    A gap is written […]; it is no word and stands in what surrounds the span, or in what takes its place.
    """
    span = spans[place]
    if span.op is Op.SAME:
        return False

    def other(each: Span) -> str:
        return each.right if span.op is Op.REMOVED else each.left

    # Between two SAME spans stand at most one of each other kind.
    before = next((each for each in reversed(spans[max(0, place - 2) : place]) if each.op is Op.SAME), None)
    after = next((each for each in spans[place + 1 : place + 3] if each.op is Op.SAME), None)
    instead = [each for each in spans[max(0, place - 1) : place + 2] if each.op not in (Op.SAME, span.op)]
    return (
        any(_GAP in other(each) for each in instead)
        or bool(before and _ENDS_IN_A_GAP.search(other(before)))
        or bool(after and _BEGINS_WITH_A_GAP.match(other(after)))
    )


def runs(text: str, gone: Sequence[bool]) -> Iterable[Piece]:
    """A text as pieces, of which those are removed whose characters are `gone`."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or gone[place] != gone[start]:
            yield Piece(text[start:place], "removed" if gone[start] else "")
            start = place

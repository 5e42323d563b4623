"""The renderings of one article set beside each other, one language at a time: plain values that a page prints.

Renderings of different languages are never marked against each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from apps.comparison.engine.tokens import TooLong, tokens_to_compare
from apps.comparison.engine.variants import variants
from apps.comparison.marks import Piece, Question, dressed, mark, paragraphs, share
from apps.treaties.models import Rendering
from apps.treaties.reads import language_order

SAME_PASSAGE = 0.2
"""Two parts of an article of which the shorter shares fewer of its words are different passages; marks tell nothing."""


@dataclass(frozen=True)
class Wording:
    """One rendering as a page prints it beside the one that leads.

    `shared` is how many of its words, of how many, it shares with that one; None where that was not asked, or nothing
    tells it. `apart` says that it gives another passage of the article.
    """

    rendering: Rendering
    name: str
    paragraphs: list[list[Piece]]
    shared: tuple[int, int] | None = None
    apart: bool = False


@dataclass(frozen=True)
class Reading:
    """Words that some renderings have where others have different ones.

    `printed_by` names them, each with the language that it was made from, or ''. `made_from` is that language where two
    or more say it and none says another.
    """

    words: str
    printed_by: tuple[tuple[str, str], ...]
    made_from: str


@dataclass(frozen=True)
class Tongue:
    """The words of an article in one language: the rendering that leads, the others, and where they part.

    `refused` says why nothing is marked, if so.
    """

    language: str
    leading: Wording | None = None
    further: tuple[Wording, ...] = ()
    variants: tuple[tuple[Reading, ...], ...] = ()
    refused: str = ""

    @property
    def renderings(self) -> list[Rendering]:
        return [wording.rendering for wording in (self.leading, *self.further) if wording]

    @property
    def families(self) -> list[str]:
        """The languages that are named as the origin of a reading."""
        return sorted({reading.made_from for readings in self.variants for reading in readings if reading.made_from})


def names(found: Sequence[Rendering], language: str) -> list[str]:
    """What to call renderings in one language, as short as tells them apart: “KCNA” for “KCNA English”."""
    short = [words.translator.replace(f" {language}", "", 1) for words in found]
    counted = Counter(short)
    return [
        name if counted[name] == 1 else f"{words.translator}, {words.source.publisher.label}"
        for name, words in zip(short, found, strict=True)
    ]


def tongue(language: str, english: str, found: Sequence[Rendering], question: Question) -> Tongue:
    """Renderings in one language, of which `english` is the English name; the others face the first of them."""
    called = names(found, english)
    plain = [paragraphs([Piece(words.text)]) for words in found]
    if len(found) < 2:
        return Tongue(language, Wording(found[0], called[0], plain[0]) if found else None)
    try:
        return _compared(language, found, called, plain, question)
    except TooLong as refusal:
        leading, *further = map(Wording, found, called, plain)
        return Tongue(language, leading, tuple(further), refused=str(refusal))


def _compared(
    language: str,
    found: Sequence[Rendering],
    called: Sequence[str],
    plain: Sequence[list[list[Piece]]],
    question: Question,
) -> Tongue:
    texts = [words.text for words in found]
    shared = [None, *(share(texts[0], text) for text in texts[1:])]
    apart = [each is not None and _is_apart(texts[0], each) for each in shared]
    together = [number for number, alone in enumerate(apart) if not alone]
    marked = mark([texts[number] for number in together], question)
    printed = dict(enumerate(plain))
    for number, pieces in zip(together, marked.columns, strict=True):
        printed[number] = paragraphs(_with_looks(pieces or (), len(together)))
    leading, *further = (
        Wording(found[number], called[number], printed[number], shared[number], apart[number])
        for number in range(len(found))
    )
    parted = _variants([found[number] for number in together], [called[number] for number in together])
    return Tongue(language, leading, tuple(further), parted, marked.refused)


def _is_apart(base: str, shared: tuple[int, int]) -> bool:
    in_base = sum(token.counts for token in tokens_to_compare(base))
    return shared[0] < SAME_PASSAGE * min(shared[1], in_base)


def _with_looks(pieces: Iterable[Piece], count: int) -> tuple[Piece, ...]:
    """The pieces of one of `count` columns: how a shared one looks tells whether all, most or few share it."""

    def look(sharers: tuple[int, ...]) -> str:
        if len(sharers) == count:
            return "every"
        return "most" if 2 * len(sharers) > count else "few"

    return dressed(pieces, look, lambda sharers: f"in {len(sharers)} of {count}")


def _variants(found: Sequence[Rendering], called: Sequence[str]) -> tuple[tuple[Reading, ...], ...]:
    return tuple(
        tuple(
            Reading(
                reading.words,
                tuple((called[number], found[number].translated_from) for number in sorted(reading.texts)),
                _made_from([found[number] for number in sorted(reading.texts)]),
            )
            for reading in variant.readings
        )
        for variant in variants([words.text for words in found])
    )


def _made_from(found: Sequence[Rendering]) -> str:
    told = [words.translated_from for words in found if words.translated_from]
    return told[0] if len(told) > 1 and len(set(told)) == 1 else ""


@dataclass(frozen=True)
class InStep:
    """Renderings of an article in different languages, cut as editors paired them: each row has one line of each."""

    columns: tuple[Rendering, ...]
    rows: tuple[tuple[tuple[Rendering, str], ...], ...]


def in_step(found: Iterable[Rendering]) -> InStep | None:
    """The first rendering of each language that editors cut into as many steps as those of most other languages.

    None where no two languages have as many steps.
    """
    by_count: dict[int, dict[str, Rendering]] = {}
    for words in found:
        by_count.setdefault(len(words.step_lines), {}).setdefault(words.language, words)
    by_count.pop(0, None)
    _, there = max(by_count.items(), key=lambda each: (len(each[1]), each[0]), default=(0, {}))
    if len(there) < 2:
        return None
    columns = tuple(sorted(there.values(), key=lambda words: language_order(words.language)))
    lines = zip(*(words.step_lines for words in columns), strict=True)
    return InStep(columns, tuple(tuple(zip(columns, row, strict=True)) for row in lines))

"""What a reader types, as terms that must all be there or must not. Pure functions.

Words (all of them), "exact phrases", prefix* (the last word is always one), -without. Quotation marks of every kind
count as quotation marks; marks that cannot be seen count as nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

LONGEST = 200
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″＂「」『』《》〈〉〝〞", '"'))
_DASHES = str.maketrans(dict.fromkeys("−‐‑–—", "-"))
_TOKEN = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_MARKED_LATIN = re.compile(r"([A-Za-z])[\u0300-\u036f]+")
_PAIRED = re.compile(r"[\u1100-\u11ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]+")


@dataclass(frozen=True)
class Term:
    """One thing to look for: `pieces` stand beside each other, in order.

    `exact` was in quotation marks, `prefix` says that its last piece may go on, `without` that it must not be there.
    """

    pieces: tuple[str, ...]
    exact: bool = False
    prefix: bool = False
    without: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.pieces)

    @property
    def is_paired(self) -> bool:
        """Whether a piece of it is of a script that is kept by pairs of characters."""
        return any(is_paired(piece) for piece in self.pieces)

    def runs(self) -> Iterator[tuple[bool, tuple[str, ...]]]:
        """Its pieces in runs, each with whether it is of a script that is kept by pairs of characters."""
        for paired, run in groupby(self.pieces, key=is_paired):
            yield paired, tuple(run)


@dataclass(frozen=True)
class Query:
    """What was typed: `text` is how it stands in the field, `terms` what is looked for."""

    text: str
    terms: tuple[Term, ...]
    too_long: bool = False

    @property
    def wanted(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if not term.without)


def parse(typed: str) -> Query:
    """What is looked for by what was typed; nothing of it can be malformed."""
    text = visible(typed)
    if len(text) > LONGEST:
        return Query(text[:LONGEST], (), too_long=True)
    terms = list(_terms(text))
    if terms and not terms[-1].exact and not terms[-1].without:
        terms[-1] = _going_on(terms[-1], alone=len(terms) == 1)
    return Query(text, tuple(terms))


def visible(typed: str) -> str:
    """`typed` on one line, without what cannot be seen: controls, marks of direction, joiners."""
    plain = unicodedata.normalize("NFC", typed.encode("utf-8", "ignore").decode("utf-8"))
    seen = (" " if unicodedata.category(letter) in {"Cc", "Cs", "Co", "Cn"} else letter for letter in plain)
    return " ".join("".join(letter for letter in seen if unicodedata.category(letter) != "Cf").split())


def folded(text: str) -> str:
    """`text` in the one spelling that the database keeps: see search_folded."""
    latin = _MARKED_LATIN.sub(r"\1", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFKC", latin).lower().replace("ё", "е")


def is_paired(piece: str) -> bool:
    """Whether it is of a script that is kept by pairs of characters: Hangul, Han, Kana."""
    return bool(_PAIRED.match(piece))


def pairs(run: Iterable[str]) -> list[str]:
    """The keys under which pieces of such a script stand, in order; the last character of all but the last, too."""
    *before, last = run
    keys = [piece[i : i + 2] for piece in before for i in range(len(piece))]
    return keys + ([last[i : i + 2] for i in range(len(last) - 1)] or [last])


def _terms(text: str) -> Iterator[Term]:
    for match in _TOKEN.finditer(text.translate(_QUOTES).translate(_DASHES)):
        phrase, word = match["phrase"], match["word"]
        pieces = tuple(_pieces(phrase if phrase is not None else word))
        if pieces:
            open_ended = phrase is None and word.endswith("*")
            yield Term(pieces, exact=phrase is not None, prefix=open_ended, without=bool(match["minus"]))


def _pieces(text: str) -> Iterator[str]:
    for word in re.findall(r"[^\W_]+", folded(text)):
        end = 0
        for run in _PAIRED.finditer(word):
            yield from filter(None, (word[end : run.start()], run[0]))
            end = run.end()
        yield from filter(None, (word[end:],))


def _going_on(term: Term, *, alone: bool) -> Term:
    """The term with its last word open-ended; a number is meant as it stands, and a letter alone says too little."""
    last = term.pieces[-1]
    goes_on = term.prefix or not (last.isdigit() or (alone and len(last) == 1))
    return Term(term.pieces, term.exact, goes_on, term.without)

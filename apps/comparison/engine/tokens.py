"""A text cut into words, numerals, punctuation and space, so that joining them gives the text back."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from apps.comparison.engine.words import FUNCTION_WORDS, JOINED_PREFIXES, SPELLINGS


class Kind(StrEnum):
    """What a token is; words and numerals are what a comparison counts."""

    WORD = "word"
    NUMERAL = "numeral"
    PUNCTUATION = "punctuation"
    SPACE = "space"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text as it stands there, and the `key` by which it equals another.

    Words that differ only in case, apostrophes, hyphenation or spelling have the same key.
    """

    text: str
    kind: Kind
    key: str
    counts: bool
    """Whether a change of this token is a change of the wording."""
    says_little: bool
    """Whether it alone is no wording that one text can share with another (“the”, “of”, “and”)."""


MOST_WORDS = 10_000
MOST_CHARACTERS = 100_000
"""How long a text may be that is compared, several times any treaty's length: past it, a page would wait."""


class TooLong(ValueError):
    """A text of more than MOST_WORDS words or MOST_CHARACTERS characters."""


LONGEST_WORD = 100
"""A longer run of letters is no word; it is compared letter for letter, because normalising it may take minutes."""

_INVISIBLE = "\u00ad\u200c-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_ACCENTS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
_MARKS = "".join(chr(code) for code in range(0x300, 0xFE30) if unicodedata.category(chr(code)).startswith("M"))
_IDEOGRAPH = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"[^\W\d_{_IDEOGRAPH}]"
_WITHIN = rf"[^\W_{_IDEOGRAPH}]*"
_LETTERS = rf"{_LETTER}{_WITHIN}(?:[{_MARKS}{_INVISIBLE}]+{_WITHIN})*"
# A word that no hyphen follows is not held against the prefixes, which takes as long as all the rest.
_PREFIX = rf"(?=\w+[-‐‑])(?i:{'|'.join(sorted(JOINED_PREFIXES))})[-‐‑](?={_LETTER})"
_PIECE = re.compile(
    rf"""
      \s+
    | \d+(?:[.,\u00a0\u202f]\d+)*
    | [{_IDEOGRAPH}][{_MARKS}]*
    | (?:{_PREFIX})?{_LETTERS}(?:['’ʼ]{_LETTERS})*
    | .
    """,
    re.VERBOSE | re.DOTALL,
)
_NOT_IN_KEY = re.compile(rf"[{_ACCENTS}{_INVISIBLE}'’ʼ‐‑-]")


def tokens(text: str) -> list[Token]:
    """The tokens of `text`, in order; their texts joined are `text`.

    A hyphen joins what a prefix begins (“co-operation” is one word) and parts everything else (“long-term” is two).
    Ideographs and kana stand one by one, because their words are not spaced.
    """
    return [_known(piece) if len(piece) <= LONGEST_WORD else _token(piece) for piece in _PIECE.findall(text)]


@lru_cache(maxsize=128)
def tokens_to_compare(text: str) -> tuple[Token, ...]:
    """The tokens of `text`, kept for the next text it is compared with.

    Raises TooLong when it is longer than what is compared.
    """
    if len(text) > MOST_CHARACTERS:
        raise TooLong(f"A text of {len(text):,} characters; up to {MOST_CHARACTERS:,} are compared.")
    found = tuple(tokens(text))
    words = sum(token.counts for token in found)
    if words > MOST_WORDS:
        raise TooLong(f"A text of {words:,} words; up to {MOST_WORDS:,} are compared.")
    return found


def _token(piece: str) -> Token:
    kind = _kind(piece)
    if len(piece) > LONGEST_WORD:
        key = piece
    elif kind is Kind.WORD:
        key = key_of(piece)
    else:
        key = _plain(piece)
    return Token(piece, kind, key, kind in (Kind.WORD, Kind.NUMERAL), key in FUNCTION_WORDS)


_known = lru_cache(maxsize=20_000)(_token)


def _kind(piece: str) -> Kind:
    if piece[0].isspace():
        return Kind.SPACE
    if piece[0].isdecimal():
        return Kind.NUMERAL
    if piece[0].isalnum():
        return Kind.WORD
    return Kind.PUNCTUATION


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def key_of(word: str) -> str:
    """The form in which a word is compared: without case, accents' encoding, apostrophe and hyphen; one spelling."""
    plain = _NOT_IN_KEY.sub("", _plain(word)).replace("ё", "е")
    for pattern, spelling in SPELLINGS:
        plain = pattern.sub(spelling, plain)
    return plain or word

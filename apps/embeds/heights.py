"""About how tall a widget's content stands, counted from its words: what a frame without scripts gets. Pure functions.

The widget scrolls inside its frame, so that a count that is too low hides nothing.
"""

from __future__ import annotations

from math import ceil

LEAST, MOST = 200, 800
"""A frame that nothing resizes is no lower and no taller, whatever it holds."""

MOST_EVER = 4000
"""The tallest that anybody may ask for."""

NARROW, MIDDLE, WIDE = 340, 600, 900
"""The width classes: a phone, a column of text, a page."""

_PADDING, _MARGIN = 32, 30
_HEAD_AND_FOOT = 160
_LINE, _LETTER, _LETTERS_A_WORD = 25, 7.6, 6.2
_AROUND_AN_ENTRY = 95


def width_class(width: int) -> int:
    """The widest class that fits into `width` pixels, or the narrow one."""
    return next((each for each in (WIDE, MIDDLE) if width >= each), NARROW)


def floor(entries: int, words: int, width: int = MIDDLE) -> int:
    """Pixels for a content of so many entries and words in all, in a frame of the class of `width`."""
    column = width_class(width) - _PADDING - (_MARGIN if entries else 0)
    lines = ceil(words * _LETTERS_A_WORD * _LETTER / column)
    tall = _HEAD_AND_FOOT + entries * _AROUND_AN_ENTRY + lines * _LINE
    return max(LEAST, min(tall, MOST))

"""What one text has that another has not, by words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from apps.comparison.engine.alike import Run, aligned
from apps.comparison.engine.tokens import Token, tokens_to_compare


class Op(StrEnum):
    """What happens to a span on the way from the left text to the right one."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of both texts (SAME), of the left alone (REMOVED) or of the right alone (ADDED).

    The two sides of a SAME span may differ in case, punctuation, hyphenation, spelling and space.
    """

    op: Op
    left: str
    right: str


def diff(left: str, right: str, *, islands: bool = True) -> list[Span]:
    """The spans that lead from `left` to `right`: their left sides joined are `left`, their right sides `right`.

    No shorter list of removed and added words leads from one to the other. With `islands=False`, function words left
    alone between changes (“the”, “of”) count as changed with them, which is how readers see it.
    Raises TooLong when one of them is too long to compare.
    """
    old, new = _Side(left), _Side(right)
    same = aligned(old.keys, new.keys)
    if not islands:
        same = _without_islands(same, old, new)
    return _spans(old, new, same)


class _Side:
    """One text: its tokens, and which of them count."""

    def __init__(self, text: str) -> None:
        self.tokens = tokens_to_compare(text)
        self.places = [place for place, token in enumerate(self.tokens) if token.counts]
        self.keys = [self.tokens[place].key for place in self.places]

    def word(self, number: int) -> Token:
        return self.tokens[self.places[number]]

    def text(self, start: int, end: int) -> str:
        """The text of the tokens from place `start` up to `end`."""
        return "".join([token.text for token in self.tokens[start:end]])

    def place(self, number: int) -> int:
        """Where the word of that number stands among the tokens; past the last word, where the tokens end."""
        return self.places[number] if number < len(self.places) else len(self.tokens)

    def words(self, first: int, last: int) -> str:
        """The text from word `first` up to word `last` - 1, with what stands between them."""
        return self.text(self.places[first], self.places[last - 1] + 1) if first < last else ""

    def gap(self, first: int, last: int) -> tuple[str, str, str]:
        """The tokens after word `first` - 1 and before word `last`: what leads to the words between, they, the rest."""
        start = self.places[first - 1] + 1 if first else 0
        end = self.place(last)
        if first == last:
            return self.text(start, end), "", ""
        opening, closing = self.places[first], self.places[last - 1] + 1
        return self.text(start, opening), self.words(first, last), self.text(closing, end)


def _without_islands(found: Sequence[Run], old: _Side, new: _Side) -> list[Run]:
    kept = []
    for run in found:
        at_start = (run.left, run.right) == (0, 0)
        at_end = run.end == (len(old.places), len(new.places))
        says_something = any(not old.word(run.left + k).says_little for k in range(run.length))
        if at_start or at_end or says_something:
            kept.append(run)
    return kept


def _spans(old: _Side, new: _Side, found: Sequence[Run]) -> list[Span]:
    spans: list[Span] = []
    same_left = same_right = ""
    i = j = 0
    for run in [*found, Run(len(old.places), len(new.places), 0)]:
        lead_left, removed, tail_left = old.gap(i, run.left)
        lead_right, added, tail_right = new.gap(j, run.right)
        same_left, same_right = same_left + lead_left, same_right + lead_right
        if removed or added:
            if same_left or same_right:
                spans.append(Span(Op.SAME, same_left, same_right))
            if removed:
                spans.append(Span(Op.REMOVED, removed, ""))
            if added:
                spans.append(Span(Op.ADDED, "", added))
            same_left, same_right = tail_left, tail_right
        i, j = run.end
        same_left += old.words(run.left, i)
        same_right += new.words(run.right, j)
    if same_left or same_right:
        spans.append(Span(Op.SAME, same_left, same_right))
    return spans

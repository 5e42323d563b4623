"""The longest common subsequence of two sequences, by machine words of bits."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass


def in_step(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The positions at which a longest common subsequence of `left` and `right` stands in each, in order.

    Bit-parallel after Hyyrö, “Bit-parallel LCS-length computation revisited” (2004): a row of the table is one
    integer, so the work is len(left) operations on integers of len(right) bits, whatever the texts hold.
    """
    start = 0
    end_left, end_right = len(left), len(right)
    while start < end_left and start < end_right and left[start] == right[start]:
        start += 1
    while end_left > start and end_right > start and left[end_left - 1] == right[end_right - 1]:
        end_left -= 1
        end_right -= 1
    middle = _middle(left[start:end_left], right[start:end_right])
    tail = range(len(left) - end_left)
    return [
        *((place, place) for place in range(start)),
        *((start + i, start + j) for i, j in middle),
        *((end_left + place, end_right + place) for place in tail),
    ]


def _middle(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[tuple[int, int]]:
    if not left or not right:
        return []
    places: dict[Hashable, int] = {}
    for j, key in enumerate(right):
        places[key] = places.get(key, 0) | 1 << j
    full = (1 << len(right)) - 1
    row = full
    rows = []
    # A zero bit j of a row says: the common subsequence up to here grows by one at right[j].
    for key in left:
        matches = row & places.get(key, 0)
        row = ((row + matches) | (row - matches)) & full
        rows.append(row)
    return _walk_back(left, right, rows)


def _walk_back(left: Sequence[Hashable], right: Sequence[Hashable], rows: list[int]) -> list[tuple[int, int]]:
    found = []
    i, j = len(left) - 1, len(right) - 1
    while i >= 0 and j >= 0:
        if left[i] == right[j]:
            found.append((i, j))
            i -= 1
            j -= 1
        elif rows[i] >> j & 1:
            # Nothing grows at right[j]: it is in no common subsequence of what is left.
            j -= 1
        else:
            i -= 1
    found.reverse()
    return found


@dataclass(frozen=True, slots=True)
class Run:
    """`length` equal words that follow each other from `left` in one text and from `right` in another."""

    left: int
    right: int
    length: int

    @property
    def end(self) -> tuple[int, int]:
        """Where it ends in each text: the place after its last word."""
        return self.left + self.length, self.right + self.length


def runs(pairs: Sequence[tuple[int, int]]) -> list[Run]:
    """Aligned positions gathered into runs that are unbroken in both texts."""
    found = []
    start = 0
    for end in range(1, len(pairs) + 1):
        i, j = pairs[end - 1]
        if end == len(pairs) or pairs[end] != (i + 1, j + 1):
            found.append(Run(*pairs[start], end - start))
            start = end
    return found


def aligned(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[Run]:
    """A longest common subsequence in runs; one that stands alone is moved beside another where it fits there as well.

    Of all longest alignments readers want one with few breaks.
    """
    found = runs(in_step(left, right))
    nearer: list[Run] = []
    for number, run in enumerate(found):
        before = nearer[-1] if nearer else Run(0, 0, 0)
        after = found[number + 1] if number + 1 < len(found) else Run(len(left), len(right), 0)
        run = _beside(run, before, after, left, right)
        if nearer and (run.left, run.right) == before.end:
            nearer[-1] = Run(before.left, before.right, before.length + run.length)
        else:
            nearer.append(run)
    return nearer


def _beside(run: Run, before: Run, after: Run, left: Sequence[Hashable], right: Sequence[Hashable]) -> Run:
    """The run, or the same words where they follow `before` or lead to `after`."""
    words = left[run.left : run.left + run.length]
    places = (before.end, (after.left - run.length, after.right - run.length))
    if (run.left, run.right) in places:
        return run
    for i, j in places:
        moved = Run(i, j, run.length)
        between = before.end[0] <= i <= after.left - run.length and before.end[1] <= j <= after.right - run.length
        if between and left[i : moved.end[0]] == words == right[j : moved.end[1]]:
            return moved
    return run

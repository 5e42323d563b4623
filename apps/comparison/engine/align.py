"""Passages of several texts set in rows: as an editor paired them, then by likeness."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from apps.comparison.engine.tokens import MOST_CHARACTERS, Kind, TooLong, tokens

LIKE_ENOUGH = 0.2
"""Below this likeness two passages share the language of all treaties rather than a subject."""


MOST_PASSAGES = 300
MOST_CHARACTERS_IN_ALL = 3 * MOST_CHARACTERS


@dataclass(frozen=True, slots=True)
class Row:
    """The passages (their places in each column) that stand side by side.

    `likeness` is 1 where an editor paired them, else the least of those that brought them together, 0 for one alone.
    """

    cells: tuple[tuple[int, ...], ...]
    likeness: float
    paired: bool = False


@dataclass(slots=True)
class _Group:
    """A row in the making: under each column that has a passage in it, the place of that passage."""

    cells: dict[int, int]
    likeness: float = 0.0


def align(
    columns: Sequence[Sequence[str]],
    paired: Iterable[Sequence[Sequence[int]]] = (),
    least: float = LIKE_ENOUGH,
) -> list[Row]:
    """Every passage of every column once, in rows.

    `paired` are the editor's rows, each a tuple of places a column; a place that comes twice keeps its first row. What
    they leave is paired by likeness, the likeliest first, one passage a column, never below `least`; a third joins by
    its likeness to either of two. What is left then stands alone. Rows follow the order in which their passages stand
    in the columns.
    Raises IndexError for a place that a column does not have, TooLong for more or longer passages than are compared.
    """
    rows, free = _editors(columns, paired)
    vectors = iter(_vectors([text for column in columns for text in column]))
    of_columns = [[next(vectors) for _ in column] for column in columns]
    likeness = {
        ((a, i), (b, j)): score
        for a, b in combinations(range(len(columns)), 2)
        for i in free[a]
        for j in free[b]
        if (score := _cosine(of_columns[a][i], of_columns[b][j])) >= least
    }
    groups = {(a, i): _Group({a: i}) for a, places in enumerate(free) for i in places}
    for one, other in sorted(likeness, key=lambda pair: (-likeness[pair], pair)):
        ours, theirs = groups[one], groups[other]
        if ours.cells.keys().isdisjoint(theirs.cells):
            ours.cells |= theirs.cells
            ours.likeness = likeness[one, other]
            groups.update((passage, ours) for passage in theirs.cells.items())
    for passage, group in groups.items():
        if passage == min(group.cells.items()):
            cells = tuple((group.cells[c],) if c in group.cells else () for c in range(len(columns)))
            rows.append(Row(cells, group.likeness))
    return sorted(rows, key=lambda row: _place(row, columns))


def likeliest(text: str, others: Sequence[str]) -> list[tuple[int, float]]:
    """The places of `others` with their likeness to `text` (0 to 1), the likeliest first.

    Raises TooLong for more passages, or longer ones in all, than are compared.
    """
    ours, *theirs = _vectors([text, *others])
    scored = [(place, _cosine(ours, vector)) for place, vector in enumerate(theirs)]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0]))


def _editors(
    columns: Sequence[Sequence[str]], paired: Iterable[Sequence[Sequence[int]]]
) -> tuple[list[Row], list[list[int]]]:
    """The editor's rows, and the places that they leave free in each column."""
    free = [list(range(len(column))) for column in columns]
    rows = []
    for cells in paired:
        kept: list[list[int]] = [[] for _ in columns]
        for number, places in enumerate(cells):
            for place in places:
                if not 0 <= place < len(columns[number]):
                    raise IndexError(f"Column {number} has no passage {place}.")
                if place in free[number]:
                    free[number].remove(place)
                    kept[number].append(place)
        if any(kept):
            rows.append(Row(tuple(map(tuple, kept)), 1.0, paired=True))
    return rows, free


def _place(row: Row, columns: Sequence[Sequence[str]]) -> tuple[float, int, int]:
    """Where a row belongs: by how far down their columns its passages stand."""
    stands = [(place + 0.5) / len(columns[c]) for c, places in enumerate(row.cells) for place in places]
    first = next(c for c, places in enumerate(row.cells) if places)
    return sum(stands) / len(stands), first, row.cells[first][0]


def _vectors(texts: Sequence[str]) -> list[dict[str, float]]:
    """Each text as its words and how much they say: the fewer of the texts hold a word, the more (tf-idf, smoothed)."""
    if len(texts) > MOST_PASSAGES:
        raise TooLong(f"{len(texts):,} passages; up to {MOST_PASSAGES:,} are compared.")
    characters = sum(len(text) for text in texts)
    if characters > MOST_CHARACTERS_IN_ALL:
        raise TooLong(f"Passages of {characters:,} characters; up to {MOST_CHARACTERS_IN_ALL:,} are compared.")
    counted = [_words(text) for text in texts]
    standing = Counter(key for words in counted for key in words)
    weights = {key: math.log((1 + len(texts)) / (1 + n)) + 1 for key, n in standing.items()}
    return [_vector(words, weights) for words in counted]


def _words(text: str) -> Counter[str]:
    return Counter(token.key for token in tokens(text) if token.kind is Kind.WORD and not token.says_little)


def _vector(words: Counter[str], weights: Mapping[str, float]) -> dict[str, float]:
    found = {key: (1 + math.log(n)) * weights[key] for key, n in words.items()}
    length = math.sqrt(sum(value * value for value in found.values()))
    return {key: value / length for key, value in found.items()}


def _cosine(ours: Mapping[str, float], theirs: Mapping[str, float]) -> float:
    if len(theirs) < len(ours):
        ours, theirs = theirs, ours
    return min(1.0, sum(value * theirs[key] for key, value in ours.items() if key in theirs))

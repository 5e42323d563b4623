"""Which wording several texts share, and which of them share it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby

from apps.comparison.engine.alike import Run, aligned
from apps.comparison.engine.tokens import MOST_WORDS, Token, TooLong, tokens_to_compare

MOST_TEXTS = 24
MOST_COMPARED = 30 * MOST_WORDS
"""How many words are held against others, every two texts: six of the longest, or more that are shorter."""
GRAM = 3
"""How many words in a row a passage that moved has at least."""
MOST_PLACES = 8
"""A run of GRAM words that stands more often than this in a text is a formula; that it moved says nothing."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one text, and the texts (their numbers) that have the same words; none where it stands alone."""

    text: str
    shared_by: frozenset[int]
    words: int


def reuse(texts: Sequence[str]) -> list[list[Stretch]]:
    """Each text as stretches, shared and not; the stretches of a text joined are the text.

    Two texts share the words of a longest common subsequence, and passages of at least GRAM words that moved. A shared
    stretch is maximal (its neighbours are shared by others, or by none) and never consists of function words alone.
    What three texts share is found through any two of them, so that a passage is marked alike in all.
    Raises TooLong when there are more than MOST_TEXTS texts, when one is too long to compare, or all of them are.
    """
    if len(texts) > MOST_TEXTS:
        raise TooLong(f"{len(texts)} texts; up to {MOST_TEXTS} are compared.")
    columns = [tokens_to_compare(text) for text in texts]
    words = [[token for token in column if token.counts] for column in columns]
    most = MOST_COMPARED // max(1, len(texts) - 1)
    if (counted := sum(map(len, words))) > most:
        raise TooLong(f"{len(texts)} texts of {counted:,} words in all; up to {most:,} are compared.")
    same = _Classes()
    for a, b in combinations(range(len(texts)), 2):
        for run in _shared(words[a], words[b]):
            for k in range(run.length):
                same.join((a, run.left + k), (b, run.right + k))
    sharers = same.columns()
    _drop_small_words(words, same, sharers)
    return [list(_stretches(column, number, sharers)) for number, column in enumerate(columns)]


def _shared(left: Sequence[Token], right: Sequence[Token]) -> list[Run]:
    """Runs that two texts share, no word in two of them: the longest first, those in step before those that moved."""
    first, second = [t.key for t in left], [t.key for t in right]
    turned = second < first
    if turned:
        # Ties are broken by place; that must not depend on which text came first.
        first, second = second, first
    candidates = [(run.length, 1, run) for run in aligned(first, second)] + [
        (run.length, 0, run) for run in _moved(first, second)
    ]
    candidates.sort(key=lambda each: (-each[0], -each[1], each[2].left, each[2].right))
    little = [token.says_little for token in (right if turned else left)]
    taken_first, taken_second = bytearray(len(first)), bytearray(len(second))
    found = []
    for _, in_order, run in candidates:
        for part in _free(run, taken_first, taken_second):
            content = part.length - sum(little[part.left : part.left + part.length])
            if content < 1 or (not in_order and (part.length < GRAM or content < 2)):
                continue
            taken_first[part.left : part.left + part.length] = b"\1" * part.length
            taken_second[part.right : part.right + part.length] = b"\1" * part.length
            found.append(Run(part.right, part.left, part.length) if turned else part)
    return found


def _moved(first: Sequence[str], second: Sequence[str]) -> Iterator[Run]:
    """The longest runs of at least GRAM equal words, wherever they stand, but for those of formulas alone."""
    ours, theirs = _grams(first), _grams(second)
    often = Counter(ours)
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j, gram in enumerate(theirs):
        places[gram].append(j)
    seen: set[tuple[int, int]] = set()
    for i, gram in enumerate(ours):
        if often[gram] > MOST_PLACES or len(places.get(gram, ())) > MOST_PLACES:
            continue
        for j in places.get(gram, ()):
            if (i, j) not in seen:
                run = _around(first, second, i, j)
                seen.update((run.left + k, run.right + k) for k in range(run.length))
                yield run


def _grams(words: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(*(words[k:] for k in range(GRAM)), strict=False))


def _around(first: Sequence[str], second: Sequence[str], i: int, j: int) -> Run:
    """The longest run of equal words that goes through these places."""
    before = 0
    while before < min(i, j) and first[i - before - 1] == second[j - before - 1]:
        before += 1
    after = 0
    while i + after < len(first) and j + after < len(second) and first[i + after] == second[j + after]:
        after += 1
    return Run(i - before, j - before, before + after)


def _free(run: Run, taken_first: bytearray, taken_second: bytearray) -> Iterator[Run]:
    """The parts of a run whose words are not taken in either text."""
    is_free = (not (taken_first[run.left + k] or taken_second[run.right + k]) for k in range(run.length))
    for free, group in groupby(enumerate(is_free), key=lambda pair: pair[1]):
        places = [k for k, _ in group]
        if free:
            yield Run(run.left + places[0], run.right + places[0], len(places))


class _Classes:
    """Words that are one wording, as sets that grow together (union-find)."""

    def __init__(self) -> None:
        self._above: dict[tuple[int, int], tuple[int, int]] = {}

    def of(self, word: tuple[int, int]) -> tuple[int, int]:
        self._above.setdefault(word, word)
        while (above := self._above[word]) != word:
            self._above[word] = self._above[above]
            word = above
        return word

    def join(self, one: tuple[int, int], other: tuple[int, int]) -> None:
        self._above[self.of(one)] = self.of(other)

    def columns(self) -> dict[tuple[int, int], frozenset[int]]:
        """Under each word, the texts in which its class stands."""
        standing = defaultdict(set)
        for word in self._above:
            standing[self.of(word)].add(word[0])
        return {word: frozenset(standing[self.of(word)]) for word in self._above}


_NOBODY: frozenset[int] = frozenset()


def _drop_small_words(
    words: Sequence[Sequence[Token]], same: _Classes, sharers: dict[tuple[int, int], frozenset[int]]
) -> None:
    """Takes out stretches of function words alone, everywhere their class stands, until none is left."""
    while dropped := {same.of(word) for word in _alone(words, sharers)}:
        for word in [word for word in sharers if same.of(word) in dropped]:
            del sharers[word]


def _alone(
    words: Sequence[Sequence[Token]], sharers: dict[tuple[int, int], frozenset[int]]
) -> Iterator[tuple[int, int]]:
    """The words of stretches that are function words from end to end."""
    for number, column in enumerate(words):
        for columns, group in groupby(range(len(column)), key=lambda k: sharers.get((number, k), _NOBODY)):
            places = list(group)
            if columns and all(column[k].says_little for k in places):
                yield from ((number, k) for k in places)


def _stretches(
    column: Sequence[Token], number: int, sharers: dict[tuple[int, int], frozenset[int]]
) -> Iterator[Stretch]:
    """One text cut where who shares it changes; what stands between two words of a stretch belongs to it."""
    places = [place for place, token in enumerate(column) if token.counts]
    edge = 0
    for columns, group in groupby(range(len(places)), key=lambda k: sharers.get((number, k), _NOBODY)):
        if not columns:
            continue
        numbers = list(group)
        start, end = places[numbers[0]], places[numbers[-1]] + 1
        if start > edge:
            yield _stretch(column[edge:start], _NOBODY)
        yield _stretch(column[start:end], columns)
        edge = end
    if edge < len(column):
        yield _stretch(column[edge:], _NOBODY)


def _stretch(found: Sequence[Token], columns: frozenset[int]) -> Stretch:
    return Stretch("".join(token.text for token in found), columns, sum(token.counts for token in found))

"""Where several renderings of one text, in one language, have different words for the same thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from apps.comparison.engine.tokens import Token, TooLong, tokens_to_compare

MOST_TEXTS = 24
LONGEST = 6
"""How many telling words a reading has at most; where texts part for longer, they say different things."""
MOST_COMPARED = 1_000_000
"""How many words of phrases with a common neighbour are held against each other, every two of them."""
_Neighbour = tuple[str, str, bool]
"""On which side of a phrase a word stands, its key, and whether it says something alone."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Words as they stand in the first of the texts that have them, and all the texts (their numbers) that do."""

    words: str
    texts: frozenset[int]


@dataclass(frozen=True, slots=True)
class Variant:
    """Readings that stand for each other; no text has two of them."""

    readings: tuple[Reading, ...]


def variants(texts: Sequence[str]) -> list[Variant]:
    """The places at which texts part, in the order of the text that has the first reading.

    Words that the same texts have, and no others, make a phrase; two phrases that no text has both of are variants of
    each other when the same telling word stands next to them in at least half of the pairs of texts that have one and
    the other, and there are two such pairs. Where every text has one of the two, any common neighbour suffices.
    A variant that concerns less than half of the texts is left out: it tells of a fragment, not of a choice.
    Raises TooLong when there are more than MOST_TEXTS texts, when one is too long to compare, or when they part in so
    many places that a page would wait.
    """
    if len(texts) > MOST_TEXTS:
        raise TooLong(f"{len(texts)} texts; up to {MOST_TEXTS} are collated.")
    groups: dict[tuple[int, int], _Group] = {}
    for one, other in _pairs(_phrases([_Column(text) for text in texts]), len(texts)):
        ours = groups.setdefault(one.at, _Group([one], set(one.texts)))
        theirs = groups.setdefault(other.at, _Group([other], set(other.texts)))
        if ours.may_take(theirs):
            ours.phrases = sorted([*ours.phrases, *theirs.phrases], key=lambda phrase: phrase.at)
            ours.texts |= theirs.texts
            groups.update((phrase.at, ours) for phrase in theirs.phrases)
    found = {group.phrases[0].at: group for group in groups.values()}
    return [
        Variant(tuple(Reading(phrase.words, phrase.texts) for phrase in group.phrases))
        for _, group in sorted(found.items())
        if len(group.phrases) > 1 and 2 * len(group.texts) >= len(texts)
    ]


class _Column:
    """One text: all its tokens, and those that count with their places."""

    def __init__(self, text: str) -> None:
        self.tokens = tokens_to_compare(text)
        self.places = [place for place, token in enumerate(self.tokens) if token.counts]
        self.words = [self.tokens[place] for place in self.places]

    def text(self, start: int, end: int) -> str:
        """The text from word `start` up to word `end` - 1."""
        return "".join(token.text for token in self.tokens[self.places[start] : self.places[end - 1] + 1])


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Neighbouring words that stand in the same texts; `at` is the first text and place.

    `beside` are the words around it, in each of the texts.
    """

    at: tuple[int, int]
    keys: tuple[str, ...]
    words: str
    texts: frozenset[int]
    beside: tuple[frozenset[_Neighbour], ...]


@dataclass(slots=True)
class _Group:
    """Phrases that stand for each other, and the texts that have one of them."""

    phrases: list[_Phrase]
    texts: set[int]

    def may_take(self, other: _Group) -> bool:
        """Whether no text has a phrase of both, and no phrase repeats another."""
        return self.texts.isdisjoint(other.texts) and not any(
            _same_words(a, b) for a in self.phrases for b in other.phrases
        )


def _pairs(phrases: Sequence[_Phrase], count: int) -> list[tuple[_Phrase, _Phrase]]:
    """Phrases that may stand for each other, those first of which it is surest."""
    beside: dict[_Neighbour, list[_Phrase]] = defaultdict(list)
    for phrase in phrases:
        for neighbour in frozenset().union(*phrase.beside):
            beside[neighbour].append(phrase)
    if sum(sum(len(phrase.keys) for phrase in there) ** 2 for there in beside.values()) > MOST_COMPARED:
        raise TooLong("The texts part in too many places to be collated.")
    found = {}
    for there in beside.values():
        for one, other in combinations(there, 2):
            score = _score(one, other, count)
            if score:
                found[one.at, other.at] = (-score, one, other)
    ranked = sorted(found.values(), key=lambda pair: (pair[0], pair[1].at, pair[2].at))
    return [(one, other) for _, one, other in ranked]


def _phrases(columns: Sequence[_Column]) -> list[_Phrase]:
    standing: dict[str, set[int]] = defaultdict(set)
    for number, column in enumerate(columns):
        for token in column.words:
            standing[token.key].add(number)
    everywhere = {key for key, numbers in standing.items() if len(numbers) == len(columns)}
    seats: dict[tuple[str, ...], list[tuple[int, int, int]]] = defaultdict(list)
    for number, column in enumerate(columns):
        for start, end in _runs(column.words, standing, everywhere):
            keys = tuple(token.key for token in column.words[start:end] if not token.says_little)
            seats[keys].append((number, start, end))
    found = []
    for keys, places in seats.items():
        number, start, end = places[0]
        lead = _common_lead(columns, places)
        words = columns[number].text(start - lead, end)
        beside: dict[int, set[_Neighbour]] = defaultdict(set)
        for text, first, last in places:
            beside[text].update(_beside(columns[text].words, first - lead, last))
        around = tuple(frozenset(words) for words in beside.values())
        found.append(_Phrase((number, start), keys, words, frozenset(beside), around))
    return found


def _runs(column: Sequence[Token], standing: dict[str, set[int]], everywhere: set[str]) -> list[tuple[int, int]]:
    """Stretches that begin and end with a telling word, and of which all telling words stand in the same texts."""
    found: list[tuple[int, int]] = []
    last: set[int] | None = None
    for place, token in enumerate(column):
        if token.says_little:
            continue
        here = standing[token.key]
        if token.key in everywhere:
            last = None
        elif last == here and found:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
            last = here
    return found


def _common_lead(columns: Sequence[_Column], places: Sequence[tuple[int, int, int]]) -> int:
    """How many function words before the phrase are the same wherever it stands."""
    lead = 0
    while True:
        before = {_function_word_before(columns[number].words, start - lead) for number, start, _ in places}
        if before == {None} or len(before) > 1:
            return lead
        lead += 1


def _function_word_before(words: Sequence[Token], place: int) -> str | None:
    return words[place - 1].key if place > 0 and words[place - 1].says_little else None


def _beside(words: Sequence[Token], start: int, end: int) -> list[_Neighbour]:
    """The words next to a phrase."""
    found = []
    for side, place in (("left", start - 1), ("right", end)):
        if 0 <= place < len(words):
            found.append((side, words[place].key, not words[place].says_little))
    return found


def _score(one: _Phrase, other: _Phrase, count: int) -> int:
    """How sure it is that two phrases stand for each other; 0 when they do not."""
    if one.texts & other.texts or max(len(one.keys), len(other.keys)) > LONGEST or _same_words(one, other):
        return 0
    common = [here & there for here in one.beside for there in other.beside]
    telling = sum(any(says for _, _, says in neighbours) for neighbours in common)
    covered = len(one.texts | other.texts)
    if 2 * telling >= len(common) and (len(common) > 1 or covered == count):
        return count + covered
    return covered if covered == count and any(common) else 0


def _same_words(one: _Phrase, other: _Phrase) -> bool:
    """Whether one phrase only repeats the words of the other, as they are or in another form (“find”, “finds”)."""
    fewer, more = sorted((one.keys, other.keys), key=len)
    return all(any(_same_stem(a, b) for b in more) for a in fewer)


def _same_stem(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) > 3 and len(longer) - len(shorter) <= 3 and longer.startswith(shorter[:-1]))

"""The engine of the comparison beside difflib, diff-match-patch and redlines, over texts whose edits are known."""

from __future__ import annotations

import platform
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from importlib.metadata import version
from itertools import combinations, count, product

from diff_match_patch import diff_match_patch
from redlines import Redlines

from apps.comparison.engine.align import align
from apps.comparison.engine.diff import diff
from apps.comparison.engine.reuse import reuse
from apps.comparison.engine.tokens import tokens_to_compare

SEED = 1961
ARTICLES = 25
COLUMNS = 3
RATES = (0.05, 0.15, 0.40)
REPETITIONS = 5
LIBRARIES = ("diff-match-patch", "redlines")

CLAUSES = (
    "{parties} shall {verb} {object} {manner}.",
    "{parties} {verb} {object} and {object}, {basis}.",
    "If one of {parties} finds itself {condition}, the other shall {verb} {object} {manner}.",
    "Neither of {parties} shall conclude {object} directed against the other, nor take part in {object}.",
    "For this purpose {parties} shall {verb} {object}, {object} and {object} {basis}.",
    "In the event that {parties} are {condition}, they shall without delay {verb} {object}.",
    "The competent authorities of {parties} shall {verb} {object} within {number} days of {object}.",
    "{object} is subject to {object} and remains in force for {number} years.",
    "Nothing in this Article affects {object} of {parties} {basis}.",
    "{parties} recognise {object} as the basis of {object} between the two States.",
)
WORDS = {
    "parties": ("the Parties", "both Parties", "the Contracting Parties", "the two sides", "the contracting States"),
    "verb": (
        "provide", "develop", "strengthen", "maintain", "discuss", "promote", "extend", "coordinate", "consult on",
        "oppose", "protect", "exchange", "encourage", "establish",
    ),
    "object": (
        "military assistance", "all means at their disposal", "the exchange of information", "the peace of the region",
        "the rights of the nationals of the other State", "trade and investment", "the use of outer space",
        "the sovereignty of the States", "measures of defence", "scientific research", "the terms of the Treaty",
        "the instruments of ratification", "joint exercises", "the security of food and energy", "customs duties",
        "the protection of the environment", "a just world order", "the principles of the Charter",
    ),
    "manner": (
        "without delay", "by all means in their possession", "in the interests of the peoples", "on an equal footing",
        "in the spirit of friendship", "as soon as possible", "to the extent of the possibilities of the Parties",
    ),
    "basis": (
        "in accordance with the laws of the Parties", "in accordance with the Charter of the United Nations",
        "on the basis of mutual respect", "under the terms of separate agreements", "with the consent of the other",
    ),
    "condition": (
        "in a state of war", "under threat of armed attack", "subject to measures of coercion", "in a natural disaster",
    ),
    "number": ("30", "90", "five", "ten", "twenty"),
}  # fmt: skip

Marks = tuple[set[int], set[int]]
"""The numbers of the words that are marked in the left text and in the right one."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, with the punctuation after it; the same word of two texts has the same number."""

    number: int
    text: str


Article = list[Word]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, and the words that were edited between them."""

    left: str
    right: str
    edited: Marks


@dataclass(frozen=True, slots=True)
class Tool:
    """How a user calls a library, and how its answer tells the marked words."""

    name: str
    call: Callable[[str, str], object]
    marks: Callable[[Pair, object], Marks]


class Maker:
    """Legal prose by a seed, and its edits."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.numbers = count()

    def columns(self, rate: float, foreign: bool) -> list[list[Article]]:
        """COLUMNS texts of ARTICLES articles: the second and the third are edits of the first."""
        return [list(column) for column in zip(*(self.article(rate, foreign) for _ in range(ARTICLES)), strict=True)]

    def article(self, rate: float, foreign: bool) -> list[Article]:
        """One article in every column.

        What stands before a comma or a full stop is not edited: tools that keep them together lose nothing by it.
        With `foreign`, every edited word stands once in all texts, so that only one shortest script exists.
        """
        first = [Word(next(self.numbers), word) for word in self.prose(self.random.randint(50, 180))]
        plans = [self.plan(first, rate) for _ in range(COLUMNS - 1)]
        vocabulary = [word.text for word in first if word.text.isalnum()]
        if foreign:
            gone = {place for plan in plans for place, edit in plan.items() if edit != "insert"}
            first = [Word(w.number, self.foreign_word(w.number)) if k in gone else w for k, w in enumerate(first)]
        return [first, *(self.edited(first, plan, [] if foreign else vocabulary) for plan in plans)]

    def prose(self, least: int) -> list[str]:
        words: list[str] = []
        while len(words) < least:
            clause = self.random.choice(CLAUSES)
            filled = re.sub(r"{(\w+)}", lambda slot: self.random.choice(WORDS[slot[1]]), clause)
            words += (filled[0].upper() + filled[1:]).split()
        return words

    def plan(self, words: Article, rate: float) -> dict[int, str]:
        """What happens to which word."""
        free = [place for place, word in enumerate(words) if word.text.isalnum()]
        chosen = self.random.sample(free, min(len(free), round(rate * len(words))))
        return {place: self.random.choice(("replace", "insert", "delete")) for place in chosen}

    def edited(self, words: Article, plan: dict[int, str], vocabulary: Sequence[str]) -> Article:
        found = []
        for place, word in enumerate(words):
            edit = plan.get(place)
            if edit in ("replace", "insert"):
                beside = {word.text, *(before.text for before in found[-1:])}
                found.append(self.new_word([text for text in vocabulary if text not in beside]))
            if edit not in ("replace", "delete"):
                found.append(word)
        return found

    def new_word(self, vocabulary: Sequence[str]) -> Word:
        number = next(self.numbers)
        return Word(number, self.random.choice(vocabulary) if vocabulary else self.foreign_word(number))

    def foreign_word(self, number: int) -> str:
        """A word that no clause has, another one for every number."""
        syllables = ("ba", "ko", "mu", "ri", "ze", "lo", "ta", "ne", "vi", "su")
        return "".join(syllables[int(digit)] for digit in str(number))


def report() -> str:
    """The whole measurement as a table of plain text."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    lines = [
        f"{COLUMNS} x {ARTICLES} articles, every pair of columns. Seed {SEED}.",
        f"Python {platform.python_version()}, {libraries}.",
        f"Processor time for all pairs, the best of {REPETITIONS}. Edits with foreign words have one shortest script;",
        "with words of the text there may be a shorter script than the edits were: fewer marks are then no fault.",
        "",
        "edits    rate  tool              marked/edited precision recall   exact       ms  x ours",
    ]
    for edits, rate in product(("foreign", "own"), RATES):
        columns = Maker(SEED).columns(rate, foreign=edits == "foreign")
        lines += [f"{edits:<8} {rate:>4.0%}  {row}" for row in _rows(columns)]
    columns = Maker(SEED).columns(RATES[1], foreign=False)
    lines += ["", *_times_of_the_rest(columns)]
    return "\n".join(lines) + "\n"


def _rows(columns: Sequence[Sequence[Article]]) -> Iterator[str]:
    pairs = [_pair(a, b) for left, right in combinations(columns, 2) for a, b in zip(left, right, strict=True)]
    seconds = _best_times([partial(_call_on_all, tool, pairs) for tool in TOOLS])
    for tool, spent in zip(TOOLS, seconds, strict=True):
        yield f"{tool.name:<17} {_quality(tool, pairs)} {spent * 1000:>8.1f} {spent / seconds[0]:>7.2f}"


def _call_on_all(tool: Tool, pairs: Sequence[Pair]) -> None:
    for pair in pairs:
        tool.call(pair.left, pair.right)


def _times_of_the_rest(columns: Sequence[Sequence[Article]]) -> list[str]:
    texts = [[_text(article) for article in column] for column in columns]
    rows = list(zip(*texts, strict=True))
    of_reuse, of_align = _best_times([lambda: [reuse(row) for row in rows], lambda: align(texts)])
    return [
        f"reuse() of each of the {ARTICLES} articles in {COLUMNS} columns: {of_reuse * 1000:.1f} ms for all",
        f"align() of {COLUMNS} x {ARTICLES} articles: {of_align * 1000:.1f} ms",
    ]


def _best_times(tasks: Sequence[Callable[[], object]]) -> list[float]:
    """The shortest time of each task; they take turns, so that a busy machine is busy for all."""
    times = [float("inf")] * len(tasks)
    for _ in range(REPETITIONS):
        for number, task in enumerate(tasks):
            # Texts are kept between calls; each repetition begins with none.
            tokens_to_compare.cache_clear()
            start = time.process_time()
            task()
            times[number] = min(times[number], time.process_time() - start)
    return times


def _quality(tool: Tool, pairs: Sequence[Pair]) -> str:
    marked = edited = right = exact = 0
    for pair in pairs:
        marks = tool.marks(pair, tool.call(pair.left, pair.right))
        for ours, theirs in zip(marks, pair.edited, strict=True):
            marked, edited, right = marked + len(ours), edited + len(theirs), right + len(ours & theirs)
        exact += marks == pair.edited
    return f"{marked / edited:>13.3f} {right / marked:>9.3f} {right / edited:>6.3f} {f'{exact}/{len(pairs)}':>7}"


def _text(article: Article) -> str:
    return " ".join(word.text for word in article)


def _pair(left: Article, right: Article) -> Pair:
    ours, theirs = ({word.number for word in article} for article in (left, right))
    removed = {place for place, word in enumerate(left) if word.number not in theirs}
    added = {place for place, word in enumerate(right) if word.number not in ours}
    return Pair(_text(left), _text(right), (removed, added))


def _touched(text: str, stretches: Sequence[tuple[int, int]]) -> set[int]:
    """The numbers of the words of which a stretch (from a character up to another) has a part."""
    words = [word.span() for word in re.finditer(r"\S+", text)]
    return {
        number
        for start, end in stretches
        for number, (opens, closes) in enumerate(words)
        if start < closes and opens < end
    }


def _marks_of_pieces(pair: Pair, pieces: Sequence[tuple[str, str, bool]]) -> Marks:
    """The marks of an answer in pieces: each as it stands in both texts, and whether it is changed."""
    left = right = 0
    removed, added = [], []
    for ours, theirs, changed in pieces:
        if changed:
            removed.append((left, left + len(ours)))
            added.append((right, right + len(theirs)))
        left, right = left + len(ours), right + len(theirs)
    return _touched(pair.left, removed), _touched(pair.right, added)


def _marks_of_engine(pair: Pair, spans: list) -> Marks:
    return _marks_of_pieces(pair, [(span.left, span.right, span.op != "same") for span in spans])


def _marks_of_characters(pair: Pair, opcodes: list) -> Marks:
    changed = [opcode for opcode in opcodes if opcode[0] != "equal"]
    removed = [(start, end) for _, start, end, _, _ in changed]
    added = [(start, end) for _, _, _, start, end in changed]
    return _touched(pair.left, removed), _touched(pair.right, added)


def _marks_of_words(pair: Pair, opcodes: list) -> Marks:
    changed = [opcode for opcode in opcodes if opcode[0] != "equal"]
    removed = {place for _, start, end, _, _ in changed for place in range(start, end)}
    added = {place for _, _, _, start, end in changed for place in range(start, end)}
    return removed, added


def _marks_of_diff_match_patch(pair: Pair, pieces: list) -> Marks:
    sides = [(text if op <= 0 else "", text if op >= 0 else "", op != 0) for op, text in pieces]
    return _marks_of_pieces(pair, sides)


def _difflib_of_characters(left: str, right: str) -> list:
    return SequenceMatcher(None, left, right).get_opcodes()


def _difflib_of_words(left: str, right: str) -> list:
    return SequenceMatcher(None, left.split(), right.split()).get_opcodes()


def _diff_match_patch(left: str, right: str) -> list:
    library = diff_match_patch()
    pieces = library.diff_main(left, right)
    library.diff_cleanupSemantic(pieces)
    return pieces


def _redlines(left: str, right: str) -> list:
    return Redlines(left, right).opcodes


TOOLS = (
    Tool("ours", diff, _marks_of_engine),
    Tool("difflib, text", _difflib_of_characters, _marks_of_characters),
    Tool("difflib, words", _difflib_of_words, _marks_of_words),
    Tool("diff-match-patch", _diff_match_patch, _marks_of_diff_match_patch),
    Tool("redlines", _redlines, _marks_of_words),
)

"""How much of an earlier article's wording a later one takes over, by translation: plain values for a picture."""

from __future__ import annotations

from dataclasses import dataclass, replace

from apps.comparison.engine.reuse import MOST_TEXTS
from apps.comparison.engine.tokens import MOST_CHARACTERS
from apps.comparison.marks import share
from apps.comparison.words import Passage, Words
from apps.editorial.refusals import listed
from apps.treaties.models import Rendering


@dataclass(frozen=True)
class Bar:
    """One rendering of the later article: how many of its words the earlier one has, of how many."""

    words: Rendering
    shared: int
    of: int
    chosen: bool

    @property
    def width(self) -> str:
        """The part that is shared, as a picture takes it."""
        return f"{100 * self.shared / self.of:.2f}%"


@dataclass(frozen=True)
class Picture:
    """The renderings of `later` held against the one chosen of `earlier`, those that share most first.

    `extracts` are left out: with less than half as many words as the longest, they show what their source picked.
    `beside` are the further passages of the two treaties at which the page's marks look and these counts do not.
    """

    earlier: Passage
    later: Passage
    bars: tuple[Bar, ...]
    extracts: tuple[Rendering, ...] = ()
    beside: tuple[Passage, ...] = ()

    @property
    def named_beside(self) -> str:
        """The further passages as a sentence names them: “the 1961 Preamble and 1961 Art. 5”; '' without any."""
        names = [f"{each.article.treaty.slug} {each.article.short_label}" for each in self.beside]
        return f"{'' if self.beside[0].article.order else 'the '}{listed(names)}" if names else ""


def picture(words: Words) -> Picture | None:
    """The latest treaty's article against the earliest one's, where each has one with words, or one in the same row.

    None where there are no such two, where the later one has no two renderings to tell apart, or where they are too
    long to be all compared while a reader waits.
    """
    columns = sorted((column for column in words.columns if column.text), key=lambda column: column.slug)
    if len(columns) < 2:
        return None
    if words.in_rows:
        pairs = zip(columns[0].rows, columns[-1].rows, strict=True)
        found = [(a, b) for a, b in pairs if a and b and a.rendering and b.rendering]
    else:
        first, last = ([p for p in column.passages if p.rendering] for column in (columns[0], columns[-1]))
        found = [(a, b) for a in first for b in last]
    drawn = _held_against(*found[0]) if len(found) == 1 else None
    if drawn is None or not words.legend:
        return drawn
    spoken = [p for column in (columns[0], columns[-1]) for p in column.passages if p.rendering]
    return replace(drawn, beside=tuple(p for p in spoken if p not in found[0]))


def _held_against(earlier: Passage, later: Passage) -> Picture | None:
    if earlier.rendering is None or later.rendering is None or len(later.spoken) > MOST_TEXTS:
        return None
    text = earlier.rendering.text
    if len(text) + sum(len(words.text) for words in later.spoken) > MOST_CHARACTERS:
        return None
    bars = [Bar(words, *share(text, words.text), chosen=words.pk == later.rendering.pk) for words in later.spoken]
    longest = max(bar.of for bar in bars)
    whole = [bar for bar in bars if bar.of and 2 * bar.of >= longest]
    if len(whole) < 2:
        return None
    return Picture(
        earlier,
        later,
        tuple(sorted(whole, key=lambda bar: (-bar.shared / bar.of, bar.words.translator, bar.words.pk))),
        tuple(bar.words for bar in bars if bar not in whole),
    )

"""A topic's words side by side: which rendering of each article stands there, what is marked in it, set in rows.

Plain values that a page prints, made from records that were read before and from what an address asks for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from apps.comparison import marks
from apps.comparison.engine.align import align
from apps.comparison.engine.tokens import TooLong
from apps.comparison.marks import Piece, Question
from apps.comparison.rows import Side
from apps.editorial.refusals import listed
from apps.treaties import reads
from apps.treaties.bands import code
from apps.treaties.models import Article, Rendering

MOST_ROWS = 8
"""How many rows the style sheet can set in step; a topic of more articles stands column by column."""
BETWEEN = "\n\n"
"""What stands between two articles of a column when its words are compared."""


@dataclass(frozen=True)
class Asked:
    """What an address asks of the words. `renderings` are source slugs, alone or after “2024/4:” for one article."""

    language: str = "en"
    renderings: tuple[str, ...] = ()
    question: Question = Question.SHARED
    base: str = ""


@dataclass(frozen=True)
class Passage:
    """An article with the wording chosen for it, or None where the language has no words of it on record.

    `spoken` are all its wordings in the language, the first of them chosen unless another was asked for; `paragraphs`
    the chosen one's words in pieces.
    """

    article: Article
    spoken: tuple[Rendering, ...] = ()
    rendering: Rendering | None = None
    elsewhere: tuple[str, ...] = ()
    paragraphs: tuple[tuple[Piece, ...], ...] = ()

    @property
    def place(self) -> str:
        """How an address names the article: “2024/4”."""
        return f"{self.article.treaty.slug}/{self.article.number}"


@dataclass(frozen=True)
class Column:
    """One treaty's words on a topic; `rows` are its passages in the order shown, None where a row has none of it."""

    side: Side
    passages: tuple[Passage, ...]
    rows: tuple[Passage | None, ...] = ()

    @property
    def slug(self) -> str:
        return self.side.treaty.slug

    @property
    def shown(self) -> tuple[Passage | None, ...]:
        """Its rows; none where the treaty has no article on the topic, which is said once beside all rows."""
        return self.rows if self.passages else ()

    @property
    def text(self) -> str:
        """The words of all its passages, as they are compared; '' where there are none."""
        return BETWEEN.join(passage.rendering.text for passage in self.passages if passage.rendering)


@dataclass(frozen=True)
class Key:
    """One entry of the legend: a mark as it looks, and what it says."""

    kind: str
    label: str
    look: str = ""


@dataclass(frozen=True)
class Words:
    """The columns with their marks. `note` says why nothing is marked; `base` is what the others are held against."""

    columns: tuple[Column, ...]
    legend: tuple[Key, ...] = ()
    lines: str = ""
    note: str = ""
    base: str = ""
    in_rows: bool = False

    @property
    def passages(self) -> list[Passage]:
        return [passage for column in self.columns for passage in column.passages]

    @property
    def bases(self) -> list[str]:
        """The treaties that the others can be held against: those with words, where there are several."""
        found = [column.slug for column in self.columns if column.text]
        return found if len(found) > 1 else []


def renderings_of(article: Any) -> list[Rendering]:
    """The wordings of an article that `reads.articles` gave."""
    return article.readable_renderings


def tokens_of(articles: Iterable[Article]) -> set[str]:
    """Everything that names a rendering of these articles in an address."""
    found = set()
    for article in articles:
        for words in renderings_of(article):
            found |= {words.source.slug, f"{article.treaty.slug}/{article.number}:{words.source.slug}"}
    return found


def chosen(sides: Iterable[Side], asked: Asked) -> tuple[Column, ...]:
    """One column a side, each article in the rendering asked for, else in the first of the language."""
    return tuple(Column(side, tuple(_passage(article, asked) for article in side.articles)) for side in sides)


def _passage(article: Article, asked: Asked) -> Passage:
    spoken = [words for words in reads.in_order(renderings_of(article)) if words.language == asked.language]
    others = dict.fromkeys(words.language for words in renderings_of(article) if words.language != asked.language)
    passage = Passage(article, tuple(spoken), elsewhere=tuple(sorted(others, key=reads.language_order)))
    here = f"{passage.place}:"
    own = [token.removeprefix(here) for token in asked.renderings if token.startswith(here)]
    anywhere = [token for token in asked.renderings if ":" not in token]
    by_source = {words.source.slug: words for words in reversed(spoken)}
    picked = next((by_source[slug] for slug in own + anywhere if slug in by_source), spoken[0] if spoken else None)
    return replace(passage, rendering=picked)


def tokens_chosen(passages: Sequence[Passage], asked: Asked, *, all_of_them: bool = False) -> dict[str, str]:
    """What an address says for each article whose rendering is not the first, or for all where there is a choice."""
    return {
        passage.place: token(passage, passage.rendering, passages)
        for passage in passages
        if passage.rendering
        and len(passage.spoken) > 1
        and (all_of_them or passage.rendering.pk != passage.spoken[0].pk)
    }


def token(passage: Passage, words: Rendering, passages: Iterable[Passage]) -> str:
    """How an address asks for a rendering: by its source, and by the article where the source prints several."""
    printed = Counter(each.source.slug for passage in passages if len(passage.spoken) > 1 for each in passage.spoken)
    return words.source.slug if printed[words.source.slug] == 1 else f"{passage.place}:{words.source.slug}"


def set_in_rows(columns: Sequence[Column]) -> tuple[tuple[Column, ...], bool]:
    """The columns with their passages in rows: first those that deal with the same matter, then the others.

    Likeness goes by our headings and gists, so that a page stands still when the language changes. Where no passage
    is like one of another treaty, or there are too many, each column keeps its own order; the second value says which.
    """
    plain = tuple(replace(column, rows=column.passages) for column in columns)
    if max((len(column.passages) for column in columns), default=0) < 2:
        return plain, False
    try:
        found = align([[f"{p.article.heading} {p.article.gist}" for p in column.passages] for column in columns])
    except TooLong:
        return plain, False
    together = [[list(cell) for cell in row.cells] for row in found if sum(map(bool, row.cells)) > 1]
    if not together:
        return plain, False
    paired = [{place for row in together for place in row[number]} for number in range(len(columns))]
    alone = [
        [place for place in range(len(column.passages)) if place not in paired[number]]
        for number, column in enumerate(columns)
    ]
    height = len(together) + max(map(len, alone))
    if height > MOST_ROWS:
        return plain, False
    return tuple(
        replace(column, rows=_rows(column, [row[number] for row in together], alone[number], height))
        for number, column in enumerate(columns)
    ), True


def _rows(
    column: Column, together: Sequence[Sequence[int]], alone: Sequence[int], height: int
) -> tuple[Passage | None, ...]:
    shown = [column.passages[cell[0]] if cell else None for cell in together]
    shown += [column.passages[place] for place in alone]
    return tuple(shown + [None] * (height - len(shown)))


def marked(columns: Sequence[Column], asked: Asked, language: str) -> Words:
    """The columns with what is marked in them, a legend of just that, or why there is nothing; set in rows."""
    worded = [number for number, column in enumerate(columns) if column.text]
    earliest = min(worded, key=lambda number: columns[number].slug, default=0)
    base = next((number for number in worded if columns[number].slug == asked.base), earliest)
    found = marks.mark([column.text or None for column in columns], asked.question, base)
    slugs = [column.slug for column in columns]
    pieces = [
        tuple(_told(each, number, slugs) for each in of_column or ()) for number, of_column in enumerate(found.columns)
    ]
    kinds = _kinds(pieces)
    shown, in_rows = set_in_rows([_cut(column, pieces[number]) for number, column in enumerate(columns)])
    return Words(
        columns=shown,
        legend=_legend(kinds, slugs, base),
        lines=_lines({slugs[k] for _, sharers in kinds for k in sharers}),
        note=""
        if asked.question is Question.NONE
        else _note(columns, worded, asked, slugs[base] if slugs else "", language, found.refused, kinds),
        base=slugs[base] if worded else "",
        in_rows=in_rows,
    )


def _told(piece: Piece, number: int, slugs: Sequence[str]) -> Piece:
    """A shared piece with its look, and with what those hear who do not see it."""
    if piece.kind != "shared":
        return piece
    others = sorted(slugs[k] for k in piece.sharers if k != number)
    return replace(piece, look=_look(piece.sharers, slugs), said=f"also in {listed(others)}" if others else "")


def _look(sharers: Sequence[int], slugs: Sequence[str]) -> str:
    if len(sharers) == len(slugs) > 2:
        return "all"
    return "-".join(code(slug) for slug in sorted(slugs[k] for k in sharers))


def _cut(column: Column, pieces: Sequence[Piece]) -> Column:
    """A column whose passages have its pieces, cut where one article ends and the next begins."""
    spoken = [passage for passage in column.passages if passage.rendering]
    if not spoken:
        return column
    lengths = [len(passage.rendering.text) + len(BETWEEN) for passage in spoken if passage.rendering]
    lengths[-1] -= len(BETWEEN)
    parts = iter(marks.cut(pieces, lengths))
    return replace(
        column,
        passages=tuple(
            replace(passage, paragraphs=tuple(map(tuple, marks.paragraphs(next(parts)))))
            if passage.rendering
            else passage
            for passage in column.passages
        ),
    )


def _kinds(columns: Iterable[Iterable[Piece]]) -> list[tuple[str, tuple[int, ...]]]:
    """Every kind of mark on the page once: those that fewest share first."""
    found = {(piece.kind, piece.sharers) for pieces in columns for piece in pieces if piece.kind}
    return sorted(found, key=lambda each: (each[0] != "removed", len(each[1]), each))


def _legend(kinds: Iterable[tuple[str, tuple[int, ...]]], slugs: Sequence[str], base: int) -> tuple[Key, ...]:
    # A word that was removed may stand elsewhere in the other text: these tell of places, not of words.
    against = f"{' since' if slugs[base] == min(slugs) else ', counted from'} {slugs[base]}" if slugs else ""
    say: dict[str, Callable[[tuple[int, ...]], str]] = {
        "shared": lambda sharers: (
            f"in {listed(sorted(slugs[k] for k in sharers))}"
            if len(sharers) < len(slugs) or len(slugs) < 3
            else f"in all {'three' if len(slugs) == 3 else len(slugs)}"
        ),
        "removed": lambda _: f"removed{against}",
        "added": lambda _: f"added{against}",
    }
    return tuple(Key(kind, say[kind](sharers), _look(sharers, slugs)) for kind, sharers in kinds)


_DRAWN = {"61": "dashed", "00": "dotted", "24": "solid"}


def _lines(slugs: Iterable[str]) -> str:
    """Which line under shared words is which treaty: “Dashed line: 1961; solid: 2024.”; '' where none is drawn."""
    drawn = [(word, slug) for slug in sorted(slugs) if (word := _DRAWN.get(code(slug)))]
    said = "; ".join(f"{word}{'' if number else ' line'}: {slug}" for number, (word, slug) in enumerate(drawn))
    return f"{said[0].upper()}{said[1:]}." if said else ""


def _note(
    columns: Sequence[Column],
    worded: Sequence[int],
    asked: Asked,
    base: str,
    language: str,
    refused: str,
    kinds: Sequence[tuple[str, tuple[int, ...]]],
) -> str:
    """Why nothing is marked, or why not against the treaty asked for; '' where all is as asked."""
    with_words = [columns[number].slug for number in worded]
    if refused:
        return f"Nothing is marked here, because the words are too long to be compared. {refused}"
    if len(worded) < 2:
        said = (
            f"Nothing is marked: only {with_words[0]} has words in {language} on record."
            if worded
            else f"Nothing is marked: no words in {language} are on record."
        )
        elsewhere = any(passage.elsewhere for column in columns for passage in column.passages if not column.text)
        return f"{said} Words in different languages are never held against each other." if elsewhere else said
    if asked.question is Question.CHANGED and asked.base and asked.base not in with_words:
        return f"{asked.base} has no words in {language} on record; held against is {base}."
    if not kinds and asked.question is Question.SHARED:
        return f"Nothing is marked: the words of {listed(with_words)} share no wording."
    return "" if kinds else f"Nothing is marked: {listed(with_words)} have the same words."

"""Who reads a question how, and when: opinions set into columns of time and rows of positions. Pure functions."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from apps.editorial import dates

MOST_COLUMNS = 8


@dataclass(frozen=True)
class Row:
    """A position, and for each column of the plot (by its heading) the opinions that take it then."""

    position: Any
    cells: list[tuple[str, list[Any]]]


@dataclass(frozen=True)
class Plot:
    """Columns of time (as headings) and rows of positions; empty columns are left out."""

    columns: list[str]
    rows: list[Row]


def _column(stated: str, precise: bool) -> str:
    day = stated.partition("/")[0].partition("T")[0].rstrip("~?%")
    return dates.display(day if precise else day[:7])


def plot(positions: Sequence[Any], opinions: Sequence[Any]) -> Plot:
    """The plot of opinions, each with `stated` (EDTF), `stated_earliest` and `position_id`, over ordered positions.

    Columns are days while there are few of them, else months, else years.
    """
    ordered = sorted(opinions, key=lambda opinion: (opinion.stated_earliest, opinion.pk))
    for name in (lambda text: _column(text, True), lambda text: _column(text, False), lambda text: text[:4]):
        columns = list(dict.fromkeys(name(opinion.stated) for opinion in ordered))
        if len(columns) <= MOST_COLUMNS:
            break
    rows = [
        Row(
            position,
            [
                (column, [o for o in ordered if o.position_id == position.pk and name(o.stated) == column])
                for column in columns
            ],
        )
        for position in positions
    ]
    return Plot(columns, rows)


WIDTH, LABELS, HEAD = 1000, 190, 40
"""How wide a picture of a plot is, how much of it the names of the positions take, how tall the heads are."""

_LINE, _TAG, _ROW, _LETTER, _MARK = 15, 7, 52, 6.6, 22


@dataclass(frozen=True)
class Tag:
    """An opinion in the picture: its corner, its dot, and its expert's name in lines; `ticks` say how confident."""

    opinion: Any
    x: float
    y: float
    width: float
    height: float
    dot_x: float
    dot_y: float
    ticks: list[float]
    lines: list[tuple[float, str]]


@dataclass(frozen=True)
class Join:
    """The line from an expert's earlier opinion to the later one; not `sure` where the order is not known."""

    x1: float
    y1: float
    x2: float
    y2: float
    sure: bool

    @property
    def path(self) -> str:
        """Straight between the dots, or above the name that stands between them."""
        if self.y1 == self.y2:
            return f"M{self.x1} {self.y1}V{self.y1 - 9}H{self.x2}V{self.y2}"
        return f"M{self.x1} {self.y1}L{self.x2} {self.y2}"


@dataclass(frozen=True)
class Band:
    """A position's row in the picture: where it begins, its name in lines, whether it is off the scale."""

    y: float
    lines: list[tuple[float, str]]
    off_scale: bool


@dataclass(frozen=True)
class Picture:
    """A plot set out on a sheet `WIDTH` wide: heads of columns (x, text), bands, tags, and what joins them."""

    height: float
    heads: list[tuple[float, str]]
    bands: list[Band]
    tags: list[Tag]
    joins: list[Join]


_TICKS = {"LOW": 1, "MEDIUM": 2, "HIGH": 3}


def draw(plotted: Plot, pairs: Sequence[Any]) -> Picture:
    """The picture of a plot; `pairs` are the opinions (`earlier`, `later`, `ordered`) that a line is to join."""
    each = (WIDTH - LABELS) / max(1, len(plotted.columns))
    bands, tags = [], []
    y: float = HEAD
    for row in plotted.rows:
        bottoms = [y]
        for number, (_, cell) in enumerate(row.cells):
            top = y + 6
            for opinion in cell:
                tags.append(_tag(opinion, LABELS + number * each, top, each))
                top += tags[-1].height + 2
            bottoms.append(top)
        label = wrapped(row.position.label, int((LABELS - 16) / _LETTER), 3)
        bands.append(
            Band(
                y,
                [(round(y + 20 + _LINE * n, 1), text) for n, text in enumerate(label)],
                row.position.off_scale,
            )
        )
        y = max(*bottoms, y + _ROW, y + 12 + _LINE * (len(label) + row.position.off_scale)) + 4
    heads = [(round(LABELS + number * each + 6, 1), text) for number, text in enumerate(plotted.columns)]
    at = {tag.opinion.pk: tag for tag in tags}
    joins = [
        Join(one.dot_x, one.dot_y, other.dot_x, other.dot_y, pair.ordered)
        for pair in pairs
        if (one := at.get(pair.earlier.pk)) and (other := at.get(pair.later.pk))
    ]
    return Picture(round(y, 1), heads, bands, tags, joins)


def _tag(opinion: Any, x: float, y: float, width: float) -> Tag:
    name = wrapped(opinion.expert.label, int((width - _MARK - 4) / _LETTER), 2)
    dot_x, dot_y = round(x + 11, 1), round(y + 10, 1)
    return Tag(
        opinion=opinion,
        x=round(x + 2, 1),
        y=round(y, 1),
        width=round(width - 4, 1),
        height=_TAG + _LINE * len(name),
        dot_x=dot_x,
        dot_y=dot_y,
        ticks=[round(dot_x - 5 + 4 * n, 1) for n in range(_TICKS.get(opinion.confidence, 0))],
        lines=[(round(dot_y + 5 + _LINE * n, 1), text) for n, text in enumerate(name)],
    )


def wrapped(text: str, longest: int, most: int) -> list[str]:
    """A text in at most `most` lines of about `longest` letters, broken between words; “…” where it goes on."""
    lines = textwrap.wrap(text, max(4, longest), break_long_words=True)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    return [*lines[: most - 1], f"{last if len(last) < longest else last[: longest - 1].rstrip()}…"]

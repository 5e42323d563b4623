"""Who reads a question how, and when: opinions set into columns of time and rows of positions. Pure functions."""

from __future__ import annotations

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

"""Who takes which position on which question, at a glance; which evidence several camps use; whose voices are missing.

Pure functions over opinions that carry their expert, position, question, `public_citations` and `institution`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from apps.opinions.institutions import kind_of

COLUMNS = 6
"""So many questions stand side by side without a sideways scroll."""


ALWAYS = ("RU", "KP", "CN")
"""Countries whose silence is always named: the two parties, and the neighbour of both."""


@dataclass(frozen=True)
class Row:
    """An expert and, for each question of the grid, the opinions on it; `n` counts those on all questions."""

    expert: Any
    cells: list[tuple[Any, list[Any]]]
    n: int


@dataclass(frozen=True)
class Shared:
    """A source that opinions of different positions on one question cite; each camp with its opinions."""

    citation: Any
    camps: list[tuple[Any, list[Any]]]


@dataclass(frozen=True)
class Missing:
    """The countries and the kinds of institution that are on record on other questions and not on this one.

    Of `ALWAYS`, also those that are on record on none.
    """

    question: Any
    countries: list[str]
    kinds: list[str]


def questions(opinions: Sequence[Any]) -> list[Any]:
    """The questions on which somebody is on record, those with the most opinions first."""
    counts = Counter(opinion.position.question_id for opinion in opinions)
    found = {opinion.position.question_id: opinion.position.question for opinion in opinions}
    return sorted(found.values(), key=lambda each: (-counts[each.pk], each.position, each.pk))


def rows(opinions: Sequence[Any], columns: Sequence[Any], at_least: int) -> list[Row]:
    """The experts on record on any of these questions, and on `at_least` so many of all, the busiest first."""
    by_expert: dict[int, list[Any]] = defaultdict(list)
    for opinion in opinions:
        by_expert[opinion.expert_id].append(opinion)
    shown = {question.pk for question in columns}
    found = []
    for said in by_expert.values():
        on = {opinion.position.question_id for opinion in said}
        if on & shown and len(on) >= at_least:
            cells = [(column, [o for o in said if o.position.question_id == column.pk]) for column in columns]
            found.append(Row(said[0].expert, cells, len(said)))
    return sorted(found, key=lambda row: (-sum(bool(cell) for _, cell in row.cells), -row.n, row.expert.name))


def shared_evidence(opinions: Sequence[Any]) -> list[tuple[Any, list[Shared]]]:
    """Under each question, the sources that opinions of more than one position cite."""
    cited: dict[tuple[int, int], dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    citations: dict[tuple[int, int], Any] = {}
    for opinion in opinions:
        for citation in opinion.public_citations:
            key = (opinion.position.question_id, citation.source_id)
            citations.setdefault(key, citation)
            if opinion not in cited[key][opinion.position_id]:
                cited[key][opinion.position_id].append(opinion)
    found = []
    for question in questions(opinions):
        several = [
            Shared(citations[key], [(said[0].position, said) for said in by_position.values()])
            for key, by_position in cited.items()
            if key[0] == question.pk and len(by_position) > 1
        ]
        if several:
            found.append((question, several))
    return found


def missing(opinions: Sequence[Any]) -> list[Missing]:
    """Under each question, whose voices other questions have and it has not."""
    countries = list(dict.fromkeys([*ALWAYS, *sorted(o.country for o in opinions if o.country)]))
    kinds = list(dict.fromkeys(sorted(kind_of(o) for o in opinions if kind_of(o) not in ("", "other"))))
    found = []
    for question in questions(opinions):
        here = [opinion for opinion in opinions if opinion.position.question_id == question.pk]
        heard, of_kind = {o.country for o in here}, {kind_of(o) for o in here}
        found.append(
            Missing(
                question,
                [code for code in countries if code not in heard],
                [kind for kind in kinds if kind not in of_kind],
            )
        )
    return found

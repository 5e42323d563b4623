"""What is found: one query for the hits of a page, the number of all, and how they fall into kinds, people, periods.

The database first takes the passages with the words, then asks each row of them whether readers could read it at the
moment, and only then counts and orders; so no count tells of anything that came later.
"""

# ruff: noqa: S608 (what is written into the SQL are our own names; what readers type goes beside it)

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from apps.search.parts import KINDS, PARTS, Moment
from apps.search.query import Query, Term, is_paired, pairs, parse

PER_PAGE = 30
FACETS = ("kind", "language", "person", "treaty", "year")
_SAYS_NOTHING = "to_tsvector('search_words', {}) = ''"
"""The condition that a word stands in almost every text, so that nothing is searched for by it."""


@dataclass(frozen=True)
class Chosen:
    """Filters in force: any of the values of each; `person` holds slugs, `year` years. Empty lets all pass."""

    kind: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    treaty: tuple[str, ...] = ()
    year: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """A record that was found, and the passage of it that fits best, with its title where names are looked for."""

    kind: str
    record: int
    part: str
    row: int
    passage: int
    title: str = ""


@dataclass(frozen=True)
class Found:
    """A page of hits; `total` counts all. `sayings` is False where all that was typed are words of every text.

    `silent` are the words of every text among what was typed, told only where nothing is found. `facets` gives, of each
    filter, its values with their names and counts, counted without its own choice.
    """

    total: int = 0
    sayings: bool = True
    silent: frozenset[str] = frozenset()
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, Sequence[tuple[str, str, int]]] = field(default_factory=dict)


Sql = tuple[str, list[Any]]


def found(query: Query, at: Moment, chosen: Chosen, page: int = 1) -> Found:
    """The page of what carries the words as of `at` and fits the filters; beyond the last, the last. One query."""
    if not query.wanted:
        return Found()
    sql, params = _statement(query, at, chosen, page)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        (answer,) = cursor.fetchone()
    answer = json.loads(answer) if isinstance(answer, str) else answer
    facets: dict[str, list[tuple[str, str, int]]] = {name: [] for name in FACETS}
    for name, value, label, n in answer["facets"] or ():
        facets[name].append((value, label, n))
    return Found(
        total=answer["total"],
        sayings=answer["nodes"] > 0,
        silent=frozenset(answer["silent"] or ()),
        hits=tuple(Hit(*row) for row in answer["page"] or ()),
        facets=facets,
    )


def lexemes(query: Query) -> Sql:
    """The query as the database matches it, an expression of type tsquery."""
    wanted = [_term(term) for term in query.wanted]
    # A phrase that must not be there is looked for word by word: its words alone may well be there.
    unwanted = [_term(term) for term in query.terms if term.without and not term.exact]
    parts = [sql for sql, _ in wanted] + [f"!!{sql}" for sql, _ in unwanted]
    return f"({' && '.join(parts)})", [param for _, params in (*wanted, *unwanted) for param in params]


def heading_query(query: Query) -> Sql:
    """Any of the words that are looked for, for marking them; empty where none is written with spaces."""
    runs = [(term.pieces, term) for term in query.wanted if not term.is_paired]
    parts = ["to_tsquery('search_stems', %s) || to_tsquery('search_stems', %s)" for _ in runs]
    words = [text for run, term in runs for text in (_beside(run), _beside(run, goes_on=term.prefix))]
    return " || ".join(parts) or "''::tsquery", words


def _term(term: Term) -> Sql:
    parts: list[Sql] = []
    runs = list(term.runs())
    for number, (paired, run) in enumerate(runs):
        goes_on = term.prefix and number == len(runs) - 1
        if paired:
            keys = pairs(run)
            opens = len(run[-1]) == 1
            parts.append(("to_tsquery('simple', %s)", [_beside(keys, goes_on=opens)]))
        else:
            stems, words = _beside(run), _beside(run, goes_on=goes_on)
            parts.append(("(to_tsquery('search_stems', %s) || to_tsquery('search_words', %s))", [stems, words]))
    return f"({' && '.join(sql for sql, _ in parts)})", [param for _, params in parts for param in params]


def _beside(pieces: Sequence[str], *, goes_on: bool = False) -> str:
    """Letters and figures as a query of words that follow each other."""
    return " <-> ".join(f"'{piece}'" for piece in pieces) + (":*" if goes_on else "")


def _word_for_word(query: Query) -> Sql:
    """The condition that phrases stand there, or do not, as they were typed: stems alone would let other words pass."""
    words = "' ' || search_folded(p.title || ' | ' || p.words || ' | ' || p.more || ' | ' || p.who) || ' '"
    conditions, params = [], []
    for term in query.terms:
        if term.exact:
            conditions.append(f"AND {words} {'NOT ' if term.without else ''}LIKE %s")
            params.append(_pattern(term))
    return " ".join(conditions), params


def _pattern(term: Term) -> str:
    """The pieces with spaces between them; where a script writes without spaces, a word may begin or end anywhere."""
    runs = list(term.runs())
    before, after = ("" if runs[end][0] else " " for end in (0, -1))
    return f"%{before}{term.text}{after}%"


def _rows(queryset: QuerySet) -> Sql | None:
    """A queryset as SQL, or None where Django knows that it is empty."""
    try:
        sql, params = queryset.order_by().query.sql_with_params()
    except EmptyResultSet:
        return None
    return sql, list(params)


_SOME_MOMENT = datetime(1945, 1, 1, 1, 1, 1, 1, tzinfo=UTC)


def _as_of(at: Moment, part: Callable[[Moment], Sql]) -> Sql:
    """A part of the query as of `at`. Django takes longer to write it than the database to answer it, so that it is
    written once for some moment, and the moment asked for put in its place.
    """
    sql, params = part(None if at is None else _SOME_MOMENT)
    return sql, [at if param == _SOME_MOMENT else param for param in params]


def _joined(parts: Iterable[Sql | None]) -> Sql:
    there = [part for part in parts if part]
    return "\n  UNION ALL ".join(sql for sql, _ in there), [param for _, params in there for param in params]


@cache
def _seen(at: Moment, parts: tuple[str, ...] = tuple(PARTS)) -> Sql:
    """The hits whose rows readers could read, of the parts given."""
    return _joined(
        (f"SELECT hit.* FROM hit WHERE hit.part = '{part}' AND hit.row IN ({rows[0]})", rows[1])
        for part in parts
        if (rows := _rows(PARTS[part](at).values("pk")))
    )


@cache
def _tags(at: Moment) -> Sql:
    """What the records found are tied to: (facet, value, label) of each."""
    parts: list[Sql | None] = []
    for kind in KINDS.values():
        for name, rows in (("person", kind.people), ("treaty", kind.treaties), ("year", kind.years)):
            pairs_ = _rows(rows(at)) if rows else None
            if not pairs_:
                continue
            value, label, also = "tied.to_what::text", "''", ""
            if name == "person":
                value, label, also = (
                    "a.slug",
                    "a.name",
                    " JOIN sources_agent a ON a.id = tied.to_what AND a.status = 'PUBLISHED'",
                )
            parts.append(
                (
                    f"SELECT rec.kind, rec.record, '{name}' AS facet, {value} AS value, {label} AS label FROM rec"
                    f" JOIN ({pairs_[0]}) AS tied(key, to_what) ON rec.kind = '{kind.name}' AND tied.key = rec.record"
                    f"{also}",
                    pairs_[1],
                )
            )
    sql, params = _joined(parts)
    return f"SELECT DISTINCT * FROM ({sql}) AS tags", params


def _passes(chosen: Chosen) -> Sql:
    """Of each record, whether it fits each filter."""
    columns, params = [], []
    for name in FACETS:
        values = list(getattr(chosen, name))
        if not values:
            columns.append(f"TRUE AS is_{name}")
            continue
        params.append(values)
        if name == "kind":
            columns.append("rec.kind = ANY(%s) AS is_kind")
        elif name == "language":
            columns.append("rec.languages && %s AS is_language")
        else:
            columns.append(
                f"EXISTS (SELECT FROM tag WHERE tag.kind = rec.kind AND tag.record = rec.record"
                f" AND tag.facet = '{name}' AND tag.value = ANY(%s)) AS is_{name}"
            )
    return ", ".join(columns), params


def _but(name: str) -> str:
    return " AND ".join(f"ok.is_{other}" for other in FACETS if other != name)


def _statement(query: Query, at: Moment, chosen: Chosen, page: int) -> Sql:
    q, q_params = lexemes(query)
    exact, exact_params = _word_for_word(query)
    seen, seen_params = _as_of(at, _seen)
    tags, tag_params = _as_of(at, _tags)
    passes, pass_params = _passes(chosen)
    languages = list(chosen.language)
    pieces = [piece for term in query.wanted for piece in term.pieces if not is_paired(piece)]
    fits = f"{_but('')}"
    best = "AND (cardinality(%s::text[]) = 0 OR seen.language = ANY(%s))"
    worth = " ".join(f"WHEN '{kind.name}' THEN {kind.rank}" for kind in KINDS.values())
    order = " ".join(f"WHEN '{name}' THEN {place}" for place, name in enumerate(KINDS))
    sql = f"""
WITH asked AS MATERIALIZED (SELECT {q} AS q),
hit AS MATERIALIZED (
  SELECT p.id, p.part, p.row, p.kind, p.record, p.language, ts_rank(p.lexemes, asked.q, 1) AS rank
  FROM search_passage p, asked WHERE p.lexemes @@ asked.q {exact}),
seen AS MATERIALIZED ({seen}),
rec AS MATERIALIZED (
  SELECT kind, record, array_agg(DISTINCT language::text) AS languages,
    max(rank) * CASE kind {worth} END AS rank
  FROM seen GROUP BY kind, record),
tag AS MATERIALIZED ({tags}),
ok AS MATERIALIZED (SELECT rec.*, {passes} FROM rec),
total AS MATERIALIZED (SELECT count(*) AS n FROM ok WHERE {fits}),
page AS (
  SELECT ok.kind, ok.record, ok.rank FROM ok WHERE {fits}
  ORDER BY ok.rank DESC, CASE ok.kind {order} END, ok.record
  LIMIT {PER_PAGE} OFFSET least(%s, (SELECT greatest(n - 1, 0) / {PER_PAGE} * {PER_PAGE} FROM total))),
facets AS (
  SELECT 'kind' AS facet, ok.kind AS value, '' AS label, count(*) AS n FROM ok WHERE {_but("kind")} GROUP BY ok.kind
  UNION ALL SELECT 'language', l, '', count(*) FROM ok, unnest(ok.languages) AS l WHERE {_but("language")} GROUP BY l
  UNION ALL SELECT tag.facet, tag.value, tag.label, count(*) FROM tag JOIN ok USING (kind, record)
    WHERE CASE tag.facet WHEN 'person' THEN {_but("person")} WHEN 'treaty' THEN {_but("treaty")}
      ELSE {_but("year")} END
    GROUP BY tag.facet, tag.value, tag.label)
SELECT json_build_object(
  'total', (SELECT n FROM total),
  'nodes', (SELECT numnode(q) FROM asked),
  'silent', CASE WHEN (SELECT n FROM total) = 0 THEN (
    SELECT json_agg(piece) FROM unnest(%s::text[]) AS piece WHERE {_SAYS_NOTHING.format("piece")}) END,
  'facets', (SELECT json_agg(json_build_array(facet, value, label, n) ORDER BY n DESC, label, value) FROM facets),
  'page', (
    SELECT json_agg(json_build_array(page.kind, page.record, best.part, best.row, best.id)
      ORDER BY page.rank DESC, CASE page.kind {order} END, page.record)
    FROM page CROSS JOIN LATERAL (
      SELECT seen.part, seen.row, seen.id FROM seen
      WHERE seen.kind = page.kind AND seen.record = page.record {best}
      ORDER BY seen.rank DESC, seen.language = 'en' DESC, seen.id LIMIT 1) AS best))"""
    params = [
        *q_params,
        *exact_params,
        *seen_params,
        *tag_params,
        *pass_params,
        (max(page, 1) - 1) * PER_PAGE,
        pieces,
        languages,
        languages,
    ]
    return sql, params


TITLED = ("person", "question", "topic", "treaty", "treaty_title", "article", "timeline")
"""The parts whose titles are names that a reader may begin to type; who is spelt in more ways stands first."""


def titled(text: str, at: Moment, most: int) -> list[Hit]:
    """Records in whose titles or names all words of `text` stand, each begun at least. One query."""
    asked = [_in_title(run, paired=paired) for term in parse(text).wanted for paired, run in term.runs()]
    return _titled(asked, "&&", at, most)


def begun(beginnings: Sequence[str], at: Moment, most: int) -> list[Hit]:
    """Records in whose titles or names a word begins in one of these ways. One query."""
    return _titled([_in_title([text], paired=is_paired(text)) for text in beginnings], "||", at, most)


def _titled(asked: Sequence[Sql], how: str, at: Moment, most: int) -> list[Hit]:
    if not asked:
        return []
    q = f" {how} ".join(sql for sql, _ in asked)
    seen, seen_params = _as_of(at, lambda moment: _seen(moment, TITLED))
    worth = " ".join(f"WHEN '{kind.name}' THEN {kind.rank}" for kind in KINDS.values())
    sql = f"""
WITH asked AS MATERIALIZED (SELECT {q} AS q),
hit AS MATERIALIZED (
  SELECT p.id, p.part, p.row, p.kind, p.record, p.title, ts_rank(p.lexemes, asked.q) AS rank
  FROM search_passage p, asked WHERE p.lexemes @@ asked.q AND p.part = ANY(%s)),
seen AS MATERIALIZED ({seen})
SELECT DISTINCT ON (worth, kind, record) kind, record, part, row, id, title
FROM (SELECT seen.*, rank * CASE kind {worth} END AS worth FROM seen) AS found
ORDER BY worth DESC, kind, record LIMIT %s"""
    params = [*(param for _, words in asked for param in words), list(TITLED), *seen_params, most]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [Hit(*row) for row in cursor.fetchall()]


def _in_title(run: Sequence[str], *, paired: bool) -> Sql:
    if paired:
        keys = [f"'{key}':A" if len(key) > 1 else f"'{key}':*A" for key in pairs(run)]
        return "to_tsquery('simple', %s)", [" <-> ".join(keys)]
    begun = [f"'{piece}':*A" for piece in run]
    return "to_tsquery('search_words', %s)", [" & ".join(begun)]


READ = 2_500
"""So many passages at most are read for each search that is counted, and twice for words as they are spelt."""
MANY = 1_000
"""Beyond so many, records are not counted."""


def counts(queries: Sequence[Query], at: Moment, read: int = READ, many: int = MANY) -> list[int]:
    """How many records carry the words of each query as of `at`; `many` + 1 stands for all that are more.

    One query. One more where few of the passages that were read could be seen by then, so that no number tells of what
    came later: those are counted to the end.
    """
    found = _counts(queries, at, f"LIMIT {read}")
    few = [number for number, (n, passages) in enumerate(found) if passages >= read and n <= many]
    whole = _counts([queries[number] for number in few], at, "") if few else []
    for number, count in zip(few, whole, strict=True):
        found[number] = count
    return [min(n, many + 1) for n, _ in found]


def _counts(queries: Sequence[Query], at: Moment, limit: str) -> list[tuple[int, int]]:
    """Of each query, how many records carry it, and in how many passages it stands, readable or not."""
    asked = [(*lexemes(query), *_word_for_word(query)) for query in queries]
    seen, seen_params = _as_of(at, _seen)
    hits = "\n  UNION ALL ".join(
        f"(SELECT p.id, p.part, p.row, p.kind, p.record, {number} AS number FROM search_passage p"
        f" WHERE p.lexemes @@ {q} {exact} {limit})"
        for number, (q, _, exact, _) in enumerate(asked)
    )
    sql = f"""
WITH hit AS MATERIALIZED ({hits}), seen AS MATERIALIZED ({seen})
SELECT number, (SELECT count(DISTINCT (kind, record)) FROM seen WHERE seen.number = hit.number), count(*)
FROM hit GROUP BY number"""
    params = [param for _, words, _, phrases in asked for param in (*words, *phrases)]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, *seen_params])
        found = {number: (n, passages) for number, n, passages in cursor.fetchall()}
    return [found.get(number, (0, 0)) for number in range(len(queries))]


def spelt(words: Sequence[str], same: int, at: Moment) -> dict[str, int]:
    """The words that have their first `same` letters of one of these, as texts on the record spelt them by `at`, with
    how many texts do. One query.

    Words of every text are not among them, nor, of a record that has more such passages than are read, all others; but
    those of `words` that stand in a text are, and what goes on from them: passages with these are read for themselves.
    """
    beginnings = sorted({word[:same] for word in words})
    whole, begun_so = (" || ".join("to_tsquery('simple', %s)" for _ in each) for each in (words, beginnings))
    seen, seen_params = _as_of(at, _seen)
    passages = "SELECT p.id, p.part, p.row FROM search_passage p WHERE p.lexemes @@"
    sql = f"""
WITH hit AS MATERIALIZED (({passages} ({whole}) LIMIT {READ}) UNION ({passages} ({begun_so}) LIMIT {READ})),
seen AS MATERIALIZED ({seen})
SELECT word, count(DISTINCT p.id) FROM seen JOIN search_passage p USING (id),
  string_to_table(search_folded(concat_ws(' ', p.title, p.words, p.more, p.who)), ' ') AS word
WHERE word LIKE ANY(%s) AND NOT {_SAYS_NOTHING.format("word")} GROUP BY word"""
    asked = [_beside([each], goes_on=True) for each in (*words, *beginnings)]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*asked, *seen_params, [f"{each}%" for each in beginnings]])
        return dict(cursor.fetchall())

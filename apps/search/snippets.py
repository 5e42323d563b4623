"""What is shown of a passage: a part of its words around what was looked for, as runs, of which some are marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from apps.search.find import Hit, heading_query
from apps.search.query import Query, Term, is_paired

START, STOP, GAP = "\x02", "\x03", "\x01"
_MARKED = re.compile(f"{START}([^{STOP}]*){STOP}")
_BEFORE, _AFTER = 70, 150
_LETTER = "[0-9a-zа-я]"
# Where the database is of no language, a quotation mark would be taken for a part of the word beside it.
_APART = r"regexp_replace({0}, '([!-/:-@\[-`{{-~«»\u2010-\u2027\u2030-\u205e\u3000-\u301f]+)', E'\x01\\1\x01', 'g')"
_SOME = f"MaxFragments=2,MinWords=14,MaxWords=34,StartSel={START},StopSel={STOP},FragmentDelimiter= … "
_ALL = f"HighlightAll=true,StartSel={START},StopSel={STOP}"


@dataclass(frozen=True)
class Run:
    """A run of text, marked where it is what was looked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Snippet:
    """How a hit reads: its title, a part of its words in their language, and of its notes where those alone fit."""

    title: tuple[Run, ...]
    words: tuple[Run, ...]
    language: str
    more: tuple[Run, ...] = ()

    @property
    def foreign(self) -> bool:
        """Whether the words are in another language than the page."""
        return self.language != "en"


def snippets(query: Query, hits: Sequence[Hit], titles: Sequence[str]) -> list[Snippet]:
    """A snippet for each hit, with the title given for it. One query."""
    q, q_params = heading_query(query)
    notes = "concat_ws(' · ', CASE p.part WHEN 'person' THEN p.title END, nullif(p.more, ''), nullif(p.who, ''))"
    words, more, title = (_APART.format(name) for name in ("p.words", notes, "asked.title"))
    sql = f"""
    WITH q AS (SELECT {q} AS q)
    SELECT ts_headline('search_stems', {title}, q.q, %s), ts_headline('search_stems', {words}, q.q, %s),
      ts_headline('search_stems', replace({more}, E'\\n', ' · '), q.q, %s), p.words, p.language
    FROM unnest(%s::bigint[], %s::text[]) WITH ORDINALITY AS asked(id, title, place), q, search_passage p
    WHERE p.id = asked.id ORDER BY asked.place"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*q_params, _ALL, _SOME, _SOME, [hit.passage for hit in hits], list(titles)])
        rows = cursor.fetchall()
    paired = sequences(query)
    return [_snippet(title, cut, notes, text, code, paired) for title, cut, notes, text, code in rows]


def sequences(query: Query) -> re.Pattern[str] | None:
    """What was looked for in scripts that the database's own marking cannot read, each term's pieces in their order.

    A piece of one character says nothing where it stands alone: 제4조 is not every 제, every 4 and every 조.
    """
    found = {_sequence(term) for term in query.wanted if term.is_paired}
    return re.compile("|".join(sorted(found, key=lambda each: (-len(each), each))), re.IGNORECASE) if found else None


def _sequence(term: Term) -> str:
    before = "" if is_paired(term.pieces[0]) else f"(?<!{_LETTER})"
    after = "" if is_paired(term.pieces[-1]) or term.prefix else f"(?!{_LETTER})"
    return before + r"\W*".join(map(re.escape, term.pieces)) + after


def _snippet(
    title: str, headline: str, more: str, words: str, language: str, paired: re.Pattern[str] | None
) -> Snippet:
    shown = runs(around(words, paired), paired) or _open_ended(runs(headline), words)
    called, beside = runs(title, paired), runs(more, paired)
    alone = not _is_marked((*called, *shown)) and _is_marked(beside)
    return Snippet(called, shown, language, beside if alone else ())


def _is_marked(some: Iterable[Run]) -> bool:
    return any(run.marked for run in some)


def _open_ended(shown: tuple[Run, ...], words: str) -> tuple[Run, ...]:
    """The runs, with … at an end where the words go on."""
    if not shown:
        return ()
    cut = "".join(run.text for run in shown)
    before = () if words.startswith(cut[:20]) else (Run("…"),)
    after = () if words.rstrip(".!? ").endswith(cut[-20:].rstrip(".!? ")) else (Run("…"),)
    return (*before, *shown, *after)


def around(words: str, paired: re.Pattern[str] | None) -> str:
    """The words around the first place of `paired` in them, cut between words; '' where there is none."""
    first = paired.search(words) if paired else None
    if not first:
        return ""
    begin, end = max(first.start() - _BEFORE, 0), first.start() + _AFTER
    cut = words[begin:end]
    if begin:
        cut = "…" + (cut.split(maxsplit=1)[1] if " " in cut[:_BEFORE] else cut)
    if end < len(words):
        cut = (cut.rsplit(maxsplit=1)[0] if " " in cut[-_BEFORE:] else cut) + "…"
    return cut


def runs(text: str, paired: re.Pattern[str] | None = None) -> tuple[Run, ...]:
    """Text with the database's marks, as runs; `paired` is marked beside them."""
    text = text.replace(GAP, "")
    if paired:
        text = paired.sub(lambda found: f"{START}{_plain(found[0])}{STOP}", text)
    found, end = [], 0
    for match in _MARKED.finditer(text):
        found.append(Run(_plain(text[end : match.start()])))
        found.append(Run(_plain(match[1]), marked=True))
        end = match.end()
    found.append(Run(_plain(text[end:])))
    return tuple(run for run in found if run.text)


def _plain(text: str) -> str:
    return re.sub(f"[{START}{STOP}]", "", text)

"""Everything on the record as one list of plain entries in order of time, a window at a time.

The strands are woven in the database: keys first, then what the entries of the window print, then the sources they
cite. So a page costs three queries whatever the record holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from functools import lru_cache, wraps
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, Count, F, Field, IntegerField, OuterRef, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, TruncHour
from django.utils.text import capfirst

from apps.editorial.refusals import listed
from apps.opinions.rules import Knowledge
from apps.sources.models import Source
from apps.sources.templatetags.record import language
from apps.timelines.rules import Category, TieKind
from apps.timelines.strands import (
    INSTANT,
    KEYS,
    NO_TEXT,
    STRANDS,
    TEXT,
    TIES,
    Moment,
    Order,
    Strand,
    Wanted,
    corrected,
)
from apps.treaties.rules import ActKind

__all__ = ["KINDS", "Cited", "Entry", "Order", "Tally", "Wanted", "count", "numbers", "place_of", "tally", "window"]

KINDS = {strand.kind: strand.label for strand in STRANDS}


@dataclass(frozen=True)
class Cited:
    """A citation, as far as a chip prints it."""

    source: Source

    @property
    def source_id(self) -> int:
        return self.source.pk


@dataclass(frozen=True)
class Tie:
    """An article that an entry bears on: its treaty and number, and how: “acts on”, “turns on” …"""

    treaty: str
    number: str
    how: str

    @property
    def name(self) -> str:
        """“2024 Art. 4”, “1961 preamble”."""
        return f"{self.treaty} {'preamble' if self.number == 'preamble' else f'Art. {self.number}'}"


@dataclass(frozen=True)
class Entry:
    """One thing in order of time.

    `kind` is a key of KINDS and `label` its name in print, `symbol` names its mark, `language` is set where `title` is
    somebody's words, `side` is the country for which somebody speaks or publishes: of officials and of what belongs
    to a state, '' of others. `when` is EDTF; `earliest` and `latest` are its
    bounds, `known` is when the world could first read it, `shown` when we showed it, `corrected` when we last
    corrected it (all UTC). `chapter` and `remark` are an editor's, in a curated timeline.
    """

    kind: str
    key: int
    label: str
    symbol: str
    anchor: str
    when: str
    earliest: datetime
    latest: datetime
    known: datetime | None
    shown: datetime
    title: str
    url: str
    text: str = ""
    place: str = ""
    note: str = ""
    who: str = ""
    side: str = ""
    language: str = ""
    treaties: tuple[str, ...] = ()
    articles: tuple[Tie, ...] = ()
    citations: tuple[Cited, ...] = ()
    corrected: datetime | None = None
    chapter: str = ""
    remark: str = ""

    def stands_at(self, order: Order) -> datetime | None:
        """The instant by which it stands in an order; None where that is not on record."""
        return {Order.KNOWN: self.known, Order.SHOWN: self.shown}.get(order, self.earliest)


@dataclass(frozen=True)
class Tally:
    """How many entries of one kind and mark begin within one hour (UTC); `hour` None: nobody knows when.

    Of spans `until` is the instant at which they end, in the order of what happened.
    """

    hour: datetime | None
    kind: str
    symbol: str
    until: datetime | None
    n: int


def _kept(build: Callable[..., QuerySet]) -> Callable[..., QuerySet]:
    """`build`, with the last of what it built kept by what it was asked: to build takes longer than to be answered.

    Each time a copy is given, since a query keeps its answer.
    """
    built = lru_cache(maxsize=32)(build)

    @wraps(build)
    def copied(*asked: Any) -> QuerySet:
        return built(*asked).all()

    return copied


def window(at: Moment, wanted: Wanted, order: Order, start: int, size: int, lang: str = "") -> list[Entry]:
    """The entries from number `start` (from 0) on, at most `size`, as of `at`; the oldest first, by SHOWN the newest.

    Words of others are in `lang` where they are on record in it, else in English. Three queries, however much is on
    record.
    """
    keys = _keys(at, wanted, order)[start : start + size]
    chosen = [(kind, key) for _, kind, _, key, _ in keys]
    return _entries(at, wanted, chosen, lang)


def count(at: Moment, wanted: Wanted, order: Order = Order.HAPPENED) -> int:
    """How many entries fit what is wanted as of `at`; one query."""
    return _keys(at, wanted, order).count()


def published(at: Moment, wanted: Wanted) -> dict[tuple[str, int], datetime]:
    """When we put on record what fits what is wanted as of `at`, by kind and key; one query."""
    return {(kind, key): instant for instant, kind, _, key, _ in _keys(at, wanted, Order.SHOWN)}


def place_of(at: Moment, wanted: Wanted, order: Order, anchor: str) -> int | None:
    """How many entries stand before the one with this anchor; None where there is no such entry. Two queries."""
    named = _woven(
        strand.rows(at, wanted, order)
        .annotate(e_kind=Value(strand.kind, TEXT), e_anchor=strand.columns(at, "")["e_name"])
        .filter(e_anchor=anchor)
        .values_list("e_kind", "pk")
        for strand in _strands(wanted)
    )
    sought = named.first()
    if sought is None:
        return None
    return [(kind, key) for _, kind, _, key, _ in _keys(at, wanted, order)].index(tuple(sought))


def tally(at: Moment, wanted: Wanted, order: Order) -> list[Tally]:
    """How many entries begin in each hour, by kind and mark, in order; those without a date last. One query."""
    return [Tally(*row) for row in _tallied(at, wanted, order)]


@_kept
def _tallied(at: Moment, wanted: Wanted, order: Order) -> QuerySet:
    """(hour, kind, symbol, until, n) of `tally`."""
    rows = _woven(
        strand.rows(at, wanted, order)
        .annotate(
            e_hour=TruncHour(strand.instant(at, order), tzinfo=UTC),
            e_kind=Value(strand.kind, TEXT),
            e_symbol=strand.symbol,
            e_until=_end_of_span(strand, order),
        )
        .order_by()
        .values("e_hour", "e_kind", "e_symbol", "e_until")
        .annotate(e_n=Count("pk"))
        .values_list("e_hour", "e_kind", "e_symbol", "e_until", "e_n")
        for strand in _strands(wanted)
    )
    return rows.order_by("e_hour", "e_kind", "e_symbol", "e_until")


def _end_of_span(strand: Strand, order: Order) -> Any:
    if order is Order.KNOWN:
        return Value(None, INSTANT)
    return Case(When(**{f"{strand.clock}__contains": "/"}, then=F(f"{strand.clock}_latest")), output_field=INSTANT)


def numbers(at: Moment, wanted: Wanted, order: Order, relation: str) -> dict[str, int]:
    """How many of the entries wanted are related to each slug of `relation` (“treaties”, “people”, “topics”)."""
    totals: dict[str, int] = {}
    for slug, n in _numbered(at, wanted, order, relation):
        totals[slug] = totals.get(slug, 0) + n
    return totals


@_kept
def _numbered(at: Moment, wanted: Wanted, order: Order, relation: str) -> QuerySet:
    """(slug, n) of `numbers`, a row for each strand."""
    parts = []
    for strand in _strands(wanted):
        via = strand.related.get(relation)
        if via is None:
            continue
        fitting = strand.rows(at, wanted, order).values("pk")
        parts.append(
            strand.model.objects.filter(via.seen(at), pk__in=fitting, **{f"{via.slug}__isnull": False})
            .order_by()
            .values(e_slug=F(via.slug))
            .annotate(e_n=Count("pk", distinct=True))
            .values_list("e_slug", "e_n")
        )
    return _woven(parts) if parts else Source.objects.none()


def _strands(wanted: Wanted) -> list[Strand]:
    return [strand for strand in STRANDS if not wanted.kinds or strand.kind in wanted.kinds]


def _woven(parts: Iterable[QuerySet]) -> QuerySet:
    first, *rest = parts
    return first.union(*rest, all=True) if rest else first


@_kept
def _keys(at: Moment, wanted: Wanted, order: Order) -> QuerySet:
    """(instant, kind, rank, key, place) of every entry, in order."""
    parts = []
    for rank, strand in enumerate(STRANDS):
        if strand not in _strands(wanted):
            continue
        place = strand.place_in_day
        if order is Order.CHOSEN and wanted.timeline is not None:
            place = strand.item_of(wanted.timeline, "position")
        parts.append(
            strand.rows(at, wanted, order)
            .annotate(
                e_instant=strand.instant(at, order),
                e_kind=Value(strand.kind, TEXT),
                e_rank=Value(rank, IntegerField()),
                e_key=F("pk"),
                e_place=place,
            )
            .order_by()
            .values_list("e_instant", "e_kind", "e_rank", "e_key", "e_place")
        )
    woven = _woven(parts)
    if order is Order.CHOSEN:
        return woven.order_by("e_place", "e_instant", "e_rank", "e_key")
    if order is Order.SHOWN:
        return woven.order_by("-e_instant", "-e_rank", "-e_key")
    return woven.order_by("e_instant", "e_rank", "e_place", "e_key")


_NAMES: ArrayField = ArrayField(TextField())
_COLUMNS: dict[str, Any] = {
    **dict.fromkeys(("name", "code", "title", "url", "text", "place", "note", "who", "side", "language"), TEXT),
    "treaties": _NAMES,
    "ties": TIES,
    "cited": KEYS,
}
"""What every strand gives an entry of the window, beside its dates; a strand that gives nothing gives it empty."""


@dataclass(frozen=True)
class _Row:
    """A row of the woven window, as the database gives it."""

    kind: str
    key: int
    symbol: str
    when: str
    earliest: datetime
    latest: datetime
    known: datetime | None
    shown: datetime
    corrected: datetime | None
    chapter: str
    remark: str
    name: str
    code: str
    title: str
    url: str
    text: str
    place: str
    note: str
    who: str
    side: str
    language: str
    treaties: list[str]
    ties: list[dict[str, str]]
    cited: list[int]


def _entries(at: Moment, wanted: Wanted, chosen: Sequence[tuple[str, int]], lang: str) -> list[Entry]:
    """The entries with these (kind, key), in this order."""
    parts = [
        _printed(strand.kind, at, wanted.timeline, lang).filter(pk__in=keys)
        for strand in STRANDS
        if (keys := [key for kind, key in chosen if kind == strand.kind])
    ]
    if not parts:
        return []
    rows = [_Row(*values) for values in _woven(parts)]
    sources = Source.objects.for_chips().in_bulk({key for row in rows for key in row.cited})
    found = {(row.kind, row.key): _entry(row, sources) for row in rows}
    return [found[pair] for pair in chosen if pair in found]


@_kept
def _printed(kind: str, at: Moment, timeline: int | None, lang: str) -> QuerySet:
    """The columns of `_Row` for every record of a kind, whether readable as of `at` or not."""
    (strand,) = (each for each in STRANDS if each.kind == kind)
    own = strand.columns(at, lang)
    columns = {f"e_{name}": Cast(own.pop(f"e_{name}", _empty(what)), what) for name, what in _COLUMNS.items()}
    chapter = remark = NO_TEXT
    if timeline is not None:
        chapter, remark = strand.chapter_of(timeline), strand.item_of(timeline, "note")
    dates = {
        "e_kind": Value(strand.kind, TEXT),
        "e_key": F("pk"),
        "e_symbol": Cast(strand.symbol, TEXT),
        "e_when": Cast(strand.clock, TEXT),
        "e_earliest": F(f"{strand.clock}_earliest"),
        "e_latest": F(f"{strand.clock}_latest"),
        "e_known": strand.known(at),
        "e_shown": F("published_at"),
    }
    editors = {"e_chapter": Cast(chapter, TEXT), "e_remark": Cast(remark, TEXT)}
    return (
        strand.model.objects.order_by()
        .annotate(**own)
        .annotate(**dates, **editors, **columns)
        .annotate(e_corrected=corrected(OuterRef("e_url")))
        .values_list(*(f"e_{part.name}" for part in fields(_Row)))
    )


def _empty(kind: Field) -> Value:
    return Value("" if kind is TEXT else [], output_field=kind)


def _entry(row: _Row, sources: dict[int, Source]) -> Entry:
    ties = tuple(dict.fromkeys(Tie(tie["treaty"], tie["number"], tie["kind"]) for tie in row.ties))
    entry = Entry(
        kind=row.kind,
        key=row.key,
        label=KINDS[row.kind],
        symbol=row.symbol,
        anchor=row.name,
        when=row.when,
        earliest=row.earliest,
        latest=row.latest,
        known=row.known,
        shown=row.shown,
        title=row.title,
        url=row.url,
        text=row.text,
        place=row.place,
        note=row.note,
        who=row.who,
        side=row.side,
        language=row.language,
        treaties=tuple(row.treaties),
        articles=ties,
        citations=tuple(Cited(sources[key]) for key in dict.fromkeys(row.cited) if key in sources),
        corrected=row.corrected,
        chapter=row.chapter or "",
        remark=row.remark or "",
    )
    return _SAID[row.kind](entry, row)


def _event(entry: Entry, row: _Row) -> Entry:
    return replace(entry, label=str(Category(row.code).label), articles=_acting(entry))


def _act(entry: Entry, row: _Row) -> Entry:
    return replace(entry, label=capfirst(ActKind(row.code).label))


def _statement(entry: Entry, row: _Row) -> Entry:
    return replace(entry, label=f"Statement: {entry.who}", articles=_acting(entry))


def _acting(entry: Entry) -> tuple[Tie, ...]:
    return tuple(replace(tie, how=str(TieKind(tie.how).label).removesuffix(" it")) for tie in entry.articles)


def _opinion(entry: Entry, row: _Row) -> Entry:
    return replace(entry, label=f"Opinion: {entry.who}", articles=_at_issue(entry))


def _assessment(entry: Entry, row: _Row) -> Entry:
    return replace(entry, label=f"Assessed: {Knowledge(row.code).label}", articles=_at_issue(entry))


def _at_issue(entry: Entry) -> tuple[Tie, ...]:
    return tuple(replace(tie, how="turns on") for tie in entry.articles)


def _publication(entry: Entry, row: _Row) -> Entry:
    """A source that prints words of the treaties; the ties name each article with the language it is printed in."""
    printed = list(dict.fromkeys(replace(tie, how="prints") for tie in entry.articles))
    languages = sorted({language(tie.how) for tie in entry.articles})
    treaties = list(dict.fromkeys(tie.treaty for tie in printed))
    if len(printed) <= FEW:
        what = listed(tie.name for tie in printed)
    else:
        what = f"{len(printed)} articles of {listed(treaties)}"
    return replace(
        entry,
        title=f"{entry.who} prints words of {what}",
        text=f"In {listed(languages)}.",
        language="",
        treaties=tuple(treaties),
        articles=tuple(printed),
    )


FEW = 3
"""So many articles are named one by one."""


_SAID: dict[str, Callable[[Entry, _Row], Entry]] = {
    "events": _event,
    "acts": _act,
    "statements": _statement,
    "opinions": _opinion,
    "publications": _publication,
    "assessments": _assessment,
}

"""On whose reporting the record rests, and how well: counted from the citations, as of a moment.

Nothing is weighed: a citation counts one, whoever made it, and a source that nothing cites counts nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.http import HttpRequest, HttpResponse

from apps.editorial.refusals import unknown
from apps.quotes.models import Quote
from apps.sources.asked import in_words
from apps.sources.filters import one
from apps.sources.models import Citation, CitedModel, Source, citation_models, cite_together, issued_by_q
from apps.sources.reading import reading_of, respond

Moment = datetime | None

SHOWN = 12
"""So many rows a breakdown has; the rest are counted together."""
PER_PAGE = 50


@dataclass(frozen=True)
class Share:
    """One row of a breakdown: how many citations and sources it has, and what share of all each is, in per cent."""

    label: str
    query: str
    citations: int
    sources: int
    of_citations: float
    of_sources: float


@dataclass(frozen=True)
class Breakdown:
    """The citations and the sources by one of their sides; `most` is the largest share, which fills the picture."""

    title: str
    anchor: str
    rows: tuple[Share, ...]

    @property
    def most(self) -> float:
        return max((share for row in self.rows for share in (row.of_citations, row.of_sources)), default=0) or 1

    @property
    def drawn(self) -> list[tuple[Share, str, str]]:
        """The rows with the widths of their two bars, in per cent of the picture."""
        return [
            (row, f"{100 * row.of_citations / self.most:.1f}", f"{100 * row.of_sources / self.most:.1f}")
            for row in self.rows
        ]


@dataclass(frozen=True)
class Kind:
    """Records of one kind: how many there are, how many have a located source, how many rest on one source alone."""

    slug: str
    label: str
    n: int
    located: int
    alone: int


@dataclass(frozen=True)
class Cited:
    """A source that something cites, as far as it is counted here."""

    publisher: str
    name: str
    kind: str
    country: str
    language: str
    type: str
    citations: int


def balance(request: HttpRequest) -> HttpResponse:
    """Shares by publisher, country, language and kind, and what is known of the evidence, as of the moment."""
    reading = reading_of(request)
    reading.rests_on(Source.objects.all())
    chosen = one(request.GET, "alone")
    if chosen and chosen not in _tables():
        raise unknown("kind of record", chosen, sorted(_tables()))
    kinds = _kinds(reading.at)
    cited = _cited(reading.at)
    listed = sum(kind.alone for kind in kinds if chosen in ("", kind.slug))
    page = Paginator(range(listed), PER_PAGE).get_page(request.GET.get("page"))
    first = (page.number - 1) * PER_PAGE
    total = sum(kind.n for kind in kinds)
    located = sum(kind.located for kind in kinds)
    alone = sum(kind.alone for kind in kinds)
    quotes = _quotes(reading.at)
    context = {
        "section": "sources",
        "breakdowns": _breakdowns(cited) if cited else [],
        "citations": sum(each.citations for each in cited),
        "sources": len(cited),
        "publishers": len({each.publisher for each in cited}),
        "kinds": kinds,
        "total": total,
        "located": located,
        "located_share": _percent(located, total),
        "alone": alone,
        "alone_share": _percent(alone, total),
        "evidence": _evidence(reading.at),
        "quotes": quotes,
        "verified_share": _percent(quotes["verified"], quotes["n"]),
        "page": page,
        "rows": _rows(reading.at, _alone(reading.at, chosen)[first : first + PER_PAGE]) if listed else [],
        "chosen": chosen,
    }
    return respond(request, "dashboard/balance.html", reading, context, fragment="dashboard/_alone.html")


def _tables() -> dict[str, type[Citation]]:
    """The tables of citations, by the kind of record that cites."""
    found = {}
    for table in citation_models():
        name = str(_subject(table)._meta.verbose_name_plural)
        found[name.replace(" ", "-")] = table
    return found


def _subject(table: type[Citation]) -> type[CitedModel]:
    subject: type[CitedModel] = table._meta.get_field("subject").related_model
    return subject


def _shown(table: type[Citation], at: Moment) -> Any:
    return _subject(table)._default_manager.shown(at).order_by()


def _public(table: type[Citation], at: Moment) -> QuerySet:
    """The citations of published sources of the moment, of the record that an outer query is at."""
    return table._default_manager.filter(issued_by_q(at, "source__"), subject=OuterRef("pk")).order_by()


def _number_of_sources(table: type[Citation], at: Moment) -> Subquery:
    counted = _public(table, at).values("subject").annotate(n=Count("source", distinct=True))
    return Subquery(counted.values("n"), output_field=IntegerField())


def _kinds(at: Moment) -> list[Kind]:
    """Every kind of record with its figures, the most frequent first. One query."""
    parts = []
    for slug, table in _tables().items():
        located = _public(table, at).filter(~Q(locator="") | ~Q(exact="") | Q(source__url__isnull=False))
        rows = _shown(table, at).annotate(b_located=Exists(located), b_sources=_number_of_sources(table, at))
        parts.append(
            rows.annotate(b_slug=Value(slug, TextField()))
            .values("b_slug")
            .annotate(
                b_n=Count("pk"),
                b_there=Count("pk", filter=Q(b_located=True)),
                b_alone=Count("pk", filter=Q(b_sources=1)),
            )
            .values_list("b_slug", "b_n", "b_there", "b_alone")
        )
    found = [
        Kind(slug, slug.replace("-", " ").capitalize(), n, located, alone)
        for slug, n, located, alone in _woven(parts)
        if n
    ]
    return sorted(found, key=lambda kind: (-kind.n, kind.label))


def _cited(at: Moment) -> list[Cited]:
    """Every source that a record of the moment cites, with the number of its citations. Two queries."""
    parts = [
        table._default_manager.filter(issued_by_q(at, "source__"), subject__in=_shown(table, at).values("pk"))
        .order_by()
        .values("source_id")
        .annotate(n=Count("pk"))
        .values_list("source_id", "n")
        for table in citation_models()
    ]
    counted = Counter[int]()
    for key, n in _woven(parts):
        counted[key] += n
    columns = ("publisher__slug", "publisher__name", "publisher__kind", "publisher__country", "language", "type")
    rows = Source.objects.issued_by(at).values_list("pk", *columns)
    return [Cited(*values, citations=counted[key]) for key, *values in rows if counted[key]]


def _woven(parts: Iterable[QuerySet]) -> QuerySet:
    first, *rest = parts
    return first.union(*rest, all=True)


def _breakdowns(cited: Sequence[Cited]) -> list[Breakdown]:
    sides: list[tuple[str, str, Callable[[Cited], tuple[str, str]]]] = [
        ("By kind of publisher", "kind", lambda each: (each.kind.lower(), in_words("kind", each.kind.lower()))),
        ("By country of the publisher", "country", lambda each: (each.country, in_words("country", each.country))),
        ("By language", "language", lambda each: (each.language, in_words("language", each.language))),
        ("By kind of item", "type", lambda each: (each.type, in_words("type", each.type))),
        ("By publisher", "publisher", lambda each: (each.publisher, each.name)),
    ]
    return [Breakdown(title, name, tuple(_shares(cited, name, side))) for title, name, side in sides]


def _shares(cited: Sequence[Cited], name: str, side: Callable[[Cited], tuple[str, str]]) -> Iterable[Share]:
    """Rows of a breakdown, those with most citations first; what is past SHOWN is counted in one."""
    citations, sources = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for each in cited:
        citations[side(each)] += each.citations
        sources[side(each)] += 1
    order = sorted(citations, key=lambda key: (-citations[key], -sources[key], key[1]))
    all_citations, all_sources = citations.total(), sources.total()

    def share(label: str, query: str, keys: Sequence[tuple[str, str]]) -> Share:
        n, m = sum(citations[key] for key in keys), sum(sources[key] for key in keys)
        return Share(label, query, n, m, 100 * n / all_citations, 100 * m / all_sources)

    for key in order[:SHOWN]:
        value, label = key
        yield share(label or "not on record", f"{name}={value}" if value else "", [key])
    if rest := order[SHOWN:]:
        yield share(f"{len(rest)} more", "", rest)


def _percent(part: int, whole: int) -> str:
    """A share in words: “none”, “all”, or per cent, never rounded up to all or down to none."""
    if not whole or not part:
        return "none"
    if part == whole:
        return "all"
    return f"{min(max(round(100 * part / whole), 1), 99)} %"


def _evidence(at: Moment) -> dict[str, Any]:
    """What is on record of the sources themselves: addresses, archived copies, how they are known. One query."""
    seen_in_another = issued_by_q(at, "reported_via__")
    counted = Source.objects.issued_by(at).aggregate(
        n=Count("pk"),
        addressed=Count("pk", filter=Q(url__isnull=False)),
        archived=Count("pk", filter=Q(archive_url__isnull=False)),
        itself=Count("pk", filter=Q(reported_via=None)),
        through=Count("pk", filter=seen_in_another),
        dated=Count("pk", filter=~Q(issued="")),
    )
    return {**counted, "archived_share": _percent(counted["archived"], counted["n"])}


def _quotes(at: Moment) -> dict[str, int]:
    """How many printings there are, and of how many somebody has read exactly these words in the source."""
    return Quote.objects.shown(at).order_by().aggregate(n=Count("pk"), verified=Count("pk", filter=Q(verified=True)))


def _alone(at: Moment, chosen: str) -> QuerySet:
    """(kind, key) of the records that rest on one source alone, of all kinds or of one, in order."""
    parts = [
        _shown(table, at)
        .annotate(b_sources=_number_of_sources(table, at), b_slug=Value(slug, TextField()))
        .filter(b_sources=1)
        .values_list("b_slug", "pk")
        for slug, table in _tables().items()
        if chosen in ("", slug)
    ]
    found = _woven(parts) if len(parts) > 1 else parts[0]
    return found.order_by("b_slug", "pk")


def _rows(at: Moment, keys: Iterable[tuple[str, int]]) -> list[tuple[str, list[CitedModel]]]:
    """The records with these (kind, key) under their kinds, each with its source. A query a kind."""
    wanted: dict[str, list[int]] = {}
    for slug, key in keys:
        wanted.setdefault(slug, []).append(key)
    tables = _tables()
    found = []
    for slug, pks in wanted.items():
        subject = _subject(tables[slug])
        rows = subject._default_manager.citing(at).filter(pk__in=pks).select_related(*subject.label_relations)
        found.append((slug.replace("-", " ").capitalize(), list(rows.order_by("pk"))))
    cite_together(record for _, records in found for record in records)
    return found

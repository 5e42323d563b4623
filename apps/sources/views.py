from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from apps.editorial.models import public_q
from apps.sources import citing
from apps.sources.models import Citation, CitedModel, Source, citation_models, issued_by_q
from apps.sources.reading import Reading, reading_of, respond
from apps.sources.rules import AgentKind

PER_PAGE = 100


@dataclass(frozen=True)
class Choice:
    """One value of a filter: how it stands in the address, how it reads, how many sources it would leave."""

    value: str
    label: str
    count: int


def source_list(request: HttpRequest) -> HttpResponse:
    """Every published source known at the moment, filtered by publisher's kind, country, language and words."""
    reading = reading_of(request)
    reading.rests_on(Source.objects.all())
    known = Source.objects.issued_by(reading.at)
    names = ("kind", "country", "language", "publisher", "words")
    chosen = {name: request.GET.get(name, "").replace("\x00", "").strip() for name in names}
    found = _filtered(known, chosen).for_chips().order_by("-issued_latest", "publisher__name", "pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "sources",
        "page": page,
        "chosen": chosen,
        "kinds": _choices(known, "publisher__kind", AgentKind.choices),
        "countries": _choices(known, "publisher__country"),
        "languages": _choices(known, "language"),
    }
    return respond(request, "sources/list.html", reading, context, fragment="sources/_results.html")


def _filtered(sources: QuerySet, chosen: dict[str, str]) -> Any:
    if chosen["kind"]:
        sources = sources.filter(publisher__kind=chosen["kind"].upper())
    if chosen["country"]:
        sources = sources.filter(publisher__country=chosen["country"].upper())
    if chosen["language"]:
        sources = sources.filter(language=chosen["language"])
    if chosen["publisher"]:
        sources = sources.filter(publisher__slug=chosen["publisher"])
    words = chosen["words"]
    if words:
        sources = sources.filter(
            Q(title__icontains=words) | Q(publisher__name__icontains=words) | Q(byline__icontains=words)
        )
    return sources


def _choices(sources: QuerySet, column: str, labels: list[tuple[str, str]] | None = None) -> list[Choice]:
    names = dict(labels or [])
    rows = sources.order_by().values(column).annotate(n=Count("pk")).order_by("-n", column)
    return [Choice(row[column], names.get(row[column], row[column]), row["n"]) for row in rows if row[column]]


@dataclass(frozen=True)
class Resting:
    """One record that rests on a source: its date if it has one (EDTF), and how many other public sources it has."""

    record: Any
    when: str
    others: int


@dataclass(frozen=True)
class RestingKind:
    """The records of one kind that rest on a source."""

    label: str
    rows: list[Resting]


def source_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One source: what it is, how it is known, how to cite it, and all that rests on it, as of the moment."""
    reading = reading_of(request)
    source = get_object_or_404(Source.objects.issued_by(reading.at).for_chips(), slug=slug)
    tables = _citing(source)
    reading.rests_on(
        Source.objects.filter(Q(pk=source.pk) | Q(reported_via=source) | Q(reports=source)),
        *(_resting_on(table, source) for table in tables),
    )
    via = source.known_through(reading.at)
    kinds = [found for table in reversed(tables) if (found := _resting(table, source, reading))]
    rows = [row for kind in kinds for row in kind.rows]
    context = {
        "section": "sources",
        "source": source,
        "kinds": kinds,
        "via": via,
        # It tells through which source this one is known, so it waits for that one.
        "note": source.note if via or not source.reported_via_id else "",
        "records": len(rows),
        "alone": sum(row.others == 0 for row in rows),
        "exacts": sorted({words for table in tables for words in _exact_words(table, source)}),
        "reports": Source.objects.issued_by(reading.at).filter(reported_via=source).for_chips().order_by("slug"),
        "chicago": citing.chicago(source, reading.at),
        "bibtex": citing.bibtex(source, reading.at),
        "ris": citing.ris(source, reading.at),
        "csl": citing.csl_json(source, reading.at),
    }
    return respond(request, "sources/detail.html", reading, context)


def _citing(source: Source) -> list[type[Citation]]:
    """The tables that cite a source, found at once: of the many, few do, and each costs its own queries."""
    tables = citation_models()
    first, *others = (
        table.objects.filter(source=source).order_by().values_list(Value(number)) for number, table in enumerate(tables)
    )
    return [tables[number] for (number,) in sorted(first.union(*others))]


def _resting_on(table: type[Citation], source: Source) -> QuerySet:
    subject: type[CitedModel] = table._meta.get_field("subject").related_model
    return subject._default_manager.filter(pk__in=table.objects.filter(source=source).values("subject"))


def _resting(table: type[Citation], source: Source, reading: Reading) -> RestingKind | None:
    subject: type[CitedModel] = table._meta.get_field("subject").related_model
    public = Count("citations__source", filter=issued_by_q(reading.at, "citations__source__"), distinct=True)
    records = (
        _resting_on(table, source)
        .shown(reading.at)
        .select_related(*subject.label_relations)
        .annotate(source_count=public)
        .order_by("pk")
    )
    rows = [Resting(record, _when(record), record.source_count - 1) for record in records]
    return RestingKind(str(subject._meta.verbose_name_plural), rows) if rows else None


def _when(record: Any) -> str:
    return next((getattr(record, name) for name in ("happened", "stated", "since") if hasattr(record, name)), "")


def _exact_words(table: type[Citation], source: Source) -> list[str]:
    """The exact words that public records rely on in a source."""
    cited = table.objects.filter(public_q("subject__"), source=source).exclude(exact="")
    return list(cited.values_list("exact", flat=True).distinct())

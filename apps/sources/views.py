from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from apps.editorial.models import public_q
from apps.editorial.refusals import unknown
from apps.sources import citing
from apps.sources.asked import asked, choices, sources
from apps.sources.filters import in_force, one, period_in_words
from apps.sources.models import Citation, CitedModel, Source, citation_models, issued_by_q
from apps.sources.reading import Reading, reading_of, respond

PER_PAGE = 100


def source_list(request: HttpRequest) -> HttpResponse:
    """Every published source known at the moment, the newest first, filtered."""
    reading = reading_of(request)
    reading.rests_on(Source.objects.all())
    what = asked(request.GET, reading.at)
    found = sources(reading.at, what.wanted).for_chips().order_by("-issued_latest", "publisher__name", "pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    labels = [*what.names.items(), *period_in_words(request.GET)]
    labels.append(("words", f"“{what.wanted.words}”" if what.wanted.words else ""))
    context = {
        "section": "sources",
        "page": page,
        "choices": choices(reading.at, what.wanted),
        "filters": in_force(request.GET, labels),
        "not_yet": what.not_yet,
        "words": what.wanted.words,
        "since": request.GET.get("from", "").strip(),
        "until": request.GET.get("to", "").strip(),
    }
    return respond(request, "sources/list.html", reading, context, fragment="sources/_results.html")


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
    """One source: what it is, how it is known, how to cite it, and all that rests on it, as of the moment.

    With `cite` it is a file in one of citing.FORMS.
    """
    reading = reading_of(request)
    source = get_object_or_404(Source.objects.issued_by(reading.at).for_chips(), slug=slug)
    if form := one(request.GET, "cite"):
        return _file(source, form, reading)
    tables = _citing(source)
    reading.rests_on(
        Source.objects.filter(Q(pk=source.pk) | Q(reported_via=source) | Q(reports=source)),
        *(_resting_on(table, source) for table in tables),
        _marking_beside(source),
        begins=source.issued_latest,
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
        "citations": [(name, form.label, form.write(source, reading.at)) for name, form in citing.FORMS.items()],
    }
    return respond(request, "sources/detail.html", reading, context)


def _file(source: Source, name: str, reading: Reading) -> HttpResponse:
    if name not in citing.FORMS:
        raise unknown("form of citation", name, citing.FORMS)
    form = citing.FORMS[name]
    text = f"{form.write(source, reading.at)}\n".replace("\n", form.newline)
    disposition = content_disposition_header(as_attachment=True, filename=f"{source.slug}.{form.ending}")
    headers = {"Content-Disposition": str(disposition)}
    return HttpResponse(text, content_type=f"{form.content_type}; charset=utf-8", headers=headers)


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


def _marking_beside(source: Source) -> QuerySet:
    """What the marks beside the names of the records rest on, of whatever moment.

    Contested facts belong to a higher app and are reached by name.
    """
    names = (
        "act",
        "act_notes",
        "act__events",
        "events",
        "utterances__quotes",
        "topic_findings",
        "home_findings",
        "timeline_findings",
        "comparison_findings",
    )
    facts: Any = apps.get_model("opinions.ContestedFact")._default_manager
    return facts.printed_by(**{f"{name}__citations__source": source for name in names}).making_contested()


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

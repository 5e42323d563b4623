"""A page of hits as a reader sees them: where each leads, whose it is, of when, and which sources it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, F, Func, IntegerField, OuterRef, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Concat
from django.utils.text import capfirst

from apps.opinions.models import Assessment, ContestedFact, Opinion, Question
from apps.opinions.rules import Knowledge
from apps.quotes.models import Quote
from apps.search.find import Hit
from apps.search.parts import Moment
from apps.search.query import Query
from apps.search.snippets import Snippet, snippets
from apps.sources.models import Agent, Source, cited_keys, issued_by_q, shown_keys
from apps.sources.rules import AgentKind
from apps.sources.templatetags.record import language
from apps.timelines.compose import Cited
from apps.timelines.models import Event, Timeline
from apps.treaties.models import Article, Correspondence, Rendering, Topic, Treaty, TreatyAction
from apps.treaties.rules import ActKind

TEXT = TextField()
KEYS: ArrayField = ArrayField(IntegerField())
NOTHING = Value("", TEXT)


@dataclass(frozen=True)
class Result:
    """One hit in the list: its record by `kind` and `key`, and what is printed of it.

    `label` is the kind in print, `when` EDTF, `note` in our words, `language` of the title.
    """

    kind: str
    key: int
    label: str
    url: str
    when: str
    note: str
    language: str
    snippet: Snippet
    citations: tuple[Cited, ...] = ()

    @property
    def foreign(self) -> bool:
        """Whether the title is in another language than the page."""
        return self.language not in {"", "en"}


@dataclass(frozen=True)
class Named:
    """A hit by its title and address; `names`, a line each, are all that it may be called, `code` is of its kind."""

    title: str
    url: str
    names: str = ""
    code: str = ""


@dataclass(frozen=True)
class _Row:
    """A hit's own record, as the database gives it. `code` is turned into words by its kind."""

    sort: str
    key: int
    title: str
    url: str
    when: str
    note: str
    code: str
    language: str
    cited: list[int]


def results(query: Query, hits: Sequence[Hit], at: Moment) -> list[Result]:
    """The hits in their order. Three queries, however many."""
    if not hits:
        return []
    rows = _rows(hits, at)
    hits = [hit for hit in hits if _key(hit) in rows]
    found = [rows[_key(hit)] for hit in hits]
    read = snippets(query, hits, [row.title for row in found])
    sources = Source.objects.for_chips().in_bulk({key for row in found for key in row.cited})
    return [
        Result(
            kind=hit.kind,
            key=hit.record,
            label=_label(hit, row),
            url=row.url,
            when=row.when,
            note=_note(hit, row),
            language=row.language,
            snippet=snippet,
            citations=tuple(Cited(sources[key]) for key in dict.fromkeys(row.cited) if key in sources),
        )
        for hit, row, snippet in zip(hits, found, read, strict=True)
    ]


def named(hits: Sequence[Hit], at: Moment) -> list[Named]:
    """What each of the hits among names is called, and where it stands. One query."""
    if not hits:
        return []
    rows = _rows(hits, at)
    return [
        Named(row.title, row.url, hit.title, row.code) if (row := rows.get(_key(hit))) else Named("", "")
        for hit in hits
    ]


def _label(hit: Hit, row: _Row) -> str:
    if hit.kind == "acts":
        return f"Treaty act: {ActKind(row.code).label}"
    if hit.kind == "people":
        return capfirst(AgentKind(row.code).label)
    if hit.kind == "assessments":
        return f"Assessed: {Knowledge(row.code).label}"
    return SINGULAR[hit.kind]


SINGULAR = {
    "treaties": "Treaty",
    "articles": "Article",
    "questions": "Question",
    "topics": "Topic compared",
    "statements": "Statement",
    "events": "Event",
    "opinions": "Expert opinion",
    "facts": "Contested fact",
    "timelines": "Timeline by the editors",
    "sources": "Source",
}


def _note(hit: Hit, row: _Row) -> str:
    if hit.part == "rendering":
        return f"{row.note}, {language(row.code)}"
    return row.note


def _key(hit: Hit) -> tuple[str, int]:
    """Under which details stand: a rendering and a printing have an address of their own."""
    return (hit.part, hit.row) if hit.part in {"rendering", "quote"} else (hit.kind, hit.record)


def _rows(hits: Iterable[Hit], at: Moment) -> dict[tuple[str, int], _Row]:
    wanted: dict[str, list[int]] = {}
    for sort, key in map(_key, hits):
        wanted.setdefault(sort, []).append(key)
    parts = [_details(sort, DETAILS[sort](at), keys) for sort, keys in wanted.items()]
    first, *rest = parts
    rows = (_Row(*values) for values in (first.union(*rest, all=True) if rest else first))
    return {(row.sort, row.key): row for row in rows}


def _details(sort: str, of: QuerySet, keys: list[int]) -> QuerySet:
    given = {name: value for name, value in of.query.annotations.items() if name.startswith("e_")}
    columns: dict[str, Any] = {
        f"d_{name}": Cast(F(f"e_{name}") if f"e_{name}" in given else (Value([]) if kind is KEYS else NOTHING), kind)
        for name, kind in _COLUMNS.items()
    }
    return (
        of.filter(pk__in=keys)
        .order_by()
        .annotate(d_sort=Value(sort, TEXT), d_key=F("pk"), **columns)
        .values_list("d_sort", "d_key", *columns)
    )


_COLUMNS: dict[str, Any] = {**dict.fromkeys(("title", "url", "when", "note", "code", "language"), TEXT), "cited": KEYS}


def joined(*parts: Any) -> Any:
    """One text of strings and columns."""
    return Concat(*[Value(part) if isinstance(part, str) else part for part in parts], output_field=TEXT)


def _article(prefix: str = "") -> Any:
    number = f"{prefix}number"
    label = Case(
        When(**{number: "preamble"}, then=Value("preamble")), default=joined("Article ", F(number)), output_field=TEXT
    )
    return joined(F(f"{prefix}treaty__slug"), " ", label, ": ", F(f"{prefix}heading"))


def _compared(at: Moment) -> ArraySubquery:
    table = Correspondence._meta.get_field("citations").related_model
    cited = table._default_manager.filter(
        issued_by_q(at, "source__"),
        subject__topic=OuterRef("pk"),
        subject__in=shown_keys(Correspondence, at),
    )
    return ArraySubquery(cited.order_by("position", "pk").values("source_id"), output_field=KEYS)


DETAILS: dict[str, Callable[[Moment], QuerySet]] = {
    "people": lambda at: Agent.objects.annotate(
        e_title=F("name"), e_url=joined("/people/", F("slug"), "/"), e_code=F("kind")
    ),
    "treaties": lambda at: Treaty.objects.annotate(
        e_title=F("short_name"), e_url=joined("/treaties/", F("slug"), "/"), e_cited=cited_keys(Treaty, at)
    ),
    "articles": lambda at: Article.objects.annotate(
        e_title=_article(),
        e_url=joined("/treaties/", F("treaty__slug"), "/", F("number"), "/"),
        e_cited=cited_keys(Article, at),
    ),
    "rendering": lambda at: Rendering.objects.annotate(
        e_title=_article("article__"),
        e_url=joined(
            "/treaties/", F("article__treaty__slug"), "/", F("article__number"), "/#rendering-", Cast("pk", TEXT)
        ),
        e_note=F("translator"),
        e_code=F("language"),
        e_cited=cited_keys(Rendering, at),
    ),
    "questions": lambda at: Question.objects.annotate(
        e_title=F("question"), e_url=joined("/questions/", F("slug"), "/")
    ),
    "topics": lambda at: Topic.objects.annotate(
        e_title=F("title"), e_url=joined("/compare/", F("slug"), "/"), e_cited=_compared(at)
    ),
    "quote": lambda at: Quote.objects.annotate(
        e_title=F("utterance__speaker__name"),
        e_url=joined("/quotes/", F("utterance__slug"), "/#", F("slug")),
        e_when=F("utterance__said"),
        e_note=F("utterance__occasion"),
        e_cited=cited_keys(Quote, at),
    ),
    "events": lambda at: Event.objects.annotate(
        e_title=F("title"),
        e_url=joined("/timeline/?go=event-", F("slug"), "#event-", F("slug")),
        e_when=F("happened"),
        e_note=F("place"),
        e_cited=cited_keys(Event, at),
    ),
    "acts": lambda at: TreatyAction.objects.annotate(
        e_title=F("summary"),
        e_url=joined("/treaties/", F("treaty__slug"), "/#act-", F("slug")),
        e_when=F("happened"),
        e_note=F("place"),
        e_code=F("kind"),
        e_cited=cited_keys(TreatyAction, at),
    ),
    "opinions": lambda at: Opinion.objects.annotate(
        e_title=F("expert__name"),
        e_url=joined("/questions/", F("position__question__slug"), "/#opinion-", F("slug")),
        e_when=F("stated"),
        e_note=joined(F("position__question__question"), " ", F("position__label")),
        e_cited=cited_keys(Opinion, at),
    ),
    "assessments": lambda at: Assessment.objects.annotate(
        e_title=F("question__question"),
        e_url=joined("/questions/", F("question__slug"), "/#assessment-", F("since")),
        e_when=F("since"),
        e_code=F("knowledge"),
        e_cited=cited_keys(Assessment, at),
    ),
    "facts": lambda at: ContestedFact.objects.annotate(e_title=F("question"), e_url=joined("/facts/", F("slug"), "/")),
    "timelines": lambda at: Timeline.objects.annotate(e_title=F("title"), e_url=joined("/timeline/", F("slug"), "/")),
    "sources": lambda at: Source.objects.annotate(
        e_title=F("title"),
        e_url=joined("/sources/", F("slug"), "/"),
        e_when=F("issued"),
        e_note=F("publisher__name"),
        e_language=Case(When(title_is_description=True, then=Value("en")), default=F("language"), output_field=TEXT),
        e_cited=Cast(Func("pk", function="ARRAY", template="%(function)s[%(expressions)s]"), KEYS),
    ),
}
"""What a hit of each kind prints beside its words, by the key of its record."""

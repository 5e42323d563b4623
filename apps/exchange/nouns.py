"""The nouns of the record as the files know them: their keys in order, and the column or table behind each key.

Reading, writing and dumping all walk these tables, so that a noun is described once. An item's `data` is a plain
mapping in canonical form: keys in the order below, empty values left out, unordered lists sorted, agents by slug.
Models are named by label: the home page's findings belong to an app that this one may not import.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import models

from apps.editorial import dates
from apps.treaties.rules import ObligationKind

Data = dict[str, Any]
PLACE = "_place"


class NotThere(LookupError):
    """Something that a record names is not in the database; the text is a sentence."""


@dataclass
class Item:
    """One record as the files give it or as the database holds it; `place` says where in the files it stands."""

    kind: str
    key: str
    data: Data
    parent: str = ""
    file: str = ""
    path: str = ""
    row: Any = None

    @property
    def digest(self) -> str:
        return hashlib.sha256(json.dumps(self.data, ensure_ascii=False).encode()).hexdigest()

    @property
    def name(self) -> str:
        return f"{self.kind.replace('_', ' ')} {self.key}"


@dataclass
class Index:
    """Which row is which record: `pk[kind][key]`, `key[kind][pk]`; positions by question and slug."""

    pk: dict[str, dict[str, int]] = field(default_factory=dict)
    key: dict[str, dict[int, str]] = field(default_factory=dict)
    position_pk: dict[tuple[str, str], int] = field(default_factory=dict)
    position_key: dict[int, tuple[str, str]] = field(default_factory=dict)
    many: dict[str, dict[int, list[int]]] = field(default_factory=dict)
    rows: dict[str, dict[int, list[Any]]] = field(default_factory=dict)

    def add(self, kind: str, key: str, pk: int) -> None:
        self.pk.setdefault(kind, {})[key] = pk
        self.key.setdefault(kind, {})[pk] = key

    def find(self, kind: str, key: str) -> int:
        """The primary key of a record. Raises NotThere."""
        try:
            return self.pk[kind][key]
        except KeyError:
            raise NotThere(f"the {kind} “{key}” is not in the database") from None

    def add_position(self, question: str, slug: str, pk: int) -> None:
        self.position_pk[question, slug] = pk
        self.position_key[pk] = (question, slug)

    def find_position(self, question: str, slug: str) -> int:
        """The primary key of a question's position. Raises NotThere."""
        try:
            return self.position_pk[question, slug]
        except KeyError:
            raise NotThere(f"the position “{slug}” of the question “{question}” is not in the database") from None


@dataclass(frozen=True)
class Column:
    """A key kept in a column of the same name, or of the name `column`."""

    key: str
    column: str = ""
    empty: Any = ""

    @property
    def attname(self) -> str:
        return self.column or self.key

    def tidy(self, value: Any) -> Any:
        """The value in canonical form; None when it is left out."""
        return value or None

    def read(self, row: Any, index: Index) -> Any:
        return getattr(row, self.attname)

    def columns(self, value: Any, item: Item, index: Index) -> Data:
        return {self.attname: self.empty if value is None else value}


@dataclass(frozen=True)
class Choice(Column):
    """An enum: lower case in the files. Left out when it is `unless`."""

    unless: str = ""
    capital: bool = True

    def tidy(self, value: Any) -> Any:
        return None if value in (None, "", self.unless) else value

    def read(self, row: Any, index: Index) -> Any:
        return getattr(row, self.attname).lower()

    def columns(self, value: Any, item: Item, index: Index) -> Data:
        value = value or self.unless
        return {self.attname: value.upper() if self.capital else value}


@dataclass(frozen=True)
class Status(Column):
    """Read here, but written by the workflow alone."""

    def read(self, row: Any, index: Index) -> Any:
        return row.status.lower()

    def columns(self, value: Any, item: Item, index: Index) -> Data:
        return {}


@dataclass(frozen=True)
class Number(Column):
    """An article's number, which sets its order too."""

    def columns(self, value: Any, item: Item, index: Index) -> Data:
        return {"number": value, "order": article_order(value)}


@dataclass(frozen=True)
class Reference(Column):
    """Another record, by its key."""

    kind: str = ""

    @property
    def attname(self) -> str:
        return f"{self.column or self.key}_id"

    def target(self, value: str, owner: Data, parent: str) -> str:
        """The key of the record that `value` means."""
        return value

    def shown(self, key: str) -> str:
        return key

    def read(self, row: Any, index: Index) -> Any:
        pk = getattr(row, self.attname)
        return None if pk is None else self.shown(index.key[self.kind][pk])

    def columns(self, value: Any, item: Item, index: Index) -> Data:
        if value is None:
            return {self.attname: None}
        return {self.attname: index.find(self.kind, self.target(value, item.data, item.parent))}


@dataclass(frozen=True)
class OwnArticle(Reference):
    """An article of the treaty in whose file it is named: its number is enough."""

    def target(self, value: str, owner: Data, parent: str) -> str:
        return f"{parent}/{value}"

    def shown(self, key: str) -> str:
        return key.rpartition("/")[2]


@dataclass(frozen=True)
class OwnerOf(Reference):
    """The owner of a finding: `topic:slug`, or a bare word where the table has one owner."""

    word: str = ""

    def target(self, value: str, owner: Data, parent: str) -> str:
        return value.partition(":")[2]

    def read(self, row: Any, index: Index) -> Any:
        if not self.kind:
            return self.word
        pk = getattr(row, self.attname)
        return f"{self.word}:{'' if pk is None else index.key[self.kind][pk]}"

    def columns(self, value: Any, item: Item, index: Index) -> Data:
        if not self.kind:
            return {}
        target = self.target(value, item.data, item.parent)
        return {self.attname: index.find(self.kind, target) if target else None}


@dataclass(frozen=True)
class QuestionOfPosition(Column):
    """An opinion's question, which its position implies."""

    def read(self, row: Any, index: Index) -> Any:
        return index.position_key[row.position_id][0]

    def columns(self, value: Any, item: Item, index: Index) -> Data:
        return {}


@dataclass(frozen=True)
class PositionSlug(Column):
    """An opinion's position, by its slug within the question."""

    def read(self, row: Any, index: Index) -> Any:
        return index.position_key[row.position_id][1]

    def columns(self, value: Any, item: Item, index: Index) -> Data:
        return {"position_id": index.find_position(item.data["question"], value)}


@dataclass(frozen=True)
class Many:
    """A set of other records, by their keys."""

    key: str
    kind: str
    order: Callable[[str], Any] = str

    def tidy(self, value: Any) -> Any:
        return sorted(set(value), key=self.order) if value else None

    def target(self, value: str, owner: Data) -> str:
        return value

    def shown(self, key: str) -> str:
        return key

    def read(self, row: Any, index: Index) -> Any:
        pks = index.many[f"{row._meta.label}.{self.key}"].get(row.pk, [])
        return [self.shown(index.key[self.kind][pk]) for pk in pks]


@dataclass(frozen=True)
class OwnArticles(Many):
    """Articles of the treaty that the same mapping names, by number."""

    def target(self, value: str, owner: Data) -> str:
        return f"{owner['treaty']}/{value}"

    def shown(self, key: str) -> str:
        return key.rpartition("/")[2]


@dataclass(frozen=True)
class Rows:
    """Rows of a table of the record's own, reached by the reverse accessor `key`.

    With `ordered` the list's order is kept in that column, from 1; otherwise the rows are sorted by their values.
    """

    key: str
    fields: tuple[Any, ...]
    ordered: str = ""
    sort: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()

    def tidy(self, value: Any) -> Any:
        rows = [tidy(self.fields, entry) for entry in value or []]
        if self.sort:
            rows.sort(key=lambda row: [str(row.get(key, "")) for key in self.sort])
        return rows or None

    def read(self, row: Any, index: Index) -> Any:
        below = index.rows[f"{row._meta.label}.{self.key}"].get(row.pk, [])
        if self.ordered:
            below = sorted(below, key=lambda each: (getattr(each, self.ordered), each.pk))
        return [{part.key: part.read(each, index) for part in self.fields} for each in below]


CITATIONS = Rows(
    "citations",
    (
        Reference("source", kind="source"),
        Choice("relation", unless="evidence"),
        Choice("label", capital=False),
        Column("locator"),
        Column("exact"),
    ),
    ordered="position",
    unique=(("source", "relation", "locator"),),
)
END = (Status("status"), Column("editor_note"))


def article_order(number: str) -> int:
    """0 for the preamble, else the number."""
    return 0 if number == "preamble" else int(number)


def _by_treaty_and_order(key: str) -> tuple[str, int]:
    treaty, _, number = key.partition("/")
    return treaty, article_order(number)


def _by_slug(data: Data) -> Any:
    return data["slug"]


def _by_place(data: Data) -> Any:
    return data[PLACE], data.get("slug", "")


def _by_day(key: str) -> Callable[[Data], Any]:
    return lambda data: (*dates.bounds(data[key]), data.get("slug", ""), data[key])


@dataclass(frozen=True)
class Noun:
    """One kind of record: its model, its file or its parent, what makes its key, its fields in order."""

    kind: str
    label: str
    fields: tuple[Any, ...]
    file: str = ""
    parent: str = ""
    nest: str = ""
    key: tuple[str, ...] = ("slug",)
    scoped: bool = False
    sort: Callable[[Data], Any] = _by_slug
    place: str = ""
    unique: tuple[tuple[str, ...], ...] = ()
    # What must be public before it may be: keys that hold references.
    rests_on: tuple[str, ...] = ()
    # Its parent may be a draft while it is public.
    free: bool = False

    @cached_property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.label)

    @cached_property
    def by_key(self) -> dict[str, Any]:
        return {part.key: part for part in self.fields}

    @property
    def cited(self) -> bool:
        return CITATIONS in self.fields

    def key_of(self, data: Data, parent: str) -> str:
        """What the files call the record with this data under this parent."""
        own = "/".join(str(data[name]) for name in self.key)
        return f"{parent}/{own}" if self.scoped else own


def tidy(fields: tuple[Any, ...], values: Any) -> Data:
    """`values` (a mapping, or an object with attributes) in canonical form."""
    get = values.get if isinstance(values, dict) else lambda key: getattr(values, key)
    data = {part.key: part.tidy(get(part.key)) for part in fields}
    return {key: value for key, value in data.items() if value is not None}


def _finding(kind: str, label: str, file: str, owner: OwnerOf, *also: Many) -> Noun:
    return Noun(
        kind,
        label,
        (Column("slug"), owner, Column("since"), Column("heading"), Column("lead"), *also, CITATIONS, *END),
        file=f"findings/{file}.yaml",
        rests_on=("owner",),
    )


# In the order in which they are written and published: nothing rests on what comes after it.
NOUNS = (
    Noun(
        "agent",
        "sources.Agent",
        (
            Column("slug"),
            Column("name"),
            Column("short_name"),
            Choice("kind"),
            Column("country"),
            Column("description"),
            Rows("names", (Column("name"), Column("language")), sort=("language", "name"), unique=(("name",),)),
            Rows(
                "roles",
                (
                    Column("title"),
                    Reference("body", kind="agent"),
                    Column("since"),
                    Column("until"),
                    Reference("source", kind="source"),
                ),
                sort=("since", "until", "title"),
                unique=(("title", "since"),),
            ),
            *END,
        ),
        file="agents.yaml",
    ),
    Noun(
        "source",
        "sources.Source",
        (
            Column("slug"),
            Choice("type", capital=False),
            Column("title"),
            Column("title_is_description", empty=False),
            Reference("publisher", kind="agent"),
            Column("byline"),
            Column("container_title"),
            Column("issued"),
            Column("language"),
            Column("url", empty=None),
            Column("archive_url", empty=None),
            Reference("reported_via", kind="source"),
            Column("note"),
            *END,
        ),
        file="sources.yaml",
        unique=(("url",),),
        rests_on=("publisher", "reported_via"),
    ),
    Noun(
        "topic",
        "treaties.Topic",
        (Column("slug"), Choice("group"), Column("title"), Column("description"), *END),
        file="topics.yaml",
        sort=_by_place,
        place="position",
    ),
    Noun(
        "theme",
        "quotes.Theme",
        (Column("slug"), Column("title"), Reference("topic", kind="topic"), *END),
        file="themes.yaml",
    ),
    Noun(
        "treaty",
        "treaties.Treaty",
        (
            Column("slug"),
            Column("short_name"),
            Column("title"),
            Rows(
                "titles",
                (Column("language"), Column("title"), Column("note")),
                sort=("language",),
                unique=(("language",),),
            ),
            Many("parties", "agent"),
            Column("summary"),
            Column("article_count"),
            Column("authentic_languages", empty=[]),
            Column("term"),
            Column("term_article"),
            Column("notice"),
            Column("notice_article"),
            CITATIONS,
            *END,
        ),
        file="treaties/{slug}.yaml",
    ),
    Noun(
        "article",
        "treaties.Article",
        (
            Number("number"),
            Column("heading"),
            Column("gist"),
            Choice("completeness"),
            Column("completeness_note"),
            Many("topics", "topic"),
            CITATIONS,
            *END,
        ),
        parent="treaty",
        nest="articles",
        key=("number",),
        scoped=True,
        sort=lambda data: article_order(data["number"]),
    ),
    Noun(
        "rendering",
        "treaties.Rendering",
        (
            Column("language"),
            Reference("source", kind="source"),
            Choice("kind"),
            Column("translator"),
            Column("translated_from"),
            Choice("extent"),
            Column("text"),
            Column("note"),
            CITATIONS,
            *END,
        ),
        parent="article",
        nest="renderings",
        key=("language", "source"),
        scoped=True,
        sort=lambda data: (data["language"], data["source"]),
    ),
    Noun(
        "act",
        "treaties.TreatyAction",
        (
            Column("slug"),
            Choice("kind"),
            Reference("participant", kind="agent"),
            Column("happened"),
            Column("place"),
            Column("summary"),
            Choice("certainty"),
            Column("note"),
            CITATIONS,
            *END,
        ),
        parent="treaty",
        nest="acts",
        sort=_by_day("happened"),
    ),
    Noun(
        "obligation",
        "treaties.Obligation",
        (
            Choice("kind"),
            Choice("extent"),
            Column("label"),
            OwnArticle("article", kind="article"),
            Column("trigger"),
            Column("speed"),
            Column("means"),
            Choice("article_51"),
            Choice("domestic_law"),
            Column("rationale"),
            CITATIONS,
            *END,
        ),
        parent="treaty",
        nest="obligations",
        key=("kind",),
        scoped=True,
        sort=lambda data: [value.lower() for value in ObligationKind.values].index(data["kind"]),
    ),
    Noun(
        "correspondence",
        "treaties.Correspondence",
        (
            Reference("topic", kind="topic"),
            Column("change"),
            Choice("confidence"),
            Column("note"),
            Rows(
                "sides",
                (
                    Reference("treaty", kind="treaty"),
                    Choice("presence"),
                    Column("basis"),
                    OwnArticles("articles", "article", order=article_order),
                ),
                sort=("treaty",),
                unique=(("treaty",),),
            ),
            CITATIONS,
            *END,
        ),
        file="correspondences.yaml",
        key=("topic",),
        sort=lambda data: data["topic"],
        rests_on=("topic",),
    ),
    Noun(
        "utterance",
        "quotes.Utterance",
        (
            Column("slug"),
            Reference("speaker", kind="agent"),
            Column("role_at_time"),
            Column("said"),
            Column("occasion"),
            Column("place"),
            Many("themes", "theme"),
            Column("summary"),
            Column("note"),
            *END,
        ),
        file="utterances.yaml",
        rests_on=("speaker",),
    ),
    Noun(
        "quote",
        "quotes.Quote",
        (
            Column("slug"),
            Column("words"),
            Column("language"),
            Column("translated_by"),
            Column("original"),
            Choice("officiality"),
            Column("note"),
            CITATIONS,
            *END,
        ),
        parent="utterance",
        nest="quotes",
        sort=_by_place,
        place="position",
    ),
    Noun(
        "question",
        "opinions.Question",
        (
            Column("slug"),
            Column("question"),
            Column("why_it_matters"),
            Column("settled_by"),
            Many("topics", "topic"),
            Many("articles", "article", order=_by_treaty_and_order),
            *END,
            Rows(
                "positions",
                (Column("slug"), Column("label"), Column("off_scale", empty=False)),
                ordered="order",
                unique=(("slug",),),
            ),
        ),
        file="questions.yaml",
        sort=_by_place,
        place="position",
    ),
    Noun(
        "assessment",
        "opinions.Assessment",
        (Column("since"), Choice("knowledge"), Column("answer"), CITATIONS, *END),
        parent="question",
        nest="assessments",
        key=("since",),
        scoped=True,
        sort=_by_day("since"),
    ),
    Noun(
        "opinion",
        "opinions.Opinion",
        (
            Column("slug"),
            Reference("expert", kind="agent"),
            QuestionOfPosition("question"),
            PositionSlug("position"),
            Column("affiliation_at_time"),
            Column("country"),
            Column("stated"),
            Choice("confidence"),
            Column("summary"),
            Column("quote"),
            Column("quote_language"),
            CITATIONS,
            *END,
        ),
        file="opinions.yaml",
        unique=(("expert", "question", "position", "stated"),),
        rests_on=("expert", "question"),
    ),
    Noun(
        "fact",
        "opinions.ContestedFact",
        (
            Column("slug"),
            Column("question"),
            Column("summary"),
            Reference("treaty", kind="treaty"),
            Reference("act", kind="act"),
            *END,
        ),
        file="facts.yaml",
    ),
    Noun(
        "value",
        "opinions.Value",
        (Column("value"), Choice("rank"), Column("reason"), CITATIONS, *END),
        parent="fact",
        nest="values",
        key=("value",),
        scoped=True,
        sort=_by_place,
        place="order",
    ),
    Noun(
        "event",
        "timelines.Event",
        (
            Column("slug"),
            Column("title"),
            Column("summary"),
            Choice("category"),
            Column("happened"),
            Column("order", column="position", empty=0),
            Column("place"),
            Many("people", "agent"),
            Many("treaties", "treaty"),
            Column("note"),
            CITATIONS,
            *END,
        ),
        file="events.yaml",
    ),
    Noun(
        "tie",
        "timelines.ArticleTie",
        (
            Column("slug"),
            Reference("event", kind="event"),
            Reference("utterance", kind="utterance"),
            Reference("article", kind="article"),
            Choice("kind"),
            Column("note"),
            CITATIONS,
            *END,
        ),
        file="ties.yaml",
        unique=(("event", "utterance", "article", "kind"),),
        rests_on=("event", "utterance", "article"),
    ),
    Noun(
        "timeline",
        "timelines.Timeline",
        (
            Column("slug"),
            Column("title"),
            Column("introduction"),
            *END,
            Rows(
                "items",
                (
                    Column("chapter"),
                    Reference("event", kind="event"),
                    Reference("act", kind="act"),
                    Reference("utterance", kind="utterance"),
                    Reference("opinion", kind="opinion"),
                    Column("note"),
                ),
                ordered="position",
                unique=(("event", "act", "utterance", "opinion"),),
            ),
        ),
        file="timelines.yaml",
    ),
    _finding(
        "home_finding",
        "dashboard.HomeFinding",
        "home",
        OwnerOf("owner", word="home"),
        Many("utterances", "utterance"),
    ),
    _finding("comparison_finding", "comparison.ComparisonFinding", "comparison", OwnerOf("owner", word="comparison")),
    _finding(
        "topic_finding",
        "treaties.TopicFinding",
        "topics",
        OwnerOf("owner", column="topic", kind="topic", word="topic"),
    ),
    _finding(
        "timeline_finding",
        "timelines.TimelineFinding",
        "timelines",
        OwnerOf("owner", column="timeline", kind="timeline", word="timeline"),
    ),
)
BY_KIND = {noun.kind: noun for noun in NOUNS}


def children(kind: str) -> list[Noun]:
    """The nouns whose items stand inside an item of this kind."""
    return [noun for noun in NOUNS if noun.parent == kind]

"""The nouns of the record as the files know them: their keys in order, and the column or table behind each key.

Reading, writing and dumping all walk these tables, so that a noun is described once. Models are named by label: the
home page's findings belong to an app that this one may not import.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import models

from apps.editorial import dates
from apps.exchange.fields import (
    PLACE,
    Choice,
    Column,
    Data,
    Many,
    Number,
    OwnArticle,
    OwnArticles,
    OwnerOf,
    PositionSlug,
    QuestionOfPosition,
    Reference,
    Rows,
    Status,
    article_order,
)
from apps.treaties.rules import ObligationKind

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
            Column("authors"),
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
    _finding(
        "topic_finding",
        "treaties.TopicFinding",
        "topics",
        OwnerOf("owner", column="topic", kind="topic", word="topic"),
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
            Column("steps"),
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
            Column("verified", empty=False),
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
            Many("act_notes", "act"),
            Many("articles", "article", order=_by_treaty_and_order),
            Many("summaries", "treaty"),
            Many("correspondences", "correspondence"),
            Many("obligations", "obligation"),
            Many("topic_findings", "topic_finding"),
            Many("utterances", "utterance"),
            Many("opinions", "opinion"),
            Many("assessments", "assessment"),
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
            Many("acts", "act"),
            Many("facts", "fact"),
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
                    Reference("assessment", kind="assessment"),
                    Reference("publication", kind="source"),
                    Column("note"),
                ),
                ordered="position",
                unique=(("event", "act", "utterance", "opinion", "assessment", "publication"),),
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
        Many("facts", "fact"),
    ),
    _finding(
        "comparison_finding",
        "comparison.ComparisonFinding",
        "comparison",
        OwnerOf("owner", word="comparison"),
        Many("facts", "fact"),
    ),
    _finding(
        "timeline_finding",
        "timelines.TimelineFinding",
        "timelines",
        OwnerOf("owner", column="timeline", kind="timeline", word="timeline"),
        Many("facts", "fact"),
    ),
)
BY_KIND = {noun.kind: noun for noun in NOUNS}


def children(kind: str) -> list[Noun]:
    """The nouns whose items stand inside an item of this kind."""
    return [noun for noun in NOUNS if noun.parent == kind]

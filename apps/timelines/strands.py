"""Each kind of thing on the timeline as a strand: how it is found, dated, tied to the rest, and put into words.

Every strand gives the same columns, so that the database can weave them into one list and cut a window from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    JSONField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject, Lower

from apps.editorial.models import public_q
from apps.editorial.places import corrections_at
from apps.editorial.rules import Status
from apps.opinions.models import Assessment, Opinion, Question
from apps.quotes.models import Quote, QuoteCitation, Theme, Utterance
from apps.sources.filters import between, in_period
from apps.sources.models import Source, cited_keys, issued_by_q, shown_keys
from apps.sources.rules import AgentKind
from apps.timelines.models import ArticleTie, Event, TimelineItem
from apps.treaties.models import Article, Rendering, Topic, Treaty, TreatyAction

Moment = datetime | None
"""As of when (UTC); None means the whole record."""


class Order(StrEnum):
    """By which clock things stand in order, or by an editor's choice."""

    HAPPENED = "happened"
    KNOWN = "known"
    SHOWN = "shown"
    CHOSEN = "chosen"


@dataclass(frozen=True)
class Wanted:
    """What is asked of the timeline; empty values ask for everything. Names are slugs, `timeline` is a key."""

    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    treaties: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    words: str = ""
    timeline: int | None = None


@dataclass(frozen=True)
class Related:
    """How a strand reaches other records: the path to their slug, and which of the rows on the way may be seen."""

    slug: str
    seen: Callable[[Moment], Q]


TEXT, INSTANT = TextField(), DateTimeField()
KEYS: ArrayField = ArrayField(IntegerField())
TIES: ArrayField = ArrayField(JSONField())
NO_TEXT = Value("", output_field=TEXT)


@dataclass(frozen=True)
class Strand:
    """One kind of thing. `clock` names its column of when it happened; `item` the column of a curated timeline's item.

    `found` and `columns` (what an entry prints beyond its dates, words of others in a language where they are on record
    in it, '' for none in particular) are as of a moment. `cites` is the table of the
    citations by which it is known and the path from there to the record; None: it is a source itself.
    """

    kind: str
    label: str
    model: Any
    found: Callable[[Moment], QuerySet]
    clock: str
    item: str
    cites: tuple[Any, str] | None
    related: Mapping[str, Related]
    worded: Callable[[Moment, str], Q]
    columns: Callable[[Moment, str], dict[str, Any]]
    symbol: Any
    place_in_day: Any = field(default_factory=lambda: Value(0))

    def rows(self, at: Moment, wanted: Wanted, order: Order) -> QuerySet:
        """The records readable as of `at` that fit what is wanted; a period is one of the clock of `order`."""
        found = self.found(at)
        for name, slugs in asked_of(wanted):
            if name not in self.related:
                return found.none()
            via = self.related[name]
            fitting = self.model.objects.filter(via.seen(at), **{f"{via.slug}__in": slugs})
            found = found.filter(pk__in=fitting.values("pk"))
        found = self._chosen(found, wanted)
        if wanted.words:
            found = found.filter(self.worded(at, wanted.words))
        if wanted.since or wanted.until:
            found = self._within(found, at, wanted, order)
        if self is ACTS and told_by_events(wanted):
            told = EVENTS.rows(at, wanted, order).filter(acts__isnull=False)
            found = found.exclude(pk__in=told.values("acts"))
        return found

    def withdrawn(self, at: Moment, wanted: Wanted, order: Order) -> QuerySet:
        """The withdrawn records that fit what is wanted as far as withdrawn records tell, and so may have been shown.

        What tied them to other records is not asked to be public still, nor are the printings of a statement.
        """
        found = self.model.objects.filter(status=Status.WITHDRAWN)
        for name, slugs in asked_of(wanted):
            if name not in self.related:
                return found.none()
            related = self.model.objects.filter(**{f"{self.related[name].slug}__in": slugs})
            found = found.filter(pk__in=related.values("pk"))
        found = self._chosen(found, wanted)
        if self is PUBLICATIONS:
            found = found.filter(pk__in=Rendering.objects.values("source"))
        if wanted.words:
            found = found.filter(self.worded(at, wanted.words) | self._worded_once(at, wanted.words))
        if wanted.since or wanted.until:
            found = self._within(found, at, wanted, order)
        return found.annotate(e_first=self.known(at)).filter(e_first__lte=at) if at else found

    def _worded_once(self, at: Moment, words: str) -> Q:
        """That a statement was printed with the words, in a printing that was withdrawn with it."""
        if self is not STATEMENTS:
            return Q(pk__in=[])
        gone = Quote.objects.filter(status=Status.WITHDRAWN, words__icontains=words)
        return Q(pk__in=(gone.known_by(at) if at else gone).values("utterance"))

    def _chosen(self, found: QuerySet, wanted: Wanted) -> QuerySet:
        """Those of the categories and of the curated timeline that are asked for."""
        if wanted.categories:
            found = found.filter(category__in=map(str.upper, wanted.categories)) if self is EVENTS else found.none()
        if wanted.timeline is not None:
            items = self._items(wanted.timeline)
            found = found.filter(pk__in=items.values(self.item))
        return found

    def _within(self, found: QuerySet, at: Moment, wanted: Wanted, order: Order) -> QuerySet:
        """Those that stand in the period: a span if it touches it, a rough date only if all it can mean is inside."""
        if order is not Order.KNOWN:
            return found.filter(in_period(self.clock, wanted.since, wanted.until))
        if self.cites is None:
            return found.filter(between("issued_latest", "issued_latest", wanted.since, wanted.until))
        # As one list of what was first read then: of each record alone the database would ask many times over.
        first = _first_read(self.cites, at)
        first = first.filter(between("first", "first", wanted.since, wanted.until))
        return found.filter(pk__in=first.values(self.cites[1]))

    def known(self, at: Moment) -> Any:
        """The expression of the instant at which the world could first read it."""
        if self.cites is None:
            return F("issued_latest")
        first = _first_read(self.cites, at, **{self.cites[1]: OuterRef("pk")})
        return Subquery(first.values("first"), output_field=INSTANT)

    def instant(self, at: Moment, order: Order) -> Any:
        """The expression by which the strand's records stand in order, an instant in UTC."""
        if order is Order.KNOWN:
            return self.known(at)
        return F("published_at" if order is Order.SHOWN else f"{self.clock}_earliest")

    def _items(self, timeline: int, **of: Any) -> QuerySet:
        """The items of a curated timeline that are of this kind."""
        return TimelineItem.objects.filter(timeline=timeline, **{f"{self.item}__isnull": False}, **of)

    def item_of(self, timeline: int, column: str) -> Subquery:
        """What a curated timeline's item on the record says in `column`."""
        items = self._items(timeline, **{self.item: OuterRef("pk")})
        return Subquery(items.values(column)[:1])

    def chapter_of(self, timeline: int) -> Subquery:
        """The chapter of a curated timeline's item on the record: the last that begins at or before it."""
        begun = TimelineItem.objects.filter(
            Q(position__lt=OuterRef("position")) | Q(position=OuterRef("position"), pk__lte=OuterRef("pk")),
            timeline=timeline,
        )
        last = begun.exclude(chapter="").order_by("-position", "-pk").values("chapter")[:1]
        items = self._items(timeline, **{self.item: OuterRef("pk")})
        return Subquery(items.values(begun=Subquery(last))[:1])


def asked_of(wanted: Wanted) -> list[tuple[str, tuple[str, ...]]]:
    """The relations that are asked for, each with its slugs."""
    names = ("treaties", "people", "topics", "questions", "quotes")
    return [(name, slugs) for name in names if (slugs := getattr(wanted, name))]


def told_by_events(wanted: Wanted) -> bool:
    """Whether acts that an event tells of are left to the event: where both are asked for, and no editor chose."""
    both = not wanted.kinds or {"events", "acts"} <= set(wanted.kinds)
    return both and wanted.timeline is None


def always(at: Moment) -> Q:
    """For relations that are there whenever the record itself is."""
    return Q()


def _first_read(cites: tuple[Any, str], at: Moment, **of: Any) -> QuerySet:
    """The records that citations name, those `of` one record or all, with the instant when the `first` was printed."""
    table, record = cites
    cited = table.objects.filter(issued_by_q(at, "source__"), **of)
    return cited.order_by().values(record).annotate(first=Min("source__issued_latest"))


def _cites(model: Any) -> tuple[Any, str]:
    """The table of a noun's own citations, and the path from there to the record."""
    return model._meta.get_field("citations").related_model, "subject"


def _note(model: type[models.Model], at: Moment) -> Any:
    """The public note of a record; of the past only where all of its sources were there, for it may weigh them all."""
    if at is None:
        return F("note")
    table: Any = model._meta.get_field("citations").related_model
    cited = table.objects.filter(public_q("source__"), subject=OuterRef("pk"))
    later = cited.exclude(issued_by_q(at, "source__"))
    return Case(When(~Exists(later), then=F("note")), default=NO_TEXT, output_field=TEXT)


def _ties(rows: QuerySet, treaty: str, number: str, order: str, kind: Any) -> ArraySubquery:
    each = rows.order_by(f"{treaty}__slug", order, "pk").values_list(
        JSONObject(treaty=f"{treaty}__slug", number=number, kind=kind)
    )
    return ArraySubquery(each, output_field=TIES)


def _articles_acted_on(name: str, at: Moment) -> ArraySubquery:
    ties = ArticleTie.objects.shown(at).filter(**{name: OuterRef("pk")})
    return _ties(ties, "article__treaty", "article__number", "article__order", F("kind"))


def _articles_at_issue(at: Moment) -> ArraySubquery:
    articles = Article.objects.shown(at).filter(questions=OuterRef("question_key"))
    return _ties(articles, "treaty", "number", "order", Value("AT_ISSUE"))


def _address(*parts: Any) -> Any:
    return Concat(*[Value(part) if isinstance(part, str) else part for part in parts], output_field=TEXT)


def _in_a_name(column: str) -> models.Func:
    """A date as the name of an element or of an entry in a feed can hold it, without its colons and slashes."""
    return models.Func(F(column), Value("[^A-Za-z0-9]+"), Value("-"), Value("g"), function="REGEXP_REPLACE")


def _of_question(prefix: str) -> dict[str, Related]:
    def articles(at: Moment) -> Q:
        return Q(**{f"{prefix}articles__in": shown_keys(Article, at)})

    def topics(at: Moment) -> Q:
        return Q(**{f"{prefix}topics__in": Topic.objects.published().values("pk")})

    return {
        "treaties": Related(f"{prefix}articles__treaty__slug", articles),
        "topics": Related(f"{prefix}topics__slug", topics),
        "questions": Related(f"{prefix}slug", always),
    }


def _of_ties(at: Moment) -> Q:
    return Q(ties__in=shown_keys(ArticleTie, at))


def _topics_of_ties(at: Moment) -> Q:
    return _of_ties(at) & Q(ties__article__topics__in=Topic.objects.published().values("pk"))


EVENTS = Strand(
    kind="events",
    label="Events",
    model=Event,
    found=Event.objects.shown,
    clock="happened",
    item="event",
    cites=_cites(Event),
    related={
        "treaties": Related("treaties__slug", lambda at: Q(treaties__in=shown_keys(Treaty, at))),
        "people": Related("people__slug", lambda at: public_q("people__")),
        "topics": Related("ties__article__topics__slug", _topics_of_ties),
    },
    worded=lambda at, words: Q(title__icontains=words) | Q(summary__icontains=words) | Q(place__icontains=words),
    columns=lambda at, lang: {
        "e_name": _address("event-", F("slug")),
        "e_code": F("category"),
        "e_title": F("title"),
        "e_text": F("summary"),
        "e_place": F("place"),
        "e_note": _note(Event, at),
        "e_url": _address("/timeline/?go=event-", F("slug"), "#event-", F("slug")),
        "e_treaties": ArraySubquery(
            Treaty.objects.shown(at).filter(events=OuterRef("pk")).order_by("slug").values("slug")
        ),
        "e_ties": _articles_acted_on("event", at),
        "e_cited": cited_keys(Event, at),
    },
    symbol=Lower("category"),
    place_in_day=F("position"),
)

ACTS = Strand(
    kind="acts",
    label="Treaty acts",
    model=TreatyAction,
    found=TreatyAction.objects.shown,
    clock="happened",
    item="act",
    cites=_cites(TreatyAction),
    related={
        "treaties": Related("treaty__slug", always),
        "people": Related("participant__slug", lambda at: public_q("participant__")),
    },
    worded=lambda at, words: Q(summary__icontains=words) | Q(place__icontains=words),
    columns=lambda at, lang: {
        "e_name": _address("act-", F("slug")),
        "e_code": F("kind"),
        "e_title": F("summary"),
        "e_place": F("place"),
        "e_note": _note(TreatyAction, at),
        "e_url": _address("/treaties/", F("treaty__slug"), "/#act-", F("slug")),
        "e_side": Coalesce("participant__country", NO_TEXT),
        "e_treaties": ArraySubquery(Treaty.objects.filter(pk=OuterRef("treaty")).values("slug")),
        "e_cited": cited_keys(TreatyAction, at),
    },
    symbol=Value("treaty"),
)


def _printings(at: Moment) -> QuerySet[Quote]:
    return Quote.objects.published().known_by(at)


def _lead(at: Moment, lang: str) -> QuerySet[Quote]:
    """The printing in `lang`, or else the one that an English page leads with, as `printings.in_english` chooses it."""
    foreign = Case(When(language=lang, then=0), When(language="en", then=1), default=2)
    return _printings(at).filter(utterance=OuterRef("pk")).order_by(foreign, "position", "pk")


def _statement_columns(at: Moment, lang: str) -> dict[str, Any]:
    lead = _lead(at, lang)
    return {
        "lead": Subquery(lead.values("pk")[:1]),
        "e_name": _address("quote-", F("slug")),
        "e_title": _address("“", Subquery(lead.values("words")[:1]), "”"),
        "e_language": Subquery(lead.values("language")[:1]),
        "e_text": F("occasion"),
        "e_place": F("place"),
        "e_url": _address("/quotes/", F("slug"), "/"),
        "e_who": F("speaker__name"),
        "e_side": F("speaker__country"),
        "e_ties": _articles_acted_on("utterance", at),
        "e_cited": cited_keys(Quote, at, "lead"),
    }


def _themes(at: Moment) -> Q:
    return public_q("themes__topic__") & Q(themes__in=Theme.objects.published().values("pk"))


STATEMENTS = Strand(
    kind="statements",
    label="Statements",
    model=Utterance,
    found=Utterance.objects.shown,
    clock="said",
    item="utterance",
    cites=(QuoteCitation, "subject__utterance"),
    related={
        "treaties": Related("ties__article__treaty__slug", _of_ties),
        "people": Related("speaker__slug", lambda at: public_q("speaker__")),
        "topics": Related("themes__topic__slug", _themes),
        "quotes": Related("slug", always),
    },
    worded=lambda at, words: (
        Exists(_printings(at).filter(utterance=OuterRef("pk"), words__icontains=words))
        | Q(occasion__icontains=words)
        | Q(speaker__name__icontains=words)
    ),
    columns=_statement_columns,
    symbol=Value("statement"),
)

OPINIONS = Strand(
    kind="opinions",
    label="Expert opinions",
    model=Opinion,
    found=Opinion.objects.shown,
    clock="stated",
    item="opinion",
    cites=_cites(Opinion),
    related={
        **_of_question("position__question__"),
        "people": Related("expert__slug", lambda at: public_q("expert__")),
    },
    worded=lambda at, words: Q(summary__icontains=words) | Q(quote__icontains=words) | Q(expert__name__icontains=words),
    columns=lambda at, lang: {
        "question_key": F("position__question"),
        "e_name": _address("opinion-", F("slug")),
        "e_title": F("summary"),
        "e_text": _address(F("position__question__question"), " ", F("position__label"), "."),
        "e_url": _address("/questions/", F("position__question__slug"), "/#opinion-", F("slug")),
        "e_who": F("expert__name"),
        "e_ties": _articles_at_issue(at),
        "e_cited": cited_keys(Opinion, at),
    },
    symbol=Value("opinion"),
)


_OF_A_STATE = (AgentKind.STATE, AgentKind.STATE_MEDIA)


def _publication_columns(at: Moment, lang: str) -> dict[str, Any]:
    printed = Rendering.objects.shown(at).filter(source=OuterRef("pk"))
    return {
        "e_name": _address("text-", F("slug")),
        "e_url": _address("/sources/", F("slug"), "/"),
        "e_title": F("title"),
        "e_language": F("language"),
        "e_who": F("publisher__name"),
        "e_side": Case(
            When(publisher__kind__in=_OF_A_STATE, then=F("publisher__country")), default=NO_TEXT, output_field=TEXT
        ),
        "e_ties": _ties(printed, "article__treaty", "article__number", "article__order", F("language")),
        "e_cited": Cast(models.Func("pk", function="ARRAY", template="%(function)s[%(expressions)s]"), KEYS),
    }


PUBLICATIONS = Strand(
    kind="publications",
    label="Texts published",
    model=Source,
    found=lambda at: (
        Source.objects.issued_by(at)
        .exclude(issued="")
        .filter(Exists(Rendering.objects.shown(at).filter(source=OuterRef("pk"))))
    ),
    clock="issued",
    item="publication",
    cites=None,
    related={
        "treaties": Related(
            "renderings__article__treaty__slug",
            lambda at: Q(renderings__in=shown_keys(Rendering, at)),
        ),
        "people": Related("publisher__slug", lambda at: public_q("publisher__")),
        "topics": Related(
            "renderings__article__topics__slug",
            lambda at: Q(
                renderings__in=shown_keys(Rendering, at),
                renderings__article__topics__in=Topic.objects.published().values("pk"),
            ),
        ),
    },
    worded=lambda at, words: Q(title__icontains=words) | Q(publisher__name__icontains=words),
    columns=_publication_columns,
    symbol=Value("publication"),
)

ASSESSMENTS = Strand(
    kind="assessments",
    label="Changes in what is known",
    model=Assessment,
    found=lambda at: Assessment.objects.shown(at).filter(question__in=Question.objects.published().values("pk")),
    clock="since",
    item="assessment",
    cites=_cites(Assessment),
    related=_of_question("question__"),
    worded=lambda at, words: Q(answer__icontains=words) | Q(question__question__icontains=words),
    columns=lambda at, lang: {
        "question_key": F("question"),
        "e_name": _address("assessment-", F("question__slug"), "-", _in_a_name("since")),
        "e_code": F("knowledge"),
        "e_title": F("question__question"),
        "e_text": F("answer"),
        "e_url": _address("/questions/", F("question__slug"), "/#assessment-", F("since")),
        "e_ties": _articles_at_issue(at),
        "e_cited": cited_keys(Assessment, at),
    },
    symbol=Value("assessment"),
)

STRANDS = (EVENTS, ACTS, STATEMENTS, OPINIONS, PUBLICATIONS, ASSESSMENTS)
"""In the order in which things of one instant stand."""


def corrected(url: Any) -> Subquery:
    """When what stands at the address `url` was last corrected, if ever."""
    rows = corrections_at(url).order_by("-corrected_at")
    return Subquery(rows.values("corrected_at")[:1], output_field=INSTANT)

"""Everything on the record as one list of plain entries in order of time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from apps.editorial.models import public_q
from apps.opinions.models import Assessment, Opinion
from apps.quotes.models import Quote, Utterance
from apps.quotes.printings import in_english
from apps.timelines.models import Event
from apps.timelines.rules import Category
from apps.treaties.models import Treaty, TreatyAction


@dataclass(frozen=True)
class Entry:
    """One thing in order of time; `symbol` names its mark, `language` is set where `title` is somebody's words."""

    kind: str
    symbol: str
    anchor: str
    when: str
    earliest: datetime
    latest: datetime
    title: str
    url: str
    text: str = ""
    place: str = ""
    note: str = ""
    language: str = ""
    citations: list[Any] = field(default_factory=list)
    treaties: list[Treaty] = field(default_factory=list)


@dataclass(frozen=True)
class Wanted:
    """What a reader asks of the timeline; empty values ask for everything."""

    treaty: str = ""
    person: str = ""
    words: str = ""
    year: int | None = None


def from_event(event: Event) -> Entry:
    """An event with its `public_citations` and `public_treaties` loaded."""
    return Entry(
        kind=event.get_category_display(),
        symbol=event.category.lower(),
        anchor=f"event-{event.slug}",
        when=event.happened,
        earliest=event.happened_earliest,
        latest=event.happened_latest,
        title=event.title,
        url="",
        text=event.summary,
        place=event.place,
        note=event.note,
        citations=event.public_citations,
        treaties=event.public_treaties,
    )


def from_act(act: TreatyAction) -> Entry:
    """A treaty act with its `public_citations` and treaty loaded."""
    return Entry(
        kind=act.get_kind_display().capitalize(),
        symbol="treaty",
        anchor=f"act-{act.slug}",
        when=act.happened,
        earliest=act.happened_earliest,
        latest=act.happened_latest,
        title=act.summary,
        url=act.get_absolute_url(),
        place=act.place,
        note=act.note,
        citations=act.public_citations,
        treaties=[act.treaty],
    )


def from_utterance(utterance: Utterance) -> Entry:
    """A statement with its `printings` loaded; the most official English printing gives the words."""
    lead = in_english(utterance.printings)
    return Entry(
        kind=f"Statement: {utterance.speaker.name}",
        symbol="statement",
        anchor=f"quote-{utterance.slug}",
        when=utterance.said,
        earliest=utterance.said_earliest,
        latest=utterance.said_latest,
        title=f"“{lead.words}”",
        url=utterance.get_absolute_url(),
        text=utterance.occasion,
        place=utterance.place,
        language=lead.language,
        citations=lead.public_citations,
    )


def from_opinion(opinion: Opinion) -> Entry:
    """An expert opinion with expert, position and question loaded."""
    return Entry(
        kind=f"Opinion: {opinion.expert.name}",
        symbol="diplomacy",
        anchor=f"opinion-{opinion.slug}",
        when=opinion.stated,
        earliest=opinion.stated_earliest,
        latest=opinion.stated_latest,
        title=opinion.summary,
        url=opinion.get_absolute_url(),
        text=f"{opinion.position.question.question} {opinion.position.label}.",
        citations=opinion.public_citations,
    )


def from_assessment(assessment: Assessment) -> Entry:
    """A change in what is known, with its question loaded."""
    return Entry(
        kind=f"Assessed: {assessment.get_knowledge_display()}",
        symbol="publication",
        anchor=f"assessment-{assessment.pk}",
        when=assessment.since,
        earliest=assessment.since_earliest,
        latest=assessment.since_latest,
        title=assessment.question.question,
        url=assessment.get_absolute_url(),
        text=assessment.answer,
        citations=assessment.public_citations,
    )


def events(at: datetime | None, wanted: Wanted) -> QuerySet[Event]:
    """Events readable as of `at` (UTC; None means all) that fit what is wanted, oldest first."""
    found = (
        Event.objects.readable(at)
        .prefetch_related(Prefetch("treaties", Treaty.objects.readable(at).order_by("slug"), to_attr="public_treaties"))
        .order_by("happened_earliest", "position", "pk")
    )
    if wanted.treaty:
        found = found.filter(public_q("treaties__"), treaties__slug=wanted.treaty)
    if wanted.person:
        found = found.filter(public_q("people__"), people__slug=wanted.person)
    if wanted.words:
        found = found.filter(Q(title__icontains=wanted.words) | Q(summary__icontains=wanted.words))
    return _in_year(found, "happened", wanted)


def acts(at: datetime | None, wanted: Wanted) -> QuerySet[TreatyAction]:
    """Treaty acts readable as of `at` that fit what is wanted, oldest first."""
    found = TreatyAction.objects.readable(at).select_related("treaty").order_by("happened_earliest", "pk")
    if wanted.treaty:
        found = found.filter(public_q("treaty__"), treaty__slug=wanted.treaty)
    if wanted.person:
        found = found.filter(public_q("participant__"), participant__slug=wanted.person)
    if wanted.words:
        found = found.filter(summary__icontains=wanted.words)
    return _in_year(found, "happened", wanted)


def utterances(at: datetime | None, wanted: Wanted) -> QuerySet[Utterance]:
    """Statements readable as of `at` that fit what is wanted, oldest first; none is tied to a treaty as such."""
    found = Utterance.objects.readable(at).order_by("said_earliest", "pk")
    if wanted.treaty:
        return found.none()
    if wanted.person:
        found = found.filter(speaker__slug=wanted.person)
    if wanted.words:
        printed = Quote.objects.published().known_by(at).filter(words__icontains=wanted.words)
        found = found.filter(Q(quotes__in=printed) | Q(occasion__icontains=wanted.words)).distinct()
    return _in_year(found, "said", wanted)


def opinions(at: datetime | None, wanted: Wanted) -> QuerySet[Opinion]:
    """Expert opinions readable as of `at` that fit what is wanted, oldest first."""
    found = (
        Opinion.objects.readable(at).select_related("expert", "position__question").order_by("stated_earliest", "pk")
    )
    if wanted.treaty:
        return found.none()
    if wanted.person:
        found = found.filter(expert__slug=wanted.person)
    if wanted.words:
        found = found.filter(Q(summary__icontains=wanted.words) | Q(quote__icontains=wanted.words))
    return _in_year(found, "stated", wanted)


def assessments(at: datetime | None, wanted: Wanted) -> QuerySet[Assessment]:
    """Assessments readable as of `at` that fit what is wanted, oldest first."""
    found = Assessment.objects.readable(at).select_related("question").order_by("since_earliest", "pk")
    if wanted.treaty or wanted.person:
        return found.none()
    if wanted.words:
        found = found.filter(Q(answer__icontains=wanted.words) | Q(question__question__icontains=wanted.words))
    return _in_year(found, "since", wanted)


def _in_year(found: QuerySet, column: str, wanted: Wanted) -> QuerySet:
    if wanted.year is None:
        return found
    return found.filter(**{f"{column}_earliest__year__lte": wanted.year, f"{column}_latest__year__gte": wanted.year})


SOURCES_OF_ENTRIES: dict[str, tuple[Callable[[datetime | None, Wanted], QuerySet], Callable[[Any], Entry]]] = {
    "events": (events, from_event),
    "acts": (acts, from_act),
    "statements": (utterances, from_utterance),
    "opinions": (opinions, from_opinion),
    "assessments": (assessments, from_assessment),
}
"""Each kind of thing on the timeline: how it is found, and how it becomes an entry."""

CATEGORIES = {category.lower(): category for category in Category.values}


def compose(at: datetime | None, wanted: Wanted, kinds: Iterable[str]) -> list[Entry]:
    """The entries of the named kinds (keys of SOURCES_OF_ENTRIES, or event categories in lower case), oldest first."""
    entries: list[Entry] = []
    for kind in kinds:
        if kind in CATEGORIES:
            entries.extend(from_event(event) for event in events(at, wanted).filter(category=CATEGORIES[kind]))
        else:
            find, turn = SOURCES_OF_ENTRIES[kind]
            entries.extend(turn(record) for record in find(at, wanted))
    return in_order(entries)


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Entries by when they began; those of one instant keep the order in which they came."""
    return sorted(entries, key=lambda entry: entry.earliest)

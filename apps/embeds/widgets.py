"""The four kinds of widgets: what each is called, where it stands, and how it is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.validators import slug_re
from django.http import QueryDict
from django.urls import reverse

from apps.editorial.kept import as_it_stood
from apps.editorial.refusals import unknown
from apps.editorial.rules import Status
from apps.embeds import cards, heights, lists
from apps.embeds.cards import Card
from apps.embeds.frames import Frame, frame_of
from apps.embeds.options import Options, options_of
from apps.opinions import contested
from apps.opinions.models import Question
from apps.quotes.models import Utterance
from apps.sources.reading import Reading
from apps.sources.templatetags.record import day
from apps.timelines.models import Timeline
from apps.treaties.models import Topic


class NotThere(LookupError):
    """Nothing of that name is on the record at the moment; its text is a sentence for the reader."""


class Withdrawn(NotThere):
    """What was asked for stood on the record and does so no longer."""


class Kind(StrEnum):
    """What a widget shows."""

    TIMELINE = "timeline"
    COMPARE = "compare"
    QUESTION = "question"
    QUOTE = "quote"


LABELS = {
    Kind.TIMELINE: "A timeline",
    Kind.COMPARE: "A comparison",
    Kind.QUESTION: "A question",
    Kind.QUOTE: "A quote",
}
_WHOLE = {
    Kind.TIMELINE: "the whole timeline",
    Kind.COMPARE: "all words side by side",
    Kind.QUESTION: "the question in full",
    Kind.QUOTE: "the statement in full",
}
_NOUNS: dict[Kind, tuple[Any, str]] = {
    Kind.TIMELINE: (Timeline, "timeline"),
    Kind.COMPARE: (Topic, "topic"),
    Kind.QUESTION: (Question, "question"),
    Kind.QUOTE: (Utterance, "statement"),
}
_FEED_FILTERS = {Kind.COMPARE: "topic", Kind.QUESTION: "question", Kind.QUOTE: "quote"}


@dataclass(frozen=True)
class Widget:
    """A widget as it is read for one request; `slug` is '' for the timeline of everything."""

    kind: Kind
    slug: str
    card: Card
    frame: Frame
    options: Options
    reading: Reading

    @property
    def whole(self) -> str:
        """What the page on the site shows beyond it."""
        return _WHOLE[self.kind]

    @property
    def entries(self) -> int:
        """How many entries of a timeline stand in its window."""
        window = self.card.context.get("window")
        return max(0, window.last - window.first + 1) if window else 0

    @property
    def counted(self) -> str:
        """How much of it there is in all, in words; '' for what is one."""
        window = self.card.context.get("window")
        if not window:
            return ""
        return f"{window.count} entr{'y' if window.count == 1 else 'ies'}"

    @property
    def feed(self) -> str:
        """The path of the feed that carries what is new in it, corrections too; '' where nothing new enters it."""
        if self.options.at or self.options.shown_by:
            return ""
        query = QueryDict(mutable=True)
        if self.kind is Kind.TIMELINE:
            path, _, filters = self.card.url.partition("?")
            query = QueryDict(filters, mutable=True)
            query.pop("order", None)
            if path != reverse("timeline"):
                query["timeline"] = self.slug
        else:
            query[_FEED_FILTERS[self.kind]] = self.slug
        return f"/feeds/record.atom?{query.urlencode()}" if query else "/feeds/record.atom"

    def floor(self, width: int) -> int:
        """Its height in pixels where no script fits the frame to it."""
        return self.options.height or heights.floor(self.entries, self.card.words, width)


def read(kind: Kind, slug: str, params: QueryDict, *, now: datetime) -> Widget:
    """The widget of that kind and slug ('' for the timeline of everything); six queries at most.

    It is read as our record stood at an instant where its address asks for that. Raises NotThere, Withdrawn, and
    Refused for parameters that there are not.
    """
    if slug and not slug_re.match(slug):
        raise NotThere("There is nothing of that name on the record.")
    options = options_of(params, now=now)
    reading = Reading(at=options.at, now=now)
    if kind is Kind.QUESTION and options.lang not in {"", "en"}:
        raise unknown("version of this widget in the language", options.lang, ["en"])
    with as_it_stood(options.shown_by):
        found = _found(kind, slug, params, reading, options)
    if found is None:
        raise _not_there(kind, slug, reading)
    return Widget(kind, slug, *found, options, reading)


def address(kind: Kind, slug: str) -> str:
    """The path of a widget."""
    if kind is Kind.TIMELINE and slug:
        return reverse("embed_curated_timeline", args=[slug])
    return reverse(f"embed_{kind}", args=[slug] if slug else [])


def _found(kind: Kind, slug: str, params: QueryDict, reading: Reading, options: Options) -> tuple[Card, Frame] | None:
    if kind is Kind.TIMELINE:
        return lists.timeline(slug, params, reading, options.lang)
    card = card_of(kind, slug, reading, options)
    if card is None:
        return None
    frame = frame_of(reading.at, card.paths, contested=ArraySubquery(contested.places(reading.at)))
    contested.keep(reading, frame.also.get("contested", ()))
    return card, frame


def card_of(kind: Kind, slug: str, reading: Reading, options: Options) -> Card | None:
    """What a widget other than a timeline shows; None where nothing of that name is on record. Raises Refused."""
    if kind is Kind.COMPARE:
        return cards.compare(slug, reading, options.lang)
    if kind is Kind.QUESTION:
        return cards.question(slug, reading)
    return cards.quote(slug, reading, options.lang, original=options.original)


def _not_there(kind: Kind, slug: str, reading: Reading) -> NotThere:
    """Why nothing of `slug` shows: it was withdrawn, or else it never was on the record as far as anybody is told."""
    model, called = _NOUNS[kind]
    gone = model.objects.filter(slug=slug, status=Status.WITHDRAWN).first()
    if gone:
        return Withdrawn(f"This {called} was withdrawn from the record on {day(gone.withdrawn_at)}.")
    return NotThere(f"There is no {called} of that name on the record{' by then' if reading.is_past else ''}.")

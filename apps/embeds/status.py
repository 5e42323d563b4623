"""What became of a widget since an embedder pasted it: published, corrected, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.db.models import Q, QuerySet

from apps.comparison.words import Passage
from apps.editorial import moments
from apps.editorial.kept import as_it_stood
from apps.editorial.models import Correction
from apps.editorial.places import concerns, place
from apps.editorial.refusals import Refused
from apps.editorial.rules import Status
from apps.embeds.widgets import Kind, Widget, card_of
from apps.opinions.models import Assessment, Opinion
from apps.quotes.models import Quote
from apps.timelines import compose
from apps.timelines.strands import STRANDS, Order
from apps.treaties.models import Correspondence, Rendering, TopicFinding

MOST = 100
MOST_ENTRIES = 5000


@dataclass(frozen=True)
class Changes:
    """What happened to the content of a widget since an instant: how much was published and withdrawn, and the
    corrections, the latest first; `more`: there are more than MOST published, which is what `published` says then.

    Of a curated timeline also how much of what was on record before an editor chose for it, and took out of it.
    """

    published: int
    withdrawn: int
    corrected: list[Correction]
    more: bool = False
    chosen: int = 0
    taken_out: int = 0

    @property
    def any(self) -> bool:
        return bool(self.published or self.withdrawn or self.corrected or self.chosen or self.taken_out)


def since_of(text: str, *, now: datetime) -> datetime:
    """The instant (UTC) that `since` names; a bare day means its beginning. Raises Refused."""
    if not text:
        raise Refused("Say since when, as in since=2026-03-01 or since=2026-03-01T12:00Z.")
    moment = moments.parse(text, now=now)
    bare = "T" not in text and "t" not in text
    return datetime.combine(datetime.fromisoformat(text).date(), time.min, UTC) if bare else moment


def changes(widget: Widget, since: datetime) -> Changes:
    """What changed in the widget since then. Constant queries, whatever the record holds."""
    corrected = _corrected(widget, since)
    if widget.options.shown_by:
        return Changes(published=0, withdrawn=_left(widget, widget.options.shown_by, since), corrected=corrected)
    if widget.kind is Kind.TIMELINE:
        published, gone = _published_entries(widget, since), _withdrawn_entries(widget)
    else:
        published, gone = _published_records(widget, since), _withdrawn_records(widget)
    chosen, taken_out = _selected(widget, since)
    return Changes(
        published=0 if widget.reading.is_past else min(published, MOST),
        withdrawn=sum(records.filter(withdrawn_at__gt=since).count() for records in gone),
        corrected=corrected,
        more=published > MOST and not widget.reading.is_past,
        chosen=chosen,
        taken_out=taken_out,
    )


def _corrected(widget: Widget, since: datetime) -> list[Correction]:
    latest = Correction.objects.filter(corrected_at__gt=since).order_by("-corrected_at", "-pk")
    corrections = list(latest[: 10 * MOST])
    places = {place(path) for path in _paths(widget)} if corrections else set()
    return [each for each in corrections if concerns(each, places)][:MOST]


def _left(widget: Widget, pinned: datetime, since: datetime) -> int:
    """How much left a pinned widget since then, withdrawn, whatever became of it."""
    if widget.kind is Kind.TIMELINE:
        wanted = widget.card.context["wanted"]
        with as_it_stood(pinned):
            now = compose.published(widget.reading.at, wanted).keys()
        with as_it_stood(pinned, seen=since):
            return len(compose.published(widget.reading.at, wanted).keys() - now)
    with as_it_stood(pinned, seen=since):
        then = card_of(widget.kind, widget.slug, widget.reading, widget.options)
    return len(set(_records(then.context)) - set(_records(widget.card.context))) if then else 0


def _selected(widget: Widget, since: datetime) -> tuple[int, int]:
    """How many entries an editor chose for a curated timeline since then, of those on record before, and took out."""
    wanted = widget.card.context.get("wanted")
    if not wanted or wanted.timeline is None:
        return 0, 0
    now = compose.published(widget.reading.at, wanted)
    with as_it_stood(since):
        then = compose.published(widget.reading.at, wanted)
    return len({each for each in now if now[each] <= since} - then.keys()), len(then.keys() - now.keys())


def _published_entries(widget: Widget, since: datetime) -> int:
    newest = compose.window(widget.reading.at, widget.card.context["wanted"], Order.SHOWN, 0, MOST + 1)
    return sum(entry.shown > since for entry in newest)


def _paths(widget: Widget) -> frozenset[str]:
    """The addresses of what it shows: of a timeline on all of its pages."""
    if widget.kind is not Kind.TIMELINE:
        return widget.card.paths
    with as_it_stood(widget.options.shown_by):
        entries = compose.window(widget.reading.at, widget.card.context["wanted"], Order.SHOWN, 0, MOST_ENTRIES)
    return widget.card.paths | {entry.url for entry in entries}


def _withdrawn_entries(widget: Widget) -> Iterable[QuerySet]:
    context = widget.card.context
    wanted, order = context["wanted"], Order.KNOWN if context["by_known"] else Order.HAPPENED
    for strand in STRANDS:
        if not wanted.kinds or strand.kind in wanted.kinds:
            yield strand.withdrawn(widget.reading.at, wanted, order)


def _published_records(widget: Widget, since: datetime) -> int:
    return sum(1 for record in _records(widget.card.context) if record.published_at and record.published_at > since)


def _records(context: dict[str, Any]) -> list[Any]:
    """The records that a card shows, of those with a life of their own."""
    found = [*context.get("opinions", []), *context.get("others", [])]
    if question := context.get("question"):
        found += question.history_of_status
    found += [context[name] for name in ("utterance", "shown", "spoken", "topic") if context.get(name)]
    if row := context.get("row"):
        found += [row.correspondence] if row.correspondence else []
    for column in context.get("columns", []):
        for told in column.told:
            passage: Passage = told.passage
            found += [passage.article, *([passage.rendering] if passage.rendering else [])]
    return found


def _withdrawn_records(widget: Widget) -> Iterable[QuerySet]:
    """What is gone of the records that the card could show, by kind."""
    for records in _of_card(widget.kind, widget.slug):
        gone = records.filter(status=Status.WITHDRAWN)
        yield gone.known_by(widget.reading.at) if widget.reading.at else gone


def _of_card(kind: Kind, slug: str) -> Iterable[Any]:
    if kind is Kind.QUESTION:
        yield Assessment.objects.filter(question__slug=slug)
        yield Opinion.objects.filter(position__question__slug=slug)
    elif kind is Kind.QUOTE:
        yield Quote.objects.filter(utterance__slug=slug)
    else:
        yield Correspondence.objects.filter(topic__slug=slug)
        yield TopicFinding.objects.filter(topic__slug=slug)
        compared = Q(article__topics__slug=slug) | Q(article__correspondence_sides__correspondence__topic__slug=slug)
        yield Rendering.objects.filter(compared).distinct()

"""What came onto the record last, of any kind, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from apps.opinions.models import Assessment, Opinion
from apps.quotes.models import Utterance
from apps.quotes.printings import in_english
from apps.timelines.models import Event


@dataclass(frozen=True)
class News:
    """One thing on the record: when it happened, what it is, and the citations it rests on."""

    kind: str
    when: str
    earliest: datetime
    text: str
    url: str
    citations: list[Any]


def latest(at: datetime | None, count: int) -> list[News]:
    """The `count` latest events, statements, assessments and opinions known by `at` (UTC; None: all), newest first.

    At most half are of one kind, so that a day on which many questions were assessed leaves room for what happened.
    """
    most = max(1, count // 2)
    events = Event.objects.readable(at).filter(**_until("happened_earliest", at)).order_by("-happened_earliest", "-pk")
    said = Utterance.objects.readable(at).filter(**_until("said_earliest", at)).order_by("-said_earliest", "-pk")
    assessed = (
        Assessment.objects.readable(at)
        .filter(**_until("since_earliest", at))
        .select_related("question")
        .order_by("-since_earliest", "-pk")
    )
    opined = (
        Opinion.objects.readable(at)
        .filter(**_until("stated_earliest", at))
        .select_related("expert", "position__question")
        .order_by("-stated_earliest", "-pk")
    )
    news = [
        *(
            News("Event", e.happened, e.happened_earliest, e.title, e.get_absolute_url(), e.public_citations)
            for e in events[:most]
        ),
        *(_said(u) for u in said[:most]),
        *(
            News(
                f"Assessed: {a.get_knowledge_display()}",
                a.since,
                a.since_earliest,
                a.question.question,
                a.get_absolute_url(),
                a.public_citations,
            )
            for a in assessed[:most]
        ),
        *(
            News(
                "Opinion",
                o.stated,
                o.stated_earliest,
                f"{o.expert.name}: {o.summary}",
                o.get_absolute_url(),
                o.public_citations,
            )
            for o in opined[:most]
        ),
    ]
    return sorted(news, key=lambda item: item.earliest, reverse=True)[:count]


def _until(column: str, at: datetime | None) -> dict[str, datetime]:
    return {f"{column}__lte": at} if at else {}


def _said(utterance: Utterance) -> News:
    lead = in_english(utterance.printings)
    text = f"{utterance.speaker.name}: “{lead.words}”"
    return News(
        "Statement", utterance.said, utterance.said_earliest, text, utterance.get_absolute_url(), lead.public_citations
    )

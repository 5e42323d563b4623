"""What stands around the content of every widget: how new the record is, and what of it was corrected."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Subquery
from django.db.models.functions import JSONObject

from apps.editorial.places import corrections_of
from apps.sources.models import Source


@dataclass(frozen=True)
class Frame:
    """The foot of a widget: the day of the latest source (EDTF, or ''), corrections of its content, the last of them.

    `also` holds what else the same query was asked for.
    """

    latest: str = ""
    corrections: int = 0
    corrected: datetime | None = None
    correction: int | None = None
    also: dict[str, Any] = field(default_factory=dict)

    def with_dates(self, dates: Iterable[datetime | None]) -> Frame:
        """The same with further parts of the content, corrected at these instants or never."""
        found = [date for date in dates if date]
        last = max([*found, *([self.corrected] if self.corrected else [])], default=None)
        key = self.correction if last == self.corrected else None
        return replace(self, corrections=self.corrections + len(found), corrected=last, correction=key)


def frame_of(at: datetime | None, paths: Collection[str], **also: Subquery) -> Frame:
    """The frame of a widget as of `at` (UTC; None means the whole record) that shows the records at `paths`.

    One query; the subqueries in `also` are answered with it.
    """
    corrections = corrections_of(paths).order_by("-corrected_at", "-pk")
    told = ArraySubquery(corrections.values(told=JSONObject(pk="pk", at="corrected_at")))
    latest = Source.objects.issued_by(at).exclude(issued="").order_by("-issued_earliest", "-pk")
    found = latest.annotate(e_corrections=told, **also).values("issued", "e_corrections", *also).first()
    if found is None:
        return Frame()
    # Of no path the database is not asked, and has no answer.
    made = found["e_corrections"] or []
    last = made[0] if made else None
    return Frame(
        latest=found["issued"],
        corrections=len(made),
        corrected=datetime.fromisoformat(last["at"]) if last else None,
        correction=last["pk"] if last else None,
        also={name: found[name] for name in also},
    )

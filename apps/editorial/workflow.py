"""The one place where a record's status changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pghistory
from django.db import transaction

from apps.editorial.models import EditorialModel, describe
from apps.editorial.rules import Status, may_move


class Refused(Exception):
    """A move that the house does not allow; `reasons` are sentences an editor can act on."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = list(reasons)
        super().__init__(" ".join(self.reasons))


def permission(record: EditorialModel, to: str) -> str:
    """The Django permission that a person needs to move `record` to `to`."""
    verb = "publish" if to in (Status.PUBLISHED, Status.WITHDRAWN) else "change"
    return (
        f"editorial.{verb}_record"
        if verb == "publish"
        else f"{record._meta.app_label}.change_{record._meta.model_name}"
    )


def move(
    record: EditorialModel, to: str, *, by: Any, at: datetime, note: str = ""
) -> EditorialModel:
    """Move `record` to the status `to` at the instant `at` and return it as it now stands.

    `by` is the user who acts, or None for the record loader. Locks the row, asks its `blockers()`, writes and logs
    in one transaction. Raises Refused, with nothing written, when the step, the person or the record itself forbids it.
    """
    with (
        transaction.atomic(),
        pghistory.context(user=getattr(by, "pk", None), move=str(to), note=note),
    ):
        locked = type(record)._base_manager.select_for_update().get(pk=record.pk)
        reasons = []
        if not may_move(locked.status, to):
            reasons.append(
                f"The {describe(locked)} is {Status(locked.status).label}; from there it cannot become {Status(to).label}."
            )
        elif by is not None and not by.has_perm(permission(locked, to)):
            reasons.append(
                f"Only an editor may make the {describe(locked)} {Status(to).label}."
            )
        else:
            reasons.extend(locked.blockers(to))
        if reasons:
            raise Refused(reasons)
        _write(locked, to, at)
        locked.save(update_fields=["status", "published_at", "withdrawn_at"])
    record.status, record.published_at, record.withdrawn_at = (
        locked.status,
        locked.published_at,
        locked.withdrawn_at,
    )
    return record


def _write(record: EditorialModel, to: str, at: datetime) -> None:
    record.status = to
    if to == Status.PUBLISHED:
        record.published_at, record.withdrawn_at = at, None
    elif to == Status.WITHDRAWN:
        record.withdrawn_at = at
    else:
        record.published_at = record.withdrawn_at = None

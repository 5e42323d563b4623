"""The one place where a record's status changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import pghistory
from django.db import transaction

from apps.editorial.models import EditorialModel, describe
from apps.editorial.rules import Status, may_move


class Refused(Exception):
    """A move that the house does not allow; `reasons` are sentences an editor can act on.

    Where many records were to move, `by_record` has the reasons of each, by primary key.
    """

    def __init__(self, reasons: Iterable[str], by_record: Mapping[int, list[str]] | None = None) -> None:
        self.reasons = list(reasons)
        self.by_record = dict(by_record or {})
        super().__init__(" ".join(self.reasons))


def permission(record: EditorialModel, to: str) -> str:
    """The Django permission that a person needs to move `record` to `to`."""
    if to in (Status.PUBLISHED, Status.WITHDRAWN):
        return "editorial.publish_record"
    return f"{record._meta.app_label}.change_{record._meta.model_name}"


def move(record: EditorialModel, to: str, *, by: Any, at: datetime, note: str = "") -> EditorialModel:
    """Move `record` to the status `to` at the instant `at` and return it as it now stands.

    `by` is the user who acts, or None for the record loader. Locks the row, asks its `blockers()`, writes and logs
    in one transaction. Raises Refused, with nothing written, when the step, the person or the record itself forbids it.
    """
    with (
        transaction.atomic(),
        pghistory.context(user=getattr(by, "pk", None), move=str(to), note=note),
    ):
        locked = type(record)._base_manager.select_for_update().get(pk=record.pk)
        reasons = _reasons(locked, to, by)
        if reasons:
            raise Refused(reasons)
        for name, value in _changes(to, at).items():
            setattr(locked, name, value)
        locked.save(update_fields=["status", "published_at", "withdrawn_at"])
    record.status, record.published_at, record.withdrawn_at = (
        locked.status,
        locked.published_at,
        locked.withdrawn_at,
    )
    return record


def move_all(
    records: Iterable[EditorialModel],
    to: str,
    *,
    by: Any,
    at: datetime,
    note: str = "",
) -> None:
    """Move many records of one model, all or none, by the rules of `move` and in a handful of queries.

    Raises Refused with the reasons of every record that may not move, with nothing written.
    """
    records = list(records)
    if not records:
        return
    model = type(records[0])
    with (
        transaction.atomic(),
        pghistory.context(user=getattr(by, "pk", None), move=str(to), note=note),
    ):
        rows = model._base_manager.filter(pk__in=[record.pk for record in records])
        locked = rows.select_for_update().order_by("pk").prefetch_related(*_asked(model))
        refused = {row: reasons for row in locked if (reasons := _reasons(row, to, by))}
        if refused:
            raise Refused(
                [f"The {describe(row)}: {reason}" for row, reasons in refused.items() for reason in reasons],
                {row.pk: reasons for row, reasons in refused.items()},
            )
        rows.update(**_changes(to, at))
    for record in records:
        for name, value in _changes(to, at).items():
            setattr(record, name, value)


def _asked(model: type[EditorialModel]) -> list[str]:
    """The relations that `blockers()` of a model looks along."""
    names = [field.name for field in model._meta.concrete_fields if field.is_relation]
    return [*names, "citations__source"] if hasattr(model, "citations") else names


def _reasons(record: EditorialModel, to: str, by: Any) -> list[str]:
    if not may_move(record.status, to):
        return [
            f"The {describe(record)} is {Status(record.status).label}; from there it cannot become {Status(to).label}."
        ]
    if by is not None and not by.has_perm(permission(record, to)):
        return [f"Only an editor may make the {describe(record)} {Status(to).label}."]
    return record.blockers(to)


def _changes(to: str, at: datetime) -> dict[str, Any]:
    if to == Status.PUBLISHED:
        return {"status": to, "published_at": at, "withdrawn_at": None}
    if to == Status.WITHDRAWN:
        return {"status": to, "withdrawn_at": at}
    return {"status": to, "published_at": None, "withdrawn_at": None}

"""Moves of more than one record at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from apps.editorial.models import EditorialModel, describe
from apps.editorial.rules import Status, may_move
from apps.editorial.workflow import Refused, move


def move_each(
    records: Iterable[EditorialModel], to: str, *, by: Any, at: datetime, note: str = ""
) -> tuple[list[EditorialModel], list[str]]:
    """Move each record that may go to `to` at `at` (UTC); give those that moved, and why each other one did not."""
    moved, reasons = [], []
    for record in records:
        try:
            moved.append(move(record, to, by=by, at=at, note=note))
        except Refused as refused:
            reasons.append(f"{_called(record)}: {' '.join(refused.reasons)}")
    return moved, reasons


def move_together(
    record: EditorialModel,
    parts: Sequence[EditorialModel],
    to: str,
    *,
    by: Any,
    at: datetime,
    note: str = "",
) -> list[EditorialModel]:
    """Move `record` and those of its `parts` that may take the same step to `to` at `at` (UTC), all or none.

    Parts come into the open after what they belong to and leave it before. Gives what moved; raises Refused with
    every reason.
    """
    going = [record, *(part for part in parts if may_move(part.status, to))]
    if to == Status.WITHDRAWN:
        going.reverse()
    reasons = []
    with transaction.atomic():
        for each in going:
            try:
                move(each, to, by=by, at=at, note=note)
            except Refused as refused:
                prefix = "" if each is record else f"{_called(each)}: "
                reasons.extend(f"{prefix}{reason}" for reason in refused.reasons)
        if reasons:
            raise Refused(reasons)
    return going


def _called(record: EditorialModel) -> str:
    name = describe(record)
    return name[:1].upper() + name[1:]

"""What was changed in a record and its parts, when, by whom; read from the events that the database keeps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models

from apps.editorial.rules import Status

_VERBS = {"insert": "added", "update": "changed", "delete": "deleted"}
_DERIVED = ("_earliest", "_latest")


@dataclass(frozen=True)
class Change:
    """One column: its name, and how it read before and after (both as an editor reads them)."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One write to one row. `at` in UTC; `by` is empty for what no person did, such as loading the record."""

    at: datetime
    by: str
    what: str
    verb: str
    changes: tuple[Change, ...]
    note: str


def entries(record: models.Model, *, limit: int = 200) -> list[Entry]:
    """The latest writes to `record` and to the rows that live and go with it, newest first, at most `limit`."""
    rows: list[tuple[Any, Any, type[models.Model]]] = []
    for model, column in _tables(type(record)):
        events = model._meta.get_field("history").related_model
        previous: dict[int, Any] = {}
        for event in (
            events._base_manager.filter(**{column: record.pk}).select_related("pgh_context").order_by("pgh_id")
        ):
            rows.append((event, previous.get(event.pgh_obj_id), model))
            previous[event.pgh_obj_id] = event
    rows.sort(key=lambda row: (row[0].pgh_created_at, row[0].pgh_id), reverse=True)
    rows = rows[:limit]
    names, people = _Names(rows), _people(rows)
    return [
        Entry(
            at=event.pgh_created_at,
            by=people.get(_context(event).get("user"), ""),
            what="" if model is type(record) else str(model._meta.verbose_name),
            verb=_VERBS.get(event.pgh_label, event.pgh_label),
            changes=tuple(_changes(event, before, model, type(record), names)),
            note=_context(event).get("note", ""),
        )
        for event, before, model in rows
    ]


def _tables(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """The record's own table and those of its parts, each with the column of its events that names the record."""
    yield model, "pgh_obj_id"
    for relation in model._meta.related_objects:
        part = relation.related_model
        if relation.on_delete is models.CASCADE and any(each.name == "history" for each in part._meta.related_objects):
            yield part, relation.field.attname


def _context(event: Any) -> dict[str, Any]:
    return event.pgh_context.metadata if event.pgh_context else {}


def _people(rows: list[tuple[Any, Any, Any]]) -> dict[Any, str]:
    ids = {_context(event).get("user") for event, _, _ in rows} - {None}
    return {pk: user.get_username() for pk, user in get_user_model()._base_manager.in_bulk(ids).items()}


def _columns(model: type[models.Model], parent: type[models.Model] | None = None) -> Iterator[models.Field]:
    """What an editor wrote: no keys, no bounds of dates, and on a part's rows not the record that they belong to."""
    for field in model._meta.concrete_fields:
        if field.primary_key or field.name.endswith(_DERIVED) or (parent and field.related_model is parent):
            continue
        yield field


def _changes(
    event: Any, before: Any, model: type[models.Model], record: type[models.Model], names: _Names
) -> Iterator[Change]:
    # The event of a deletion holds the row as it was.
    then_row, now_row = (event, None) if event.pgh_label == "delete" else (before, event)
    for field in _columns(model, record if model is not record else None):
        then = getattr(then_row, field.attname) if then_row else None
        now = getattr(now_row, field.attname) if now_row else None
        nothing_said = (then_row is None or now_row is None) and (then or now) in ("", None, [], False, 0)
        if now != then and not nothing_said:
            yield Change(str(field.verbose_name), names.read(field, then), names.read(field, now))


class _Names:
    """How keys to other rows are called, fetched once for a table."""

    def __init__(self, rows: list[tuple[Any, Any, type[models.Model]]]) -> None:
        wanted = defaultdict(set)
        for event, before, model in rows:
            for field in _columns(model):
                if field.is_relation:
                    wanted[field.related_model] |= {getattr(each, field.attname) for each in (event, before) if each}
        self.found = {
            model: {row.pk: str(row) for row in model._base_manager.filter(pk__in=keys - {None})}
            for model, keys in wanted.items()
        }

    def read(self, field: models.Field, value: Any) -> str:
        if value in (None, ""):
            return ""
        if field.is_relation:
            return self.found[field.related_model].get(value, f"no longer there ({value})")
        if isinstance(value, datetime):
            return f"{value:%Y-%m-%d %H:%M} UTC"
        if isinstance(value, bool):
            return "yes" if value else "no"
        if field.name == "status":
            return str(Status(value).label)
        return str(dict(field.flatchoices).get(value, value))

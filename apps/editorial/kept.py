"""What stood in the database at an earlier instant, read from the events that it keeps of every write."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import pghistory
from django.apps import apps
from django.db import connection, migrations, models

from apps.editorial.models import Correction
from apps.editorial.rules import Status

_LINKS: dict[Any, Any] = {}


def keep_links(model: type[models.Model], *names: str) -> None:
    """Has the database keep when each link of a model's many-to-many fields of these names was made, and cut.

    A table of links has no class of its own to be tracked by, so each gets a stand-in, `EventPeopleLink`. A migration
    adds the field before its stand-in, and deletes the stand-in and its events before the field.
    """
    for name in names:
        through: Any = model._meta.get_field(name).remote_field.through
        meta = type("Meta", (), {"proxy": True, "app_label": model._meta.app_label, "default_permissions": ()})
        called = f"{model.__name__}{name.title().replace('_', '')}Link"
        link = type(called, (through,), {"__module__": model.__module__, "Meta": meta})
        # Where Django looks for a model by its name.
        setattr(sys.modules[model.__module__], called, link)
        # None is what the library documents for rows that nothing else points at; its annotation leaves it out.
        row: Any = None
        _LINKS[through] = pghistory.create_event_model(
            link,
            pghistory.InsertEvent(),
            pghistory.DeleteEvent(),
            obj_field=row,
            abstract=False,
            meta={"indexes": [models.Index(fields=["id"])]},
        )


def count_links_there_are(*links: tuple[str, str, str, str]) -> Iterator[migrations.RunSQL]:
    """For the migration that begins to keep links: those there are count from before there was a record.

    Each is told by its table, the table of its events and its two columns. Taken back, the dates are gone.
    """
    for table, events, one, other in links:
        # The names stand in a migration; nothing that anybody typed is among them.
        kept = f"INSERT INTO {events} (id, {one}, {other}, pgh_label, pgh_created_at) "
        made = f"SELECT id, {one}, {other}, 'insert', 'epoch' FROM {table}"  # noqa: S608
        yield migrations.RunSQL(kept + made, migrations.RunSQL.noop)


def forget_links_that_were_cut(*links: tuple[str, str]) -> Iterator[migrations.RunSQL]:
    """For the migration that begins to keep when links are cut: of those that are gone by then nobody knows when.

    Each is told by its table and the table of its events. Taken back, they stay forgotten.
    """
    for table, events in links:
        there = f"SELECT FROM {table} WHERE {table}.id = {events}.id"
        cut = f"SELECT FROM {events} c WHERE c.id = {events}.id AND c.pgh_label = 'delete'"
        forget = f"DELETE FROM {events} WHERE NOT EXISTS ({there}) AND NOT EXISTS ({cut})"  # noqa: S608
        yield migrations.RunSQL(forget, migrations.RunSQL.noop)


def settled(now: datetime) -> datetime:
    """The latest instant (UTC, `now` at most) before which no write is still to come. One query.

    What a transaction writes is dated by its beginning and there at its end: those under way began after it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT LEAST(%s, NOW(), MIN(xact_start)) FROM pg_stat_activity WHERE datname = CURRENT_DATABASE() "
            "AND backend_type = 'client backend' AND pid <> pg_backend_pid()",
            [now],
        )
        return cursor.fetchone()[0]


@contextmanager
def as_it_stood(instant: datetime | None, *, seen: datetime | None = None) -> Iterator[None]:
    """Within it all that is read of the record is as it stood in the database at an instant (UTC; None: as it stands).

    Words, dates, ties, citations, an editor's choice: every column of every row, those that were deleted since too.
    Only what was withdrawn since, or since then and until it was `seen`, is not there, whatever became of it: it is not
    to be read any more. Corrections, which tell of what changed since, are read as they stand. Raises RuntimeError for
    a query within it that does not begin as Django's reading ones do.
    """
    if instant is None:
        yield
        return

    def read(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if not sql.lstrip("( ").startswith("SELECT "):
            raise RuntimeError(f"The past is read, by queries and one past at a time: {sql[:40]}")
        return execute(_at(instant, seen, sql), *rest)

    with connection.execute_wrapper(read):
        yield


@dataclass(frozen=True)
class _Table:
    """A table whose writes are kept: in which table, and by which column that names the row."""

    name: str
    events: str
    row: str
    columns: tuple[str, ...]

    def at(self, instant: datetime, seen: datetime | None) -> str:
        """The table as a part of a query that has its name and its columns, as it stood at the instant."""
        columns = ", ".join(f"e.{self.row} AS id" if name == "id" else f'e."{name}"' for name in self.columns)
        then = f"pgh_created_at <= '{instant.isoformat()}'"
        undone = f"l.{then}"
        if "status" in self.columns:
            by = f" AND l.pgh_created_at <= '{seen.isoformat()}'" if seen else ""
            undone = f"(l.{then} OR l.status = '{Status.WITHDRAWN}'{by})"
        later = f"SELECT FROM {self.events} l WHERE l.{self.row} = e.{self.row} AND l.pgh_id > e.pgh_id AND {undone}"
        return (
            f'"{self.name}" AS NOT MATERIALIZED (SELECT {columns} FROM {self.events} e '  # noqa: S608
            f"WHERE e.{then} AND e.pgh_label <> 'delete' AND NOT EXISTS ({later}))"
        )


def _at(instant: datetime, seen: datetime | None, sql: str) -> str:
    """A query that reads every table whose writes are kept as it stood at the instant.

    In PostgreSQL a part of a query that has a table's name stands before the table, in its subqueries too.
    """
    parts = [table.at(instant, seen) for name, table in _tables().items() if f'"{name}"' in sql]
    return f"WITH {', '.join(parts)} {sql}" if parts else sql


@cache
def _tables() -> dict[str, _Table]:
    tables = {}
    for model in apps.get_models(include_auto_created=True):
        columns = tuple(str(field.column) for field in model._meta.concrete_fields)
        history = next((each for each in model._meta.related_objects if each.get_accessor_name() == "history"), None)
        name = model._meta.db_table
        if model in _LINKS:
            tables[name] = _Table(name, _LINKS[model]._meta.db_table, "id", columns)
        elif history and model is not Correction:
            tables[name] = _Table(name, history.related_model._meta.db_table, "pgh_obj_id", columns)
    return tables

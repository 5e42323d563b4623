"""What stood in the database by an earlier instant, read from the events that it keeps of every write."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pghistory
from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q

from apps.editorial.models import EditorialModel

_LINKS: dict[Any, Any] = {}


def keep_links(model: type[models.Model], *names: str) -> None:
    """Has the database keep when each link of a model's many-to-many fields of these names was made.

    A table of links has no class of its own to be tracked by, so each gets a stand-in, `EventPeopleLink`. A migration
    adds the field before its stand-in, and deletes the stand-in and its events before the field. That a link was cut is
    not kept: one that was made again counts from when it was first made.
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
        _LINKS[through] = pghistory.create_event_model(link, pghistory.InsertEvent(), obj_field=row, abstract=False)


def count_links_there_are(*links: tuple[str, str, str, str]) -> Iterator[migrations.RunSQL]:
    """For the migration that begins to keep links: those there are count from before there was a record.

    Each is told by its table, the table of its events and its two columns. Taken back, the dates are gone.
    """
    for table, events, one, other in links:
        # The names stand in a migration; nothing that anybody typed is among them.
        kept = f"INSERT INTO {events} (id, {one}, {other}, pgh_label, pgh_created_at) "
        made = f"SELECT id, {one}, {other}, 'insert', 'epoch' FROM {table}"  # noqa: S608
        yield migrations.RunSQL(kept + made, migrations.RunSQL.noop)


def rows_at(table: Any, instant: datetime | None) -> models.QuerySet:
    """The rows of a table, or (with an instant in UTC) of its events, that tell them as they stood at that instant.

    Both have the columns of the table, `id` among them.
    """
    if instant is None:
        return table._base_manager.all()
    events = table._meta.get_field("history").related_model._base_manager.filter(pgh_created_at__lte=instant)
    later = events.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__gt=OuterRef("pgh_id"))
    return events.exclude(pgh_label="delete").filter(~Exists(later))


def stood_by(table: Any, by: datetime | None, *columns: str) -> Q:
    """That a row of `table` which said the same in `columns` had been written by an instant (UTC; None: whenever).

    A row that was written anew, as loading the record does where it changed, counts from when it was first there.
    """
    if by is None:
        return Q()
    return _first_written(table._meta.get_field("history").related_model, by, {name: name for name in columns})


def linked_by(model: Any, path: str, by: datetime | None) -> Q:
    """That what a path of relations, such as “ties__article__topics__slug”, leads over was there by an instant.

    The instant is in UTC; None means whenever. Asked for are the links of fields that `keep_links` keeps, and that we
    had put on record the records between. It belongs into the `filter` in which the path is looked up.
    """
    condition, before = Q(), ""
    if by is None:
        return condition
    for name in path.split("__"):
        relation: Any = model._meta.get_field(name)
        if not relation.is_relation:
            break
        if relation.many_to_many:
            condition &= _link_made(relation, before, by)
        model, before = relation.related_model, f"{before}{name}__"
        if issubclass(model, EditorialModel):
            condition &= Q(**{f"{before}published_at__lte": by})
    return condition


def _link_made(relation: Any, before: str, by: datetime) -> Q:
    """That the links of a relation, looked up after the path `before`, from either of its ends, were made by then."""
    here, there = f"{before}pk", f"{before}{relation.name}"
    field, owner, named = (relation.remote_field, there, here) if relation.auto_created else (relation, here, there)
    ends = {field.m2m_field_name(): owner, field.m2m_reverse_field_name(): named}
    return _first_written(_LINKS[field.remote_field.through], by, ends)


def _first_written(events: Any, by: datetime, columns: dict[str, str]) -> Q:
    same = {column: OuterRef(outer) for column, outer in columns.items()}
    return Q(Exists(events._base_manager.filter(pgh_created_at__lte=by, **same)))

"""The record's files into the database, in one transaction: what is new, what the files changed, and nothing else."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pghistory
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError

from apps.editorial import workflow
from apps.editorial.rules import TRANSITIONS, Status
from apps.exchange import reading, standing
from apps.exchange.fields import PLACE, Index, Item, Many, NotThere, Rows
from apps.exchange.models import LoadedRow
from apps.exchange.nouns import BY_KIND, NOUNS, Noun


@dataclass
class Outcome:
    """What a load did, record by record, as names for people."""

    total: int = 0
    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    kept_deleted: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return bool(self.added or self.updated)


def load(folder: Path, *, at: datetime, force: bool = False) -> Outcome:
    """Bring the database to what the files of `folder` say, and tell what was done.

    Published records become public at `at`. What an editor changed or deleted since the last load is kept unless
    `force`. Raises reading.Faulty, with every fault and the database untouched, when the files or the house do not
    allow it.
    """
    try:
        with transaction.atomic(), pghistory.context(load=folder.name):
            _one_load_at_a_time()
            now, index = standing.read()
            wanted = reading.read(folder, now)
            return _Writing(now, index, wanted, at, force).run()
    except (IntegrityError, ProtectedError) as error:
        raise reading.Faulty(
            [f"{folder.name}: the database refuses it: {str(error).strip().splitlines()[0]}"]
        ) from error


def let_database_count() -> None:
    """Has the database count the rows of all tables of ours, as its plans need after many were written.

    Not those of its catalogue, which it shares with other databases and locks until the transaction ends.
    """
    tables = connection.introspection.django_table_names(only_existing=True)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, tables))}")


def _one_load_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {LoadedRow._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


class _Writing:
    def __init__(self, now: standing.Items, index: Index, wanted: standing.Items, at: datetime, force: bool) -> None:
        self.now, self.index, self.wanted, self.at, self.force = now, index, wanted, at, force
        self.loaded = {(row.table, row.key): row for row in LoadedRow.objects.all()}
        self.outcome = Outcome(total=sum(len(items) for items in wanted.values()))
        self.faults: list[str] = []
        self.new: dict[str, list[Item]] = {noun.kind: [] for noun in NOUNS}
        self.changed: dict[str, list[Item]] = {noun.kind: [] for noun in NOUNS}
        self.written: list[Item] = []
        self.late: list[tuple[Rows, list[Item]]] = []
        self.dropped_positions: list[models.Model] = []

    def run(self) -> Outcome:
        for noun in NOUNS:
            for item in self.wanted[noun.kind].values():
                self._sort_out(noun, item)
        self._tell_what_is_left()
        if any(self.new.values()) or any(self.changed.values()):
            for noun in NOUNS:
                self._create(noun)
                self._update(noun)
            for rows, items in self.late:
                self._write_rows(rows, items)
            for position in self.dropped_positions:
                position.delete()
            self._move()
        if self.faults:
            raise reading.Faulty(list(dict.fromkeys(self.faults)))
        self._remember()
        return self.outcome

    def _sort_out(self, noun: Noun, item: Item) -> None:
        """Decide whether a record of the files is new, unchanged, changed by the files, or an editor's by now."""
        present = self.now[noun.kind].get(item.key)
        before = self.loaded.get((noun.label, item.key))
        if present is None:
            if before and not self.force:
                self.outcome.kept_deleted.append(item.name)
            else:
                self.new[noun.kind].append(item)
                self.outcome.added.append(item.name)
        elif present.data == item.data:
            self.written.append(item)
        elif self.force or (before and before.digest == present.digest):
            item.row = present.row
            self.changed[noun.kind].append(item)
            self.outcome.updated.append(item.name)
        else:
            self.outcome.kept.append(item.name)

    def _tell_what_is_left(self) -> None:
        tables = {noun.label: noun for noun in NOUNS}
        for table, key in sorted(self.loaded):
            noun = tables.get(table)
            if noun and self.wanted[noun.kind] and key in self.now[noun.kind] and key not in self.wanted[noun.kind]:
                self.outcome.left.append(self.now[noun.kind][key].name)

    def _create(self, noun: Noun) -> None:
        # A source known through another one comes after it.
        for items in _levels(self.new[noun.kind]):
            rows = []
            for item in items:
                columns = self._columns(noun, item)
                if columns is not None:
                    item.row = noun.model(**columns)
                    rows.append(item.row)
            noun.model._base_manager.bulk_create(rows)
            items = [item for item in items if item.row is not None]
            for item in items:
                self.index.add(noun.kind, item.key, item.row.pk)
            for part in noun.fields:
                self._write_below(part, items)
            self.written.extend(items)

    def _update(self, noun: Noun) -> None:
        for item in self.changed[noun.kind]:
            columns = self._columns(noun, item)
            if columns is None:
                continue
            if any(getattr(item.row, name) != value for name, value in columns.items()):
                for name, value in columns.items():
                    setattr(item.row, name, value)
                item.row.save(update_fields=_with_bounds(noun.model, columns))
            before = self.now[noun.kind][item.key].data
            for part in noun.fields:
                if isinstance(part, Rows | Many) and before.get(part.key) != item.data.get(part.key):
                    if part.key == "positions":
                        self._sync_positions(part, item)
                        continue
                    self._clear(noun, part, item)
                    self._write_below(part, [item])
            self.written.append(item)

    def _columns(self, noun: Noun, item: Item) -> dict[str, Any] | None:
        columns: dict[str, Any] = {}
        try:
            if noun.parent:
                columns[f"{noun.parent}_id"] = self.index.find(noun.parent, item.parent)
            for part in noun.fields:
                if not isinstance(part, Rows | Many):
                    columns |= part.columns(item.data.get(part.key), item, self.index)
        except NotThere as error:
            self._fault(item, str(error))
            return None
        if noun.place:
            columns[noun.place] = item.data[PLACE]
        return columns

    def _fault(self, item: Item, sentence: str) -> None:
        self.faults.append(f"{item.file}: {item.path}: {sentence}")

    def _write_below(self, part: Any, items: list[Item]) -> None:
        if isinstance(part, Many):
            self._write_many(part, [(item.row, item.data, item) for item in items])
        elif isinstance(part, Rows) and part.key == "roles":
            # A role names a source, and a source its publisher.
            self.late.append((part, items))
        elif isinstance(part, Rows):
            self._write_rows(part, items)

    def _write_many(self, part: Many, owners: list[tuple[models.Model, dict[str, Any], Item]]) -> None:
        owners = [each for each in owners if each[1].get(part.key)]
        if not owners:
            return
        relation: Any = type(owners[0][0])._meta.get_field(part.key)
        through = relation.remote_field.through
        source, target = relation.m2m_field_name() + "_id", relation.m2m_reverse_field_name() + "_id"
        links = []
        for row, data, item in owners:
            for value in data[part.key]:
                try:
                    pk = self.index.find(part.kind, part.target(value, data))
                except NotThere as error:
                    self._fault(item, str(error))
                    continue
                links.append(through(**{source: row.pk, target: pk}))
        through._base_manager.bulk_create(links)

    def _write_rows(self, part: Rows, items: list[Item]) -> None:
        made: list[tuple[models.Model, dict[str, Any], Item]] = []
        model: Any = None
        for item in items:
            relation: Any = item.row._meta.get_field(part.key)
            model = relation.related_model
            for place, data in enumerate(item.data.get(part.key, []), 1):
                try:
                    made.append((model(**self._row(part, relation, item, data, place)), data, item))
                except NotThere as error:
                    self._fault(item, str(error))
        if not made:
            return
        model._base_manager.bulk_create([row for row, _, _ in made])
        for inner in part.fields:
            if isinstance(inner, Many):
                self._write_many(inner, made)
        if part.key == "positions":
            for row, data, item in made:
                self.index.add_position(item.key, data["slug"], row.pk)

    def _row(self, part: Rows, relation: Any, item: Item, data: dict[str, Any], place: int) -> dict[str, Any]:
        columns: dict[str, Any] = {relation.field.attname: item.row.pk}
        for inner in part.fields:
            if not isinstance(inner, Many):
                columns |= inner.columns(data.get(inner.key), item, self.index)
        if part.ordered:
            columns[part.ordered] = place
        return columns

    def _sync_positions(self, part: Any, item: Item) -> None:
        """Opinions hold on to positions, so that those that stay are changed in place."""
        standing_rows = {row.slug: row for row in item.row.positions.all()}
        relation = item.row._meta.get_field("positions")
        for place, data in enumerate(item.data.get("positions", []), 1):
            row = standing_rows.pop(data["slug"], None) or relation.related_model()
            for name, value in self._row(part, relation, item, data, place).items():
                setattr(row, name, value)
            row.save()
            self.index.add_position(item.key, data["slug"], row.pk)
        self.dropped_positions.extend(standing_rows.values())

    def _clear(self, noun: Noun, part: Any, item: Item) -> None:
        if isinstance(part, Many):
            getattr(item.row, part.key).clear()
        else:
            getattr(item.row, part.key).all().delete()

    def _move(self) -> None:
        """Bring every written record to its status: first what leaves the public, the leaves before the roots."""
        touched = [item for noun in NOUNS for item in (*self.new[noun.kind], *self.changed[noun.kind]) if item.row]
        leaving = [item for item in touched if item.row.status == Status.PUBLISHED]
        self._walk(reversed(NOUNS), leaving, lambda item: _wanted(item))
        self._walk(
            NOUNS,
            touched,
            lambda item: Status.PUBLISHED if _wanted(item) == Status.WITHDRAWN != item.row.status else _wanted(item),
        )
        self._walk(reversed(NOUNS), touched, lambda item: _wanted(item))

    def _walk(self, nouns: Iterable[Noun], items: list[Item], target: Any) -> None:
        for noun in nouns:
            own = [item for item in items if item.kind == noun.kind]
            levels = _levels(own)
            for level in levels:
                batches: dict[tuple[str, ...], list[Item]] = {}
                for item in level:
                    steps = _path(item.row.status, target(item))
                    if steps:
                        batches.setdefault(steps, []).append(item)
                for steps, batch in batches.items():
                    self._step(steps, batch)

    def _step(self, steps: tuple[str, ...], batch: list[Item]) -> None:
        for step in steps:
            try:
                workflow.move_all([item.row for item in batch], step, by=None, at=self.at, note="load_record")
            except workflow.Refused as refusal:
                for item in batch:
                    for reason in refusal.by_record.get(item.row.pk, []):
                        self._fault(item, reason)
                return

    def _remember(self) -> None:
        rows = []
        for item in self.written:
            label, digest = BY_KIND[item.kind].label, item.digest
            before = self.loaded.get((label, item.key))
            if before is None or before.digest != digest:
                rows.append(LoadedRow(table=label, key=item.key, digest=digest))
        LoadedRow.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["table", "key"], update_fields=["digest"]
        )


def _wanted(item: Item) -> str:
    return Status(item.data["status"].upper())


def _path(current: str, target: str) -> tuple[str, ...]:
    """The fewest allowed steps from one status to another; empty when they are the same."""
    paths: deque[tuple[str, tuple[str, ...]]] = deque([(str(current), ())])
    seen = {str(current)}
    while paths:
        at, steps = paths.popleft()
        if at == target:
            return steps
        for following in sorted(TRANSITIONS[Status(at)]):
            if following not in seen:
                seen.add(following)
                paths.append((str(following), (*steps, following)))
    raise AssertionError(f"no way from {current} to {target}")


def _levels(items: list[Item]) -> list[list[Item]]:
    """Items such that whatever one is reported via stands in an earlier list."""
    own = {item.key: item for item in items}
    depth: dict[str, int] = {}

    def depth_of(key: str) -> int:
        if key not in depth:
            via = own[key].data.get("reported_via")
            depth[key] = depth_of(via) + 1 if via in own else 0
        return depth[key]

    levels: list[list[Item]] = []
    for item in items:
        level = depth_of(item.key)
        while len(levels) <= level:
            levels.append([])
        levels[level].append(item)
    return levels


def _with_bounds(model: type[models.Model], columns: dict[str, Any]) -> list[str]:
    """The names of the fields behind `columns`, with the bound columns that EDTF dates fill."""
    fields = {field.attname: field.name for field in model._meta.concrete_fields}
    names = [fields[name] for name in columns]
    return names + [f"{name}_{end}" for name in names for end in ("earliest", "latest") if f"{name}_{end}" in fields]

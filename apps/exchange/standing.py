"""The record as the database holds it now, in the form in which the files give it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import models

from apps.exchange.fields import PLACE, Index, Item, Many, Rows, tidy
from apps.exchange.nouns import NOUNS, Noun

Items = dict[str, dict[str, Item]]


def read() -> tuple[Items, Index]:
    """Every record in the database by kind and key, and the index of their rows. A fixed number of queries."""
    index = Index()
    rows = {noun.kind: list(noun.model._base_manager.order_by("pk")) for noun in NOUNS}
    for noun in NOUNS:
        index.pk.setdefault(noun.kind, {})
        index.key.setdefault(noun.kind, {})
        for row in rows[noun.kind]:
            parent = _parent_key(noun, row, index)
            data = {key: noun.by_key[key].read(row, index) for key in noun.key}
            index.add(noun.kind, noun.key_of(data, parent), row.pk)
        for part in noun.fields:
            if isinstance(part, Many):
                _read_many(noun.model, part.key, index)
            elif isinstance(part, Rows):
                _read_rows(noun.model, part, index)
    for question, positions in index.rows["opinions.Question.positions"].items():
        for position in positions:
            index.add_position(index.key["question"][question], position.slug, position.pk)
    items: Items = {}
    for noun in NOUNS:
        items[noun.kind] = {}
        for row in rows[noun.kind]:
            data = tidy(noun.fields, {part.key: part.read(row, index) for part in noun.fields})
            if noun.place:
                data[PLACE] = getattr(row, noun.place)
            key = index.key[noun.kind][row.pk]
            items[noun.kind][key] = Item(noun.kind, key, data, parent=_parent_key(noun, row, index), row=row)
    return items, index


def _parent_key(noun: Noun, row: models.Model, index: Index) -> str:
    return index.key[noun.parent][getattr(row, f"{noun.parent}_id")] if noun.parent else ""


def _read_many(model: type[models.Model], name: str, index: Index) -> None:
    relation: Any = model._meta.get_field(name)
    found: dict[int, list[int]] = defaultdict(list)
    through = relation.remote_field.through
    source, target = relation.m2m_field_name() + "_id", relation.m2m_reverse_field_name() + "_id"
    for owner, other in through._base_manager.order_by("pk").values_list(source, target):
        found[owner].append(other)
    index.many[f"{model._meta.label}.{name}"] = found


def _read_rows(model: type[models.Model], part: Rows, index: Index) -> None:
    relation: Any = model._meta.get_field(part.key)
    found: dict[int, list[Any]] = defaultdict(list)
    for row in relation.related_model._base_manager.order_by("pk"):
        found[getattr(row, relation.field.attname)].append(row)
    index.rows[f"{model._meta.label}.{part.key}"] = found
    for inner in part.fields:
        if isinstance(inner, Many):
            _read_many(relation.related_model, inner.key, index)

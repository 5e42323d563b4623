"""How a key of a file is kept in the database: in a column, as a reference, as a set, as rows of its own.

An item's `data` is a plain mapping in canonical form: keys in a fixed order, empty values left out, unordered lists
sorted, agents by slug.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Data = dict[str, Any]
PLACE = "_place"


class NotThere(LookupError):
    """Something that a record names is not in the database; the text is a sentence."""


@dataclass
class Item:
    """One record as the files give it or as the database holds it; `place` says where in the files it stands."""

    kind: str
    key: str
    data: Data
    parent: str = ""
    file: str = ""
    path: str = ""
    row: Any = None

    @property
    def digest(self) -> str:
        return hashlib.sha256(json.dumps(self.data, ensure_ascii=False).encode()).hexdigest()

    @property
    def name(self) -> str:
        return f"{self.kind.replace('_', ' ')} {self.key}"


@dataclass
class Index:
    """Which row is which record: `pk[kind][key]`, `key[kind][pk]`; positions by question and slug."""

    pk: dict[str, dict[str, int]] = field(default_factory=dict)
    key: dict[str, dict[int, str]] = field(default_factory=dict)
    position_pk: dict[tuple[str, str], int] = field(default_factory=dict)
    position_key: dict[int, tuple[str, str]] = field(default_factory=dict)
    many: dict[str, dict[int, list[int]]] = field(default_factory=dict)
    rows: dict[str, dict[int, list[Any]]] = field(default_factory=dict)

    def add(self, kind: str, key: str, pk: int) -> None:
        self.pk.setdefault(kind, {})[key] = pk
        self.key.setdefault(kind, {})[pk] = key

    def find(self, kind: str, key: str) -> int:
        """The primary key of a record. Raises NotThere."""
        try:
            return self.pk[kind][key]
        except KeyError:
            raise NotThere(f"the {kind} “{key}” is not in the database") from None

    def add_position(self, question: str, slug: str, pk: int) -> None:
        self.position_pk[question, slug] = pk
        self.position_key[pk] = (question, slug)

    def find_position(self, question: str, slug: str) -> int:
        """The primary key of a question's position. Raises NotThere."""
        try:
            return self.position_pk[question, slug]
        except KeyError:
            raise NotThere(f"the position “{slug}” of the question “{question}” is not in the database") from None


def tidy_text(value: str) -> str:
    """A text with Unix line ends and without blanks at the ends of its lines; a browser's form sends others."""
    return "\n".join(line.rstrip() for line in value.strip().replace("\r\n", "\n").split("\n"))


@dataclass(frozen=True)
class Column:
    """A key kept in a column of the same name, or of the name `column`."""

    key: str
    column: str = ""
    empty: Any = ""

    @property
    def attname(self) -> str:
        return self.column or self.key

    def tidy(self, value: Any) -> Any:
        """The value in canonical form; None when it is left out."""
        return (tidy_text(value) if isinstance(value, str) else value) or None

    def read(self, row: Any, index: Index) -> Any:
        return getattr(row, self.attname)

    def columns(self, value: Any, item: Item, index: Index) -> Data:
        return {self.attname: self.empty if value is None else value}


@dataclass(frozen=True)
class Choice(Column):
    """An enum: lower case in the files. Left out when it is `unless`."""

    unless: str = ""
    capital: bool = True

    def tidy(self, value: Any) -> Any:
        return None if value in (None, "", self.unless) else value

    def read(self, row: Any, index: Index) -> Any:
        return getattr(row, self.attname).lower()

    def columns(self, value: Any, item: Item, index: Index) -> Data:
        value = value or self.unless
        return {self.attname: value.upper() if self.capital else value}


@dataclass(frozen=True)
class Status(Column):
    """Read here, but written by the workflow alone."""

    def read(self, row: Any, index: Index) -> Any:
        return row.status.lower()

    def columns(self, value: Any, item: Item, index: Index) -> Data:
        return {}


@dataclass(frozen=True)
class Number(Column):
    """An article's number, which sets its order too."""

    def columns(self, value: Any, item: Item, index: Index) -> Data:
        return {"number": value, "order": article_order(value)}


@dataclass(frozen=True)
class Reference(Column):
    """Another record, by its key."""

    kind: str = ""

    @property
    def attname(self) -> str:
        return f"{self.column or self.key}_id"

    def target(self, value: str, owner: Data, parent: str) -> str:
        """The key of the record that `value` means."""
        return value

    def shown(self, key: str) -> str:
        return key

    def read(self, row: Any, index: Index) -> Any:
        pk = getattr(row, self.attname)
        return None if pk is None else self.shown(index.key[self.kind][pk])

    def columns(self, value: Any, item: Item, index: Index) -> Data:
        if value is None:
            return {self.attname: None}
        return {self.attname: index.find(self.kind, self.target(value, item.data, item.parent))}


@dataclass(frozen=True)
class OwnArticle(Reference):
    """An article of the treaty in whose file it is named: its number is enough."""

    def target(self, value: str, owner: Data, parent: str) -> str:
        return f"{parent}/{value}"

    def shown(self, key: str) -> str:
        return key.rpartition("/")[2]


@dataclass(frozen=True)
class OwnerOf(Reference):
    """The owner of a finding: `topic:slug`, or a bare word where the table has one owner."""

    word: str = ""

    def target(self, value: str, owner: Data, parent: str) -> str:
        return value.partition(":")[2]

    def read(self, row: Any, index: Index) -> Any:
        if not self.kind:
            return self.word
        pk = getattr(row, self.attname)
        return f"{self.word}:{'' if pk is None else index.key[self.kind][pk]}"

    def columns(self, value: Any, item: Item, index: Index) -> Data:
        if not self.kind:
            return {}
        target = self.target(value, item.data, item.parent)
        return {self.attname: index.find(self.kind, target) if target else None}


@dataclass(frozen=True)
class QuestionOfPosition(Column):
    """An opinion's question, which its position implies."""

    def read(self, row: Any, index: Index) -> Any:
        return index.position_key[row.position_id][0]

    def columns(self, value: Any, item: Item, index: Index) -> Data:
        return {}


@dataclass(frozen=True)
class PositionSlug(Column):
    """An opinion's position, by its slug within the question."""

    def read(self, row: Any, index: Index) -> Any:
        return index.position_key[row.position_id][1]

    def columns(self, value: Any, item: Item, index: Index) -> Data:
        return {"position_id": index.find_position(item.data["question"], value)}


@dataclass(frozen=True)
class Many:
    """A set of other records, by their keys."""

    key: str
    kind: str
    order: Callable[[str], Any] = str

    def tidy(self, value: Any) -> Any:
        return sorted(set(value), key=self.order) if value else None

    def target(self, value: str, owner: Data) -> str:
        return value

    def shown(self, key: str) -> str:
        return key

    def read(self, row: Any, index: Index) -> Any:
        pks = index.many[f"{row._meta.label}.{self.key}"].get(row.pk, [])
        return [self.shown(index.key[self.kind][pk]) for pk in pks]


@dataclass(frozen=True)
class OwnArticles(Many):
    """Articles of the treaty that the same mapping names, by number."""

    def target(self, value: str, owner: Data) -> str:
        return f"{owner['treaty']}/{value}"

    def shown(self, key: str) -> str:
        return key.rpartition("/")[2]


@dataclass(frozen=True)
class Rows:
    """Rows of a table of the record's own, reached by the reverse accessor `key`.

    With `ordered` the list's order is kept in that column, from 1; otherwise the rows are sorted by their values.
    """

    key: str
    fields: tuple[Any, ...]
    ordered: str = ""
    sort: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()

    def tidy(self, value: Any) -> Any:
        rows = [tidy(self.fields, entry) for entry in value or []]
        if self.sort:
            rows.sort(key=lambda row: [str(row.get(key, "")) for key in self.sort])
        return rows or None

    def read(self, row: Any, index: Index) -> Any:
        below = index.rows[f"{row._meta.label}.{self.key}"].get(row.pk, [])
        if self.ordered:
            below = sorted(below, key=lambda each: (getattr(each, self.ordered), each.pk))
        return [{part.key: part.read(each, index) for part in self.fields} for each in below]


def article_order(number: str) -> int:
    """0 for the preamble, else the number."""
    return 0 if number == "preamble" else int(number)


def tidy(fields: tuple[Any, ...], values: Any) -> Data:
    """`values` (a mapping, or an object with attributes) in canonical form."""
    get = values.get if isinstance(values, dict) else lambda key: getattr(values, key)
    data = {part.key: part.tidy(get(part.key)) for part in fields}
    return {key: value for key, value in data.items() if value is not None}

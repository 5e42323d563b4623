"""The record's files, checked as a whole: either every record in them, or every fault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import FieldDoesNotExist
from pydantic import TypeAdapter, ValidationError

from apps.exchange import schema
from apps.exchange.fields import PLACE, Data, Item, Many, OwnerOf, PositionSlug, Reference, Rows, tidy
from apps.exchange.nouns import BY_KIND, NOUNS, Noun, children
from apps.exchange.standing import Items

TREATIES = "treaties/{slug}.yaml"
PUBLIC = "published"
ENTRIES: dict[str, Any] = {
    "agents.yaml": list[schema.AgentEntry],
    "sources.yaml": list[schema.SourceEntry],
    "topics.yaml": list[schema.TopicEntry],
    "themes.yaml": list[schema.ThemeEntry],
    TREATIES: schema.TreatyEntry,
    "correspondences.yaml": list[schema.CorrespondenceEntry],
    "utterances.yaml": list[schema.UtteranceEntry],
    "questions.yaml": list[schema.QuestionEntry],
    "opinions.yaml": list[schema.OpinionEntry],
    "facts.yaml": list[schema.FactEntry],
    "events.yaml": list[schema.EventEntry],
    "ties.yaml": list[schema.TieEntry],
    "timelines.yaml": list[schema.TimelineEntry],
    "findings/home.yaml": list[schema.HomeFindingEntry],
    "findings/comparison.yaml": list[schema.MarkedFindingEntry],
    "findings/topics.yaml": list[schema.FindingEntry],
    "findings/timelines.yaml": list[schema.MarkedFindingEntry],
}


class Faulty(Exception):
    """The files cannot be loaded; `faults` says why, one sentence each, with file and key."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Every scalar is a text, so that 1961 and 2024-06-19 stay what was written; a key twice is an error."""

    yaml_implicit_resolvers: dict[str, Any] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key “{key.value}” stands twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


@dataclass
class _Reading:
    """What has been read so far, and what is wrong with it."""

    standing: Items
    items: Items = field(default_factory=lambda: {noun.kind: {} for noun in NOUNS})
    faults: list[str] = field(default_factory=list)
    names: dict[str, set[str]] = field(default_factory=dict)
    # Kinds of which some were not readable: that one is missing says nothing then.
    unsure: set[str] = field(default_factory=set)

    def fault(self, item: Item, key: str, sentence: str) -> None:
        path = ".".join(part for part in (item.path, key) if part)
        self.faults.append(f"{item.file}: {path}: {sentence}")

    def find(self, kind: str, key: str) -> Item | None:
        """A record of the files, else of the database."""
        return self.items[kind].get(key) or self.standing.get(kind, {}).get(key)

    def all_items(self) -> Iterator[tuple[Noun, Item]]:
        for noun in NOUNS:
            for item in self.items[noun.kind].values():
                yield noun, item


def read(folder: Path, standing: Items) -> Items:
    """The records in the files of `folder`, by kind and key, in canonical form.

    A record of `standing` (the database) may be referred to as if it stood in the files. Raises Faulty with every
    fault of every file.
    """
    reading = _Reading(standing)
    for path, parsed in _parse(folder, reading):
        _collect(reading, path, parsed)
    _learn_names(reading)
    for noun, item in reading.all_items():
        _name_agents(reading, noun.fields, item, item.data, "")
        # An agent's name may have stood where its slug sorts elsewhere.
        place = item.data.get(PLACE)
        item.data = tidy(noun.fields, _absent_as_none(noun, item.data))
        if place is not None:
            item.data[PLACE] = place
    for noun, item in reading.all_items():
        _check_references(reading, noun.fields, item, item.data, "")
        _check_lengths(reading, noun, item)
        _check_twice_within(reading, noun.fields, item, item.data, "")
        _check_publishing(reading, noun, item)
    _check_twice(reading)
    _check_circles(reading)
    if reading.faults:
        raise Faulty(reading.faults)
    return reading.items


def _absent_as_none(noun: Noun, data: Data) -> Data:
    return {part.key: data.get(part.key) for part in noun.fields}


def _parse(folder: Path, reading: _Reading) -> Iterator[tuple[str, Any]]:
    """Each file's path within the folder and those of its entries that the schema allows."""
    found = sorted(path for path in folder.rglob("*.y*ml") if path.suffix in (".yaml", ".yml"))
    if not found:
        reading.faults.append(f"{folder}: no file of the record is here")
    for path in found:
        name = path.relative_to(folder).as_posix()
        kind = TREATIES if path.parent.name == "treaties" and name.count("/") == 1 else name
        if kind not in ENTRIES or path.suffix != ".yaml":
            reading.faults.append(f"{name}: the file: is none of the record; those are: {', '.join(ENTRIES)}")
            continue
        before = len(reading.faults)
        entries = _entries(path, name, kind, reading.faults)
        if len(reading.faults) > before:
            reading.unsure |= _kinds_in(kind)
        if entries:
            yield name, entries


def _entries(path: Path, name: str, kind: str, faults: list[str]) -> Any:
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else "the file"
        faults.append(f"{name}: {where}: {str(getattr(error, 'problem', None) or error).strip()}")
        return None
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        faults.append(f"{name}: the file: cannot be read: {error}")
        return None
    if kind != TREATIES and raw in (None, ""):
        return None
    entries = _checked(ENTRIES[kind], raw, name, faults)
    if kind == TREATIES:
        if entries and entries.slug != path.stem:
            faults.append(f"{name}: slug: “{entries.slug}” is not what the file is called")
    elif entries is None and isinstance(raw, list):
        # What is sound in a faulty file is read on, so that its other faults are told too.
        (entry_type,) = ENTRIES[kind].__args__
        entries = [entry for each in raw if (entry := _sound(entry_type, each))]
    return entries


def _kinds_in(file: str) -> set[str]:
    kinds: set[str] = set()
    pending = [noun for noun in NOUNS if noun.file == file]
    while pending:
        noun = pending.pop()
        kinds.add(noun.kind)
        pending.extend(children(noun.kind))
    return kinds


def _sound(entry_type: Any, raw: Any) -> Any:
    try:
        return TypeAdapter(entry_type).validate_python(raw)
    except ValidationError:
        return None


def _checked(expected: Any, raw: Any, name: str, faults: list[str]) -> Any:
    try:
        return TypeAdapter(expected).validate_python(raw)
    except ValidationError as error:
        for each in error.errors(include_url=False):
            faults.append(f"{name}: {_path(each['loc'], raw) or 'the file'}: {_sentence(each)}")
        return None


def _path(places: tuple[Any, ...], raw: Any) -> str:
    """A key path that calls list items by their slug where they have one: `kim-2024.quotes[1].words`."""
    words = ""
    for place in places:
        try:
            raw = raw[place]
        except (KeyError, IndexError, TypeError):
            raw = None
        if isinstance(place, int):
            name = next((raw[key] for key in ("slug", "number") if isinstance(raw, dict) and raw.get(key)), None)
            words += f"[{name or place}]"
        else:
            words += f".{place}" if words else str(place)
    return words


def _sentence(error: Any) -> str:
    if error["type"] == "missing":
        return "is missing"
    if error["type"] == "extra_forbidden":
        return "is no key of this record"
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    return str(error["msg"])


def _collect(reading: _Reading, file: str, parsed: Any) -> None:
    if not isinstance(parsed, list):
        _add(reading, BY_KIND["treaty"], parsed, file, f"[{parsed.slug}]", "", 1)
        return
    noun = next(noun for noun in NOUNS if noun.file == file)
    if file == "questions.yaml" and all(entry.order is not None for entry in parsed):
        parsed = sorted(parsed, key=lambda entry: entry.order)
    for place, entry in enumerate(parsed, 1):
        name = getattr(entry, "slug", None) or entry.topic
        _add(reading, noun, entry, file, f"[{name}]", "", place)


def _add(reading: _Reading, noun: Noun, entry: Any, file: str, path: str, parent: str, place: int) -> None:
    data = tidy(noun.fields, entry)
    if noun.place:
        data[PLACE] = place
    item = Item(noun.kind, noun.key_of(data, parent), data, parent=parent, file=file, path=path)
    earlier = reading.items[noun.kind].get(item.key)
    if earlier:
        reading.fault(item, "", f"“{item.key}” stands twice (also at {earlier.file}: {earlier.path})")
        return
    reading.items[noun.kind][item.key] = item
    for child in children(noun.kind):
        for position, below in enumerate(getattr(entry, child.nest), 1):
            own = "/".join(str(getattr(below, key)) for key in child.key)
            _add(reading, child, below, file, f"{path}.{child.nest}[{own}]", item.key, position)


def _learn_names(reading: _Reading) -> None:
    agents = {**reading.standing.get("agent", {}), **reading.items["agent"]}
    for slug, agent in agents.items():
        spelled = [agent.data["name"], agent.data.get("short_name", "")]
        spelled += [name["name"] for name in agent.data.get("names", [])]
        for name in filter(None, spelled):
            reading.names.setdefault(name.casefold(), set()).add(slug)


def _name_agents(reading: _Reading, fields: tuple[Any, ...], item: Item, data: Data, path: str) -> None:
    """Put slugs where agents are called by a name on record."""
    for part in fields:
        value = data.get(part.key)
        if value is None:
            continue
        if isinstance(part, Rows):
            for place, row in enumerate(value):
                _name_agents(reading, part.fields, item, row, f"{path}{part.key}[{place}].")
        elif getattr(part, "kind", None) == "agent":
            if isinstance(part, Many):
                data[part.key] = [_slug_of(reading, item, f"{path}{part.key}", name) for name in value]
            else:
                data[part.key] = _slug_of(reading, item, f"{path}{part.key}", value)


def _slug_of(reading: _Reading, item: Item, key: str, name: str) -> str:
    if reading.find("agent", name):
        return name
    found = reading.names.get(name.casefold(), set())
    if len(found) == 1:
        return next(iter(found))
    if found:
        reading.fault(item, key, f"“{name}” is the name of several: {', '.join(sorted(found))}; use a slug")
    return name


def _check_references(reading: _Reading, fields: tuple[Any, ...], item: Item, data: Data, path: str) -> None:
    for part in fields:
        value = data.get(part.key)
        if value is None:
            continue
        key = f"{path}{part.key}"
        if isinstance(part, Rows):
            for place, row in enumerate(value):
                _check_references(reading, part.fields, item, row, f"{key}[{place}].")
        elif isinstance(part, PositionSlug):
            question = reading.find("question", data["question"])
            if not question:
                _check_one(reading, item, "question", "question", data["question"])
            elif value not in [position["slug"] for position in question.data.get("positions", [])]:
                reading.fault(item, key, f"the question “{data['question']}” has no position “{value}”")
        elif isinstance(part, Many):
            for each in value:
                _check_one(reading, item, key, part.kind, part.target(each, data))
        elif isinstance(part, OwnerOf):
            if value.partition(":")[0] != part.word:
                reading.fault(item, key, f"“{value}” does not belong in this file")
            elif part.kind and value != "timeline:":
                _check_one(reading, item, key, part.kind, part.target(value, data, item.parent))
        elif isinstance(part, Reference):
            _check_one(reading, item, key, part.kind, part.target(value, data, item.parent))


def _check_one(reading: _Reading, item: Item, key: str, kind: str, name: str) -> None:
    several = kind == "agent" and name.casefold() in reading.names
    if not (kind in reading.unsure or several or reading.find(kind, name)):
        hint = ", neither as a slug nor as a name" if kind == "agent" else ""
        reading.fault(item, key, f"the {kind} “{name}” does not exist{hint}")


def _check_lengths(reading: _Reading, noun: Noun, item: Item) -> None:
    for owner, fields, values, path in _walk(noun, item):
        for part in fields:
            value = values.get(part.key)
            if isinstance(value, str) and not isinstance(part, Many | Rows | OwnerOf | Reference):
                try:
                    limit = owner._meta.get_field(getattr(part, "attname", part.key)).max_length
                except FieldDoesNotExist:
                    continue
                if limit and len(value) > limit:
                    reading.fault(item, f"{path}{part.key}", f"has {len(value)} characters; {limit} fit")


def _walk(noun: Noun, item: Item) -> Iterator[tuple[Any, tuple[Any, ...], Data, str]]:
    yield noun.model, noun.fields, item.data, ""
    for part in noun.fields:
        if isinstance(part, Rows):
            below: Any = noun.model._meta.get_field(part.key).related_model
            for place, row in enumerate(item.data.get(part.key, [])):
                yield below, part.fields, row, f"{part.key}[{place}]."


def _check_twice_within(reading: _Reading, fields: tuple[Any, ...], item: Item, data: Data, path: str) -> None:
    for part in fields:
        if not isinstance(part, Rows):
            continue
        for keys in part.unique:
            seen = set()
            for place, row in enumerate(data.get(part.key, [])):
                same = tuple(row.get(key) for key in keys)
                if same in seen:
                    words = ", ".join(str(value) for value in same if value)
                    reading.fault(item, f"{path}{part.key}[{place}]", f"“{words}” stands twice")
                seen.add(same)


def _check_twice(reading: _Reading) -> None:
    for noun in NOUNS:
        own = reading.items[noun.kind]
        standing = [item for key, item in reading.standing.get(noun.kind, {}).items() if key not in own]
        for keys in noun.unique:
            seen: dict[tuple[Any, ...], str] = {}
            for item in (*standing, *own.values()):
                same = tuple(item.data.get(key) for key in keys)
                if not any(same):
                    continue
                if same in seen and item.file:
                    words = ", ".join(str(value) for value in same if value)
                    reading.fault(item, "/".join(keys), f"“{words}” stands at {seen[same]} too")
                seen.setdefault(same, item.path or f"{item.name} in the database")


def _check_publishing(reading: _Reading, noun: Noun, item: Item) -> None:
    if item.data["status"] != PUBLIC:
        return
    if noun.cited:
        sources = [citation["source"] for citation in item.data.get("citations", [])]
        found = [reading.find("source", slug) for slug in sources]
        if not sources:
            reading.fault(item, "citations", "is published without a source")
        elif all(found) and not any(source.data["status"] == PUBLIC for source in found if source):
            reading.fault(item, "citations", f"is published, but none of its sources is: {', '.join(sources)}")
    if noun.parent:
        _check_public(reading, item, "", noun.parent, item.parent)
    for key in noun.rests_on:
        part = noun.by_key[key]
        value = item.data.get(key)
        kind = getattr(part, "kind", "") or ("question" if key == "question" else "")
        if value and kind:
            target = part.target(value, item.data, item.parent) if isinstance(part, Reference) else value
            _check_public(reading, item, key, kind, target)


def _check_public(reading: _Reading, item: Item, key: str, kind: str, name: str) -> None:
    needed = reading.find(kind, name)
    if needed and needed.data["status"] != PUBLIC:
        reading.fault(item, key, f"is published, but the {kind} “{name}” is not")


def _check_circles(reading: _Reading) -> None:
    sources = reading.items["source"]
    for item in sources.values():
        seen, via = {item.key}, item.data.get("reported_via")
        while via in sources and via not in seen:
            seen.add(via)
            via = sources[via].data.get("reported_via")
        if via == item.key:
            reading.fault(item, "reported_via", "leads back to the source itself")

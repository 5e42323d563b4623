"""The record of the database as files: the same record always gives the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from apps.exchange.fields import PLACE, Item
from apps.exchange.nouns import NOUNS, Noun, children
from apps.exchange.standing import Items

WIDTH = 100


class _Dumper(yaml.SafeDumper):
    """Block style, unsorted keys, texts of several lines as they stand, list items set in."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def to_yaml(value: Any) -> str:
    """The canonical YAML of a list or mapping of the record."""
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH, default_flow_style=False)


def files(items: Items) -> dict[str, str]:
    """The text of each file of the record, by its path within the folder; a noun without records has no file."""
    below: dict[tuple[str, str], list[Item]] = {}
    for kind in items.values():
        for item in kind.values():
            below.setdefault((item.kind, item.parent), []).append(item)
    texts: dict[str, str] = {}
    for noun in NOUNS:
        if not noun.file:
            continue
        found = _listed(noun, "", below)
        if "{" in noun.file:
            texts |= {noun.file.format(**entry): to_yaml(entry) for entry in found}
        elif found:
            texts[noun.file] = to_yaml(found)
    return texts


def _listed(noun: Noun, parent: str, below: dict[tuple[str, str], list[Item]]) -> list[dict[str, Any]]:
    entries = []
    for item in sorted(below.get((noun.kind, parent), []), key=lambda item: noun.sort(item.data)):
        entry = {key: value for key, value in item.data.items() if key != PLACE}
        for child in children(noun.kind):
            nested = _listed(child, item.key, below)
            if nested:
                entry[child.nest] = nested
        entries.append(entry)
    return entries


def write(folder: Path, items: Items) -> list[str]:
    """Write the record into `folder` and return the paths written, within it. Raises OSError."""
    texts = files(items)
    for path, text in texts.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    return sorted(texts)

"""Filters that an address carries: how each reads, and the address without it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict


@dataclass(frozen=True)
class Filter:
    """A choice that is in force: how it reads, and the address that takes it back and keeps the others."""

    label: str
    without: str


def without(params: QueryDict, name: str, value: str = "") -> str:
    """The query string without a parameter, or without one of its values; the list then begins at its first page."""
    left = params.copy()
    kept = [each for each in left.getlist(name) if value and each.strip() != value]
    left.setlist(name, kept)
    return _query(left)


def with_one(params: QueryDict, name: str, value: str) -> str:
    """The query string with one more value of a parameter; the list then begins at its first page."""
    more = params.copy()
    more.appendlist(name, value)
    return _query(more)


def with_only(params: QueryDict, name: str, value: str) -> str:
    """The query string with a parameter of just this value, or without it where the value is empty."""
    changed = params.copy()
    changed.setlist(name, [value] if value else [])
    return _query(changed)


def _query(params: QueryDict) -> str:
    for name in ("page", "go"):
        params.pop(name, None)
    return f"?{params.urlencode()}" if params else "?"

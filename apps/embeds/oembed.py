"""The answers of oEmbed (https://oembed.com), version 1.0: a widget as a rich type, in JSON or XML. Pure functions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from xml.sax.saxutils import escape

WIDTH, MOST_WIDTH = 600, 4000
PROVIDER = "The Pact Record"
CACHE_AGE = 86_400
TYPES = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}

Answer = Mapping[str, str | int]


def answer(title: str, html: str, width: int, height: int, site: str) -> Answer:
    """What a consumer is told of a widget."""
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": PROVIDER,
        "provider_url": site,
        "cache_age": CACHE_AGE,
        "width": width,
        "height": height,
        "html": html,
    }


def written(told: Answer, form: str) -> str:
    """The answer as `form`, a key of TYPES, has it."""
    if form == "json":
        return json.dumps(told, ensure_ascii=False)
    parts = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in told.items())
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{parts}</oembed>\n'

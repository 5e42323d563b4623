"""One address of every route that readers have, found as a reader finds them: by following links and forms."""

import functools
import re
from collections import deque
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

LINK = re.compile(r"""\b(?:href|action)=["']([^"'#]+)""")
HEALTH = {"healthz": "/healthz", "readyz": "/readyz"}
# What other sites frame.
WIDGETS = {
    "embed_timeline": "/embed/timeline/?kind=acts&level=1",
    "embed_curated_timeline": "/embed/timeline/nine-days-in-june/?level=1",
    "embed_compare": "/embed/compare/mutual-defence/?level=1",
    "embed_question": "/embed/question/automatic-intervention/?level=1&accent=FFDD00",
    "embed_quote": "/embed/quote/putin-2024-06-19-scope-ru/?level=1",
}
# What crawlers ask for.
FOR_CRAWLERS = {"sitemap": "/sitemap.xml", "sitemap_section": "/sitemap-people.xml", "robots": "/robots.txt"}
# What programs ask for, browsers among them.
FOR_PROGRAMS = {
    "oembed": "/oembed/?url=http://testserver/timeline/",
    "embed_accent": "/embed/accent/FFDD00.css",
    "embed_script": "/embed/pact-embed.js",
    **{
        name.replace("embed_", "status_"): f"{address.partition('?')[0]}status.json?since=2026-01-01"
        for name, address in WIDGETS.items()
    },
}
FEEDS = {"record_atom", "timeline_ics", "timeline_json"}
# No page links to them.
UNLINKED = {**HEALTH, **WIDGETS, **FOR_CRAWLERS, **FOR_PROGRAMS}
NOT_FOR_READERS = {"admin"}


def public_routes() -> set[str]:
    """Names of all routes outside the admin."""
    return set(_names(get_resolver().url_patterns))


@functools.cache
def answer(address: str) -> HttpResponse:
    """What the whole bundled record answers to a reader, asked once by each worker: it does not change."""
    response = Client().get(address)
    # What its templates were given, which nobody looks at here.
    response.context = None
    return response


def one_of_each() -> dict[str, tuple[str, HttpResponse]]:
    """Route name to an address of it and the answer, for every public route that can be reached from the home page."""
    wanted = public_routes()
    found = {name: (address, answer(address)) for name, address in UNLINKED.items() if name in wanted}
    seen, queue = {"/"}, deque(["/"])
    while queue and wanted - set(found):
        address = queue.popleft()
        name = resolve(urlsplit(address).path).url_name
        # A second page of the same kind has the same links to other kinds.
        if name in found:
            continue
        response = answer(address)
        found[name] = address, response
        for link in LINK.findall(response.content.decode()):
            target = urlsplit(urljoin(address, unescape(link)))
            if target.netloc or target.path in seen or target.path.startswith(("/static/", "/admin/")):
                continue
            seen.add(target.path)
            queue.append(target.path)
    return found


def _names(patterns: list[URLPattern | URLResolver]) -> list[str]:
    names = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace not in NOT_FOR_READERS:
                names += _names(pattern.url_patterns)
        elif pattern.name:
            names.append(pattern.name)
    return names

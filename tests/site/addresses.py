"""One address of every route that readers have, found as a reader finds them: by following links and forms."""

import re
from collections import deque
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

LINK = re.compile(r"""\b(?:href|action)=["']([^"'#]+)""")
# Asked for by machines; no page links to them.
UNLINKED = {"healthz": "/healthz", "readyz": "/readyz"}
NOT_FOR_READERS = {"admin"}


def public_routes() -> set[str]:
    """Names of all routes outside the admin."""
    return set(_names(get_resolver().url_patterns))


def one_of_each(client: Client) -> dict[str, str]:
    """Route name to an address of it, for every public route that can be reached from the home page."""
    wanted = public_routes()
    found = {name: address for name, address in UNLINKED.items() if name in wanted}
    seen, queue = {"/"}, deque(["/"])
    while queue and wanted - set(found):
        address = queue.popleft()
        name = resolve(urlsplit(address).path).url_name
        # A second page of the same kind has the same links to other kinds.
        if name in found:
            continue
        response = client.get(address)
        found[name] = address
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

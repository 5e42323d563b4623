from collections import Counter, deque
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import time_machine
from django.db.backends.base.base import BaseDatabaseWrapper
from django.urls import resolve
from pytest_django.plugin import DjangoDbBlocker

from apps.quotes.models import Utterance
from apps.sources.models import Agent, Source
from tests.clock import NOW
from tests.conftest import reading
from tests.site.addresses import answer
from tests.site.reading_html import Page

MANY = 8
"""How many pages of sources, people and statements are opened; the rest, of the same templates, are only looked up."""


@pytest.fixture(scope="session")
def walk(record_connection: BaseDatabaseWrapper, django_db_blocker: DjangoDbBlocker) -> "Walk":
    """The pages of the whole bundled record that can be reached from the home page without a query."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False), reading(record_connection):
        return Walk()


class Walk:
    """`pages` by path, and `answers`, the status of every path that some page links to.

    Of sources, people and statements MANY pages are opened. The others answer 200 if their record has a page.
    """

    def __init__(self) -> None:
        on_record = {
            "source": {source.get_absolute_url() for source in Source.objects.issued_by(None)},
            "person": {agent.get_absolute_url() for agent in Agent.objects.on_record(None)},
            "quote": {said.get_absolute_url() for said in Utterance.objects.shown(None)},
        }
        opened: Counter[str] = Counter()
        self.pages: dict[str, Page] = {}
        # Some statements are linked from the pages of people that are not opened.
        first = ["/", *sorted(on_record["quote"])]
        self.answers: dict[str, int] = {}
        self.linked_from = dict.fromkeys(first, "")
        queue = deque(first)
        while queue:
            path = queue.popleft()
            kind = resolve(path).url_name
            opened[kind] += 1
            if kind in on_record and opened[kind] > MANY:
                self.answers[path] = 200 if path in on_record[kind] else 404
                continue
            response = answer(path)
            self.answers[path] = response.status_code
            if response.status_code != 200 or "html" not in response["Content-Type"]:
                continue
            page = self.pages[path] = Page(response.content.decode())
            for link in page.links:
                target = urlsplit(urljoin(path, link))
                if target.netloc or target.path.startswith(("/static/", "/admin/")) or target.path in self.linked_from:
                    continue
                self.linked_from[target.path] = path
                queue.append(target.path)

    def fragments(self) -> list[tuple[str, str, str]]:
        """Every link with a fragment and no query: where it stands, the path it names, the id it names."""
        found = []
        for path, page in self.pages.items():
            for link in page.links:
                target = urlsplit(urljoin(path, link))
                if target.fragment and not target.netloc and not target.query:
                    found.append((path, target.path, unquote(target.fragment)))
        return found

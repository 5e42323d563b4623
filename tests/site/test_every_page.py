"""What holds for the pages of the whole bundled record, found by following every link from the home page."""

import re
from collections import Counter

import pytest
from django.test import Client
from django.urls import resolve

from apps.dashboard.sitemap import ALONE, SECTIONS, Pages
from tests.site.addresses import WIDGETS
from tests.site.conftest import Walk

# One worker walks, once.
pytestmark = pytest.mark.xdist_group("walk")


def told(faults: list[str]) -> str:
    return f"{len(faults)} faults, the first of them:\n" + "\n".join(faults[:25])


def test_the_walk_finds_the_whole_record(walk: Walk) -> None:
    kinds = Counter(resolve(path).url_name for path in walk.answers)
    at_least = {
        "treaty": 3,
        "article": 35,
        "topic": 21,
        "question": 17,
        "fact": 10,
        "quote": 130,
        "curated_timeline": 3,
    }
    assert not {kind: kinds[kind] for kind, least in at_least.items() if kinds[kind] < least}


def test_the_sitemap_lists_every_page_and_no_other_and_robots_name_it(walk: Walk, whole_record: None) -> None:
    def listed_at(address: str) -> list[str]:
        return re.findall("<loc>http://testserver(.*?)</loc>", Client().get(address).content.decode())

    listed = [path for part in listed_at("/sitemap.xml") for path in listed_at(part)]
    assert len(listed) == len(set(listed))
    routes = {*ALONE, *(each.route for each in SECTIONS.values() if isinstance(each, Pages))}
    linked = {path for path in walk.answers if resolve(path).url_name in routes}
    assert not linked - set(listed)
    # Further pages of the lists of sources and people link to the others.
    others = sorted(set(listed) - linked)
    assert {resolve(path).url_name for path in others} <= {"source", "person"}
    assert not [path for path in others[::60] if Client().get(path).status_code != 200]
    said = Client().get("/robots.txt").content.decode().splitlines()
    assert said[0] == "User-agent: *"
    assert "Disallow: /admin/" in said
    assert said[-1] == "Sitemap: http://testserver/sitemap.xml"


def test_every_link_leads_somewhere(walk: Walk) -> None:
    broken = [
        f"{path} ({status}), from {walk.linked_from[path]}" for path, status in walk.answers.items() if status != 200
    ]
    assert not broken, told(broken)


def test_every_link_into_a_page_meets_its_mark(walk: Walk) -> None:
    missing = {
        f"{target}#{mark}, from {path}"
        for path, target, mark in walk.fragments()
        if target in walk.pages and mark not in walk.pages[target].ids
    }
    assert not missing, told(sorted(missing))


def test_every_page_has_one_first_heading_a_title_and_a_language(walk: Walk) -> None:
    faults = []
    for path, page in walk.pages.items():
        # A widget stands under the headings of another page.
        first = 2 if resolve(path).url_name in WIDGETS else 1
        if page.headings.count(first) != 1 or page.headings[0] != first:
            faults.append(f"{path} has the headings {page.headings}")
        if any(below - above > 1 for above, below in zip(page.headings, page.headings[1:], strict=False)):
            faults.append(f"{path} leaves out a level of heading: {page.headings}")
        if not page.title.replace("– The Pact Record", "").strip():
            faults.append(f"{path} has no title")
        if page.language != "en":
            faults.append(f"{path} is in “{page.language}”")
    assert not faults, told(faults)


def test_titles_tell_pages_apart(walk: Walk) -> None:
    """Two statements of one speaker on one day share theirs; nothing else does."""
    titles = Counter(
        page.title for path, page in walk.pages.items() if resolve(path).url_name not in {"quote", "source"}
    )
    assert not [title for title, count in titles.items() if count > 1]


def test_nothing_stands_inline_and_every_passage_names_its_language(walk: Walk) -> None:
    faults = [f"{path}: {fault}" for path, page in walk.pages.items() for fault in page.faults]
    assert not faults, told(faults)

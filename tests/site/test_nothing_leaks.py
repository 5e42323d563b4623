"""What is not published shows nowhere: no page, no fragment, no moment, no search carries a word of it."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import resolve

from apps.exchange.writing import let_database_count
from tests.site import planting, stage

pytestmark = pytest.mark.django_db

MARK = re.compile(r"zqleak\d\d[a-z]")
UNSEEN = {"draft": {}, "in review": {"in_review": True}, "withdrawn": {"withdrawn": True}}
MOMENTS = ("2024-06-19T15:00Z", "2024-07-15")
LATER = "2026-11-30"
FEW = 1
MANY = 8
LISTS = ("/", "/timeline/", "/search/", "/questions/", "/compare/", "/quotes/", "/people/", "/sources/")
SOUGHT_IN = ("/timeline/", "/quotes/", "/people/", "/sources/")
LINK = re.compile(r"""\b(?:href|hx-get|action)=["']([^"'#]+)""")


@pytest.fixture
def ground() -> stage.Stage:
    return stage.build(1)


def responses(client: Client, ground: stage.Stage) -> Iterator[tuple[str, str]]:
    """Every address within reach of the home page, also as of later; lists as fragments and earlier, too."""
    # The comparison shows three treaties: what is planted hangs on the stage's own.
    compared = "/compare/?treaty=1961&treaty=2000&treaty=2024"
    first = {*ground.addresses().values(), *LISTS, "/timeline/?sheet=1", compared}
    sought = [f"{address}?words=zqleak" for address in SOUGHT_IN]
    sought += [f"/search/?q={words}" for words in ("zqleak", "the", "김정은", "example")]
    queue = deque([*sorted(first), *sought])
    seen, asked_of, kinds = set(queue), Counter(), Counter()
    while queue:
        address = queue.popleft()
        response = client.get(address)
        if response.status_code != 200:
            assert response.status_code == 404, f"{address}: {response.status_code}"
            continue
        body = response.content.decode()
        yield address, body
        variants = [{"as_of": LATER}] if address in first else []
        if address in LISTS or "zqleak" in address:
            yield f"{address} as a fragment", client.get(address, headers={"HX-Request": "true"}).content.decode()
            variants += [{"as_of": moment} for moment in MOMENTS]
        for extra in variants:
            asked = f"{address}{'&' if '?' in address else '?'}{urlencode(extra)}"
            yield asked, client.get(asked).content.decode()
        for link in LINK.findall(body):
            target = urlsplit(urljoin(address, unescape(link)))
            plain = target.path + (f"?{target.query}" if target.query and "as_of" not in target.query else "")
            if target.netloc or target.path.startswith(("/static/", "/admin/")) or plain in seen:
                continue
            # Filters combine without end, and records of a kind are all printed by one template.
            kind = resolve(target.path).url_name
            if asked_of[target.path] == FEW or kinds[kind] == MANY:
                continue
            asked_of[target.path] += 1
            kinds[kind] += 1
            seen.add(plain)
            queue.append(plain)


def test_there_is_a_factory_of_every_kind_of_record() -> None:
    assert set(planting.FACTORIES) == set(planting.kinds())


def test_nothing_unpublished_shows_anywhere_and_every_kind_of_record_shows_once_it_is_published(
    ground: stage.Stage,
) -> None:
    """That the published are found tells that the others are looked for in the right places."""
    client, planted = Client(), {}
    for number, kind in enumerate(planting.kinds()):
        for name, status in {**UNSEEN, "published": {"published": True}}.items():
            mark = f"zqleak{number:02d}{name[0]}"
            planted[mark] = (name, planting.plant(kind, status, mark, ground))
    let_database_count()

    leaks: dict[str, set[str]] = {}
    walked, seen = set(), set()
    for address, body in responses(client, ground):
        walked.add(address.partition("?")[0].partition(" ")[0])
        for mark in MARK.findall(body):
            name, record = planted[mark]
            if name in UNSEEN:
                leaks.setdefault(f"{name} {record._meta.verbose_name}", set()).add(address)
            # That a record stands on its own page, or beneath its source, does not tell that lists are looked through.
            elif mark not in address and not address.startswith("/sources/"):
                seen.add(mark)
        assert "zqnote" not in body, f"an editor's note is public at {address}"
    for mark, (name, record) in planted.items():
        own = record.get_absolute_url() if hasattr(record, "get_absolute_url") else ""
        page = own.partition("#")[0]
        if name == "published":
            if own and own == page:
                assert mark in client.get(own).content.decode(), f"{own}, a published {record._meta.verbose_name}"
        elif page and page not in walked:
            status = client.get(page).status_code
            assert status == 404, f"{page}, a {name} {record._meta.verbose_name}, answers {status}"
    assert not leaks, "\n".join(f"{what}: {sorted(where)[:6]}" for what, where in leaks.items())
    shown = {mark for mark, (name, _) in planted.items() if name == "published"}
    assert not [planted[mark][1]._meta.verbose_name for mark in shown - seen]


@pytest.mark.parametrize(
    "filter_", ["/quotes/?speaker=", "/quotes/?theme=", "/sources/?publisher=", "/timeline/?person="]
)
def test_a_filter_does_not_tell_whether_an_unpublished_record_exists(ground: stage.Stage, filter_: str) -> None:
    mark = "zqleak00d"
    for kind in planting.kinds():
        if kind._meta.label in {"sources.Agent", "quotes.Theme"}:
            planting.plant(kind, {}, mark, ground)
    client = Client()
    with_planted = client.get(filter_ + mark).content.decode().replace(mark, "")
    assert with_planted == client.get(filter_ + "zqnone").content.decode().replace("zqnone", "")

"""Whatever stands in an address, the answer is a page that says something, and never a fault of ours."""

import re
from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.test import Client

from tests import factories as make
from tests.site import stage

pytestmark = pytest.mark.django_db

FILTERS = {
    "/timeline/": ["kind", "words", "from", "go"],
    "/compare/": ["treaty", "group", "changed", "words", "one"],
    "/compare/{topic}/": ["treaty", "lang", "r", "marks", "base", "one"],
    "/treaties/1961/1/": ["marks", "base"],
    "/quotes/": ["speaker", "topic", "country", "language", "place", "from", "words", "side", "page"],
    "/people/": ["words", "group", "country", "page"],
    "/sources/": ["kind", "country", "language", "publisher", "type", "from", "words", "page"],
    "/sources/balance/": ["alone", "page"],
    "/search/": ["q", "kind", "language", "person", "treaty", "period", "page"],
    "/search/suggest/": ["q"],
    "/corrections/": ["page"],
}
# What could break out of the form that says it again, or out of the database's words.
LOADED = [
    "a\x00b",
    "'; DROP TABLE sources_source; --",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "%",
    "\\",
    "{{ 7|add:7 }}",
]
PLAIN = ["\x00", "x" * 10_000, "abc", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")]
NUMBERS = ["-1", "0", "99999", "1e9", "²", "٣"]
# What is looked up as a word takes a number for a word like any other.
READ_AS_NUMBERS = {"page", "year"}


def answer(address: str, **headers: str) -> HttpResponse:
    response = Client(raise_request_exception=False).get(address, headers=headers)
    # Filters refuse what there is not.
    filtered = ("/compare/", "/treaties/", "/timeline/", "/quotes/", "/people/", "/sources/", "/search/")
    expected = {200, 400, 404} if address.startswith(filtered) else {200, 404}
    assert response.status_code in expected, f"{response.status_code} for {address[:200]}"
    assert "<script>alert" not in response.content.decode()
    assert "<img src=x" not in response.content.decode()
    return response


@pytest.mark.parametrize("path", FILTERS)
def test_nonsense_in_a_filter_is_answered_with_a_page(path: str) -> None:
    names = FILTERS[path]
    path = path.format(topic=stage.build(1).topic.slug)
    undecodable = "%ff%fe%c3%28"
    for value in [*map(quote, LOADED), undecodable]:
        # The whole page says all of them again, in its form.
        answer(f"{path}?{'&'.join(f'{name}={value}' for name in names)}")
    # A filter that finds nothing hides what the next one would do, so each stands alone, too.
    for name in names:
        numbers = NUMBERS if name in READ_AS_NUMBERS else NUMBERS[-2:]
        for value in [*map(quote, [*LOADED, *PLAIN, *numbers]), undecodable]:
            answer(f"{path}?{name}={value}", HX_Request="true")


@pytest.mark.parametrize(
    "path",
    ["/quotes/nobody-said-this/", "/treaties/1949/", "/treaties/2024/99/", "/sources/%00/", f"/people/{'x' * 9000}/"],
)
def test_an_address_that_leads_nowhere_offers_search_and_ways_on(path: str) -> None:
    response = Client().get(path)
    assert response.status_code == 404
    body = response.content.decode()
    assert 'action="/search/"' in body
    assert 'href="/timeline/"' in body
    assert body.count("<h1") == 1


@pytest.mark.parametrize(
    "moment",
    [
        "yesterday",
        "2024-13-01",
        "2024-02-30",
        "19.06.2024",
        "1944-12-31",
        "2999-01-01",
        "2024-06-19T25:00Z",
        "\x00",
        "9" * 9999,
    ],
    ids=lambda moment: ascii(moment[:20]),
)
def test_a_moment_that_cannot_be_read_is_refused_with_what_can(moment: str) -> None:
    for path in ("/", "/timeline/", "/search/", "/treaties/2024/4/", "/about/"):
        response = Client().get(f"{path}?as_of={quote(moment)}")
        assert response.status_code == 400, path
        body = response.content.decode()
        assert "2024-06-19T15:00Z" in body
        assert "2024-06-19)" in body


def test_a_moment_may_be_a_day_or_an_instant_in_any_zone() -> None:
    for moment in (
        "2024-06-19",
        "2024-06-19T15:00Z",
        "2024-06-19T15:00",
        "2024-06-20T00:00%2B09:00",
        "2024-06-20T00:00+09:00",
        "",
    ):
        assert Client().get(f"/?as_of={moment}").status_code == 200, moment


def test_a_page_is_read_at_one_moment() -> None:
    response = Client().get("/?as_of=2024-06-19&as_of=2024-06-21")
    assert response.status_code == 400
    assert "more than one moment" in response.content.decode()
    assert Client().get("/?as_of=2024-06-19&as_of=2024-06-19").status_code == 200


def test_a_page_of_a_list_that_does_not_exist_is_the_nearest_that_does() -> None:
    make.SourceFactory.create_batch(101, published=True)

    def listed(number: str) -> list[str]:
        return re.findall(r'id="source-(.+?)-row"', Client().get(f"/sources/?page={number}").content.decode())

    assert len(listed("1")) == 100
    assert listed("abc") == listed("1e9") == listed("1")
    assert len(listed("99999")) == 1

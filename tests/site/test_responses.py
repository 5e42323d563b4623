"""Every route goes out with the rules of its kind, and no page for readers knows who reads."""

import functools

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from apps.dashboard import views
from tests.site.addresses import (
    FOR_CRAWLERS,
    FOR_PROGRAMS,
    HEALTH,
    UNLINKED,
    WIDGETS,
    answer,
    one_of_each,
    public_routes,
)

# The worker that walks over all pages knows their answers, and asks for each once again.
pytestmark = [pytest.mark.usefixtures("whole_record"), pytest.mark.xdist_group("walk")]


@functools.cache
def answers() -> dict[str, tuple[str, HttpResponse]]:
    """One of each, looked for once: the record does not change."""
    return one_of_each()


@functools.cache
def asked_again(address: str) -> HttpResponse:
    """What is answered to somebody who keeps the first answer."""
    return Client().get(address, headers={"If-None-Match": answer(address)["ETag"]})


def test_every_route_for_readers_is_within_reach_of_the_home_page() -> None:
    assert set(answers()) == public_routes()


def test_every_page_goes_out_without_a_person_and_with_its_policy() -> None:
    pages = [each for name, each in answers().items() if name not in {*WIDGETS, *FOR_PROGRAMS}]
    others = ["/no/such/page/", "/?as_of=yesterday", "/compare/?as_of=2024-06-19"]
    for address, response in [*pages, *((other, Client().get(other)) for other in others)]:
        said = f"{address}: {dict(response.headers)}"
        assert response.status_code in {200, 400, 404}, said
        assert not response.cookies, said
        assert "cookie" not in response.get("Vary", "").lower(), said
        assert response["X-Frame-Options"] == "DENY", said
        assert response["X-Content-Type-Options"] == "nosniff", said
        assert "default-src 'none'" in response["Content-Security-Policy"], said
        assert "unsafe" not in response["Content-Security-Policy"], said
        if not address.endswith("z"):
            assert response["Cache-Control"].startswith("public"), said
            is_data = address.startswith("/feeds/") or address in FOR_CRAWLERS.values()
            assert ("Accept" if is_data else "HX-Request") in response["Vary"].split(", "), said


def test_what_other_sites_frame_or_ask_for_goes_out_to_them_without_a_person() -> None:
    for name in (*WIDGETS, *FOR_PROGRAMS):
        address, response = answers()[name]
        said = f"{address}: {dict(response.headers)}"
        assert response.status_code == 200, said
        assert not response.cookies, said
        assert "cookie" not in response.get("Vary", "").lower(), said
        assert ("X-Frame-Options" in response) is (name == "oembed"), said
        assert response["X-Content-Type-Options"] == "nosniff", said
        assert "default-src 'none'" in response["Content-Security-Policy"], said
        assert response["Cache-Control"].startswith("public"), said
        assert response["ETag"], said
        assert asked_again(address).status_code == 304, said


def test_a_page_that_did_not_change_is_not_sent_again() -> None:
    for name, (address, first) in answers().items():
        if name in UNLINKED:
            continue
        assert first["ETag"], address
        again = asked_again(address)
        assert again.status_code == 304, f"{address} differs each time"
        assert not again.content


def test_a_page_is_the_same_for_whoever_brings_cookies() -> None:
    known = Client()
    known.cookies["sessionid"] = known.cookies["csrftoken"] = "somebody" * 4
    for address in ("/", "/about/", "/quotes/", "/treaties/2024/4/", *UNLINKED.values()):
        assert known.get(address).content == answer(address).content, address


def test_a_fault_of_ours_is_a_page_too_and_kept_by_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(request: HttpRequest) -> None:
        raise RuntimeError

    monkeypatch.setattr(views, "still_of", broken)
    response = Client(raise_request_exception=False).get("/about/")
    assert response.status_code == 500
    assert response["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert not response.cookies
    assert response.content.decode().count("<h1") == 1


def test_whether_the_server_lives_is_never_answered_from_a_cache() -> None:
    for address in HEALTH.values():
        assert Client().get(address)["Cache-Control"] == "no-store"


def test_pages_are_sent_compressed() -> None:
    assert Client().get("/", headers={"Accept-Encoding": "gzip"})["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/"])
def test_the_admin_is_private(address: str) -> None:
    response = Client().get(address)
    assert response["Cache-Control"] == "private, no-store"
    assert "Cookie" in response["Vary"]
    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert "ETag" not in response

"""Every response goes out with the rules of its kind."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from pactsite.headers import CookieOnPublicPage, ResponseRules

View = Callable[[HttpRequest], HttpResponse]


def answer(path: str, view: View = lambda request: HttpResponse("<p>text</p>")) -> HttpResponse:
    return ResponseRules(view)(RequestFactory().get(path))


def with_cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("text")
    response.set_cookie("who", "you")
    return response


def with_vary_on_cookie(request: HttpRequest) -> HttpResponse:
    return HttpResponse("text", headers={"Vary": "HX-Request, Cookie"})


@pytest.mark.parametrize("path", ["/", "/timeline/", "/treaties/2024/4/", "/no/such/page/", "/embed/"])
def test_a_page_may_not_be_framed_and_runs_only_its_own_files(path: str) -> None:
    response = answer(path)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cache-Control"].startswith("public,")
    assert response["Vary"] == "HX-Request, Accept-Encoding"


def test_an_embed_may_be_framed_but_holds_no_form(settings) -> None:
    settings.EMBED_FRAME_ANCESTORS = "https://news.example"
    response = answer("/embed/timeline/pact/")
    assert response["Content-Security-Policy"].endswith("form-action 'none'; frame-ancestors https://news.example")
    assert (
        "script-src 'self' http://testserver; style-src 'self' http://testserver;"
        in response["Content-Security-Policy"]
    )
    assert "X-Frame-Options" not in response
    assert "stale-while-revalidate" in response["Cache-Control"]
    assert response["Vary"] == "Accept-Encoding"


def test_the_admin_is_kept_by_no_cache() -> None:
    response = answer("/admin/", with_cookie)
    assert response["Cache-Control"] == "private, no-store"
    assert response["Vary"] == "Cookie"
    assert response["X-Frame-Options"] == "DENY"
    assert "unsafe" not in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path", ["/api/v1/treaties/", "/feeds/record.atom", "/oembed/", "/sitemap.xml", "/sitemap-people.xml"]
)
def test_data_differs_by_what_is_accepted_and_may_be_read_by_other_sites(path: str) -> None:
    response = answer(path)
    assert response["Vary"] == "Accept, Accept-Encoding"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"].startswith("public")


@pytest.mark.parametrize("view", [with_cookie, with_vary_on_cookie])
@pytest.mark.parametrize("path", ["/", "/embed/quote/x/", "/api/v1/"])
def test_a_cookie_for_readers_is_an_error(path: str, view: View) -> None:
    with pytest.raises(CookieOnPublicPage):
        answer(path, view)


@pytest.mark.parametrize("view", [with_cookie, with_vary_on_cookie])
def test_in_production_the_cookie_is_taken_off(view: View, settings) -> None:
    settings.REFUSE_COOKIES_ON_PAGES = False
    response = answer("/", view)
    assert not response.cookies
    assert "cookie" not in response["Vary"].lower()
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("path", "seen"), [("/", ""), ("/embed/quote/x/", ""), ("/api/v1/", ""), ("/admin/", "you")])
def test_the_cookies_of_a_browser_reach_the_admin_alone(path: str, seen: str) -> None:
    browser = RequestFactory()
    browser.cookies["who"] = "you"
    view = ResponseRules(lambda request: HttpResponse(request.COOKIES.get("who", "")))
    assert view(browser.get(path)).content.decode() == seen


def test_a_failure_is_not_kept_by_caches() -> None:
    assert answer("/", lambda request: HttpResponse("sorry", status=500))["Cache-Control"] == "no-store"


def test_a_view_may_be_stricter() -> None:
    response = answer("/", lambda request: HttpResponse("x", headers={"Cache-Control": "no-store"}))
    assert response["Cache-Control"] == "no-store"

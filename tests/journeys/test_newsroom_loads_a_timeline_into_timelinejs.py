"""A newsroom that has TimelineJS takes a timeline of the record into it."""

import mimetypes
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client

from tests import factories as make

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

TIMELINEJS = settings.BASE_DIR / ".bench/node_modules/@knight-lab/timelinejs/dist"
NEWSROOM = "http://newsroom.example"
HOST_PAGE = """<!doctype html><title>Article</title><link rel="stylesheet" href="css/timeline.css">
<div id="timeline" style="height: 600px"></div><script src="js/timeline.js"></script><script>
  const shown = new TL.Timeline("timeline", "timeline.json");
  shown.on("loaded", () => { window.loaded = true; });
</script>"""
NASTY = "<img src=x onerror=window.broken=1>The visit</h2><script>window.broken=1</script>"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not TIMELINEJS.is_dir(), reason="TimelineJS is not at hand (`make bench` fetches it by npm)"),
]


def test_a_newsroom_loads_a_timeline_into_timelinejs(browser: "Browser") -> None:
    source = make.SourceFactory(published=True, url="https://agency.example/news?a=1&b=2", title="Report & <b>more</b>")
    treaty = make.TreatyFactory(published=True, slug="2000", short_name="Treaty of 2000")
    make.TreatyActionFactory(published=True, treaty=treaty, kind="ENTRY_INTO_FORCE", happened="2000-02-09")
    for title, happened in ((NASTY, "2024-06-18/2024-06-19"), ("The rumour", "1995-08~"), ("The vote", "2024-10-24")):
        make.EventFactory(published=True, title=title, summary=title, happened=happened, cited=[source])
    slides = Client().get("/feeds/timeline.json?kind=events").content

    def answer(route: "Route") -> None:
        path = route.request.url.removeprefix(NEWSROOM)
        if path == route.request.url:
            route.abort()
        elif path == "/":
            route.fulfill(body=HOST_PAGE, content_type="text/html")
        elif path.startswith("/timeline.json"):
            route.fulfill(body=slides, content_type="application/json")
        elif (file := TIMELINEJS / path.lstrip("/").partition("?")[0]).is_file():
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "text/plain")
        else:
            route.fulfill(status=404)

    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.route("**/*", answer)
    page = context.new_page()
    page.goto(NEWSROOM)
    page.wait_for_function("window.loaded")
    assert page.evaluate("shown.config.getErrors()") == []
    assert page.locator(".tl-slide").count() == 4
    assert page.locator(".tl-timemarker").count() == 3
    assert page.locator(".tl-timeera").count() == 1
    assert page.evaluate("window.broken") is None
    assert page.locator(".tl-slide h2", has_text="<img src=x onerror=window.broken=1>The visit").count() == 1
    assert page.locator(".tl-headline-date", has_text="c. August 1995").count() == 1
    link = page.locator(".tl-slide li a").first
    assert link.get_attribute("href") == "https://agency.example/news?a=1&b=2"
    assert link.text_content() == "Report & <b>more</b>"
    context.close()

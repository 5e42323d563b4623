"""A newsroom builds a timeline, pastes it into an article on its own site, and it behaves there as a guest should."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error, expect

from tests import newsroom
from tests.conftest import visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.xdist_group("browser")

# What a widget never says of its height.
MISSHAPEN = """[
    null, "300", 300, [], {}, {height: 300}, {pact: "height"}, {pact: "height", height: "300"},
    {pact: "height", height: 300.5}, {pact: "height", height: NaN}, {pact: "height", height: Infinity},
    {pact: "height", height: 0}, {pact: "height", height: -300}, {pact: "height", height: [300]},
    {pact: "height", height: 300, width: 300}, {pact: "navigate", height: 300},
]"""
WELL_SHAPED = "[{pact: 'height', height: 300}]"
# What a page may try to say to a widget, and the one thing it may ask.
ORDERS = """[
    null, "measure", {}, {pact: "navigate", url: "about:blank"}, {pact: "measure", url: "about:blank"},
    {pact: "measure", height: 300}, {location: "about:blank"}, {pact: ["measure"]}, {pact: "measure"},
]"""
LEAVING = ["top.location = '/about/'", "parent.location.replace('/about/')", "parent.document.title = 'Ours'"]
KEEPING = ["document.cookie = 'seen=1'", "localStorage.seen = 1", "sessionStorage.seen = 1", "indexedDB.open('seen')"]
# No scroll bar inside, no empty ground below.
FITTING = "Math.abs(innerHeight - document.documentElement.getBoundingClientRect().height) < 1"
HEARD = "new Promise(done => setTimeout(done, 60))"


def test_a_newsroom_pastes_what_it_built_and_its_readers_read_on(
    browser: "Browser", record_server: "LiveServer"
) -> None:
    options = {"permissions": ["clipboard-read", "clipboard-write"], "viewport": {"width": 800, "height": 900}}
    with newsroom.running() as news, visitor(browser, record_server.url, beside=news.url, **options) as page:
        build(page)
        news.publish(copied(page, "With our script"), copied(page, "Without a script"))
        page.goto(news.url)
        grown, plain = framed(page, "pact-embed iframe"), framed(page, "body > iframe")

        for width in (800, 400):
            page.set_viewport_size({"width": width, "height": 900})
            until(grown, FITTING)
            assert grown.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for frame in (grown, plain):
            expect(frame.get_by_role("heading", name="June 2024, day by day")).to_be_visible()
            assert frame.locator("html").get_attribute("data-theme") == "dark"
            labels = frame.locator(".tl > li .ties").all_text_contents()
            assert len(labels) > 10
            assert all(label.startswith("Statement: ") for label in labels)
        # On a phone, deep in a frame many screens tall, a source opens where it was asked for.
        chip = grown.locator(".chip").nth(12)
        chip.click()
        source = grown.locator(f"#{chip.get_attribute('popovertarget')}")
        expect(source).to_be_in_viewport(ratio=1)
        page.keyboard.press("Escape")
        expect(source).to_be_hidden()
        # To find a place for each source that is closed takes a browser longer than all else on the page.
        assert source.evaluate("source => getComputedStyle(source).positionArea") == "none"

        title = grown.locator(".tl > li h4 a").first
        with page.context.expect_page() as opened:
            title.click()
        beside = opened.value
        beside.wait_for_load_state()
        assert beside.url == record_server.url + str(title.get_attribute("href"))
        # It is an ordinary page of the site, which knows nothing of the article.
        assert beside.evaluate("origin") == record_server.url
        assert beside.evaluate("opener") is None
        beside.close()
        assert page.url == news.url

        # Where no script fits the frame, the rest can be reached by scrolling in it.
        assert plain.evaluate("[innerHeight, document.scripts.length]") == [800, 0]
        page.locator("body > iframe").scroll_into_view_if_needed()
        last = plain.locator(".tl > li").last
        plain.evaluate("id => location.hash = id", last.get_attribute("id"))
        expect(last).to_be_in_viewport()

        # The whole record takes its place; who goes on at the foot of a hundred is led to the head of the next.
        whole = f"{record_server.url}/embed/timeline/"
        page.evaluate("address => document.querySelector('pact-embed').setAttribute('src', address)", whole)
        page.set_viewport_size({"width": 800, "height": 900})
        grown = framed(page, "pact-embed iframe")
        grown.get_by_role("link", name="Next").click()
        page.wait_for_function("Math.abs(document.querySelector('pact-embed').getBoundingClientRect().top) < 1")
        assert grown.url == f"{whole}?fits=1&page=2"


def test_neither_page_leads_the_other_about(browser: "Browser", record_server: "LiveServer") -> None:
    address = f"{record_server.url}/embed/quote/putin-2024-06-19-scope-ru/"
    script = f'<script async src="{record_server.url}/embed/pact-embed.js"></script>'
    with newsroom.running() as news, visitor(browser, record_server.url, beside=news.url) as page:
        news.publish(
            f'<pact-embed src="{address}" title="Quote" height="900"><a href="/">Quote</a></pact-embed>{script}',
            f'<pact-embed src="{news.url}embed/quote/" title="Not ours"><a href="/">Not ours</a></pact-embed>',
            f'<iframe src="{address}" title="Quote without our script"></iframe>',
        )
        page.goto(news.url)
        grown, other = framed(page, "pact-embed iframe"), framed(page, "body > iframe")
        box = page.locator("pact-embed iframe")
        until(grown, FITTING)
        fitting = box.evaluate("each => each.style.height")

        def after(frame: "Frame | Page", target: str, messages: str) -> str:
            frame.evaluate(f"{messages}.forEach(each => {target}.postMessage(each, '*')); {HEARD}")
            return box.evaluate("each => each.style.height")

        assert after(grown, "parent", MISSHAPEN) == fitting
        assert after(other, "parent", WELL_SHAPED) == fitting
        assert after(page, "window", WELL_SHAPED) == fitting
        # The widget's own window is believed, within bounds.
        assert after(grown, "parent", "[{pact: 'height', height: 1e9}]") == "40000px"
        assert after(grown, "parent", "[{pact: 'height', height: 1}]") == "80px"
        until(grown, "innerHeight === 80")
        assert (
            after(page, "document.querySelector('pact-embed').shadowRoot.firstChild.contentWindow", ORDERS) == fitting
        )

        for attempt in (*LEAVING, *KEEPING):
            with pytest.raises(Error, match="SecurityError"):
                grown.evaluate(f"void ({attempt})")
        assert [page.url, grown.url, page.title()] == [news.url, f"{address}?fits=1", "What the two states promised"]
        # An element of ours frames nothing but widgets of ours; its link stays.
        expect(page.get_by_role("link", name="Not ours")).to_be_visible()
        assert page.locator("pact-embed iframe").count() == 1
        assert page.context.storage_state(indexed_db=True) == {"cookies": [], "origins": []}


def build(page: "Page") -> None:
    """Choose, in the builder, the statements of an editors' selection, on a dark ground."""
    page.goto("/embed/")
    page.get_by_label("Show", exact=True).select_option("nine-days-in-june")
    page.wait_for_url("**slug=nine-days-in-june**")
    page.locator("[name=kind][value=statements]").check()
    page.wait_for_url("**kind=statements**")
    page.get_by_label("Theme").select_option("dark")
    page.wait_for_url("**theme=dark**")


def copied(page: "Page", label: str) -> str:
    page.locator(".snippet", has=page.get_by_label(label)).get_by_role("button").click()
    expect(page.locator("#live")).to_have_text("Copied")
    return page.evaluate("navigator.clipboard.readText()")


def until(frame: "Frame", condition: str) -> None:
    """Wait until it holds in a frame whose policy allows no waiting by text."""
    frame.evaluate(f"async () => {{ while (!({condition})) await new Promise(done => setTimeout(done, 20)); }}")


def framed(page: "Page", selector: str) -> "Frame":
    element = page.locator(selector)
    element.scroll_into_view_if_needed()
    frame = element.element_handle().content_frame()
    assert frame
    frame.wait_for_load_state()
    frame.locator("main").wait_for()
    return frame

"""Three widgets stand in an article whose site allows nothing but our script and our frames."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests import newsroom
from tests.conftest import visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.xdist_group("browser")

QUESTION = "/embed/question/automatic-intervention/"
# By title: the address, and what of it a reader comes for.
WIDGETS = {
    "Acts": ("/embed/timeline/?kind=acts&amp;treaty=1961", ".tl > li"),
    "Automatic?": (QUESTION, "figure svg"),
    "Said in Pyongyang": ("/embed/quote/putin-2024-06-19-scope-ru/", "blockquote"),
}


def test_three_widgets_under_a_strict_policy(browser: "Browser", record_server: "LiveServer") -> None:
    ours = record_server.url
    policy = f"default-src 'none'; script-src {ours}; frame-src {ours}"
    script = f'<script async src="{ours}/embed/pact-embed.js"></script>'
    pasted = [
        f'<pact-embed src="{ours}{path}" title="{title}" height="300"><a href="{ours}">{title}</a></pact-embed>{script}'
        for title, (path, _) in WIDGETS.items()
    ]
    quiet = f"{ours}{QUESTION}?level=1"
    pasted.append(f'<iframe src="{quiet}" title="Without scripts" height="600" sandbox=""></iframe>')
    faults: list[str] = []
    asked: list[str] = []
    with newsroom.running() as news, visitor(browser, ours, beside=news.url) as page:
        page.on("console", lambda message: message.type in {"error", "warning"} and faults.append(message.text))
        page.context.on("request", lambda request: asked.append(request.url))
        news.publish(*pasted, policy=policy)
        page.goto(news.url)
        for title, (_, content) in WIDGETS.items():
            frame = page.locator(f"iframe[title='{title}']")
            frame.scroll_into_view_if_needed()
            widget = frame.content_frame
            expect(widget.locator(content).first).to_be_visible()
            # The page's policy refuses style sheets, yet the frame fits what it holds and the column it stands in.
            expect(frame).not_to_have_css("height", "300px")
            expect(frame).to_have_css("border-top-width", "0px")
            assert frame.evaluate("each => each.clientWidth === document.body.clientWidth")
            chip = widget.locator(".chip").first
            chip.click()
            expect(widget.locator(f"#{chip.get_attribute('popovertarget')}")).to_be_in_viewport(ratio=1)
            page.keyboard.press("Escape")
        assert asked.count(f"{ours}/embed/pact-embed.js") == 1

        # The plain frame at its most confined: all is there to read.
        frame = page.get_by_title("Without scripts")
        frame.scroll_into_view_if_needed()
        expect(frame.content_frame.locator("figure svg").first).to_be_visible()
        expect(frame.content_frame.get_by_role("link", name="The Pact Record")).to_be_attached()
        # Nothing was refused anywhere: without being asked to fit, a widget brings no script.
        assert not faults

        # The article itself stands in a sandbox, as previews and mails show one, and so has no origin.
        news.publish(*pasted, policy=f"{policy}; sandbox allow-scripts allow-popups")
        page.goto(news.url)
        frame = page.locator("iframe[title='Acts']")
        expect(frame.content_frame.locator(".tl > li").first).to_be_visible()
        expect(frame).not_to_have_css("height", "300px")

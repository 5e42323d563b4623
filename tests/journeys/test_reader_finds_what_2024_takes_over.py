"""A reader finds what 2024 takes over from 1961: changes rendering and marks by keyboard, takes the link."""

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.conftest import visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.xdist_group("browser")

TOPIC = "/compare/mutual-defence/"
TAKEN_OVER = ["in a state of war", "military and other assistance", "at its disposal"]


def column(page: "Page", treaty: str) -> "Locator":
    return page.locator(f"#words section:has(> header > #h-{treaty})")


def runs(page: "Page", treaty: str, tag: str) -> str:
    return " | ".join(column(page, treaty).locator(f"blockquote {tag}").all_inner_texts())


def press(page: "Page", name: str) -> None:
    """Go to a link by Tab, from where the focus is, and follow it."""
    wanted = page.locator("#words").get_by_role("link", name=name, exact=True)
    for _ in range(60):
        if wanted.evaluate("each => each === document.activeElement"):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"60 presses of Tab did not reach “{name}”")


def test_by_keyboard_from_the_comparison_to_the_words_and_their_marks(record_page: "Page") -> None:
    page = record_page
    page.goto("/compare/")
    page.locator(f"#results a[href^='{TOPIC}']").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{TOPIC}**")
    # It would be gone if the page were loaded anew.
    page.evaluate("window.stayed = true")

    page.locator("#words .seg a").first.focus()
    press(page, "TASS")
    page.wait_for_url("**r=tass*")
    expect(column(page, "2024")).to_contain_text("comes under an")
    for wording in TAKEN_OVER:
        assert wording in runs(page, "1961", "mark"), wording
        assert wording in runs(page, "2024", "mark"), wording

    # The focus is where it was, and the next switch is the next in order.
    expect(page.locator("#words .seg a:focus")).to_have_text("TASS")
    press(page, "what changed")
    page.wait_for_url("**marks=changed*")
    expect(page.locator("#words ins").first).to_be_visible()
    assert "Article 51 of the UN Charter" in runs(page, "2024", "ins")
    assert "at its disposal" not in runs(page, "2024", "ins")
    expect(page.locator("#live")).to_contain_text("Mark: what changed")
    expect(page.locator("#share [aria-current]")).to_contain_text("TASS")
    assert page.evaluate("window.stayed")

    page.go_back()
    expect(page.locator("#words mark").first).to_be_visible()


def test_the_link_to_a_view_is_copied_and_shows_it_again(browser: "Browser", record_server: "LiveServer") -> None:
    options = {"permissions": ["clipboard-read", "clipboard-write"]}
    with visitor(browser, record_server.url, **options) as page:
        page.goto(f"{TOPIC}?marks=changed")
        shown = column(page, "2024").locator("blockquote").first.inner_text()
        page.get_by_role("button", name="Copy the link").click()
        expect(page.locator("#live")).to_have_text("Link copied")
        link = page.evaluate("navigator.clipboard.readText()")
        assert re.search(r"\?lang=en&r=.+&marks=changed&base=1961$", link)
        page.goto(link)
        assert column(page, "2024").locator("blockquote").first.inner_text() == shown


def test_without_scripts_every_switch_is_a_link_and_nothing_offers_to_copy(
    browser: "Browser", record_server: "LiveServer"
) -> None:
    with visitor(browser, record_server.url, java_script_enabled=False) as page:
        page.goto(TOPIC)
        page.locator("#words").get_by_role("link", name="what changed", exact=True).click()
        page.wait_for_url("**marks=changed*")
        assert page.locator("#words ins").count()
        assert not page.get_by_role("button", name="Copy the link").is_visible()
        assert page.get_by_label("Link to exactly this view").input_value().endswith("marks=changed&base=1961")

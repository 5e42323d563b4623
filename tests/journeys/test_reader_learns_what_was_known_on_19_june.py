"""A reader learns what was known on the morning of 19 June 2024, and what the night then brought."""

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

# One worker keeps the browser.
pytestmark = pytest.mark.xdist_group("browser")


def test_from_today_to_the_day_of_the_signing_and_through_the_night_that_followed(record_page: "Page") -> None:
    page = record_page
    page.goto("/")
    today = page.locator("h1").inner_text()
    page.get_by_role("link", name="This page as of 19 June 2024, 15:00 UTC").click()

    # The page is another one: its heading, its lists, what it cites.
    expect(page.locator("body")).to_have_class("past")
    assert page.locator("h1").inner_text() != today
    expect(page.get_by_role("region", name="Unknown").locator("li").first).to_be_visible()
    unknown, disputed = (page.get_by_role("region", name=name).locator(".ql > li").count() for name in STATUSES)
    assert unknown > 5
    assert disputed == 0
    assert (
        page.get_by_role("region", name="Unknown").bounding_box()["width"]
        > 1.8 * (page.get_by_role("region", name="Disputed").bounding_box()["width"])
    )

    # A question, at the moment when nobody could answer it, and at the next at which its own page changed.
    page.get_by_role("region", name="Unknown").locator("a.q").first.click()
    expect(page.locator(".lede .st").first).to_have_text("Unknown")
    page.locator(".asof-steps a[rel=next]").click()
    expect(page).to_have_url(re.compile(r"/questions/.*as_of=2024-06-(19|20)"))
    page.go_back()

    # What came since, and what came in that night alone.
    page.get_by_role("link", name="What changed since").click()
    expect(page.locator("h1")).to_contain_text("of the record")
    page.get_by_label("What came after").fill("2024-06-19T15:00Z")
    page.get_by_label("and by").fill("2024-06-20T02:01Z")
    page.get_by_role("button", name="Show what changed").click()
    expect(page.locator("h1")).to_have_text("11 hours and 1 minute of the record")
    expect(page.get_by_role("heading", name="Texts that appeared")).to_be_visible()
    expect(page.get_by_role("region", name=re.compile("^Before"))).to_contain_text("12 unknown")

    # Every way on stays at the second moment, and leads back to today.
    page.locator("section[aria-labelledby=texts] .news a").first.click()
    assert "as_of=2024-06-20T02:01Z" in page.url
    page.get_by_role("link", name="Back to today").click()
    assert "as_of" not in page.url


STATUSES = ("Unknown", "Disputed")

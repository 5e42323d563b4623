"""A reader goes from the front page to Article 4, asks where a statement comes from, and goes back to 19 June 2024."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.conftest import visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

# One worker keeps the browser.
pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def reader(request: pytest.FixtureRequest, browser: "Browser", record_server: "LiveServer") -> "Iterator[Page]":
    """A reader of the whole record, with JavaScript and without."""
    with visitor(browser, record_server.url, java_script_enabled=request.param) as page:
        yield page


def tab_to(page: "Page", wanted: str) -> None:
    """Press Tab until the focus is on an element that `wanted` selects."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.locator(f"{wanted}:focus").count():
            return
    raise AssertionError(f"200 presses of Tab did not reach {wanted}")


def test_by_keyboard_from_the_front_page_to_the_source_of_a_statement(reader: "Page") -> None:
    reader.goto("/")
    tab_to(reader, "a[href='/treaties/2024/4/']")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/treaties/2024/4/")
    assert "Article 4" in reader.locator("h1").inner_text() + reader.title()

    tab_to(reader, "main .chip")
    chip = reader.locator(".chip:focus")
    popover = reader.locator(f"#{chip.get_attribute('popovertarget')}")
    assert not popover.is_visible()
    reader.keyboard.press("Enter")
    assert popover.is_visible()
    assert "Published by" in popover.inner_text()

    # What opened is next in order.
    tab_to(reader, "[popover] a[href^='/sources/']")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/sources/*/")
    assert reader.locator("h1").count() == 1
    reader.get_by_role("link", name=re.compile("Article 4")).first.wait_for()


def test_a_popover_closes_with_escape_and_gives_the_focus_back(reader: "Page") -> None:
    reader.goto("/treaties/2024/4/")
    tab_to(reader, "main .chip")
    popover = reader.locator(f"#{reader.locator('.chip:focus').get_attribute('popovertarget')}")
    reader.keyboard.press("Enter")
    reader.keyboard.press("Escape")
    assert not popover.is_visible()
    assert reader.locator(".chip:focus").count() == 1


def test_back_to_the_day_of_the_signature_where_nobody_has_the_text(reader: "Page") -> None:
    reader.goto("/treaties/2024/")
    assert reader.locator("main a[href='/treaties/2024/4/']").count()
    reader.locator("details.asof > summary").click()
    reader.get_by_label("As of: a day, or an instant in UTC").fill("2024-06-19T15:00Z")
    reader.get_by_role("button", name="Show what had been printed by then").click()
    reader.wait_for_url("**/treaties/2024/?as_of=2024-06-19T15*")
    assert reader.get_by_role("region", name="The moment shown").inner_text().startswith("19 June 2024, 15:00 UTC")
    assert not reader.locator("main a[href^='/treaties/2024/4/']").count()
    assert not reader.locator("main blockquote[lang=ko], main blockquote[lang=ru]").count()

    # The moment goes along, until the reader comes back.
    reader.get_by_role("navigation", name="Main").get_by_role("link", name="Questions").click()
    assert "as_of=2024-06-19T15:00Z" in reader.url
    reader.get_by_role("link", name="Back to today").click()
    assert "as_of" not in reader.url


def test_the_next_publication_brings_pyongyangs_text(reader: "Page") -> None:
    reader.goto("/treaties/2024/?as_of=2024-06-19T23:00Z")
    for _ in range(12):
        if reader.locator("main a[href^='/treaties/2024/4/']").count():
            break
        reader.locator(".asof-steps a", has_text="→").click()
    assert reader.locator("main a[href^='/treaties/2024/4/']").count()
    assert "as_of=2024-06-2" in reader.url

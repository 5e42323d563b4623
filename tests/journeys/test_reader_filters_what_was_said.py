"""A reader narrows the statements to one speaker: with scripts the list alone changes, without them the page does."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.conftest import visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.xdist_group("browser")

HEADING = "#results h2"


def count(page: "Page") -> int:
    return int(page.locator(HEADING).inner_text().split()[0])


def test_the_list_alone_changes_and_says_so(record_page: "Page") -> None:
    page = record_page
    page.goto("/quotes/")
    everything = count(page)
    # It would be gone if the page were loaded anew.
    page.evaluate("window.stayed = true")
    page.get_by_label("Speaker").select_option("vladimir-putin")
    page.get_by_role("button", name="Show").click()
    # What was left empty is not in the address.
    page.wait_for_url("**/quotes/?speaker=vladimir-putin")
    expect(page.locator("#live")).not_to_be_empty()
    assert page.evaluate("window.stayed")
    assert 0 < count(page) < everything
    assert page.locator("#live").inner_text() == f"{count(page)} statements found"
    assert page.locator(f"{HEADING}:focus").count() == 1
    names = set(page.locator("#results .said-h a").all_inner_texts())
    assert names == {"Vladimir Putin"}

    # What came with the list can be asked for its source like what was there before.
    chip = page.locator("#results .chip").first
    chip.click()
    assert page.locator(f"#{chip.get_attribute('popovertarget')}").is_visible()
    page.keyboard.press("Escape")

    page.go_back()
    page.wait_for_url("**/quotes/")
    expect(page.locator(HEADING)).to_have_text(f"{everything} statements")


def test_the_address_brings_the_same_list_again(record_page: "Page") -> None:
    record_page.goto("/quotes/?speaker=vladimir-putin")
    found = count(record_page)
    assert record_page.get_by_label("Speaker").input_value() == "vladimir-putin"
    record_page.reload()
    assert count(record_page) == found


def test_without_scripts_the_page_comes_anew_with_the_same_list(
    browser: "Browser", record_server: "LiveServer"
) -> None:
    with visitor(browser, record_server.url, java_script_enabled=False) as page:
        page.goto("/quotes/")
        everything = count(page)
        page.get_by_label("Speaker").select_option("vladimir-putin")
        page.get_by_role("button", name="Show").click()
        page.wait_for_url("**/quotes/?*speaker=vladimir-putin*")
        assert 0 < count(page) < everything
        assert page.get_by_label("Speaker").input_value() == "vladimir-putin"

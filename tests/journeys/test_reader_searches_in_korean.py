"""A reader searches in Korean: a part of a word finds the wordings, a name typed in Hangul leads to the person."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.xdist_group("browser")


def test_from_a_part_of_a_word_to_the_article_and_from_a_name_to_the_person(record_page: "Page") -> None:
    page = record_page
    page.goto("/")
    page.get_by_label("Search the record").fill("지체없")
    page.get_by_label("Search the record").press("Enter")
    page.wait_for_url("**/search/?*")
    found = page.locator("#results .hits > li")
    fourth = found.filter(has_text="2024 Article 4").first
    expect(fourth.locator("p[lang=ko] mark").first).to_have_text("지체없")

    # Narrowed to one treaty, the list alone changes; a filter is taken back where it stands.
    page.evaluate("window.stayed = true")
    before = found.count()
    page.get_by_role("list", name="Treaty").get_by_role("link", name="2024").click()
    page.wait_for_url("**treaty=2024*")
    expect(page.locator("#live")).to_have_text(f"{found.count()} result{'s' if found.count() > 1 else ''} found")
    assert 0 < found.count() <= before
    assert page.evaluate("window.stayed")
    page.get_by_role("link", name="Remove filter").click()
    expect(found).to_have_count(before)

    fourth.get_by_role("link").first.click()
    page.wait_for_url("**/treaties/2024/4/#rendering-*")
    assert "지체없" in page.locator("main").inner_text()

    # As the name is typed, the person stands beneath the field, and the keyboard leads there.
    page.goto("/search/")
    field = page.get_by_role("combobox", name="Words, a name in any script")
    field.press_sequentially("김정")
    options = page.get_by_role("listbox", name="Pages by name").get_by_role("option")
    expect(options.filter(has_text="김정은")).to_have_count(1)
    while "Kim Jong Un" not in page.locator(f"#{field.get_attribute('aria-activedescendant') or 'q'}").inner_text():
        field.press("ArrowDown")
    assert field.get_attribute("aria-expanded") == "true"
    field.press("Escape")
    expect(options.first).to_be_hidden()
    field.press_sequentially("은")
    expect(options.first).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url("**/people/kim-jong-un/")


def test_a_name_in_hangul_finds_what_was_said_as_of_that_moment(record_page: "Page") -> None:
    page = record_page
    page.goto("/search/?q=김정은")
    expect(page.locator("#results .hits > li").first.get_by_role("link").first).to_have_text("Kim Jong Un")
    expect(page.locator("#results .hits").get_by_text("Statement ·").first).to_be_visible()
    today = page.locator("#results .hits > li").count()
    page.goto("/search/?q=김정은&as_of=2024-06-19T15:00Z")
    assert 0 < page.locator("#results .hits > li").count() < today
    page.goto("/search/?q=지체없&as_of=2024-06-19T15:00Z")
    assert page.locator("#results").get_by_text("2024 Article 4").count() == 0

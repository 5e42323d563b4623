"""A reader compares two translations of Article 4: which words part them, and what was made from which language."""

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.conftest import visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.xdist_group("browser")


def rendering(page: "Page", name: str) -> "Locator":
    """One of the further renderings, by what stands above it."""
    return page.locator(".further .rendering").filter(has=page.get_by_role("heading", name=name, exact=True))


def words(found: "Locator", element: str) -> str:
    """What is marked so, without what is said to those who hear the page."""
    return re.sub(r"\s*\[[^\]]*\]\s*", " ", " ".join(found.locator(element).all_text_contents()))


def test_by_keyboard_from_the_comparison_to_the_words_that_part_two_translations(record_page: "Page") -> None:
    page = record_page
    page.goto("/compare/mutual-defence/")
    # The article's name opens its preview, and that leads to the article.
    name = page.locator("#main").get_by_role("button", name="2024 Art. 4").first
    name.focus()
    page.keyboard.press("Enter")
    preview = page.get_by_role("dialog", name="2024 Article 4")
    expect(preview).to_be_visible()
    expect(preview).to_contain_text("Military help if attacked")
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    assert name.evaluate("element => element === document.activeElement")
    page.keyboard.press("Enter")
    preview.get_by_role("link", name="Open the article").press("Enter")
    page.wait_for_url("**/treaties/2024/4/")

    tass = rendering(page, "TASS English")
    assert "armed attack by any country" in words(tass, "ins")
    assert "immediately" in words(tass, "ins")
    assert "at its disposal" in words(tass, "ins")

    # Set against TASS, the English that was made from the Korean stands out.
    page.evaluate("window.stayed = true")
    tass.get_by_role("link", name="Set the others against this one").press("Enter")
    page.wait_for_url("**/treaties/2024/4/?base=tass-*")
    kcna = rendering(page, "KCNA English")
    for difference in ("invasion", "in its possession without delay"):
        assert difference in words(kcna, "ins")
    assert page.evaluate("window.stayed")

    table = page.get_by_role("table", name="Where the renderings in English part")
    for row in (("invasion", "attack"), ("without delay", "immediately"), ("in its possession", "at its disposal")):
        both = table.get_by_role("row").filter(has_text=row[0]).filter(has_text=row[1])
        expect(both).to_have_count(1)
        expect(both).to_contain_text("from the Korean")


def test_the_switch_of_marks_keeps_the_focus_and_says_what_is_marked(record_page: "Page") -> None:
    page = record_page
    page.goto("/treaties/2024/4/")
    page.get_by_role("link", name="what they share").press("Enter")
    page.wait_for_url("**/treaties/2024/4/?marks=shared")
    expect(page.locator("#live")).to_have_text("Marked: what the renderings share")
    expect(page.get_by_role("link", name="what they share")).to_be_focused()
    assert page.locator("#words del, #words ins").count() == 0
    assert page.locator("#words mark").count() > 10
    page.go_back()
    expect(page.locator("#words ins").first).to_be_visible()


def test_without_scripts_the_same_words_are_marked(browser: "Browser", record_server: "LiveServer") -> None:
    with visitor(browser, record_server.url, java_script_enabled=False) as page:
        page.goto("/treaties/2024/4/")
        page.get_by_role("link", name="nothing", exact=True).click()
        page.wait_for_url("**/treaties/2024/4/?marks=none*")
        assert page.locator("#words ins").count() == 0
        page.get_by_role("link", name="what parts them").click()
        page.wait_for_url("**/treaties/2024/4/?marks=changed*")
        assert "immediately" in words(rendering(page, "TASS English"), "ins")


def test_on_a_phone_readings_and_clauses_fold_and_nothing_is_cut_off(record_page: "Page") -> None:
    page = record_page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/treaties/2024/4/")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    clauses = page.get_by_role("table", name="Set in step, clause by clause")
    first = clauses.locator("tbody tr").first.locator("td")
    tops = first.evaluate_all("cells => cells.map(cell => cell.getBoundingClientRect().top)")
    assert tops == sorted(set(tops)), "clauses of one row stand below each other"
    assert [cell.get_attribute("data-h") for cell in first.all()] == ["Korean", "Russian", "English"]

"""A student finds who thinks intervention is automatic and why: through the picture, the words, and the filters."""

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.xdist_group("browser")

QUESTION = "/questions/automatic-intervention/"


def test_from_the_questions_to_who_thinks_so_and_why(record_page: "Page") -> None:
    page = record_page
    page.goto("/questions/")
    page.get_by_role("link", name="send forces automatically").first.click()
    page.wait_for_url(f"**{QUESTION}")

    # The picture leads to what the one camp said, and where it is printed.
    page.get_by_role("link", name="Some analysts (unnamed, AP), 20 June 2024: Yes, in effect an automatic duty").click()
    card = page.locator(":target")
    expect(card).to_be_in_viewport()
    expect(card).to_contain_text("step in militarily")
    chip = card.locator(".chip").first
    chip.click()
    expect(page.locator(f"#{chip.get_attribute('popovertarget')}")).to_contain_text("Associated Press")
    page.keyboard.press("Escape")

    # The same as a table says it in words.
    page.get_by_text("The same as a table").click()
    row = page.locator("#results details tr", has_text="Some analysts")
    expect(row).to_contain_text("Yes, in effect an automatic duty")

    # Only the Russian experts: the list alone changes, and says so.
    page.evaluate("window.stayed = true")
    page.get_by_role("navigation", name="Filters").get_by_role("link", name="Russia").click()
    page.wait_for_url("**?country=RU")
    expect(page.locator("#live")).to_have_text("3 readings shown")
    assert page.evaluate("window.stayed")
    assert set(page.locator("#results .card h4").all_inner_texts()) == {
        "Artyom Lukin",
        "Evgeny Kim",
        "Konstantin Asmolov",
    }
    page.get_by_role("link", name="Remove filter: Russia").click()
    expect(page.locator("#results")).to_contain_text("Some analysts")

    # The words that it turns on, in place.
    words = page.locator("section", has=page.get_by_role("heading", name="The words at issue"))
    expect(words.locator("blockquote.issue").nth(1)).to_contain_text("without delay")


@pytest.mark.parametrize(("width", "height", "screens"), [(1920, 1080, 1), (390, 844, 2)])
def test_the_first_page_is_one_screen_on_a_desk_and_two_on_a_phone(
    record_page: "Page", width: int, height: int, screens: int
) -> None:
    page = record_page
    page.set_viewport_size({"width": width, "height": height})
    page.goto("/")
    parts = [
        page.locator(part).bounding_box()
        for part in ("#known", "#disputed", "#unknown", "section:has(#said)", "section:has(#last)")
    ]
    assert len({part["y"] for part in parts}) == 1
    assert parts == sorted(parts, key=lambda part: part["x"])
    # Where the last part begins, since the fonts of a machine move its end by some pixels.
    assert page.locator(".ways").bounding_box()["y"] < screens * height


def test_a_first_page_without_statements_keeps_its_lists_in_order_on_a_large_desk(record_page: "Page") -> None:
    page = record_page
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto("/?as_of=2010-01-01")
    lists = [page.locator(f"#{status}").bounding_box() for status in ("known", "disputed", "unknown")]
    assert len({each["y"] for each in lists}) == 1
    assert lists == sorted(lists, key=lambda each: each["x"])


def test_on_a_phone_who_stands_where_is_read_one_expert_at_a_time(record_page: "Page") -> None:
    page = record_page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    for status in ("unknown", "disputed", "known"):
        page.get_by_role("navigation", name="Lists, words and changes").get_by_role(
            "link", name=re.compile(rf"\d {status}$")
        ).click()
        expect(page.locator(f"#{status} h2")).to_be_in_viewport(ratio=1)
        expect(page.locator(f"#{status} .ql li").first).to_be_in_viewport(ratio=1)
    page.locator("#known a").last.focus()
    page.keyboard.press("Tab")
    expect(page.locator("#disputed a:focus")).to_be_in_viewport(ratio=1)
    page.goto("/questions/")
    page.get_by_role("link", name="Who stands where").click()
    page.wait_for_url("**by=expert")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    row = page.locator("tr", has_text="Artyom Lukin").first
    cell = row.locator("td[data-h*='automatically']")
    assert "20 Jun 2024" in cell.inner_text()
    cell.get_by_role("link").click()
    expect(page.locator(":target h4")).to_have_text("Artyom Lukin")

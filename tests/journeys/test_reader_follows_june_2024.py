"""A reader follows June 2024 by keyboard, day by day and hour by hour, and all of the same month without scripts."""

import io
import re
import warnings
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.conftest import visitor
from tests.keyboard import reach

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.xdist_group("browser")

# The Korean Central News Agency carried it at 02:01 UTC on 20 June.
TEXT = "North Korean state media publish the full text"
DAYS_OF_THE_VISIT = [
    "17 June 2024",
    "18 June 2024",
    "19 June 2024, before 06:00 UTC or at an hour not known",
    "19 June 2024, 12:00–18:00 UTC",
    "20 June 2024",
]
IDS = "each => each.map(({id}) => id)"
ENTRIES = "#results .tl > li[id]"


def told(hand: "Locator") -> str:
    """What the handle of the picture says of the period it is on, but for the number of entries."""
    said = re.fullmatch(r"(.+): \d+ entr(y|ies)", hand.get_attribute("aria-valuetext") or "")
    assert said
    return said[1]


def focused(page: "Page", part: str = "li[id]", name: str = "id") -> str:
    return page.evaluate(f"document.activeElement.closest('#results {part}')?.getAttribute('{name}') ?? ''")


def test_by_keyboard_to_the_hour_of_the_signing_and_from_entry_to_entry(record_page: "Page") -> None:
    page = record_page
    page.goto("/timeline/")
    hand = page.get_by_role("slider")
    reach(page, hand)
    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("PageUp")
    assert told(hand).startswith("1 June 2024")
    steps = []
    for _ in DAYS_OF_THE_VISIT:
        page.keyboard.press("ArrowRight")
        steps.append(told(hand))
    assert steps == DAYS_OF_THE_VISIT
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")

    # The window of the list that holds the hour comes, and the reader stands at its first entry.
    page.wait_for_url("**#t20240619*")
    expect(page.locator(f"{ENTRIES}:focus-within .d:target")).to_contain_text("19 June 2024, 14:13 UTC")
    ids = page.locator(ENTRIES).evaluate_all(IDS)
    at = ids.index(focused(page))
    for key, step in (("j", 1), ("j", 2), ("k", 1), ("ArrowDown", 2)):
        page.keyboard.press(key)
        assert focused(page) == ids[at + step]
    here = page.url
    title = page.locator(":focus")
    address = title.get_attribute("href") or ""
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")
    page.go_back()
    page.wait_for_url(here)

    # The next year is some windows on; its link takes the focus, and then its first entry.
    expect(page.locator(f"{ENTRIES}:focus-within")).to_be_visible()
    page.keyboard.press("]")
    expect(page.locator("#results > header a:focus")).to_have_text("2025")
    page.keyboard.press("Enter")
    page.wait_for_url("**#y2025")
    expect(page.locator(f"{ENTRIES}:focus-within")).to_be_visible()
    assert focused(page, ".tl-year", "aria-label") == "2025"


def test_by_keyboard_to_what_could_be_known_on_either_day(record_page: "Page") -> None:
    page = record_page
    page.goto("/timeline/?kind=events&from=2024-06-19&to=2024-06-19")
    reach(page, page.get_by_role("link", name="As it became known").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**order=known**")
    expect(page.locator("#list-h")).to_contain_text("as they became known")
    assert page.locator(ENTRIES, has_text="Neither side releases the text at the signing").count()
    assert page.locator(ENTRIES, has_text=TEXT).count() == 0

    until = page.get_by_label("Until", exact=True)
    reach(page, until)
    page.keyboard.press("Control+a")
    page.keyboard.type("2024-06-20")
    page.keyboard.press("Enter")
    page.wait_for_url("**to=2024-06-20**")
    expect(page.locator(ENTRIES, has_text=TEXT).locator(".d")).to_contain_text("20 June 2024, 02:01 UTC")
    # What is asked stays under the reader's hands.
    expect(until).to_be_focused()
    # The foot lists what the list cites now.
    chips = page.locator("main .chip").evaluate_all("each => each.map(chip => chip.getAttribute('popovertarget'))")
    listed = page.locator(".refs li").evaluate_all(IDS)
    assert sorted(listed) == sorted({name.replace("source-", "ref-") for name in chips})
    expect(page.locator(".refs summary")).to_contain_text(f"{len(listed)} published sources")


def test_what_is_printed_is_the_whole_list_with_its_sources(record_page: "Page") -> None:
    page = record_page
    page.goto("/timeline/?from=2024-06&to=2024-06&sheet=1")
    titles = page.locator("main .tl :is(h2, h3)").all_text_contents()
    listed = page.locator(".refs li").evaluate_all(IDS)
    page.goto("/timeline/?from=2024-06&to=2024-06")
    shown = page.locator(ENTRIES).evaluate_all(IDS)
    assert len(titles) > len(shown) == 100
    with warnings.catch_warnings():
        # Its reader of PDF warns of how Chromium writes them.
        warnings.simplefilter("ignore")
        paper = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)
    words = "".join(paper.split())
    # What is not Latin is drawn by shapes that a reader of PDF does not always know again.
    assert [title for title in titles if title.isascii() and "".join(title.split()) not in words] == []
    assert f"{len(listed)}publishedsources" in words
    assert "Allofthemononesheet" not in words
    # On the screen all is as it was.
    assert page.locator(ENTRIES).evaluate_all(IDS) == shown


def test_without_scripts_every_entry_of_the_month_is_reached(browser: "Browser", record_server: "LiveServer") -> None:
    with visitor(browser, record_server.url, java_script_enabled=False) as page:
        page.goto("/timeline/")
        page.get_by_text("The picture as a table").click()
        page.locator("#picture table").get_by_role("link", name="20 June 2024").click()
        page.wait_for_url("**#t20240620*")
        expect(page.locator(f"{ENTRIES} .d:target")).to_be_in_viewport()
        page.locator("#results > header").get_by_role("link", name="1991").click()
        page.wait_for_url("**#y1991")
        expect(page.get_by_role("region", name="1991").get_by_role("listitem").first).to_be_in_viewport()

        page.get_by_label("From", exact=True).fill("2024-06")
        page.get_by_label("Until", exact=True).fill("2024-06")
        page.get_by_role("button", name="Show").click()
        page.wait_for_url("**from=2024-06**")
        count = int(page.locator("#list-h").inner_text().split()[0])
        seen = page.locator(ENTRIES).evaluate_all(IDS)
        while page.locator("#results a[rel=next]").count():
            page.locator("#results a[rel=next]").click()
            page.wait_for_load_state()
            seen += page.locator(ENTRIES).evaluate_all(IDS)
        assert count == len(seen) == len(set(seen)) > 100

        page.get_by_role("link", name="all of it on one sheet").click()
        page.wait_for_url("**sheet=1**")
        assert page.locator("main .tl > li[id]").evaluate_all(IDS) == seen
        page.go_back()
        page.get_by_role("link", name="Words and deeds").click()
        page.wait_for_url("**lanes=deeds**")
        assert page.locator("#results .lanes h3").count() == 2

"""A reader narrows the comparison by keyboard to what changed between 1961 and 2024 and opens the promise of help."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.conftest import visitor
from tests.keyboard import reach

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.xdist_group("browser")

WATCH_SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(each => each.toJSON())))
  .observe({type: 'layout-shift', buffered: true});
"""
ON_THE_WAY = ["treaty=1961", "treaty=2024", "changed=1"]


def shifts(page: "Page") -> float:
    """By how much things have moved that a reader did not move, as Core Web Vitals count it."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page.evaluate(
        "window.shifts.filter(each => !each.hadRecentInput).reduce((sum, each) => sum + each.value, 0)"
    )


def test_by_keyboard_from_the_overview_to_the_promise_of_help(record_page: "Page") -> None:
    page = record_page
    page.goto("/")
    reach(page, page.get_by_role("navigation", name="Main").get_by_role("link", name="Compare"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/")
    # It would be gone if the page were loaded anew.
    page.evaluate("window.stayed = true")

    reach(page, page.get_by_label("Second column"))
    page.keyboard.type("2024")
    page.keyboard.press("Tab")
    page.keyboard.type("none")
    page.keyboard.press("Enter")
    reach(page, page.get_by_role("button", name="Set side by side"))
    page.keyboard.press("Enter")
    page.wait_for_url("**treaty=1961&treaty=2024**")
    expect(page.locator("#obligation-2000-defense")).to_have_count(0)
    expect(page.locator("#live")).to_contain_text("21 topics of 21")
    # The focus is still where the reader was.
    expect(page.get_by_role("button", name="Set side by side")).to_be_focused()

    reach(page, page.get_by_label("Only what changed"))
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**changed=1**")
    assert all(part in page.url for part in ON_THE_WAY)
    expect(page.locator("#cmp-h")).to_contain_text("of 21")
    assert page.locator(".on").get_by_role("link").count() == 3
    assert page.evaluate("window.stayed")

    # Of the choices in force one is taken back, and what it hid is there again, with the focus on the heading.
    shown = page.locator("#topics h3").count()
    back = page.locator(".on").get_by_role("link", name="Take back: Only what changed")
    reach(page, back)
    page.keyboard.press("Enter")
    expect(page.locator("#topics h3")).to_have_count(21)
    assert shown < 21
    expect(page.locator("#cmp-h")).to_be_focused()
    page.go_back()
    expect(page.locator("#topics h3")).to_have_count(shown)

    reach(page, page.locator("#topics").get_by_role("link", name="Help if attacked"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/mutual-defence/?treaty=1961&treaty=2024")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1961")


def test_a_cell_of_the_obligations_opens_its_reason_by_keyboard(record_page: "Page") -> None:
    page = record_page
    page.goto("/compare/")
    why = page.get_by_role("button", name="Why: How fast, 2024")
    why.focus()
    page.keyboard.press("Enter")
    reason = page.get_by_role("dialog", name="Why: Defense, 2024")
    expect(reason).to_be_visible()
    assert "Article 51" in reason.inner_text()
    # One of its sources opens over it; Escape closes them one after the other.
    reach(page, reason.locator(".chip").first)
    page.keyboard.press("Enter")
    expect(page.locator("[popover]:popover-open")).to_have_count(2)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(reason).to_be_hidden()
    expect(why).to_be_focused()


def test_nothing_moves_by_itself_when_the_topics_change_however_long_the_server_takes(
    browser: "Browser", record_server: "LiveServer"
) -> None:
    def late(route: "Route") -> None:
        # Later than the half second in which a browser takes a move for the reader's own.
        if route.request.headers.get("hx-request"):
            page.wait_for_timeout(900)
        route.continue_()

    with visitor(browser, record_server.url) as page:
        page.add_init_script(WATCH_SHIFTS)
        page.goto("/compare/")
        page.route("**/compare/**", late)
        page.locator("#cmp-h").scroll_into_view_if_needed()
        page.get_by_label("Only what changed").check()
        page.locator("#set-topics").scroll_into_view_if_needed()
        stood = page.evaluate("scrollY")
        page.locator("#set-topics").click()
        # Until the answer is there, the page says that it is on its way.
        assert page.locator("#results[aria-busy='true']").count() == 1
        assert page.evaluate("getComputedStyle(document.getElementById('results'), '::before').position") == "fixed"
        page.wait_for_url("**changed=1**")
        expect(page.locator("#results[aria-busy]")).to_have_count(0)
        page.locator("#to-treaty").click()
        page.wait_for_url("**group=treaty**")
        expect(page.locator("#topics .grp")).to_have_count(1)
        assert page.evaluate("scrollY") == stood
        assert shifts(page) == 0


def test_a_choice_that_is_refused_says_why(record_page: "Page") -> None:
    page = record_page
    page.goto("/compare/")
    page.get_by_label("Second column").select_option("1961")
    page.get_by_role("button", name="Set side by side").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("That cannot be read")
    expect(page.locator("main")).to_contain_text("needs two or three different treaties")
    page.go_back()
    expect(page.get_by_label("Second column")).to_be_visible()


def test_without_scripts_the_same_forms_and_links_lead_to_the_same_topics(
    browser: "Browser", record_server: "LiveServer"
) -> None:
    with visitor(browser, record_server.url, java_script_enabled=False) as page:
        page.goto("/compare/")
        page.get_by_label("Second column").select_option("2024")
        page.get_by_label("Third column").select_option("")
        page.get_by_role("button", name="Set side by side").click()
        page.wait_for_url("**treaty=1961&treaty=2024**")
        page.get_by_label("Words in titles, summaries, changes").fill("sanction")
        page.locator("#set-topics").click()
        page.wait_for_url("**words=sanction**")
        assert all(part in page.url for part in ON_THE_WAY[:2])
        assert 0 < page.locator("#topics h3").count() < 21
        page.locator(".on").get_by_role("link", name="Show everything").click()
        page.wait_for_url("**/compare/")
        assert page.locator("#topics h3").count() == 21


ON_TOP = """each => {
    const { x, y, width, height } = each.getBoundingClientRect();
    return each.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}"""


def test_on_a_phone_the_switch_changes_the_treaty_in_place(browser: "Browser", record_server: "LiveServer") -> None:
    with visitor(browser, record_server.url, viewport={"width": 390, "height": 844}) as page:
        page.goto("/compare/")
        cell = page.locator("#topic-mutual-defence td:visible")
        expect(cell).to_have_count(1)
        expect(cell).to_contain_text("Art. 4")
        page.evaluate("window.stayed = true")
        page.locator("#topics").get_by_role("link", name="1961", exact=True).click()
        page.wait_for_url("**one=1961**")
        expect(cell).to_contain_text("Art. 1")
        assert page.evaluate("window.stayed")
        # Nothing of a page of the past lies over the switch, deep in the table.
        page.goto("/compare/?as_of=2024-11-30")
        page.evaluate("document.getElementById('topic-economy').scrollIntoView()")
        switch = page.locator("#topics").get_by_role("link", name="1961", exact=True)
        expect(switch).to_be_in_viewport(ratio=1)
        assert switch.evaluate(ON_TOP)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390

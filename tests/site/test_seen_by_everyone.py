"""Every kind of page in a real browser, wide and narrow, light and dark: axe finds nothing, nothing is cut off."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve
from pytest_django.live_server_helper import LiveServer

from tests.conftest import visitor
from tests.site.addresses import FEEDS, FOR_CRAWLERS, FOR_PROGRAMS, HEALTH, WIDGETS, public_routes

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

# One worker keeps the browser.
pytestmark = pytest.mark.xdist_group("browser")

PAGES = [
    "/",
    "/?as_of=2024-06-19T15:00Z",
    "/timeline/",
    "/timeline/?order=known&lanes=voices&words=alliance",
    "/timeline/nine-days-in-june/",
    "/compare/",
    "/compare/mutual-defence/",
    "/treaties/",
    "/treaties/2024/",
    "/treaties/2024/?as_of=2024-06-19T15:00Z",
    "/treaties/2024/4/",
    "/questions/",
    "/questions/automatic-intervention/",
    "/facts/",
    "/facts/end-of-the-1961-treaty/",
    "/quotes/",
    "/quotes/putin-2024-06-19-mutual-assistance/",
    "/quotes/?side=vladimir-putin&side=KP&topic=mutual-defence",
    "/people/",
    "/people/vladimir-putin/",
    "/sources/",
    "/sources/balance/",
    "/sources/newser-2024-06-19/",
    "/search/",
    "/search/?q=Ким",
    "/search/?q=putim+treaty",
    "/search/suggest/?q=김정",
    "/corrections/",
    "/about/",
    "/about/as-of/",
    "/changes/?from=2024-06-19T14:13Z&to=2024-06-20T02:01Z",
    "/no/such/page/",
    "/?as_of=tomorrow",
    "/embed/?what=timeline&slug=nine-days-in-june&kind=events&height=300",
    *WIDGETS.values(),
]
# Axe takes its time with each element. A page of more than these it judges by the first entries of its lists.
MOST_ELEMENTS = 1200
LONG = ", ".join(
    f"{each}:nth-of-type(n+8)"
    for each in (".tl > li", ".tl-year", ".rests > li", ".saids > *", ".hits > li", ".refs li", "#popovers > *")
)
AXE = {"resultTypes": ["violations"]}
BUT_COLOURS = {**AXE, "rules": {"color-contrast": {"enabled": False}}}
COLOURS = {**AXE, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
# Contrast is nearly all that axe takes its time for, and it depends on colours, grounds and size of letters alone. So
# of all visible texts that share these (also those of every element around them), on whatever page they stand, it
# judges the first three at each width. Given the looks judged already, this finds the texts and says their looks.
FRESH_LOOKS = """(judged) => {
    const looks = new Map(), counts = new Map();
    for (const kind of judged) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const names = ["backgroundColor", "backgroundImage", "opacity", "filter", "position", "clipPath"];
    const plain = ["rgba(0, 0, 0, 0)", "none", "1", "none", "static", "none"].join(";");
    const look = (each) => {
        if (!each) return "";
        if (!looks.has(each)) {
            const style = getComputedStyle(each);
            const own = names.map((name) => style[name]).join(";");
            looks.set(each, look(each.parentElement) + (own === plain ? "" : "/" + own));
        }
        return looks.get(each);
    };
    const written = (each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const kinds = [];
    window.fresh = [...document.querySelectorAll("body *")].filter((each) => {
        if (!written(each) && !each.matches("input, select")) return false;
        if (!each.checkVisibility({opacityProperty: true, visibilityProperty: true})) return false;
        const style = getComputedStyle(each);
        const letters = [style.color, style.fontSize, style.fontWeight, style.textShadow, each.matches(":disabled")];
        const kind = look(each) + "|" + letters.join(";");
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
        if (counts.get(kind) <= 3) kinds.push(kind);
        return counts.get(kind) <= 3;
    });
    return kinds;
}"""


def violations(page: "Page", options: dict, context: str = "document") -> list[str]:
    found = page.evaluate(f"async (options) => (await axe.run({context}, options)).violations", options)
    return [
        f"{violation['id']} ({len(violation['nodes'])}): {[node['target'] for node in violation['nodes'][:4]]}"
        for violation in found
    ]


def wider_than_the_screen(page: "Page") -> list[str]:
    """The page's own sideways scroll, with the elements that cause it; what scrolls in a frame of its own may."""
    return page.evaluate(
        """() => {
            const room = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= room) return [];
            return [...document.querySelectorAll("main *, header *, footer *")]
                .filter((each) => each.getBoundingClientRect().right > room + 1)
                .slice(0, 5)
                .map((each) => `${each.tagName} ${each.className} ${each.getBoundingClientRect().right} of ${room}`);
        }"""
    )


def test_every_route_for_readers_is_looked_at() -> None:
    addresses = [address for address in PAGES if "/no/" not in address]
    seen = {resolve(urlsplit(address).path).url_name for address in addresses}
    assert seen == public_routes() - {*HEALTH, *FOR_CRAWLERS, *FOR_PROGRAMS, *FEEDS}


def pale_texts(page: "Page", judged: list[str]) -> list[str]:
    """The texts too pale for their ground, of looks that `judged` does not hold three times; these join it."""
    fresh = page.evaluate(FRESH_LOOKS, judged)
    judged += fresh
    return violations(page, COLOURS, "{include: window.fresh}") if fresh else []


@pytest.fixture(scope="module")
def one_page(browser: "Browser", one_record_server: LiveServer) -> "Iterator[Page]":
    """A page that goes from address to address, each of which finds axe in it."""
    with visitor(browser, one_record_server.url) as page:
        page.add_init_script(Axe().axe_script)
        yield page


@pytest.fixture(scope="module")
def judged() -> dict[str, list[str]]:
    """By width, the looks of the texts whose contrast was judged."""
    return {"narrow": [], "wide": []}


@pytest.mark.parametrize("address", PAGES)
def test_a_page_can_be_read_by_everyone(
    record_server: LiveServer, one_page: "Page", judged: dict[str, list[str]], address: str
) -> None:
    page, said, faults = one_page, [], {}

    def note(message: "ConsoleMessage") -> None:
        if message.type == "error":
            said.append(message.text)

    page.on("console", note)
    page.emulate_media(color_scheme="light")
    page.goto(address)
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 844})
        faults[f"{width} px"] = wider_than_the_screen(page)
    if page.locator("body *").count() > MOST_ELEMENTS:
        page.evaluate(f"document.querySelectorAll('{LONG}').forEach((each) => each.remove())")
    faults["narrow"] = violations(page, BUT_COLOURS)
    faults["narrow and light"] = pale_texts(page, judged["narrow"])
    page.emulate_media(color_scheme="dark")
    faults["narrow and dark"] = pale_texts(page, judged["narrow"])
    page.set_viewport_size({"width": 1280, "height": 900})
    faults["wide"] = violations(page, BUT_COLOURS)
    faults["wide and dark"] = pale_texts(page, judged["wide"])
    page.emulate_media(color_scheme="light")
    faults["wide and light"] = pale_texts(page, judged["wide"])
    page.remove_listener("console", note)
    # Chromium reports an answer of 404 or 400 as an error of the console; on those pages it is meant.
    faults["console"] = [text for text in said if "Failed to load resource" not in text]
    assert not any(faults.values()), {where: what for where, what in faults.items() if what}

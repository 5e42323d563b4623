"""Every kind of page in a real browser, wide and narrow, light and dark: axe finds nothing, nothing is cut off."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve

from tests.site.addresses import FEEDS, FOR_CRAWLERS, FOR_PROGRAMS, HEALTH, WIDGETS, public_routes

if TYPE_CHECKING:
    from playwright.sync_api import Page

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
# of all visible texts that share these (also those of every element around them), it judges the first three.
OF_EACH_COLOUR = """() => {
    const looks = new Map(), counts = new Map();
    const look = (each) => {
        if (!each) return "";
        if (!looks.has(each)) {
            const style = getComputedStyle(each);
            const own = ["backgroundColor", "backgroundImage", "opacity", "filter", "position", "clipPath"];
            looks.set(each, look(each.parentElement) + "/" + own.map((name) => style[name]).join(";"));
        }
        return looks.get(each);
    };
    const written = (each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    return [...document.querySelectorAll("body *")].filter((each) => {
        if (!written(each) && !each.matches("input, select")) return false;
        if (!each.checkVisibility({opacityProperty: true, visibilityProperty: true})) return false;
        const style = getComputedStyle(each);
        const letters = [style.color, style.fontSize, style.fontWeight, style.textShadow, each.matches(":disabled")];
        const kind = look(each) + letters.join(";");
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
        return counts.get(kind) <= 3;
    });
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


@pytest.mark.parametrize("address", PAGES)
def test_a_page_can_be_read_by_everyone(record_page: "Page", address: str) -> None:
    page, said = record_page, []
    page.on("console", lambda message: message.type == "error" and said.append(message.text))
    faults = {}
    page.goto(address)
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 844})
        faults[f"{width} px"] = wider_than_the_screen(page)
    if page.locator("body *").count() > MOST_ELEMENTS:
        page.evaluate(f"document.querySelectorAll('{LONG}').forEach((each) => each.remove())")
    page.evaluate(Axe().axe_script)
    of_each_colour = f"{{include: ({OF_EACH_COLOUR})()}}"
    faults["narrow"] = violations(page, BUT_COLOURS)
    faults["narrow and light"] = violations(page, COLOURS, of_each_colour)
    page.emulate_media(color_scheme="dark")
    faults["narrow and dark"] = violations(page, COLOURS, of_each_colour)
    page.set_viewport_size({"width": 1280, "height": 900})
    faults["wide"] = violations(page, BUT_COLOURS)
    faults["wide and dark"] = violations(page, COLOURS, of_each_colour)
    page.emulate_media(color_scheme="light")
    faults["wide and light"] = violations(page, COLOURS, of_each_colour)
    # Chromium reports an answer of 404 or 400 as an error of the console; on those pages it is meant.
    faults["console"] = [text for text in said if "Failed to load resource" not in text]
    assert not any(faults.values()), {where: what for where, what in faults.items() if what}

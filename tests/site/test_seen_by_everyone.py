"""Every kind of page in a real browser, wide and narrow, light and dark: axe finds nothing, nothing is cut off."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve

from tests.site.addresses import UNLINKED, public_routes

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
    "/quotes/{quote}/",
    "/people/",
    "/people/vladimir-putin/",
    "/sources/",
    "/sources/newser-2024-06-19/",
    "/search/",
    "/search/?q=Ким",
    "/corrections/",
    "/about/",
    "/no/such/page/",
    "/?as_of=tomorrow",
]
# Axe takes its time with each element. A page of more than these it judges by the first entries of its lists.
MOST_ELEMENTS = 1200
LONG = ", ".join(
    f"{each}:nth-of-type(n+8)"
    for each in (".tl > li", ".tl-year", ".rests > li", ".saids > *", ".refs li", "#popovers > *")
)
AXE = {"resultTypes": ["violations"]}
COLOURS = {**AXE, "runOnly": {"type": "rule", "values": ["color-contrast"]}}


def found_by_axe(page: "Page", options: dict) -> list[str]:
    violations = Axe().run(page, options=options).response["violations"]
    return [
        f"{violation['id']} ({len(violation['nodes'])}): {[node['target'] for node in violation['nodes'][:4]]}"
        for violation in violations
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
    addresses = [address.format(quote="a") for address in PAGES if "/no/" not in address]
    seen = {resolve(urlsplit(address).path).url_name for address in addresses}
    assert seen == public_routes() - set(UNLINKED)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_can_be_read_by_everyone(record_page: "Page", address: str) -> None:
    from apps.quotes.models import Utterance

    page, said = record_page, []
    page.on("console", lambda message: message.type == "error" and said.append(message.text))
    address = address.format(quote=Utterance.objects.published().order_by("said_earliest").last().slug)
    faults = {}
    page.goto(address)
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 844})
        faults[f"{width} px"] = wider_than_the_screen(page)
    if page.locator("body *").count() > MOST_ELEMENTS:
        page.evaluate(f"document.querySelectorAll('{LONG}').forEach((each) => each.remove())")
    # Contrast is one of all rules, so that both themes are judged in both widths.
    faults["narrow and light"] = found_by_axe(page, AXE)
    page.emulate_media(color_scheme="dark")
    faults["narrow and dark"] = found_by_axe(page, COLOURS)
    page.set_viewport_size({"width": 1280, "height": 900})
    faults["wide and dark"] = found_by_axe(page, AXE)
    page.emulate_media(color_scheme="light")
    faults["wide and light"] = found_by_axe(page, COLOURS)
    # Chromium reports an answer of 404 or 400 as an error of the console; on those pages it is meant.
    faults["console"] = [text for text in said if "Failed to load resource" not in text]
    assert not any(faults.values()), {where: what for where, what in faults.items() if what}

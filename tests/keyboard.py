"""A reader without a pointer."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


def reach(page: "Page", wanted: "Locator") -> None:
    """Go to a control by Tab, from where the focus is."""
    for _ in range(120):
        if wanted.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("120 presses of Tab did not reach it")

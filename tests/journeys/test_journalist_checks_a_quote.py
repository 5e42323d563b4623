"""A journalist checks a quote back to its printing: who printed it, what others have otherwise, and where it stands."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.xdist_group("browser")

STATEMENT = "putin-2024-06-19-mutual-assistance"


def test_from_a_topic_to_the_printings_of_a_statement_and_to_the_source_of_one(record_page: "Page") -> None:
    page = record_page
    page.goto("/quotes/?speaker=vladimir-putin")
    page.get_by_label("About").select_option("mutual-defence")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**topic=mutual-defence**")
    expect(page.get_by_role("link", name="Remove filter: Mutual defence")).to_be_visible()

    # Seven printings stand together; what AFP has otherwise than Reuters is marked.
    statement = page.locator(f"#quote-{STATEMENT}")
    statement.get_by_text("printings beside each other").click()
    afp = statement.get_by_role("listitem").filter(has_text="AFP").filter(has_text="differs from the first")
    expect(afp.locator("ins").first).to_be_visible()
    assert [words.split("] ")[1].split(" [")[0] for words in afp.locator("ins").all_text_contents()] == [
        "treaty",
        "case",
        "treaty",
    ]
    statement.get_by_role("link", name="This statement").click()
    page.wait_for_url(f"**/quotes/{STATEMENT}/")

    # From the printing to the source, which names the printing in turn and can be taken along.
    printing = page.locator(".rends li[id]").filter(has_text="AFP").filter(has_text="differs from the first")
    anchor = printing.get_attribute("id")
    printing.locator(".chip").click()
    page.locator("[popover]:popover-open a[href^='/sources/']").click()
    page.wait_for_url("**/sources/*/")
    expect(page.locator(f"a[href='/quotes/{STATEMENT}/#{anchor}']")).to_be_visible()
    page.get_by_text("RIS", exact=True).click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download as RIS").click()
    assert taken.value.path().read_text().startswith("TY  - ")

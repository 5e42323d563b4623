"""An editor imports a text: sees what was found and what is missing, saves drafts, publishes one, and it is public."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from apps.treaties.models import Rendering
from tests.conftest import visitor
from tests.factories import AgentFactory, ArticleFactory, SourceFactory, TreatyFactory
from tests.journeys.test_editor_publishes_a_quote import choose, log_in

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

TEXT = """The two sides have agreed as follows:

Article 1
The two sides shall keep the peace of the region.

Article 3
The two sides shall trade on equal terms.
"""


@pytest.fixture
def treaty() -> None:
    treaty = TreatyFactory(slug="3024", short_name="The 3024 treaty", article_count=3, published=True)
    for order in range(4):
        ArticleFactory(treaty=treaty, number=str(order or "preamble"), order=order, published=True)
    agency = AgentFactory(name="Agency", kind="STATE_MEDIA", published=True)
    SourceFactory(slug="agency-text", title="Treaty, in full", publisher=agency, published=True)


@pytest.fixture
def scriptless(browser: "Browser", live_server: "LiveServer") -> "Iterator[Page]":
    with visitor(browser, live_server.url, java_script_enabled=False) as page:
        yield page


def test_an_editor_imports_a_text(page: "Page", treaty: None, tmp_path: "Path") -> None:
    file = tmp_path / "treaty.txt"
    file.write_text(TEXT.replace("Article 3", "Article 1"), encoding="utf-8")
    log_in(page, "Editor")
    page.get_by_role("link", name="Renderings", exact=True).click()
    page.get_by_role("link", name="Bring in a whole text").click()

    page.get_by_label("Treaty:").select_option("The 3024 treaty")
    page.get_by_label("Language:").fill("en")
    choose(page, "source", "full", "Agency, Treaty, in full")
    page.get_by_label("Kind:").select_option("official translation")
    page.get_by_label("Translator:").fill("Agency English")
    page.get_by_label("File:").set_input_files(file)
    page.get_by_role("button", name="Show what would be saved").click()

    page.get_by_text("This cannot be saved as it is.").wait_for()
    page.get_by_text("Line 6: Article 1 stands here again; first in line 3.").wait_for()
    assert page.get_by_role("button", name="Save").count() == 0

    page.get_by_role("button", name="Change the text").click()
    assert page.get_by_label("Translator:").input_value() == "Agency English"
    page.get_by_label("Or paste it:").fill(TEXT)
    page.get_by_role("button", name="Show what would be saved").click()
    page.get_by_text("Not in the file: Article 2.").wait_for()
    page.get_by_text("The two sides shall trade on equal terms.").first.wait_for()
    assert Rendering.objects.count() == 0

    page.get_by_role("button", name="Save 3 draft renderings").click()
    page.get_by_text("Draft renderings: 3 added, 0 updated, 0 the same already.").wait_for()
    assert page.locator("#result_list tbody tr").count() == 3

    page.get_by_role("link", name="3024 Article 3").click()
    page.get_by_role("button", name="Send to review").click()
    page.get_by_text("is now in review").wait_for()
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("is now published").wait_for()

    assert page.goto("/treaties/3024/3/").status == 200
    page.get_by_text("The two sides shall trade on equal terms.").first.wait_for()
    page.goto("/treaties/3024/1/")
    assert page.get_by_text("keep the peace of the region").count() == 0


def test_an_editor_imports_a_text_without_scripts(scriptless: "Page", treaty: None) -> None:
    page = scriptless
    log_in(page, "Editor")
    page.goto("/admin/treaties/rendering/import/")
    page.get_by_label("Treaty:").select_option("The 3024 treaty")
    page.get_by_label("Language:").fill("en")
    page.get_by_label("Source, by its slug:").fill("agency-text")
    page.get_by_label("Or paste it:").fill(TEXT)
    page.get_by_role("button", name="Show what would be saved").click()
    page.get_by_role("button", name="Save 3 draft renderings").click()
    page.get_by_text("Draft renderings: 3 added").wait_for()
    assert set(Rendering.objects.values_list("status", flat=True)) == {"DRAFT"}

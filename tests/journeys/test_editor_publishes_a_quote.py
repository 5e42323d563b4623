"""An editor adds a source and a quote that cites it, publishes both, and sees them as a reader will."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Group, User

from tests.apps.desk import a_quote, a_source, an_agent, publish
from tests.conftest import visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

PASSWORD = "paper ink rules"


def log_in(page: "Page", group: str) -> None:
    user = User.objects.create_user(f"a-{group.lower()}", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    page.goto("/admin/")
    page.get_by_label("Username:").fill(user.username)
    page.get_by_label("Password:").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_text("What do you want to work on?").wait_for()


def choose(page: "Page", field: str, words: str, choice: str) -> None:
    """Pick from a list that searches as one types."""
    page.locator(f"#id_{field} + .select2-container").click()
    page.locator(".select2-dropdown .select2-search__field").fill(words)
    page.get_by_role("option", name=choice).click()


@pytest.fixture
def reader(browser: "Browser", live_server: "LiveServer") -> "Iterator[Page]":
    with visitor(browser, live_server.url) as page:
        yield page


def test_an_editor_adds_a_source_and_a_quote_and_sees_them_as_a_reader_will(page: "Page", reader: "Page") -> None:
    publish(an_agent("tass", name="TASS"))
    publish(an_agent("putin", name="Vladimir Putin", kind="PERSON"))
    log_in(page, "Editor")

    page.get_by_role("link", name="Sources", exact=True).click()
    page.get_by_role("link", name="Add source").click()
    page.get_by_label("Type:").select_option("news article")
    choose(page, "publisher", "tas", "TASS")
    page.get_by_label("Title:", exact=True).fill("Putin on mutual help")
    page.keyboard.press("Tab")
    assert page.get_by_label("Slug:").input_value() == "putin-on-mutual-help"
    page.get_by_label("Language:").fill("en")
    page.get_by_label("Issued:").fill("the day after")
    page.get_by_label("Address (URL):").fill("https://tass.com/politics/1805539/?utm_source=x")
    page.get_by_role("button", name="Save and send to review").click()
    page.get_by_text("is not a date that can be read").wait_for()

    page.get_by_label("Issued:").fill("2024-06-19T09:30:00Z")
    page.get_by_role("button", name="Save and send to review").click()
    page.get_by_text("is now in review").wait_for()
    page.get_by_text("Readers get “not found” (404) until it is published.").wait_for()
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("is now published").wait_for()

    page.goto("/admin/quotes/utterance/add/")
    choose(page, "speaker", "putin", "Vladimir Putin")
    page.get_by_label("Said:").fill("2024-06-19")
    page.get_by_label("Occasion:").fill("After the talks in Pyongyang")
    page.locator("#id_slug").fill("putin-after-the-talks")
    page.locator("#id_quotes-0-slug").fill("putin-after-the-talks-tass")
    page.locator("#id_quotes-0-words").fill("The agreement provides for mutual help.")
    page.locator("#id_quotes-0-language").fill("en")
    choose(page, "quotes-0-cited", "mutual", "TASS, Putin on mutual help")
    page.get_by_role("button", name="Save and send to review").click()
    page.get_by_text("is now in review, and 1 more with it").wait_for()
    assert reader.goto("/quotes/putin-after-the-talks/").status == 404

    page.get_by_label("Note for the history").fill("heard by two")
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("is now published, and 1 more with it").wait_for()

    page.get_by_role("link", name="See it as a reader will").click()
    page.get_by_text("The agreement provides for mutual help.").first.wait_for()
    assert page.url.split("#")[0].endswith("/quotes/putin-after-the-talks/")
    assert reader.goto("/quotes/putin-after-the-talks/").status == 200
    assert reader.get_by_text("The agreement provides for mutual help.").count()
    assert not reader.context.cookies()
    assert reader.goto("/sources/putin-on-mutual-help/").status == 200


def test_an_editor_who_may_not_publish_yet_reads_every_reason(page: "Page") -> None:
    quote = a_quote(sources=[a_source()])
    log_in(page, "Editor")
    page.goto(f"/admin/quotes/quote/{quote.pk}/change/")
    page.get_by_role("button", name="Send to review").click()
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("Saved, but it stays in review").wait_for()
    page.get_by_text("None of its sources is published yet").wait_for()
    page.get_by_text("Publish the utterance first").wait_for()


def test_a_contributor_writes_and_sends_to_review_but_does_not_publish(page: "Page") -> None:
    source = a_source()
    log_in(page, "Contributor")
    page.goto(f"/admin/sources/source/{source.pk}/change/")
    page.get_by_label("Title:", exact=True).fill("A better title")
    page.get_by_role("button", name="Send to review").click()
    page.get_by_text("It waits for an editor.").wait_for()
    assert page.get_by_role("button", name="Publish").count() == 0
    assert page.get_by_role("button", name="Back to draft").count() == 1
    source.refresh_from_db()
    assert (source.title, source.status) == ("A better title", "REVIEW")

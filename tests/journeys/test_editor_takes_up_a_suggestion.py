"""An editor sees what an article may correspond to, fills it in, changes it and saves it as a draft."""

from typing import TYPE_CHECKING

from apps.editorial.rules import Status
from apps.treaties.models import Correspondence
from tests import factories as make
from tests.journeys.test_editor_publishes_a_quote import choose, log_in

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_an_editor_takes_up_a_suggestion_and_nothing_is_public_before(page: "Page") -> None:
    make.TopicFactory(published=True, title="Help in war", slug="help")
    for slug, order in (("1961", 1), ("2024", 4)):
        make.ArticleFactory(
            published=True,
            treaty=make.TreatyFactory(published=True, slug=slug),
            order=order,
            heading="Help in war",
            gist="If one side is attacked, the other helps at once.",
        )
    log_in(page, "Editor")
    page.goto("/admin/treaties/correspondence/")
    page.get_by_role("link", name="Articles without correspondence").click()
    row = page.locator(".suggestions tbody").filter(has_text="1961 Article 1").first
    row.get_by_text("100 %").wait_for()
    row.get_by_role("link", name="Start a correspondence").click()
    page.get_by_text("Filled in below, and not saved yet: 1961 Article 1 and 2024 Article 4.").wait_for()
    assert not Correspondence.objects.exists()

    choose(page, "topic", "help", "Help in war")
    page.get_by_label("Change:").fill("It came back in 2024.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("was added successfully").wait_for()
    saved = Correspondence.objects.get()
    assert saved.status == Status.DRAFT
    assert {str(article) for side in saved.sides.all() for article in side.articles.all()} == {
        "1961 Article 1",
        "2024 Article 4",
    }
    page.goto("/admin/treaties/correspondence/suggestions/")
    page.get_by_text("Every article of which something is established stands in a correspondence.").wait_for()

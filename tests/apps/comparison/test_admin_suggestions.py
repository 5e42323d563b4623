"""The admin proposes what an article may correspond to; an editor fills it in and saves it, or does not."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.editorial.rules import Status
from apps.treaties.models import Correspondence, CorrespondenceSide
from tests import factories as make
from tests.apps.desk import address, filled, login

pytestmark = pytest.mark.django_db

LIST = "/admin/treaties/correspondence/suggestions/"


@pytest.fixture
def editor() -> Client:
    return login("Editor")


@pytest.fixture
def record():
    """Help in war in two treaties, trade in both; only trade is compared so far."""
    topic = make.TopicFactory(published=True, title="Trade")
    found = {}
    for slug in ("1961", "2024"):
        treaty = make.TreatyFactory(published=True, slug=slug)
        found[slug, "help"] = make.ArticleFactory(
            published=True, treaty=treaty, order=4, heading="Help in war", gist="If one is attacked, the other helps."
        )
        found[slug, "trade"] = make.ArticleFactory(
            published=True, treaty=treaty, order=8, heading="Trade", gist="The two widen trade and science."
        )
    compared = make.CorrespondenceFactory(published=True, topic=topic)
    for slug in ("1961", "2024"):
        side = compared.sides.create(treaty=found[slug, "trade"].treaty, presence="PRESENT")
        side.articles.add(found[slug, "trade"])
    found["compared"] = compared
    return found


def page(client: Client, where: str = LIST) -> str:
    response = client.get(where)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def rows(shown: str) -> list[str]:
    table = shown.partition('<table class="suggestions">')[2].partition("</table>")[0]
    return [re.sub(r"<[^>]+>", " ", row) for row in table.split("<tbody>")[1:]]


def link(shown: str, words: str) -> str:
    """The address behind a button with these words."""
    return next(
        found[1].replace("&amp;", "&")
        for found in re.finditer(r'<a class="button" href="([^"]+)">(.*?)</a>', shown)
        if words in found[2]
    )


def test_an_article_without_correspondence_is_listed_with_its_likeliest_and_a_score(editor, record):
    found = rows(page(editor))
    assert len(found) == 2
    first = next(row for row in found if row.split()[:3] == ["1961", "Article", "4"])
    assert "2024 Article 4" in first
    assert "100 %" in first
    assert "2024 Article 8" not in first


def test_an_article_of_which_nothing_is_established_is_neither_listed_nor_proposed(editor, record):
    article = record["2024", "help"]
    article.completeness = "NOT_ESTABLISHED"
    article.save()
    (only,) = rows(page(editor))
    assert "1961 Article 4" in only
    assert "Nothing in the other treaties is alike enough to propose." in only


def test_an_article_that_shares_a_single_word_is_not_proposed(editor, record):
    make.ArticleFactory(
        published=True,
        treaty=record["1961", "help"].treaty,
        order=9,
        heading="Fishing rights along the eastern coast",
        gist="Vessels may catch salmon, herring and crab, and help each other in storms at sea.",
    )
    only = next(row for row in rows(page(editor)) if "1961 Article 9" in row)
    assert "Nothing in the other treaties is alike enough to propose." in only


def test_a_correspondence_that_was_withdrawn_is_none(editor, record):
    record["compared"].status = Status.WITHDRAWN
    record["compared"].withdrawn_at = make.TAKEN_BACK
    record["compared"].save()
    assert len(rows(page(editor))) == 4


def test_a_suggestion_fills_in_a_new_correspondence_and_saves_nothing(editor, record):
    where = link(page(editor), "of 1961 Article 4 and 2024 Article 4")
    response = editor.get(where)
    assert "Filled in below, and not saved yet: 1961 Article 4 and 2024 Article 4." in response.content.decode()
    sent = filled(response)
    sides = {
        (str(sent[f"sides-{k}-treaty"]), str(sent[f"sides-{k}-articles"][0]))
        for k in range(3)
        if sent.get(f"sides-{k}-articles")
    }
    assert sides == {(str(record[slug, "help"].treaty_id), str(record[slug, "help"].pk)) for slug in ("1961", "2024")}
    assert Correspondence.objects.count() == 1


def test_what_the_editor_saves_is_a_draft_with_both_sides(editor, record):
    topic = make.TopicFactory(published=True, title="Help")
    where = link(page(editor), "of 1961 Article 4 and 2024 Article 4")
    sent = {**filled(editor.get(where)), "topic": topic.pk, "change": "It came back."}
    assert editor.post(where, sent).status_code == 302
    saved = Correspondence.objects.get(topic=topic)
    assert saved.status == Status.DRAFT
    assert {article for side in saved.sides.all() for article in side.articles.all()} == {
        record["1961", "help"],
        record["2024", "help"],
    }


def test_an_article_like_one_that_is_compared_may_be_filled_into_its_side(editor, record):
    late = make.ArticleFactory(
        published=True, treaty=record["2024", "trade"].treaty, order=9, heading="Trade", gist="Trade, science again."
    )
    where = link(page(editor), "Fill into “Trade”")
    response = editor.get(where)
    side = CorrespondenceSide.objects.get(treaty=late.treaty)
    assert list(side.articles.all()) == [record["2024", "trade"]]
    assert editor.post(where, filled(response)).status_code == 302
    assert set(side.articles.all()) == {record["2024", "trade"], late}


def test_a_side_that_was_missing_is_filled_in_too(editor, record):
    third = make.TreatyFactory(published=True, slug="2000")
    article = make.ArticleFactory(published=True, treaty=third, order=2)
    where = f"{address(record['compared'])}?article={article.pk}"
    assert editor.post(where, filled(editor.get(where))).status_code == 302
    assert list(record["compared"].sides.get(treaty=third).articles.all()) == [article]


def test_the_form_of_an_article_shows_its_suggestions_until_it_is_compared(editor, record):
    assert "Likeliest of the other treaties" in page(editor, address(record["1961", "help"]))
    assert "Likeliest of the other treaties" not in page(editor, address(record["1961", "trade"]))


@pytest.mark.parametrize("nonsense", ["x", "-1", "9" * 40, "%00", "²"])
def test_articles_that_there_are_not_fill_in_nothing(editor, record, nonsense):
    shown = page(editor, f"{reverse('admin:treaties_correspondence_add')}?article={nonsense}")
    assert "not saved yet" not in shown


def test_readers_and_visitors_get_no_suggestions(record):
    assert Client().get(LIST).status_code == 302


def test_more_articles_cost_no_query_more(editor, record):
    def queries() -> int:
        with CaptureQueriesContext(connection) as taken:
            page(editor)
        return len(taken)

    few = queries()
    for order in range(10, 15):
        make.ArticleFactory(published=True, treaty=record["2024", "help"].treaty, order=order, gist="Trade in war.")
    assert queries() == few

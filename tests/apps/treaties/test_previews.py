"""An article named anywhere opens a preview: heading, gist and first words, as of the moment of the page."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories as make

pytestmark = pytest.mark.django_db


def page(address: str, **headers: str) -> str:
    response = Client().get(address, headers=headers)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().split())


def preview(shown: str, name: str) -> str:
    return shown.partition(f'id="preview-{name}"')[2].partition("</div>")[0]


def button(name: str, text: str) -> str:
    return f'popovertarget="preview-{name}">{text}</button>'


@pytest.fixture
def article():
    """2024 Article 4, known from 20 June 2024, its words from November; a topic deals with it."""
    source = make.SourceFactory(published=True, issued="2024-06-20", publisher__name="KCNA")
    later = make.SourceFactory(published=True, issued="2024-11-06", publisher__name="TASS")
    treaty = make.TreatyFactory(published=True, slug="2024", cited=[source])
    found = make.ArticleFactory(
        published=True, treaty=treaty, order=4, heading="Help if attacked", gist="Each helps.", cited=[source]
    )
    words = "In case any one of the two sides is put in a state of war by an armed invasion " + "word " * 40
    make.RenderingFactory(published=True, article=found, text=words, source=later, cited=[later], translator="TASS")
    make.RenderingFactory(published=True, article=found, text="слова", language="ru", source=source, cited=[source])
    found.topics.add(make.TopicFactory(published=True, slug="help"))
    return found


def test_a_named_article_opens_its_preview(article):
    shown = page("/compare/help/")
    assert button("2024-4", "Art. 4") in shown
    told = preview(shown, "2024-4")
    assert "2024 Article 4: Help if attacked" in told
    assert "Each helps." in told
    assert "In case any one of the two sides" in told
    assert '<a href="/treaties/2024/4/">Open the article</a>' in told


def test_a_preview_prints_only_how_the_words_begin_and_a_source_of_all_it_says(article):
    told = preview(page("/compare/help/"), "2024-4")
    assert re.search(r"<blockquote[^>]*>(.*?)</blockquote>", told)[1].count(" ") == 25
    sources = re.findall(r'href="/sources/[^"]+">([^<]+)<', told)
    assert sources == ["KCNA, 20 Jun 2024", "TASS, 6 Nov 2024"]


def test_however_often_an_article_is_named_its_preview_stands_once(article):
    shown = page("/compare/help/")
    assert shown.count('popovertarget="preview-2024-4"') > 1
    assert shown.count('id="preview-2024-4"') == 1


def test_a_preview_of_the_past_has_the_words_of_then(article):
    told = preview(page("/compare/help/?as_of=2024-07-01"), "2024-4")
    assert "armed invasion" not in told
    assert '<blockquote lang="ru">слова</blockquote>' in told
    assert 'href="/treaties/2024/4/?as_of=2024-07-01"' in told


def test_an_article_named_in_running_text_beside_its_treaty_opens_the_same_preview(article):
    event = make.EventFactory(published=True, summary="Pyongyang cites Article 4 of the 2024 treaty.")
    make.EventFactory(published=True, summary="Experts cite Article 4 of the UN Charter and Article 4.")
    shown = page("/timeline/")
    assert event.title in shown
    assert shown.count('popovertarget="preview-2024-4"') == 1
    assert button("2024-4", "Article 4 of the 2024 treaty") in shown
    assert "Each helps." in preview(shown, "2024-4")


def test_an_article_that_nobody_knew_is_only_text(article):
    before = make.SourceFactory(published=True, issued="2024-06-19T10:00Z")
    make.EventFactory(published=True, summary="Somebody guesses at 2024 Article 4.", cited=[before])
    make.EventFactory(published=True, summary="Somebody errs: 2024 Article 44.", cited=[before])
    shown = page("/timeline/?as_of=2024-06-19T15:00Z")
    assert "guesses at 2024 Article 4." in shown
    assert "preview-" not in shown
    assert "preview-2024-44" not in page("/timeline/")


def test_drafts_have_no_preview(article):
    make.ArticleFactory(treaty=article.treaty, order=5, heading="Planted")
    make.EventFactory(published=True, summary="They cite 2024 Article 5.")
    shown = page("/timeline/")
    assert "They cite 2024 Article 5." in shown
    assert "Planted" not in shown


def test_a_swap_brings_the_previews_of_what_it_names(article):
    make.EventFactory(published=True, summary="Pyongyang cites Article 4 of the 2024 treaty.")
    shown = page("/timeline/", **{"HX-Request": "true"})
    assert "Each helps." in preview(shown, "2024-4")


def test_more_articles_named_cost_no_query_more(article):
    def queries() -> int:
        with CaptureQueriesContext(connection) as taken:
            page("/timeline/")
        return len(taken)

    make.EventFactory(published=True, summary="Pyongyang cites 2024 Article 4.")
    one = queries()
    for order in (5, 6, 7):
        make.ArticleFactory(published=True, treaty=article.treaty, order=order)
    make.EventFactory(published=True, summary="They cite 2024 Article 5, 2024 Article 6 and Article 7 of 2024.")
    assert queries() == one

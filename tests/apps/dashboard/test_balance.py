"""On whose reporting the record rests, and how well: what is counted, and as of when."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db


def main(query: str = "", *, page: str = "/sources/balance/") -> str:
    response = Client().get(f"{page}{query}")
    assert response.status_code == 200
    return " ".join(response.content.decode().partition("<main")[2].partition("</main>")[0].split())


def row(shown: str, label: str) -> list[str]:
    """The numbers of the row of a table that begins with `label`."""
    (found,) = re.findall(rf'<th scope="row">(?:<a [^>]*>)?{label}(?:</a>)?</th>(.*?)</tr>', shown)
    return re.findall(r"[\d.]+ %|\d+", re.sub(r"<svg.*?</svg>|<a [^>]*>|<span.*?</span>", "", found))


@pytest.fixture
def tass():
    return make.AgentFactory(published=True, slug="tass", name="TASS", kind="STATE_MEDIA", country="RU")


def source(issued: str, **columns):
    return make.SourceFactory(published=True, issued=issued, publisher__country="US", **columns)


def test_shares_count_citations_and_the_sources_cited(tass):
    first = make.SourceFactory(published=True, publisher=tass, language="ru", issued="2024-06-19")
    make.SourceFactory(published=True, publisher=tass)
    for _ in range(2):
        make.EventFactory(published=True, cited=[first])
    make.EventFactory(published=True, cited=[first, source("2024-06-22")])
    make.EventFactory(cited=[first])
    shown = main()
    assert "4 citations of 2 sources by 2 publishers." in shown
    for label in ("State media", "Russia", "Russian", "TASS"):
        assert row(shown, label) == ["3", "75.0 %", "1", "50.0 %"], label
    assert 'href="/sources/?country=RU"' in shown
    past = main("?as_of=2024-06-20")
    assert "3 citations of 1 source by 1 publisher, by then." in past
    assert "United States" not in past


def test_a_record_on_one_source_alone_is_counted_and_listed_as_of_the_moment():
    first = source("2024-06-19")
    make.EventFactory(published=True, title="The signing", cited=[first, source("2024-06-22")])
    make.EventFactory(published=True, title="The toast", cited=[first])
    quote = make.QuoteFactory(published=True, words="A new stage", cited=[first])
    shown = main()
    assert row(shown, "Events") == ["2", "0", "1"]
    listed = shown.partition("Resting on one source alone")[2]
    assert "The toast" in listed
    assert f'href="{quote.get_absolute_url()}"' in listed
    assert "The signing" not in listed
    assert "A new stage" not in main("?alone=events").partition("Resting on one source alone")[2]
    assert "The signing" in main("?as_of=2024-06-20").partition("Resting on one source alone")[2]
    response = Client().get("/sources/balance/?alone=rumours")
    assert response.status_code == 400
    assert "There is no kind of record “rumours” here." in response.content.decode()


def test_a_source_is_located_by_its_address_the_place_in_it_or_the_words():
    with_address, bare = source("2024-06-19", url="https://example.org/a"), source("2024-06-19")
    make.EventFactory(published=True, cited=[with_address])
    by_page = make.EventFactory(published=True, cited=[bare])
    by_page.citations.update(locator="4", label="page")
    by_words = make.EventFactory(published=True, cited=[bare])
    by_words.citations.update(exact="They signed.")
    make.EventFactory(published=True, cited=[bare])
    shown = main()
    assert row(shown, "Events") == ["4", "3", "4"]
    assert "records with a located source (3 of 4)</dt><dd>75 %</dd>" in shown


def test_quotes_count_as_verified_where_an_editor_has_read_the_words_and_their_pages_say_so():
    read = make.QuoteFactory(published=True, words="A new stage", verified=True)
    unread = make.QuoteFactory(published=True, words="An old stage")
    assert "quotes verified word for word (1 of 2)</dt><dd>50 %</dd>" in main()
    assert "An editor has read exactly these words in the source or in a copy of its page." in main(
        page=read.utterance.get_absolute_url()
    )
    assert "Nobody has yet set these words against the source." in main(page=unread.utterance.get_absolute_url())


def test_archived_copies_and_how_sources_are_known_are_counted():
    digest = source("2024-06-19", archive_url="https://archive.example.org/a")
    source("2024-06-19", reported_via=digest)
    shown = main()
    assert "sources with an archived copy (1 of 2)</dt><dd>50 %</dd>" in shown
    assert "1 of 2 sources were seen themselves, 1 are known through another." in shown


def test_an_empty_record_has_no_shares():
    shown = main()
    assert "Nothing on the record cites a source." in shown
    assert "No record rests on one source alone." in shown


def test_no_source_takes_the_place_of_this_page():
    with pytest.raises(IntegrityError), transaction.atomic():
        make.SourceFactory(slug="balance")

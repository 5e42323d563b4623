"""An address that asks for what only the later record knows, read in the past: empty, and without the later name."""

import pytest
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db
EARLY = "2024-06-19"
NOT_YET = "was known yet at this moment"


def page(address: str, status: int = 200) -> str:
    response = Client().get(address)
    assert response.status_code == status, address
    return " ".join(response.content.decode().split())


@pytest.fixture
def record() -> None:
    early, late = (make.SourceFactory(published=True, issued=issued) for issued in ("2024-06-18", "2025-01-01"))
    for slug, country, cited in (("early-bird", "RU", early), ("late-comer", "NO", late)):
        agent = make.AgentFactory(published=True, slug=slug, name=slug.title(), country=country)
        said = make.UtteranceFactory(published=True, speaker=agent, place="Oslo" if cited is late else "Moscow")
        language = "no" if cited is late else "ru"
        make.QuoteFactory(published=True, utterance=said, words=f"So it is {slug}", language=language, cited=[cited])
    publisher = make.AgentFactory(published=True, slug="late-paper", name="Late Paper")
    make.SourceFactory(published=True, issued="2025-01-02", publisher=publisher)


@pytest.mark.parametrize(
    "address",
    [
        "/quotes/?speaker=late-comer",
        "/quotes/?language=no",
        "/quotes/?place=Oslo",
        "/quotes/?side=late-comer&side=early-bird",
        "/people/?country=NO",
        "/sources/?publisher=late-paper",
        "/search/?q=bird&person=late-comer",
    ],
)
def test_what_only_the_later_record_knows_is_an_empty_page_and_refused_where_it_never_was(record, address):
    past = page(f"{address}&as_of={EARLY}")
    assert NOT_YET in past
    for name in ("Late-Comer", "Late Paper", "So it is late"):
        assert name not in past
    page(address)
    never = address
    for value in ("late-comer", "=no", "Oslo", "NO", "late-paper"):
        never = never.replace(value, "=xx" if value == "=no" else "nowhere")
    page(f"{never}&as_of={EARLY}", status=400)


def test_the_timeline_of_somebody_not_on_record_yet_is_empty(record):
    past = page(f"/timeline/?person=late-comer&as_of={EARLY}")
    assert "Person or body not on the record yet" in past
    assert "Nothing on the record fits at this moment" in past
    assert "Late-Comer" not in past
    page(f"/timeline/?person=nobody&as_of={EARLY}", status=400)


def test_a_filtered_page_of_the_past_is_the_past_of_that_same_page_today(record):
    past = page(f"/quotes/?language=ru&page=1&as_of={EARLY}")
    assert '<link rel="canonical" href="http://testserver/quotes/?language=ru">' in past
    assert '<link rel="canonical" href="http://testserver/">' in page(f"/?as_of={EARLY}")


@pytest.mark.parametrize("address", ["/about/", "/about/as-of/", "/corrections/"])
def test_a_page_that_says_the_same_at_every_moment_offers_no_step(record, address):
    assert "last changed" not in page(address)
    past = page(f"{address}?as_of={EARLY}")
    assert "Back to today" in past
    assert 'class="asof-steps"' not in past


def test_search_tells_when_the_record_changed_and_a_page_that_is_not_there_tells_nothing(record):
    assert "The record last changed: " in page("/search/?q=bird")
    assert 'class="asof-steps"' not in page(f"/nowhere/?as_of={EARLY}", status=404)

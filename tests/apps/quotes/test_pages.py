"""The list of statements and a statement's page, as a reader sees them."""

import pytest
from django.test import Client

from apps.quotes.models import Utterance
from tests import factories as make

pytestmark = pytest.mark.django_db
SIGNED = "2024-06-19T15:00Z"


def page(address: str, status: int = 200) -> str:
    response = Client().get(address)
    assert response.status_code == status, address
    return " ".join(response.content.decode().split())


def main(address: str) -> str:
    return page(address).partition("<main")[2]


def source(issued: str):
    return make.SourceFactory(published=True, issued=issued)


@pytest.fixture
def said() -> Utterance:
    """A statement of 19 June, printed by an agency at once and by the Kremlin, in Russian, two days later."""
    putin = make.AgentFactory(published=True, slug="putin", name="Vladimir Putin", country="RU")
    said = make.UtteranceFactory(
        published=True, slug="toast", speaker=putin, said="2024-06-19", occasion="At dinner", place="Pyongyang"
    )
    make.QuoteFactory(
        published=True,
        utterance=said,
        slug="wire",
        words="A breakthrough document",
        translated_by="Reuters",
        position=2,
        cited=[source("2024-06-19T14:13:00Z")],
    )
    make.QuoteFactory(
        published=True,
        utterance=said,
        slug="kremlin",
        words="Прорывной документ",
        language="ru",
        officiality="OFFICIAL",
        position=1,
        cited=[source("2024-06-21")],
    )
    return said


def test_a_statement_leads_with_the_most_official_wording_and_lists_every_printing(said):
    shown = main("/quotes/toast/")
    assert '<figure class="said said--lead"> <blockquote lang="ru">“Прорывной документ”</blockquote>' in shown
    assert "2 printings, the most official first" in shown
    assert shown.index('id="kremlin"') < shown.index('id="wire"')
    assert "English by Reuters." in shown


def test_on_the_day_only_the_printing_of_the_day_is_there_and_leads(said):
    shown = main(f"/quotes/toast/?as_of={SIGNED}")
    lead = shown.partition('<figure class="said said--lead"')[2]
    assert lead.partition("<blockquote ")[2].startswith('lang="en">“A breakthrough document”</blockquote>')
    assert "Прорывной" not in shown
    assert "printings, the most official first" not in shown


def test_before_its_first_printing_a_statement_has_no_page_and_is_not_listed(said):
    page("/quotes/toast/?as_of=2024-06-18", status=404)
    shown = main("/quotes/?as_of=2024-06-18")
    assert "0 statements" in shown
    assert "Nobody is on record with such a statement at this moment." in shown


def test_a_draft_printing_is_neither_shown_nor_counted(said):
    make.QuoteFactory(utterance=said, words="Planted draft", cited=[source("2024-06-19")])
    assert "2 printings of these words" in main("/quotes/")
    assert "Planted" not in main("/quotes/toast/")


@pytest.mark.parametrize("address", ["/quotes/", "/quotes/?words=planted", "/quotes/planted/"])
def test_a_draft_statement_is_nowhere(said, address):
    draft = make.UtteranceFactory(slug="planted", occasion="Planted")
    make.QuoteFactory(published=True, utterance=draft, words="Planted words")
    response = Client().get(address)
    assert "Planted words" not in response.content.decode()


def test_the_list_is_newest_first_and_leads_each_with_english_and_the_official_words(said):
    later = make.UtteranceFactory(published=True, said="2025-04-28")
    make.QuoteFactory(published=True, utterance=later, words="They fought")
    shown = main("/quotes/")
    assert shown.index("They fought") < shown.index("A breakthrough document") < shown.index("Прорывной документ")


@pytest.mark.parametrize(
    "query",
    [
        "speaker=putin",
        "theme=pact",
        "language=ru",
        "words=breakthrough",
        "words=прорывной",
        "words=dinner",
        "words=putin",
    ],
)
def test_each_filter_leaves_what_fits(said, query):
    said.themes.add(make.ThemeFactory(published=True, slug="pact"))
    make.QuoteFactory(published=True, words="They fought")
    shown = main(f"/quotes/?{query}").partition('id="results"')[2]
    assert "A breakthrough document" in shown
    assert "They fought" not in shown


@pytest.mark.parametrize("query", ["speaker=%00", "theme=%00", "language=%00x", "words=%00", "page=x", "theme=%27"])
def test_odd_values_in_the_address_do_no_harm(said, query):
    page(f"/quotes/?{query}")


@pytest.mark.parametrize("query", ["words=прорывной", "language=ru"])
def test_words_and_languages_of_a_later_printing_find_nothing_in_the_past(said, query):
    shown = main(f"/quotes/?{query}&as_of={SIGNED}").partition('id="results"')[2]
    assert "0 statements" in shown


def test_the_languages_to_choose_from_are_those_of_the_moment(said):
    assert "Russian (1)" in main("/quotes/")
    assert "Russian" not in main(f"/quotes/?as_of={SIGNED}").partition('id="results"')[0]


def test_a_draft_theme_filters_nothing_and_is_not_named(said):
    said.themes.add(make.ThemeFactory(slug="planted", title="Planted theme"))
    assert "Planted" not in main("/quotes/toast/")
    assert "0 statements" in main("/quotes/?theme=planted")


def test_a_statement_leads_to_what_the_same_speaker_said_that_day(said):
    other = make.UtteranceFactory(published=True, speaker=said.speaker, said="2024-06-19")
    make.QuoteFactory(published=True, utterance=other, words="A true friend", cited=[source("2024-06-20")])
    assert "Also said by Vladimir Putin that day" in main("/quotes/toast/")
    assert "A true friend" not in main(f"/quotes/toast/?as_of={SIGNED}")


def test_links_stay_at_the_same_moment(said):
    assert f'href="/quotes/toast/?as_of={SIGNED}"' in main(f"/quotes/?as_of={SIGNED}")
    assert f'href="/people/putin/?as_of={SIGNED}"' in main(f"/quotes/toast/?as_of={SIGNED}")

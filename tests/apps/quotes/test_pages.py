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
    assert "2 printings beside each other" in main("/quotes/")
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
        "topic=pact",
        "language=ru",
        "country=ru",
        "place=Pyongyang",
        "from=2024-06&to=2024-06-19",
        "words=breakthrough",
        "words=прорывной",
        "words=dinner",
        "words=putin",
    ],
)
def test_each_filter_leaves_what_fits(said, query):
    said.themes.add(make.ThemeFactory(published=True, slug="pact"))
    make.QuoteFactory(published=True, words="They fought", utterance__said="2025")
    shown = main(f"/quotes/?{query}").partition('id="results"')[2]
    assert "A breakthrough document" in shown
    assert "They fought" not in shown


@pytest.mark.parametrize("query", ["speaker=%00", "theme=%00", "words=%00", "page=x", "side=", "side=%00", "from="])
def test_empty_values_in_the_address_ask_for_everything(said, query):
    assert "1 statement</h2>" in main(f"/quotes/?{query}")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("speaker=nobody", "No statement of anybody called “nobody” is here."),
        ("topic=none", "There is no topic “none” here. There is none."),
        ("language=zz", "There is no language “zz” here. It can be en or ru."),
        ("country=fr", "There is no country “FR” here. It can be RU."),
        ("place=Rome", "There is no place “Rome” here. It can be Pyongyang."),
        ("from=2025&to=2024", "The period ends before it begins: from 2025 to 2024."),
        ("from=soon", "“soon” is not a date that can be read."),
        ("language=en&language=ru", "An address can give “language” once; this one gives several values."),
        ("side=nobody", "There is no side “nobody” here."),
        ("side=QQ&side=putin", "Who spoke: putin."),
        ("side=putin&side=putin", "Both sides are the same; name two different ones."),
        ("side=putin&side=kim&side=KP", "Two sides stand beside each other; this address names more."),
        ("side=putin&speaker=putin", "Sides already say whose words are asked for"),
    ],
)
def test_what_no_statement_has_is_refused_with_what_there_is(said, query, sentence):
    assert sentence in page(f"/quotes/?{query}", status=400)


def test_words_and_languages_of_a_later_printing_find_nothing_in_the_past(said):
    assert "0 statements" in main(f"/quotes/?words=прорывной&as_of={SIGNED}")
    assert "Nothing of this was known yet at this moment." in main(f"/quotes/?language=ru&as_of={SIGNED}")
    assert "There is no language “zz” here. It can be en." in page(f"/quotes/?language=zz&as_of={SIGNED}", status=400)


def test_the_languages_to_choose_from_are_those_of_the_moment(said):
    assert "Russian (1)" in main("/quotes/")
    assert "Russian" not in main(f"/quotes/?as_of={SIGNED}").partition("</form>")[0]


def test_each_choice_says_how_many_statements_it_leaves_and_goes_without_the_others(said):
    later = make.UtteranceFactory(published=True, speaker=said.speaker, said="2025-04-28", place="Moscow")
    make.QuoteFactory(published=True, utterance=later, words="They fought")
    shown = main("/quotes/?speaker=putin&place=Moscow")
    assert '<option value="putin" selected>Vladimir Putin (1)</option>' in shown
    assert '<option value="Pyongyang">Pyongyang (1)</option>' in shown
    assert 'href="/quotes/?speaker=putin" hx-get="/quotes/?speaker=putin" aria-label="Remove filter: Moscow"' in shown
    assert 'href="/quotes/?place=Moscow" hx-get="/quotes/?place=Moscow" aria-label="Remove filter: Vladimir' in shown


def test_printings_in_one_language_stand_together_with_what_differs_marked(said):
    make.QuoteFactory(
        published=True, utterance=said, position=3, words="A breakthrough paper", cited=[source("2024-06-22")]
    )
    for address in ("/quotes/", "/quotes/toast/"):
        shown = main(address)
        assert '<del><span class="vh" lang="en"> [removed:] </span>document' in shown, address
        assert '<ins><span class="vh" lang="en"> [added:] </span>paper' in shown, address
    assert "<ins>" not in main("/quotes/toast/?as_of=2024-06-21")


def test_two_sides_stand_beside_each_other_the_oldest_first(said):
    kim = make.AgentFactory(published=True, slug="kim", name="Kim Jong Un", country="KP")
    for day, words in (("2025-01-01", "Always together"), ("2024-06-19", "The strongest treaty")):
        uttered = make.UtteranceFactory(published=True, speaker=kim, said=day)
        make.QuoteFactory(published=True, utterance=uttered, words=words, cited=[source(day)])
    for sides in ("side=putin&side=kim", "side=RU&side=kp", "side=putin&side=KP"):
        shown = main(f"/quotes/?{sides}")
        order = ["A breakthrough document", "The strongest treaty", "Always together"]
        assert [shown.index(words) for words in order] == sorted(shown.index(words) for words in order), sides
    shown = main("/quotes/?side=putin&side=kim&as_of=2024-06-19")
    assert "Kim Jong Un: 1 statement." in shown
    assert "Always together" not in shown


def test_a_side_that_said_nothing_says_so_and_who_did_speak(said):
    said.themes.add(make.ThemeFactory(published=True, slug="pact", title="The pact"))
    kim = make.AgentFactory(published=True, slug="kim", name="Kim Jong Un", country="KP")
    make.QuoteFactory(published=True, utterance__speaker=kim, cited=[source("2024-06-20")])
    shown = main("/quotes/?side=kim&side=FR&topic=pact")
    assert "Kim Jong Un is on record with no such statement." in shown
    assert "Nobody from France is on record with such a statement." in shown
    assert '<a href="/people/putin/">Vladimir Putin</a>' in shown.partition("Who did speak about it")[2]
    past = main(f"/quotes/?side=kim&side=putin&as_of={SIGNED}")
    assert "Nothing of this speaker was known yet at this moment." in past
    assert "Kim Jong Un" not in past
    assert "There is no side “nobody” here." in page(f"/quotes/?side=nobody&side=putin&as_of={SIGNED}", status=400)


def test_a_draft_theme_filters_nothing_and_is_not_named(said):
    said.themes.add(make.ThemeFactory(slug="planted", title="Planted theme"))
    assert "Planted" not in main("/quotes/toast/")
    page("/quotes/?theme=planted", status=400)


def test_a_statement_leads_to_what_the_same_speaker_said_that_day(said):
    other = make.UtteranceFactory(published=True, speaker=said.speaker, said="2024-06-19")
    make.QuoteFactory(published=True, utterance=other, words="A true friend", cited=[source("2024-06-20")])
    also = main("/quotes/toast/").partition("Also said by Vladimir Putin that day")[2]
    assert "A true friend" in also
    assert "beside each other" not in also
    assert "A true friend" not in main(f"/quotes/toast/?as_of={SIGNED}")


def test_links_stay_at_the_same_moment(said):
    assert f'href="/quotes/toast/?as_of={SIGNED}"' in main(f"/quotes/?as_of={SIGNED}")
    assert f'href="/people/putin/?as_of={SIGNED}"' in main(f"/quotes/toast/?as_of={SIGNED}")

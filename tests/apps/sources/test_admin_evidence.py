"""What evidence must not be is told beside the field, and nothing is saved."""

import pytest
from django.test import Client

from apps.quotes.models import QuoteCitation
from apps.sources.forms import CitationFormSet
from apps.sources.models import Agent, AgentName, AgentRole, Source
from tests.apps.desk import (
    a_published_quote,
    a_quote,
    a_source,
    address,
    an_agent,
    faults,
    login,
    publish,
    send,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    return login("Editor")


def new_row(prefix: str, number: int, **words: object) -> dict[str, object]:
    """One more row of an inline."""
    return {
        f"{prefix}-TOTAL_FORMS": number + 1,
        **{f"{prefix}-{number}-{name}": word for name, word in words.items()},
    }


def test_a_citation_without_a_source_is_refused(editor: Client) -> None:
    quote = a_quote()
    row = new_row("citations", 0, source="", relation="EVIDENCE", exact="the words relied on", position=1)
    response = send(editor, quote, words="Other words.", **row)
    assert "citations-0-source" in faults(response)
    quote.refresh_from_db()
    assert quote.words == "Words of putin-1-tass."
    assert not QuoteCitation.objects.exists()


def test_a_locator_says_what_it_counts(editor: Client) -> None:
    quote, source = a_quote(), a_source()
    row = new_row("citations", 0, source=source.pk, relation="EVIDENCE", locator="12", position=1)
    assert "citations-0-label" in faults(send(editor, quote, **row))
    row = new_row("citations", 0, source=source.pk, relation="EVIDENCE", label="page", position=1)
    assert "citations-0-locator" in faults(send(editor, quote, **row))
    assert not QuoteCitation.objects.exists()


def test_one_place_is_cited_once(editor: Client) -> None:
    source = a_source()
    quote = a_quote(sources=[source])
    row = new_row("citations", 1, source=source.pk, relation="EVIDENCE", position=2)
    assert faults(send(editor, quote, **row))
    assert QuoteCitation.objects.count() == 1


def test_a_published_record_keeps_its_last_citation(editor: Client) -> None:
    quote = a_published_quote()
    response = send(editor, quote, **{"citations-0-DELETE": "on"})
    assert "Nothing without a source" in faults(response)["citations"][0]
    draft = a_source("draft")
    response = send(editor, quote, **{"citations-0-source": draft.pk})
    assert "Nothing without a source" in faults(response)["citations"][0]
    assert QuoteCitation.objects.get().source.slug == "tass-1"
    other = publish(a_source("other"))
    assert send(editor, quote, **{"citations-0-source": other.pk}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_what_only_the_database_sees_is_told_and_not_a_server_error(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    quote = a_published_quote()
    # As if somebody else had taken the other citation away meanwhile.
    monkeypatch.setattr(CitationFormSet, "clean", lambda self: None)
    response = send(editor, quote, **{"citations-0-DELETE": "on"})
    assert response.status_code == 302
    assert any("Nothing was saved" in message for message in told(response))
    assert QuoteCitation.objects.filter(subject=quote).exists()


def test_a_draft_may_lose_its_citations(editor: Client) -> None:
    quote = a_quote(sources=[a_source()])
    assert send(editor, quote, **{"citations-0-DELETE": "on"}).status_code == 302
    assert not QuoteCitation.objects.exists()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("yesterday", "not a date that can be read"),
        ("2024-13-40", "not a date that can be read"),
        ("2024-06-20/2024-06-18", "ends before it begins"),
        ("2024-06-19T14:13", "not an instant with a time zone"),
    ],
)
def test_a_date_that_cannot_be_is_told_beside_the_field(editor: Client, written: str, told: str) -> None:
    source = a_source()
    response = send(editor, source, issued=written, title="Another title")
    assert told in faults(response)["issued"][0]
    source.refresh_from_db()
    assert (source.issued, source.title) == ("2024-06-20", "Title of tass-1")


def test_the_bounds_of_a_date_follow_what_was_written(editor: Client) -> None:
    source = a_source()
    send(editor, source, issued="2024-06")
    source.refresh_from_db()
    assert f"{source.issued_earliest:%Y-%m-%d} {source.issued_latest:%Y-%m-%d}" == "2024-06-01 2024-06-30"


def test_one_page_is_one_source_however_its_address_is_written(editor: Client) -> None:
    a_source("first", url="https://tass.com/politics/1")
    second = a_source("second")
    response = send(editor, second, url="https://TASS.com/politics/1/?utm_source=x#top")
    assert "on the record already" in faults(response)["url"][0]
    assert "first" in faults(response)["url"][0]
    assert Source.objects.get(slug="second").url is None


def test_an_address_is_an_address(editor: Client) -> None:
    source = a_source()
    assert "url" in faults(send(editor, source, url="javascript:alert(1)"))
    assert "url" in faults(send(editor, source, url="tass"))


def test_two_sources_without_an_address_are_no_duplicates(editor: Client) -> None:
    a_source("first")
    assert send(editor, a_source("second"), title="Second").status_code == 302


def test_a_source_is_not_known_through_itself(editor: Client) -> None:
    source = a_source()
    assert "reported_via" in faults(send(editor, source, reported_via=source.pk))


def test_what_a_published_source_rests_on_must_be_published(editor: Client) -> None:
    source = publish(a_source())
    response = send(editor, source, publisher=an_agent("somebody").pk)
    assert "Publish its publisher first" in faults(response)["__all__"][0]
    source.refresh_from_db()
    assert source.publisher.slug == "tass"


def test_a_role_does_not_end_before_it_begins(editor: Client) -> None:
    agent, source = an_agent("lavrov", kind="PERSON"), a_source()
    row = new_row("roles", 0, title="Foreign minister", since="2004-03", until="1999", source=source.pk)
    assert "before it begins" in faults(send(editor, agent, **row))["roles-0-until"][0]
    assert not AgentRole.objects.exists()


def test_a_country_is_two_letters(editor: Client) -> None:
    agent = an_agent("lavrov", kind="PERSON")
    assert send(editor, agent, country="ru").status_code == 302
    assert Agent.objects.get(slug="lavrov").country == "RU"
    assert "ISO 3166" in faults(send(editor, agent, country="R1"))["country"][0]


def test_people_are_found_by_any_name_in_any_script(editor: Client) -> None:
    kim = an_agent("kim", name="Kim Jong Un", kind="PERSON")
    AgentName.objects.create(agent=kim, name="Ким Чен Ын", language="ru")
    AgentName.objects.create(agent=kim, name="김정은", language="ko")
    an_agent("other", name="Somebody else")
    for words in ("Ким Чен", "чен ын", "김정은", "kim jong"):
        page = editor.get(address(Agent, "changelist"), {"q": words})
        assert [agent.slug for agent in page.context["cl"].result_list] == ["kim"], words
        found = editor.get(
            "/admin/autocomplete/",
            {"term": words, "app_label": "quotes", "model_name": "utterance", "field_name": "speaker"},
        ).json()
        assert [result["text"] for result in found["results"]] == ["Kim Jong Un"], words

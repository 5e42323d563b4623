"""An editor writes down what was said and where it is printed."""

import pytest
from django.test import Client

from apps.quotes.models import Quote, Utterance
from tests.apps.desk import a_quote, a_source, an_utterance, faults, login, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    return login("Editor")


def test_a_quote_without_words_is_refused(editor: Client) -> None:
    quote = a_quote()
    for words in ("", "   "):
        assert "words" in faults(send(editor, quote, words=words, note="Changed"))
    quote.refresh_from_db()
    assert (quote.words, quote.note) == ("Words of putin-1-tass.", "")


def test_an_utterance_is_written_with_its_quote_and_the_source_of_it_at_once(editor: Client) -> None:
    source, speaker = a_source(), an_utterance().speaker
    send(
        editor,
        Utterance,
        "add",
        speaker=speaker.pk,
        said="2024-06-19",
        slug="putin-2",
        **{
            "quotes-0-slug": "putin-2-tass",
            "quotes-0-words": "We will help.",
            "quotes-0-language": "en",
            "quotes-0-cited": source.pk,
            "quotes-0-cited_label": "paragraph",
            "quotes-0-cited_locator": "4",
        },
    )
    quote = Quote.objects.get(slug="putin-2-tass")
    citation = quote.citations.get()
    assert (citation.source, citation.label, citation.locator, citation.position) == (source, "paragraph", "4", 1)


def test_a_quote_within_its_utterance_needs_words_too(editor: Client) -> None:
    response = send(
        editor,
        Utterance,
        "add",
        speaker=an_utterance().speaker.pk,
        said="2024-06-19",
        slug="putin-2",
        **{"quotes-0-slug": "putin-2-tass", "quotes-0-language": "en", "quotes-0-cited": a_source().pk},
    )
    assert "quotes-0-words" in faults(response)
    assert not Quote.objects.exists()
    assert not Utterance.objects.filter(slug="putin-2").exists()


def test_a_further_source_is_added_to_a_quote_and_not_twice(editor: Client) -> None:
    quote = a_quote(sources=[a_source()])
    other = a_source("other")
    send(editor, quote.utterance, **{"quotes-0-cited": other.pk})
    assert [citation.source.slug for citation in quote.citations.order_by("position")] == ["tass-1", "other"]
    assert "quotes-0-cited" in faults(send(editor, quote.utterance, **{"quotes-0-cited": other.pk}))


def test_when_it_was_said_must_be_a_date(editor: Client) -> None:
    utterance = an_utterance()
    assert "said" in faults(send(editor, utterance, said=""))
    assert "said" in faults(send(editor, utterance, said="in June"))

"""What the database holds of statements and their printings."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from apps.quotes.models import Quote
from tests import factories as make

pytestmark = pytest.mark.django_db


def refused(constraint: str):
    return pytest.raises(IntegrityError, match=f"quotes_{constraint}")


def test_a_quote_without_words_is_refused():
    make.QuoteFactory(cited=[])
    with refused("quote_has_words"), transaction.atomic():
        Quote.objects.update(words="")


def test_a_printing_is_as_official_as_the_house_can_say():
    make.QuoteFactory(cited=[])
    with refused("quote_officiality_known"), transaction.atomic():
        Quote.objects.update(officiality="RUMOUR")


@pytest.mark.parametrize("factory", [make.QuoteFactory, make.UtteranceFactory, make.ThemeFactory])
def test_an_address_belongs_to_one_record(factory):
    with refused(".*slug"), transaction.atomic():
        factory(slug=factory().slug)


def test_one_statement_has_many_printings_that_differ():
    said = make.UtteranceFactory()
    make.QuoteFactory(utterance=said, words="a new level", cited=[])
    make.QuoteFactory(utterance=said, words="a new stage", cited=[])
    assert said.quotes.count() == 2


def test_a_statement_with_printings_and_a_speaker_with_statements_are_not_deleted():
    quote = make.QuoteFactory(cited=[])
    with pytest.raises(ProtectedError):
        quote.utterance.delete()
    with pytest.raises(ProtectedError):
        quote.utterance.speaker.delete()

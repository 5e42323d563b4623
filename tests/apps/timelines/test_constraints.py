"""What the database holds of events, their ties to articles, and selections."""

import pytest
from django.db import IntegrityError, transaction

from apps.timelines.models import ArticleTie
from tests import factories as make

pytestmark = pytest.mark.django_db


def refused(constraint: str):
    return pytest.raises(IntegrityError, match=f"timelines_{constraint}")


def test_a_tie_holds_an_event_or_a_statement_never_both_and_never_neither():
    with refused("articletie_one_subject"), transaction.atomic():
        make.ArticleTieFactory(utterance=make.UtteranceFactory(), cited=[])
    with refused("articletie_one_subject"), transaction.atomic():
        make.ArticleTieFactory(event=None, cited=[])
    make.ArticleTieFactory(event=None, utterance=make.UtteranceFactory(), cited=[])


@pytest.mark.parametrize("subject", ["event", "utterance"])
def test_the_same_is_tied_to_an_article_once_in_a_way(subject):
    columns = {"event": None, "utterance": None, subject: getattr(make, f"{subject.title()}Factory")()}
    tie = make.ArticleTieFactory(**columns, cited=[])
    with refused("articletie_once"), transaction.atomic():
        make.ArticleTieFactory(**columns, article=tie.article, cited=[])
    make.ArticleTieFactory(**columns, article=tie.article, kind="TESTS", cited=[])
    make.ArticleTieFactory(**columns, cited=[])
    assert ArticleTie.objects.count() == 3


SUBJECTS = {
    "event": make.EventFactory,
    "act": make.TreatyActionFactory,
    "utterance": make.UtteranceFactory,
    "opinion": make.OpinionFactory,
}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_an_entry_of_a_selection_is_one_thing_and_stands_there_once(subject):
    selection, chosen = make.TimelineFactory(), SUBJECTS[subject]()
    selection.items.create(position=1, **{subject: chosen})
    with refused("item_once_per_timeline"), transaction.atomic():
        selection.items.create(position=2, **{subject: chosen})
    make.TimelineFactory().items.create(position=1, **{subject: chosen})


def test_an_entry_of_a_selection_is_neither_nothing_nor_two_things():
    selection = make.TimelineFactory()
    with refused("item_one_subject"), transaction.atomic():
        selection.items.create(position=1)
    with refused("item_one_subject"), transaction.atomic():
        selection.items.create(position=1, event=make.EventFactory(), utterance=make.UtteranceFactory())


@pytest.mark.parametrize(("factory", "column"), [(make.EventFactory, "category"), (make.ArticleTieFactory, "kind")])
def test_a_word_outside_the_vocabulary_is_refused(factory, column):
    record = factory(cited=[])
    with refused(f".*{column}_known"), transaction.atomic():
        type(record).objects.update(**{column: "?"})


def test_an_address_belongs_to_one_event():
    event = make.EventFactory(cited=[])
    with refused("event_slug"), transaction.atomic():
        make.EventFactory(slug=event.slug, cited=[])

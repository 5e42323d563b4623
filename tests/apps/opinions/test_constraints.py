"""What the database holds of questions, opinions, assessments and contested facts."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from apps.opinions.models import Assessment, Opinion, Position, Value
from tests import factories as make

pytestmark = pytest.mark.django_db


def refused(constraint: str):
    return pytest.raises(IntegrityError, match=f"opinions_{constraint}")


def test_a_position_has_its_name_once_on_a_question():
    one = make.PositionFactory(slug="automatic")
    with refused("position_slug_once_per_question"), transaction.atomic():
        make.PositionFactory(question=one.question, slug="automatic")
    make.PositionFactory(slug="automatic")


def test_positions_have_one_order_when_the_transaction_ends():
    one = make.PositionFactory(order=1)
    other = make.PositionFactory(question=one.question, order=2)
    with transaction.atomic():
        Position.objects.filter(pk=one.pk).update(order=2)
        Position.objects.filter(pk=other.pk).update(order=1)
        transaction.get_connection().check_constraints()
    with refused("position_order_once_per_question"), transaction.atomic():
        Position.objects.filter(pk=one.pk).update(order=1)
        transaction.get_connection().check_constraints()


def test_a_question_is_assessed_once_an_instant_and_again_at_the_next():
    first = make.AssessmentFactory(since="2024-06-20", cited=[])
    with refused("assessment_once_per_instant"), transaction.atomic():
        make.AssessmentFactory(question=first.question, since="2024-06-20", knowledge="KNOWN", cited=[])
    make.AssessmentFactory(question=first.question, since="2024-06-20T12:00:00Z", knowledge="KNOWN", cited=[])
    make.AssessmentFactory(since="2024-06-20", cited=[])
    assert Assessment.objects.count() == 3


def test_an_expert_takes_a_position_once_a_day():
    opinion = make.OpinionFactory(cited=[])
    with refused("opinion_once_a_day"), transaction.atomic():
        make.OpinionFactory(expert=opinion.expert, position=opinion.position, cited=[])
    make.OpinionFactory(expert=opinion.expert, position=opinion.position, stated="2025", cited=[])


def test_the_question_of_an_opinion_follows_from_its_position_alone():
    opinion = make.OpinionFactory(cited=[])
    make.OpinionFactory(cited=[])
    assert list(Opinion.objects.on(opinion.position.question)) == [opinion]
    assert "question" not in {field.name for field in Opinion._meta.get_fields()}


def test_a_position_that_somebody_takes_is_not_deleted():
    opinion = make.OpinionFactory(cited=[])
    with pytest.raises(ProtectedError):
        opinion.position.delete()
    with pytest.raises(ProtectedError):
        opinion.position.question.delete()


def test_a_fact_has_each_value_once():
    value = make.ValueFactory(value="19 June", cited=[])
    with refused("value_once_per_fact"), transaction.atomic():
        make.ValueFactory(fact=value.fact, value="19 June", cited=[])
    make.ValueFactory(value="19 June", cited=[])
    assert Value.objects.count() == 2


WORDS = {
    "assessment_knowledge_known": (make.AssessmentFactory, "knowledge"),
    "opinion_confidence_known": (make.OpinionFactory, "confidence"),
    "value_rank_known": (make.ValueFactory, "rank"),
}


@pytest.mark.parametrize("constraint", WORDS)
def test_a_word_outside_the_vocabulary_is_refused(constraint):
    factory, column = WORDS[constraint]
    record = factory(cited=[])
    with refused(constraint), transaction.atomic():
        type(record).objects.update(**{column: "?"})


def test_confidence_may_be_left_unsaid():
    assert make.OpinionFactory(cited=[], confidence="").confidence == ""

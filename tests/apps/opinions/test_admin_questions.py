"""Questions with their positions and their dated history."""

import pytest
from django.test import Client

from apps.opinions.models import Assessment, Position, Question
from tests.apps.desk import a_source, faults, login, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    return login("Editor")


@pytest.fixture
def question() -> Question:
    question = Question.objects.create(slug="q", question="Is it so?")
    for order, slug in enumerate(("yes", "no"), 1):
        Position.objects.create(question=question, slug=slug, label=slug.title(), order=order)
    return question


def test_two_positions_change_places(editor: Client, question: Question) -> None:
    response = send(editor, question, **{"positions-0-order": 2, "positions-1-order": 1})
    assert response.status_code == 302
    assert list(question.positions.order_by("order").values_list("slug", flat=True)) == ["no", "yes"]


def test_two_positions_do_not_share_a_place(editor: Client, question: Question) -> None:
    assert faults(send(editor, question, **{"positions-0-order": 2}))
    assert list(question.positions.order_by("order").values_list("slug", flat=True)) == ["yes", "no"]


def test_an_assessment_is_added_with_its_source(editor: Client, question: Question) -> None:
    source = a_source()
    row = {"since": "2024-06-20", "knowledge": "DISPUTED", "answer": "Two answers.", "cited": source.pk}
    words = {"assessments-TOTAL_FORMS": 1, **{f"assessments-0-{key}": word for key, word in row.items()}}
    assert send(editor, question, **words).status_code == 302
    assert Assessment.objects.get().citations.get().source == source


def test_one_instant_has_one_assessment(editor: Client, question: Question) -> None:
    Assessment.objects.create(question=question, since="2024-06-20", knowledge="UNKNOWN", answer="Nobody knows.")
    row = {"since": "2024-06-20", "knowledge": "DISPUTED", "answer": "Two answers."}
    words = {"assessments-TOTAL_FORMS": 2, **{f"assessments-1-{key}": word for key, word in row.items()}}
    assert faults(send(editor, question, **words))
    assert Assessment.objects.count() == 1

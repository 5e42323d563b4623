"""An editor pairs the clauses of renderings, line by line."""

import pytest
from django.test import Client

from tests import factories as make
from tests.apps.desk import faults, login, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    return login("Editor")


@pytest.fixture
def rendering():
    return make.RenderingFactory(text="If attacked, they help.")


def test_steps_with_the_words_of_the_text_are_kept(editor: Client, rendering) -> None:
    response = send(editor, rendering, steps="If attacked,\r\nthey help.")
    assert response.status_code == 302, faults(response)
    rendering.refresh_from_db()
    assert rendering.step_lines == ["If attacked,", "they help."]


def test_steps_with_other_words_are_refused_and_the_first_of_them_is_named(editor: Client, rendering) -> None:
    said = faults(send(editor, rendering, steps="If attacked,\nthey assist."))["steps"]
    assert "after “…If attacked, they”" in said[0]
    assert "the steps have “assist.”" in said[0]


def test_an_article_takes_its_renderings_with_their_steps(editor: Client, rendering) -> None:
    response = send(editor, rendering.article, **{"renderings-0-steps": "If attacked,\nwe help."})
    assert "renderings-0-steps" in faults(response)
    assert send(editor, rendering.article, **{"renderings-0-steps": "If attacked,\nthey help."}).status_code == 302

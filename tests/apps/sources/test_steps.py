"""The bar of the past leads to the moments at which its page changed, and to no others."""

import re

import pytest
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db
STEP = re.compile(r'rel="(prev|next)" href="[^"]*as_of=([^"&]+)"')


def steps(address: str, moment: str = "2024-06-20") -> dict[str, str]:
    """Where the bar of a page leads, before and after its moment."""
    response = Client().get(f"{address}?as_of={moment}")
    assert response.status_code == 200, address
    bar = " ".join(response.content.decode().partition("<main")[0].split())
    return {way: at.replace("%3A", ":") for way, at in STEP.findall(bar)}


def source(issued: str, **columns):
    return make.SourceFactory(published=True, issued=issued, **columns)


@pytest.fixture
def others() -> None:
    """The rest of the record, printed closer to the moment than anything of the page."""
    for issued in ("2024-06-19T23:00:00Z", "2024-06-21T01:00:00Z"):
        make.EventFactory(published=True, cited=[source(issued)])


def test_a_question_steps_to_what_it_was_assessed_by_and_to_who_read_it(others):
    question = make.QuestionFactory(published=True)
    make.AssessmentFactory(published=True, question=question, since="2024-06-17", cited=[source("2024-06-17")])
    make.OpinionFactory(published=True, position__question=question, cited=[source("2024-08-02")])
    make.OpinionFactory(position__question=question, cited=[source("2024-07-01")])
    assert steps(question.get_absolute_url()) == {"prev": "2024-06-17", "next": "2024-08-02"}
    assert steps(question.get_absolute_url(), "2024-09-01") == {"prev": "2024-08-02"}


def test_an_article_a_topic_and_a_treaty_step_to_what_prints_their_words(others):
    article = make.ArticleFactory(published=True, treaty__published=True, cited=[source("2024-06-18")])
    article.treaty.citations.update(source=source("2024-06-18"))
    topic = make.TopicFactory(published=True)
    article.topics.add(topic)
    text = source("2024-10-14")
    make.RenderingFactory(published=True, article=article, source=text, cited=[text])
    for record in (article, topic, article.treaty):
        assert steps(record.get_absolute_url()) == {"prev": "2024-06-18", "next": "2024-10-14"}, record


def test_a_person_steps_to_what_carries_their_words_and_a_statement_to_its_printings(others):
    said = make.UtteranceFactory(published=True)
    for issued in ("2024-06-18", "2024-06-30T05:00:00Z"):
        make.QuoteFactory(published=True, utterance=said, cited=[source(issued)])
    for record in (said.speaker, said):
        assert steps(record.get_absolute_url()) == {"prev": "2024-06-18", "next": "2024-06-30T05:00Z"}, record


def test_a_curated_timeline_and_a_source_step_to_what_they_hold(others):
    timeline = make.TimelineFactory(published=True)
    first = source("2024-06-18")
    event = make.EventFactory(published=True, cited=[first, source("2024-07-05")])
    timeline.items.create(position=1, event=event)
    for record in (timeline, first):
        assert steps(record.get_absolute_url()) == {"prev": "2024-06-18", "next": "2024-07-05"}, record


def test_the_front_page_steps_through_the_whole_record_but_not_to_what_nothing_rests_on(others):
    source("2024-06-20T23:00:00Z")
    source("2024-06-21T00:30:00Z")
    make.EventFactory(cited=[source("2024-06-21T00:40:00Z")])
    assert steps("/") == {"prev": "2024-06-19T23:00Z", "next": "2024-06-21T01:00Z"}


def test_a_moment_of_several_publications_says_how_many():
    for _ in range(3):
        make.EventFactory(published=True, cited=[source("2024-06-21", publisher__name="KCNA")])
    shown = Client().get("/?as_of=2024-06-20").content.decode()
    assert "Next: KCNA +2, end of 21 June 2024" in shown


def test_a_step_to_a_print_of_a_known_hour_names_the_hour_and_one_to_a_month_the_day_it_ends():
    for issued in ("2024-06-20T11:01:00+09:00", "2024-07"):
        make.EventFactory(published=True, cited=[source(issued, publisher__name="KCNA")])
    shown = Client().get("/?as_of=2024-06-25").content.decode()
    assert "</span>KCNA, 20 June 2024, 02:01 UTC</a>" in shown
    assert ">Next: KCNA, end of 31 July 2024<" in shown

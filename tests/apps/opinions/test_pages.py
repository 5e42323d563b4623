"""Questions with their dated history, expert opinions and contested facts, as a reader sees them."""

import pytest
from django.test import Client

from apps.opinions.models import ContestedFact, Question
from tests import factories as make

pytestmark = pytest.mark.django_db


def page(address: str, status: int = 200) -> str:
    response = Client().get(address)
    assert response.status_code == status, address
    return " ".join(response.content.decode().split())


def main(address: str) -> str:
    return page(address).partition("<main")[2]


def source(issued: str):
    return make.SourceFactory(published=True, issued=issued)


@pytest.fixture
def question() -> Question:
    """Unknown at the signing, disputed when the text came, known in October, from sources of these days."""
    asked = make.QuestionFactory(published=True, slug="automatic", question="Is help automatic?")
    for since, knowledge, answer in (
        ("2024-06-19T14:13:00Z", "UNKNOWN", "Nobody has the text."),
        ("2024-06-20", "DISPUTED", "Experts differ."),
        ("2024-10-24", "KNOWN", "Troops were sent."),
    ):
        make.AssessmentFactory(
            published=True, question=asked, since=since, knowledge=knowledge, answer=answer, cited=[source(since)]
        )
    make.AssessmentFactory(question=asked, since="2024-12-01", answer="Planted draft.")
    return asked


@pytest.mark.parametrize(
    ("moment", "status", "answer", "later"),
    [
        ("2024-06-19T15:00Z", "unknown", "Nobody has the text.", ["Experts differ.", "Troops were sent."]),
        ("2024-06-21", "disputed", "Experts differ.", ["Troops were sent."]),
        ("2024-10-25", "known", "Troops were sent.", []),
    ],
)
def test_a_question_stands_as_it_stood_at_the_moment(question, moment, status, answer, later):
    shown = main(f"/questions/automatic/?as_of={moment}")
    assert (
        f'<p class="lede"> <span class="st st--{status}">' in shown
        or f'"st st--{status}"' in shown.split("</header>")[0]
    )
    assert answer in shown.split("</header>")[0]
    assert not [words for words in later if words in shown]
    assert "Planted" not in shown


def test_a_question_keeps_every_status_it_had_in_order(question):
    shown = main("/questions/automatic/").partition("How the status changed")[2]
    places = [shown.index(words) for words in ("Nobody has the text.", "Experts differ.", "Troops were sent.")]
    assert places == sorted(places)
    assert "3 assessments" in shown


def test_an_assessment_that_has_begun_is_not_shown_before_its_source(question):
    make.AssessmentFactory(
        published=True, question=question, since="2024-06-19T14:30:00Z", answer="Told later.", cited=[source("2025")]
    )
    assert "Told later." not in main("/questions/automatic/?as_of=2024-06-19T15:00Z")


def test_a_question_that_comes_back_to_a_status_says_again(question):
    make.AssessmentFactory(published=True, question=question, since="2025-01-10", knowledge="DISPUTED")
    assert "again since 10 January 2025" in main("/questions/automatic/")


def test_before_anybody_assessed_it_a_question_has_no_page(question):
    page("/questions/automatic/?as_of=2024-06-01", status=404)
    shown = main("/questions/?as_of=2024-06-01")
    assert "<h1>No question about the pact stood on the record yet</h1>" in shown
    assert "0 of 0" not in shown


def test_a_question_that_nobody_ever_assessed_has_no_page_and_is_in_no_list():
    asked = make.QuestionFactory(published=True, slug="bare", question="Is it bare?")
    make.AssessmentFactory(question=asked)
    make.OpinionFactory(published=True, position__question=asked)
    page("/questions/bare/", status=404)
    assert "Is it bare?" not in main("/questions/")


def test_an_opinion_begins_no_question_and_waits_for_the_one_it_answers(question):
    asked = make.QuestionFactory(published=True, slug="durable", question="Does the treaty last?")
    topic = make.TopicFactory(published=True)
    for each in (asked, question):
        each.topics.add(topic)
    early = source("2023-10-01")
    opinion = make.OpinionFactory(published=True, position__question=asked, summary="It binds.", cited=[early])
    make.AssessmentFactory(published=True, question=asked, since="2024-07-01", cited=[source("2024-07-01")])
    chosen = make.TimelineFactory(published=True, slug="chosen")
    chosen.items.create(position=0, opinion=opinion)
    chosen.items.create(position=1, event=make.EventFactory(published=True, cited=[early]))
    told = [
        "/",
        "/questions/",
        "/questions/automatic/",
        "/timeline/?sheet=1",
        "/timeline/chosen/",
        "/search/?q=binds",
        early.get_absolute_url(),
    ]
    for address in told:
        for day in ("2024-06-30", "2024-07-01"):
            asked_for = f"{address}{'&' if '?' in address else '?'}as_of={day}"
            assert ("/questions/durable/" in main(asked_for)) is (day == "2024-07-01"), asked_for
    for address in ("/questions/durable/", opinion.expert.get_absolute_url()):
        page(f"{address}?as_of=2024-06-30", status=404)
        assert "It binds." in main(f"{address}?as_of=2024-07-01")
    assert "0 expert readings" in main("/?as_of=2024-06-30")
    assert "1 expert reading," in main("/?as_of=2024-07-01")


def test_the_plot_has_every_answer_at_every_moment_also_those_that_nobody_gave(question):
    given = make.PositionFactory(question=question, label="At once")
    make.PositionFactory(question=question, label="Not even then")
    make.OpinionFactory(published=True, position=given, cited=[source("2024-06-20")])
    for moment in ("", "?as_of=2024-06-21"):
        shown = main(f"/questions/automatic/{moment}").partition("Who reads it how")[2].partition("In their words")[0]
        assert "At once" in shown
        assert "Not even then" in shown


def test_the_list_counts_questions_under_their_status_of_the_moment(question):
    make.AssessmentFactory(published=True, question__question="Who drafted it?", since="2024-06-20")
    whole = main("/questions/")
    assert "<h1>1 known, 1 disputed and 0 unknown: the questions about the pact</h1>" in whole
    assert whole.count("1 of 2 questions</span>") == 2
    shown = main("/questions/?as_of=2024-06-19T15:00Z")
    assert "0 known, 0 disputed and 1 unknown" in shown
    assert "1 of 1 question</span>" in shown
    assert "Who drafted it?" not in shown


def test_a_draft_question_is_nowhere():
    asked = make.QuestionFactory(slug="planted", question="Planted?")
    make.AssessmentFactory(published=True, question=asked)
    assert "Planted" not in main("/questions/")
    page("/questions/planted/", status=404)


def test_opinions_stand_by_position_and_day_with_what_the_experts_said(question):
    yes = make.PositionFactory(question=question, label="Yes, at once", order=1)
    make.PositionFactory(question=question, label="Not even then", order=2)
    expert = make.AgentFactory(published=True, name="Ankit Panda")
    make.OpinionFactory(
        published=True,
        expert=expert,
        position=yes,
        summary="It binds.",
        quote="a real pact",
        confidence="HIGH",
        affiliation_at_time="Carnegie",
        cited=[source("2024-06-21")],
    )
    make.OpinionFactory(position=yes, summary="Planted draft.")
    shown = main("/questions/automatic/")
    for words in (
        "Ankit Panda",
        "Carnegie",
        "Yes, at once",
        "It binds.",
        "“a real pact”",
        "Confidence expressed: high",
    ):
        assert words in shown
    assert "Not even then" in shown
    assert "Planted" not in shown


def test_an_opinion_is_not_on_record_before_its_source(question):
    opinion = make.OpinionFactory(
        published=True, position__question=question, summary="It binds.", cited=[source("2024-06-21")]
    )
    shown = main("/questions/automatic/?as_of=2024-06-20")
    assert "It binds." not in shown
    assert "No expert is on record on this question at this moment." in shown
    assert f'id="opinion-{opinion.slug}"' in main("/questions/automatic/")


def test_the_words_at_issue_are_those_that_had_been_printed(question):
    article = make.ArticleFactory(published=True, treaty__slug="2024", order=4, cited=[source("2024-06-20")])
    make.RenderingFactory(published=True, article=article, text="without delay", cited=[source("2024-06-20")])
    make.RenderingFactory(
        published=True, article=article, text="незамедлительно", language="ru", cited=[source("2025")]
    )
    question.articles.add(article)
    assert "without delay" not in main("/questions/automatic/?as_of=2024-06-19T15:00Z")
    shown = main("/questions/automatic/?as_of=2024-06-21")
    assert "without delay" in shown
    assert "Russian" not in shown.partition("The words at issue")[2].partition("</section>")[0]
    assert "1 in Russian" in main("/questions/automatic/")


@pytest.fixture
def fact() -> ContestedFact:
    asked = make.ContestedFactFactory(
        published=True,
        slug="day",
        question="On which day?",
        summary="Clocks differ.",
        treaty=make.TreatyFactory(published=True),
    )
    for value, rank, issued in (("19 June", "PREFERRED", "2024-06-20"), ("18 June", "REFUTED", "2024-06-22")):
        make.ValueFactory(
            published=True, fact=asked, value=value, rank=rank, reason=f"Because of {value}.", cited=[source(issued)]
        )
    make.ValueFactory(fact=asked, value="Planted day")
    return asked


def test_a_contested_fact_gives_every_value_with_rank_reason_and_sources(fact):
    shown = main("/facts/day/")
    for words in ("19 June", "preferred", "Because of 19 June.", "18 June", "refuted", "Clocks differ."):
        assert words in shown
    assert shown.count('class="chip"') == 2
    assert "Planted" not in shown
    assert "<h1>1 fact on which the sources differ</h1>" in main("/facts/")


def test_a_fact_of_which_one_value_was_known_was_not_contested_then(fact):
    page("/facts/day/?as_of=2024-06-21", status=404)
    assert "No fact was contested on the record at this moment." in main("/facts/?as_of=2024-06-21")
    assert "18 June" in main("/facts/day/?as_of=2024-06-22")


def test_a_fact_leads_to_its_treaty_once_that_is_readable(fact):
    link = f'href="/treaties/{fact.treaty.slug}/'
    assert link in main("/facts/day/")
    fact.treaty.citations.update(source=source("2025-01-01"))
    assert link not in main("/facts/day/?as_of=2024-06-22")


def test_links_stay_at_the_same_moment(question):
    assert 'href="/questions/automatic/?as_of=2024-06-21"' in main("/questions/?as_of=2024-06-21")


def test_an_article_and_a_topic_lead_to_a_question_once_it_stands(question):
    early = [source("2024-06-18")]
    treaty = make.TreatyFactory(published=True, cited=early)
    article = make.ArticleFactory(published=True, treaty=treaty, cited=early)
    topic = make.TopicFactory(published=True)
    article.topics.add(topic)
    question.articles.add(article)
    for address in (article.get_absolute_url(), topic.get_absolute_url()):
        assert "/questions/automatic/" not in main(f"{address}?as_of=2024-06-18")
        assert "/questions/automatic/" in main(f"{address}?as_of=2024-06-19")

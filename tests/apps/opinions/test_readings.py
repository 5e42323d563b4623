"""Who reads a question how: experts who spoke twice, where they spoke from, and all of them across the questions."""

import re

import pytest
from django.test import Client

from apps.opinions.models import Opinion, Question
from apps.sources.models import Agent
from tests import factories as make

pytestmark = pytest.mark.django_db

FINDINGS = ("home", "topic", "timeline", "comparison")


def main(address: str, status: int = 200, **headers: str) -> str:
    response = Client(headers=headers).get(address)
    assert response.status_code == status, address
    return " ".join(response.content.decode().split()).partition("<main")[2 if not headers else 0]


def source(issued: str):
    return make.SourceFactory(published=True, issued=issued)


@pytest.fixture
def question() -> Question:
    asked = make.QuestionFactory(published=True, slug="automatic", question="Is help automatic?", stands="2020")
    make.PositionFactory(question=asked, label="Yes, at once")
    make.PositionFactory(question=asked, label="Only by choice")
    return asked


def says(question: Question, label: str, expert: Agent | str, stated: str, **more: object) -> Opinion:
    """An opinion, known on the day it was stated."""
    if isinstance(expert, str):
        expert = make.AgentFactory(published=True, name=expert)
    position = question.positions.get(label=label)
    return make.OpinionFactory(
        published=True,
        expert=expert,
        position=position,
        stated=stated,
        **{"cited": [source(stated)], **more},
    )


def test_an_experts_later_opinion_is_joined_to_the_earlier_in_the_picture_and_in_words(question):
    early = says(question, "Yes, at once", "Artyom Lukin", "2024-06-20")
    says(question, "Only by choice", early.expert, "2024-10-15")
    shown = main("/questions/automatic/")
    assert shown.count('<path class="p-join"') == 1
    assert f'Earlier: <a href="/questions/automatic/#opinion-{early.slug}">Yes, at once, 20 June 2024</a>' in shown
    assert "Who changed their mind" in shown
    before = main("/questions/automatic/?as_of=2024-07-01")
    assert "p-join" not in before
    assert "Only by choice, 15 October 2024" not in before
    assert "Nobody on record by then has changed their mind on this" in before


def test_where_the_days_do_not_show_which_came_first_nobody_has_changed_their_mind(question):
    first = says(question, "Yes, at once", "Victor Cha", "2024-06")
    says(question, "Only by choice", first.expert, "2024-06-20")
    shown = main("/questions/automatic/")
    assert 'class="p-join p-join--open"' in shown
    assert "Nobody on record is known to have changed their mind on this" in shown
    assert "which came first is not on record" in shown


@pytest.fixture
def heard(question) -> Question:
    """A Russian at a university, a Korean at a think tank, and somebody of whom nobody knows more."""
    university = make.AgentFactory(published=True, name="Far East University", kind="UNIVERSITY")
    make.AgentFactory(published=True, name="Institute for Unification", short_name="IFU", kind="THINK_TANK")
    lukin = make.AgentFactory(published=True, name="Artyom Lukin")
    lukin.roles.create(title="Professor", since="2023", body=university, source=source("2024-06-25"))
    says(question, "Yes, at once", lukin, "2024-06-20", country="RU", affiliation_at_time="a university")
    says(question, "Only by choice", "Cho Han-bum", "2024-06-21", country="KR", affiliation_at_time="IFU (Seoul)")
    says(question, "Yes, at once", "Unnamed", "2024-06-21", country="")
    return question


def test_opinions_are_narrowed_by_country_and_kind_of_institution_with_counts(heard):
    whole = main("/questions/automatic/")
    for choice in ("Russia <span>1</span>", "think tank <span>1</span>", "not on record <span>1</span>"):
        assert choice in whole, choice
    shown = main("/questions/automatic/?kind=think_tank")
    assert "1 of 3 readings" in shown
    assert "Cho Han-bum" in shown
    assert "Artyom Lukin" not in shown
    assert 'href="/questions/automatic/?" hx-get' in shown
    assert "South Korea <span>1</span>" in shown
    assert "Russia <span>" not in shown
    assert "Unnamed" in main("/questions/automatic/?country=unknown&kind=unknown")


def test_only_what_changes_is_sent_to_a_script(heard):
    shown = main("/questions/automatic/?country=RU", hx_request="true")
    assert shown.lstrip().startswith('<section class="section" id="results"')
    assert "How the status changed" not in shown


def test_where_an_expert_spoke_from_is_unknown_before_a_source_said_so(heard):
    assert "university <span>1</span>" in main("/questions/automatic/?as_of=2024-06-25")
    before = main("/questions/automatic/?as_of=2024-06-24")
    assert "university <span>" not in before
    assert "not on record <span>2</span>" in before


@pytest.mark.parametrize("query", ["country=FR", "country=%00", "kind=zoo", "country=FR&kind=university"])
def test_a_filter_that_fits_nobody_is_refused_with_what_there_is(heard, query):
    shown = main(f"/questions/automatic/?{query}", status=400)
    assert "It can be" in shown


def test_a_filter_from_todays_page_shows_that_nobody_fitted_it_in_the_past(heard):
    shown = main("/questions/automatic/?country=KR&as_of=2024-06-20")
    assert "Nobody of this choice is on record on this question by then." in shown
    main("/questions/automatic/?country=zz&as_of=2024-06-20", status=400)


def test_what_was_said_of_the_articles_and_what_happened_under_them_stands_with_the_question(question):
    early = [source("2024-06-18")]
    article = make.ArticleFactory(published=True, treaty__cited=early, cited=early)
    question.articles.add(article)
    said = make.QuoteFactory(published=True, words="We decide ourselves", cited=[source("2024-10-24")])
    make.ArticleTieFactory(published=True, article=article, event=None, utterance=said.utterance)
    event = make.EventFactory(published=True, title="Troops arrive", cited=[source("2024-10-18")])
    make.ArticleTieFactory(published=True, article=article, event=event, cited=[source("2024-10-18")])
    also = make.QuestionFactory(published=True, question="Was it invoked?", stands="2020")
    also.articles.add(article)
    shown = main("/questions/automatic/")
    for words in ("We decide ourselves", "Troops arrive", "Was it invoked?"):
        assert words in shown
    before = main("/questions/automatic/?as_of=2024-10-19")
    assert "Troops arrive" in before
    assert "We decide ourselves" not in before


def test_experts_stand_beside_questions_with_position_and_day(heard):
    other = make.QuestionFactory(published=True, question="Will it last?", stands="2020")
    make.PositionFactory(question=other, label="For long")
    lukin = Agent.objects.get(name="Artyom Lukin")
    opinion = says(other, "For long", lukin, "2024-11-01", country="RU")
    grid = main("/questions/?by=expert").partition("</table>")[0]
    assert f'href="/questions/{other.slug}/#opinion-{opinion.slug}">For long <small>1 Nov 2024</small>' in grid
    assert "Yes, at once" in grid
    assert "Cho Han-bum" not in grid
    assert "Cho Han-bum" in main("/questions/?by=expert&who=all").partition("</table>")[0]
    past = main("/questions/?by=expert&who=all&as_of=2024-06-20")
    assert "Who stands where: 1 voice on 1 question" in past
    assert "Will it last?" not in past
    assert "%" not in grid.replace("%20", "")


def test_evidence_of_several_camps_and_missing_voices_are_named(heard):
    shared = source("2024-06-21")
    for opinion in Opinion.objects.filter(stated="2024-06-21"):
        opinion.citations.create(source=shared)
    other = make.QuestionFactory(published=True, question="Will it last?", stands="2020")
    make.PositionFactory(question=other, label="For long")
    says(other, "For long", "Tokyo voice", "2024-06-22", country="JP")
    shown = main("/questions/?by=expert")
    evidence = shown.partition("Evidence that several camps use")[2].partition("Whose voices are missing")[0]
    assert "Cho Han-bum" in evidence
    assert "Unnamed" in evidence
    assert "Artyom Lukin" not in evidence
    missing = shown.partition("Whose voices are missing")[2].partition("</table>")[0]
    # Of the parties and China it is always said where nobody from there has spoken, even where that is everywhere.
    assert '<td data-h="Nobody from">North Korea, China, Japan</td>' in missing
    assert '<td data-h="Nobody from">Russia, North Korea, China, South Korea</td>' in missing
    assert "Japan" not in main("/questions/?by=expert&as_of=2024-06-21")


def test_what_the_grid_says_of_its_columns_is_said_of_them_alone(heard):
    alone = make.AgentFactory(published=True, name="Heard Once")
    for n in range(6):
        other = make.QuestionFactory(published=True, question=f"Will it last {n}?", stands="2020", position=n)
        make.PositionFactory(question=other, label="For long")
        says(other, "For long", alone if n == 5 else "Heard Often", "2024-06-22")
    first, last = (main(f"/questions/?by=expert&columns={n}") for n in (1, 2))
    assert "the one with the fewest voices" in first
    assert "Everybody on record here is on record on one question alone." in last
    assert "Of the 1 on record on this question, none are on record on several" in last
    assert "Nobody is on record" not in last


@pytest.mark.parametrize("query", ["by=country", "by=expert&who=me", "by=expert&columns=9", "by=expert&columns=-1"])
def test_a_view_of_the_questions_that_there_is_not_is_refused(heard, query):
    assert "It can be" in main(f"/questions/?{query}", status=400)


def test_a_topic_that_had_no_page_at_a_moment_is_not_offered_then(question):
    early = {"published": True, "cited": [source("2024-06-20")]}
    article, topic = make.ArticleFactory(**early, treaty__cited=early["cited"]), make.TopicFactory(published=True)
    question.articles.add(article)
    question.topics.add(topic)
    make.CorrespondenceFactory(published=True, cited=[source("2024-06-25")], topic=topic)
    address = topic.get_absolute_url()
    assert address in main(question.get_absolute_url())
    assert address not in main(f"{question.get_absolute_url()}?as_of=2024-06-24")


def test_a_contested_day_is_marked_wherever_it_is_printed_once_it_is_contested():
    early = [source("2024-06-20")]
    act = make.TreatyActionFactory(published=True, treaty__cited=early, cited=early)
    event = make.EventFactory(published=True, cited=early)
    event.acts.add(act)
    speaker = make.AgentFactory(published=True)
    event.people.add(speaker)
    article = make.ArticleFactory(published=True, treaty=act.treaty, cited=early)
    make.ArticleTieFactory(published=True, article=article, event=event, cited=early)
    fact = make.ContestedFactFactory(published=True, slug="day", treaty=act.treaty, act=act)
    for issued in ("2024-06-20", "2024-06-22"):
        make.ValueFactory(published=True, fact=fact, cited=[source(issued)])
    marked = 'class="contested" href="/facts/day/'
    printed = (act.treaty, article, speaker)
    for address in ("/timeline/", "/timeline/?kind=acts", *(each.get_absolute_url() for each in printed)):
        join = "&" if "?" in address else "?"
        assert marked in main(f"{address}{join}as_of=2024-06-22"), address
        assert marked not in main(f"{address}{join}as_of=2024-06-21"), address
    assert act.get_absolute_url() in main("/facts/day/")


def test_an_event_that_names_a_contested_fact_is_marked_wherever_it_is_printed_once_the_fact_is_contested():
    early = [source("2024-06-20")]
    fact = make.ContestedFactFactory(published=True, slug="length", treaty=None, act=None)
    for issued in ("2024-06-20", "2024-06-22"):
        make.ValueFactory(published=True, fact=fact, cited=[source(issued)])
    event = make.EventFactory(published=True, title="Work begins", cited=early)
    later = make.EventFactory(published=True, title="Work ends", cited=[source("2024-07-01")])
    for printing in (event, later, make.EventFactory(title="Planted")):
        printing.facts.add(fact)
    speaker = make.AgentFactory(published=True)
    event.people.add(speaker)
    article = make.ArticleFactory(published=True, treaty__cited=early, cited=early)
    make.ArticleTieFactory(published=True, article=article, event=event, cited=early)
    marked = 'class="contested" href="/facts/length/'
    for address in ("/timeline/", article.get_absolute_url(), speaker.get_absolute_url()):
        assert marked in main(f"{address}?as_of=2024-06-22"), address
        assert marked not in main(f"{address}?as_of=2024-06-21"), address
    where = main("/facts/length/?as_of=2024-06-22")
    assert "Work begins" in where
    assert "Work ends" not in where
    assert "Planted" not in main("/facts/length/")


def test_what_states_or_says_a_contested_value_is_marked_wherever_it_is_printed_once_it_is_contested():
    early = {"published": True, "cited": [source("2024-06-20")]}
    article = make.ArticleFactory(**early, treaty__cited=early["cited"], treaty__summary="In short.")
    topic = make.TopicFactory(published=True)
    article.topics.add(topic)
    compared = make.CorrespondenceFactory(**early, topic=topic)
    compared.sides.create(treaty=article.treaty, presence="PRESENT").articles.add(article)
    owed = make.ObligationFactory(**early, treaty=article.treaty)
    statement = make.UtteranceFactory(published=True, said="2024-06-20")
    make.QuoteFactory(**early, utterance=statement)
    opinion = make.OpinionFactory(**early, position__question__published=True)
    question = opinion.position.question
    question.articles.add(article)
    assessment = make.AssessmentFactory(**early, question=question, since="2024-06-20")
    home = make.HomeFindingFactory(**early, since="2024-06-20")
    home.utterances.add(statement)
    heading = make.TopicFindingFactory(**early, topic=topic, since="2024-06-20")
    timeline = make.TimelineFactory(published=True)
    timeline.items.create(utterance=statement, position=1)
    selected = make.TimelineFindingFactory(**early, timeline=timeline, since="2024-06-20")
    whole = make.ComparisonFindingFactory(**early, since="2024-06-20")
    act = make.TreatyActionFactory(**early, treaty=article.treaty)
    timeline.items.create(act=act, position=2)
    facts = {}
    for name, printing in (
        ("act_notes", act),
        ("articles", article),
        ("correspondences", compared),
        ("obligations", owed),
        ("utterances", statement),
        ("opinions", opinion),
        ("assessments", assessment),
        ("home_findings", home),
        ("summaries", article.treaty),
        ("topic_findings", heading),
        ("timeline_findings", selected),
        ("comparison_findings", whole),
    ):
        fact = facts[name] = make.ContestedFactFactory(published=True, slug=name.replace("_", "-"), act=None)
        getattr(fact, name).add(printing)
        for issued in ("2024-06-20", "2024-06-22"):
            make.ValueFactory(published=True, fact=fact, cited=[source(issued)])
    beside = {
        article.get_absolute_url(): ("articles", "correspondences"),
        article.treaty.get_absolute_url(): ("act_notes", "articles"),
        "/compare/": ("articles", "correspondences", "obligations", "comparison_findings"),
        topic.get_absolute_url(): ("articles", "correspondences", "topic_findings"),
        f"/embed/compare/{topic.slug}/": ("articles", "correspondences", "topic_findings"),
        "/quotes/": ("utterances",),
        f"/quotes/?side={statement.speaker.slug}&side=KP": ("utterances",),
        statement.get_absolute_url(): ("utterances",),
        statement.speaker.get_absolute_url(): ("utterances",),
        f"/embed/quote/{statement.slug}/": ("utterances",),
        question.get_absolute_url(): ("assessments", "opinions", "articles"),
        "/questions/": ("assessments",),
        f"/embed/question/{question.slug}/": ("assessments",),
        "/timeline/": ("act_notes", "utterances", "opinions", "assessments"),
        "/embed/timeline/": ("act_notes", "utterances", "opinions", "assessments"),
        timeline.get_absolute_url(): ("act_notes", "utterances", "timeline_findings"),
        "/": ("utterances", "home_findings", "assessments"),
        early["cited"][0].get_absolute_url(): (
            "act_notes",
            "utterances",
            *(f"{of}_findings" for of in FINDINGS),
        ),
        "/changes/?from=2024-06-19": ("utterances", "home_findings", "assessments"),
    }
    for address, names in beside.items():
        join = "&" if "?" in address else "?"
        bar, _, before = Client().get(f"{address}{join}as_of=2024-06-21").content.decode().partition("<main")
        after = main(f"{address}{join}as_of=2024-06-22")
        for name in names:
            mark = f'class="contested" href="/facts/{name.replace("_", "-")}/'
            assert mark in after, (address, name)
            assert mark not in before, (address, name)
        if not address.startswith(("/embed/", "/changes/")):
            assert re.search(r'rel="next" href="[^"]*as_of=2024-06-22"', bar), address
    # A summary of a treaty may tell the whole story, and stands on no page of the past.
    for address in ("/treaties/", article.treaty.get_absolute_url()):
        assert 'class="contested" href="/facts/summaries/' in main(address), address
    assert article.get_absolute_url() in main("/facts/articles/?as_of=2024-06-22")
    assert f"#act-{act.slug}" in main("/facts/act-notes/?as_of=2024-06-22")

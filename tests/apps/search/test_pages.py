"""Search, as a reader sees it: every kind of record, any script, the moment asked for."""

import pytest
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db
SIGNED = "2024-06-19T15:00Z"


def found(words: str, rest: str = "") -> str:
    response = Client().get(f"/search/?q={words}{rest}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split()).partition("<main")[2]


def source(issued: str):
    return make.SourceFactory(published=True, issued=issued)


def contested(*issued: str, **columns):
    """A fact with two values, known on the days given or long ago."""
    fact = make.ContestedFactFactory(published=True, **columns)
    for day in issued or ("2020", "2020"):
        make.ValueFactory(published=True, fact=fact, cited=[source(day)])
    return fact


@pytest.mark.parametrize("words", ["Kim Jong Un", "kim jong-un", "김정은", "정은", "Ким Чен Ын", "ким чен"])
def test_a_name_in_any_script_finds_the_person_and_what_they_said_and_concluded(words):
    kim = make.AgentFactory(published=True, name="Kim Jong Un")
    for language, name in (("en", "Kim Jong-un"), ("ko", "김정은"), ("ru", "Ким Чен Ын")):
        kim.names.create(language=language, name=name)
    said = make.UtteranceFactory(published=True, speaker=kim)
    make.QuoteFactory(published=True, utterance=said, words="The strongest treaty")
    make.OpinionFactory(published=True, expert=kim, summary="It binds both.")
    shown = found(words)
    assert f'<a href="{kim.get_absolute_url()}">Kim Jong Un</a>' in shown
    assert "The strongest treaty" in shown
    assert "It binds both." in shown


def test_words_find_records_of_every_kind_under_their_kind():
    make.ArticleFactory(published=True, heading="Mutual breakthrough")
    make.AssessmentFactory(published=True, question__question="Is it a breakthrough?")
    make.CorrespondenceFactory(published=True, topic__title="Breakthroughs")
    contested(question="Whose breakthrough?")
    contested(summary="It speaks of a breakthrough.", question="Whose word?")
    timeline = make.TimelineFactory(published=True, title="The way to a breakthrough")
    timeline.items.create(position=1, event=make.EventFactory(published=True))
    make.QuoteFactory(published=True, words="A BREAKTHROUGH document")
    make.OpinionFactory(published=True, summary="No breakthrough.")
    make.EventFactory(published=True, title="The breakthrough")
    make.SourceFactory(published=True, title="Breakthrough in Pyongyang")
    shown = found("breakthrough")
    kinds = ("Articles", "Comparison by topic", "Questions", "Statements", "Expert opinions", "Events", "Timelines")
    for kind in (*kinds, "Sources"):
        assert f"{kind}</h2><p>1</p>" in shown, kind
    assert "Contested facts</h2><p>2</p>" in shown


def test_a_topic_is_found_once_a_comparison_a_finding_or_an_article_deals_with_it():
    make.TopicFactory(published=True, title="Zq of nothing")
    compared, found_out, dealt_with = (make.TopicFactory(published=True, title=f"Zq {n}") for n in range(3))
    late = {"published": True, "cited": [source("2024-06-20")]}
    make.CorrespondenceFactory(**late, topic=compared)
    make.TopicFindingFactory(**late, topic=found_out, since="2024-06-20")
    make.ArticleFactory(**late).topics.add(dealt_with)
    make.ArticleFactory().topics.add(make.TopicFactory(published=True, title="Zq of a draft"))
    assert "Comparison by topic</h2><p>3</p>" in found("zq")
    assert "Nothing on the record at this moment" in found("zq", f"&as_of={SIGNED}")
    today = found("zq")
    for topic in (compared, found_out, dealt_with):
        assert f'href="{topic.get_absolute_url()}"' in today


def test_the_words_of_an_article_find_it_in_the_language_they_are_in():
    article = make.ArticleFactory(published=True, heading="Mutual help")
    make.RenderingFactory(published=True, article=article, language="ko", text="지체없이 군사적 원조를")
    assert article.get_absolute_url() in found("군사적 원조")


def test_drafts_are_not_found():
    make.AgentFactory(name="Planted")
    make.EventFactory(title="Planted")
    make.QuoteFactory(utterance__occasion="Elsewhere", words="Planted")
    make.RenderingFactory(text="Planted")
    make.SourceFactory(title="Planted")
    assert "Nothing on the record carries these words." in found("planted")


def test_what_was_printed_later_finds_nothing_in_the_past():
    article = make.ArticleFactory(published=True, cited=[source("2024-06-19T14:13:00Z")])
    make.RenderingFactory(published=True, article=article, text="without delay", cited=[source("2024-06-20")])
    said = make.UtteranceFactory(published=True)
    make.QuoteFactory(published=True, utterance=said, words="A stage", cited=[source("2024-06-19T14:13:00Z")])
    make.QuoteFactory(published=True, utterance=said, words="No delay", cited=[source("2024-06-20")])
    assert "Articles</h2>" in found("delay")
    assert "Nothing on the record at this moment carries these words." in found("delay", f"&as_of={SIGNED}")


def test_what_had_no_page_yet_is_not_found_in_the_past():
    late = [source("2024-06-20")]
    make.AssessmentFactory(published=True, question__question="Is it zq?", since="2024-06-20", cited=late)
    make.OpinionFactory(published=True, expert__name="Zq Expert", cited=late)
    make.AgentFactory(published=True, name="Zq of whom nothing is known")
    make.CorrespondenceFactory(published=True, topic__title="Zq topic", cited=late)
    contested("2024-06-19T14:13:00Z", "2024-06-20", question="Whose zq?")
    make.TimelineFactory(published=True, title="Zq days").items.create(
        position=1, event=make.EventFactory(published=True, cited=late)
    )
    shown = found("zq")
    for words in ("Is it zq?", "Zq Expert", "Zq topic", "Whose zq?", "Zq days"):
        assert words in shown, words
    assert "nothing is known" not in shown
    past = found("zq", f"&as_of={SIGNED}")
    assert "Nothing on the record at this moment carries these words." in past


def test_the_summary_of_a_contested_fact_is_silent_until_all_of_its_values_are_known():
    contested("2020", "2020", "2024-06-20", question="On which day?", summary="Clocks zq differ.")
    assert "On which day?" in found("zq")
    assert "Nothing on the record" in found("zq", f"&as_of={SIGNED}")
    shown = found("which day", f"&as_of={SIGNED}")
    assert "On which day?" in shown
    assert "Clocks" not in shown


@pytest.mark.parametrize("words", ["", "%20%20", "%00"])
def test_without_words_there_is_the_form_and_nothing_else(words):
    shown = found(words)
    assert "<h1>Search the record</h1>" in shown
    assert "Nothing on the record" not in shown


def test_too_many_words_are_refused_with_a_sentence():
    assert "That is longer than 200 characters." in found("x" * 201)


@pytest.mark.parametrize("words", ["%25", "_", "%5C", "%27%22", "%3Cb%3E"])
def test_marks_stand_for_themselves(words):
    make.EventFactory(published=True, title="Meeting")
    shown = found(words)
    assert "Nothing on the record carries these words." in shown
    assert "<b>”" not in shown


def test_links_stay_at_the_same_moment():
    make.EventFactory(published=True, title="Meeting", cited=[source("2024-06-19T14:13:00Z")])
    assert f"&amp;as_of={SIGNED}#event-" in found("meeting", f"&as_of={SIGNED}")

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
    make.QuestionFactory(published=True, question="Is it a breakthrough?")
    make.QuoteFactory(published=True, words="A BREAKTHROUGH document")
    make.OpinionFactory(published=True, summary="No breakthrough.")
    make.EventFactory(published=True, title="The breakthrough")
    make.SourceFactory(published=True, title="Breakthrough in Pyongyang")
    shown = found("breakthrough")
    for kind in ("Articles", "Questions", "Statements", "Expert opinions", "Events", "Sources"):
        assert f"{kind}</h2><p>1</p>" in shown


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
    assert f"?as_of={SIGNED}#event-" in found("meeting", f"&as_of={SIGNED}")

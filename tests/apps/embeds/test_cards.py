"""What the widgets of a topic, a question and a quote show, in whose words, and as of when."""

import re
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.embeds import cards
from apps.sources.reading import Reading
from tests import factories as make
from tests.site import stage
from tests.site.reading_html import Page

pytestmark = pytest.mark.django_db
ON = {"published": True}


def shown(address: str, status: int = 200) -> str:
    response = Client().get(f"/embed/{address}")
    assert response.status_code == status, (address, response.content.decode())
    return response.content.decode()


def issued(day: str) -> Any:
    return make.SourceFactory(**ON, issued=day)


def promise(slug: str, topic: Any, day: str, **words: str) -> Any:
    """An article of the treaty of that year on a topic, with its words by language, all printed on `day`."""
    source = issued(day)
    treaty = make.TreatyFactory(**ON, slug=slug, cited=[source])
    article = make.ArticleFactory(**ON, treaty=treaty, order=4, gist=f"Help is owed since {slug}.", cited=[source])
    article.topics.add(topic)
    for language, text in words.items():
        make.RenderingFactory(**ON, article=article, language=language, source=source, cited=[source], text=text)
    return article


def test_a_comparison_prints_for_each_treaty_our_summary_and_its_words_or_the_honest_gap() -> None:
    topic = make.TopicFactory(**ON, slug="help", title="Help if attacked")
    old = promise("1961", topic, "1961-07-07", en="Each shall help.")
    compared = make.CorrespondenceFactory(**ON, topic=topic, change="It went.")
    absent = make.TreatyFactory(**ON, slug="2000")
    make.TreatyFactory(**ON, slug="2024")
    make.TopicFindingFactory(**ON, topic=topic, heading="Help came and went", since="2000")
    compared.sides.create(treaty=old.treaty, presence="PRESENT").articles.add(old)
    compared.sides.create(treaty=absent, presence="ABSENT", basis="Reported as dropped.")
    page = Page(shown("compare/help/?level=3"))
    for said in (
        "Help if attacked",
        "Help came and went",
        "It went.",
        "1961, Article 4",
        "Help is owed since 1961. Our summary",
        "Each shall help.",
        "No such clause. Reported as dropped.",
        "Nothing on record yet.",
    ):
        assert said in page.words, said
    assert page.headings == [3, 4, 4, 4]
    assert {"/compare/help/", "/treaties/1961/4/"} <= page.links
    assert not page.faults


def test_a_comparison_of_the_past_holds_nothing_that_was_printed_later() -> None:
    topic = make.TopicFactory(**ON, slug="help")
    promise("1961", topic, "1961-07-07", en="Each shall help.")
    new = promise("2024", topic, "2024-06-20", en="The other side shall help.", ko="돕는다.")
    make.TopicFindingFactory(**ON, topic=topic, heading="It is back", since="2024-06-20", cited=[issued("2024-06-20")])
    compared = make.CorrespondenceFactory(**ON, topic=topic, change="It returned.", cited=[issued("2024-06-20")])
    compared.sides.create(treaty=new.treaty, presence="PRESENT").articles.add(new)
    before, after = (shown(f"compare/help/?as_of={day}") for day in ("2024-06-19", "2024-06-20"))
    for later in ("It is back", "It returned.", "The other side shall help.", "Help is owed since 2024."):
        assert later not in before
        assert later in after
    assert "Each shall help." in before
    shown("compare/help/?as_of=1950-01-01", status=404)


def test_the_words_of_a_comparison_stand_in_the_language_asked_for_and_a_gap_names_those_there_are() -> None:
    topic = make.TopicFactory(**ON, slug="help")
    promise("1961", topic, "1961-07-07", en="Each shall help.")
    promise("2024", topic, "2024-06-20", en="The other side shall help.", ko="돕는다.", ja="助ける。")
    korean = shown("compare/help/?lang=ko")
    assert '<blockquote class="words" lang="ko">돕는다.</blockquote>' in korean
    assert "The other side shall help." not in korean
    assert "No Korean words on record. There are words in English" in Page(korean).words
    assert "There is no language “fr” here. It can be ko, ru, en or ja." in shown("compare/help/?lang=fr", status=400)


def test_long_words_of_a_treaty_are_begun_and_lead_to_the_whole() -> None:
    topic = make.TopicFactory(**ON, slug="help")
    promise("2024", topic, "2024-06-20", en="whatever " * 200)
    page = Page(shown("compare/help/"))
    assert page.words.count("whatever") < 100
    assert "All of 2024 Article 4" in page.words


def test_a_question_tells_its_status_over_time_and_who_reads_it_how() -> None:
    question = make.QuestionFactory(**ON, slug="automatic", question="Is help automatic?")
    unknown = make.AssessmentFactory(
        **ON, question=question, since="2024-06-19", knowledge="UNKNOWN", answer="No text."
    )
    make.AssessmentFactory(**ON, question=question, since="2024-07-20", answer="Experts differ on it.")
    position = make.PositionFactory(question=question, label="Yes, in effect")
    expert = make.AgentFactory(**ON, name="Ann Expert")
    opinion = make.OpinionFactory(**ON, slug="ann", expert=expert, position=position, cited=[issued("2024-07-01")])
    text = shown("question/automatic/?level=1")
    page = Page(text)
    assert page.headings == [1]
    for said in (
        "Is help automatic?",
        "Disputed since 20 July 2024",
        "Experts differ on it.",
        "Yes, in effect",
        "Ann Expert",
    ):
        assert said in page.words, said
    assert "Unknown from 19 June 2024 Disputed from 20 July 2024" in page.words
    assert "/questions/automatic/#opinion-ann" in page.links
    for record in (unknown, opinion):
        assert f"source-{record.citations.get().source.slug}" in page.ids
    past = shown("question/automatic/?as_of=2024-06-20")
    assert "No text." in past and "Experts differ on it." not in past and "Ann Expert" not in past
    assert "/questions/automatic/?as_of=2024-06-20" in Page(past).links


def test_a_quote_stands_in_its_best_printing_in_the_language_asked_for_with_the_original_on_request() -> None:
    speaker = make.AgentFactory(**ON, name="The Minister")
    said = make.UtteranceFactory(
        **ON,
        slug="said",
        speaker=speaker,
        role_at_time="Minister",
        said="2024-06-19",
        place="Pyongyang",
        occasion="A toast",
    )
    make.QuoteFactory(**ON, utterance=said, language="ru", words="Помощь.", position=0)
    make.QuoteFactory(**ON, utterance=said, language="en", words="Assistance.", translated_by="TASS", position=1)
    make.QuoteFactory(
        **ON, utterance=said, language="en", words="Help.", translated_by="AP", position=2, cited=[issued("2024-06-25")]
    )
    page = Page(shown("quote/said/"))
    for words in ("The Minister", "Minister", "“Assistance.”", "19 June 2024 , Pyongyang. A toast."):
        assert words.translate(str.maketrans("“”", '""')) in page.words, words
    assert "2 other printings of these words" in page.words and "English, translated by AP; press." in page.words
    assert "Помощь." not in page.words
    assert '<blockquote class="orig" lang="ru">“Помощь.”</blockquote>' in shown("quote/said/?original=1")
    assert '<blockquote lang="ru">“Помощь.”</blockquote>' in shown("quote/said/?lang=ru")
    assert "It can be ru or en." in shown("quote/said/?lang=fr", status=400)
    assert "translated by AP" not in shown("quote/said/?as_of=2024-06-20")


@pytest.mark.parametrize(
    ("kind", "make_one"),
    [("compare", make.TopicFactory), ("question", make.QuestionFactory), ("quote", make.UtteranceFactory)],
)
def test_a_draft_is_told_like_what_never_was_and_only_what_was_withdrawn_says_so(kind: str, make_one: Any) -> None:
    make_one(slug="draft")
    make_one(slug="seen", withdrawn=True)
    draft, missing = (shown(f"{kind}/{slug}/", status=404) for slug in ("draft", "missing"))
    assert draft == missing
    assert "was withdrawn from the record on 1 June 2025." in shown(f"{kind}/seen/", status=410)


def test_each_card_takes_five_queries_at_most_whatever_the_record_holds_and_six_with_its_frame() -> None:
    def taken(n: int) -> dict[str, tuple[int, int]]:
        found = {}
        with transaction.atomic():
            built = stage.build(n)
            reading = Reading(at=None, now=timezone.now())
            for kind, noun, card in (
                ("compare", built.topic, cards.compare),
                ("question", built.question, cards.question),
                ("quote", built.utterance, cards.quote),
            ):
                with CaptureQueriesContext(connection) as alone:
                    card(noun.slug, reading)
                with CaptureQueriesContext(connection) as framed:
                    text = shown(f"{kind}/{noun.slug}/")
                assert set(re.findall('popovertarget="([^"]*)"', text)) <= Page(text).ids
                found[kind] = len(alone), len(framed)
            transaction.set_rollback(True)
        return found

    small = taken(2)
    assert all(alone <= 5 and framed <= 6 for alone, framed in small.values()), small
    assert taken(6) == small


def test_a_card_names_the_addresses_of_all_that_it_shows_for_their_corrections() -> None:
    topic = make.TopicFactory(**ON, slug="help")
    article = promise("2024", topic, "2024-06-20", en="The other side shall help.")
    paths = cards.compare("help", Reading(at=None, now=timezone.now())).paths
    source = article.citations.get().source
    assert {"/compare/help/", "/treaties/2024/4/", source.get_absolute_url()} <= paths

"""Search, as a reader sees it: every kind of record in one list, any script, the moment asked for."""

import re
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client

from apps.search import find
from apps.search.models import Passage
from apps.search.near import Fewer
from apps.search.query import parse
from tests import factories as make

pytestmark = pytest.mark.django_db
SIGNED = "2024-06-19T15:00Z"
NOTHING = "Nothing on the record"


def found(words: str, **params: object) -> str:
    response = Client().get("/search/?" + urlencode({"q": words, **params}, doseq=True))
    assert response.status_code == 200
    return unescape(" ".join(response.content.decode().split()).partition("<main")[2].partition("</main")[0])


def total(words: str, **params: object) -> int:
    shown = re.search(r">(\d+) results? for", found(words, **params))
    return int(shown[1]) if shown else 0


def source(issued: str):
    return make.SourceFactory(published=True, issued=issued)


def contested(*issued: str, **columns):
    """A fact with two values, known on the days given or long ago."""
    fact = make.ContestedFactFactory(published=True, **columns)
    for day in issued or ("2020", "2020"):
        make.ValueFactory(published=True, fact=fact, cited=[source(day)])
    return fact


@pytest.mark.parametrize(
    "words", ["Kim Jong Un", "kim jong-un", "김정은", "정은", "은", "Ким Чен Ын", "ким чен", "Kim J"]
)
def test_a_name_in_any_script_finds_the_person_and_what_they_said_and_concluded(words):
    kim = make.AgentFactory(published=True, name="Kim Jong Un")
    for language, name in (("en", "Kim Jong-un"), ("ko", "김정은"), ("ru", "Ким Чен Ын")):
        kim.names.create(language=language, name=name)
    said = make.UtteranceFactory(published=True, speaker=kim)
    make.QuoteFactory(published=True, utterance=said, words="The strongest treaty")
    make.OpinionFactory(published=True, expert=kim, summary="It binds both.")
    shown = found(words)
    assert f'<a href="{kim.get_absolute_url()}">' in shown
    assert "The strongest treaty" in shown
    assert "It binds both" in shown


def test_words_find_records_of_every_kind_in_one_list():
    institute = make.AgentFactory(published=True, name="Institute of Breakthrough")
    make.SourceFactory(published=True, title="Breakthrough in Pyongyang", publisher=institute)
    make.ArticleFactory(published=True, heading="Mutual breakthrough")
    make.RenderingFactory(published=True, text="They agree on a breakthrough.")
    make.TreatyActionFactory(published=True, summary="Both sign a breakthrough.")
    make.AssessmentFactory(published=True, question__question="Is it a breakthrough?", answer="No breakthroughs yet.")
    make.CorrespondenceFactory(published=True, topic__title="Breakthroughs")
    contested(question="Whose breakthrough?")
    timeline = make.TimelineFactory(published=True, title="The way to a breakthrough")
    timeline.items.create(position=1, event=make.EventFactory(published=True))
    make.QuoteFactory(published=True, words="A BREAKTHROUGH document")
    make.OpinionFactory(published=True, summary="No breakthrough.")
    make.EventFactory(published=True, title="The breakthrough")
    shown = found("breakthrough")
    kinds = ("Articles", "Questions", "Statements", "Expert opinions", "Events", "Treaty acts", "Contested facts")
    for kind in kinds:
        assert f">{kind} <span>{2 if kind == 'Articles' else 1}</span>" in shown, kind
    for label in ("Timeline by the editors", "Topic compared", "Assessed: ", "Source", "Article", "Treaty act: "):
        assert f'<p class="ties">{label}' in shown, label
    assert shown.index("Institute of <mark>") < shown.index("</mark> in Pyongyang")


def test_english_and_russian_words_are_found_in_any_form_and_korean_ones_in_part():
    article = make.ArticleFactory(published=True, heading="Help")
    for language, text in (
        ("en", "They provide assistance, “immediately”."),
        ("ru", "Стороны «немедленно» оказывают военную помощь и всеобъёмлющее содействие"),
        ("ko", "지체없이 군사적 및 기타 원조를 제공한다"),
    ):
        make.RenderingFactory(published=True, article=article, language=language, text=text)
    for words in (
        "assisting",
        "assistanc",
        "immediately",
        "военной помощью",
        "немедленно",
        "всеобъемлющ",
        "체없",
        "원조",
    ):
        assert total(words) == 1, words
    shown = found("군사")
    assert '<p lang="ko">지체없이 <mark>군사</mark>적' in shown
    # A part of a word, and not characters of two words.
    assert total("이군사") == total("체이") == 0
    assert total("помощь", language="ru") == 1
    assert total("помощь", language="ko") == 0


def test_a_phrase_is_found_word_for_word():
    make.EventFactory(published=True, title="They give military and other assistance")
    make.EventFactory(published=True, title="They give military or other assistance")
    make.EventFactory(published=True, title="Of other military and assistants")
    assert total("military other assist") == 3
    assert total("“military and other assistance”") == 1
    assert total('give -"and other assistance"') == 1
    assert total("military -give") == 1


def test_drafts_are_not_found():
    make.AgentFactory(name="Planted")
    make.EventFactory(title="Planted")
    make.QuoteFactory(utterance__occasion="Elsewhere", words="Planted")
    make.RenderingFactory(text="Planted")
    make.SourceFactory(title="Planted")
    assert NOTHING in found("planted")


def test_what_was_printed_later_finds_nothing_in_the_past_and_counts_nowhere():
    early = {"published": True, "cited": [source("2024-06-19T14:13:00Z")]}
    late = {"published": True, "cited": [source("2024-06-20")]}
    article = make.ArticleFactory(**early, treaty=make.TreatyFactory(**early))
    make.RenderingFactory(**late, article=article, language="ko", text="without delay 지체없이")
    said = make.UtteranceFactory(published=True)
    make.QuoteFactory(**early, utterance=said, words="A stage")
    make.QuoteFactory(**late, utterance=said, words="No delay", language="ru")
    make.ArticleTieFactory(**late, article=article, event=None, utterance=said)
    assert total("delay") == 2
    assert total("지체") == 1
    assert f"{NOTHING} at this moment" in found("delay", as_of=SIGNED)
    assert total("지체", as_of=SIGNED) == 0
    # The statement was there; that it bears on the treaty, and its Russian, came later.
    assert total("stage", as_of=SIGNED) == 1
    assert total("stage", treaty=article.treaty.slug) == 1
    assert total("stage", treaty=article.treaty.slug, as_of=SIGNED) == 0
    assert total("stage", language="ru", as_of=SIGNED) == 0


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
    shown = found("zq").replace("<mark>", "").replace("</mark>", "")
    for words in ("Is it zq?", "Zq Expert", "Zq topic", "Whose zq?", "Zq days"):
        assert words in shown, words
    assert "nothing is known" not in shown
    assert f"{NOTHING} at this moment" in found("zq", as_of=SIGNED)
    hinted = Client().get(f"/search/suggest/?q=zq&as_of={SIGNED}", headers={"HX-Request": "true"}).content.decode()
    assert "Zq" not in hinted


def test_the_summary_of_a_contested_fact_is_silent_until_all_of_its_values_are_known():
    contested("2020", "2020", "2024-06-20", question="On which day?", summary="Clocks zq differ.")
    assert total("zq") == 1
    assert total("zq", as_of=SIGNED) == 0
    assert "Clocks" not in found("day", as_of=SIGNED)


def test_an_event_that_prints_a_contested_value_is_marked_where_it_is_found():
    event = make.EventFactory(published=True, title="Nine-fold trade")
    contested("2020", "2024-06-20", question="How large was it?").events.add(event)
    mark = 'class="contested" href="/facts/'
    assert mark in found("nine-fold")
    assert mark not in found("nine-fold", as_of=SIGNED)


def test_filters_narrow_the_list_and_are_taken_back():
    putin = make.AgentFactory(published=True, name="Vladimir Putin", slug="putin")
    for day in ("1961", "2000-02-09", "2024-06-19"):
        make.EventFactory(published=True, title="The visit", happened=day).people.add(putin)
    make.SourceFactory(published=True, title="A visit", issued="2024")
    assert total("visit") == 4
    assert total("visit", person="putin") == 3
    assert total("visit", person="putin", period="2000s") == 1
    assert total("visit", period=["1961", "2024"]) == 3
    shown = found("visit", kind="events", period="2020s")
    assert '<a href="/search/?q=visit&period=2020s" hx-get="/search/?q=visit&period=2020s"' in shown
    assert ">2024 <span>1</span>" in shown
    assert ">Sources <span>1</span>" in shown
    for refused in ("kind=planets", "person=nobody", "treaty=1949", "language=xx-klingon", "period=1066"):
        response = Client().get(f"/search/?q=visit&{refused}")
        assert response.status_code == 400, refused


def test_a_place_is_gone_to_where_it_is_the_only_one_and_stands_above_the_list_elsewhere():
    treaty = make.TreatyFactory(published=True, slug="2024")
    make.ArticleFactory(published=True, treaty=treaty, order=4, heading="Help")
    for words in ("Art. 4 2024", "2024/4", "Статья 4", "제4조", "제4조 2024년"):
        response = Client().get("/search/?" + urlencode({"q": words, "as_of": "2026-01-01"}))
        assert response.status_code == 302, words
        assert response.headers["Location"].startswith("/treaties/2024/4/?as_of=2026-01-01"), words
        shown = found(words, list=1)
        assert '<a href="/treaties/2024/4/">2024 Article 4: Help</a>' in shown, words
        assert "Nothing" not in shown, words
    swapped = Client().get("/search/?q=2024/4", headers={"HX-Request": "true"})
    assert (swapped.status_code, swapped.headers["HX-Redirect"]) == (200, "/treaties/2024/4/")
    # A year is a word too, a filter asks for the list, and what is not known yet leads nowhere.
    assert '<a href="/treaties/2024/">' in found("2024")
    assert "Help" in found("2024/4", kind="articles")
    make.ArticleFactory(published=True, treaty=treaty, order=5, cited=[source("2024-06-20")])
    nothing = found("2024/5", as_of=SIGNED)
    assert "Nothing found for 2024/5" in nothing and "Article 5 of it" not in nothing
    missed = found("2024/99")
    assert "Nothing found for 2024/99" in missed
    assert '<a href="/treaties/2024/">' in missed and "No Article 99 of it is on record" in missed
    make.ArticleFactory(published=True, treaty__slug="2000", order=4, heading="Trade")
    assert "2 pages called" in found("제4조")
    assert Client().get("/search/?q=2024/4&go=1").headers["Location"] == "/treaties/2024/4/"


def test_where_nothing_is_found_fewer_words_and_similar_names_lead_on():
    make.EventFactory(published=True, title="A meeting of ministers")
    make.OpinionFactory(published=True, expert=make.AgentFactory(published=True, name="Vladimir Putin"))
    make.AssessmentFactory(published=True, question__question="Is Putik bound?")
    make.UtteranceFactory(
        published=True, speaker=make.AgentFactory(published=True, kind="INDEPENDENT_MEDIA", name="The Putik")
    )
    shown = found("putim meeting ministers")
    assert '<a href="/search/?q=meeting+ministers">meeting ministers</a> <span>1 result<' in shown
    assert ">Vladimir Putin</a>" in shown
    assert "Putik" not in shown
    assert "stand in almost every text" in found("the of and")
    assert "only what must not be there" in found("-putin")


def test_a_misspelt_word_is_offered_as_the_record_spelt_it_by_then():
    make.EventFactory(published=True, title="Economic assistance promised")
    make.EventFactory(published=True, title="Assistants meet", cited=[source("2024-06-20")])
    shown = found("asistance economc")
    assert '<a href="/search/?q=assistance+economic">assistance economic</a> <span>1 result<' in shown
    # Its stem is that of a word on the record; the word is not.
    fewer = found("assistence nowhere").partition("Searching for less")[2]
    assert ">assistance</a>" in fewer
    assert "assistence" not in fewer
    assert ">assistants</a>" in found("assistents zzz")
    assert "assistants" not in found("assistents zzz", as_of=SIGNED)
    assert "Perhaps meant" in shown
    assert "Perhaps meant" not in found("assistance nowhere")


def test_a_word_is_meant_by_one_that_begins_like_it_whatever_the_others_begin_with():
    make.EventFactory(published=True, title="Kursk and their third harvest")
    assert ">kursk</a>" in found("kurks nowhere")
    assert "kursk</a>" not in found("hursk kussia")
    # Words of every text are neither offered alone nor beside others, nor meant by any.
    assert ">third</a>" in found("thirt nowhere and")
    less = found("the kursk and nowhere third").partition("Searching for less")[2].partition("Or look through")[0]
    assert ">kursk third</a>" in less
    assert not re.search(r"\b(the|and)\b[^<]*</a>", less)
    assert "their</a>" not in found("theirr nowhere")
    assert "and</a>" not in found('"kursk and nowhere"')


def test_what_is_offered_where_nothing_is_found_is_counted_and_opened_without_the_filters():
    make.EventFactory(published=True, title="Kursk liberated")
    assert '<a href="/search/?q=kursk">kursk</a> <span>1 result<' in found("kurks nowhere", kind="treaties")


def test_offers_are_counted_to_a_thousand_and_by_what_could_be_seen_alone():
    for issued in ("2024-06-20", "2024-06-21", "2020"):
        make.EventFactory(published=True, title="Kursk liberated", cited=[source(issued)])
    kursk = [parse("kursk")]
    assert find.counts(kursk, None) == [3]
    assert find.counts(kursk, None, read=3, many=1) == [2]
    assert find.counts(kursk, datetime(2024, 6, 19, tzinfo=UTC), read=2, many=1) == [1]
    assert [Fewer("kursk", n).told for n in (1, 1_000, 1_001)] == [
        "1 result",
        "1000 results",
        "more than 1,000 results",
    ]


def test_a_name_that_is_misspelt_leads_to_the_one_meant_even_where_each_word_is_on_record():
    for name in ("Kim Jong Un", "Kim Jong Il", "Choe Son Hui", "Carl Jung"):
        make.OpinionFactory(published=True, expert=make.AgentFactory(published=True, name=name))
    like_it = found("Kim Jeong Un").partition("Names like it")[2]
    assert like_it.index(">Kim Jong Un</a>") < like_it.index(">Kim Jong Il</a>")
    assert ">Kim Jong Un</a>" in found("Kim Jung Un").partition("Names like it")[2]
    assert "Names like it" not in found("Jung meeting Kim")


def test_suggestions_name_people_by_any_name_articles_questions_and_topics():
    kim = make.AgentFactory(published=True, name="Kim Jong Un")
    kim.names.create(language="ko", name="김정은")
    make.UtteranceFactory(published=True, speaker=kim)
    make.QuoteFactory(published=True, utterance__speaker=kim)
    article = make.ArticleFactory(published=True, treaty=make.TreatyFactory(published=True, slug="2024"), order=4)
    make.AssessmentFactory(published=True, question__question="Is intervention automatic?")

    def suggested(words: str) -> str:
        answer = Client().get("/search/suggest/?" + urlencode({"q": words}), headers={"HX-Request": "true"})
        return unescape(answer.content.decode())

    assert 'href="/people/' in suggested("kim jo")
    assert '<span lang="ko">김정은</span> · People and bodies' in suggested("김정")
    assert f'href="{article.get_absolute_url()}"' in suggested("Article 4")
    assert "Is intervention automatic?" in suggested("interv")
    assert "<li>" not in suggested("nobody is called so")
    assert "<h1>Go to a page by its name</h1>" in Client().get("/search/suggest/?q=kim").content.decode()


HOSTILE = ["'; DROP TABLE search_passage; --", "<script>alert(1)</script>", "\u202e\u200f", "\x00", '"""', "& | ! <->"]
HOSTILE += [
    "x" * 10_000,
    "the and of",
    ":*",
    "a" * 199,
    "(" * 50,
    "%",
    "\\",
    "\ud7a4\u302e",
    "{{ 7 }}",
    "𝕏 😀",
    "-a -b",
]


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: ascii(words[:12]))
def test_whatever_is_typed_is_answered_with_a_page_that_says_something(words):
    response = Client().get("/search/?" + urlencode({"q": words}))
    main = response.content.decode().partition("<main")[2].partition("</main")[0]
    assert response.status_code == 200
    assert "<h2" in main
    assert "<script" not in main
    assert "\x00" not in response.content.decode()
    assert Client().get("/search/suggest/?" + urlencode({"q": words})).status_code == 200


def test_the_words_follow_every_change_of_a_row():
    kim = make.AgentFactory(published=True, name="Kim")
    quote = make.QuoteFactory(published=True, utterance__speaker=kim, words="Before")
    type(quote).objects.update(words="Afterwards")
    type(kim).objects.update(name="Kim of Pyongyang")
    variant = kim.names.create(name="Ким", language="ru")
    make.RenderingFactory(published=True)
    make.ContestedFactFactory(published=True)
    make.EventFactory(published=True).delete()
    variant.delete()
    columns = ("part", "row", "kind", "record", "language", "title", "words", "more", "who", "lexemes")
    kept = set(Passage.objects.values_list(*columns))
    assert any("Afterwards" in row and "Kim of Pyongyang" in row for row in kept)
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_rebuild()")
    assert set(Passage.objects.values_list(*columns)) == kept


def test_links_stay_at_the_same_moment():
    make.EventFactory(published=True, title="Meeting", cited=[source("2024-06-19T14:13:00Z")])
    assert f"&as_of={SIGNED}#event-" in found("meeting", as_of=SIGNED)


def test_who_is_not_public_has_no_name_in_what_points_at_them():
    envoy = make.AgentFactory(name="Zq Envoy")
    make.TreatyActionFactory(published=True, summary="They sign.", participant=envoy)
    assert total("zq") == 0
    assert "Zq" not in found("sign")
    type(envoy).objects.update(status="PUBLISHED", published_at=make.SHOWN)
    assert total("zq", kind="acts") == 1

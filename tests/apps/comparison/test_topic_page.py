"""A topic in full: whose words stand there, what is marked in them, and what the page says where nothing is."""

import re
import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories as make

pytestmark = pytest.mark.django_db

UNTS = (
    "Should either of the Contracting Parties suffer armed attack by any State or coalition of States and thus find "
    "itself in a state of war, the other Contracting Party shall immediately extend military and other assistance "
    "with all the means at its disposal."
)
TASS = (
    "In the event that one of the sides comes under an armed attack by any country or several countries and thus "
    "finds itself in a state of war, the other side will immediately provide military and other assistance by all "
    "means at its disposal in accordance with Article 51 of the UN Charter and in accordance with the laws of the "
    "Russian Federation and the DPRK."
)
KCNA = (
    "In case any one of the two sides is put in a state of war by an armed invasion from an individual state or "
    "several states, the other side shall provide military and other assistance with all means in its possession "
    "without delay in accordance with Article 51 of the UN Charter and the laws of the DPRK and the Russian Federation."
)
TOPIC = "/compare/mutual-defence/"


def a_source(slug, issued="2024-06-20"):
    return make.SourceFactory(published=True, slug=slug, issued=issued)


def words_of(article, source, text, **fields):
    """A rendering that rests on the source which prints it."""
    return make.RenderingFactory(published=True, article=article, source=source, text=text, cited=[source], **fields)


@pytest.fixture
def topic():
    return make.TopicFactory(published=True, slug="mutual-defence", title="Help if attacked")


@pytest.fixture
def articles(topic):
    """Article 1 of 1961 in the words of the UN, 2 of 2000 without words, 4 of 2024 in those of KCNA and of TASS."""
    unts = a_source("unts", "1962-01-23")
    found = {}
    for slug, number, known in (("1961", 1, unts), ("2000", 2, unts), ("2024", 4, a_source("rodong"))):
        treaty = make.TreatyFactory(published=True, slug=slug, cited=[known])
        found[slug] = make.ArticleFactory(
            published=True, treaty=treaty, number=str(number), order=number, gist=f"Gist of {slug}.", cited=[known]
        )
        found[slug].topics.add(topic)
    words_of(found["1961"], unts, UNTS, translator="UN Treaty Series")
    words_of(found["2024"], a_source("kcna"), KCNA, translator="KCNA English", translated_from="ko")
    words_of(found["2024"], a_source("tass", "2024-11-06"), TASS, translator="TASS English", translated_from="ru")
    return found


def page(query="", **headers):
    response = Client().get(f"{TOPIC}{query}", headers=headers)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def column(shown, slug):
    return shown.partition(f'id="h-{slug}"')[2].partition("</section>")[0]


def marked(shown, slug, tag):
    """What stands in an element of a column, for the eye: without the words for those who hear the page."""
    quoted = column(shown, slug).partition("<blockquote")[2].partition("</blockquote>")[0]
    found = re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", quoted)
    return [re.sub(r'<span class="vh".*?</span>', "", each).strip() for each in found]


def said(shown, slug):
    """A column's words as they are heard."""
    quoted = column(shown, slug).partition("<blockquote")[2].partition("</blockquote>")[0].partition(">")[2]
    return " ".join(re.sub(r"<[^>]+>", "", quoted).split())


def cited(shown):
    """The page's citations of itself: plain, and as BibTeX."""
    return [shown.partition(f'<pre id="view-{form}">')[2].partition("</pre>")[0] for form in ("plain", "bibtex")]


def refusal(query):
    response = Client().get(f"{TOPIC}?{query}")
    assert response.status_code == 400
    return response.content.decode().partition('class="lede">')[2].partition("</p>")[0]


def test_what_2024_takes_over_from_1961_is_marked_in_both(articles):
    shown = page("?r=tass")
    for slug in ("1961", "2024"):
        runs = marked(shown, slug, "mark")
        for wording in ("in a state of war", "military and other assistance", "at its disposal"):
            assert any(wording in run for run in runs), (slug, wording)
        assert not {"the", "of", "and", "The", "by"} & set(runs)
    assert marked(shown, "1961", "mark") == marked(shown, "2024", "mark")
    assert 'class="mk mk--61-24"' in column(shown, "1961")
    assert "<ins" not in shown
    assert "<del" not in shown


def test_what_is_new_since_1961_is_marked_as_added(articles):
    shown = page("?r=tass&marks=changed")
    added = marked(shown, "2024", "ins")
    assert any("Article 51 of the UN Charter and in accordance with the laws" in run for run in added)
    assert not any("state of war" in run or "at its disposal" in run for run in added)
    assert "extend" in marked(shown, "1961", "del")
    assert not marked(shown, "1961", "ins")
    assert "<mark" not in shown


def test_a_reader_chooses_against_which_treaty_the_others_are_held(articles):
    shown = page("?r=tass&marks=changed&base=2024")
    assert any("Article 51" in run for run in marked(shown, "2024", "del"))
    assert "extend" in marked(shown, "1961", "ins")
    assert re.search(r'aria-current="true">2024</a>', shown.partition('id="switch-base"')[2].partition("</div>")[0])


def test_marks_can_be_taken_away(articles):
    shown = page("?r=tass&marks=none")
    assert not re.findall("<mark|<ins|<del", shown)
    assert TASS in shown
    assert 'class="key"' not in shown


def test_the_words_read_as_they_stand_whatever_is_marked(articles):
    for marks in ("shared", "changed", "none"):
        shown = page(f"?r=tass&marks={marks}")
        quoted = column(shown, "2024").partition("<blockquote")[2].partition("</blockquote>")[0].partition(">")[2]
        seen = re.sub(r"<[^>]+>", "", re.sub(r'<span class="vh".*?</span>', "", quoted))
        assert " ".join(seen.split()) == TASS


def test_those_who_hear_the_page_are_told_of_every_mark(articles):
    heard = said(page("?r=tass"), "2024")
    assert "armed attack by any [also in 1961]" in heard
    assert "will immediately [also in 1961] provide" in heard
    changed = page("?r=tass&marks=changed")
    assert "[added:] provide [end] military and other assistance" in said(changed, "2024")
    assert "[removed:] extend [end] military and other assistance" in said(changed, "1961")


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("?r=tass", ["in 1961 and 2024", "Dashed line: 1961; solid: 2024."], ["in all three", "Dotted", "only"]),
        ("?r=tass&marks=changed", ["removed since 1961", "added since 1961"], ["in 1961 and", "Dashed line", "only"]),
        ("?r=tass&marks=changed&base=2024", ["removed, counted from 2024", "added, counted from 2024"], ["since"]),
    ],
)
def test_the_legend_names_what_is_on_the_page_and_nothing_else(articles, query, there, not_there):
    key = page(query).partition('class="key"')[2].partition("</div>")[0]
    for each in there:
        assert each in key
    for each in not_there:
        assert each not in key


def test_what_stands_in_all_three_looks_and_sounds_so(articles):
    words_of(articles["2000"], a_source("mid", "2000-02-10"), "They extend military and other assistance.")
    shown = page("?r=tass")
    assert 'class="mk mk--all">military and other assistance' in column(shown, "2000")
    assert "[also in 1961 and 2024]" in column(shown, "2000")
    assert 'class="mk mk--61-00">extend' in column(shown, "2000")
    key = shown.partition('class="key"')[2].partition("</div>")[0]
    assert "in all three" in key
    assert "dotted: 2000" in key


def test_words_of_different_languages_are_never_held_against_each_other(articles):
    words_of(articles["2000"], a_source("ko"), "military and other assistance", language="ko")
    shown = page("?lang=ko")
    assert "<mark" not in shown
    assert (
        "Nothing is marked: only 2000 has words in Korean on record. "
        "Words in different languages are never held against each other." in shown
    )
    assert "No Korean words on record.</b> There are words in English." in column(shown, "1961")
    assert "Gist of 1961." in column(shown, "1961")


def test_without_words_in_a_language_the_page_says_that_there_is_nothing_to_mark(articles):
    assert "Nothing is marked: no words in Russian are on record." in page("?lang=ru")


def test_words_that_share_nothing_are_said_to(articles):
    words_of(articles["1961"], a_source("meduza"), "Friendship forever.")
    assert "Nothing is marked: the words of 1961 and 2024 share no wording." in page("?r=meduza")


def test_the_same_words_are_said_to_be_the_same(articles):
    words_of(articles["1961"], a_source("meduza"), TASS)
    assert "Nothing is marked: 1961 and 2024 have the same words." in page("?r=meduza&r=tass&marks=changed")


def test_a_treaty_without_words_cannot_be_held_against_and_the_page_says_so(articles):
    shown = page("?marks=changed&base=2000")
    assert "2000 has no words in English on record; held against is 1961." in shown


def test_a_source_that_prints_several_articles_is_chosen_for_one_alone(articles):
    meduza = a_source("meduza")
    words_of(articles["1961"], meduza, "Elder phrase.", translator="Meduza English")
    words_of(articles["2024"], meduza, "Fresh text.", translator="Meduza English")
    shown = page("?r=2024/4:meduza")
    assert "Fresh text." in column(shown, "2024")
    assert "Elder phrase." not in column(shown, "1961")
    assert "?r=1961/1:meduza&amp;r=2024/4:meduza#words" in shown
    both = page("?r=meduza")
    assert "Fresh text." in column(both, "2024")
    assert "Elder phrase." in column(both, "1961")


def test_what_was_chosen_of_one_treaty_stays_when_another_is_chosen(articles):
    words_of(articles["1961"], a_source("meduza"), "Elder phrase.", translator="Meduza English")
    assert "?r=meduza&amp;r=tass#words" in page("?r=tass")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("marks=glitter", "There is no way of marking “glitter” here. It can be shared, changed or none."),
        ("base=1848", "There is no treaty “1848” here. It can be 1961, 2000 or 2024."),
        ("lang=xx", "There is no language “xx” here. It can be ko, ru or en."),
        ("r=pravda", "There is no rendering “pravda” here. It can be kcna, tass or unts."),
        ("r=1961/1:tass", "There is no rendering “1961/1:tass” here. It can be kcna, tass or unts."),
        ("r=kcna&r=%00", "There is no rendering “” here. It can be kcna, tass or unts."),
        ("one=1848", "There is no column “1848” here. It can be 1961, 2000 or 2024."),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(articles, query, sentence):
    assert refusal(query) == sentence


def test_a_rendering_refused_leaves_out_what_was_printed_later(articles):
    shown = Client().get(f"{TOPIC}?r=pravda&as_of=2024-06-21")
    assert shown.status_code == 400
    assert "tass" not in shown.content.decode().partition('class="lede">')[2].partition("</p>")[0]


def test_an_unknown_topic_is_answered_with_those_there_are(articles):
    response = Client().get("/compare/astrology/")
    assert response.status_code == 404
    assert "There is no topic of that name. There is mutual-defence." in response.content.decode()


def test_one_who_goes_back_in_time_keeps_what_was_chosen_and_is_told_that_it_was_not_there_yet(articles):
    shown = page("?r=tass&as_of=2024-06-21")
    assert "The rendering asked for was not on record by then" in shown
    assert TASS not in shown
    assert "TASS" not in shown
    assert "armed invasion" in column(shown, "2024")


def test_as_of_the_day_of_signature_the_words_of_2024_are_not_there(articles):
    shown = page("?as_of=2024-06-19T15:00Z")
    assert "Nothing is marked: only 1961 has words in English on record." in shown
    assert "KCNA" not in shown
    assert 'id="share" hidden' in shown


def test_how_much_each_translation_shares_is_counted_for_the_chosen_wording(articles):
    shown = page().partition('id="share"')[2].partition("</figure>")[0]
    assert "How many words of 2024 Art. 4 also stand in 1961 Art. 1" in shown
    rows = re.findall(r"<li>(.*?)</li>", shown, re.DOTALL)
    assert len(rows) == 2
    assert "TASS, from Russian</a>" in rows[0]
    assert "21 of 66 words" in rows[0]
    assert 'width="31.82%"' in rows[0]
    assert "KCNA, from Korean</a>" in rows[1]
    assert "12 of 62 words" in rows[1]
    assert "The marks below also look" not in shown
    assert 'aria-current="true"' in rows[1]


def test_short_extracts_are_left_out_of_the_count_and_named(articles):
    words_of(articles["2024"], a_source("ap"), "all means at its disposal", translator="AP")
    shown = page().partition('id="share"')[2].partition("</figure>")[0]
    assert shown.count("<li>") == 2
    assert "Shorter extracts are left out: AP." in shown


def test_one_translation_alone_is_no_picture(articles):
    assert 'id="share" hidden' in page("?as_of=2024-06-21")


def test_articles_that_deal_with_the_same_matter_stand_in_one_row(topic, articles):
    preamble = make.ArticleFactory(
        published=True, treaty=articles["1961"].treaty, number="preamble", order=0, heading="Friendship", gist="Peace."
    )
    preamble.topics.add(topic)
    make.RenderingFactory(published=True, article=preamble, text="Filled with resolve, in a state of war or peace.")
    for slug in ("1961", "2024"):
        articles[slug].heading, articles[slug].gist = "Military help", "Military help if attacked."
        articles[slug].save()
    shown = page("?r=tass")
    assert "cols--rows" in shown
    first, second = column(shown, "1961").split('<div class="passage')[1:]
    assert "Art. 1" in first
    assert "in a state of war" in first
    assert "Preamble" in second
    assert "Filled with resolve" in second
    assert [cell.startswith(" passage--none") for cell in column(shown, "2024").split('<div class="passage')[1:]] == [
        False,
        True,
    ]
    assert "21 of 66 words" in shown
    assert "The marks below also look at the 1961 Preamble." in shown
    assert "The marks below" not in page("?r=tass&marks=none")
    more = make.ArticleFactory(published=True, treaty=articles["1961"].treaty, order=5, heading="Seas", gist="Fish.")
    more.topics.add(topic)
    make.RenderingFactory(published=True, article=more, text="Fishing is free.")
    assert "The marks below also look at the 1961 Preamble and 1961 Art. 5." in page("?r=tass")


def test_a_text_of_200000_words_stands_unmarked_and_the_page_says_why(articles):
    words_of(articles["1961"], a_source("long"), "word and " * 100_000, translator="Endless English")
    began = time.perf_counter()
    for marks in ("shared", "changed"):
        shown = page(f"?r=long&marks={marks}")
        assert "Nothing is marked here, because the words are too long to be compared." in shown
        assert not re.findall("<mark|<ins|<del", column(shown, "1961") + column(shown, "2024"))
        assert "word and word and" in column(shown, "1961")
    assert time.perf_counter() - began < 20
    assert 'id="share" hidden' in shown


def test_the_link_names_all_that_is_shown(articles):
    def link(query):
        return page(query).partition('id="view-link" readonly value="')[2].partition('"')[0].replace("&amp;", "&")

    assert link("") == f"http://testserver{TOPIC}?lang=en&r=kcna&marks=shared"
    assert (
        link("?r=tass&marks=changed&one=1961&as_of=2025-01-01&nonsense=1")
        == f"http://testserver{TOPIC}?lang=en&r=tass&marks=changed&base=1961&one=1961&as_of=2025-01-01"
    )
    pinned = link("?r=tass&marks=none")
    assert TASS in Client().get(pinned.removeprefix("http://testserver")).content.decode()


def test_a_citation_of_the_view_names_the_site_and_the_day_it_was_seen(articles, clock):
    clock.move_to("2026-03-05T10:00:00Z")
    plain, bibtex = cited(page())
    assert plain == (
        "“Help if attacked.” The Pact Record. Accessed 5 March 2026. "
        f"http://testserver{TOPIC}?lang=en&amp;r=kcna&amp;marks=shared."
    )
    assert bibtex.startswith("@online{pact-record-compare-mutual-defence,\n  title = {Help if attacked},")
    assert "urldate = {2026-03-05}" in bibtex


def test_a_citation_of_the_past_is_dated_by_it(articles):
    plain, bibtex = cited(page("?as_of=2025-01-01"))
    assert plain == (
        "“Help if attacked.” The Pact Record. The record as of the end of 1 January 2025. "
        f"http://testserver{TOPIC}?lang=en&amp;r=kcna&amp;marks=shared&amp;as_of=2025-01-01."
    )
    assert "note = {The record as of the end of 1 January 2025}" in bibtex
    assert "urldate" not in bibtex


def test_columns_stand_in_the_order_asked_for_and_mean_the_same(articles):
    shown = page("?treaty=2024&treaty=1961&r=tass")
    assert shown.index('id="h-2024"') < shown.index('id="h-1961"')
    assert 'id="h-2000"' not in shown
    assert "21 of 66 words" in shown
    assert "in 1961 and 2024" in shown
    assert "?treaty=2024&amp;treaty=1961&amp;lang=en" in shown.partition('id="view-link"')[2]
    assert any("Article 51" in run for run in marked(page("?treaty=2024&treaty=1961&marks=changed"), "2024", "ins"))


def test_a_swap_gets_the_words_and_the_count_alone(articles):
    shown = page("?r=tass", **{"HX-Request": "true"})
    assert shown.lstrip().startswith('<section id="words"')
    assert 'id="share" hx-swap-oob="true"' in shown
    assert "<h1" not in shown
    assert "data-announce=" in shown


def test_every_switch_swaps_the_address_it_links(articles):
    links = re.findall(r'<a id="[^"]+" href="([^"#]+)#words" hx-get="([^"]+)"', page())
    assert len(links) > 4
    assert all(href == get for href, get in links)
    for href, _ in links:
        assert Client().get(href.replace("&amp;", "&")).status_code == 200


def test_what_happened_under_the_articles_stands_in_order_with_its_tie_and_source(articles):
    source = a_source("nknews", "2025-04-26")
    for slug, day, kind in (("later", "2025-04-26", "JUSTIFIED_BY"), ("earlier", "2024-11-04", "ACTS_ON")):
        event = make.EventFactory(published=True, slug=slug, title=f"The {slug} one", happened=day, cited=[source])
        make.ArticleTieFactory(
            published=True, slug=f"tie-{slug}", article=articles["2024"], event=event, kind=kind, cited=[source]
        )
    under = page().partition('id="ties-h"')[2]
    assert under.index("The earlier one") < under.index("The later one")
    assert 'popovertarget="source-nknews"' in under
    assert "The later one" not in page("?as_of=2025-01-01")


def test_a_record_of_more_renderings_costs_no_query_more(articles):
    def taken(query):
        with CaptureQueriesContext(connection) as queries:
            page(query)
        return len(queries)

    before = taken("?r=tass&marks=changed")
    for number in range(8):
        words_of(articles["2024"], a_source(f"more-{number}"), f"{TASS} {number}", translator=f"More {number}")
    assert taken("?r=tass&marks=changed") == before

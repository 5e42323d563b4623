"""The home page, the people, corrections, error pages and probes, as a reader sees them."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.db.utils import OperationalError
from django.test import Client

from apps.dashboard.sitemap import Pages
from apps.sources.models import Agent
from tests import factories as make

pytestmark = pytest.mark.django_db
SIGNED = "2024-06-19T15:00Z"


def page(address: str, status: int = 200) -> str:
    response = Client().get(address)
    assert response.status_code == status, address
    return " ".join(response.content.decode().split())


def main(address: str) -> str:
    return page(address).partition("<main")[2]


def source(issued: str):
    return make.SourceFactory(published=True, issued=issued)


def test_an_empty_record_has_a_home_page_that_says_so():
    shown = main("/")
    assert "<h1>The Russia–North Korea pact</h1>" in shown
    assert shown.count("Nothing yet.") == 3
    assert "Nothing was on the record by this moment." in shown


def test_the_home_page_counts_questions_under_what_is_known_disputed_and_unknown():
    for knowledge in ("KNOWN", "KNOWN", "DISPUTED"):
        make.AssessmentFactory(published=True, knowledge=knowledge)
    shown = main("/")
    for words in ("2 of 3 questions", "1 of 3 questions", "0 of 3 questions"):
        assert words in shown


def test_the_home_page_turns_its_finding_back():
    for since, heading in (("2024-06-19T14:13:00Z", "Nobody has the text"), ("2024-06-20", "One side has printed it")):
        make.HomeFindingFactory(published=True, since=since, heading=heading, cited=[source(since)])
    make.HomeFindingFactory(since="2025", heading="Planted draft")
    assert "<h1>One side has printed it</h1>" in main("/")
    assert "<h1>Nobody has the text</h1>" in main(f"/?as_of={SIGNED}")
    assert "<h1>The Russia–North Korea pact</h1>" in main("/?as_of=2024-06-01")


def test_the_leaders_words_stand_beside_each_other_once_they_were_printed():
    finding = make.HomeFindingFactory(published=True, since="2024-06-19", cited=[source("2024-06-19")])
    for name, issued in (("Kim Jong Un", "2024-06-19"), ("Vladimir Putin", "2024-06-21")):
        said = make.UtteranceFactory(published=True, speaker__name=name)
        make.QuoteFactory(published=True, utterance=said, words=f"So says {name}", cited=[source(issued)])
        finding.utterances.add(said)
    shown = main("/").partition("In their own words")[2]
    assert shown.index("So says Vladimir Putin") < shown.index("So says Kim Jong Un")
    past = main("/?as_of=2024-06-20").partition("In their own words")[2]
    assert "So says Kim Jong Un" in past
    assert "Vladimir Putin" not in past


def test_what_changed_last_is_of_every_kind_newest_first_and_without_drafts():
    make.EventFactory(published=True, title="The visit", happened="2024-06-19")
    make.AssessmentFactory(published=True, question__question="Is it automatic?", since="2024-10-24")
    make.OpinionFactory(published=True, summary="It binds.", stated="2025-02-01")
    make.EventFactory(title="Planted draft", happened="2025-03-01")
    shown = main("/").partition("What changed last")[2]
    order = ["It binds.", "Is it automatic?", "The visit"]
    places = [shown.index(words) for words in order]
    assert places == sorted(places)
    assert "Planted" not in shown


@pytest.fixture
def kim() -> Agent:
    """Somebody who said, concluded, signed and took part, each printed on another day."""
    kim = make.AgentFactory(published=True, slug="kim-jong-un", name="Kim Jong Un", country="KP")
    for language, name in (("ko", "김정은"), ("ru", "Ким Чен Ын")):
        kim.names.create(language=language, name=name)
    said = make.UtteranceFactory(published=True, speaker=kim, said="2024-06-19")
    make.QuoteFactory(published=True, utterance=said, words="The strongest treaty", cited=[source("2024-06-19")])
    make.OpinionFactory(
        published=True,
        expert=kim,
        summary="It binds both.",
        position__question__question="Does it bind?",
        cited=[source("2024-06-20")],
    )
    make.TreatyActionFactory(published=True, participant=kim, summary="He ratifies.", cited=[source("2024-11-12")])
    make.EventFactory(published=True, title="The visit", cited=[source("2024-06-19")]).people.add(kim)
    make.EventFactory(title="Planted draft").people.add(kim)
    kim.roles.create(title="President of State Affairs", since="2016-06", source=source("2024-06-20"))
    kim.roles.create(title="Planted role", source=make.SourceFactory())
    return kim


def test_a_person_stands_with_all_they_said_concluded_signed_and_took_part_in(kim):
    shown = main("/people/kim-jong-un/")
    everything = [
        "The strongest treaty",
        "It binds both.",
        "Does it bind?",
        "He ratifies.",
        "The visit",
        "attested June 2016",
        "President of State Affairs",
        '<span lang="ko">김정은</span>',
        '<span lang="ru">Ким Чен Ын</span>',
        "North Korea",
    ]
    assert [words for words in everything if words not in shown] == []
    assert "Planted" not in shown


def test_a_person_is_not_named_again_above_each_of_their_statements(kim):
    said = make.UtteranceFactory(published=True, speaker=kim, said="2024-06-20", role_at_time="Head of state")
    make.QuoteFactory(published=True, utterance=said)
    headings = re.findall('<h3 class="said-h">(.*?)</h3>', main("/people/kim-jong-un/"))
    assert headings == ['<span class="vh">Kim Jong Un</span><span></span>', "<span>Head of state</span>"]


def test_a_person_of_the_past_has_only_what_was_printed_by_then(kim):
    shown = main("/people/kim-jong-un/?as_of=2024-06-19")
    assert "The strongest treaty" in shown
    assert "The visit" in shown
    for later in ("It binds both.", "He ratifies.", "President of State Affairs"):
        assert later not in shown
    page("/people/kim-jong-un/?as_of=2024-06-01", status=404)


def hang_on(agent: Agent, what: str, known: str) -> None:
    """One thing of `agent` on the record, known from the day `known` on."""
    cited = {"published": True, "cited": [source(known)]}
    if what == "a statement":
        make.QuoteFactory(**cited, utterance=make.UtteranceFactory(published=True, speaker=agent))
    elif what == "an opinion":
        make.OpinionFactory(**cited, expert=agent)
    elif what == "an event":
        make.EventFactory(**cited).people.add(agent)
    elif what == "an act":
        make.TreatyActionFactory(
            **cited, treaty=make.TreatyFactory(published=True, cited=[source("2020")]), participant=agent
        )
    elif what == "a treaty":
        make.TreatyFactory(**cited).parties.add(agent)
    elif what == "a role":
        agent.roles.create(title="President", since="2016", source=source(known))
    else:
        make.SourceFactory(published=True, publisher=agent, issued=known)


THINGS = ["a statement", "an opinion", "an event", "an act", "a treaty", "a role", "a source"]


@pytest.mark.parametrize("what", THINGS)
def test_a_person_has_a_page_from_the_first_thing_on_record_of_them(what):
    someone = make.AgentFactory(published=True, slug="someone", name="Someone")
    page("/people/someone/", status=404)
    hang_on(someone, what, "2024-06-20")
    page("/people/someone/?as_of=2024-06-19", status=404)
    page("/people/someone/?as_of=2024-06-20")
    assert "Someone" not in main("/people/?as_of=2024-06-19")
    assert "Someone" in main("/people/?as_of=2024-06-20")


def test_a_body_that_only_published_is_no_voice_among_the_people():
    agency = make.AgentFactory(published=True, slug="kcna", name="KCNA", kind="STATE_MEDIA")
    hang_on(agency, "a source", "2024-06-20")
    assert "KCNA" not in main("/people/")
    hang_on(agency, "a statement", "2024-06-20")
    assert "KCNA" in main("/people/")


def test_a_party_leads_to_its_treaties():
    state = make.AgentFactory(published=True, slug="russia", name="Russia", kind="STATE")
    treaty = make.TreatyFactory(published=True, cited=[source("2024-06-20")])
    treaty.parties.add(state)
    assert f'href="{treaty.get_absolute_url()}"' in main("/people/russia/").partition("Party to")[2]


@pytest.mark.parametrize("cookie", ["csrftoken", "sessionid", "messages"])
@pytest.mark.parametrize("value", ["<>", "short", "x" * 64])
def test_a_cookie_that_no_page_set_changes_nothing(cookie, value):
    stranger = Client()
    stranger.cookies[cookie] = value
    response = stranger.get("/about/")
    assert response.status_code == 200
    assert not response.cookies
    assert response["Cache-Control"].startswith("public")


def test_a_body_leads_to_what_it_published():
    agency = make.AgentFactory(published=True, slug="kcna", name="KCNA", kind="STATE_MEDIA")
    make.SourceFactory(published=True, publisher=agency, issued="2024-06-20")
    make.SourceFactory(publisher=agency)
    assert '<a href="/sources/?publisher=kcna">1 source published by KCNA</a>' in main("/people/kcna/")
    shown = main("/people/kcna/?as_of=2024-06-21")
    assert '<a href="/sources/?as_of=2024-06-21&publisher=kcna">1 source' in shown


def test_a_draft_person_has_no_page_and_is_not_listed():
    draft = make.AgentFactory(slug="planted", name="Planted")
    make.QuoteFactory(published=True, utterance__speaker=draft)
    page("/people/planted/", status=404)
    assert "Planted" not in main("/people/")


@pytest.mark.parametrize("name", ["kim", "김정은", "Ким", "КИМ ЧЕН"])
def test_people_are_found_by_a_name_in_any_script(kim, name):
    make.QuoteFactory(published=True, utterance__speaker__name="Vladimir Putin")
    shown = main(f"/people/?words={name}")
    assert "1 on the record" in shown
    assert "Kim Jong Un" in shown
    assert "1 statement, 1 opinion" in shown


def test_people_are_listed_by_what_they_are_on_record_for(kim):
    make.OpinionFactory(published=True, expert__name="Jenny Town", expert__country="US")
    make.QuoteFactory(published=True, utterance__speaker__name="“Officials”", utterance__speaker__kind="GROUP")
    make.SourceFactory(published=True, publisher__name="The Agency", publisher__kind="STATE_MEDIA")
    members = {
        group: [name for name in ("Kim Jong Un", "Jenny Town", "“Officials”", "The Agency") if name in shown]
        for group in ("", "spoke", "experts", "unnamed", "media")
        if (shown := main(f"/people/?group={group}").partition('<ul class="rests">')[2])
    }
    assert members == {
        "": ["Kim Jong Un", "Jenny Town", "“Officials”"],
        "spoke": ["Kim Jong Un"],
        "experts": ["Kim Jong Un", "Jenny Town"],
        "unnamed": ["“Officials”"],
        "media": ["The Agency"],
    }
    assert "Jenny Town" in main("/people/?country=us&words=jenny")
    assert "It can be spoke, experts, unnamed, bodies, media or others." in page("/people/?group=all", status=400)
    assert "There is no country “FR” here." in page("/people/?country=FR", status=400)


def test_a_person_leads_to_their_timeline_its_picture_and_whom_to_set_beside(kim):
    theme = make.ThemeFactory(published=True)
    putin = make.AgentFactory(published=True, slug="putin", name="Vladimir Putin", country="RU")
    for speaker, day in ((kim, "2024-06-19"), (putin, "2024-06-20")):
        utterance = make.UtteranceFactory(published=True, speaker=speaker)
        utterance.themes.add(theme)
        make.QuoteFactory(published=True, utterance=utterance, cited=[source(day)])
    shown = main("/people/kim-jong-un/")
    assert 'href="/timeline/?person=kim-jong-un"' in shown
    assert re.search(r'<figure class="strip.*href="/timeline/\?person=kim-jong-un&amp;page=1#t2024', shown)
    assert '<a href="/quotes/?side=kim-jong-un&amp;side=putin">Side by side with Vladimir Putin</a>' in shown
    assert "Side by side" not in main("/people/kim-jong-un/?as_of=2024-06-19")


@pytest.mark.parametrize("moment", ["", f"?as_of={SIGNED}"])
def test_the_head_of_a_page_leads_to_the_search_and_lists_of_words_to_the_people_of_the_same_moment(kim, moment):
    for address in ("/quotes/", "/questions/"):
        head, _, body = page(f"{address}{moment}").partition("<main")
        assert f'href="/search/{moment}"' in head
        assert f'<a href="/people/{moment}">' in body.partition("</header>")[0]


def test_people_are_counted_as_of_the_moment(kim):
    assert "1 statement</span>" in main("/people/?as_of=2024-06-19")
    assert "Nobody is on the record at this moment." in main("/people/?as_of=2024-06-01")


def test_corrections_stand_newest_first_with_what_changed_and_why():
    make.CorrectionFactory(record_label="An older one", corrected_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC))
    make.CorrectionFactory(
        record_label="A newer one", record_path="/quotes/x/", corrected_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    )
    shown = main("/corrections/")
    assert shown.index("A newer one") < shown.index("An older one")
    assert '<a href="/quotes/x/">A newer one</a>' in shown
    assert "The day: 18 June, now 19 June." in shown
    assert "A misreading." in shown


def test_many_corrections_are_paged_by_plain_links():
    make.CorrectionFactory.create_batch(51)
    shown = main("/corrections/")
    assert '<a href="/corrections/?page=2" rel="next">' in shown
    assert 'href="/corrections/?page=1"' in main("/corrections/?page=2")


def test_without_corrections_the_page_says_so():
    assert "Nothing has been corrected yet." in main("/corrections/")


def test_the_method_is_told():
    shown = main("/about/")
    for part in ("What counts as a source", "Known, disputed, unknown", 'id="as-of"', "Who speaks", "Whose words"):
        assert part in shown


def test_an_address_that_leads_nowhere_offers_search_and_ways_on():
    shown = page("/nothing/here/", status=404)
    assert "Nothing at this address" in shown
    assert 'action="/search/"' in shown
    assert "Everything in order" in shown
    assert "asof" not in shown


@pytest.mark.parametrize(
    ("address", "status"), [("/nothing/here/?", 404), ("/people/nobody/?", 404), ("/compare/?treaty=1066&", 400)]
)
def test_a_page_that_leads_nowhere_keeps_to_the_moment_asked_for(address, status):
    shown = page(f"{address}as_of={SIGNED}", status=status)
    assert "<strong>19 June 2024, 15:00 UTC</strong>" in shown
    assert f'name="as_of" value="{SIGNED}"' in shown.partition("<main")[2].partition("</main>")[0]
    links = set(re.findall(r'href="(/[^"]*)"', shown.replace(f'"/?as_of={SIGNED}">How the record looked', "")))
    kept = {link for link in links if f"as_of={SIGNED}" in link}
    assert {f"/?as_of={SIGNED}", f"/timeline/?as_of={SIGNED}", f"/compare/?as_of={SIGNED}"} <= kept
    unkept = {link.partition("?")[0] for link in links - kept}
    assert unkept - {address.partition("?")[0], "/corrections/", "/about/", "/changes/"} == {
        link.partition("?")[0] for link in links if link.startswith("/static/")
    }


@pytest.mark.parametrize("moment", ["soon", "2999-01-01", "%00", "", "2024-06-19T25:00Z"])
def test_an_address_that_leads_nowhere_is_told_whatever_the_moment_that_came_with_it(moment):
    shown = page(f"/nothing/here/?as_of={moment}", status=404)
    assert "Nothing at this address" in shown
    assert "asof" not in shown


@pytest.mark.parametrize(
    "address",
    ["/", "/people/", "/about/", "/corrections/", "/timeline/", "/questions/", "/facts/", "/quotes/", "/search/"],
)
def test_every_page_says_the_same_of_a_moment_it_cannot_read(address):
    shown = page(f"{address}?as_of=soon", status=400)
    assert "“soon” is not a moment this record can be read at." in shown


def test_the_sitemap_names_as_many_parts_of_a_section_as_its_pages_need(monkeypatch):
    monkeypatch.setattr(Pages, "limit", 2)
    sources = [make.SourceFactory(published=True) for _ in range(5)]
    parts = re.findall(r"<loc>http://testserver(/sitemap-sources\.xml.*?)</loc>", page("/sitemap.xml"))
    assert parts == [f"/sitemap-sources.xml{part}" for part in ("", "?p=2", "?p=3")]
    listed = [path for part in parts for path in re.findall("<loc>http://testserver(.*?)</loc>", page(part))]
    assert sorted(listed) == sorted(each.get_absolute_url() for each in sources)
    for nowhere in ("/sitemap-sources.xml?p=4", "/sitemap-sources.xml?p=two", "/sitemap-drafts.xml"):
        page(nowhere, status=404)


def test_probes_say_that_process_and_database_answer():
    assert page("/healthz") == "alive"
    assert page("/readyz") == "ready"


def test_a_database_that_does_not_answer_is_told_and_the_process_still_lives():
    def down(*args):
        raise OperationalError

    with connection.execute_wrapper(down):
        assert page("/readyz", status=503) == "the database does not answer"
        assert page("/healthz") == "alive"

"""Everything in order, and the editors' selections, as a reader sees them."""

import re

import pytest
from django.test import Client

from apps.timelines.models import Timeline
from tests import factories as make

pytestmark = pytest.mark.django_db
SIGNED = "2024-06-19T15:00Z"


def page(address: str, status: int = 200) -> str:
    response = Client().get(address)
    assert response.status_code == status, address
    return " ".join(response.content.decode().split())


def main(address: str) -> str:
    return page(address).partition("<main")[2]


def listed(address: str) -> str:
    return main(address).partition('id="results"')[2]


def source(issued: str):
    return make.SourceFactory(published=True, issued=issued)


def event(title: str, happened: str, issued: str = "", **columns):
    return make.EventFactory(
        published=True, title=title, happened=happened, cited=[source(issued or happened)], **columns
    )


@pytest.fixture
def record() -> None:
    """Things of all kinds on record."""
    putin = make.AgentFactory(published=True, slug="putin", name="Vladimir Putin", country="RU")
    kim = make.AgentFactory(published=True, slug="kim", name="Kim Jong Un", country="KP")
    treaty = make.TreatyFactory(published=True, slug="2024")
    event("The visit", "2024-06-19", category="SUMMIT").people.add(putin, kim)
    sanctions = event("The sanctions", "2025-01-15", category="SANCTIONS")
    sanctions.treaties.add(treaty)
    article = make.ArticleFactory(published=True, treaty=treaty, number="4", order=4)
    article.topics.add(make.TopicFactory(published=True, slug="help"))
    make.ArticleTieFactory(published=True, article=article, event=sanctions)
    make.TreatyActionFactory(published=True, treaty=treaty, summary="Both sign.", happened="2024-06-19")
    said = make.UtteranceFactory(published=True, speaker=putin, said="2024-06-20", occasion="At dinner")
    make.QuoteFactory(published=True, utterance=said, words="A breakthrough")
    agency = make.AgentFactory(published=True, country="KP", kind="STATE_MEDIA")
    korean = make.SourceFactory(published=True, publisher=agency, issued="2024-06-21")
    make.RenderingFactory(published=True, article=article, source=korean)
    make.OpinionFactory(published=True, summary="It binds.", stated="2024-07-01")
    make.AssessmentFactory(published=True, question__question="Is it automatic?", since="2024-10-24")


EVERYTHING = [
    "The visit",
    "The sanctions",
    "Both sign.",
    "A breakthrough",
    "It binds.",
    "Is it automatic?",
    "prints words",
]


def left_by(query: str) -> list[str]:
    shown = listed(f"/timeline/?{query}")
    return [words for words in EVERYTHING if words in shown.partition('class="window"')[2]]


def test_everything_is_one_list_of_all_kinds_in_order_of_time_under_its_years(record):
    shown = listed("/timeline/")
    order = ['id="y2024"', "The visit", "A breakthrough", "prints words of 2024 Art. 4", "It binds.", 'id="y2025"']
    places = [shown.index(words) for words in [*order, "The sanctions"]]
    assert places == sorted(places)
    # With the assessment that began the question of the opinion.
    assert "8 entries in order" in shown


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("category=summit", ["The visit"]),
        ("kind=acts", ["Both sign."]),
        ("kind=statements&kind=acts", ["Both sign.", "A breakthrough"]),
        ("kind=opinions", ["It binds."]),
        ("kind=assessments", ["Is it automatic?"]),
        ("treaty=2024", ["The sanctions", "Both sign.", "prints words"]),
        ("treaty=2024&kind=events", ["The sanctions"]),
        ("person=putin", ["The visit", "A breakthrough"]),
        ("person=putin&kind=events", ["The visit"]),
        ("topic=help", ["The sanctions", "prints words"]),
        ("kind=publications", ["prints words"]),
        ("from=2025", ["The sanctions"]),
        ("from=2024-06-20&to=2024-07", ["A breakthrough", "It binds.", "prints words"]),
        ("words=SANCTIONS", ["The sanctions"]),
        ("words=breakthrough", ["A breakthrough"]),
        ("words=dinner", ["A breakthrough"]),
        ("words=dinner&kind=events", []),
    ],
)
def test_each_filter_leaves_what_fits(record, query, left):
    assert left_by(query) == [words for words in EVERYTHING if words in left]


def test_choices_say_how_many_entries_they_leave_and_those_in_force_are_taken_back_one_by_one(record):
    shown = listed("/timeline/?person=putin&words=the&order=known")
    assert '/timeline/?person=putin&amp;order=known" hx-get' in shown
    assert 'aria-label="Remove filter: “the”"' in shown
    assert 'aria-label="Remove filter: Vladimir Putin"' in shown
    counted = listed("/timeline/?person=putin")
    assert "Events <span>1</span>" in counted
    assert "Statements <span>1</span>" in counted
    assert "Vladimir Putin (2)" in counted
    # Another person can be chosen instead, so that filter does not count for its own choices.
    assert "Kim Jong Un (1)" in counted


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("kind=nothing", "There is no kind “nothing” here. It can be events, acts, statements, opinions, publications"),
        ("category=war", "There is no category “war” here. It can be treaty, statement, publication, summit"),
        ("treaty=1848", "There is no treaty “1848” here. It can be 2024."),
        ("treaty=2024&treaty=1848", "There is no treaty “1848” here."),
        ("person=nobody", "There is no person or body “nobody” here. Those that there are stand at /people/."),
        ("topic=x", "There is no topic “x” here. It can be help."),
        ("from=20x5", "“20x5” is not a date that can be read."),
        ("from=٢٠٢٤", "is not a date that can be read."),
        ("from=2024&to=1961", "The period ends before it begins: from 2024 to 1961."),
        ("from=2024&from=2025", "A period has one beginning and one end; the address gives several."),
        ("order=random", "There is no order “random” here. It can be happened or known."),
        ("lanes=four", "There is no choice of lanes “four” here. It can be voices, deeds or treaties."),
        ("lanes=voices&kind=acts", "Lanes of voices hold statements, expert opinions and texts published only."),
        ("sheet=yes", "There is no choice of a sheet “yes” here. It can be 1."),
        ("words=" + "x" * 201, "Words to look for can be at most 200 characters long."),
        ("&".join(f"treaty={year}" for year in range(1000)), "An address can hold at most 60 filters."),
    ],
)
def test_what_the_timeline_cannot_be_asked_is_refused_with_what_it_can_be(record, query, sentence):
    assert sentence in page(f"/timeline/?{query}", status=400)


@pytest.mark.parametrize("query", ["words=%00", "page=77", "page=x", "colour=red"])
def test_odd_values_in_the_address_do_no_harm(record, query):
    assert "8 entries" in listed(f"/timeline/?{query}")


def test_as_it_became_known_a_text_comes_on_the_day_it_could_be_read():
    event("Signed unseen", "2024-06-19", "2024-06-19T14:13:00Z")
    event("The text of that day", "2024-06-19", "2024-06-20T02:01:00Z")
    event("An old promise", "1961-07-06", "2024-06-21")
    event("A month alone", "2024-06-03", "2024-06")
    shown = listed("/timeline/?order=known")
    order = ["19 June 2024, 14:13 UTC", "Signed unseen", "20 June 2024, 02:01 UTC", "The text of that day"]
    places = [shown.index(words) for words in [*order, ">21 June 2024</time>", "happened 6 Jul 1961", "An old promise"]]
    assert places == sorted(places)
    for machine, said in (
        ("2024-06-19T14:13Z", "19 June 2024, 14:13 UTC"),
        ("2024-06-21", "21 June 2024"),
        ("2024-06", "June 2024"),
    ):
        assert f'<time datetime="{machine}">{said}</time>' in shown
    assert shown.index("An old promise") < shown.index("A month alone")
    assert "The text of that day" not in listed("/timeline/?order=known&to=2024-06-19")
    assert 'id="y1961"' not in shown


def test_each_choice_of_kind_says_how_many_entries_it_leads_to(record):
    act = make.TreatyActionFactory(published=True, summary="They exchange.", treaty__slug="1961", kind="REGISTRATION")
    event("Exchanged in Moscow", "2024-12-04", category="TREATY").acts.add(act)
    assert "Registration with the United Nations" in listed("/timeline/?kind=acts")
    shown = listed("/timeline/")
    choice = r'href="(/timeline/\?(?:kind|category)=\w+)"[^>]*>(?:<svg.*?</svg>)?[^<]+<span>(\d+)</span>'
    offered = re.findall(choice, shown)
    assert len(offered) > 7
    for address, n in offered:
        assert f">{n} entr" in listed(address), address
    assert "Summits" not in listed("/timeline/?kind=acts").partition("<form")[0]
    assert "Events <span>" not in listed("/timeline/?lanes=voices")


def test_a_note_of_the_past_waits_until_all_of_its_sources_were_there():
    noted = make.EventFactory(
        published=True, happened="1945", note="One source alone gives the day.", cited=[source("2019"), source("2024")]
    )
    address = f"/timeline/?go=event-{noted.slug}"
    assert "One source alone" in main(address)
    assert "One source alone" not in main(f"{address}&as_of=2020-01-01")


def test_an_act_that_an_event_tells_of_stands_once_unless_acts_are_asked_for():
    act = make.TreatyActionFactory(published=True, summary="Both sign.")
    event("Signed in Pyongyang", "2024-06-19").acts.add(act)
    assert "Both sign." not in listed("/timeline/")
    assert "Both sign." in listed("/timeline/?kind=acts")
    assert "Both sign." in listed("/timeline/?words=both")


def test_entries_beyond_a_window_are_a_link_away_and_know_their_page():
    cited = [source("2024")]
    for number in range(130):
        make.EventFactory(
            published=True,
            slug=f"e-{number}",
            title=f"Entry {number:03}",
            happened=f"{1950 + number // 10}",
            cited=cited,
        )
    shown = listed("/timeline/")
    assert "Entry 099" in shown
    assert "Entry 100" not in shown
    assert 'href="/timeline/?page=2" rel="next" hx-get="/timeline/?page=2"' in shown
    assert '<a href="?page=2#y1962">1962</a>' in shown
    assert "Entry 129" in listed("/timeline/?go=event-e-129")
    page("/timeline/?go=event-e-130", status=404)
    appended = Client().get("/timeline/?page=2", headers={"HX-Request": "true", "HX-Target": "more"}).content.decode()
    assert "Entries 101 to 130 of 130" in appended
    assert 'id="results"' not in appended
    references = appended.partition('<ol class="cited" hidden>')[2]
    assert references.count("<li") == 1 and f'<li id="ref-{cited[0].slug}">' in references
    assert all(f"Entry {number:03}" in main("/timeline/?sheet=1") for number in (0, 99, 100, 129))


def test_lanes_set_voices_beside_each_other_and_leave_out_what_nobody_says(record):
    shown = listed("/timeline/?lanes=voices")
    moscow, _, rest = shown.partition(">Moscow</h3>")[2].partition(">Pyongyang</h3>")
    pyongyang, _, others = rest.partition(">Others</h3>")
    assert "A breakthrough" in moscow
    assert "prints words" in pyongyang
    assert "It binds." in others
    assert "Nothing on the record in this lane." in listed("/timeline/?lanes=voices&kind=statements")
    assert "The visit" not in shown


def test_lanes_of_deeds_and_of_treaties_hold_what_belongs_there(record):
    words, deeds = listed("/timeline/?lanes=deeds").partition(">Words</h3>")[2].split(">Deeds</h3>")
    assert "A breakthrough" in words
    assert "The visit" in deeds
    treaties = listed("/timeline/?lanes=treaties")
    assert "The sanctions" in treaties.partition(">Treaty of 2024</h3>")[2]
    assert "The visit" not in treaties


def test_a_timeline_that_fits_nothing_says_so():
    assert "Nothing on the record fits. Remove a filter to see more." in listed("/timeline/?words=nothing")
    assert "Nothing on the record fits at this moment." in listed(f"/timeline/?as_of={SIGNED}")


def test_an_event_is_not_in_the_past_before_its_source_was_there():
    event("Told at once", "2024-06-19", "2024-06-19T14:13:00Z")
    event("Told later", "1961-07-06", "2024-06-20")
    shown = main(f"/timeline/?as_of={SIGNED}")
    assert "Told at once" in shown
    assert "Told later" not in shown
    assert 'id="y1961"' not in shown
    assert 'id="y1961"' in main("/timeline/")


def test_words_of_a_later_printing_find_nothing_in_the_past():
    said = make.UtteranceFactory(published=True, said="2024-06-19")
    make.QuoteFactory(published=True, utterance=said, words="A new stage", cited=[source("2024-06-19T14:13:00Z")])
    make.QuoteFactory(published=True, utterance=said, words="Alliance", language="ko", cited=[source("2024-06-20")])
    query = "kind=statements&words=alliance"
    assert "A new stage" in listed(f"/timeline/?{query}")
    assert "0 entries" in listed(f"/timeline/?{query}&as_of={SIGNED}")


def test_a_span_stands_in_every_period_it_touches_and_a_rough_date_only_where_it_certainly_was():
    event("A long winter", "2023-12/2024-02")
    event("Some time that year", "2024")
    assert "A long winter" in listed("/timeline/?from=2023&to=2023")
    assert "A long winter" in listed("/timeline/?from=2024-01-15&to=2024-01-16")
    assert "A long winter" not in listed("/timeline/?from=2025")
    # Of a day within the year nobody can say that it was then.
    assert "Some time that year" in listed("/timeline/?from=2024&to=2024")
    assert "Some time that year" not in listed("/timeline/?from=2024-01-15&to=2024-01-16")


def test_a_date_is_printed_as_precisely_as_it_is_known():
    event("A month", "1995-08")
    event("About a year", "1990~")
    shown = listed("/timeline/")
    assert '<time datetime="1995-08">August 1995</time>' in shown
    assert '<time datetime="1990">c. 1990</time>' in shown


def test_an_act_of_a_treaty_waits_for_the_page_of_that_treaty():
    treaty = make.TreatyFactory(published=True, slug="2024", cited=[source("2024-06-22")])
    make.TreatyActionFactory(published=True, treaty=treaty, summary="Both sign.", cited=[source("2024-06-19")])
    assert "Both sign." not in listed("/timeline/?kind=acts&as_of=2024-06-21")
    assert "Both sign." in listed("/timeline/?kind=acts&as_of=2024-06-22")


def test_an_event_names_the_treaties_it_concerns_only_once_they_are_readable():
    treaty = make.TreatyFactory(published=True, slug="2024", cited=[source("2024-06-22")])
    event("The visit", "2024-06-19").treaties.add(treaty, make.TreatyFactory(slug="1848"))
    assert "concerns" not in listed("/timeline/?as_of=2024-06-20")
    shown = listed("/timeline/")
    assert "/treaties/2024/" in shown
    assert "1848" not in shown


def test_the_heading_is_the_finding_of_the_moment_with_its_sources():
    make.TimelineFindingFactory(
        published=True, timeline=None, heading="It began in 1945", since="2024-06-22", cited=[source("2024-06-22")]
    )
    make.TimelineFindingFactory(timeline=None, heading="Planted draft", since="2025")
    assert "<h1>It began in 1945</h1>" in main("/timeline/")
    assert "<h1>Everything on the record, in order</h1>" in main("/timeline/?as_of=2024-06-21")


def test_the_heading_of_a_selection_shows_its_sources_without_a_lead_too():
    chosen = make.TimelineFactory(published=True, slug="nine-days")
    event("The visit", "2024-06-19").timeline_items.create(timeline=chosen, position=0)
    cited = source("2024-06-22")
    make.TimelineFindingFactory(published=True, timeline=chosen, heading="In nine days", lead="", cited=[cited])
    head = main("/timeline/nine-days/").partition('id="results"')[0]
    assert "<h1>In nine days</h1>" in head and f'popovertarget="source-{cited.slug}"' in head


@pytest.fixture
def selection() -> Timeline:
    chosen = make.TimelineFactory(
        published=True, slug="nine-days", title="Nine days in June", introduction="From the plan."
    )
    visit = event("The visit", "2024-06-19", "2024-06-19T14:13:00Z")
    said = make.UtteranceFactory(published=True, said="2024-06-20")
    make.QuoteFactory(published=True, utterance=said, words="A breakthrough", cited=[source("2024-06-20")])
    opinion = make.OpinionFactory(published=True, summary="It binds.", cited=[source("2024-06-21")])
    act = make.TreatyActionFactory(published=True, summary="Both sign.", cited=[source("2024-06-19T14:13:00Z")])
    for position, columns in enumerate(
        (
            {"event": visit, "chapter": "The days", "note": "Long planned."},
            {"act": act, "chapter": "The days"},
            {"utterance": said, "chapter": "The echo"},
            {"opinion": opinion, "chapter": "The echo"},
            {"event": make.EventFactory(title="Planted draft"), "chapter": "The echo"},
        )
    ):
        chosen.items.create(position=position, **columns)
    return chosen


def test_a_selection_has_its_chapters_in_the_editors_order_with_their_notes(selection):
    shown = main("/timeline/nine-days/")
    order = ["The days", "The visit", "Long planned.", "Both sign.", "The echo", "A breakthrough", "It binds."]
    places = [shown.index(words) for words in order]
    assert places == sorted(places)
    assert "From the plan." in shown
    assert "Planted" not in shown


def test_a_selection_of_the_past_leaves_out_what_was_not_known(selection):
    shown = main(f"/timeline/nine-days/?as_of={SIGNED}")
    assert "The visit" in shown
    assert "The echo" not in shown


def test_a_selection_of_which_nothing_was_known_has_no_page_and_is_in_no_list(selection):
    later = make.TimelineFactory(published=True, slug="later", title="Later days")
    later.items.create(position=0, event=event("The echo", "2024-06-20"))
    page("/timeline/later/?as_of=2024-06-19", status=404)
    for address in ("/timeline/", "/timeline/nine-days/"):
        assert "Later days" in main(address)
        assert "Later days" not in main(f"{address}?as_of=2024-06-19")
    assert "Later days" in main("/timeline/nine-days/?as_of=2024-06-20")


def test_a_selection_of_nothing_public_has_no_page():
    empty = make.TimelineFactory(published=True, slug="empty", title="Empty days")
    empty.items.create(position=0, event=make.EventFactory())
    page("/timeline/empty/", status=404)
    assert "Empty days" not in main("/timeline/")


def test_selections_lead_to_each_other_and_drafts_have_no_page(selection):
    promises = make.TimelineFactory(published=True, slug="promises", title="Promises since 1961")
    planted = make.TimelineFactory(slug="planted", title="Planted selection")
    for each in (promises, planted):
        each.items.create(position=0, event=event("The promise", "1961-07-06"))
    shown = main("/timeline/nine-days/")
    assert '<a href="/timeline/promises/">Promises since 1961</a>' in shown
    assert "Planted" not in shown
    assert "Planted" not in main("/timeline/")
    page("/timeline/planted/", status=404)

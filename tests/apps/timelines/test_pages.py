"""Everything in order, and the editors' selections, as a reader sees them."""

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
    """Four things on record, each of another kind and year."""
    putin = make.AgentFactory(published=True, slug="putin", name="Vladimir Putin")
    treaty = make.TreatyFactory(published=True, slug="2024")
    event("The visit", "2024-06-19", category="SUMMIT").people.add(putin)
    event("The sanctions", "2025-01-15", category="SANCTIONS").treaties.add(treaty)
    make.TreatyActionFactory(published=True, treaty=treaty, summary="Both sign.", happened="2024-06-19")
    said = make.UtteranceFactory(published=True, speaker=putin, said="2024-06-20", occasion="At dinner")
    make.QuoteFactory(published=True, utterance=said, words="A breakthrough")
    make.OpinionFactory(published=True, summary="It binds.", stated="2024-07-01")
    make.AssessmentFactory(published=True, question__question="Is it automatic?", since="2024-10-24")


def test_the_timeline_shows_events_in_order_under_their_years(record):
    shown = listed("/timeline/")
    assert "2 entries in order" in shown
    places = [shown.index(words) for words in ('id="y2024"', "The visit", 'id="y2025"', "The sanctions")]
    assert places == sorted(places)
    assert "A breakthrough" not in shown


def test_everything_is_one_list_of_all_kinds_in_order_of_time(record):
    shown = listed("/timeline/?kind=everything")
    order = ["The visit", "A breakthrough", "It binds.", "Is it automatic?", "The sanctions"]
    places = [shown.index(words) for words in order]
    assert places == sorted(places)
    assert "Both sign." in shown
    # With the assessment that began the question of the opinion.
    assert "7 entries" in shown


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("kind=summit", ["The visit"]),
        ("kind=acts", ["Both sign."]),
        ("kind=statements", ["A breakthrough"]),
        ("kind=opinions", ["It binds."]),
        ("kind=assessments", ["Is it automatic?"]),
        ("treaty=2024", ["The sanctions"]),
        ("treaty=2024&kind=everything", ["The sanctions", "Both sign."]),
        ("person=putin", ["The visit"]),
        ("person=putin&kind=everything", ["The visit", "A breakthrough"]),
        ("year=2025", ["The sanctions"]),
        ("words=SANCTIONS", ["The sanctions"]),
        ("words=breakthrough&kind=statements", ["A breakthrough"]),
        ("words=dinner&kind=statements", ["A breakthrough"]),
    ],
)
def test_each_filter_leaves_what_fits(record, query, left):
    shown = listed(f"/timeline/?{query}")
    everything = ["The visit", "The sanctions", "Both sign.", "A breakthrough", "It binds.", "Is it automatic?"]
    assert [words for words in everything if words in shown] == [words for words in everything if words in left]


@pytest.mark.parametrize("query", ["kind=nothing", "year=20x5", "year=٢٠٢٤", "words=%00", "person=nobody", "page=77"])
def test_odd_values_in_the_address_do_no_harm(record, query):
    page(f"/timeline/?{query}")


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


def test_a_span_stands_in_every_year_it_touches():
    event("A long winter", "2023-12/2024-02")
    assert "A long winter" in listed("/timeline/?year=2023")
    assert "A long winter" in listed("/timeline/?year=2024")
    assert "A long winter" not in listed("/timeline/?year=2025")


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

"""A timeline for other programs, read back by other programs' parsers."""

import datetime as dt
import json
import re
from xml.etree import ElementTree

import feedparser
import pytest
import vobject
from django.http import HttpResponse
from django.test import Client

from apps.exchange.feeds.spans import Span, to_the_day
from apps.exchange.feeds.timelinejs import date_parts
from tests import factories as make

pytestmark = pytest.mark.django_db
ATOM, ICS, JSON = "/feeds/record.atom", "/feeds/timeline.ics", "/feeds/timeline.json"
NASTY = "<script>alert(1)</script> & “ours” ]]> \x0b"


def answer(address: str, status: int = 200) -> HttpResponse:
    response = Client().get(address)
    assert response.status_code == status, response.content.decode()[:2000]
    return response


def feed(address: str = ATOM) -> feedparser.FeedParserDict:
    content = answer(address).content
    ElementTree.fromstring(content)
    found = feedparser.parse(content)
    assert not found.bozo, found.get("bozo_exception")
    return found


def titles(address: str = ATOM) -> list[str]:
    return [entry.title for entry in feed(address).entries]


def calendar(address: str = ICS) -> vobject.base.Component:
    content = answer(address).content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    return vobject.readOne(content.decode())


def slides(address: str = JSON) -> list[dict]:
    return json.loads(answer(address).content)["events"]


def shown(day: int) -> dt.datetime:
    return dt.datetime(2025, 3, day, tzinfo=dt.UTC)


def event(title: str, happened: str = "2024-06-19", day: int = 1, **columns):
    source = make.SourceFactory(published=True, issued=columns.pop("issued", happened.partition("/")[0].rstrip("~")))
    return make.EventFactory(
        published=True, published_at=shown(day), title=title, happened=happened, cited=[source], **columns
    )


def contested(*issued: str, **columns):
    """A fact with a value from a source of each of these dates, each shown a day after the last."""
    fact = make.ContestedFactFactory(published=True, published_at=shown(1), **{"slug": "how-many", **columns})
    for day, each in enumerate(issued, 2):
        source = make.SourceFactory(published=True, issued=each)
        make.ValueFactory(published=True, published_at=shown(day), fact=fact, cited=[source])
    return fact


def said(query: str = "") -> list[str]:
    """What the first entry says in each of the three."""
    return [
        feed(f"{ATOM}{query}").entries[0].content[0].value,
        calendar(f"{ICS}{query}").vevent.description.value,
        slides(f"{JSON}{query}")[0]["text"]["text"],
    ]


# What is new, as Atom


def test_what_was_shown_last_comes_first_with_its_sources():
    event("The old", day=1)
    new = event("The new", day=2, place="Pyongyang", summary="They <b>sign</b>.")
    source = new.citations.get().source
    found = feed()
    assert [entry.title for entry in found.entries] == ["Summits: The new", "Summits: The old"]
    first = found.entries[0]
    assert first.link == f"http://testserver{new.get_absolute_url()}"
    assert first.published == first.updated == found.feed.updated == "2025-03-02T00:00:00+00:00"
    assert first.content[0].type == "application/xhtml+xml"
    content = first.content[0].value
    assert "They &lt;b&gt;sign&lt;/b&gt;." in content and "Pyongyang" in content
    assert source.title in content and f'href="http://testserver/sources/{source.slug}/"' in content


def test_names_stay_whatever_page_filter_or_moment_shows_them():
    event("The visit")
    ids = {feed(f"{ATOM}{query}").entries[0].id for query in ("", "?kind=events", "?as_of=2024-06-20", "?nonsense=1")}
    assert len(ids) == 1
    assert re.fullmatch(r"tag:testserver,2026:event-[a-z0-9-]+", ids.pop())
    assert Client(headers={"host": "localhost:8000"}).get(ATOM).content.count(b"tag:localhost,2026:event-") == 1


def test_subscriptions_to_different_parts_can_be_told_apart():
    event("The visit")
    assert feed().feed.title == "The Pact Record: Everything on the record"
    narrowed = "The Pact Record: Everything on the record (kind: events; category: summit)"
    assert feed(f"{ATOM}?kind=events&category=summit").feed.title == narrowed
    assert calendar(f"{ICS}?kind=events&category=summit").contents["x-wr-calname"][0].value == narrowed


def test_a_correction_is_told_and_renews_what_it_corrects():
    corrected, _ = event("The visit", day=1), event("The other", day=2)
    make.CorrectionFactory(record_path=corrected.get_absolute_url(), record_label="The visit", corrected_at=shown(3))
    found = feed()
    assert [entry.title for entry in found.entries] == [
        "Correction: The visit. The day: 18 June, now 19 June.",
        "Summits: The other",
        "Summits: The visit",
    ]
    correction, untouched, renewed = found.entries
    assert "A misreading." in correction.content[0].value
    assert correction.link == f"http://testserver{corrected.get_absolute_url()}"
    assert renewed.updated == correction.updated == found.feed.updated
    assert renewed.published != renewed.updated and untouched.published == untouched.updated
    assert titles(f"{ATOM}?words=other") == ["Summits: The other"]
    assert "Correction: The visit. The day: 18 June, now 19 June." in titles(f"{ATOM}?words=visit")


def test_a_correction_of_a_printing_is_one_of_its_statement():
    quote = make.QuoteFactory(published=True, utterance__published_at=shown(1))
    make.CorrectionFactory(record_path=quote.get_absolute_url(), corrected_at=shown(4))
    statement = next(entry for entry in feed().entries if entry.title.startswith("Statement"))
    assert statement.updated == "2025-03-04T00:00:00+00:00"


def test_pages_lead_to_each_other_and_lose_nothing(monkeypatch):
    monkeypatch.setattr("apps.exchange.feeds.atom.PER_PAGE", 2)
    for day in (1, 3, 5, 7, 9):
        event(f"Shown {day}", day=day)
    for day in (2, 6, 8, 10):
        make.CorrectionFactory(record_label=f"{day}", corrected_at=shown(day))
    read, address = [], ATOM
    while address:
        found = feed(address)
        read += [int(re.search(r"\d+", entry.title)[0]) for entry in found.entries]
        links = {link.rel: link.href for link in found.feed.links}
        assert links["self"] == f"http://testserver{address}"
        assert links["first"] == f"http://testserver{ATOM}" and links["last"] == f"http://testserver{ATOM}?page=3"
        assert ("previous" in links) == (address != ATOM)
        address = links.get("next", "").removeprefix("http://testserver")
    assert read == sorted(read, reverse=True) == [10, 9, 8, 7, 6, 5, 3, 2, 1]


def test_a_feed_of_which_nothing_changed_is_not_sent_again():
    event("The visit")
    for address in (ATOM, f"{ATOM}?words=nothing", ICS, JSON):
        tag = answer(address)["ETag"]
        assert Client().get(address, headers={"If-None-Match": tag}).status_code == 304, address


# Dated events, as a calendar


def test_days_instants_and_spans_stand_in_the_calendar_as_precisely_as_they_are_known():
    day = event("A day", "2024-06-19", place="Pyongyang")
    event("An instant", "2024-06-19T23:13:00+09:00", issued="2024-06-20")
    event("A span", "2024-06-18/2024-06-19")
    event("A month", "1995-08")
    event("About a day", "1995-08-01~")
    make.TreatyActionFactory(published=True, summary="Both sign.", happened="2000-02-09")
    make.QuoteFactory(published=True)
    read = calendar()
    found = {item.summary.value: item for item in read.vevent_list}
    assert set(found) == {"A day", "An instant", "A span", "Both sign."}
    assert "2 more are not known to the day" in read.description.value
    assert found["A day"].dtstart.value == dt.date(2024, 6, 19) and not hasattr(found["A day"], "dtend")
    assert found["An instant"].dtstart.value == dt.datetime(2024, 6, 19, 14, 13, tzinfo=dt.UTC)
    span = found["A span"]
    assert (span.dtstart.value, span.dtend.value) == (dt.date(2024, 6, 18), dt.date(2024, 6, 20))
    assert found["A day"].uid.value == f"event-{day.slug}@testserver"
    assert found["A day"].url.value == f"http://testserver{day.get_absolute_url()}"
    assert found["A day"].location.value == "Pyongyang"
    assert day.citations.get().source.title in found["A day"].description.value


def test_a_corrected_event_has_a_higher_number_and_a_later_change():
    corrected = event("The visit")
    assert calendar().vevent.sequence.value == "0"
    make.CorrectionFactory(record_path=corrected.get_absolute_url(), corrected_at=shown(3))
    again = calendar().vevent
    assert again.sequence.value == "1"
    assert again.last_modified.value == again.dtstamp.value == shown(3)


@pytest.mark.parametrize(
    ("when", "span"),
    [
        ("2024-06-19", (dt.date(2024, 6, 19), dt.date(2024, 6, 19))),
        ("2024-10-10/2024-10-10T12:00:00Z", (dt.date(2024, 10, 10), dt.date(2024, 10, 10))),
        ("2024-06", None),
        ("2024-06-18/2024-07", None),
        ("2024-06-19?", None),
        ("156X", None),
    ],
)
def test_only_what_is_certain_to_the_day_is_a_span_of_days(when, span):
    assert to_the_day(when) == (Span(*span) if span else None)


# Slides, for TimelineJS


def test_slides_carry_dates_as_precise_as_they_are_known():
    for happened in ("1990", "1995-08~", "2024-06-18/2024-06-19", "2024-06-19T14:13:00Z"):
        event(happened, happened, issued="2024-06-20")
    dates = [{k: v for k, v in slide.items() if k.endswith("_date")} for slide in slides()]
    assert dates == [
        {"start_date": {"year": 1990}},
        {"start_date": {"year": 1995, "month": 8}, "display_date": "c. August 1995"},
        {
            "start_date": {"year": 2024, "month": 6, "day": 18},
            "end_date": {"year": 2024, "month": 6, "day": 19},
        },
        {
            "start_date": {"year": 2024, "month": 6, "day": 19, "hour": 14, "minute": 13},
            "display_date": "19 June 2024, 14:13 UTC",
        },
    ]
    assert date_parts("2024-21") is None


def test_the_treaties_in_force_are_eras_within_the_time_of_the_slides():
    treaty = make.TreatyFactory(published=True, slug="1961", short_name="Treaty of <1961>")
    for kind, happened in (("ENTRY_INTO_FORCE", "1961-09-10"), ("TERMINATION", "1996-09-10")):
        make.TreatyActionFactory(published=True, treaty=treaty, kind=kind, happened=happened)
    event("Before", "1970")
    event("After", "2000")
    asked = json.loads(answer(f"{JSON}?kind=events").content)
    assert asked["eras"] == [
        {
            "start_date": {"year": 1970, "month": 1, "day": 1},
            "end_date": {"year": 1996, "month": 9, "day": 10},
            "text": {"headline": "Treaty of &lt;1961&gt; in force"},
        }
    ]


# All three


def test_words_that_are_markup_stay_words():
    nasty = event(NASTY, summary=NASTY, place=NASTY[:100], note=NASTY)
    contested("2024-06-19", "2024-06-20", question=f"How? {NASTY}").events.add(nasty)
    entry = feed().entries[0]
    assert entry.title.startswith("Summits: <script>alert(1)</script> & “ours” ]]>")
    assert "<script" not in entry.content[0].value
    assert "How? &lt;script&gt;" in entry.content[0].value
    assert calendar().vevent.summary.value.startswith("<script>alert(1)")
    assert "Contested: How? <script>alert(1)" in calendar().vevent.description.value
    (slide,) = slides()
    assert "<" not in slide["text"]["headline"]
    assert "<script" not in slide["text"]["text"] and "How? &lt;script&gt;" in slide["text"]["text"]


def test_what_prints_a_contested_value_says_so_from_the_moment_on_at_which_two_were_known():
    marked = event("The visit", "2024-06-18", day=2)
    event("The other", "2024-06-19", day=1)
    contested("2024-06-19", "2024-06-22", question="How many?").events.add(marked)
    for query in ("", "?as_of=2024-06-22"):
        address = f"http://testserver/facts/how-many/{query}"
        in_markup = f'<p>Contested: <a href="{address}">How many?</a></p>'
        atom, ics, slide = said(query)
        assert in_markup in atom and in_markup in slide
        assert f"Contested: How many? {address}" in ics.splitlines()
    assert not any("Contested" in each for each in said("?as_of=2024-06-21"))
    assert not any("Contested" in each for each in said("?words=other"))


def test_an_entry_that_came_to_be_contested_has_changed_when_the_mark_was_first_shown():
    contested("2024-06-19", "2024-06-20", "2024-06-21").events.add(event("The visit", day=1))
    (entry,) = feed().entries
    assert (entry.published, entry.updated) == ("2025-03-01T00:00:00+00:00", "2025-03-03T00:00:00+00:00")
    assert calendar().vevent.last_modified.value == shown(3)


def test_a_curated_timeline_has_feeds_of_its_own():
    chosen, _ = event("Chosen"), event("Not chosen")
    timeline = make.TimelineFactory(published=True, slug="pact", title="The pact", introduction="How it came.")
    timeline.items.create(position=1, event=chosen, note="It began here.")
    assert titles(f"{ATOM}?timeline=pact") == ["Summits: Chosen"]
    assert feed(f"{ATOM}?timeline=pact").feed.link == "http://testserver/timeline/pact/"
    assert calendar(f"{ICS}?timeline=pact").vevent.summary.value == "Chosen"
    asked = json.loads(answer(f"{JSON}?timeline=pact").content)
    assert asked["title"]["text"]["headline"] == "The pact" and "How it came." in asked["title"]["text"]["text"]
    assert "It began here." in asked["events"][0]["text"]["text"]


def test_the_title_of_slides_marks_what_a_finding_says_of_a_contested_fact():
    finding = make.TimelineFindingFactory(published=True, timeline=None)
    contested("2024-06-19", "2024-06-20", question="How many?").timeline_findings.add(finding)
    title = json.loads(answer(JSON).content)["title"]["text"]["text"]
    assert 'Contested: <a href="http://testserver/facts/how-many/">How many?</a>' in title
    assert "Contested" not in answer(f"{JSON}?kind=events").content.decode()


@pytest.mark.parametrize("path", [ATOM, ICS, JSON])
def test_no_feed_tells_of_drafts_or_of_what_became_known_later(path):
    event("Known then", "2024-06-18")
    event("Told later", "2024-06-18", issued="2024-06-21")
    make.EventFactory(title="A draft")
    make.CorrectionFactory(record_label="Told later", corrected_at=shown(3))
    then = answer(f"{path}?as_of=2024-06-19").content.decode()
    assert "Known then" in then and "as_of=2024-06-19" in then
    assert "Told later" not in then
    now = answer(path).content.decode()
    assert "Told later" in now and "A draft" not in now


@pytest.mark.parametrize("path", [ATOM, ICS, JSON])
def test_an_empty_timeline_is_an_empty_feed(path):
    content = answer(f"{path}?words=nothing+of+the+kind").content.decode()
    assert content == answer(f"{path}?words=nothing+of+the+kind").content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("kind=rumours", "There is no kind “rumours” here."),
        ("timeline=none", "There is no timeline “none” here."),
        ("quote=none", "There is no statement “none” here."),
        ("from=2024-06-20&to=2024-06-18", "The period ends before it begins"),
        ("as_of=soon", "not a moment this record can be read at"),
    ],
)
@pytest.mark.parametrize("path", [ATOM, ICS, JSON])
def test_what_there_is_not_is_refused_with_a_sentence(path, query, sentence):
    assert sentence in answer(f"{path}?{query}", 400).content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "2", "x", "1" * 30, "٣"])
def test_a_page_that_a_feed_has_not_is_refused(page):
    assert "It has the pages 1 to 1." in answer(f"{ATOM}?page={page}", 400).content.decode()

"""What was known when: sources by their date, records by their citations, footnotes of the same moment."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.quotes.models import Utterance
from apps.sources.models import Source
from apps.timelines.models import Event
from apps.treaties.models import TopicFinding
from tests import factories as make

pytestmark = pytest.mark.django_db
FOREVER = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


def source(issued: str) -> Source:
    return make.SourceFactory(published=True, issued=issued)


@pytest.mark.parametrize(
    ("issued", "from_when"),
    [
        ("2024-06-20", utc(2024, 6, 20, 23, 59, 59, 999999)),
        ("2024-06-19T14:13:00Z", utc(2024, 6, 19, 14, 13)),
        ("2024-06-20T11:01:00+09:00", utc(2024, 6, 20, 2, 1)),
        ("2024-06-19/2024-06-19T14:13:00Z", utc(2024, 6, 19, 14, 13)),
        ("2024-06", utc(2024, 6, 30, 23, 59, 59, 999999)),
        ("1961", utc(1961, 12, 31, 23, 59, 59, 999999)),
    ],
)
def test_a_source_is_known_once_it_certainly_was_issued_and_not_an_instant_before(issued, from_when):
    event = make.EventFactory(published=True, cited=[source(issued)])
    assert event not in Event.objects.known_by(from_when - MICROSECOND)
    assert event in Event.objects.known_by(from_when)


def test_an_undated_source_makes_nothing_known_in_the_past_and_counts_today():
    event = make.EventFactory(published=True, cited=[source("")])
    assert event not in Event.objects.known_by(FOREVER)
    assert event in Event.objects.known_by(None)


@pytest.mark.parametrize("standing", [{}, {"in_review": True}, {"withdrawn": True}], ids=str)
def test_a_source_that_is_not_public_makes_nothing_known(standing):
    make.EventFactory(cited=[make.SourceFactory(**standing)])
    assert not Event.objects.known_by(FOREVER).exists()
    assert not Event.objects.known_by(None).exists()


def test_the_earliest_of_several_sources_makes_it_known_and_once():
    event = make.EventFactory(published=True, cited=[source("2024-06-20"), source("2024-06-19"), source("")])
    assert list(Event.objects.known_by(utc(2024, 6, 20))) == [event]


def test_no_later_source_leaks_in_as_a_footnote():
    first, later, draft = source("2024-06-19"), source("2024-06-21"), make.SourceFactory(issued="2024-06-19")
    make.EventFactory(published=True, cited=[later, draft, first])
    (event,) = Event.objects.with_citations(known_by=utc(2024, 6, 20))
    assert [citation.source for citation in event.public_citations] == [first]


def test_today_all_public_citations_stand_in_the_editors_order():
    sources = [source("2024-06-21"), source(""), source("2024-06-19")]
    make.EventFactory(published=True, cited=sources)
    (event,) = Event.objects.with_citations(known_by=None)
    assert [citation.source for citation in event.public_citations] == sources


def test_what_is_readable_is_public_known_and_carries_the_footnotes_of_then():
    known = make.EventFactory(published=True, cited=[source("2024-06-19"), source("2024-06-22")])
    make.EventFactory(published=True, cited=[source("2024-06-22")])
    make.EventFactory(in_review=True, cited=[source("2024-06-19")])
    (found,) = Event.objects.readable(utc(2024, 6, 20))
    assert found == known
    assert len(found.public_citations) == 1


def test_footnotes_come_with_publisher_and_go_between_in_two_queries():
    via = source("2024-06-19T14:13:00Z")
    for _ in range(2):
        make.EventFactory(published=True, cited=[make.SourceFactory(published=True, reported_via=via)])
    with CaptureQueriesContext(connection) as queries:
        chips = [
            (citation.source.publisher.name, citation.source.reported_via.publisher.name)
            for event in Event.objects.readable(None)
            for citation in event.public_citations
        ]
    assert len(chips) == 2
    assert len(queries) == 2


def test_a_source_known_through_another_is_known_from_its_own_day():
    via = source("2024-06-20")
    event = make.EventFactory(
        published=True,
        cited=[make.SourceFactory(published=True, issued="2024-06-19T10:00:00Z", reported_via=via)],
    )
    assert event in Event.objects.known_by(utc(2024, 6, 19, 10))


def test_a_statement_is_known_with_its_first_public_printing():
    said = make.UtteranceFactory(published=True)
    make.QuoteFactory(utterance=said, cited=[source("2024-06-18")])
    make.QuoteFactory(published=True, utterance=said, words="as printed later", cited=[source("2024-06-21")])
    first = make.QuoteFactory(published=True, utterance=said, position=9, cited=[source("2024-06-19")])
    assert not Utterance.objects.readable(utc(2024, 6, 19)).exists()
    (found,) = Utterance.objects.readable(utc(2024, 6, 20))
    assert found.printings == [first]


def test_the_finding_of_a_moment_is_the_latest_that_had_begun_and_was_known():
    topic = make.TopicFactory(published=True)

    def finding(since: str, issued: str, heading: str) -> None:
        make.TopicFindingFactory(published=True, topic=topic, since=since, heading=heading, cited=[source(issued)])

    finding("2024-06-19T12:00:00Z", "2024-06-19T12:00:00Z", "signed")
    finding("2024-06-20", "2024-06-20", "text known")
    finding("2024-06-22", "2024-06-20", "not begun")
    finding("2024-06-20", "2024-06-23", "not known")

    def heading(at: dt.datetime | None) -> str:
        found = TopicFinding.objects.in_force(at).first()
        return found.heading if found else ""

    assert heading(utc(2024, 6, 19, 11)) == ""
    assert heading(utc(2024, 6, 19, 15)) == "signed"
    assert heading(utc(2024, 6, 21, 12)) == "text known"
    assert heading(None) == "not begun"

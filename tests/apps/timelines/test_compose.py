"""Everything on the record as one list: what an entry carries, by which clock it stands, and what it costs."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.timelines.compose import Entry, Order, Wanted, count, numbers, place_of, tally, window
from tests import factories as make
from tests.site import stage

pytestmark = pytest.mark.django_db


def everything(order: Order = Order.HAPPENED, at: datetime | None = None, **wanted) -> list[Entry]:
    return window(at, Wanted(**wanted), order, 0, 1000)


def test_an_entry_leads_where_its_record_says_it_stands():
    built = stage.build(2)
    url = {(entry.kind, entry.key): entry.url for entry in everything()}
    records = {
        "events": built.event,
        "statements": built.utterance,
        "opinions": built.opinion,
        "publications": built.source,
        "assessments": built.question.assessments.first(),
    }
    assert {kind: url[kind, record.pk] for kind, record in records.items()} == {
        kind: record.get_absolute_url() for kind, record in records.items()
    }
    acts = {entry.key: entry.url for entry in everything(kinds=("acts",))}
    assert acts[built.act.pk] == built.act.get_absolute_url()


@pytest.mark.parametrize("order", [Order.HAPPENED, Order.KNOWN, Order.SHOWN])
def test_a_window_takes_three_queries_and_one_to_count_whatever_is_on_record(order):
    stage.build(4)
    for ask, queries in ((window, 3), (count, 1), (tally, 1)):
        with CaptureQueriesContext(connection) as taken:
            ask(None, Wanted(), order, 0, 50) if ask is window else ask(None, Wanted(), order)
        assert len(taken) == queries
    assert sum(each.n for each in tally(None, Wanted(), order)) == count(None, Wanted()) == len(everything(order))


def test_windows_side_by_side_are_the_whole_list():
    stage.build(3)
    whole = everything()
    assert len(whole) > 25
    pieces = [window(None, Wanted(), Order.HAPPENED, start, 7) for start in range(0, len(whole), 7)]
    assert [entry for piece in pieces for entry in piece] == whole
    for place, entry in enumerate(whole):
        assert place_of(None, Wanted(), Order.HAPPENED, entry.anchor) == place


def test_an_entry_is_known_from_the_first_day_on_which_a_public_source_could_be_read():
    later = make.SourceFactory(published=True, issued="2024-06-20T02:01:00Z")
    draft = make.SourceFactory(issued="2024-06-01")
    undated = make.SourceFactory(published=True, issued="")
    make.EventFactory(published=True, happened="2024-06-19", cited=[later, draft, undated])
    make.EventFactory(published=True, happened="1961-07-06", cited=[undated])
    assert [entry.known for entry in everything(Order.KNOWN)] == [datetime(2024, 6, 20, 2, 1, tzinfo=UTC), None]


def test_a_statement_is_led_by_the_english_printing_of_the_moment_and_cites_that():
    said = make.UtteranceFactory(published=True, said="2024-06-19")
    first = make.SourceFactory(published=True, issued="2024-06-19")
    second = make.SourceFactory(published=True, issued="2024-06-21")
    make.QuoteFactory(published=True, utterance=said, language="ru", words="Союз", position=0, cited=[first])
    make.QuoteFactory(published=True, utterance=said, language="en", words="Alliance", position=1, cited=[second])
    (then,) = everything(at=datetime(2024, 6, 20, tzinfo=UTC))
    (now,) = everything(kinds=("statements",))
    assert (then.title, then.language, then.citations[0].source) == ("“Союз”", "ru", first)
    assert (now.title, now.language, now.citations[0].source) == ("“Alliance”", "en", second)


def test_an_entry_says_when_it_was_corrected():
    event = make.EventFactory(published=True)
    when = datetime(2026, 1, 2, tzinfo=UTC)
    make.CorrectionFactory(record_path=event.get_absolute_url(), corrected_at=when)
    make.EventFactory(published=True, happened="2030")
    assert [entry.corrected for entry in everything()] == [when, None]


def test_a_text_published_names_what_it_prints_and_in_which_languages():
    article = make.ArticleFactory(published=True, number="4", order=4, treaty__slug="2024")
    source = make.SourceFactory(published=True, publisher__name="KCNA")
    for language in ("ko", "en"):
        make.RenderingFactory(published=True, article=article, language=language, source=source)
    (entry,) = everything(kinds=("publications",))
    assert (entry.title, entry.text) == ("KCNA prints words of 2024 Art. 4", "In English and Korean.")
    assert entry.treaties == ("2024",)


def test_numbers_count_each_entry_once_for_each_thing_it_is_about():
    treaty = make.TreatyFactory(published=True, slug="2024")
    both = make.EventFactory(published=True)
    both.treaties.add(treaty, make.TreatyFactory(published=True, slug="1961"), make.TreatyFactory(slug="1848"))
    make.TreatyActionFactory(published=True, treaty=treaty)
    assert numbers(None, Wanted(), Order.HAPPENED, "treaties") == {"1961": 1, "2024": 2}
    assert numbers(None, Wanted(kinds=("opinions",)), Order.HAPPENED, "treaties") == {}


def test_a_selection_keeps_its_editors_order_chapters_and_remarks():
    chosen = make.TimelineFactory(published=True)
    last = make.AssessmentFactory(published=True)
    first = make.RenderingFactory(published=True).source
    chosen.items.create(position=2, chapter="The end", assessment=last)
    chosen.items.create(position=1, chapter="The text", note="At last.", publication=first)
    make.EventFactory(published=True)
    found = everything(Order.CHOSEN, timeline=chosen.pk)
    assert [(entry.kind, entry.chapter, entry.remark) for entry in found] == [
        ("publications", "The text", "At last."),
        ("assessments", "The end", ""),
    ]


def test_a_chapter_holds_until_the_next_begins_though_the_item_that_names_it_is_not_shown():
    chosen = make.TimelineFactory(published=True)
    rows = [("", True), ("Before", False), ("", True), ("After", True), ("", True)]
    for position, (chapter, published) in enumerate(rows, start=1):
        chosen.items.create(position=position, chapter=chapter, event=make.EventFactory(published=published))
    found = everything(Order.CHOSEN, timeline=chosen.pk)
    assert [entry.chapter for entry in found] == ["", "Before", "After", "After"]


def test_an_assessment_is_named_by_its_question_and_day_so_that_the_name_outlives_the_database():
    make.AssessmentFactory(published=True, question__slug="help", since="2024-06-19T15:00:00Z")
    assert [entry.anchor for entry in everything()] == ["assessment-help-2024-06-19T15-00-00Z"]
    assert place_of(None, Wanted(), Order.HAPPENED, "assessment-help-2024-06-19T15-00-00Z") == 0

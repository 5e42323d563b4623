"""What stood in the database at an earlier instant: rows, their words, and the links between them."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction

from apps.editorial.kept import as_it_stood, forget_links_that_were_cut, settled
from apps.editorial.models import Correction
from apps.timelines.models import Event, EventCitation, EventEvent, EventPeopleLinkEvent
from tests import factories as make
from tests.factories import SHOWN

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def event() -> Any:
    return make.EventFactory(published=True, title="Signed", cited=[make.SourceFactory(published=True)])


def date(events: Any, to: dt.datetime = SHOWN) -> None:
    """Dates the writes of a table that have no date of the tests yet."""
    events.objects.filter(pgh_created_at__gt=SHOWN + 9 * DAY).update(pgh_created_at=to)


def titles(at: dt.datetime | None) -> list[str]:
    with as_it_stood(at):
        return list(Event.objects.order_by("pk").values_list("title", flat=True))


def with_people(at: dt.datetime | None) -> list[str]:
    with as_it_stood(at):
        return list(Event.objects.filter(people__slug="putin").values_list("title", flat=True))


def test_a_row_reads_as_it_was_last_written_by_then(event: Any) -> None:
    date(EventEvent)
    for day in (1, 3):
        Event.objects.update(title=f"Signed on day {day}")
        date(EventEvent, SHOWN + day * DAY)
    assert [titles(SHOWN + day * DAY) for day in (-1, 0, 1, 2, 3)] == [
        [],
        ["Signed"],
        ["Signed on day 1"],
        ["Signed on day 1"],
        ["Signed on day 3"],
    ]
    assert titles(None) == ["Signed on day 3"]


def test_rows_that_were_deleted_since_are_there_and_those_that_were_added_are_not(event: Any) -> None:
    date(EventEvent)
    make.EventFactory(title="Met")
    make.EventFactory(title="Parted")
    date(EventEvent, SHOWN + DAY)
    Event.objects.filter(title="Met").delete()
    date(EventEvent, SHOWN + 2 * DAY)
    assert titles(SHOWN) == ["Signed"]
    assert titles(SHOWN + DAY) == ["Signed", "Met", "Parted"]
    assert titles(SHOWN + 2 * DAY) == ["Signed", "Parted"] == titles(None)


def test_a_link_is_there_from_when_it_was_made_until_it_was_cut(event: Any) -> None:
    speaker = make.AgentFactory(published=True, slug="putin")
    event.people.add(speaker)
    for events in apps.get_models():
        if hasattr(events, "pgh_tracked_model"):
            events._base_manager.update(pgh_created_at=SHOWN)
    event.people.clear()
    date(EventPeopleLinkEvent, SHOWN + DAY)
    event.people.add(speaker)
    date(EventPeopleLinkEvent, SHOWN + 3 * DAY)
    assert [len(with_people(SHOWN + day * DAY)) for day in (-1, 0, 1, 2, 3)] == [0, 1, 0, 0, 1]
    assert with_people(None) == ["Signed"]


def test_what_was_withdrawn_since_is_not_there_though_it_was_public_then_and_is_again(event: Any) -> None:
    date(EventEvent)
    for day, status in ((1, "WITHDRAWN"), (2, "REVIEW"), (3, "PUBLISHED")):
        gone = {"withdrawn_at": SHOWN + DAY if status == "WITHDRAWN" else None}
        Event.objects.update(status=status, published_at=None if status == "REVIEW" else SHOWN, **gone)
        date(EventEvent, SHOWN + day * DAY)
    assert [len(titles(SHOWN + day * DAY)) for day in (0, 1, 3)] == [0, 1, 1]
    with as_it_stood(SHOWN + DAY):
        assert not Event.objects.published().exists()
    with as_it_stood(SHOWN + 3 * DAY):
        assert Event.objects.published().exists()


def test_a_query_within_a_query_reads_the_same_instant_and_what_follows_reads_today(event: Any) -> None:
    for events in (EventEvent, EventCitation._meta.get_field("history").related_model):
        events._base_manager.update(pgh_created_at=SHOWN)
    make.CorrectionFactory()
    cited = Event.objects.filter(pk__in=EventCitation.objects.values("subject"))
    with as_it_stood(SHOWN - DAY):
        assert not cited.exists() and cited.union(Event.objects.all()).count() == 0
        # Which tells what changed since.
        assert Correction.objects.count() == 1
    with as_it_stood(SHOWN):
        assert cited.all().exists()
    assert Event.objects.count() == 1


def test_the_past_is_not_written_to_and_one_past_is_read_at_a_time(event: Any) -> None:
    with pytest.raises(RuntimeError, match="The past is read"), transaction.atomic(), as_it_stood(SHOWN):
        Event.objects.update(title="Never signed")
    with pytest.raises(RuntimeError, match="one past at a time"), as_it_stood(SHOWN), as_it_stood(SHOWN - DAY):
        Event.objects.count()
    assert titles(None) == ["Signed"]


def test_what_was_withdrawn_after_it_was_seen_was_there(event: Any) -> None:
    date(EventEvent)
    Event.objects.update(status="WITHDRAWN", withdrawn_at=SHOWN + 3 * DAY)
    date(EventEvent, SHOWN + 3 * DAY)
    for days, there in ((2, 1), (3, 0), (4, 0)):
        with as_it_stood(SHOWN, seen=SHOWN + days * DAY):
            assert Event.objects.published().count() == there


@pytest.mark.django_db(transaction=True)
def test_an_instant_is_settled_once_what_was_being_written_at_it_is_over() -> None:
    later = dt.datetime(2090, 1, 1, tzinfo=dt.UTC)
    writing = connection.copy()
    try:
        with writing.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT NOW()")
            (began,) = cursor.fetchone()
            assert settled(later) == began
            assert settled(SHOWN) == SHOWN
    finally:
        writing.close()
    assert began < settled(later) < later


def test_every_table_of_the_record_is_kept() -> None:
    """Else a part of a pinned page would be of today."""
    asked = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    ours = {each for each in apps.get_models(include_auto_created=True) if each.__module__.startswith("apps.")}
    ours = {each for each in ours if not each._meta.proxy and not hasattr(each, "pgh_tracked_model")}
    with as_it_stood(SHOWN), connection.execute_wrapper(note):
        for model in ours:
            list(model._base_manager.all())
    today = {sql.split(' FROM "')[1].split('"')[0] for sql in asked if not sql.startswith("WITH ")}
    assert today == {"editorial_correction", "exchange_loadedrow", "search_passage"}


def test_links_that_were_cut_before_that_was_kept_are_forgotten(event: Any) -> None:
    event.people.add(make.AgentFactory(published=True), make.AgentFactory(published=True))
    kept = event.people.through.objects.first()
    event.people.through.objects.exclude(pk=kept.pk).delete()
    EventPeopleLinkEvent.objects.filter(pgh_label="delete").delete()
    (forget,) = forget_links_that_were_cut(("timelines_event_people", "timelines_eventpeoplelinkevent"))
    with connection.cursor() as cursor:
        cursor.execute(forget.sql)
    assert EventPeopleLinkEvent.objects.get().id == kept.pk

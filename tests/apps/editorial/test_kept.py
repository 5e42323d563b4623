"""What stood in the database by an earlier instant: links, and rows without a date of their own."""

import datetime as dt
from typing import Any

import pytest
from django.db.models import Q

from apps.editorial.kept import linked_by, stood_by
from apps.timelines.models import Event, EventCitation, EventPeopleLinkEvent
from tests import factories as make
from tests.factories import SHOWN

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def event() -> Any:
    return make.EventFactory(published=True, cited=[make.SourceFactory(published=True)])


def with_people(by: dt.datetime | None) -> list[Event]:
    return list(Event.objects.filter(linked_by(Event, "people__slug", by), people__slug="putin"))


def test_a_link_counts_from_when_it_was_first_made_though_it_was_cut_and_made_again(event: Any) -> None:
    speaker = make.AgentFactory(published=True, slug="putin")
    event.people.add(speaker)
    EventPeopleLinkEvent.objects.update(pgh_created_at=SHOWN)
    event.people.clear()
    assert with_people(SHOWN) == []
    event.people.add(speaker)
    assert with_people(SHOWN - DAY) == []
    assert with_people(SHOWN) == [event] == with_people(None)


def test_a_link_to_a_record_counts_from_when_that_was_put_on_record(event: Any) -> None:
    event.people.add(make.AgentFactory(published=True, slug="putin", published_at=SHOWN + DAY))
    EventPeopleLinkEvent.objects.update(pgh_created_at=SHOWN)
    assert with_people(SHOWN) == []
    assert with_people(SHOWN + DAY) == [event]


def test_a_row_that_is_written_anew_counts_from_when_one_that_said_the_same_was_first_there(event: Any) -> None:
    def there(by: dt.datetime | None) -> int:
        return EventCitation.objects.filter(stood_by(EventCitation, by, "subject", "source")).count()

    cited = event.citations.get().source
    EventCitation.history.rel.related_model.objects.update(pgh_created_at=SHOWN)
    # The last citation of a published record stays, so another stands while it is written anew.
    event.citations.create(source=make.SourceFactory(published=True), position=2)
    event.citations.filter(source=cited).delete()
    event.citations.create(source=cited, position=1)
    assert (there(SHOWN - DAY), there(SHOWN), there(None)) == (0, 1, 2)


def test_without_an_instant_nothing_is_asked() -> None:
    assert linked_by(Event, "people__slug", None) == stood_by(EventCitation, None, "subject") == Q()

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.editorial import workflow
from apps.editorial.rules import Status
from apps.sources.models import Agent, Source
from tests.clock import NOW

pytestmark = pytest.mark.django_db


def sources(count: int, publisher: Agent) -> list[Source]:
    return Source.objects.bulk_create(
        Source(slug=f"source-{number}", type="webpage", title="A page", publisher=publisher, language="en")
        for number in range(count)
    )


@pytest.fixture
def kcna() -> Agent:
    return Agent.objects.create(slug="kcna", name="KCNA", kind="STATE_MEDIA")


def test_many_records_move_as_one_would(kcna: Agent) -> None:
    for to in (Status.REVIEW, Status.PUBLISHED):
        workflow.move(kcna, to, by=None, at=NOW)
    moved = sources(3, kcna)
    workflow.move_all(moved, Status.REVIEW, by=None, at=NOW)
    workflow.move_all(moved, Status.PUBLISHED, by=None, at=NOW)
    assert {(source.status, source.published_at) for source in moved} == {(Status.PUBLISHED, NOW)}
    assert Source.objects.published().filter(published_at=NOW).count() == 3


def test_when_one_may_not_move_none_does_and_each_says_why(kcna: Agent) -> None:
    moved = sources(3, kcna)
    workflow.move_all(moved[:2], Status.REVIEW, by=None, at=NOW)
    with pytest.raises(workflow.Refused) as refusal:
        workflow.move_all(moved, Status.PUBLISHED, by=None, at=NOW)
    reasons = refusal.value.by_record
    assert reasons[moved[0].pk] == ["Publish its publisher first: the agent “KCNA”."]
    assert "from there it cannot become published" in reasons[moved[2].pk][0]
    assert Source.objects.published().count() == 0


def test_who_may_not_publish_may_not_publish_many(kcna: Agent) -> None:
    somebody = User.objects.create_user("somebody")
    with pytest.raises(workflow.Refused):
        workflow.move_all(sources(2, kcna), Status.REVIEW, by=somebody, at=NOW)


def test_moving_more_records_asks_the_database_no_more_often(kcna: Agent) -> None:
    counts = []
    moved = sources(20, kcna)
    for some in (moved[:2], moved[2:]):
        with CaptureQueriesContext(connection) as queries:
            workflow.move_all(some, Status.REVIEW, by=None, at=NOW)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_moving_nothing_does_nothing() -> None:
    workflow.move_all([], Status.PUBLISHED, by=None, at=NOW)

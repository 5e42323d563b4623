"""What the database itself holds of every record: status in step with its dates, dates in order, history."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from apps.editorial.fields import EdtfField
from apps.editorial.models import Correction, EditorialModel
from apps.sources.models import Agent
from apps.timelines.models import Event
from tests import factories as make

pytestmark = pytest.mark.django_db
THEN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
BEFORE = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
RECORDS = [model for model in apps.get_models() if issubclass(model, EditorialModel)]
DATED = [
    (model, field.name)
    for model in apps.get_models()
    if not model.__name__.endswith("Event") or model is Event
    for field in model._meta.concrete_fields
    if isinstance(field, EdtfField)
]


def refused(constraint: str):
    """The database refuses what follows, by the constraint of this name."""
    return pytest.raises(IntegrityError, match=constraint)


@pytest.mark.parametrize(
    "columns",
    [
        {"status": "DRAFT", "published_at": THEN},
        {"status": "REVIEW", "published_at": THEN},
        {"status": "PUBLISHED"},
        {"status": "PUBLISHED", "published_at": THEN, "withdrawn_at": THEN},
        {"status": "WITHDRAWN", "withdrawn_at": THEN},
        {"status": "WITHDRAWN", "published_at": THEN},
        {"status": "WITHDRAWN", "published_at": THEN, "withdrawn_at": BEFORE},
    ],
    ids=str,
)
def test_status_and_dates_stay_in_step(columns):
    make.AgentFactory()
    with refused("sources_agent_status_in_step"), transaction.atomic():
        Agent.objects.update(**columns)


def test_an_unknown_status_is_refused():
    make.AgentFactory()
    with refused("sources_agent_status_(known|in_step)"), transaction.atomic():
        Agent.objects.update(status="SECRET")


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_every_kind_of_record_keeps_its_status_in_step(model):
    names = {constraint.name for constraint in model._meta.constraints}
    label = f"{model._meta.app_label}_{model._meta.model_name}"
    assert {f"{label}_status_known", f"{label}_status_in_step"} <= names


def test_a_date_fills_its_bounds_when_the_record_is_made():
    event = make.EventFactory(happened="2024-06-18/2024-06-19")
    assert event.happened_earliest == dt.datetime(2024, 6, 18, tzinfo=dt.UTC)
    assert event.happened_latest == dt.datetime(2024, 6, 19, 23, 59, 59, 999999, dt.UTC)


def test_a_date_fills_its_bounds_anew_when_the_record_is_saved():
    event = make.EventFactory(happened="2024-06-19")
    event.happened = "1990"
    event.save()
    event.refresh_from_db()
    assert (event.happened_earliest.year, event.happened_latest.month) == (1990, 12)


def test_dates_fill_their_bounds_when_many_records_are_made_at_once():
    Event.objects.bulk_create(
        make.EventFactory.build(happened=day, cited=[]) for day in ("1961-07", "2024-06-19T09:13-05:00")
    )
    month, instant = Event.objects.order_by("happened_earliest")
    assert (month.happened_earliest.day, month.happened_latest.day) == (1, 31)
    assert instant.happened_earliest == instant.happened_latest == dt.datetime(2024, 6, 19, 14, 13, tzinfo=dt.UTC)


def test_an_empty_date_empties_its_bounds():
    source = make.SourceFactory(issued="2024-06-20")
    source.issued = ""
    source.save()
    source.refresh_from_db()
    assert (source.issued_earliest, source.issued_latest) == (None, None)


def test_a_date_that_cannot_be_read_is_not_written():
    with pytest.raises(ValueError, match="not a date that can be read"):
        make.EventFactory(happened="yesterday")


def test_a_span_that_ends_before_it_begins_is_not_written():
    with pytest.raises(ValueError, match="ends before it begins"):
        make.EventFactory(happened="2024-06-19/2024-06-18")


def test_the_database_refuses_bounds_out_of_order():
    make.EventFactory(happened="2024-06-19")
    with refused("timelines_event_happened_earliest_before_latest"), transaction.atomic():
        Event.objects.update(happened_latest=BEFORE - dt.timedelta(days=999))


@pytest.mark.parametrize(("model", "name"), DATED, ids=lambda part: getattr(part, "__name__", part))
def test_every_date_has_bounds_that_the_database_keeps_in_order(model, name):
    columns = {field.name for field in model._meta.concrete_fields}
    assert {f"{name}_earliest", f"{name}_latest"} <= columns
    checks = [str(c.condition) for c in model._meta.constraints if isinstance(c, models.CheckConstraint)]
    assert any(f"{name}_earliest" in check and "_latest" in check for check in checks) or name == "until"


def test_history_keeps_what_an_update_past_the_models_did():
    agent = make.AgentFactory(name="First")
    Agent.objects.update(name="Second")
    kept = Agent._meta.get_field("history").related_model.objects.filter(pgh_obj_id=agent.pk).order_by("pgh_id")
    assert [(row.pgh_label, row.name) for row in kept] == [("insert", "First"), ("update", "Second")]


def test_history_outlives_what_was_deleted():
    agent = make.AgentFactory(name="Gone")
    pk = agent.pk
    Agent.objects.all().delete()
    kept = Agent._meta.get_field("history").related_model.objects.filter(pgh_obj_id=pk).order_by("pgh_id")
    assert [(row.pgh_label, row.name) for row in kept][-1] == ("delete", "Gone")


@pytest.mark.parametrize(
    "model",
    [
        model
        for model in apps.get_models()
        if model.__module__.startswith("apps.")
        and not hasattr(model, "pgh_tracked_model")
        # What stands in for a table of links, of which is kept when each was made.
        and not model._meta.proxy
        # Files put in, and an index that triggers write anew from the rows: neither is record.
        and model._meta.app_label not in {"exchange", "search"}
    ],
    ids=lambda model: model.__name__,
)
def test_every_table_of_the_record_keeps_history(model):
    labels = {
        tracker.label for tracker in getattr(model._meta.get_field("history").related_model, "pgh_trackers", None) or []
    }
    assert labels >= {"insert", "update", "delete"}


def test_a_correction_leads_to_an_address_of_this_site_only():
    with refused("editorial_correction_path_is_local"), transaction.atomic():
        make.CorrectionFactory(record_path="https://elsewhere.example/")
    make.CorrectionFactory(record_path="/quotes/one/")
    assert Correction.objects.count() == 1

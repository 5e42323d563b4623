"""Every list and form of the admin opens on the whole record, and a longer list asks the database no more often."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection, models
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.editorial.models import EditorialModel

NOUNS = [model for model in admin.site._registry if issubclass(model, EditorialModel)]


def open_list(model: type[models.Model], monkeypatch: pytest.MonkeyPatch, rows: int) -> tuple[int, int]:
    """How many rows the list shows with `rows` a page, and how many queries that takes."""
    model_admin = admin.site._registry[model]
    monkeypatch.setattr(model_admin, "list_per_page", rows)
    request = RequestFactory().get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
    # The record's database takes no writes, so nobody can log in.
    request.user = User(username="reader", is_superuser=True, is_staff=True, is_active=True)
    request.user.pk = 1
    request._messages = []  # type: ignore[attr-defined]
    with CaptureQueriesContext(connection) as queries:
        response = model_admin.changelist_view(request)
        response.render()
    return len(response.context_data["cl"].result_list), len(queries)


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model._meta.label_lower)
def test_a_longer_list_asks_no_more_often(
    model: type[models.Model], whole_record: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown_short, short = open_list(model, monkeypatch, 2)
    shown_long, long = open_list(model, monkeypatch, 40)
    assert long == short, f"{shown_short} rows take {short} queries, {shown_long} rows {long}"


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model._meta.label_lower)
def test_every_noun_has_search_and_order_and_a_filter_by_status(model: type[models.Model], rf: RequestFactory) -> None:
    model_admin = admin.site._registry[model]
    request = rf.get("/admin/")
    assert model_admin.get_search_fields(request)
    assert model_admin.get_ordering(request)
    assert "status" in model_admin.list_filter
    assert "status" in model_admin.get_list_display(request)
    dated = [field.name for field in model._meta.fields if field.name.endswith("_earliest")]
    assert bool(model_admin.date_hierarchy) == bool(dated) or model._meta.model_name == "quote"

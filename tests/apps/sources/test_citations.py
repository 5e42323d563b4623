"""How a record rests on its sources: where in them, once per place, and that no kind of record forgets."""

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.test.utils import isolate_apps

from apps.editorial.models import EditorialModel
from apps.sources.checks import cited_models_have_a_citation_table, what_names_an_agent_is_known_at_a_moment
from apps.sources.models import Agent, Citation, CitedModel, KnownQuerySet, citation_models
from tests import factories as make


@pytest.mark.django_db
@pytest.mark.parametrize("place", [{"locator": "12"}, {"label": "page"}], ids=str)
def test_a_locator_and_its_label_come_together(place):
    event = make.EventFactory()
    with pytest.raises(IntegrityError, match="timelines_eventcitation_locator_has_label"), transaction.atomic():
        event.citations.update(**place)


@pytest.mark.django_db
@pytest.mark.parametrize("locator", ["xii", "4–5", "A1"])
def test_a_locator_is_text_because_pages_are_not_numbers(locator):
    event = make.EventFactory()
    event.citations.update(label="page", locator=locator)
    assert event.citations.get().locator == locator


@pytest.mark.django_db
def test_a_source_is_cited_once_per_place_and_relation():
    event = make.EventFactory()
    place = {"source": event.citations.get().source, "label": "page", "locator": "7"}
    event.citations.create(**place)
    event.citations.create(**place, relation="DISPUTES")
    with pytest.raises(IntegrityError, match="timelines_eventcitation_once_per_place"), transaction.atomic():
        event.citations.create(**place)


@pytest.mark.django_db
def test_a_cited_source_cannot_be_deleted():
    event = make.EventFactory()
    with pytest.raises(ProtectedError):
        event.citations.get().source.delete()


def test_every_cited_kind_has_its_own_citation_table():
    cited = {model for model in apps.get_models() if issubclass(model, CitedModel)}
    assert cited == {table._meta.get_field("subject").related_model for table in citation_models()}
    assert len(cited) == len(citation_models())
    assert not run_checks(tags=["models"]) and not cited_models_have_a_citation_table()


def test_a_kind_that_forgets_its_citation_table_is_found_when_the_site_starts():
    with isolate_apps("apps.sources") as isolated:

        class Rumour(CitedModel):
            class Meta(CitedModel.Meta):
                app_label = "sources"

        (error,) = cited_models_have_a_citation_table(isolated.get_app_configs())
        assert (error.id, error.obj) == ("sources.E001", Rumour)
        assert "Rumour has no citation table" in error.msg

        class RumourCitation(Citation):
            subject = models.ForeignKey(Rumour, on_delete=models.CASCADE, related_name="citations")

            class Meta(Citation.Meta):
                app_label = "sources"

        assert cited_models_have_a_citation_table(isolated.get_app_configs()) == []


def test_a_kind_that_names_an_agent_and_does_not_say_when_it_is_known_is_found_when_the_site_starts():
    assert what_names_an_agent_is_known_at_a_moment() == []
    with isolate_apps("apps.sources") as isolated:

        class Medal(EditorialModel):
            bearer = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")

            class Meta(EditorialModel.Meta):
                app_label = "sources"

        class Oath(EditorialModel):
            sworn_by = models.ManyToManyField(Agent, related_name="+")
            objects = KnownQuerySet.as_manager()

            class Meta(EditorialModel.Meta):
                app_label = "sources"

        (error,) = what_names_an_agent_is_known_at_a_moment(isolated.get_app_configs())
        assert (error.id, error.obj) == ("sources.E002", Medal)
        assert "Medal names an agent" in error.msg

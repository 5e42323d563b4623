"""Records that must not show: one of any kind, a mark in all its words, tied to all that is public."""

import datetime as dt
from typing import Any

from django.apps import apps
from django.db import models

from apps.editorial.fields import EdtfField
from apps.editorial.models import EditorialModel
from apps.opinions.models import ContestedFact, Opinion, Value
from apps.sources.models import Citation, CitedModel, Source, UrlField
from apps.treaties.models import Article, Correspondence, Obligation, Rendering
from tests import factories as make
from tests.site.stage import Stage

FACTORIES = {
    factory._meta.model: factory
    for factory in vars(make).values()
    if isinstance(factory, type) and issubclass(factory, make.EditorialFactory) and not factory._meta.abstract
}
# Codes, and what has a form of its own.
WITHOUT_WORDS = {"country", "language", "quote_language", "translated_from", "number", "label"}


def kinds() -> list[type[EditorialModel]]:
    """Every kind of record that has a status."""
    return [model for model in apps.get_models() if issubclass(model, EditorialModel)]


def plant(kind: type[EditorialModel], status: dict[str, bool], mark: str, stage: Stage) -> EditorialModel:
    """A record of `kind` whose words all carry `mark`, hung on the stage's records and they on it."""
    by_model = {type(record): record for record in stage.records.values()}
    chosen: dict[str, Any] = {**status, **_marked(kind, mark), **_cited(kind, stage)}
    for field in kind._meta.concrete_fields:
        if field.is_relation and field.related_model in by_model:
            chosen[field.name] = by_model[field.related_model]
    if kind is Correspondence:
        chosen["topic"] = make.TopicFactory(published=True)
    if kind is Obligation:
        # A treaty has one of each kind, and the comparison shows three treaties: it takes the place of the oldest.
        oldest = stage.treaty.obligations.earliest("pk")
        chosen["kind"] = oldest.kind
        oldest.delete()
    if "since" in {field.name for field in kind._meta.concrete_fields}:
        # The latest is the one in force.
        chosen["since"] = str(dt.date(2024, 7, 1) + dt.timedelta(days=next(stage.numbers)))
    if {"event", "utterance"} <= {field.name for field in kind._meta.concrete_fields}:
        chosen |= {"utterance": None, "event": make.EventFactory(published=True)}
    if kind is Opinion:
        chosen["position"] = make.PositionFactory(question=stage.question)
    if kind is Rendering:
        chosen["source"] = make.SourceFactory(published=True)
    if kind is Article:
        chosen["order"] = next(stage.numbers)
    planted = FACTORIES[kind](**chosen)
    for field in kind._meta.many_to_many:
        if field.related_model in by_model:
            getattr(planted, field.name).add(by_model[field.related_model])
    _words_beneath(planted, mark, stage)
    _hang_on(planted, mark, stage, by_model)
    return planted


def _marked(model: type[models.Model], mark: str) -> dict[str, str]:
    words: dict[str, str] = {}
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.CharField | models.TextField) or field.choices:
            continue
        if isinstance(field, EdtfField) or field.name in WITHOUT_WORDS or (field.max_length or 99) < len(mark):
            continue
        if isinstance(field, UrlField):
            words[field.name] = f"https://{mark}.example/{field.name}"
        elif isinstance(field, models.SlugField):
            words[field.name] = mark
        else:
            words[field.name] = f"{mark} {field.name}"[: field.max_length]
    return words


def _words_beneath(planted: Any, mark: str, stage: Stage) -> None:
    """The rows that belong to a record and have no status of their own."""
    for relation in planted._meta.related_objects:
        model = relation.related_model
        if relation.many_to_many or issubclass(model, EditorialModel) or relation.on_delete is not models.CASCADE:
            continue
        if issubclass(model, Citation) and relation.field.name == "subject":
            planted.citations.update(exact=f"{mark} exact", locator=f"{mark} locator", label="page")
        elif relation.get_accessor_name() in {"names", "roles", "titles", "positions", "sides", "items"}:
            values = {**_marked(model, mark), relation.field.name: planted}
            if "language" in {field.name for field in model._meta.concrete_fields}:
                values["language"] = "ko"
            values |= {
                "roles": {"source": stage.source},
                "positions": {"order": 0},
                "sides": {"treaty": stage.treaty, "presence": "PRESENT"},
                "items": {"position": 0, "event": stage.event},
            }.get(relation.get_accessor_name(), {})
            model.objects.create(**values)


def _hang_on(planted: Any, mark: str, stage: Stage, by_model: dict[type, Any]) -> None:
    """Everything public that may point at the record does: by many-to-many, as citation, or as its published parent.

    What the workflow refuses to publish on top of it stays away.
    """
    for relation in planted._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        if relation.many_to_many:
            if model in by_model:
                getattr(by_model[model], name).add(planted)
        elif issubclass(model, Citation):
            subject = by_model.get(model._meta.get_field("subject").related_model)
            if name == "source" and subject:
                model.objects.create(source=planted, subject=subject, exact=f"{mark} relied on", position=9)
        elif model._meta.label == "timelines.TimelineItem" and name != "timeline":
            model.objects.create(timeline=by_model[apps.get_model("timelines.Timeline")], position=9, **{name: planted})
        elif model._meta.label == "sources.AgentRole" and name != "agent":
            agent = by_model[apps.get_model("sources.Agent")]
            role = {"source": by_model[apps.get_model("sources.Source")], name: planted}
            title = f"{mark} role" if name == "source" else "President of a body"
            model.objects.create(agent=agent, title=title, since=f"{next(stage.numbers) + 1000}", **role)
        elif model in FACTORIES and not relation.one_to_one:
            chosen = {name: planted, **_cited(model, stage)}
            if model._meta.label == "timelines.ArticleTie" and name == "utterance":
                chosen["event"] = None
            # A fact stands once two values of it are known.
            for _ in range(2 if (type(planted), model) == (ContestedFact, Value) else 1):
                _publish_above(FACTORIES[model](**chosen), planted)


def _cited(model: type[models.Model], stage: Stage) -> dict[str, list[Source]]:
    """All that is planted rests on one source, whose page names all that rests on it."""
    return {"cited": [stage.source]} if issubclass(model, CitedModel) else {}


def _publish_above(above: Any, planted: Any) -> None:
    """Publish a record that points at a planted one, unless the workflow would refuse."""
    if above.blockers("PUBLISHED"):
        return
    table = type(above).objects.filter(pk=above.pk)
    table.update(status="PUBLISHED", published_at=make.SHOWN)
    if above in planted.public_dependants() and planted.withdrawn_at:
        table.update(status="DRAFT", published_at=None)

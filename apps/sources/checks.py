from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import FieldDoesNotExist

from apps.editorial.models import EditorialModel
from apps.sources.models import Agent, Citation, CitedModel, KnownQuerySet, Source


@register()
def cited_models_have_a_citation_table(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Every CitedModel is reached from one Citation table through `subject` with `related_name="citations"`."""
    errors: list[CheckMessage] = []
    configs = apps.get_app_configs() if app_configs is None else app_configs
    for model in (model for config in configs for model in config.get_models()):
        if not issubclass(model, CitedModel):
            continue
        try:
            table = model._meta.get_field("citations").related_model
        except FieldDoesNotExist:
            table = None
        if table is None or not issubclass(table, Citation):
            errors.append(
                Error(
                    f"{model.__name__} has no citation table.",
                    hint=f"Declare a Citation with subject = ForeignKey({model.__name__}, related_name='citations').",
                    obj=model,
                    id="sources.E001",
                )
            )
    return errors


@register()
def what_names_an_agent_is_known_at_a_moment(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Every record that names an Agent puts it on the record, and so says when it is itself known.

    Sources do not, because `AgentQuerySet.on_record` asks for them by name.
    """
    configs = apps.get_app_configs() if app_configs is None else app_configs
    naming = [
        model
        for config in configs
        for model in config.get_models()
        if issubclass(model, EditorialModel)
        and model is not Source
        and any(field.related_model is Agent for field in (*model._meta.fields, *model._meta.many_to_many))
    ]
    return [
        Error(
            f"{model.__name__} names an agent, and nothing says by when it is known.",
            hint="Give it a manager of KnownQuerySet, or make it a CitedModel.",
            obj=model,
            id="sources.E002",
        )
        for model in naming
        if not isinstance(model._default_manager.all(), KnownQuerySet)
    ]

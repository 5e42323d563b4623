from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import FieldDoesNotExist

from apps.sources.models import Citation, CitedModel


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

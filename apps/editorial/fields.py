from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from apps.editorial import dates


class EdtfField(models.CharField):
    """A date of the world as an EDTF string, which fills its two bound columns as it is written.

    `name="happened"` goes with the columns `happened_earliest` and `happened_latest` (UTC), which the model
    declares; this is how ImageField fills its `height_field`, so that parsing happens on write only.
    """

    description = "EDTF date (ISO 8601-2)"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 64)
        kwargs.setdefault("help_text", dates.ACCEPTED)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("help_text", None)
        return name, path, args, kwargs

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if value:
            try:
                dates.bounds(value)
            except ValueError as error:
                raise ValidationError(str(error), code="edtf") from error

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        earliest, latest = dates.bounds(value) if value else (None, None)
        setattr(model_instance, f"{self.attname}_earliest", earliest)
        setattr(model_instance, f"{self.attname}_latest", latest)
        return value


def bound(**kwargs: Any) -> models.DateTimeField:
    """A column that an EdtfField fills: an instant in UTC, never edited by hand."""
    return models.DateTimeField(editable=False, db_index=True, **kwargs)


def bounds_in_order(name: str, model: str) -> models.CheckConstraint:
    """The constraint `<name>_earliest <= <name>_latest`; `model` goes into its name."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{name}_earliest__lte": models.F(f"{name}_latest")}),
        name=f"{model}_{name}_earliest_before_latest",
    )

from django.db import models


class LoadedRow(models.Model):
    """How a record stood when the files last wrote it, so that what an editor changed since is seen and kept."""

    table = models.CharField(max_length=80, help_text="The record's model, as in timelines.event.")
    key = models.CharField(max_length=400, help_text="What the files call it.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the record as the files give it.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "key"], name="exchange_loadedrow_once")]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"

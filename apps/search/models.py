from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Passage(models.Model):
    """The words of one row, as search reads them. The database writes it by triggers on the rows; nobody else does.

    `part` says of which sort the row is (see parts.py) and `row` is its key; `kind` and `record` are what a hit in it
    leads to: the words of a rendering lead to its article. Whether it may be found is not kept here: each search asks
    the row itself.
    """

    part = models.CharField(max_length=20)
    row = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    record = models.BigIntegerField()
    language = models.CharField(max_length=8)
    title = models.TextField()
    words = models.TextField()
    more = models.TextField(help_text="Notes, places, what it belongs to.")
    who = models.TextField(help_text="Every name on record of who speaks, acts or publishes.")
    lexemes = SearchVectorField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "row"], name="search_passage_once_per_row")]
        indexes = [GinIndex(fields=["lexemes"], name="search_passage_lexemes")]

    def __str__(self) -> str:
        return f"{self.part} {self.row}"

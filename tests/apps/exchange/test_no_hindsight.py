"""A text of the record that bears no date of its own tells nothing later than what it stands beside."""

import calendar
import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db.models import Min, QuerySet

from apps.opinions.models import Assessment, Opinion
from apps.quotes.models import Quote, Utterance
from apps.timelines.models import ArticleTie, Event
from apps.treaties.models import TreatyAction

pytestmark = pytest.mark.usefixtures("whole_record")

MONTHS = list(calendar.month_name)
YEAR = re.compile(r"(?<!Resolution )\b(?:1[89]|20)\d\d\b")
MONTH = re.compile(rf"\b({'|'.join(MONTHS[1:])})(?: ((?:1[89]|20)\d\d))?\b")
LOOKS_BACK = re.compile(
    r"before the (treaty|signing|troops)|(months|days|weeks|years?) before|later (sent|confirmed|came)"
    r"|contradicted|eve of",
    re.IGNORECASE,
)
# Days that were announced ahead: from September 1995 on the end of the treaty of 1961 was a day to come.
ANNOUNCED = ("10 September 1996",)


def later_years(text: str, known: datetime) -> list[str]:
    for day in ANNOUNCED:
        text = text.replace(day, "")
    return [year for year in YEAR.findall(text) if int(year) > known.year]


def later_months(text: str, known: datetime) -> list[str]:
    """The months in `text` that begin after `known`; one without a year counts as of the same year."""
    return [
        f"{month} {year}".strip()
        for month, year in MONTH.findall(text)
        if (int(year or known.year), MONTHS.index(month)) > (known.year, known.month)
    ]


def told_too_early(records: QuerySet, citations: str, *fields: str) -> Iterator[str]:
    """The years that the texts of `records` name although the first of their sources is older."""
    dated = records.annotate(known=Min(f"{citations}__source__issued_latest")).exclude(known=None)
    for record in dated:
        for field in fields:
            for year in later_years(getattr(record, field), record.known):
                yield f"{record}, {field}: {year}"


def test_a_later_day_is_told_from_an_earlier_one() -> None:
    known = datetime(2024, 6, 19)  # noqa: DTZ001
    assert later_years("After 2023 and Resolution 2094, by 2024.", known) == []
    assert later_years("Denied until 2025.", known) == ["2025"]
    assert later_months("In February, in June 2024.", known) == []
    assert later_months("In October; by July 2024.", known) == ["October", "July 2024"]


def test_no_opinion_names_a_day_after_it_was_stated_or_is_told_from_what_came_of_it() -> None:
    faults = []
    for opinion in Opinion.objects.published():
        for text in (opinion.summary, opinion.affiliation_at_time):
            stated = opinion.stated_latest
            looks_back = [found.group() for found in LOOKS_BACK.finditer(text)]
            faults += [
                f"{opinion.slug}: {words}"
                for words in [*later_years(text, stated), *later_months(text, stated), *looks_back]
            ]
    assert faults == []


def test_nothing_names_a_year_after_the_first_source_that_tells_of_it() -> None:
    faults = [
        *told_too_early(Event.objects.published(), "citations", "title", "summary", "note"),
        *told_too_early(TreatyAction.objects.published(), "citations", "summary", "note"),
        *told_too_early(ArticleTie.objects.published(), "citations", "note"),
        *told_too_early(Assessment.objects.published(), "citations", "answer"),
        *told_too_early(Utterance.objects.published(), "quotes__citations", "occasion", "summary", "note"),
        *told_too_early(Quote.objects.published(), "citations", "note"),
    ]
    assert faults == []

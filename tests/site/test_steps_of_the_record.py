"""On the bundled record, the bar of the past leads to the moments at which what a page says changes, and no others."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import timezone

from apps.editorial import moments
from apps.sources.reading import in_address
from apps.sources.templatetags.record import moment as in_words
from tests.site.reading_html import Page

NEXT = re.compile(r'rel="next" href="[^"]*as_of=([^"&#]+)')
JUST_BEFORE = timedelta(microseconds=1)

# A page, a moment at which the record grew, and whether the page prints something of it.
CHANGED = [
    ("/", "2024-06-20T02:01Z"),
    ("/compare/mutual-defence/", "2024-10-29"),
    ("/compare/relation-to-other-treaties/", "2024-06-20T02:01Z"),
    ("/treaties/2024/", "2024-06-27"),
    ("/treaties/2024/4/", "2024-12-05"),
    ("/questions/revival-of-1961/", "2024-10-13"),
    ("/questions/text-publication/", "2024-12-31"),
    ("/quotes/?side=RU&side=KR", "2024-10-16"),
    ("/timeline/mutual-defence/", "2024-06-20"),
    ("/sources/balance/", "2024-07-05"),
]
UNCHANGED = [
    ("/", "2025-01-23"),
    ("/compare/", "2024-10-24T07:23Z"),
    ("/treaties/", "2024-11-18"),
    ("/treaties/2024/4/", "2024-10-24T07:23Z"),
    ("/questions/", "2024-10-29"),
    ("/facts/", "2025-10-08"),
    ("/people/", "2026-01-06"),
]


def read(address: str, at) -> tuple[str, str]:
    """What a page says as of an instant, without the words for the instant itself, and where its bar leads next."""
    joint = "&" if "?" in address else "?"
    response = Client().get(f"{address}{joint}as_of={at:%Y-%m-%dT%H:%M:%S.%fZ}")
    assert response.status_code == 200, (address, at)
    bar, _, main = response.content.decode().partition("<main")
    leads = NEXT.search(bar)
    said = unquote(Page(f"<main{main}").words)
    for form in (in_words, in_address):
        said = said.replace(form(at), "")
    return said, unquote(leads[1]) if leads else ""


@pytest.mark.parametrize(
    ("address", "moment", "changes"), [(*e, True) for e in CHANGED] + [(*e, False) for e in UNCHANGED]
)
def test_the_next_step_is_a_moment_if_and_only_if_the_page_changes_at_it(whole_record, address, moment, changes):
    at = moments.parse(moment, now=timezone.now())
    before, leads = read(address, at - JUST_BEFORE)
    after, _ = read(address, at)
    assert (before != after) is changes, "what the page says at this moment is not what this test was told"
    assert (leads == moment) is changes, leads


def test_no_page_of_a_source_a_question_or_a_fact_steps_to_before_there_was_one(whole_record):
    for address, first in (
        ("/sources/tass-2024-12-05-what-partnership-treaty-russia-north/", "2024-12-05"),
        ("/questions/troops-in-kursk/", "2024-10-13"),
    ):
        bar = Client().get(f"{address}?as_of={first}").content.decode().partition("<main")[0]
        assert 'rel="prev"' not in bar, address

"""What a reader's line has to carry, compressed as the server compresses it."""

import gzip

import pytest
from django.conf import settings
from django.test import Client

STATIC = settings.BASE_DIR / "static"
STYLES = [STATIC / "record.css", STATIC / "parts.css", STATIC / "site.css"]
# What one kind of page adds, at most: the first page, the timeline in lanes, a question, a treaty.
FURTHER = [["home.css"], ["strip.css", "lanes.css"], ["questions.css"], ["treaties.css"]]


def packed(*texts: bytes) -> int:
    return sum(len(gzip.compress(text)) for text in texts)


def test_the_style_sheets_and_the_scripts_stay_small() -> None:
    for further in FURTHER:
        sheets = [*STYLES, *(STATIC / name for name in further)]
        assert packed(*(sheet.read_bytes() for sheet in sheets)) <= 15 * 1024
    assert {sheet.name for sheet in STYLES}.union(*FURTHER) == {sheet.name for sheet in STATIC.glob("*.css")}
    # A timeline in a frame loads the first alone, the other widgets the second, too.
    assert packed(STYLES[0].read_bytes()) <= 4 * 1024
    assert packed(*(sheet.read_bytes() for sheet in STYLES[:2])) <= 8 * 1024
    assert packed(*(script.read_bytes() for script in STATIC.glob("*.js"))) <= 10 * 1024


@pytest.mark.parametrize("query", ["", "?treaty=1961&treaty=2024", "?as_of=2024-06-19T15:00Z"])
def test_the_comparison_of_the_whole_record_with_its_styles_is_below_sixty_kilobytes(
    whole_record: None, query: str
) -> None:
    page = Client().get(f"/compare/{query}")
    assert page.status_code == 200
    styles = [*STYLES, STATIC / "treaties.css"]
    assert packed(page.content, *(sheet.read_bytes() for sheet in styles)) < 60 * 1000

"""What a reader's line has to carry, compressed as the server compresses it."""

import gzip

import pytest
from django.conf import settings
from django.test import Client

STATIC = settings.BASE_DIR / "static"


def packed(*texts: bytes) -> int:
    return sum(len(gzip.compress(text)) for text in texts)


def test_the_style_sheet_and_the_scripts_stay_small() -> None:
    assert packed((STATIC / "site.css").read_bytes()) <= 15 * 1024
    assert packed(*(script.read_bytes() for script in STATIC.glob("*.js"))) <= 10 * 1024


@pytest.mark.parametrize("query", ["", "?treaty=1961&treaty=2024", "?as_of=2024-06-19T15:00Z"])
def test_the_comparison_of_the_whole_record_with_its_styles_is_below_sixty_kilobytes(
    whole_record: None, query: str
) -> None:
    page = Client().get(f"/compare/{query}")
    assert page.status_code == 200
    assert packed(page.content, (STATIC / "site.css").read_bytes()) < 60 * 1000

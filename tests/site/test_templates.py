"""Every template compiles, also those that no test happens to print."""

import re

import pytest
from django.conf import settings
from django.template.loader import get_template

FOLDER = settings.BASE_DIR / "templates"
NAMES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))


@pytest.mark.parametrize("name", NAMES)
def test_a_template_compiles(name: str) -> None:
    get_template(name)


def test_a_fragment_begins_with_what_it_takes() -> None:
    fragments = [name for name in NAMES if name.rpartition("/")[2].startswith("_")]
    assert fragments
    assert not [name for name in fragments if not (FOLDER / name).read_text().startswith("{#")]


def test_no_template_holds_a_style_a_script_or_a_handler() -> None:
    inline = re.compile(r"<style|<script(?![^>]*\bsrc=)|\bstyle=|\s(?:hx-)?on(?!e=)[a-z:]+=|javascript:", re.IGNORECASE)
    found = {name: match[0] for name in NAMES if (match := inline.search((FOLDER / name).read_text()))}
    assert not found

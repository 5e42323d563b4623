"""How a widget looks and how tall it stands, as the address and the content say; no database."""

import gzip
import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from apps.editorial.refusals import Refused
from apps.embeds import accents, heights, oembed, snippets
from apps.embeds.options import Options, options_of

NOW = datetime(2026, 12, 1, tzinfo=UTC)
COLOURS = st.integers(0, 0xFFFFFF).map("{:06X}".format)


def options(query: str) -> Options:
    return options_of(QueryDict(query), now=NOW)


def test_a_widget_asked_for_nothing_follows_its_reader() -> None:
    assert options("utm_source=letter") == Options(theme="auto", accent="", lang="", level=2, height=None, at=None)


def test_a_widget_is_asked_for_by_its_address() -> None:
    asked = options("theme=dark&accent=%230b4f8A&lang=ko&level=6&height=200&fits=1&as_of=2024-06-19T15:00Z&original=1")
    assert asked == Options("dark", "0B4F8A", "ko", True, 6, 200, True, datetime(2024, 6, 19, 15, tzinfo=UTC))
    assert (asked.below, asked.further) == (6, 6)
    assert options("height=fit").height is None


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("theme=pink", "It can be auto, light or dark."),
        ("accent=red", "six hexadecimal digits"),
        ("accent=0B4F8A;}", "six hexadecimal digits"),
        ("lang=<script>", "the code of a language"),
        ("level=0", "Levels are 1 to 6."),
        ("level=７", "Levels are 1 to 6."),
        ("height=1000000", "from 200 to 4000"),
        ("height=-300", "from 200 to 4000"),
        ("height=199", "from 200 to 4000"),
        ("height=40.5", "from 200 to 4000"),
        ("height=tall", "from 200 to 4000"),
        ("height=" + "9" * 10_000, "from 200 to 4000"),
        ("theme=dark&theme=light", "2 times"),
        ("original=yes", "It can be 1."),
        ("fits=no", "It can be 1."),
        ("as_of=someday", "not a moment"),
        ("&".join(f"kind=k{n}" for n in range(61)), "at most 60 parameters"),
    ],
)
def test_what_there_is_not_is_refused_in_a_sentence(query: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        options(query)
    assert said in str(refused.value)
    assert len(str(refused.value)) < 250


@given(COLOURS)
def test_any_colour_can_be_read_on_our_paper_in_light_and_in_dark(colour: str) -> None:
    for ink, papers in (accents.LIGHT, accents.DARK):
        moved = accents.colour(accents.readable(colour, ink, papers))
        assert min(accents.contrast(moved, accents.colour(paper)) for paper in papers) >= accents.LEAST_CONTRAST


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert accents.readable("0B4F8A", *accents.LIGHT) == "0B4F8A"
    assert accents.readable("8CBBEC", *accents.DARK) == "8CBBEC"


def test_colours_are_measured_on_the_paper_of_the_style_sheet() -> None:
    styles = (settings.BASE_DIR / "static" / "record.css").read_text()
    tokens = re.findall(r"--paper: #(\w+); --sheet: #(\w+); --wash: #(\w+); --ink: #(\w+)", styles)
    on_paper = ("000", ("fff", "fff", "fff"))
    assert {(ink, tuple(papers)) for *papers, ink in tokens} == {accents.LIGHT, accents.DARK, on_paper}


@given(st.integers(0, 10_000), st.integers(0, 10**6), st.integers(1, 4000))
def test_a_frame_without_a_script_is_never_absurd_and_grows_with_its_content(n: int, words: int, width: int) -> None:
    floor = heights.floor(n, words, width)
    assert heights.LEAST <= floor <= heights.MOST
    assert floor <= heights.floor(n + 1, words + 50, width)
    assert floor >= heights.floor(n, words, heights.WIDE)


def test_a_title_stays_text_in_every_snippet() -> None:
    title = '"><script>alert(1)</script>'
    frame = snippets.iframe("https://pact.example/embed/quote/x/?a=1&b=2", title, 600, 300)
    element = snippets.element("https://pact.example/embed/", title, 300, "https://pact.example/", "/s.js", fixed=True)
    assert "<script>" not in frame and "\n" not in frame
    assert "?a=1&amp;b=2" in frame
    assert element.count("<script") == 1 and 'height="300" fixed>' in element
    written = oembed.written(oembed.answer(title, frame, 600, 300, "https://pact.example/"), "xml")
    assert '<title>"&gt;&lt;script&gt;' in written


def test_the_scripts_of_widgets_are_small_and_keep_nothing() -> None:
    for name in ("frame.js", "pact-embed.js"):
        script = (settings.BASE_DIR / "static" / name).read_text()
        assert len(gzip.compress(script.encode())) <= 2048
        for power in ("cookie", "Storage", "indexedDB", "fetch(", "innerHTML", "eval(", "open("):
            assert power not in script.replace('mode: "open"', ""), (name, power)

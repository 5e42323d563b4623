"""What a reader means who types a place instead of words: an article, a treaty, the name of a page. Pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from apps.search.query import visible

_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_YEAR_ALONE = re.compile(r"(?i)\d{4}\s*(?:년|年|г\.?|год[а-я]*)?")
_SIGN = re.compile(
    r"""(?ix)
    (?:\b(?:articles?|art|ст|статья|статьи|статье|статью)\b\.?\s*(?P<after>\d{1,3}))
    | (?:제\s*)?(?P<hangul>\d{1,3})\s*조
    | 第\s*(?P<han>\d{1,3})\s*[条條]
    | (?P<preamble>\b(?:preamble|преамбула)\b|전문|前文|序言)
    """
)
_SLASHED = re.compile(r"(?P<year>\d{4})\s*[/:.§]\s*(?P<number>\d{1,3}|preamble)")
_FILLING = re.compile(
    r"(?i)\b(?:of|the|in|treaty|pact|agreement|договор[а-я]*|год[а-я]*|г|от)\b|조약|년|의|條約|条约|年|的|[\s.,:;№#§/()“”\"'«»-]+"
)
# One word alone is a word to search for; the names of people and topics are found by it anyway.
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


@dataclass(frozen=True)
class Place:
    """What was named: an article by its number, of one treaty or of any; a treaty by its year; a page by its slug."""

    treaty: str = ""
    number: str = ""
    slug: str = ""


def place(typed: str) -> Place | None:
    """The place that is named and nothing else beside it; None where words are meant."""
    text = visible(typed)
    if slashed := _SLASHED.fullmatch(text.lower()):
        return Place(slashed["year"], slashed["number"])
    sign = _SIGN.search(text)
    rest = text.replace(sign[0], " ", 1) if sign else text
    year = _YEAR.search(rest)
    rest = rest.replace(year[0], " ", 1) if year else rest
    if (sign or year) and not _FILLING.sub("", rest):
        number = "preamble" if sign and sign["preamble"] else _number(sign)
        return Place(year[0] if year else "", number)
    return Place(slug=text.lower()) if _SLUG.fullmatch(text.lower()) else None


def is_year(typed: str) -> bool:
    """Whether a year alone was typed, which is a word of many texts too."""
    return bool(_YEAR_ALONE.fullmatch(visible(typed)))


def _number(sign: re.Match[str] | None) -> str:
    """The number as it stands in an address."""
    found = sign and (sign["after"] or sign["hangul"] or sign["han"])
    return str(int(found)) if found else ""

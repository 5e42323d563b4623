"""How a widget is to look, as its address says. Pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from apps.editorial import moments
from apps.editorial.refusals import Refused, unknown
from apps.embeds import heights

THEMES = ("auto", "light", "dark")
LEVELS = range(1, 7)
MOST_PARAMETERS = 60
FIT = "fit"

_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class Options:
    """How a widget looks.

    `accent` is six hexadecimal digits or '', `lang` the language of quoted words or '' (`original` sets the speaker's
    own words beside a translation), `level` that of its first heading, `height` in pixels or None where it fits its
    content, `fits` whether it tells its height to a page that makes its frame as tall, `at` the moment (UTC) to which
    it is pinned or None, `shown_by` the instant (UTC) at which our record is read, so that it never changes, or None:
    as it stands; `at` is no later.
    """

    theme: str = "auto"
    accent: str = ""
    lang: str = ""
    original: bool = False
    level: int = 2
    height: int | None = None
    fits: bool = False
    at: datetime | None = None
    shown_by: datetime | None = None

    @property
    def below(self) -> int:
        """The level of headings under the first."""
        return min(self.level + 1, 6)

    @property
    def further(self) -> int:
        """The level of headings under those."""
        return min(self.level + 2, 6)


def options_of(params: QueryDict, *, now: datetime) -> Options:
    """What the parameters of a widget's address ask for; other names than its own are left alone.

    Raises Refused with a sentence for a value that there is not, one given twice, or too many parameters in all.
    """
    if sum(len(values) for _, values in params.lists()) > MOST_PARAMETERS:
        raise Refused(f"The address of a widget can hold at most {MOST_PARAMETERS} parameters.")
    shown_by = _shown_by(once(params, "shown_by"), now)
    return Options(
        theme=_theme(once(params, "theme")),
        accent=accent(once(params, "accent")),
        lang=_language(once(params, "lang")),
        original=_switched(params, "original"),
        level=_level(once(params, "level")),
        height=_height(once(params, "height")),
        fits=_switched(params, "fits"),
        at=_moment(once(params, "as_of"), shown_by, now),
        shown_by=shown_by,
    )


def once(params: QueryDict, name: str) -> str:
    """The one value of a parameter, or ''. Raises Refused where the address gives several."""
    values = [value.strip() for value in params.getlist(name)]
    if len(values) > 1:
        raise Refused(f"The address gives “{name}” {len(values)} times; a widget takes one.")
    return values[0] if values else ""


def accent(text: str) -> str:
    """A colour as six capital hexadecimal digits, or ''. Raises Refused."""
    digits = text.removeprefix("#")
    if digits and not _COLOUR.fullmatch(digits):
        raise Refused(f"“{_said(text)}” is not a colour here. An accent is six hexadecimal digits, as in 0B4F8A.")
    return digits.upper()


def whole(text: str) -> int | None:
    """A whole number of at most six digits as people write it, without a sign; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None


def _shown_by(text: str, now: datetime) -> datetime | None:
    if not text:
        return None
    instant = moments.parse(text, now=now)
    if text == f"{now:%Y-%m-%d}":
        raise Refused(f"{text} is not over, and a widget would change with it. Give an instant, as in {text}T00:00Z.")
    return instant


def _moment(text: str, shown_by: datetime | None, now: datetime) -> datetime | None:
    """What was known then; of a record as it stood once, nothing that was known later."""
    moment = moments.parse(text, now=now) if text else shown_by
    return min(moment, shown_by) if moment and shown_by else moment


def _theme(text: str) -> str:
    if text and text not in THEMES:
        raise unknown("theme", text, THEMES)
    return text or "auto"


def _language(text: str) -> str:
    if text and not _LANGUAGE.fullmatch(text):
        raise Refused(f"“{_said(text)}” is not the code of a language. Codes are such as en, ru and ko.")
    return text


def _switched(params: QueryDict, name: str) -> bool:
    text = once(params, name)
    if text not in {"", "1"}:
        raise unknown(f"value of “{name}”", text, ["1"])
    return text == "1"


def _level(text: str) -> int:
    level = whole(text) if text else Options.level
    if level is None or level not in LEVELS:
        raise Refused(f"“{_said(text)}” is not a level of heading. Levels are 1 to 6.")
    return level


def _height(text: str) -> int | None:
    if text in {"", FIT}:
        return None
    height = whole(text)
    if height is None or not heights.LEAST <= height <= heights.MOST_EVER:
        raise Refused(
            f"“{_said(text)}” is not a height for a widget. It can be “{FIT}”, or whole pixels from {heights.LEAST} to "
            f"{heights.MOST_EVER}."
        )
    return height


def _said(text: str) -> str:
    return "".join(letter for letter in text[:40] if letter.isprintable())

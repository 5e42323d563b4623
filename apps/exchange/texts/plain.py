"""Plain text as a treaty text: headings such as “Article 4”, the preamble before the first. No Django."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from apps.exchange.texts.document import PREAMBLE, Document, Part, Remark, faults_of, label, normal, unprintable

_LATIN = r"(?P<number>\d{1,3}|[IVXLCІХС]{1,8})(?![\w])"
_HAN = r"(?P<number>\d{1,3}|[〇零一二三四五六七八九十百]{1,6})"
_HEADINGS = {
    "en": re.compile(rf"(?:Article|ARTICLE|Art\.|ART\.)\s*{_LATIN}"),
    "ru": re.compile(rf"(?:Статья|СТАТЬЯ|Ст\.|СТ\.)\s*{_LATIN}"),
    "ko": re.compile(r"제\s*(?P<number>\d{1,3})\s*조(?![^\s.:：(（\[【—–-])"),
    "zh": re.compile(rf"第\s*{_HAN}\s*[条條](?![^\s.:：(（\[【—–-])"),
}
_PREAMBLES = {"preamble", "преамбула", "서문", "전문", "머리말", "序言", "前言", "前文"}
_AFTER_NUMBER = re.compile(r"^\s*[.:：—–-]?\s*")
_ENDS = tuple('.;:!?…。；：！？”"»)）]」』')
_FULL_STOPS = tuple(".;:!?。；：！？")
_NO_SPACE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_CLOSING = re.compile(
    r"(?:Done (?:at|in|on)|DONE (?:AT|IN|ON)|In witness|IN WITNESS|Совершено|СОВЕРШЕНО|Составлено|Подписано"
    r"|(?:이|본)\s*조약은[^.]{0,120}(?:작성|서명|조인)|本条约于.{0,40}(?:订|签))"
)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_STEPS = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LOOKALIKES = str.maketrans("ІХС", "IXC")
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0}
# Wider lines are whole paragraphs, not lines cut to a column.
_WIDEST_COLUMN = 120
_MOST_DOUBTS = 20


@dataclass(frozen=True, slots=True)
class _Heading:
    number: str
    line: int
    tongue: str
    rest: str


def read(text: str) -> Document:
    """The treaty text in `text`, with its faults and doubts; never raises."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lost = unprintable(text)
    if lost:
        return Document("plain text", faults=tuple(lost))
    lines = text.split("\n")
    headings, doubts = _headings(lines)
    parts: list[Part] = []
    column = _column(lines)
    preamble = _preamble(lines, headings[0].line - 1 if headings else len(lines), column, doubts)
    if preamble:
        parts.append(preamble)
    ends = [heading.line - 1 for heading in headings[1:]] + [len(lines)]
    for heading, end in zip(headings, ends, strict=False):
        body = lines[heading.line : end]
        if heading.rest:
            # As wide as its line stands, so that it is seen whether it was cut to a column.
            body = [heading.rest.rjust(len(lines[heading.line - 1].rstrip())), *body]
        first = heading.line if heading.rest else heading.line + 1
        words, joined = _paragraphs(body, column, first)
        doubts += joined
        parts.append(Part(heading.number, words, heading.line))
        if heading is headings[-1]:
            doubts += _closing(body, first, heading.number)
    return Document(
        "plain text",
        parts=tuple(parts),
        faults=tuple(faults_of(parts)),
        doubts=tuple(sorted(doubts)[:_MOST_DOUBTS]),
        headed_in=tuple(sorted({heading.tongue for heading in headings})),
    )


def number_in(text: str) -> tuple[str, str]:
    """The number of an article and the rest, of a text that begins as a heading does; empty where none does."""
    for pattern in _HEADINGS.values():
        match = pattern.match(text)
        if match and (value := _value(match["number"])) is not None:
            return str(value), text[match.end() :]
    return "", text


def _headings(lines: Sequence[str]) -> tuple[list[_Heading], list[Remark]]:
    found: list[_Heading] = []
    doubts: list[Remark] = []
    for place, raw in enumerate(lines):
        line = raw.strip()
        for tongue, pattern in _HEADINGS.items():
            match = pattern.match(line)
            value = _value(match["number"]) if match else None
            if match is None or value is None:
                continue
            rest = _AFTER_NUMBER.sub("", line[match.end() :], count=1)
            if _opens(lines, place, rest, parted=rest != line[match.end() :] or tongue in ("ko", "zh")):
                found.append(_Heading(str(value), place + 1, tongue, rest))
            else:
                within = label(found[-1].number) if found else "the preamble"
                doubts.append(
                    Remark(place + 1, f"“{line[:40]}” begins like a heading but is read as words of {within}.")
                )
            break
    return found, doubts


def _opens(lines: Sequence[str], place: int, rest: str, *, parted: bool) -> bool:
    """Whether a line that begins like a heading is one, and no sentence of which a line begins so.

    `rest` is what follows the number, `parted` whether anything stands between them.
    """
    before = lines[place - 1].strip() if place else ""
    ended = not before or before.endswith(_ENDS)
    if rest:
        return parted and ended and not rest[0].islower()
    following = next((line.strip() for line in lines[place + 1 : place + 4] if line.strip()), "")
    return ended or not following[:1].islower()


def _value(number: str) -> int | None:
    """The number a heading gives in digits, Roman or Chinese numerals; None when it is none."""
    if number.isdecimal():
        return int(number)
    number = number.translate(_LOOKALIKES)
    return _roman(number) if number[0] in _ROMAN else _chinese(number)


def _roman(number: str) -> int | None:
    values = [_ROMAN[letter] for letter in number]
    total = sum(-v if any(v < later for later in values[k + 1 : k + 2]) else v for k, v in enumerate(values))
    return total if total > 0 and _as_roman(total) == number else None


def _as_roman(value: int) -> str:
    found = ""
    for worth, letters in _ROMAN_STEPS:
        count, value = divmod(value, worth)
        found += letters * count
    return found


def _chinese(number: str) -> int | None:
    total, digit = 0, None
    for sign in number:
        if sign in _DIGITS:
            # Digits without tens between them: 二三 is 23.
            digit = _DIGITS[sign] if digit is None else digit * 10 + _DIGITS[sign]
        else:
            total += (1 if digit is None else digit) * (10 if sign == "十" else 100)
            digit = None
    return total + (digit or 0)


def _preamble(lines: Sequence[str], end: int, column: int, doubts: list[Remark]) -> Part | None:
    """What stands before the first article, or after a heading of its own that stands there."""
    start = 0
    for place, line in enumerate(lines[:end]):
        if line.strip().rstrip(".:").strip().casefold() in _PREAMBLES:
            if any(each.strip() for each in lines[:place]):
                doubts.append(
                    Remark(1, f"What stands before the heading of the preamble in line {place + 1} is left out.")
                )
            start = place + 1
            break
    first = next((place for place in range(start, end) if lines[place].strip()), None)
    if first is None:
        return None
    words, joined = _paragraphs(lines[first:end], column, first + 1)
    doubts += joined
    if not start and not words.split("\n")[0].endswith((",", *_ENDS)):
        doubts.append(
            Remark(first + 1, "All before the first article is read as the preamble; a title does not belong there.")
        )
    return Part(PREAMBLE, words, first + 1)


def _column(lines: Sequence[str]) -> int:
    """How wide the lines are to which this text was cut; 0 when its lines are whole paragraphs."""
    widths = [len(line.rstrip()) for line in lines]
    widest = max(widths, default=0)
    inner = [width for width, after in zip(widths, lines[1:], strict=False) if width and after.strip()]
    full = sum(width >= 0.8 * widest for width in inner)
    return widest if widest <= _WIDEST_COLUMN and full >= 3 and full * 2 >= len(inner) else 0


def _paragraphs(lines: Sequence[str], column: int, first_line: int) -> tuple[str, list[Remark]]:
    """The words of these lines, those that were cut to a column joined again; and what was joined at a hyphen."""
    found, doubts = "", []
    before = ""
    for place, line in enumerate(lines):
        words = line.strip()
        if found and words and before and _runs_on(before, words, column):
            if before.endswith("-") and before[-2:-1].isalpha() and words[0].islower():
                doubts.append(
                    Remark(first_line + place - 1, "This line ends in a hyphen, which is kept where it goes on.")
                )
                found += words
            else:
                bare = _NO_SPACE.match(found[-1]) and _NO_SPACE.match(words)
                found += words if bare else f" {words}"
        else:
            found += f"\n{words}" if found else words
        before = line.rstrip()
    return normal(found), doubts


def _runs_on(line: str, following: str, column: int) -> bool:
    """Whether `following` goes on with the sentence of `line` because the text was cut to a column."""
    if not column:
        return False
    word = following[0] if _NO_SPACE.match(following) else following.split(maxsplit=1)[0]
    full = len(line) + 1 + len(word) > column
    return full or (len(line) >= 0.6 * column and not line.endswith(_FULL_STOPS))


def _closing(lines: Sequence[str], first_line: int, number: str) -> list[Remark]:
    for place, line in enumerate(lines):
        if _CLOSING.match(line.strip()):
            return [
                Remark(
                    first_line + place, f"This looks like the closing words; they are read as part of {label(number)}."
                )
            ]
    return []

"""What a file of a treaty text comes to, whatever its format. No Django, no database."""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass

PREAMBLE = "preamble"
MOST_PARTS = 300

_SPACES = re.compile(r"[ \t\f\v\u3000\u00a0]+")
_BREAKS = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
_BLANK = re.compile(r"\n{3,}")
_GAP = re.compile(r"\[\s*(?:\.\.\.|…)\s*\]")
# What XML 1.0, and with it the exported text, cannot hold; U+FFFD stands where a character was lost already.
_NO_CHARACTER = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffd\ufffe\uffff]")


@dataclass(frozen=True, order=True, slots=True)
class Remark:
    """Something an editor should know of the file; `line` is 0 where it concerns no line."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.sentence}" if self.line else self.sentence


@dataclass(frozen=True, slots=True)
class Part:
    """The preamble or an article as a file gives it: its number, its words, the line of its heading.

    Lines of `text` end a sentence or a clause as printed, an empty line parts paragraphs. Not `whole`: the file itself
    says that words are missing.
    """

    number: str
    text: str
    line: int
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """A treaty text in the order of its file, or why it is none (`faults`); `doubts` are what an editor should check.

    `language` is the one the file names, empty where it names none; `headed_in` are those of its headings.
    """

    form: str
    parts: tuple[Part, ...] = ()
    faults: tuple[Remark, ...] = ()
    doubts: tuple[Remark, ...] = ()
    language: Remark | None = None
    headed_in: tuple[str, ...] = ()


def label(number: str) -> str:
    """How an article is named in a sentence."""
    return "the preamble" if number == PREAMBLE else f"Article {number}"


def normal(text: str) -> str:
    """The form in which words are kept and compared: composed characters, one space between words, no space at ends.

    Line breaks stay; more than one empty line is one.
    """
    lines = _SPACES.sub(" ", _BREAKS.sub("\n", unicodedata.normalize("NFC", text))).split("\n")
    return _BLANK.sub("\n\n", "\n".join(line.strip() for line in lines)).strip()


def has_gap(text: str) -> bool:
    """Whether the words say of themselves that some are left out: […]."""
    return bool(_GAP.search(text))


def unprintable(text: str, first_line: int = 1) -> list[Remark]:
    """Of each kind of character that no text has, where it stands first."""
    found: dict[str, Remark] = {}
    line, seen = first_line, 0
    for match in _NO_CHARACTER.finditer(text):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        if match[0] not in found:
            what = "a character was lost before" if match[0] == "\ufffd" else "a character that no text has stands here"
            found[match[0]] = Remark(line, f"{what} (U+{ord(match[0]):04X}).")
    return list(found.values())


def faults_of(parts: list[Part]) -> list[Remark]:
    """What makes these parts no treaty text: no article, one twice, one without words."""
    if all(part.number == PREAMBLE for part in parts):
        line = parts[0].line if parts else 0
        return [
            Remark(line, "No heading of an article was found, such as “Article 4”, “Статья 4”, “제4조” or “第4条”.")
        ]
    if len(parts) > MOST_PARTS:
        return [Remark(parts[MOST_PARTS].line, f"More than {MOST_PARTS} articles stand before this one.")]
    faults: list[Remark] = []
    seen: dict[str, int] = {}
    for part in parts:
        if part.number == "0":
            faults.append(Remark(part.line, "No treaty has an Article 0."))
        if part.number in seen:
            faults.append(
                Remark(part.line, f"{_start(part.number)} stands here again; first in line {seen[part.number]}.")
            )
        seen.setdefault(part.number, part.line)
        if not part.text:
            faults.append(Remark(part.line, f"{_start(part.number)} has no words."))
    return faults


def disorder(parts: tuple[Part, ...]) -> list[Remark]:
    """Where a part stands after one that should follow it."""
    found = []
    for before, part in itertools.pairwise(parts):
        if order(part.number) < order(before.number):
            found.append(Remark(part.line, f"{_start(part.number)} comes after {label(before.number)}."))
    return found


def order(number: str) -> int:
    return 0 if number == PREAMBLE else int(number)


def _start(number: str) -> str:
    name = label(number)
    return name[0].upper() + name[1:]

"""Text of ours that quotes words in other scripts, split so that each run can carry its language. Pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass

_RUNS = re.compile(
    r"(?P<ko>[\uac00-\ud7af\u1100-\u11ff](?:[\uac00-\ud7af\u1100-\u11ff\s\d,.·]*[\uac00-\ud7af\u1100-\u11ff])?)"
    r"|(?P<ru>[\u0400-\u04ff](?:[\u0400-\u04ff\s\d,.-]*[\u0400-\u04ff])?)"
)

# A limb that turns the sense is not parted from what it turns.
_TURNS = r"(?!(?:but|yet|however|unless|except|though|although)\b)"
_SENTENCES = re.compile(rf"(?:(?<=[.!?])|(?<=[.!?]”)) (?=(?-i:[A-Z“‘\[])){_TURNS}", re.IGNORECASE)
_CLAUSES = re.compile(rf"(?<=;) {_TURNS}", re.IGNORECASE)
_FEW = 10


@dataclass(frozen=True)
class Run:
    """A run of text in one language; "" is the language of the page."""

    text: str
    language: str


def runs(text: str) -> list[Run]:
    """`text` as runs of Korean (Hangul), Russian (Cyrillic) and the rest; joined, they give the text back."""
    found: list[Run] = []
    end = 0
    for match in _RUNS.finditer(text):
        if match.start() > end:
            found.append(Run(text[end : match.start()], ""))
        found.append(Run(match[0], match.lastgroup or ""))
        end = match.end()
    if end < len(text):
        found.append(Run(text[end:], ""))
    return found


def opening(text: str, words: int) -> str:
    """The beginning of `text`: whole sentences, within so many words and a few more.

    Where the first goes on for longer it ends at a semicolon, with “ …” in its place. What stands before a comma or a
    colon may be no sentence by itself, so that one without semicolons is whole however long. What would be shorter than
    a third of so many words goes on all the same: “Yes.” says too little alone.
    """
    least = words / 3
    said = _within(_SENTENCES.split(text), least, words + _FEW)
    if len(said.split()) <= words + _FEW:
        return said
    clauses = _within(_CLAUSES.split(said), least, words)
    return said if clauses == said else f"{clauses[:-1]} …"


def _within(parts: list[str], least: float, most: int) -> str:
    """The first of the parts, of so many words at least and at most, that leave no quotation or bracket open."""
    said, *others = parts
    for part in others:
        longer = f"{said} {part}"
        if len(longer.split()) > most and len(said.split()) >= least and _is_closed(said):
            break
        said = longer
    return said


def _is_closed(text: str) -> bool:
    return all(text.count(opened) == text.count(closed) for opened, closed in ("“”", "()", "[]"))

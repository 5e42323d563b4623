"""Text of ours that quotes words in other scripts, split so that each run can carry its language. Pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass

_RUNS = re.compile(
    r"(?P<ko>[\uac00-\ud7af\u1100-\u11ff](?:[\uac00-\ud7af\u1100-\u11ff\s\d,.·]*[\uac00-\ud7af\u1100-\u11ff])?)"
    r"|(?P<ru>[\u0400-\u04ff](?:[\u0400-\u04ff\s\d,.-]*[\u0400-\u04ff])?)"
)

# A sentence that begins so turns the one before it, and stays with it.
_TURNS = r"(?!(?:But|Yet|However|Unless|Except|Though|Although)\b)"
_BETWEEN_SENTENCES = re.compile(rf"(?:(?<=[.!?])|(?<=[.!?]”)) (?=[A-Z“‘\[]){_TURNS}")
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
    """The beginning of `text`: whole sentences, within so many words and a few more, and the first however long.

    Half a sentence may be half a claim. What would be shorter than a third of so many words goes on all the same:
    “Yes.” says too little alone. No quotation or bracket is left open.
    """
    said, *others = _BETWEEN_SENTENCES.split(text)
    for sentence in others:
        longer = f"{said} {sentence}"
        if len(longer.split()) > words + _FEW and len(said.split()) >= words / 3 and _is_closed(said):
            break
        said = longer
    return said


def _is_closed(text: str) -> bool:
    return all(text.count(opened) == text.count(closed) for opened, closed in ("“”", "()", "[]"))

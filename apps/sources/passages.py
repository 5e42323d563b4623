"""Text of ours that quotes words in other scripts, split so that each run can carry its language. Pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass

_RUNS = re.compile(
    r"(?P<ko>[\uac00-\ud7af\u1100-\u11ff](?:[\uac00-\ud7af\u1100-\u11ff\s\d,.·]*[\uac00-\ud7af\u1100-\u11ff])?)"
    r"|(?P<ru>[\u0400-\u04ff](?:[\u0400-\u04ff\s\d,.-]*[\u0400-\u04ff])?)"
)

_CLAUSES = re.compile(r"(?<=[.!?]) (?=[A-Z“‘\[])|(?<=;) ")


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
    """The beginning of `text`: whole clauses that stay within so many words, with “ …” where a clause leads on.

    What would be shorter than a third of them goes on however long the next clause is: “Yes.” says too little alone.
    """
    first, *others = _CLAUSES.split(text)
    for clause in others:
        longer = f"{first} {clause}"
        if len(longer.split()) > words and len(first.split()) * 3 >= words:
            return f"{first[:-1]} …" if first.endswith(";") else first
        first = longer
    return first

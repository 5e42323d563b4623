"""Articles of the treaties named in running text. Pure functions.

Only what names its treaty beyond doubt counts: “2024 Article 4”, “Article 4 of the 2024 treaty”, “Article 1 of 1961”.
"Article 51" alone may be the UN Charter's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ARTICLE = r"(?:Article|Art\.)\s"
_TREATY = r"\s(?:[a-z]+\s)?(?:treaty|pact)\b"
_MENTION = re.compile(
    rf"""
      (?<![\d/–-])(?P<y1>\d{{4}})\s{_ARTICLE}(?P<n1>\d+)(?!\d|\sof\b)
    | (?<![\d/–-])(?P<y2>\d{{4}}){_TREATY}[’']s\s{_ARTICLE}(?P<n2>\d+)(?!\d|\sof\b)
    | {_ARTICLE}(?P<n3>\d+)\s(?:of|in)\sthe\s(?P<y3>\d{{4}}){_TREATY}
    | {_ARTICLE}(?P<n4>\d+)\sof\s(?P<y4>\d{{4}})(?![\d/–-]|\s[A-Z])
    """.replace(r"\s", r"[ \u00a0]"),
    re.VERBOSE,
)


@dataclass(frozen=True)
class Part:
    """A stretch of a text; one that names an article says of which treaty and which number."""

    text: str
    treaty: str = ""
    number: str = ""


def parts(text: str) -> list[Part]:
    """`text` as what names an article and the rest; joined, they give the text back."""
    found: list[Part] = []
    end = 0
    for match in _MENTION.finditer(text):
        if match.start() > end:
            found.append(Part(text[end : match.start()]))
        year, number = (next(match[f"{part}{k}"] for k in range(1, 5) if match[f"{part}{k}"]) for part in "yn")
        found.append(Part(match[0], year, number))
        end = match.end()
    if end < len(text):
        found.append(Part(text[end:]))
    return found

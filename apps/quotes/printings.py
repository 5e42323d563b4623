"""Which of several printings a page leads with: pure functions over printings, the most official first."""

from __future__ import annotations

from collections.abc import Sequence

from apps.quotes.models import Quote


def in_english(printings: Sequence[Quote]) -> Quote:
    """The most official printing in English, for an English page; the most official of all where there is none."""
    return next((quote for quote in printings if quote.language == "en"), printings[0])

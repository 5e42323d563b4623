"""What an embedder pastes: the same widget for hosts with scripts, without, and with oEmbed. Pure functions."""

from __future__ import annotations

from html import escape

SANDBOX = "allow-popups allow-popups-to-escape-sandbox"
"""What a widget needs whose height nobody asks for: links that open beside the page it stands on, and no script."""


def iframe(address: str, title: str, width: int | str, height: int) -> str:
    """The widget as a frame, in one line; needs no script.

    HTML asks of authors that a width be pixels, and of browsers that “100%” fill the column. No valid form does so by
    itself: hosts strip a style, strict policies refuse it, and pixels overflow a phone.
    """
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="{width}" height="{height}" loading="lazy" '
        f'sandbox="{SANDBOX}" frameborder="0"></iframe>'
    )


def element(address: str, title: str, height: int, page: str, script: str, *, fixed: bool) -> str:
    """The widget as an element that fits its height, with a link to `page` inside for where no script runs."""
    sizes = f'height="{height}"{" fixed" if fixed else ""}'
    return (
        f'<pact-embed src="{escape(address)}" title="{escape(title)}" {sizes}>'
        f'<a href="{escape(page)}">{escape(title)} – The Pact Record</a></pact-embed>\n'
        f'<script async src="{escape(script)}"></script>'
    )

"""How static files go out beyond what WhiteNoise does by itself."""

from __future__ import annotations

from collections.abc import MutableMapping


def for_any_site(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """Let pages of any origin load the file: a widget in a sandbox has none, and other sites load our script."""
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"

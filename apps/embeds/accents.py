"""An embedder's colour, moved towards ink until text in it can be read on our paper. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence

LEAST_CONTRAST = 4.5
STEPS = 64

# As in the tokens of record.css: the ink, and everything that text in the accent may stand on.
LIGHT = ("1B1B1A", ("FBFAF7", "FFFFFF", "F3F0E9"))
DARK = ("ECE9E2", ("14161A", "1A1D22", "1E2127"))

Colour = tuple[int, int, int]


def readable(accent: str, ink: str, papers: Sequence[str]) -> str:
    """The colour nearest to `accent` on its way to `ink` that contrasts with each of `papers` by 4.5 to 1."""
    start, end = colour(accent), colour(ink)
    for step in range(STEPS + 1):
        mixed = _mixed(start, end, step / STEPS)
        if all(contrast(mixed, colour(paper)) >= LEAST_CONTRAST for paper in papers):
            return "{:02X}{:02X}{:02X}".format(*mixed)
    return ink


def style_sheet(accent: str) -> str:
    """The style sheet that lays `accent` over the colour of links, in light and in dark."""
    light, dark = f"--link: #{readable(accent, *LIGHT)};", f"--link: #{readable(accent, *DARK)};"
    return (
        "@layer tokens {\n"
        f"  :root {{ {light} }}\n"
        f'  @media (prefers-color-scheme: dark) {{ :root:not([data-theme="light"]) {{ {dark} }} }}\n'
        f'  :root[data-theme="dark"] {{ {dark} }}\n'
        "  @media print { :root, :root[data-theme] { --link: #000; } }\n"
        "}\n"
    )


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours as WCAG 2 counts it, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def colour(digits: str) -> Colour:
    """Six hexadecimal digits as red, green and blue."""
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue


def _mixed(start: Colour, end: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(start, end, strict=True))
    return red, green, blue


def _luminance(parts: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

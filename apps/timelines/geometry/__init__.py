"""Dates to positions on a picture: pure functions over values."""

from apps.timelines.geometry.axis import BEGIN, Level, Scale, axis
from apps.timelines.geometry.picture import CHARACTER, WIDTHS, Picture, draw, extent, spread

__all__ = ["BEGIN", "CHARACTER", "WIDTHS", "Level", "Picture", "Scale", "axis", "draw", "extent", "spread"]

"""The ridge: a trek's real profile as geometry for SVG. Pure functions; the words and colors are the page's.

Paths live in a square of 1000 by 1000 that the page stretches; dots and labels carry percentages of the same
square plus distances in pixels, so that one drawing serves every width. Both axes are linear.
Altitudes are meters.
"""

from .nights import beds, sleep_chart
from .profile import Point, points_of
from .whole import Ridge, ridge_from, ridge_of, ridges_of

__all__ = ["Point", "Ridge", "beds", "points_of", "ridge_from", "ridge_of", "ridges_of", "sleep_chart"]

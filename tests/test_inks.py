"""The inks of altitude by day and in the dark: each stands out from its ground, and words on it read."""

import re
from itertools import pairwise

import pytest
from django.conf import settings

TOKENS = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()
INKS = ("i0", "i05", "i1", "i2", "i3")


def colors(theme):
    """The colors of a theme by name, as in tokens.css; the dark one changes some of those of daylight."""
    day, night = TOKENS.split("@media screen and (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", day))
    return found | (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", night)) if theme == "dark" else {})


def luminance(color):
    """The relative luminance of a color, as WCAG 2.2 defines it."""
    shares = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """The contrast of two colors, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_ink_stands_out_from_the_page_and_from_the_hill_not_walked(theme):
    color = colors(theme)

    least = min(contrast(color[ink], color[ground]) for ink in INKS for ground in ("wool", "ghost"))

    assert least >= 1.35
    assert contrast(color["i0"], color["wool"]) >= 1.6


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_ink_stands_out_from_the_one_above_it(theme):
    color = colors(theme)

    assert min(contrast(color[a], color[b]) for a, b in pairwise(INKS)) >= 1.35


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ink", ["i0", "i05", "i1", "poster"])
def test_words_of_the_ridge_read_on_the_sky_and_on_every_ink_that_carries_them(theme, ink):
    color = colors(theme)

    assert contrast(color["on-sky"], color[ink]) >= 4.5
    assert contrast(color["sky-quiet"], color[ink]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_yours_stands_out_from_the_page_and_from_taken_seats_and_carries_words(theme):
    color = colors(theme)

    assert contrast(color["mark"], color["wool"]) >= 4.5
    assert contrast(color["mark"], color["line"]) >= 3
    assert contrast(color["on-cochineal"], color["mark"]) >= 4.5

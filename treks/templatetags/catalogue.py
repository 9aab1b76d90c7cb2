"""What the catalogue's pages need beyond figures: staff's Markdown, and altitude as a strip of inks."""

from django import template

from treks import prose
from treks.ridge.shapes import BANDS

register = template.Library()

# The strip begins at this altitude and takes one pixel for this many meters.
STRIP_FROM, METERS_PER_PIXEL = 1500, 28
HIGHEST = 6000


@register.filter
def sections(text):
    """Staff's Markdown as sections with `slug`, `title` and `html`."""
    return prose.sections(text)


@register.filter
def strip_width(meters):
    """How long the strip of an altitude is, in pixels."""
    return max(round((meters - STRIP_FROM) / METERS_PER_PIXEL), 4)


@register.simple_tag
def strip_bands():
    """The bands of the strip from low to high: ink, beginning and width in pixels."""
    floors = [max(floor, STRIP_FROM) for floor, _ink in BANDS]
    tops = [*floors[1:], HIGHEST]
    return [
        {
            "ink": ink,
            "x": strip_width(floor) if floor > STRIP_FROM else 0,
            "width": strip_width(STRIP_FROM + top - floor),
        }
        for (_, ink), floor, top in zip(BANDS, floors, tops, strict=True)
    ]

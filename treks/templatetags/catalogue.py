"""What the catalogue's pages need beyond figures: staff's Markdown, and altitude as a strip of inks."""

from django import template
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

from treks.ridge.shapes import BANDS

register = template.Library()

# Raw HTML stays text: whoever edits a page cannot break or misuse it.
MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable(["table", "replacements"])
# The strip begins at this altitude and takes one pixel for this many meters.
STRIP_FROM, METERS_PER_PIXEL = 1500, 28
HIGHEST = 6000


@register.filter
def markdown(text):
    """Staff's text as HTML."""
    return mark_safe(MARKDOWN.render(text or ""))  # noqa: S308 - the renderer escapes everything it is given


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
            "x": round((floor - STRIP_FROM) / METERS_PER_PIXEL),
            "width": round((top - floor) / METERS_PER_PIXEL),
        }
        for (_, ink), floor, top in zip(BANDS, floors, tops, strict=True)
    ]

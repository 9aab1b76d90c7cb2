"""Pictures in every size and format a browser may want: drawn scenes, and photographs in their place."""

import json
import math
from functools import cache

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext

from treks.images import renditions

register = template.Library()

FOLDER = "img/scenes"
# Every address of a picture weighs on the page: what only old browsers read comes in few widths, and by day.
FALLBACK_WIDTHS = (800, 1600)


@cache
def scenes():
    """What is known about each drawn scene: its widths, size and the sentence that describes it."""
    return json.loads((settings.BASE_DIR / "static" / FOLDER / "scenes.json").read_text())


def srcset(name, widths, kind):
    """The addresses of a scene's files in one format."""
    return ", ".join(f"{static(f'{FOLDER}/{name}-{width}.{kind}')} {width}w" for width in widths)


def between(least, most, widths):
    """The widths of a picture that a page offers, none below `least` or above `most` pixels."""
    return [width for width in widths if least <= width <= most]


def scene_picture(slug, most=math.inf, least=0):
    """A scene as the picture template wants it, `least` to `most` pixels wide; None where there is none."""
    about = scenes().get(slug)
    if not about:
        return None
    prints = [(f"{slug}-night", "(prefers-color-scheme: dark)")] if about.get("night") else []
    sources = [
        {
            "type": "image/avif",
            "srcset": srcset(name, between(least, most, about["widths"]), "avif"),
            "media": media,
        }
        for name, media in [*prints, (slug, "")]
    ]
    fallback = between(least, most, FALLBACK_WIDTHS)
    return {
        # A night print is dark already; other pictures are dimmed in the dark.
        "printed": bool(about.get("night")),
        "sources": sources,
        # A single address is said once, in src.
        "srcset": srcset(slug, fallback, "webp") if len(fallback) > 1 else "",
        "src": static(f"{FOLDER}/{slug}-800.webp"),
        "width": about["width"],
        "height": about["height"],
        "alt": gettext(about["alt"]),
    }


def photo_picture(subject):
    """A photograph that staff uploaded, in the sizes made from it."""
    return renditions(subject.photo) | {"alt": subject.photo_alt, "credit": subject.photo_credit}


@register.inclusion_tag("_picture.html")
def scene(slug, sizes="100vw", eager=False):
    """A drawn scene; eager for the one above the fold."""
    return {"picture": scene_picture(slug), "sizes": sizes, "eager": eager}


@register.inclusion_tag("_picture.html")
def picture(subject, sizes="100vw", eager=False, most=math.inf, least=0):
    """The photograph of a trek, day or place; or its scene, `least` to `most` pixels wide; or nothing."""
    found = photo_picture(subject) if subject.photo else scene_picture(subject.scene, most, least)
    return {"picture": found, "sizes": sizes, "eager": eager}

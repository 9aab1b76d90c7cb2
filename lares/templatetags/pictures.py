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
# Every address of a picture weighs on the page: what only old browsers read comes in few widths.
FALLBACK_WIDTHS = {"night": (800,), "day": (800, 1600)}


@cache
def scenes():
    """What is known about each drawn scene: its widths, size and the sentence that describes it."""
    return json.loads((settings.BASE_DIR / "static" / FOLDER / "scenes.json").read_text())


def srcset(name, widths, kind):
    """The addresses of a scene's files in one format."""
    return ", ".join(f"{static(f'{FOLDER}/{name}-{width}.{kind}')} {width}w" for width in widths)


def widths_of(scene, light, kind, most):
    """The widths in which a page offers a scene in one format, none above `most` pixels."""
    offered = FALLBACK_WIDTHS[light] if kind == "webp" else scene["widths"]
    return [width for width in offered if width <= most]


def scene_picture(slug, most=math.inf):
    """A scene as the picture template wants it, at most so wide; None where there is no such scene."""
    about = scenes().get(slug)
    if not about:
        return None
    lights = [("night", f"{slug}-night", "(prefers-color-scheme: dark)")] if about.get("night") else []
    sources = [
        {
            "type": f"image/{kind}",
            "srcset": srcset(name, widths_of(about, light, kind, most), kind),
            "media": media,
        }
        for light, name, media in [*lights, ("day", slug, "")]
        for kind in ("avif", "webp")
    ]
    return {
        # A night print is dark already; other pictures are dimmed in the dark.
        "printed": bool(about.get("night")),
        "sources": sources[:-1],
        "srcset": sources[-1]["srcset"],
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
def picture(subject, sizes="100vw", eager=False, most=math.inf):
    """The photograph of a trek, day or place, or else its drawn scene at most so wide, or else nothing."""
    found = photo_picture(subject) if subject.photo else scene_picture(subject.scene, most)
    return {"picture": found, "sizes": sizes, "eager": eager}

"""The picture that stands for a page when its address is shared: photograph, drawn scene, or the pass."""

import json
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.translation import gettext

from .images import renditions

USUAL_SCENE = "ipsay_pass"
CARD_WIDTH, CARD_HEIGHT = 1200, 630


@dataclass(frozen=True)
class Picture:
    """A picture's path, its size in pixels and what it shows."""

    path: str
    width: int
    height: int
    alt: str


def picture_of(subject=None):
    """The picture of a trek or a place; without one, or for other pages, the usual scene."""
    if subject is not None and subject.photo:
        about = renditions(subject.photo)
        return Picture(about["src"], about["width"], about["height"], subject.photo_alt)
    scenes = drawn_scenes()
    name = subject.scene if subject is not None and subject.scene in scenes else USUAL_SCENE
    return drawn(name, scenes.get(name, {}))


def drawn(name, about):
    """A scene's card, which is made to be shared, or else the scene itself."""
    alt = gettext(about["alt"]) if about else ""
    card = f"img/cards/{name}.png"
    if has_static(card):
        return Picture(static(card), CARD_WIDTH, CARD_HEIGHT, alt)
    width = max((w for w in about.get("widths", ()) if w <= CARD_WIDTH), default=CARD_WIDTH)
    height = round(width * about.get("height", 2) / about.get("width", 3))
    return Picture(static(f"img/scenes/{name}-{width}.webp"), width, height, alt)


@cache
def has_static(path):
    """Whether the site ships such a file."""
    return bool(finders.find(path))


@cache
def drawn_scenes():
    """The drawn scenes by name, with size and description."""
    return json.loads((settings.BASE_DIR / "static" / "img" / "scenes" / "scenes.json").read_text())

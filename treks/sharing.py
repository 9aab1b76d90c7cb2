"""The picture that stands for a page when its address is shared: photograph, drawn scene, or the pass."""

import json
import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from . import cards
from .images import renditions
from .models import HotSpring, Operator, Page, PagePicture, Trek, Village

USUAL_SCENE = "ipsay_pass"
USUAL_BRAND = "Lares Trek"
# The widest scene that is not larger than it is shown on a card.
CARD_SCENE = 1200
# What the cards of pages without a subject say, and which scene stands on them.
STANDING = {
    "home": (_("Four days on foot through weaving villages to Machu Picchu"), "ipsay_pass"),
    "treks": (_("Ways through the valley"), "puna_llamas"),
    "compare": (_("Compare the treks"), "puna_llamas"),
    "departures": (_("Dates and prices"), "ipsaycocha_camp"),
    "places": (_("The valley, place by place"), "ollantaytambo"),
    "when_to_go": (_("When to go"), "cuncani"),
    "prepare": (_("Before you go"), "cusco_roofs"),
    "acclimatization": (_("Are you used to the altitude?"), "cusco_roofs"),
    "packing": (_("Packing list"), "cooking_tent"),
    "words": (_("A few words of Quechua"), "patacancha"),
    "contact": (_("Ask us"), "huacahuasi"),
}
SUBJECTS = {"trek": Trek, "village": Village, "hot_spring": HotSpring, "page": Page}


@dataclass(frozen=True)
class Picture:
    """A picture's path, its size in pixels and what it shows."""

    path: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Card:
    """What stands on the card of a page; `subject` is a trek, a place or a page, if it has one."""

    kind: str
    brand: str
    title: str
    line: str
    scene: str
    subject: object = None
    # The row whose photograph stands on the card: the subject itself, or what staff chose for the page.
    pictured: object = None

    @property
    def photo(self):
        """The photograph, where there is one."""
        return getattr(self.pictured, "photo", None) or None

    @property
    def slug(self):
        """The subject's part of the address."""
        return self.subject.slug if self.subject else ""

    @property
    def version(self):
        """Changes with everything that is seen on the card."""
        shown = (self.photo.name, *focus_of(self.pictured)) if self.photo else self.scene
        return cards.version(self.brand, self.title, self.line, shown)

    @property
    def address(self):
        """The card's path; another version has another, so that nobody is shown an old one."""
        parts = [get_language(), self.kind, self.slug] if self.slug else [get_language(), self.kind]
        return f"{reverse('subject_card' if self.slug else 'card', args=parts)}?v={self.version}"

    def png(self):
        """The card itself, from the folder of made ones or drawn now."""
        name = "-".join(part for part in (get_language(), self.kind, self.slug) if part)
        return cards.made(name, self.version, self.draw)

    def draw(self):
        """The card drawn afresh."""
        words = self.brand, self.title, self.line
        if not self.photo:
            return cards.draw(*words, scenes_folder() / f"{self.scene}-{CARD_SCENE}.webp")
        with self.photo.open() as source:
            return cards.draw(*words, source, focus_of(self.pictured))


def focus_of(subject):
    """The point of its photograph that should stay in sight, in percent."""
    return subject.photo_focus_x, subject.photo_focus_y


def card_of(kind, subject=None, operator=None, chosen=None):
    """The card of a page by the name of its address and what it is about; None where there is none.

    `chosen` are the pictures that staff put on pages, by their spots.
    """
    brand = operator.name if operator else USUAL_BRAND
    if kind in SUBJECTS and subject is not None:
        title = getattr(subject, "title", "") or subject.name
        return Card(kind, brand, title, line_of(subject), scene_of(subject), subject, subject)
    if kind not in STANDING:
        return None
    title, scene = STANDING[kind]
    pictured = (chosen or {}).get(PagePicture.Spot.HERO) if kind == "home" else None
    return Card(kind, brand, str(title), "", scene_of(pictured, scene), pictured=pictured)


def line_of(subject):
    """The one sentence under the title: tagline, lead, or how a place's description begins."""
    text = getattr(subject, "tagline", "") or getattr(subject, "lead", "") or getattr(subject, "summary", "")
    return re.split(r"(?<=\w\w[.!?])\s", text, maxsplit=1)[0]


def found_card(kind, slug=""):
    """The card at an address; None where nobody may see the page."""
    model = SUBJECTS.get(kind)
    if bool(model) != bool(slug):
        return None
    subject = None
    if model:
        rows = model.objects.published() if model is Trek else model.objects
        subject = rows.filter(slug=slug).first()
    chosen = {row.spot: row for row in PagePicture.objects.all()}
    return card_of(kind, subject, Operator.objects.first(), chosen)


def scene_of(subject, usual=USUAL_SCENE):
    """The name of a subject's scene, or of the usual one."""
    name = getattr(subject, "scene", "")
    return name if name in drawn_scenes() else usual


def picture_of(subject):
    """The picture of a trek or a place without words on it; the usual scene where it has none."""
    if subject.photo:
        about = renditions(subject.photo)
        return Picture(about["src"], about["width"], about["height"], subject.photo_alt)
    name = scene_of(subject)
    about = drawn_scenes()[name]
    height = round(CARD_SCENE * about["height"] / about["width"])
    path = static(f"img/scenes/{name}-{CARD_SCENE}.webp")
    return Picture(path, CARD_SCENE, height, gettext(about["alt"]))


def scenes_folder():
    """Where the drawn scenes stand."""
    return settings.BASE_DIR / "static" / "img" / "scenes"


@cache
def drawn_scenes():
    """The drawn scenes by name, with size and description."""
    return json.loads((scenes_folder() / "scenes.json").read_text())

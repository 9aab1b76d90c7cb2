"""Finding things by their names, in any spelling, and by words in their texts, without accents."""

import re
import unicodedata
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .models import Feast, Page, Phrase, Place, Question, Trek

MOST_WORDS = 6
SHORTEST_NAME = 4
# Quechua names are written in several ways; what sounds alike is folded into one letter.
# Longer groups come first: "qu" is a k, "q" alone is a k as well.
SOUNDS = (
    (r"hu(?=[aei])|gu(?=[ae])", "w"),
    (r"qu(?=[ei])|ck|cc|kk|qq|[cqk]", "k"),
    (r"z", "s"),
    (r"ph|f", "p"),
    (r"[ey]", "i"),
    (r"o", "u"),
    (r"[hj]", ""),
    (r"(.)\1+", r"\1"),
)


@dataclass
class Results:
    """What was found, by kind."""

    places: list = field(default_factory=list)
    treks: list = field(default_factory=list)
    questions: list = field(default_factory=list)
    pages: list = field(default_factory=list)
    feasts: list = field(default_factory=list)
    phrases: list = field(default_factory=list)

    @property
    def total(self):
        return sum(len(kind) for kind in vars(self).values())


def plain(text):
    """Lower case without accents and apostrophes."""
    letters = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in letters if letter.isalnum() or letter.isspace() or letter == "-")


def folded(text):
    """A name as it sounds, so that Huacahuasi, Wacawasi and Huaca Wasi are one."""
    sound = re.sub(r"[\s-]", "", plain(text))
    for pattern, letter in SOUNDS:
        sound = re.sub(pattern, letter, sound)
    return sound


def found(query):
    """Everything that carries the words of a query; seven database queries for any number of rows."""
    places = places_named(query)
    words = query.split()[:MOST_WORDS]
    passing = Q(days__villages__in=places) | Q(days__hot_springs__in=places) | Q(waypoints__place__in=places)
    in_trek = containing(words, "name", "tagline", "summary", "days__title")
    pages = Page.objects.filter(containing(words, "title", "lead", "body"))
    in_phrase = Q()
    for word in words:
        in_phrase &= any_of(word, ["quechua", "spanish", "english"])
    return Results(
        places=places,
        treks=list(Trek.objects.published().filter(in_trek | passing).distinct()),
        questions=list(Question.objects.filter(containing(words, "question", "answer"))),
        pages=[*standing_pages(query), *map(as_in_menu, pages)],
        feasts=list(Feast.objects.filter(containing(words, "name", "what")).select_related("place")),
        phrases=list(Phrase.objects.filter(in_phrase)),
    )


def containing(words, *fields):
    """The condition that every word stands in one of the fields, in any language, without accents."""
    columns = [f"{name}_{language}" for name in fields for language, _name in settings.LANGUAGES]
    condition = Q()
    for word in words:
        condition &= any_of(word, columns)
    return condition


def any_of(word, columns):
    """The condition that a word stands in one of the columns."""
    condition = Q()
    for column in columns:
        condition |= Q(**{f"{column}__unaccent__icontains": word})
    return condition


def places_named(query):
    """Places whose name, or another spelling of it, sounds like the query or like one of its longer words."""
    whole = folded(query)
    parts = {folded(word) for word in query.split() if len(word) >= SHORTEST_NAME}
    named = [(place, [folded(name) for name in names_of(place)]) for place in Place.objects.all()]
    exact = [place for place, names in named if len(whole) >= 3 and any(whole in name for name in names)]
    return exact or [
        place
        for place, names in named
        if any(part in name for part in parts for name in names if len(part) >= 3)
    ]


def names_of(place):
    """Every name and spelling of a place."""
    return [name for name in (place.name_en, place.name_es, *place.spellings) if name]


@dataclass(frozen=True)
class StandingPage:
    """A page with a program of its own: what it is called, what stands there, the words it is found by."""

    name: str
    title: str
    lead: str
    words: str

    def get_absolute_url(self):
        return reverse(self.name)


STANDING_PAGES = (
    StandingPage(
        "departures",
        _("Dates and prices"),
        _("Every departure of the coming year, with the seats that are left."),
        _("departure departures calendar availability book booking price cost seats"),
    ),
    StandingPage(
        "when_to_go",
        _("When to go"),
        _("Nights, rain and crowds, month by month; the feasts of the valley."),
        _("weather climate season rain cold temperature month best snow frost feast festivals"),
    ),
    StandingPage(
        "acclimatization",
        _("Altitude check"),
        _("Your dates in Cusco beside the table of altitude risk."),
        _("altitude acclimatization acclimatisation soroche sickness height doctor check"),
    ),
    StandingPage(
        "packing",
        _("Packing list"),
        _("What to bring, month by month, and what you can rent."),
        _("packing pack clothes boots equipment gear luggage bags sleeping rent list"),
    ),
    StandingPage(
        "compare",
        _("Compare the treks"),
        _("Every trek in one table: days, highest night, price and next date."),
        _("compare comparison difference altitude easiest hardest shortest longest trek treks"),
    ),
    StandingPage(
        "find_booking",
        _("Find a booking"),
        _("Your private page again, by reference and e-mail."),
        _("booking reference reservation lost link find payment voucher"),
    ),
    StandingPage(
        "words",
        _("Words in Quechua"),
        _("Greetings, and what the place names mean."),
        _("quechua language phrases greetings runasimi"),
    ),
    StandingPage(
        "places",
        _("The valley"),
        _("Villages, hot springs and every other place on the way, with altitude and other spellings."),
        _("village villages valley places map altitude community communities weaving"),
    ),
    StandingPage(
        "contact",
        _("Ask us"),
        _("Write to the office, call, or use WhatsApp."),
        _("contact phone whatsapp email mail address office help"),
    ),
)


# What the menu and the footer call pages that staff write.
MENU_NAMES = {
    "prepare": _("Before you go"),
    "about": _("About us"),
    "terms": _("Terms and refunds"),
    "privacy": _("Your data"),
}


def as_in_menu(page):
    """A page under its name in the menu; one that is not there as it is."""
    name = MENU_NAMES.get(page.slug)
    return StandingPage(page.slug, name, page.lead, "") if name else page


def standing_pages(query):
    """The pages with a program of their own that a word leads to, in the language of the reader."""
    asked = {plain(word) for word in query.split() if len(word) >= SHORTEST_NAME}
    return [page for page in STANDING_PAGES if asked & set(plain(f"{page.title} {page.words}").split())]

"""A packing list: what is still to get, what is rented, what is at home, what the month asks for."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lares.templatetags import formats

from .models import ClimateMonth, PackingItem

Weather = PackingItem.Weather
TO_GET, RENTED, OWNED = "to_get", "rented", "owned"
FROST_C = 0
# In a month with fewer days of rain than this, a thing for rain needs no word about them.
RAINY_DAYS = 4


@dataclass(frozen=True)
class Line:
    """One thing: where it comes from, what the month says about it, whether the month makes it count most."""

    item: PackingItem
    source: str
    note: str = ""
    counts_most: bool = False


@dataclass(frozen=True)
class PackingList:
    """All lines in the order of the list: what is still to get first within each category."""

    lines: list

    @property
    def to_get(self):
        """How many things are still to get."""
        return sum(line.source == TO_GET for line in self.lines)

    @property
    def rented(self):
        """The extras that are rented."""
        return [line.item.extra for line in self.lines if line.source == RENTED]

    @property
    def rent(self):
        """What the rented things cost for one traveler and one trek, in USD."""
        return sum((extra.price for extra in self.rented), Decimal(0))


def packing_list(items, owned=(), rented=(), month=None):
    """The list for a month (a ClimateMonth, or None); `owned` and `rented` are the short codes of things.

    What one owns is not rented; what we do not rent out cannot be.
    """
    lines = [line_of(item, owned, rented, month) for item in items]
    order = [TO_GET, RENTED, OWNED]
    return PackingList(sorted(lines, key=lambda line: (line.item.category, order.index(line.source))))


def line_of(item, owned, rented, month):
    """One thing of the list."""
    if item.slug in owned:
        source = OWNED
    else:
        source = RENTED if item.extra and item.slug in rented else TO_GET
    if month is None or not item.weather:
        return Line(item, source)
    return Line(item, source, note_on(item.weather, month), matters_in(item.weather, month))


def matters_in(weather, month):
    """Whether a month has the weather a thing is for: frost at the highest camp, or the rainy season."""
    if weather == Weather.COLD:
        return month.ipsaycocha_min_c < FROST_C
    return month.season == ClimateMonth.Season.WET


def note_on(weather, month):
    """What a month's figures say about a thing for cold or for rain."""
    if weather == Weather.COLD:
        return _("for nights of about %(degrees)s") % {"degrees": formats.celsius(month.ipsaycocha_min_c)}
    if month.rain_days < RAINY_DAYS:
        return ""
    about = ngettext("for about %(n)d day with rain", "for about %(n)d days with rain", month.rain_days)
    return about % {"n": month.rain_days}

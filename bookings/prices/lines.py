"""Price lines: from a price list, who travels, extras and a promotion to rows whose sum is the total."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from bookings.models import PriceLine
from treks.models import FareClass

from .amounts import rounded

Kind = PriceLine.Kind


@dataclass(frozen=True)
class Line:
    """One line: what it is for (`key` within its kind), how many, and what one costs, USD."""

    kind: str
    key: str
    quantity: int
    unit_amount: Decimal

    @property
    def amount(self):
        """Quantity × unit amount, USD."""
        return self.quantity * self.unit_amount


def lines_of(price_list, fare_classes, extras=(), promotion=None):
    """The lines of a party, as a list of Line; their sum is never below zero.

    `fare_classes` has one entry for each traveler, `extras` pairs of (slug, quantity). A reduction never
    makes a person cost less than nothing; a promotion counts on the seats, not on the extras.
    """
    seats = [*_fares(price_list, fare_classes)]
    seats += _party(price_list, seats)
    added = [Line(Kind.EXTRA, slug, quantity, price_list.price_of(slug)) for slug, quantity in extras]
    return [*seats, *_promotion(promotion, seats), *added]


def _fares(price_list, fare_classes):
    counted = Counter(fare_classes)
    for fare_class in FareClass.values:
        if number := counted[fare_class]:
            yield Line(Kind.TREK, fare_class, number, price_list.fare(fare_class))


def _party(price_list, fares):
    people = sum(line.quantity for line in fares)
    if not people or not (found := price_list.party_reduction(people)):
        return []
    size, reduction = found
    # A fare that costs less than the reduction is reduced to nothing, and takes nothing from the others'.
    less = Counter()
    for line in fares:
        less[min(reduction, line.unit_amount)] += line.quantity
    return [Line(Kind.PARTY, str(size), number, -each) for each, number in less.items() if each]


def _promotion(promotion, seats):
    if promotion is None:
        return []
    base = sum((line.amount for line in seats), Decimal(0))
    less = rounded(base * promotion.percent / 100) if promotion.percent else min(promotion.amount, base)
    return [Line(Kind.PROMOTION, promotion.code, 1, -less)] if less else []


def write_lines(booking):
    """Write the booking's lines anew from its price list, travelers, extras and promotion.

    Charges that were written for travelers who cancelled stay. The booking must be locked.
    """
    people = list(booking.travelers.values_list("fare_class", flat=True))
    booking.price_lines.exclude(kind=Kind.CHARGE).delete()
    with override(booking.language):
        extras = list(booking.booked_extras.values_list("extra__slug", "quantity", "extra__name"))
        names = {slug: name for slug, _quantity, name in extras}
        chosen = [(slug, quantity) for slug, quantity, _name in extras]
        PriceLine.objects.bulk_create(
            PriceLine(
                booking=booking,
                kind=line.kind,
                key=line.key,
                label=_label(booking, line, names),
                quantity=line.quantity,
                unit_amount=line.unit_amount,
            )
            for line in lines_of(booking.price_list, people, chosen, booking.promotion)
        )


def _label(booking, line, names):
    if line.kind == Kind.TREK:
        trek = booking.departure.trek.short_name
        return trek if line.key == FareClass.ADULT else f"{trek}, {FareClass(line.key).label}"
    if line.kind == Kind.PARTY:
        return _("Party of %(people)s or more") % {"people": line.key}
    if line.kind == Kind.PROMOTION:
        return _("Promotion %(code)s") % {"code": line.key}
    return names[line.key]

"""Extras of a booking, with their stock and their price lines."""

from bookings import prices, seats, stock
from bookings.models import BookedExtra, BookingEvent, PriceLine

from .actors import TRAVELER, log
from .errors import NotEnoughStock, Stale
from .holding import refuse_unless_held
from .locks import lock_booking, save, verb


def extras_values(booking):
    """The chosen extras as {slug: quantity}, as the form shows them."""
    return dict(booking.booked_extras.values_list("extra__slug", "quantity"))


@verb
def choose_extras(booking_id, quantities, *, seen=None, by=TRAVELER):
    """Set the extras of a hold to {slug: quantity}, new ones at today's price; 0 is none.

    Extras the trek does not offer are passed over. Raises NotEnoughStock, Stale, WrongStatus, Lapsed, Busy.
    """
    booking = lock_booking(booking_id)
    now = seats.clock()
    refuse_unless_held(booking, now)
    current = extras_values(booking)
    wanted = {slug: quantity for slug, quantity in quantities.items() if quantity}
    if seen is not None and current not in (seen, wanted):
        raise Stale(current)
    offers = booking.departure.trek.offered_extras.select_related("extra").filter(extra__slug__in=wanted)
    offers = list(offers)
    _refuse_without_stock(booking, offers, wanted, now)
    _write(booking, offers, wanted)
    booking.extras_chosen = True
    booking.drafts.pop("extras", None)
    save(booking, "extras_chosen", "drafts")
    if current != wanted:
        log(booking, BookingEvent.Kind.EXTRAS_CHANGED, by, now, before=_told(current), after=_told(wanted))
    return booking


def _refuse_without_stock(booking, offers, wanted, now):
    locked = stock.lock([offer.extra for offer in offers])
    for offer in offers:
        left = stock.left(locked[offer.extra_id], booking.departure, now, besides=booking)
        if left is not None and wanted[offer.extra.slug] > left:
            raise NotEnoughStock(offer.extra, left)


def _write(booking, offers, wanted):
    """Write rows and lines anew; what was chosen before keeps the price it was held at."""
    booking.booked_extras.all().delete()
    lines = booking.price_lines.filter(kind=PriceLine.Kind.EXTRA)
    held = dict(lines.values_list("label", "unit_amount"))
    lines.delete()
    BookedExtra.objects.bulk_create(
        BookedExtra(booking=booking, extra=offer.extra, quantity=wanted[offer.extra.slug]) for offer in offers
    )
    new_lines = [prices.extra_line(booking, offer, wanted[offer.extra.slug]) for offer in offers]
    for line in new_lines:
        line.unit_amount = held.get(line.label, line.unit_amount)
    PriceLine.objects.bulk_create(new_lines)


def _told(extras):
    return ", ".join(f"{quantity} {slug}" for slug, quantity in sorted(extras.items()))[:120]

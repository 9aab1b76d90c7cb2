"""Extras of a booking, with their stock and their price lines."""

from bookings import prices, seats, stock
from bookings.models import BookedExtra, BookingEvent
from treks.models import Extra

from .actors import TRAVELER, log
from .drafts import forget_draft
from .errors import NotEnoughStock, Stale, TooManyForParty
from .holding import refuse_unless_held
from .locks import lock_booking, save, verb


def extras_values(booking):
    """The chosen extras as {slug: quantity}, as the form shows them."""
    return dict(booking.booked_extras.values_list("extra__slug", "quantity"))


@verb
def choose_extras(booking_id, quantities, *, seen=None, known=None, by=TRAVELER):
    """Set the extras of a hold to {slug: quantity}, at the prices of its price list; 0 is none.

    Extras without a price there, or that the trek no longer offers, are passed over.
    `known` is as of `forget_draft`. Raises TooManyForParty, NotEnoughStock, Stale, WrongStatus,
    Lapsed, Busy.
    """
    booking = lock_booking(booking_id)
    now = seats.clock()
    refuse_unless_held(booking, now)
    current = extras_values(booking)
    wanted = {slug: quantity for slug, quantity in quantities.items() if quantity > 0}
    if seen is not None and current not in (seen, wanted):
        raise Stale(current)
    extras = list(Extra.objects.filter(slug__in=priced(booking)).filter(slug__in=wanted))
    _refuse_without_stock(booking, extras, wanted, now)
    write_extras(booking, {extra.slug: wanted[extra.slug] for extra in extras})
    prices.write_lines(booking)
    booking.extras_chosen = True
    forget_draft(booking, "extras", known)
    save(booking, "extras_chosen", "drafts")
    if current != wanted:
        log(booking, BookingEvent.Kind.EXTRAS_CHANGED, by, now, before=_told(current), after=_told(wanted))
    return booking


def offered(departure):
    """The short codes of the extras that its trek offers today."""
    return list(departure.trek.offered_extras.values_list("extra__slug", flat=True))


def priced(booking):
    """The short codes of the extras that had a price when the seats were held and are still offered."""
    return [slug for slug in offered(booking.departure) if booking.price_list.price_of(slug) is not None]


def write_extras(booking, quantities):
    """Write the rows of a locked booking's extras anew from {slug: quantity}; 0 is none."""
    booking.booked_extras.all().delete()
    found = {extra.slug: extra for extra in Extra.objects.filter(slug__in=quantities)}
    BookedExtra.objects.bulk_create(
        BookedExtra(booking=booking, extra=found[slug], quantity=quantity)
        for slug, quantity in quantities.items()
        if quantity > 0
    )


def _refuse_without_stock(booking, extras, wanted, now):
    locked = stock.lock(extras)
    for extra in locked.values():
        most = stock.most(extra.charge_unit, booking.departure, booking.party_size)
        if most is not None and wanted[extra.slug] > most:
            raise TooManyForParty(extra, most)
        left = stock.left(extra, booking.departure, now, besides=booking)
        if left is not None and wanted[extra.slug] > left:
            raise NotEnoughStock(extra, left)


def _told(extras):
    return ", ".join(f"{quantity} {slug}" for slug, quantity in sorted(extras.items()))[:120]

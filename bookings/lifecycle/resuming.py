"""A lapsed hold taken up again at today's price, and what that price is."""

from bookings import policy, prices, stock
from bookings.models import Booking, BookingEvent, PriceLine

from .actors import TRAVELER, log
from .errors import WrongStatus
from .holding import refuse_unbookable, refuse_without_seats
from .locks import clock_with_stock, lock_booking, save, verb

EXTRA = PriceLine.Kind.EXTRA


@verb
def resume(booking_id, *, by=TRAVELER):
    """Take a lapsed hold up again where seats are free: seats, deposit and extras at today's price.

    Extras that others took meanwhile, or that are no longer offered, are given up and asked for again. A hold
    that still lives is returned as it is. Raises WrongStatus, NotBookable, NotEnoughSeats, Busy.
    """
    booking = lock_booking(booking_id)
    now = clock_with_stock(booking)
    if booking.status != Booking.Status.ON_HOLD:
        raise WrongStatus
    if not booking.has_lapsed(now):
        return booking
    refuse_unbookable(booking.departure, by)
    refuse_without_seats(booking.departure, booking.party_size, now, besides=booking)
    _price_anew(booking, now)
    booking.deposit = booking.departure.deposit
    booking.expires_at = policy.hold_until(now)
    booking.extensions = 0
    # What is typed from now on is to be emptied again one day.
    booking.personal_data_erased_at = None
    save(booking, "deposit", "expires_at", "extensions", "extras_chosen", "personal_data_erased_at")
    log(booking, BookingEvent.Kind.RESUMED, by, now)
    return booking


def todays_lines(booking, now):
    """The (unsaved) price lines at which a lapsed hold can be taken up at `now`, the seats first.

    Without any extras where not all of them are free and offered, since they are then asked for again.
    """
    seats_line = prices.trek_line(booking, booking.departure.price)
    wanted = dict(booking.booked_extras.values_list("extra", "quantity"))
    offers = list(booking.departure.trek.offered_extras.select_related("extra").filter(extra__in=wanted))
    left = stock.left_of_each([offer.extra for offer in offers], booking.departure, now, besides=booking)
    are_free = all(left[pk] is None or wanted[pk] <= left[pk] for pk in left)
    if len(offers) < len(wanted) or not are_free:
        return [seats_line]
    return [seats_line, *(prices.extra_line(booking, offer, wanted[offer.extra_id]) for offer in offers)]


def _price_anew(booking, now):
    lines = todays_lines(booking, now)
    booking.price_lines.filter(kind__in=(PriceLine.Kind.TREK, EXTRA)).delete()
    PriceLine.objects.bulk_create(lines)
    if booking.booked_extras.exists() and not any(line.kind == EXTRA for line in lines):
        booking.booked_extras.all().delete()
        booking.extras_chosen = False

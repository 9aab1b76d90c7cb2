"""A lapsed hold taken up again at today's price, and what that price is."""

from decimal import Decimal

from bookings import policy, prices, stock
from bookings.models import Booking, BookingEvent

from .actors import TRAVELER, log
from .errors import PriceChanged, WrongStatus
from .extras import offered
from .holding import refuse_many_holds, refuse_unbookable, refuse_without_seats
from .locks import clock_with_stock, lock_booking, save, verb
from .promotions import promotion_today


@verb
def resume(booking_id, *, by=TRAVELER, seen=None):
    """Take a lapsed hold up again where seats are free: everything at today's price.

    `seen` is that price as the page showed it, as of `as_seen`. Extras that others took meanwhile, or
    that are no longer offered, are given up and asked for again. A hold that still lives is returned as it
    is. Raises WrongStatus, NotBookable, TooManyHolds, NotEnoughSeats, PriceChanged, Busy.
    """
    booking = lock_booking(booking_id)
    now = clock_with_stock(booking)
    if booking.status != Booking.Status.ON_HOLD:
        raise WrongStatus
    if not booking.has_lapsed(now):
        return booking
    refuse_unbookable(booking.departure, by)
    refuse_many_holds(booking.browser, booking.client_address, now)
    refuse_without_seats(booking.departure, booking.party_size, now, besides=booking)
    if seen is not None and seen != as_seen(*todays_price(booking, now)):
        raise PriceChanged
    _price_anew(booking, now)
    booking.expires_at = policy.hold_until(now)
    booking.extensions = 0
    # What is typed from now on is to be emptied again one day.
    booking.personal_data_erased_at = None
    save(
        booking, "price_list", "promotion", "expires_at", "extensions", "extras_chosen",
        "personal_data_erased_at",
    )  # fmt: skip
    log(booking, BookingEvent.Kind.RESUMED, by, now)
    return booking


def todays_lines(booking, now):
    """The lines, as `prices.Line`, at which a lapsed hold can be taken up at `now`.

    Without any extras where not all of them are free and offered, since they are then asked for again.
    """
    today = prices.todays_list(booking.departure)
    people = booking.travelers.values_list("fare_class", flat=True)
    extras = (
        booking.booked_extras.values_list("extra__slug", "quantity") if _extras_are_free(booking, now) else ()
    )
    return prices.lines_of(today, people, extras, promotion_today(booking, now))


def todays_price(booking, now):
    """What a lapsed hold costs if taken up at `now`, and what of it is due first, as (total, due), USD."""
    total = sum((line.amount for line in todays_lines(booking, now)), Decimal(0))
    if booking.departure.is_due_at_once:
        return total, total
    return total, prices.deposit(prices.todays_list(booking.departure), booking.party_size, total)


def as_seen(total, due):
    """A price as the page carries it and `resume` compares it: plain strings."""
    return [f"{total:.2f}", f"{due:.2f}"]


def _extras_are_free(booking, now):
    rows = list(booking.booked_extras.select_related("extra"))
    left = stock.left_of_each([row.extra for row in rows], booking.departure, now, besides=booking)
    are_free = all(left[row.extra_id] is None or row.quantity <= left[row.extra_id] for row in rows)
    return are_free and {row.extra.slug for row in rows} <= set(offered(booking.departure))


def _price_anew(booking, now):
    if not _extras_are_free(booking, now):
        booking.booked_extras.all().delete()
        booking.extras_chosen = False
    booking.price_list = prices.price_list_of(booking.departure)
    booking.promotion = promotion_today(booking, now, lock=True)
    prices.write_lines(booking)

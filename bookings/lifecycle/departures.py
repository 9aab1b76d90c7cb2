"""What staff do to a whole departure: capacity, dates, closing, cancelling."""

from django.utils.translation import gettext as _

from bookings import emails, policy, seats, stock
from bookings.models import BookedExtra, Booking, BookingEvent, Departure

from .actors import log, office
from .cancelling import cancel_locked
from .errors import NotEnoughStock, Refused, WrongStatus
from .locks import lock_departure, save, verb

Status = Departure.Status
OFFICE = office()


@verb
def change_capacity(departure_id, capacity):
    """Set the capacity, never below the seats that are taken. Raises Refused, Busy."""
    departure = lock_departure(departure_id)
    taken = seats.taken(departure, seats.clock())
    if capacity < taken:
        raise Refused(_("%(taken)d seats are taken; the capacity cannot be less.") % {"taken": taken})
    if capacity < departure.minimum_to_run:
        raise Refused(_("The departure runs from %(n)d people.") % {"n": departure.minimum_to_run})
    departure.capacity = capacity
    return _save(departure, "capacity")


@verb
def change_dates(departure_id, start_date, end_date, *, by=OFFICE):
    """Move the departure to other dates; every placed booking on it is told. The same dates change nothing.

    A pending booking waits no longer than the new cut-off allows; its balance keeps the day that was agreed.
    Raises NotEnoughStock, Refused, WrongStatus, Busy.
    """
    departure = lock_departure(departure_id)
    if departure.status == Status.CANCELLED:
        raise WrongStatus
    if end_date < start_date:
        raise Refused(_("A departure cannot end before it starts."))
    if (start_date, end_date) == (departure.start_date, departure.end_date):
        return departure
    before = departure.start_date
    departure.start_date, departure.end_date = start_date, end_date
    departure.decide_by = min(departure.decide_by, start_date)
    bookings = list(_locked_bookings(departure))
    _save(departure, "start_date", "end_date", "decide_by")
    now = seats.clock()
    _refuse_without_stock(departure, now)
    for booking in bookings:
        log(booking, BookingEvent.Kind.DATES_CHANGED, by, now, before=before, after=start_date)
        _wait_within_cutoff(booking, now)
        if booking.is_placed:
            emails.dates_changed(booking, before)
    return departure


@verb
def change_status(departure_id, status):
    """Open or close a departure for sale. Cancelling has its own verb. Raises WrongStatus, Busy."""
    departure = lock_departure(departure_id)
    if Status.CANCELLED in (status, departure.status):
        raise WrongStatus
    departure.status = status
    return _save(departure, "status")


@verb
def cancel_departure(departure_id, *, by, reason=""):
    """Cancel the departure and every booking on it; each contact is told. Doing it again changes nothing."""
    departure = lock_departure(departure_id)
    if departure.status == Status.CANCELLED:
        return departure
    now = seats.clock()
    for booking in _locked_bookings(departure):
        cancel_locked(booking, now, by, reason, by_us=True)
    departure.status = Status.CANCELLED
    return _save(departure, "status")


def concerned(departure):
    """The bookings that a change of the departure concerns, placed ones first, for a preview."""
    rows = departure.bookings.exclude(status=Booking.Status.CANCELLED)
    return rows.order_by("placed_at", "pk")


def _locked_bookings(departure):
    bookings = departure.bookings.exclude(status=Booking.Status.CANCELLED)
    for booking in bookings.select_for_update(no_key=True, of=("self",)).order_by("pk"):
        booking.departure = departure
        yield booking


def _wait_within_cutoff(booking, now):
    latest = policy.end_of_day(policy.last_day(booking, booking.departure.booking_closes_on, now))
    if booking.status == Booking.Status.PENDING and booking.expires_at > latest:
        booking.expires_at = latest
        save(booking, "expires_at")


def _refuse_without_stock(departure, now):
    """On new dates the extras of this departure meet those of other ones: look at every day again."""
    rows = BookedExtra.objects.filter(booking__departure=departure).select_related("extra", "booking")
    extras = stock.lock({row.extra for row in rows})
    for extra in extras.values():
        left = stock.left(extra, departure, now)
        if left is not None and left < 0:
            raise NotEnoughStock(extra, left)


def _save(departure, *fields):
    departure.version += 1
    departure.save(update_fields=[*fields, "version"])
    return departure

"""Giving seats back, and taking that back."""

from bookings import emails, policy, prices, seats
from bookings.models import Booking, BookingEvent, Departure

from .actors import TRAVELER, log
from .errors import NotBookable, WrongStatus
from .holding import refuse_without_seats, refuse_without_stock
from .locks import lock_booking, save, verb
from .paying import confirm

Kind = BookingEvent.Kind
Status = Booking.Status


@verb
def cancel(booking_id, *, by=TRAVELER, reason=""):
    """Cancel a booking in any status; cancelling it again changes nothing. Raises Busy."""
    booking = lock_booking(booking_id)
    if booking.status != Status.CANCELLED:
        cancel_locked(booking, seats.clock(), by, reason)
    return booking


def cancel_locked(booking, now, by, reason, by_us=False):
    """Cancel a booking that is locked and not cancelled; `by_us` where the operator cancels the departure."""
    before, booking.status = booking.status, Status.CANCELLED
    booking.cancelled_at = now
    booking.expires_at = None
    save(booking, "status", "cancelled_at", "expires_at")
    event = log(booking, Kind.CANCELLED, by, now, before=before, after=Status.CANCELLED, reason=reason)
    if booking.placed_at:
        emails.cancelled(booking, event, by_us=by_us)
        emails.office_cancelled(booking, event, owed=prices.paid(booking))


@verb
def reinstate(booking_id, *, by):
    """Bring a cancelled booking back where its seats and extras are free: confirmed if paid, else pending.

    The contact is told, of a pending one with how to pay and until when.

    Raises WrongStatus (never placed), NotBookable, NotEnoughSeats, NotEnoughStock, Busy.
    """
    booking = lock_booking(booking_id)
    now = seats.clock()
    if booking.status != Status.CANCELLED or not booking.placed_at:
        raise WrongStatus
    if booking.departure.status == Departure.Status.CANCELLED:
        raise NotBookable
    refuse_without_seats(booking.departure, booking.party_size, now, besides=booking)
    refuse_without_stock(booking, now)
    booking.status = Status.PENDING
    booking.cancelled_at = None
    booking.expires_at = policy.pending_until(booking, now)
    save(booking, "status", "cancelled_at", "expires_at")
    event = log(booking, Kind.REINSTATED, by, now, before=Status.CANCELLED, after=Status.PENDING)
    if prices.paid(booking) >= booking.due_now:
        confirm(booking, now, by)
    else:
        emails.reinstated(booking, event)
    return booking

"""Money: it is always written down; only the status depends on seats."""

from bookings import emails, prices, seats
from bookings.models import Booking, BookingEvent, Payment

from .actors import TRAVELER, log
from .errors import NotEnoughSeats, NotEnoughStock, WrongStatus
from .holding import refuse_without_seats, refuse_without_stock
from .locks import clock_with_stock, lock_booking, save, verb

Kind = BookingEvent.Kind
Status = Booking.Status


@verb
def announce_transfer(booking_id, bank_reference, *, by=TRAVELER):
    """The traveler says that the transfer is on its way; the office is told, once for each reference.

    Raises WrongStatus, Busy.
    """
    booking = lock_booking(booking_id)
    if not booking.is_placed:
        raise WrongStatus
    if booking.transfer_announced_at and booking.transfer_reference == bank_reference:
        return booking
    now = seats.clock()
    booking.transfer_announced_at = now
    booking.transfer_reference = bank_reference
    save(booking, "transfer_announced_at", "transfer_reference")
    log(booking, Kind.TRANSFER_ANNOUNCED, by, now)
    emails.office_transfer_announced(booking)
    return booking


@verb
def record_payment(booking_id, submission, *, by, amount, provider, **details):
    """Write down money that came (USD; negative where it went back), and confirm where that is enough.

    `details` are further fields of Payment. The same `submission` is the same payment. Money for a booking
    whose seats are gone is kept and flagged to the office and to the traveler. Raises Busy.
    """
    booking = lock_booking(booking_id)
    if again := Payment.objects.filter(submission=submission).first():
        return again
    now = clock_with_stock(booking)
    details.setdefault("received_amount", amount)
    payment = Payment.objects.create(
        booking=booking,
        submission=submission,
        amount=amount,
        provider=provider,
        recorded_by=by.user,
        **details,
    )
    log(booking, Kind.PAID, by, now, after=amount)
    if amount > 0:
        settle(booking, now, by)
    return payment


def settle(booking, now, by):
    """Confirm a pending booking that has paid what is due, or say that its seats are gone.

    Seats that are gone are told of also where only a part was paid: that money waits for an answer too.
    """
    if booking.status == Status.CONFIRMED:
        return
    try:
        if booking.status != Status.PENDING:
            raise WrongStatus
        if booking.has_lapsed(now):
            refuse_without_seats(booking.departure, booking.party_size, now, besides=booking)
            refuse_without_stock(booking, now)
    except (WrongStatus, NotEnoughSeats, NotEnoughStock) as refused:
        _flag_late_money(booking, now, by, str(refused))
    else:
        if prices.paid(booking) >= booking.due_now:
            confirm(booking, now, by)


def confirm(booking, now, by):
    """Make the seats theirs for good. The caller has checked seats and money."""
    before, booking.status = booking.status, Status.CONFIRMED
    booking.expires_at = None
    save(booking, "status", "expires_at")
    log(booking, Kind.CONFIRMED, by, now, before=before, after=Status.CONFIRMED)
    emails.deposit_received(booking)


def _flag_late_money(booking, now, by, reason):
    event = log(booking, Kind.LATE_MONEY, by, now, reason=reason)
    emails.late_money(booking, event)
    emails.office_late_money(booking, event)

"""Money that comes: it is always written down; only the status depends on seats."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from bookings import emails, seats
from bookings.models import Booking, BookingEvent, Payment, Refund

from .actors import TRAVELER, for_office, log
from .errors import NotEnoughSeats, NotEnoughStock, Refused, WrongStatus
from .holding import refuse_without_seats, refuse_without_stock
from .locks import clock_with_stock, lock_booking, save, verb
from .receipts import issue
from .refunding import follow, propose, renew_proposals, staying
from .ways_back import hand_payment_for, surcharges_in

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

    `details` are further fields of Payment; money that went back takes back the latest payment by hand of
    which so much is left, and the contact is told. The same `submission` is the same payment. Money for a
    booking whose seats are gone is kept and flagged to the office and to the traveler. Raises Refused (more
    would have gone back than was paid), Busy.
    """
    booking = lock_booking(booking_id)
    if again := Payment.objects.filter(submission=submission).first():
        return again
    now = clock_with_stock(booking)
    if amount < 0:
        surcharge = details.get("surcharge", 0)
        _refuse_more_than_came(booking, amount, surcharge)
        details.setdefault("pays_back", hand_payment_for(booking, -amount, -surcharge))
    payment = record_locked(booking, submission, now, by, amount=amount, provider=provider, **details)
    if amount < 0:
        renew_proposals(booking, now, by, for_office(gettext_lazy("Money went back by hand.")))
    return payment


def _refuse_more_than_came(booking, amount, surcharge):
    surcharges = surcharges_in(booking, [Refund.State.SENDING])
    if staying(booking) + amount < 0 or surcharges + surcharge < 0:
        raise Refused(_("No more can go back than was paid."))


def record_locked(booking, submission, now, by, *, amount, provider, **details):
    """Add a payment to a locked booking, with its constancia, and settle what it settles."""
    details.setdefault("received_amount", amount + details.get("surcharge", 0))
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
        settle(booking, now, by, payment)
    else:
        emails.refunded(booking, payment)
    issue(payment, now)
    return payment


def settle(booking, now, by, payment=None):
    """Confirm a pending booking that has paid what is due, or say that its seats are gone.

    Seats that are gone are told of also where only a part was paid: that money waits for an answer too. What
    is more than the price is proposed to be paid back.
    """
    if booking.status == Status.CONFIRMED:
        if payment is not None:
            emails.payment_received(booking, payment)
        follow(booking, now, by, payment)
        return
    try:
        # What is refused here only the office reads.
        with override(settings.LANGUAGE_CODE):
            if booking.status != Status.PENDING:
                raise WrongStatus
            if booking.has_lapsed(now):
                refuse_without_seats(booking.departure, booking.party_size, now, besides=booking)
                refuse_without_stock(booking, now)
    except (WrongStatus, NotEnoughSeats, NotEnoughStock) as refused:
        why = for_office(gettext_lazy("The money came when the seats were gone."))
        propose(booking, now, by, why, our_fault=True, tell=False)
        _flag_late_money(booking, now, by, str(refused))
    else:
        confirm_if_paid(booking, now, by, payment)


def confirm_if_paid(booking, now, by, came=None):
    """Confirm a pending booking once what is due is here and stays; what was proposed to go back follows.

    The caller has checked the seats.
    """
    if staying(booking) >= booking.due_now:
        confirm(booking, now, by)
    if not booking.has_lapsed(now):
        follow(booking, now, by, came)


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

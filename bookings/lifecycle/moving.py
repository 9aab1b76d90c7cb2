"""A payment entered on the wrong booking: taken back there and written down where it belongs."""

from uuid import uuid5

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import prices
from bookings.models import Booking, BookingEvent, Payment, Refund

from .actors import for_office, log
from .errors import Refused
from .locks import clock_with_stock, lock_bookings, verb
from .paying import record_locked
from .receipts import issue
from .refunding import renew_proposals, staying
from .ways_back import ONLINE, room_in, surcharges_in

Kind = BookingEvent.Kind


@verb
def move_payment(payment_id, booking_id, *, by, reason):
    """Move all that is left of a payment to another booking; done again, it changes nothing.

    Card payments stay where they are: the provider knows them under their booking, and they go back through
    it. Raises Refused, Busy.
    """
    payment = Payment.objects.get(pk=payment_id)
    wrong, right = lock_bookings(payment.booking_id, booking_id)
    form = uuid5(payment.submission, "moved")
    if again := Payment.objects.filter(submission=form).first():
        return again
    amount = min(room_in(payment), staying(wrong))
    _refuse_unmovable(payment, wrong, right, amount)
    # The extras of the right booking come before the numbers of the papers in the order of locks.
    now = clock_with_stock(right)
    left = surcharges_in(wrong, [Refund.State.SENDING])
    surcharge = min(payment.surcharge, left) if amount == payment.amount else 0
    received = _share(payment, amount, surcharge)
    same = {
        "received_currency": payment.received_currency,
        "rate": payment.rate,
        "provider": payment.provider,
    }
    taken_back = Payment.objects.create(
        booking=wrong,
        submission=uuid5(payment.submission, "taken back"),
        amount=-amount,
        surcharge=-surcharge,
        received_amount=-received,
        pays_back=payment,
        recorded_by=by.user,
        note=for_office(gettext_lazy("Moved to booking %(reference)s.")) % {"reference": right.reference},
        **same,
    )
    issue(taken_back, now)
    log(wrong, Kind.PAYMENT_MOVED, by, now, before=amount, after=right.reference, reason=reason)
    renew_proposals(wrong, now, by, for_office(gettext_lazy("A payment was moved to its right booking.")))
    log(right, Kind.PAYMENT_MOVED, by, now, before=wrong.reference, after=amount, reason=reason)
    came = {"amount": amount, "surcharge": surcharge, "received_amount": received}
    return record_locked(right, form, now, by, note=_whence(payment, wrong), **came, **same)


def _whence(payment, wrong):
    names = {"reference": wrong.reference, "bank": payment.provider_reference}
    return for_office(gettext_lazy("From booking %(reference)s. %(bank)s")) % names


def _refuse_unmovable(payment, wrong, right, amount):
    if payment.provider in ONLINE:
        raise Refused(_("A card payment is paid back, not moved."))
    if amount <= 0 or payment.amount < 0:
        raise Refused(_("Nothing is left of this payment."))
    if wrong.pk == right.pk or right.status == Booking.Status.ON_HOLD:
        raise Refused(_("Money belongs to another booking that is placed."))


def _share(payment, amount, surcharge):
    """What of the money as it was received, in its currency, stands for so many dollars."""
    if (amount, surcharge) == (payment.amount, payment.surcharge):
        return payment.received_amount
    return prices.rounded((amount + surcharge) * (payment.rate or 1))

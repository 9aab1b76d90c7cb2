"""Card payments: started here, carried out at the provider, written down here in whatever order news comes.

No provider is spoken to in here: `bookings.charging` does that, outside of every lock.
"""

from datetime import timedelta
from uuid import uuid4

from django.db.models import Q
from django.utils.translation import gettext as _

from bookings import prices, seats
from bookings.models import Booking, BookingEvent, PayLink, Payment, PaymentAttempt, Refund

from .actors import CLOCK, TRAVELER, log
from .errors import Lapsed, Refused, WrongStatus
from .locks import clock_with_stock, lock_booking, save, verb
from .paying import confirm_if_paid, record_locked
from .refunding import lock_refund, refund_done, refund_failed

Status = Booking.Status
State = PaymentAttempt.State

# The provider's page stays open so long: its shortest time, and time to start it in.
SESSION = timedelta(minutes=35)
# Seats outlast the page, so that the news of a payment made in its last second finds them.
GRACE = timedelta(minutes=10)
# A page that has less than this left is not led to any more.
ENOUGH = timedelta(minutes=5)
STARTING = timedelta(minutes=2)


@verb
def start_card(booking_id, amount, gateway, *, surcharge=0, by=TRAVELER, pay_link=None):
    """Begin a card payment of `amount` USD, or go on with the same one; returns the PaymentAttempt.

    The seats of a pending booking are kept at least until its page closes, once. Raises WrongStatus, Lapsed,
    Refused (more than is open; too little time left), Busy.
    """
    booking = lock_booking(booking_id)
    now = clock_with_stock(booking)
    _refuse_unpayable(booking, amount, now, pay_link)
    open_ones = booking.attempts.filter(state=State.OPEN, gateway=gateway, pay_link=pay_link)
    # One without a page is being started at this moment, or its start failed a moment ago.
    usable = ~Q(session="") | Q(started_at__gt=now - STARTING)
    same = open_ones.filter(usable, amount=amount, surcharge=surcharge, expires_at__gt=now + ENOUGH)
    again = same.order_by("-pk").first()
    if again is not None:
        return again
    _keep_seats(booking, now)
    attempt = PaymentAttempt.objects.create(
        booking=booking,
        pay_link=pay_link,
        key=uuid4(),
        gateway=gateway,
        amount=amount,
        surcharge=surcharge,
        started_at=now,
        expires_at=now + SESSION,
    )
    log(booking, BookingEvent.Kind.CARD_STARTED, by, now, after=amount)
    return attempt


def _refuse_unpayable(booking, amount, now, pay_link):
    if not booking.is_placed:
        raise WrongStatus
    if booking.has_lapsed(now):
        raise Lapsed
    if pay_link is not None and not PayLink.objects.usable().filter(pk=pay_link.pk).exists():
        raise WrongStatus
    if amount <= 0 or amount > prices.total(booking) - prices.paid(booking):
        raise Refused(_("That is not what is open any more. Please look again."))


def _keep_seats(booking, now):
    """Keep the seats of a pending booking until the page is closed, once; never shorten anything."""
    until = now + SESSION + GRACE
    if booking.status != Status.PENDING or booking.expires_at >= until:
        return
    if booking.kept_for_card_at is not None:
        raise Refused(_("Too little time is left for a card payment. Write to us: we may still find a way."))
    booking.kept_for_card_at, booking.expires_at = now, until
    save(booking, "kept_for_card_at", "expires_at")


@verb
def note_session(attempt_id, session, url):
    """Write down the page that the provider opened for an attempt."""
    attempt, _booking = _locked(attempt_id)
    attempt.session, attempt.url = session, url
    attempt.save(update_fields=["session", "url"])
    return attempt


@verb
def note_paid(attempt_id, *, charged, reference):
    """The provider says that so much (USD, with the surcharge) was paid under this reference; once.

    What was charged counts, also where it is not what was asked. Returns the Payment.
    """
    attempt, booking = _locked(attempt_id)
    if again := Payment.objects.filter(submission=attempt.key).first():
        return again
    now = clock_with_stock(booking)
    attempt.state, attempt.asked_at = State.PAID, now
    attempt.save(update_fields=["state", "asked_at"])
    surcharge = min(attempt.surcharge, charged)
    return record_locked(
        booking,
        attempt.key,
        now,
        CLOCK,
        amount=charged - surcharge,
        surcharge=surcharge,
        received_amount=charged,
        provider=attempt.gateway,
        provider_reference=reference,
    )


@verb
def note_unpaid(attempt_id, *, is_over):
    """The provider says that nothing was paid yet, or that the page is closed. A paid attempt stays paid."""
    attempt, _booking = _locked(attempt_id)
    attempt.asked_at = seats.clock()
    if is_over and attempt.state == State.OPEN:
        attempt.state = State.EXPIRED
    attempt.save(update_fields=["asked_at", "state"])
    return attempt


@verb
def note_refund(refund_id, *, reference="", is_done=False, error=""):
    """Write down what the provider says of a refund: on its way, gone, or failed. In any order, any often.

    What failed, even after it had gone, is proposed anew, to be paid back by hand, if it is still owed; a
    booking that was taken up again meanwhile is confirmed by it.
    """
    refund, booking, now = lock_refund(refund_id)
    if error and refund.state in (Refund.State.SENDING, Refund.State.DONE):
        now = clock_with_stock(booking)
        refund_failed(refund, booking, now, error)
        if booking.status == Status.PENDING and not booking.has_lapsed(now):
            confirm_if_paid(booking, now, CLOCK)
        return refund
    if refund.state != Refund.State.SENDING:
        return refund
    refund.provider_reference = reference or refund.provider_reference
    refund.save(update_fields=["provider_reference"])
    if is_done:
        return refund_done(refund, booking, now, CLOCK, refund.payment.provider, refund.provider_reference)
    return refund


def _locked(attempt_id):
    booking = lock_booking(PaymentAttempt.objects.values_list("booking_id", flat=True).get(pk=attempt_id))
    return PaymentAttempt.objects.select_for_update(no_key=True).get(pk=attempt_id), booking

"""Money that goes back: proposed when it is owed, decided by the office, written down when it has gone."""

from decimal import Decimal
from uuid import uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import emails, prices, seats
from bookings.models import Booking, BookingEvent, Cancellation, Payment, Refund, SunkCost

from .actors import CLOCK, for_office, log
from .errors import Refused, WrongStatus
from .locks import lock_booking, save, verb
from .receipts import issue
from .ways_back import hand_payment_for, split, sum_of, surcharge_beside, surcharges_in, way_of

Kind = BookingEvent.Kind
State = Refund.State


def owed(booking, now):
    """What is to go back, USD: what was paid beyond the price, or beyond what a cancellation keeps.

    Where nobody keeps the seats for it, of a hold or after the booking's time, that is all that was paid.
    """
    if booking.status == Booking.Status.CANCELLED:
        last = Cancellation.objects.filter(booking=booking, traveler=None).last()
        keeps = last.kept if last else 0
    else:
        has_seats = booking.is_placed and not booking.has_lapsed(now)
        keeps = prices.total(booking) if has_seats else 0
    return max(prices.paid(booking) - keeps, Decimal(0))


def staying(booking):
    """What was paid and is not on its way back, USD: only this confirms, and only this can go back."""
    return prices.paid(booking) - sum_of(booking.refunds.filter(state=State.SENDING))


def propose(booking, now, by, reason, *, our_fault=False, whole=(), anew=False, tell=True):
    """Propose to the office what is owed and not proposed yet, card payments first; returns the new rows.

    What it decided not to pay is proposed again only where it is asked `anew`.

    `our_fault`: the surcharge of what goes back whole goes back too; or only on the ways in `whole`, which
    are primary keys of card payments, None by hand. `tell` is False where another message tells the office.
    The booking must be locked.
    """
    made, left = [], _not_proposed(booking, now)
    for payment, amount in split(booking, left - _let_go(booking, left, anew)):
        has_more = our_fault or (payment and payment.pk) in whole
        more = surcharge_beside(booking, payment, amount) if has_more else 0
        made.append(_proposal(booking, now, reason, amount, payment, more))
    if made:
        event = log(
            booking, Kind.REFUND_PROPOSED, by, now, after=sum(row.amount for row in made), reason=reason
        )
        if tell:
            emails.office_refund_proposed(booking, event)
    return made


def _not_proposed(booking, now):
    return owed(booking, now) - sum_of(booking.refunds.filter(state__in=Refund.OPEN))


def _let_go(booking, left, anew):
    """What of `left` the office decided not to pay, USD; a decision ends once its money is not owed."""
    decisions = booking.refunds.filter(let_go__gt=0)
    if anew:
        decisions.update(let_go=0)
    counted = Decimal(0)
    for refund in decisions.order_by("pk"):
        still = min(refund.let_go, max(left - counted, Decimal(0)))
        counted += still
        if still != refund.let_go:
            refund.let_go = still
            refund.save(update_fields=["let_go"])
    return counted


def renew_proposals(booking, now, by, reason, **options):
    """Drop what was proposed and not decided, and propose what is owed as things stand now.

    What was to go back with its surcharge still is.
    """
    whole = _withdraw(booking, now, reason)
    return propose(booking, now, by, reason, whole=whole, **options)


def follow(booking, now, by, came=None):
    """Let the proposals follow what is owed: less than was proposed is proposed anew, more is added.

    `came` is the payment that made it more: where all of it is too much, its surcharge is too.
    """
    whole = set()
    if _not_proposed(booking, now) < 0:
        whole = _withdraw(booking, now, for_office(gettext_lazy("This much is not owed any more.")))
    if came is not None:
        whole.add(way_of(came))
    return propose(booking, now, by, for_office(gettext_lazy("More was paid than the price.")), whole=whole)


def _withdraw(booking, now, reason):
    """Drop what nobody decided; returns the ways on which a surcharge was to go back, as `propose` has it."""
    undecided = booking.refunds.filter(state=State.PROPOSED)
    whole = set(undecided.filter(surcharge__gt=0).values_list("payment_id", flat=True))
    undecided.update(state=State.DROPPED, decided_at=now, last_error=reason[:240])
    return whole


def _proposal(booking, now, reason, amount, payment, surcharge=0):
    return Refund.objects.create(
        booking=booking,
        payment=payment,
        key=uuid4(),
        amount=amount,
        surcharge=surcharge,
        reason=reason[:160],
        made_at=now,
    )


@verb
def approve_refund(refund_id, *, by):
    """The office lets a card refund go: `work` sends it. Approved again, it changes nothing.

    Raises WrongStatus (it was dropped, failed, or goes by hand), Refused (more than was paid), Busy.
    """
    refund, booking, now = lock_refund(refund_id)
    if refund.state in (State.SENDING, State.DONE):
        return refund
    if refund.state != State.PROPOSED or refund.payment is None:
        raise WrongStatus
    _refuse_more_than_stays(booking, refund)
    refund.state = State.SENDING
    log(booking, Kind.REFUND_APPROVED, by, now, after=refund.amount)
    return _decided(refund, now, by, "state")


@verb
def pay_back_by_hand(refund_id, *, by, provider, reference="", **details):
    """Write down that the office paid a refund back by hand. Done again, it changes nothing.

    `details` are a note, and received_currency and rate (soles per dollar) where soles were paid.
    Raises WrongStatus (it was dropped, or is on its way), Refused (more than was paid), Busy.
    """
    refund, booking, now = lock_refund(refund_id)
    if refund.state == State.DONE:
        return refund
    if refund.state != State.PROPOSED:
        raise WrongStatus
    _refuse_more_than_stays(booking, refund)
    _decided(refund, now, by)
    return refund_done(refund, booking, now, by, provider, reference, **details)


@verb
def drop_refund(refund_id, *, by, reason):
    """The office decides not to pay a proposed refund; it is asked anew only after a cancellation.

    Raises WrongStatus, Busy.
    """
    refund, booking, now = lock_refund(refund_id)
    if refund.state != State.PROPOSED:
        raise WrongStatus
    refund.state, refund.last_error, refund.let_go = State.DROPPED, reason[:240], refund.amount
    log(booking, Kind.REFUND_DROPPED, by, now, before=refund.amount, reason=reason)
    return _decided(refund, now, by, "state", "last_error", "let_go")


@verb
def enter_cost(booking_id, *, by, amount, reason, number=None):
    """Write down what we paid for a traveler (by number) or the party and cannot have back, USD.

    It counts in cancellations to come. Raises WrongStatus (cancelled already), Refused (nothing), Busy.
    """
    booking = lock_booking(booking_id)
    traveler = None if number is None else booking.travelers.filter(number=number).first()
    if booking.status == Booking.Status.CANCELLED or (number is not None and traveler is None):
        raise WrongStatus
    cost = SunkCost.objects.create(
        booking=booking, traveler=traveler, amount=amount, reason=reason, entered_by=by.user
    )
    save(booking)
    log(booking, Kind.COSTS_ENTERED, by, seats.clock(), after=amount, reason=reason)
    return cost


def lock_refund(refund_id):
    """The refund, locked after its booking; the booking; the clock."""
    booking = lock_booking(Refund.objects.values_list("booking_id", flat=True).get(pk=refund_id))
    refund = (
        Refund.objects.select_for_update(no_key=True, of=("self",))
        .select_related("payment")
        .get(pk=refund_id)
    )
    return refund, booking, seats.clock()


def _decided(refund, now, by, *fields):
    refund.decided_at, refund.decided_by = now, by.user
    refund.save(update_fields=["decided_at", "decided_by", *fields])
    return refund


def _refuse_more_than_stays(booking, refund):
    if refund.amount > staying(booking):
        raise Refused(_("No more can go back than was paid."))


def refund_done(
    refund, booking, now, by, provider, reference, *, note="", received_currency="USD", rate=None
):
    """The money has gone: a payment of less than nothing, with its constancia, once for each refund."""
    pays_back = refund.payment or hand_payment_for(booking, refund.amount, refund.surcharge)
    payment = Payment.objects.create(
        booking=booking,
        submission=refund.key,
        amount=-refund.amount,
        surcharge=-refund.surcharge,
        received_amount=-prices.rounded((refund.amount + refund.surcharge) * (rate or 1)),
        received_currency=received_currency,
        rate=rate,
        provider=provider,
        provider_reference=reference,
        pays_back=pays_back,
        recorded_by=by.user,
        note=note or refund.reason[:200],
    )
    refund.state, refund.done_at, refund.last_error = State.DONE, now, ""
    refund.save()
    log(booking, Kind.REFUNDED, by, now, after=refund.amount)
    emails.refunded(booking, payment)
    issue(payment, now)
    return refund


def refund_failed(refund, booking, now, error):
    """The bank did not take it. If it had gone already, the money is ours again: a payment that says so."""
    if refund.state == State.DONE:
        back = Payment.objects.create(
            booking=booking,
            submission=uuid4(),
            amount=refund.amount,
            surcharge=refund.surcharge,
            received_amount=refund.amount + refund.surcharge,
            provider=refund.payment.provider,
            note=error[:200],
        )
        issue(back, now)
    refund.state, refund.last_error = State.FAILED, error[:240]
    refund.save()
    if (amount := min(refund.amount, _not_proposed(booking, now))) > 0:
        more = min(refund.surcharge, surcharges_in(booking)) if amount == refund.amount else 0
        _proposal(booking, now, refund.reason, amount, None, more)
    event = log(booking, Kind.REFUND_FAILED, CLOCK, now, before=refund.amount, reason=error)
    emails.office_refund_failed(booking, event, owed=max(amount, Decimal(0)))
    return refund

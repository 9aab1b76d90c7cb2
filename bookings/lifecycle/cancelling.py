"""Giving seats back, whole parties and single travelers, with what it costs; and taking that back."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from bookings import emails, policy, previews, prices, seats, stock
from bookings.models import Booking, BookingEvent, Cancellation, Departure, PriceLine

from .actors import TRAVELER, for_office, log
from .errors import AmountsChanged, NotBookable, Refused, WrongStatus
from .extras import write_extras
from .holding import refuse_without_seats, refuse_without_stock
from .locks import clock_with_stock, lock_booking, save, verb
from .paying import confirm_if_paid, settle
from .promotions import refuse_used_up
from .refunding import renew_proposals

Kind = BookingEvent.Kind
Status = Booking.Status


@verb
def cancel(booking_id, *, by=TRAVELER, reason="", by_us=False, agreed=None):
    """Cancel a booking in any status; cancelling it again changes nothing. Raises AmountsChanged, Busy.

    What it costs follows the booking's refund policy; `by_us`, the operator cancels, it costs nothing.
    `agreed` is the `promise` of the Preview that was agreed to: only that is carried out.
    """
    booking = lock_booking(booking_id)
    if booking.status == Status.CANCELLED:
        return booking
    now = seats.clock()
    if agreed is not None:
        _hold_to(agreed, previews.of_booking(booking, timezone.localdate(now)))
    cancel_locked(booking, now, by, reason, by_us)
    return booking


def _hold_to(agreed, found):
    if found.promise != agreed:
        raise AmountsChanged


def cancel_locked(booking, now, by, reason, by_us=False):
    """Cancel a booking that is locked and not cancelled; `by_us` where the operator cancels the departure."""
    # Who cancels what was lost already gives nothing up, and pays nothing for it.
    is_free = by_us or booking.has_lapsed(now)
    if booking.placed_at:
        _write_down(booking, now, policy.standing(booking), by_us, is_free=is_free)
    before, booking.status = booking.status, Status.CANCELLED
    booking.cancelled_at = now
    booking.expires_at = None
    save(booking, "status", "cancelled_at", "expires_at")
    event = log(booking, Kind.CANCELLED, by, now, before=before, after=Status.CANCELLED, reason=reason)
    if booking.placed_at:
        emails.cancelled(booking, event, by_us=by_us)
        emails.office_cancelled(booking, event, owed=prices.paid(booking))
        why = for_office(gettext_lazy("The booking is cancelled."))
        renew_proposals(booking, now, by, why, our_fault=is_free, anew=True, tell=False)


def _write_down(booking, now, standing, by_us, traveler=None, *, is_free=False):
    """The row that says what this cancellation keeps, worked out by the policy the booking stands under."""
    rows, today = policy.bands(booking.refund_policy), timezone.localdate(now)
    found = policy.outcome(rows, standing, today, by_us=by_us or is_free)
    return Cancellation.objects.create(
        booking=booking,
        traveler=traveler,
        at=now,
        days_before=found.days_before,
        percent=found.percent,
        by_us=by_us,
        total=standing.total,
        paid=standing.paid,
        charge=found.charge,
        sunk=found.sunk,
        kept=found.kept,
    )


@verb
def cancel_traveler(booking_id, number, *, by=TRAVELER, reason="", extras=None, by_us=False, agreed=None):
    """Cancel one traveler, by number, of a placed booking; its last one cancels the booking itself.

    Seats, fares, the price for larger parties and the deposit follow. `extras` says what the others keep, as
    {slug: quantity}, never more than before; without it they keep what so many usually have. What the policy
    keeps becomes a price line, what is paid too much is proposed to be paid back. Cancelling the same
    traveler again changes nothing. `agreed` as in `cancel`.

    Raises WrongStatus, Refused (a minor would be left alone), AmountsChanged, Busy.
    """
    booking = lock_booking(booking_id)
    now = clock_with_stock(booking)
    if booking.status == Status.CANCELLED:
        return booking
    if not booking.is_placed or booking.has_lapsed(now):
        raise WrongStatus
    traveler = booking.travelers.filter(number=number).first()
    if traveler is None:
        return booking
    today = timezone.localdate(now)
    if booking.party_size == 1:
        if agreed is not None:
            _hold_to(agreed, previews.of_booking(booking, today))
        cancel_locked(booking, now, by, reason, by_us)
        return booking
    _refuse_minors_alone(booking, traveler)
    if agreed is not None:
        _hold_to(agreed, previews.of_traveler(booking, traveler, today, extras))
    after = _without(booking, traveler, now, extras)
    kept = _write_down(booking, now, after, by_us, traveler).kept
    _charge(booking, traveler, kept, now)
    log(booking, Kind.TRAVELER_CANCELLED, by, now, before=number, after=kept, reason=reason)
    emails.traveler_cancelled(booking, traveler, kept)
    emails.office_traveler_cancelled(booking, traveler, reason)
    settle(booking, now, by)
    return booking


def _refuse_minors_alone(booking, traveler):
    others = booking.travelers.exclude(pk=traveler.pk).exclude(birth_date=None)
    births = list(others.values_list("birth_date", flat=True))
    if births and min(births) > policy.adults_born_by(booking.departure.start_date):
        raise Refused(_("Travelers under 18 need an adult in the party."))


def _without(booking, traveler, now, extras):
    """Take the traveler out and write the lines of the others; returns what is cancelled, as a Standing."""
    whole = policy.standing(booking)
    traveler.cancelled_at = now
    traveler.version += 1
    traveler.save(update_fields=["cancelled_at", "version"])
    booking.party_size -= 1
    save(booking, "party_size")
    booking.pay_links.filter(traveler=traveler, revoked_at=None).update(revoked_at=now)
    write_extras(booking, stock.kept(booking, booking.party_size, extras))
    prices.write_lines(booking)
    return policy.part(booking, whole, traveler)


def _charge(booking, traveler, kept, now):
    """Add what is kept to the lines, and let what is due follow."""
    if kept:
        with override(booking.language):
            label = _("Cancellation of traveler %(number)d") % {"number": traveler.number}
        PriceLine.objects.create(
            booking=booking,
            traveler=traveler,
            kind=PriceLine.Kind.CHARGE,
            key=str(traveler.number),
            label=label,
            quantity=1,
            unit_amount=kept,
        )
    booking.due_now = prices.due_now(booking, prices.total(booking), timezone.localdate(booking.placed_at))
    save(booking, "due_now")


@verb
def reinstate(booking_id, *, by):
    """Bring a cancelled booking back where its seats and extras are free: confirmed if paid, else pending.

    It costs what it did. The contact is told, of a pending one with how to pay and until when.

    Raises WrongStatus (never placed), NotBookable, NotEnoughSeats, NotEnoughStock, Refused (its promotion is
    used up), Busy.
    """
    booking = lock_booking(booking_id)
    now = clock_with_stock(booking)
    if booking.status != Status.CANCELLED or not booking.placed_at:
        raise WrongStatus
    if booking.departure.status == Departure.Status.CANCELLED:
        raise NotBookable
    refuse_without_seats(booking.departure, booking.party_size, now, besides=booking)
    refuse_without_stock(booking, now)
    refuse_used_up(booking, now)
    booking.status = Status.PENDING
    booking.cancelled_at = None
    booking.expires_at = policy.pending_until(booking, now)
    save(booking, "status", "cancelled_at", "expires_at")
    event = log(booking, Kind.REINSTATED, by, now, before=Status.CANCELLED, after=Status.PENDING)
    renew_proposals(booking, now, by, for_office(gettext_lazy("The booking was reinstated.")), anew=True)
    confirm_if_paid(booking, now, by)
    if booking.status == Status.PENDING:
        emails.reinstated(booking, event)
    return booking

"""From the hold to a placed booking that waits for its money."""

from django.utils import timezone

from bookings import emails, policy, prices
from bookings.models import Booking, BookingEvent, Terms

from .actors import TRAVELER, log
from .errors import Incomplete, NotAsShown, WrongStatus
from .holding import refuse_unless_held, refuse_without_seats, refuse_without_stock
from .locks import clock_with_stock, lock_booking, save, verb
from .paying import confirm_if_paid
from .refunding import staying
from .shown import last_look_values

Kind = BookingEvent.Kind
Status = Booking.Status


@verb
def place(booking_id, method, terms_version, *, seen=None, by=TRAVELER):
    """Turn a hold into a pending booking under these terms, confirmed if it is paid; again changes nothing.

    Freezes what is due now and when the balance is; where nothing is due, or it is paid, it is confirmed.
    `seen` is what the last look showed, as of `last_look_values`: anything else is not placed.
    Raises Incomplete, Stale, WrongStatus, Lapsed, Busy.
    """
    booking = lock_booking(booking_id)
    if booking.is_placed:
        return booking
    now = clock_with_stock(booking)
    refuse_unless_held(booking, now)
    _refuse_incomplete(booking, by)
    _refuse_unseen(booking, seen, timezone.localdate(now))
    booking.terms = Terms.objects.get(version=terms_version)
    booking.method = method
    booking.placed_at = now
    booking.due_now = prices.due_now(booking, prices.total(booking), timezone.localdate(now))
    booking.balance_due_on = prices.balance_due_on(booking.departure, timezone.localdate(now))
    booking.expires_at = policy.pending_until(booking, now)
    booking.status = Status.PENDING
    booking.drafts = {}
    save(
        booking, "terms", "method", "placed_at", "due_now", "balance_due_on", "expires_at", "status", "drafts"
    )
    log(booking, Kind.PLACED, by, now, before=Status.ON_HOLD, after=Status.PENDING)
    emails.office_new_booking(booking)
    if staying(booking) < booking.due_now:
        emails.placed(booking)
    confirm_if_paid(booking, now, by)
    return booking


@verb
def extend_until(booking_id, day, *, by):
    """Let a pending booking wait until the end of another day in Peru, within `policy.last_day`.

    One that lapsed needs its seats and extras to be free; one whose money came late is confirmed.
    Raises WrongStatus, NotEnoughSeats, NotEnoughStock, Busy.
    """
    booking = lock_booking(booking_id)
    now = clock_with_stock(booking)
    if booking.status != Status.PENDING:
        raise WrongStatus
    if booking.has_lapsed(now):
        refuse_without_seats(booking.departure, booking.party_size, now, besides=booking)
        refuse_without_stock(booking, now)
    before = timezone.localtime(booking.expires_at)
    day = policy.last_day(booking, day, now)
    booking.expires_at = policy.end_of_day(day)
    save(booking, "expires_at")
    log(booking, Kind.EXTENDED, by, now, before=f"{before:%Y-%m-%d %H:%M}", after=f"{day:%Y-%m-%d}")
    confirm_if_paid(booking, now, by)
    return booking


def first_unfinished_step(booking):
    """The first step of the form that still asks for something: lead, travelers, extras or review."""
    if not booking.contact_name:
        return "lead"
    people = booking.travelers.values_list("family_names", "birth_date")
    born = [birth_date for name, birth_date in people if name and birth_date]
    if len(born) < len(people) or min(born) > policy.adults_born_by(booking.departure.start_date):
        return "travelers"
    if not booking.extras_chosen and booking.departure.trek.offered_extras.exists():
        return "extras"
    return "review"


def _refuse_incomplete(booking, by):
    """The office may place a booking whose travelers are named later; a traveler may not."""
    step = first_unfinished_step(booking)
    if step == "lead" or (step != "review" and not by.is_office):
        raise Incomplete(step)


def _refuse_unseen(booking, seen, today):
    current = last_look_values(booking, today)
    if seen is not None and seen != current:
        raise NotAsShown(current)

"""What the clock says about balances: reminders around their day. Nothing is cancelled without a person."""

from datetime import timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from bookings import emails, prices
from bookings.models import Booking

from .forgetting import each
from .locks import lock_booking, verb


def with_open_balance(bookings):
    """The confirmed ones that are not all paid, with `total_amount` and `paid_amount`."""
    confirmed = bookings.filter(status=Booking.Status.CONFIRMED, balance_due_on__isnull=False)
    return prices.with_money(confirmed).filter(paid_amount__lt=F("total_amount"))


def overdue(bookings, today):
    """Those whose balance had to be paid before today and is not; how long to wait is the office's choice."""
    return with_open_balance(bookings).filter(balance_due_on__lt=today)


def remind_of_balance():
    """Remind of each open balance on the days of BALANCE_REMINDERS, once each; returns how many.

    A day on which nothing ran is made up for, until the next reminder takes its place.
    """
    today = timezone.localdate()
    sent = 0
    for days, until in _spans(settings.BALANCE_REMINDERS):
        first, last = today + timedelta(days=until), today + timedelta(days=days)
        due = with_open_balance(Booking.objects.filter(balance_due_on__gt=first, balance_due_on__lte=last))
        # Who booked after that day heard the date when booking.
        due = due.filter(placed_at__date__lt=F("balance_due_on") - timedelta(days=days))
        sent += each(_remind, list(due.values_list("pk", flat=True)), days)
    return sent


def _spans(days):
    """Each reminder with the one that follows it: (7, 3), (3, 0), (0, -2), (-2, -9)."""
    return zip(days, [*days[1:], days[-1] - 7], strict=True)


@verb
def _remind(booking_id, days):
    booking = lock_booking(booking_id)
    if booking.status != Booking.Status.CONFIRMED or prices.paid(booking) >= prices.total(booking):
        return False
    return emails.balance_reminder(booking, days)

"""The rules about days: how long seats are kept, when booking closes, what a cancellation costs."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from .models import RefundPolicy, Terms

ADULT = 18


def end_of_day(day):
    """The last moment of a day in Peru, an aware datetime."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def hold_until(now):
    """Until when a new hold keeps its seats."""
    return now + timedelta(minutes=settings.HOLD_MINUTES)


def pending_until(booking, now):
    """Until when a placed booking waits for its deposit: the end of a day in Peru, never past the cut-off."""
    days = settings.PENDING_DAYS[booking.method]
    return end_of_day(last_day(booking, timezone.localdate(now) + timedelta(days=days), now))


def last_day(booking, day, now):
    """The day until whose end a pending booking may wait: not past the cut-off, but today at least."""
    return max(min(day, booking.departure.booking_closes_on), timezone.localdate(now))


def adults_born_by(day):
    """The last date of birth of those who are adults, 18 or more, on a day."""
    year = day.year - ADULT
    return date(year, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def current_terms():
    """The newest version of the terms, or None on a site that has not published any."""
    return Terms.objects.first()


def current_refund_policy():
    """The newest refund policy."""
    return RefundPolicy.objects.first()


def bands(refund_policy):
    """The bands as (days from, days to or None, percent kept), the earliest first, for tables.

    The first band has no upper end: 60 days or more.
    """
    upper = None
    rows = []
    for band in refund_policy.bands.all():
        rows.append((band.days_before, upper, band.percent))
        upper = band.days_before - 1
    return rows

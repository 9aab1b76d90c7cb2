"""The rules about days: how long seats are kept, when booking closes, what a cancellation costs."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from . import prices
from .models import RefundPolicy, Terms

ADULT = 18


def end_of_day(day):
    """The last moment of a day in Peru, an aware datetime."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def end_of_tomorrow(now):
    """The last moment of the day after `now` in Peru: what ends by then has tomorrow as its last day."""
    return end_of_day(timezone.localdate(now) + timedelta(days=1))


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


@dataclass(frozen=True)
class Outcome:
    """What a cancellation keeps and gives back; amounts in USD, `days_before` from the day to the start."""

    days_before: int
    percent: int
    charge: Decimal
    sunk: Decimal
    kept: Decimal
    refund: Decimal


@dataclass(frozen=True)
class Standing:
    """What is cancelled: its price, its deposit, what of it was due first, when the rest is, what is paid.

    `sunk` is what we paid for it and cannot have back; `before` what earlier cancellations of single
    travelers already cost, which is never given back. USD.
    """

    total: Decimal
    deposit: Decimal
    due_first: Decimal
    balance_due_on: date
    start: date
    paid: Decimal
    sunk: Decimal = Decimal(0)
    before: Decimal = Decimal(0)


def standing(booking):
    """How a placed booking stands, as a Standing; what single travelers cost who cancelled is `before`."""
    before = prices.charges(booking)
    total = prices.total(booking) - before
    sunk = booking.sunk_costs.exclude(traveler__cancelled_at__isnull=False)
    return Standing(
        total=total,
        deposit=prices.deposit(booking.price_list, booking.party_size, total),
        due_first=booking.due_now - before,
        balance_due_on=booking.balance_due_on,
        start=booking.departure.start_date,
        paid=prices.paid(booking),
        sunk=sum((cost.amount for cost in sunk), Decimal(0)),
        before=before,
    )


def part(booking, whole, traveler, others=None):
    """How one traveler stands who was just taken out of a booking that stood as `whole`, as a Standing.

    Their price is what the party pays less without them: `others` is what the others pay, which stands in
    the lines once the traveler is out. Where all of it was due first, theirs was too. What travelers cost who
    cancelled earlier is not there any more to be kept for this one.
    """
    if others is None:
        others = prices.total(booking) - whole.before
    share = max(whole.total - others, Decimal(0))
    deposit = prices.deposit(booking.price_list, 1, share)
    costs = booking.sunk_costs.filter(traveler=traveler)
    return replace(
        whole,
        total=share,
        deposit=deposit,
        due_first=share if whole.due_first >= whole.total else deposit,
        paid=max(whole.paid - whole.before, Decimal(0)),
        sunk=sum((cost.amount for cost in costs), Decimal(0)),
        before=Decimal(0),
    )


def percent_kept(rows, days_before):
    """The percent of the band, out of rows as of `bands`, in which so many days before the start lie."""
    return next((percent for start, _end, percent in rows if days_before >= start), 100)


def outcome(rows, standing, day, *, by_us=False):
    """What cancelling on a day keeps: the larger of the deposit and the band's percent, and sunk costs.

    The charge is never more than had fallen due by that day, so that who pays early never loses more than who
    pays on the last day. Sunk costs count as far as the charge does not cover them. Nothing is kept where we
    cancel, and never more than was paid.
    """
    days_before = (standing.start - day).days
    percent = percent_kept(rows, days_before)
    paid = max(standing.paid, Decimal(0))
    if by_us:
        return Outcome(days_before, percent, Decimal(0), Decimal(0), Decimal(0), paid)
    due = prices.fallen_due(standing.due_first, standing.total, standing.balance_due_on, day)
    share = prices.rounded(standing.total * percent / 100)
    charge = min(max(standing.deposit, share), due)
    kept = min(standing.before + max(charge, standing.sunk), paid)
    return Outcome(days_before, percent, charge, standing.sunk, kept, paid - kept)


def refund_days(rows, standing, today):
    """What cancelling would give back from today on, as [(first day, last day, refund)].

    The days follow each other without a gap up to the day before the start; what is paid stays as it is.
    """
    changes = {standing.start - timedelta(days=least - 1) for least, _upper, _percent in rows}
    changes |= {standing.balance_due_on + timedelta(days=1), today}
    firsts = sorted(day for day in changes if today <= day < standing.start)
    spans = []
    if not firsts:
        return spans
    for first, following in zip(firsts, [*firsts[1:], standing.start], strict=True):
        refund = outcome(rows, standing, first).refund
        last = following - timedelta(days=1)
        if spans and spans[-1][2] == refund:
            first = spans.pop()[0]
        spans.append((first, last, refund))
    return spans

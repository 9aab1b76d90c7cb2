"""What cancelling would cost and give back, worked out without doing it. Amounts are Decimal US dollars."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from . import policy, prices, stock


@dataclass(frozen=True)
class Span:
    """From a day to a day, both included: what cancelling then costs and gives back."""

    first: date
    last: date
    kept: Decimal
    refund: Decimal


@dataclass(frozen=True)
class Preview:
    """Cancelling today: what `outcome` says, what goes back, what stays open, and how it goes on by day.

    `total` is the price afterwards; `extras` what the others keep, as {slug: quantity}.
    """

    outcome: policy.Outcome
    refund: Decimal
    total: Decimal
    open: Decimal
    days: list
    extras: dict

    @property
    def promise(self):
        """What is kept, what goes back and the price afterwards, as the text that a button carries."""
        return f"{self.outcome.kept:.2f} {self.refund:.2f} {self.total:.2f}"


def of_booking(booking, today):
    """What cancelling the whole booking would do, as a Preview."""
    rows, standing = policy.bands(booking.refund_policy), policy.standing(booking)
    found = policy.outcome(rows, standing, today)
    spans = policy.refund_days(rows, standing, today)
    days = [Span(first, last, standing.paid - refund, refund) for first, last, refund in spans]
    return Preview(found, found.refund, found.kept, Decimal(0), days, {})


def of_traveler(booking, traveler, today, extras=None):
    """What cancelling one traveler of several would do; `extras` as `cancel_traveler` has it."""
    kept_extras = stock.kept(booking, booking.party_size - 1, extras)
    rows, whole = policy.bands(booking.refund_policy), policy.standing(booking)
    others = _total_of_others(booking, traveler, kept_extras)
    part = policy.part(booking, whole, traveler, others)
    found = policy.outcome(rows, part, today)
    left = whole.before + others
    spans = policy.refund_days(rows, part, today)
    days = [_span(first, last, part.paid - refund, left, whole.paid) for first, last, refund in spans]
    total = left + found.kept
    refund, still_open = max(whole.paid - total, Decimal(0)), max(total - whole.paid, Decimal(0))
    return Preview(found, refund, total, still_open, days, kept_extras)


def _span(first, last, kept, left, paid):
    return Span(first, last, kept, max(paid - left - kept, Decimal(0)))


def _total_of_others(booking, traveler, extras):
    others = booking.travelers.exclude(pk=traveler.pk).values_list("fare_class", flat=True)
    chosen = [(slug, quantity) for slug, quantity in extras.items() if quantity]
    lines = prices.lines_of(booking.price_list, others, chosen, booking.promotion)
    return sum((line.amount for line in lines), Decimal(0))

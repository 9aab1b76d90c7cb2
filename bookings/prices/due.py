"""When what of a booking is due: the deposit, the balance, and what had fallen due by a day."""

from decimal import Decimal

from bookings.models import PriceLine


def deposit(price_list, people, total_amount):
    """The deposit of so many people, never more than the total, USD."""
    return min(price_list.deposit * people, total_amount)


def due_now(booking, total_amount, today):
    """What is to be paid now: the deposit, or all of it once the balance's day has come, USD."""
    if today >= balance_due_on(booking.departure):
        return total_amount
    charges = sum(
        (line.amount for line in booking.price_lines.filter(kind=PriceLine.Kind.CHARGE)), Decimal(0)
    )
    return min(deposit(booking.price_list, booking.party_size, total_amount) + charges, total_amount)


def balance_due_on(departure):
    """The last day for the balance, a date in Peru."""
    return departure.balance_due_on


def fallen_due(due_first, total_amount, balance_day, day):
    """What had to be paid by the end of the day before `day`, USD.

    The deposit is due from the start; the balance may still be paid on its own last day.
    """
    return total_amount if day > balance_day else min(due_first, total_amount)

"""When what of a booking is due: the deposit, the balance, and what had fallen due by a day."""

from datetime import timedelta
from decimal import Decimal

from django.conf import settings

from bookings.models import PriceLine


def deposit(price_list, people, total_amount):
    """The deposit of so many people, never more than the total, USD."""
    return min(price_list.deposit * people, total_amount)


def due_now(booking, total_amount, today):
    """What is due from who places the booking today, USD.

    The deposit and the charges for travelers who cancelled, or all of it once the balance's day has come.
    """
    if today >= (booking.balance_due_on or booking.departure.balance_due_on):
        return total_amount
    charged = charges(booking)
    return charged + deposit(booking.price_list, booking.party_size, total_amount - charged)


def charges(booking):
    """What the travelers who cancelled alone cost, USD; no deposit and no balance of the others."""
    lines = booking.price_lines.filter(kind=PriceLine.Kind.CHARGE)
    return sum((line.amount for line in lines), Decimal(0))


def balance_due_on(departure, today):
    """The last day for the balance of who books today, a date in Peru: never before that for the deposit.

    Where all of it is due at once, it is the departure's day, which is over.
    """
    day = departure.balance_due_on
    if today >= day:
        return day
    waits_longest = today + timedelta(days=max(settings.PENDING_DAYS.values()))
    return max(day, min(waits_longest, departure.booking_closes_on))


def fallen_due(due_first, total_amount, balance_day, day):
    """What had to be paid by the end of the day before `day`, USD.

    The deposit is due from the start; the balance may still be paid on its own last day.
    """
    return total_amount if day > balance_day else min(due_first, total_amount)

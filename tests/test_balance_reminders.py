"""Reminders of the balance around its day, the overdue list, and no cancellation without a person."""

from datetime import timedelta

import factories
import pytest
from django.utils import timezone
from factories import raw

from bookings import lifecycle, prices
from bookings.lifecycle.reminding import overdue, with_open_balance
from bookings.models import Booking

pytestmark = pytest.mark.django_db


def due_in(days, *, placed_ago=90, make=factories.confirmed):
    """A booking whose balance is due in so many days from today."""
    booking = make()
    placed_at = booking.placed_at - timedelta(days=placed_ago)
    raw(Booking, booking, balance_due_on=timezone.localdate() + timedelta(days=days), placed_at=placed_at)
    return factories.reloaded(booking)


def reminded(booking):
    return factories.told(booking).count("balance_reminder")


@pytest.mark.parametrize(
    ("days", "is_reminded"),
    [(8, 0), (7, 1), (6, 1), (4, 1), (3, 1), (1, 1), (0, 1), (-1, 1), (-2, 1), (-8, 1), (-9, 0)],
)
def test_reminder_goes_out_on_its_days_and_is_made_up_for_until_the_next(days, is_reminded):
    booking = due_in(days)

    for _ in range(2):
        lifecycle.remind_of_balance()

    assert reminded(booking) == is_reminded


KINDS = [(7, "7"), (4, "7"), (3, "3"), (1, "3"), (0, "0"), (-1, "0"), (-2, "-2")]


@pytest.mark.parametrize(("days", "kind"), KINDS)
def test_each_reminder_says_which_one_it_is(days, kind):
    booking = due_in(days)

    lifecycle.remind_of_balance()

    assert booking.messages.get(kind="balance_reminder").once.rsplit(" ", 1)[1] == kind


@pytest.mark.parametrize("make", [factories.held, factories.placed])
def test_booking_that_is_not_confirmed_is_not_reminded_of_a_balance(make):
    booking = make()
    raw(Booking, booking, balance_due_on=timezone.localdate() + timedelta(days=3))

    assert lifecycle.remind_of_balance() == 0


def test_paid_and_cancelled_bookings_are_not_reminded():
    paid, cancelled = due_in(3), due_in(3)
    factories.pay(paid, prices.total(paid) - prices.paid(paid))
    lifecycle.cancel(cancelled.pk)

    assert lifecycle.remind_of_balance() == 0


def test_who_booked_after_the_day_of_a_reminder_heard_the_date_when_booking():
    assert reminded_when_placed(ago=0) == 0
    assert reminded_when_placed(ago=3) == 0
    assert reminded_when_placed(ago=4) == 1


def reminded_when_placed(ago):
    """The balance is due in four days: its first reminder was due three days ago."""
    booking = due_in(4, placed_ago=ago)
    lifecycle.remind_of_balance()
    return reminded(booking)


def test_list_of_the_overdue_begins_after_the_last_day_and_nothing_is_cancelled():
    today = timezone.localdate()
    late, last_day, paid = due_in(-1), due_in(0), due_in(-1)
    factories.pay(paid, prices.total(paid) - prices.paid(paid))

    lifecycle.remind_of_balance()

    assert list(overdue(Booking.objects.all(), today)) == [late]
    assert set(with_open_balance(Booking.objects.all())) == {late, last_day}
    assert factories.reloaded(late).status == "confirmed"

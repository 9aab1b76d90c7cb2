"""What the private page and the messages say where all the money has gone back, or none was due."""

from decimal import Decimal

import pytest

from bookings import lifecycle
from bookings.admin.standing import standing, with_standing
from bookings.models import Booking, OutboxMessage
from tests.factories import confirmed, filled, held, lapse, make_departure, pay, placed, raw, reloaded
from tests.factories_money import make_promotion

pytestmark = pytest.mark.django_db
OFFICE = lifecycle.office()


def page(client, booking):
    return client.get(booking.get_absolute_url()).text


def paid_too_late(amount="300"):
    """A booking of two whose money came when the seats were sold to others."""
    departure = make_departure(capacity=2)
    booking = lapse(placed(departure))
    held(departure)
    pay(booking, amount)
    return booking


def free_of_charge():
    """A booking that was confirmed when it was placed: nothing is due."""
    make_promotion("FREE", percent=100)
    booking = filled(held())
    lifecycle.use_promotion(booking.pk, "FREE")
    return lifecycle.place(booking.pk, "transfer", "2026-11-01")


def test_money_that_came_too_late_is_told_until_it_has_gone_back(client):
    booking = paid_too_late()

    text = page(client, booking)
    assert "We have received $300, but too late: the seats were gone." in text
    assert "have not seen the deposit" not in text

    lifecycle.pay_back_by_hand(booking.refunds.get().pk, by=OFFICE, provider="cash")
    text = page(client, booking)
    assert "All that was paid has gone back." in text
    for untrue in ("too late", "The money is yours", "have not seen the deposit", "received $0"):
        assert untrue not in text


def test_booking_with_nothing_due_is_told_of_no_money(client):
    booking = free_of_charge()
    assert booking.status == "confirmed"

    text = page(client, booking)

    assert "The seats are yours." in text
    assert "received $0" not in text
    mail = OutboxMessage.objects.get(kind="deposit_received")
    office = OutboxMessage.objects.get(kind="office_new_booking")
    for words in (mail.text, mail.html):
        assert "your booking is confirmed: the seats are yours." in words
        assert "received $0" not in words
    for words in (office.text, office.html):
        assert "Nothing has to be paid now." in words
        assert "Waits for" not in words


def test_office_does_not_wait_for_nothing():
    booking = placed()
    pay(booking, "100")
    raw(Booking, booking, due_now=Decimal(100))

    found = standing(with_standing(Booking.objects.filter(pk=booking.pk)).get())

    assert found.sentence.startswith("Nothing is due at this moment; the seats are kept until")


def test_confirmed_page_still_says_what_came(client):
    assert "We have received $300. The seats are yours." in page(client, reloaded(confirmed()))

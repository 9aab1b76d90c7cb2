"""What the messages say of money: the card, what comes back, reductions."""

from decimal import Decimal

import pytest

from bookings import emails, lifecycle
from bookings.models import OutboxMessage
from tests.factories import (
    confirmed,
    filled,
    held,
    pay,
    placed,
)
from tests.test_pages_money import make_code

pytestmark = pytest.mark.django_db
PROOF = "A university card with <photo>."


def message(booking, kind):
    return OutboxMessage.objects.filter(booking=booking, kind=kind).last()


def test_messages_lead_to_the_card_where_cards_are_taken(settings, card_provider):
    settings.CARD_SURCHARGE_PERCENT = Decimal("5.5")
    booking = placed(method="card")
    emails.lapse_reminder(booking)

    for kind in ("placed", "lapse_reminder"):
        told = message(booking, kind)
        assert "By card, on your private page:" in told.text
        assert booking.key in told.text
        assert "5.5\u00a0% on top" in told.text
        assert "Pay $300 by card" in told.html


def test_messages_without_a_provider_speak_of_no_card():
    assert "card" not in message(placed(), "placed").text


@pytest.mark.parametrize(
    ("paid", "said"),
    [
        ("1180", "the cancellation costs $300, and you get $880 back"),
        ("300", "costs all of it, so that nothing comes back"),
        (None, "Nothing was paid, so nothing is owed."),
    ],
)
def test_cancelled_message_says_what_comes_back(paid, said):
    booking = placed()
    if paid:
        pay(booking, paid)

    lifecycle.cancel(booking.pk)

    assert said in message(booking, "cancelled").text
    assert said in message(booking, "cancelled").html


def test_cancelled_by_us_gives_everything_back():
    booking = confirmed()

    lifecycle.cancel(booking.pk, by=lifecycle.office(), by_us=True)

    assert "You get back all that was paid, $300." in message(booking, "cancelled").text


def test_reductions_read_well_in_messages():
    make_code()
    booking = filled(held())
    lifecycle.use_promotion(booking.pk, "LARES10")

    lifecycle.place(booking.pk, "transfer", "2026-11-01")

    assert "Promotion LARES10: −$118\n" in message(booking, "placed").text
    assert "<th>Promotion LARES10</th><td>−$118</td>" in message(booking, "placed").html

"""Links under which somebody pays a part: made once, revocable, the sum stays the booking's."""

from decimal import Decimal

import factories
import pytest
from factories_money import card_paid, start_card

from bookings import lifecycle, prices

pytestmark = pytest.mark.django_db


def make_link(booking, number=2, amount="150.00"):
    return lifecycle.make_pay_link(booking.pk, number, Decimal(amount))


def test_link_has_a_key_of_its_own_and_is_sent_to_the_contact():
    booking = factories.placed()

    link = make_link(booking)

    assert len(link.key) == 32
    assert link.key not in (booking.key, booking.reference)
    assert factories.told(booking) == ["placed", "pay_link"]
    assert link.key in booking.messages.get(kind="pay_link").text


def test_same_link_again_is_the_same_until_it_is_revoked():
    booking = factories.placed()
    link = make_link(booking)
    assert make_link(booking).pk == link.pk

    lifecycle.revoke_pay_link(booking.pk, link.pk)

    assert make_link(booking).key != link.key


@pytest.mark.parametrize("amount", ["0.00", "-1.00", "1180.01"])
def test_link_is_for_more_than_nothing_and_no_more_than_is_open(amount):
    with pytest.raises(lifecycle.WrongStatus):
        make_link(factories.placed(), amount=amount)


def test_link_needs_a_placed_booking_that_lives_and_a_traveler_who_walks():
    gone = lifecycle.cancel_traveler(factories.confirmed(party_size=3).pk, 2)
    cancelled = lifecycle.cancel(factories.placed().pk)

    for booking in (factories.held(), factories.lapse(factories.placed()), cancelled, gone):
        with pytest.raises(lifecycle.WrongStatus):
            make_link(booking)


def test_payment_under_a_link_counts_for_the_booking():
    booking = factories.placed()
    link = make_link(booking)

    card_paid(start_card(booking, "150.00", pay_link=link))

    assert prices.paid(booking) == 150
    assert link.attempts.get().state == "paid"


def test_link_is_paid_once_and_a_further_one_is_another():
    booking = factories.placed()
    link = make_link(booking)
    card_paid(start_card(booking, "150.00", pay_link=link))

    with pytest.raises(lifecycle.WrongStatus):
        start_card(booking, "150.00", pay_link=link)
    further = make_link(booking)

    assert further.key != link.key
    assert start_card(booking, "150.00", pay_link=further).state == "open"


def test_link_and_lead_have_pages_of_their_own():
    booking = factories.placed()
    link, other = make_link(booking), make_link(booking, number=1)

    attempts = {start_card(booking, "150.00", pay_link=who).pk for who in (link, other, None, link)}

    assert len(attempts) == 3


def test_revoked_link_starts_no_payment_but_what_was_paid_under_it_counts():
    booking = factories.placed()
    link = make_link(booking)
    attempt = start_card(booking, "150.00", pay_link=link)

    for _ in range(2):
        lifecycle.revoke_pay_link(booking.pk, link.pk)

    with pytest.raises(lifecycle.WrongStatus):
        start_card(booking, "150.00", pay_link=link)
    card_paid(attempt)
    assert prices.paid(booking) == 150
    assert factories.kinds(booking).count("pay_link_revoked") == 1

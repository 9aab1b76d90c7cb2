"""Surcharges that go back: all of them where we cancel, that of what came twice, never more than came."""

from decimal import Decimal

import factories
import factories_money
import pytest
from factories_money import departure_in, pay_by_card

from bookings import lifecycle, money_check
from bookings.models import Payment

pytestmark = pytest.mark.django_db
OFFICE = lifecycle.office()


def by_terminal(booking, amount, surcharge):
    return factories.pay(booking, amount, provider="terminal", surcharge=Decimal(surcharge))


def proposed(booking):
    """What is proposed, as (amount, surcharge, by card), in the order it was made."""
    rows = booking.refunds.filter(state="proposed").order_by("pk")
    return [(row.amount, row.surcharge, row.payment_id is not None) for row in rows]


def cancelled_by_us(booking):
    return lifecycle.cancel(booking.pk, by=OFFICE, by_us=True)


def all_gone(booking):
    """Pay back what is proposed; what is left of everything that came, with the surcharges."""
    for refund in booking.refunds.filter(state="proposed"):
        lifecycle.pay_back_by_hand(refund.pk, by=OFFICE, provider="cash")
    return sum(payment.received_amount for payment in Payment.objects.filter(booking=booking))


def test_surcharge_goes_back_with_the_rest_of_a_card_payment_of_which_a_part_went_before():
    trek = factories.make_trek()
    factories_money.make_fare(trek)
    booking = factories.placed(departure_in(120, trek), 1)
    pay_by_card(booking, "590.00", surcharge=Decimal("29.50"))
    lifecycle.correct_traveler(booking.pk, 1, {"fare_class": "child"}, by=OFFICE)
    assert proposed(booking) == [(100, 0, True)]
    refund = lifecycle.approve_refund(booking.refunds.get().pk, by=OFFICE)
    lifecycle.note_refund(refund.pk, reference="re_1", is_done=True)

    cancelled_by_us(booking)

    assert proposed(booking) == [(490, Decimal("29.50"), True)]
    assert all_gone(booking) == 0
    assert money_check.inner() == []


def test_surcharges_of_the_terminal_go_back_by_hand_once():
    booking = factories.placed(departure_in(120), 2)
    factories.pay(booking, "300.00")
    by_terminal(booking, "200.00", "10.00")
    by_terminal(booking, "100.00", "5.00")

    cancelled_by_us(booking)

    assert proposed(booking) == [(600, 15, False)]
    assert all_gone(booking) == 0
    by_terminal(booking, "40.00", "2.00")
    assert proposed(booking) == [(40, 2, False)]


def test_traveler_who_cancels_gets_no_surcharge_back():
    booking = factories.placed(departure_in(120), 1)
    pay_by_card(booking, "150.00", surcharge=Decimal("7.50"))
    by_terminal(booking, "440.00", "22.00")

    lifecycle.cancel(booking.pk)

    assert {surcharge for _amount, surcharge, _card in proposed(booking)} == {0}


def test_card_payment_that_was_made_twice_goes_back_with_its_surcharge():
    booking = factories.placed(departure_in(120), 1)
    amounts, surcharge = ("590", "589.99"), Decimal("29.50")
    attempts = [factories_money.start_card(booking, amount, surcharge=surcharge) for amount in amounts]
    for attempt in attempts:
        factories_money.card_paid(attempt)

    assert proposed(booking) == [(Decimal("589.99"), Decimal("29.50"), True)]
    lifecycle.cancel(booking.pk)
    # Of the first one a part is kept; its surcharge is the traveler's.
    assert proposed(booking) == [(Decimal("589.99"), Decimal("29.50"), True), (440, 0, True)]


def test_terminal_that_took_the_money_twice_gives_the_second_surcharge_back():
    booking = factories.placed(departure_in(120), 1)
    by_terminal(booking, "590.00", "29.50")

    by_terminal(booking, "590.00", "29.50")

    assert proposed(booking) == [(590, Decimal("29.50"), False)]


def test_payment_that_is_too_much_only_in_part_keeps_its_surcharge():
    booking = factories.placed(departure_in(120), 1)
    factories.pay(booking, "150.00")

    by_terminal(booking, "590.00", "29.50")

    assert proposed(booking) == [(150, 0, False)]


def test_surcharge_that_is_to_go_back_still_is_when_other_money_went_back_by_hand():
    booking = factories.placed(departure_in(120), 1)
    pay_by_card(booking, "150.00", surcharge=Decimal("7.50"))
    factories.pay(booking, "440.00")
    cancelled_by_us(booking)

    factories.pay(booking, "-440.00")

    assert proposed(booking) == [(150, Decimal("7.50"), True)]


def test_surcharge_moves_with_its_payment_although_it_is_proposed_to_go_back():
    wrong, right = factories.placed(departure_in(120), 1), factories.placed(departure_in(120), 1)
    cancelled_by_us(wrong)
    payment = by_terminal(wrong, "150.00", "7.50")
    assert proposed(wrong) == [(150, Decimal("7.50"), False)]

    moved = lifecycle.move_payment(payment.pk, right.pk, by=OFFICE, reason="Typed wrongly")

    assert (moved.surcharge, moved.received_amount) == (Decimal("7.50"), Decimal("157.50"))
    assert proposed(wrong) == []
    assert money_check.inner() == []

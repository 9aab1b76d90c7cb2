"""A payment on the wrong booking: taken back there, written down where it belongs, never edited."""

import threading
from decimal import Decimal

import factories
import pytest
from django.db import transaction
from factories_money import departure_in, open_refunds, pay_by_card
from threads import at_once

from bookings import lifecycle, prices
from bookings.models import Payment, Receipt

pytestmark = pytest.mark.django_db
OFFICE = lifecycle.office()


def move(payment, booking):
    return lifecycle.move_payment(payment.pk, booking.pk, by=OFFICE, reason="Same name")


def test_payment_is_reversed_there_and_counts_here():
    wrong, right = factories.confirmed(party_size=1), factories.placed(party_size=1)
    payment = wrong.payments.get()

    moved = move(payment, right)

    assert (prices.paid(wrong), prices.paid(right)) == (0, 150)
    assert (moved.booking, moved.amount) == (right, 150)
    reversal = wrong.payments.get(amount__lt=0)
    assert (reversal.pays_back, reversal.amount) == (payment, -150)
    assert reversal.receipt.reverses == payment.receipt
    assert factories.reloaded(payment).amount == 150
    assert factories.reloaded(right).status == "confirmed"
    for booking in (wrong, right):
        assert "payment_moved" in factories.kinds(booking)


def test_payment_moved_again_with_one_click_too_many_is_moved_once():
    wrong, right = factories.confirmed(party_size=1), factories.placed(party_size=1)
    payment = wrong.payments.get()

    assert move(payment, right).pk == move(payment, right).pk
    assert Payment.objects.count() == 3


def test_soles_surcharge_and_reference_of_the_bank_go_along():
    wrong, right = factories.placed(party_size=1), factories.placed(party_size=1)
    soles = {"received_amount": Decimal("393.75"), "received_currency": "PEN", "rate": Decimal("3.75")}
    payment = factories.pay(
        wrong, "100.00", provider="terminal", surcharge=Decimal(5), provider_reference="OP 7", **soles
    )

    moved = move(payment, right)

    reversal = wrong.payments.get(amount__lt=0)
    assert (moved.received_amount, moved.rate, moved.surcharge) == (Decimal("393.75"), Decimal("3.75"), 5)
    assert (reversal.received_amount, reversal.surcharge) == (Decimal("-393.75"), -5)
    assert "OP 7" in moved.note


def test_what_is_left_of_a_payment_is_moved_and_never_more_than_stays():
    wrong, right = factories.placed(departure_in(120), 2), factories.placed(party_size=2)
    payment = factories.pay(wrong, "300.00")
    factories.pay(wrong, "-120.00")

    moved = move(payment, right)

    assert moved.amount == 180
    assert (prices.paid(wrong), prices.paid(right)) == (0, 180)


def test_proposals_of_the_wrong_booking_follow():
    wrong, right = factories.placed(departure_in(120), 1), factories.placed(party_size=2)
    factories.pay(wrong, "590.00")
    twice = factories.pay(wrong, "590.00")
    assert open_refunds(wrong) == [("proposed", Decimal(590), False)]

    move(twice, right)

    assert open_refunds(wrong) == []
    assert factories.reloaded(right).status == "confirmed"


def test_money_moved_to_a_cancelled_booking_is_proposed_to_go_back():
    wrong, right = factories.confirmed(party_size=1), lifecycle.cancel(factories.placed().pk)

    move(wrong.payments.get(), right)

    assert open_refunds(right) == [("proposed", Decimal(150), False)]


def test_card_hold_itself_nothing_left_and_what_went_back_are_refused():
    booking, right = factories.confirmed(party_size=1), factories.placed(party_size=1)
    card = pay_by_card(factories.placed(), "10.00")
    payment = booking.payments.get()
    gone = factories.pay(booking, "-150.00")

    for wrong, target in ((card, right), (payment, booking), (payment, right), (gone, right)):
        with pytest.raises(lifecycle.Refused):
            move(wrong, target)
    payment = factories.pay(booking, "150.00")
    with pytest.raises(lifecycle.Refused, match="that is placed"):
        move(payment, factories.held())
    assert Receipt.objects.count() == Payment.objects.count()


@pytest.mark.django_db(transaction=True)
def test_payment_moved_to_a_lapsed_booking_waits_for_its_extras_before_it_takes_a_number():
    trek = factories.make_trek()
    factories.make_extra(trek, slug="bag", stock=40)
    wrong, right, other = (
        factories.placed(factories.make_departure(trek, starts_in=100 + n), 1, extras={"bag": 1})
        for n in range(3)
    )
    payment = factories.pay(wrong, "10.00")
    factories.lapse(right)
    has_the_bags = threading.Event()

    def pay_slowly():
        with transaction.atomic():
            lifecycle.locks.clock_with_stock(other)
            has_the_bags.set()
            threading.Event().wait(0.5)
            factories.pay(other, "10.00")

    def move_meanwhile():
        has_the_bags.wait(10)
        move(payment, right)

    outcome = at_once([pay_slowly, move_meanwhile])

    assert outcome == [None, None]
    assert (prices.paid(wrong), prices.paid(right), prices.paid(other)) == (0, 10, 10)

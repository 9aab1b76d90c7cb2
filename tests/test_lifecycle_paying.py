"""Money: always written down, confirming where it is enough, told of where it comes too late."""

from decimal import Decimal
from uuid import uuid4

import factories
import pytest

from bookings import lifecycle, prices
from bookings.models import Payment

pytestmark = pytest.mark.django_db
OFFICE = lifecycle.office()


def test_payment_with_one_form_is_written_once():
    booking, form = factories.placed(), uuid4()

    first = factories.pay(booking, "100.00", form)
    second = factories.pay(booking, "100.00", form)

    assert first.pk == second.pk
    assert prices.paid(booking) == 100


def test_payment_with_a_reference_that_is_known_is_refused_with_a_sentence():
    booking = factories.placed()
    factories.pay(booking, "10.00", provider_reference="OP 123")

    with pytest.raises(lifecycle.Refused, match="recorded already"):
        factories.pay(booking, "10.00", provider_reference="OP 123")

    assert prices.paid(booking) == 10


def test_payment_of_nothing_is_refused_with_a_sentence():
    with pytest.raises(lifecycle.Refused, match="more or less than nothing"):
        factories.pay(factories.placed(), "0.00")


def test_payment_in_parts_confirms_with_the_last_part():
    booking = factories.placed(party_size=1)

    factories.pay(booking, "100.00")
    assert factories.reloaded(booking).status == "pending"
    factories.pay(booking, "50.00")

    assert factories.reloaded(booking).status == "confirmed"
    assert factories.told(booking) == ["placed", "deposit_received"]


def test_payment_back_is_a_negative_row_and_changes_no_status():
    booking = factories.confirmed(party_size=1)

    factories.pay(booking, "-150.00")

    assert prices.paid(booking) == 0
    assert factories.reloaded(booking).status == "confirmed"


def test_late_money_confirms_where_seats_are_free():
    departure = factories.make_departure(capacity=2)
    booking = factories.lapse(factories.placed(departure, 2))

    factories.pay(booking, booking.due_now)

    assert factories.reloaded(booking).status == "confirmed"
    assert factories.told(booking) == ["placed", "deposit_received"]


@pytest.mark.parametrize("part", ["1.0", "0.5"])
def test_late_money_without_seats_is_kept_and_told_of(part):
    departure = factories.make_departure(capacity=2)
    booking = factories.lapse(factories.placed(departure, 2))
    factories.confirmed(departure, 1)

    factories.pay(booking, booking.due_now * Decimal(part))

    assert prices.paid(booking) == booking.due_now * Decimal(part)
    assert factories.reloaded(booking).status == "pending"
    assert factories.told(booking) == ["placed", "late_money"]
    assert factories.told(booking, office=True) == ["office_new_booking", "office_late_money"]
    assert factories.kinds(booking)[-1] == "late_money"


def test_late_money_without_the_extras_is_kept_and_told_of():
    departure = factories.make_departure()
    factories.make_extra(departure.trek, slug="bag", stock=1)
    booking = factories.lapse(factories.placed(departure, 1, extras={"bag": 1}))
    factories.placed(departure, 1, extras={"bag": 1})

    factories.pay(booking, booking.due_now)

    assert factories.reloaded(booking).status == "pending"
    assert factories.kinds(booking)[-1] == "late_money"


@pytest.mark.parametrize("make", [factories.held, factories.placed])
def test_money_for_a_cancelled_booking_is_kept_and_told_of(make):
    booking = make()
    lifecycle.cancel(booking.pk)

    factories.pay(booking, "300.00")

    assert prices.paid(booking) == 300
    assert factories.reloaded(booking).status == "cancelled"
    assert "office_late_money" in factories.told(booking, office=True)


def test_payment_writes_down_currency_rate_and_surcharge(django_user_model):
    booking, clerk = factories.placed(), django_user_model.objects.create_user("clerk")

    factories.pay(
        booking,
        "100.00",
        by=lifecycle.office(clerk),
        provider="terminal",
        received_amount=Decimal("393.75"),
        received_currency="PEN",
        rate=Decimal("3.75"),
        surcharge=Decimal("5.00"),
    )

    payment = Payment.objects.get()
    assert (payment.received_amount, payment.received_currency, payment.rate) == (
        Decimal("393.75"),
        "PEN",
        Decimal("3.75"),
    )
    assert payment.recorded_by == clerk
    assert prices.paid(booking) == 100


def test_transfer_is_announced_to_the_office_once_for_each_reference():
    booking = factories.placed()

    lifecycle.announce_transfer(booking.pk, "OP 1")
    lifecycle.announce_transfer(booking.pk, "OP 1")
    assert factories.told(booking, office=True).count("office_transfer_announced") == 1
    lifecycle.announce_transfer(booking.pk, "OP 2")

    assert factories.told(booking, office=True).count("office_transfer_announced") == 2
    assert factories.reloaded(booking).transfer_reference == "OP 2"


def test_transfer_of_a_hold_cannot_be_announced():
    with pytest.raises(lifecycle.WrongStatus):
        lifecycle.announce_transfer(factories.held().pk, "OP 1")


def test_payment_of_the_balance_is_told_of_and_leaves_the_status_as_it_is():
    booking = factories.confirmed()
    told, office = factories.told(booking), factories.told(booking, office=True)

    factories.pay(booking, "100.00")

    assert factories.reloaded(booking).status == "confirmed"
    assert factories.told(booking) == [*told, "payment_received"]
    assert factories.told(booking, office=True) == office
    assert booking.events.last().kind == "paid"

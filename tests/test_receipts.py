"""Constancias: one for each payment, numbered without gaps, never edited."""

from decimal import Decimal

import factories
import pytest
from django.db import connection, transaction
from django.utils import timezone
from factories import refused
from factories_money import departure_in, pay_by_card
from threads import at_once

from bookings import lifecycle
from bookings.models import NumberSeries, Payment, Receipt
from treks.models import Operator

pytestmark = pytest.mark.django_db
OFFICE = lifecycle.office()


def numbers():
    return sorted(Receipt.objects.values_list("number", flat=True))


def test_each_payment_has_a_number_of_the_year():
    booking = factories.placed()
    factories.pay(booking, "100.00")
    factories.pay(booking, "200.00")
    factories.pay(booking, "-50.00")

    year = timezone.localdate().year
    found = [str(payment.receipt) for payment in booking.payments.all()]
    assert found == [f"CP-{year}-00000{number}" for number in (1, 2, 3)]


def test_receipt_says_who_issued_it_as_of_that_day():
    booking = factories.placed()
    Operator.objects.update(legal_name="Lares S.A.C.", ruc="20123456789")
    receipt = factories.pay(booking, "100.00").receipt
    Operator.objects.update(legal_name="Another S.A.C.")

    receipt = factories.reloaded(receipt)

    assert receipt.issuer["legal_name"] == "Lares S.A.C."
    assert receipt.issuer["ruc"] == "20123456789"
    assert receipt.payer == "Ana Quispe"


def test_company_that_asked_for_a_factura_stands_on_it():
    booking = factories.placed()
    type(booking).objects.update(invoice_name="Ejemplo S.A.", invoice_ruc="20123456789")

    assert factories.pay(booking, "100.00").receipt.payer == "Ejemplo S.A."


def test_refund_reverses_the_receipt_of_its_payment():
    booking = factories.placed(departure_in(120), 1)
    payment = pay_by_card(booking, "590.00")
    lifecycle.cancel(booking.pk)
    refund = lifecycle.approve_refund(booking.refunds.get().pk, by=OFFICE)

    lifecycle.note_refund(refund.pk, reference="re_1", is_done=True)

    back = Payment.objects.get(amount__lt=0)
    assert back.receipt.reverses == payment.receipt
    assert list(payment.receipt.reversed_by.all()) == [back.receipt]


def test_refund_that_came_back_has_a_receipt_of_its_own():
    booking = factories.placed(departure_in(120), 1)
    pay_by_card(booking, "590.00")
    lifecycle.cancel(booking.pk)
    refund = lifecycle.approve_refund(booking.refunds.get().pk, by=OFFICE)
    lifecycle.note_refund(refund.pk, reference="re_1", is_done=True)

    lifecycle.note_refund(refund.pk, error="Sent back.")

    assert numbers() == [1, 2, 3]
    assert Receipt.objects.count() == Payment.objects.count()


def test_payment_that_is_refused_takes_no_number():
    booking = factories.placed()
    factories.pay(booking, "10.00", provider_reference="OP 1")

    with pytest.raises(lifecycle.Refused):
        factories.pay(booking, "10.00", provider_reference="OP 1")
    factories.pay(booking, "10.00", provider_reference="OP 2")

    assert numbers() == [1, 2]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE bookings_receipt SET payer = 'x' WHERE id = %s",
        "UPDATE bookings_receipt SET number = 99 WHERE id = %s",
        "DELETE FROM bookings_receipt WHERE id = %s",
    ],
)
def test_receipt_is_never_edited(sql):
    receipt = factories.pay(factories.placed(), "100.00").receipt

    with refused("records_are_only_added"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [receipt.pk])


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_when_many_pay_at_once_and_some_are_rolled_back():
    departures = [factories.make_departure() for _ in range(3)]
    bookings = [factories.placed(departures[number % 3], 1) for number in range(6)]

    def pay(booking, fails):
        with transaction.atomic():
            factories.pay(booking, "10.00")
            if fails:
                raise InterruptedError

    jobs = [lambda b=booking, n=n: pay(b, n % 2) for booking in bookings for n in range(3)]
    outcome = at_once(jobs)

    assert sum(isinstance(result, InterruptedError) for result in outcome) == 6
    assert outcome.count(None) == 12
    assert numbers() == list(range(1, 13))
    assert NumberSeries.objects.get().last == 12


@pytest.mark.django_db(transaction=True)
def test_new_year_begins_with_one_and_the_first_two_at_once_get_one_and_two():
    bookings = [factories.placed(factories.make_departure(), 1) for _ in range(2)]
    NumberSeries.objects.create(series="CP", year=timezone.localdate().year - 1, last=77)

    at_once([lambda booking=booking: factories.pay(booking, Decimal(10)) for booking in bookings])

    assert numbers() == [1, 2]

"""Payments recorded in the office: once for each form, in dollars or soles, never what makes no sense."""

from decimal import Decimal

import pytest

from bookings import money_check
from bookings.models import Payment, SentForm
from tests import factories
from tests.admin_forms import act, do, filled
from tests.test_admin_acts import LIST, found, money


def test_payment_confirms_and_a_double_click_is_one_payment(office):
    booking = factories.placed(party_size=2)
    page = office.get(act(booking, "payment"))
    data = filled(page, **money("300", provider_reference="R 1"))

    first = office.post(act(booking, "payment"), data, follow=True)
    again = office.post(act(booking, "payment"), data, follow=True)

    payment = Payment.objects.get()
    assert (payment.amount, payment.recorded_by.username) == (300, "ana")
    assert factories.reloaded(booking).status == "confirmed"
    assert "The booking is confirmed" in first.content.decode()
    assert "it is done once" in again.content.decode()
    assert SentForm.objects.count() == 1


def test_soles_count_at_the_rate_of_the_day(office):
    booking = factories.placed(party_size=2)

    do(office, booking, "payment", **money("1125.00", received_currency="PEN", rate="3.75"))

    payment = Payment.objects.get()
    assert payment.amount == Decimal("300.00")
    assert (payment.received_amount, payment.received_currency) == (1125, "PEN")
    assert payment.rate == Decimal("3.75")


def test_surcharge_of_a_card_does_not_count_against_the_price(office):
    booking = factories.placed(party_size=2)

    do(office, booking, "payment", **money("315.00", surcharge="15", provider="terminal"))

    payment = Payment.objects.get()
    assert (payment.amount, payment.surcharge, payment.received_amount) == (300, 15, 315)


def test_surcharge_that_went_back_is_taken_off_the_surcharges(office):
    booking = factories.placed(party_size=2)
    do(office, booking, "payment", **money("315.00", surcharge="15", provider="terminal"))

    do(office, booking, "payment", **money("105.00", came="-1", surcharge="5", provider="terminal"))
    more = do(office, booking, "payment", **money("20", came="-1", surcharge="11", provider="terminal"))

    back = booking.payments.get(amount__lt=0)
    assert (back.amount, back.surcharge, back.received_amount) == (-100, -5, -105)
    assert more.status_code == 409 and "No more can go back" in more.content.decode()
    assert money_check.inner() == []


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (money(received_currency="PEN"), "Soles need the rate"),
        (money("0"), "greater than or equal to 0.01"),
        (money("5000"), "more than is open"),
        (money("10", came="-1"), "Only $0 was paid"),
        (money("10", surcharge="11", provider="terminal"), "more than the amount"),
        (money("315", surcharge="15", provider="cash"), "Only what is paid by card"),
        (money(provider=None), "This field is required"),
    ],
)
def test_payment_that_makes_no_sense_is_refused_and_nothing_typed_is_lost(office, values, words):
    booking = factories.placed(party_size=2)

    answer = do(office, booking, "payment", note="Counted twice", **values)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html and "Counted twice" in html
    assert not Payment.objects.exists()


def test_unusual_amount_is_recorded_once_somebody_says_it_is_right(office):
    booking = factories.placed(party_size=2)

    do(office, booking, "payment", **money("5000", is_right="on"))
    do(office, booking, "payment", **money("3820", came="-1"))

    assert list(Payment.objects.values_list("amount", flat=True)) == [5000, -3820]


def test_reference_of_the_bank_is_recorded_once(office):
    first, second = factories.placed(), factories.placed()
    do(office, first, "payment", **money("300", provider_reference="R 1"))

    answer = do(office, second, "payment", **money("300", provider_reference="R 1", note="Mine"))

    assert answer.status_code == 409
    assert "recorded already" in answer.content.decode() and "Mine" in answer.content.decode()
    assert Payment.objects.count() == 1


def test_late_money_is_kept_and_said(office):
    departure = factories.make_departure(capacity=2)
    late = factories.placed(departure, 2)
    factories.lapse(late)
    factories.confirmed(departure, 2)

    page = office.get(act(late, "payment"))
    answer = office.post(act(late, "payment"), filled(page, **money("300")), follow=True)

    html = answer.content.decode()
    assert "The seats are gone" in html and "Paid, not confirmed" in html
    assert found(office, standing="unsettled") == {late.pk}
    assert "1 booking</a> is paid but not confirmed" in office.get(LIST).content.decode()

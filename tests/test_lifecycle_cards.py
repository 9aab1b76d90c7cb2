"""Card payments: started once, seats kept for them once, written down once in whatever order news comes."""

from datetime import timedelta
from decimal import Decimal

import factories
import pytest
from factories import raw
from factories_money import card_paid, open_refunds, pay_by_card, start_card

from bookings import lifecycle, prices, seats
from bookings.lifecycle.cards import GRACE, SESSION
from bookings.models import Booking, Payment, PaymentAttempt

pytestmark = pytest.mark.django_db
OFFICE = lifecycle.office()


def expires_in(booking, minutes):
    """The booking's time ends in so many minutes from now."""
    raw(Booking, booking, expires_at=seats.clock() + timedelta(minutes=minutes))
    return factories.reloaded(booking)


def test_payment_is_started_and_nothing_is_paid_yet():
    booking = factories.placed(method="card")

    attempt = start_card(booking, "300.00", surcharge=Decimal("15.00"))

    assert (attempt.state, attempt.amount, attempt.charged) == ("open", 300, 315)
    assert factories.kinds(booking)[-1] == "card_started"
    assert prices.paid(booking) == 0


def test_same_payment_started_again_is_the_same_attempt():
    booking = factories.placed(method="card")

    first = lifecycle.start_card(booking.pk, Decimal(300), "stripe")
    second, third = start_card(booking, "300.00"), start_card(booking, "300.00")

    assert first.pk == second.pk == third.pk
    assert factories.kinds(booking).count("card_started") == 1


@pytest.mark.parametrize(
    "change",
    [
        {"expires_at": timedelta(minutes=4)},
        {"state": "expired"},
        {"session": "", "started_at": timedelta(minutes=-3)},
    ],
)
def test_page_that_is_over_or_was_never_opened_is_not_led_to_again(change):
    booking = factories.placed(method="card")
    first = start_card(booking, "300.00")
    values = {k: seats.clock() + v if isinstance(v, timedelta) else v for k, v in change.items()}
    raw(PaymentAttempt, first, **values)

    assert start_card(booking, "300.00").pk != first.pk


def test_another_amount_is_another_attempt():
    booking = factories.placed(method="card")

    assert start_card(booking, "300.00").pk != start_card(booking, "1180.00").pk


def test_more_than_is_open_and_nothing_are_refused():
    booking = factories.placed(method="card")
    factories.pay(booking, "180.00")

    for amount in ("1000.01", "0.00", "-1.00"):
        with pytest.raises(lifecycle.Refused, match="not what is open"):
            start_card(booking, amount)
    start_card(booking, "1000.00")


def test_hold_lapsed_and_cancelled_bookings_start_no_payment():
    cancelled = lifecycle.cancel(factories.placed().pk)

    for booking, refusal in (
        (factories.held(), lifecycle.WrongStatus),
        (cancelled, lifecycle.WrongStatus),
        (factories.lapse(factories.placed()), lifecycle.Lapsed),
    ):
        with pytest.raises(refusal):
            start_card(booking, "10.00")


def test_seats_are_kept_past_the_end_of_the_page():
    booking = expires_in(factories.placed(method="card"), 3)

    attempt = start_card(booking, "300.00")

    booking = factories.reloaded(booking)
    assert booking.expires_at == attempt.expires_at + GRACE
    assert booking.kept_for_card_at is not None


def test_seats_are_kept_longer_once():
    booking = expires_in(factories.placed(method="card"), 3)
    start_card(booking, "300.00")
    booking = expires_in(booking, 20)

    with pytest.raises(lifecycle.Refused, match="Too little time"):
        start_card(booking, "1180.00")
    assert factories.reloaded(booking).expires_at == booking.expires_at


def test_time_that_is_longer_than_the_page_stays_as_it_is_and_confirmed_has_none():
    booking = factories.placed(method="card")
    start_card(booking, "300.00")
    assert factories.reloaded(booking).expires_at == booking.expires_at

    factories.pay(booking, "300.00")
    attempt = start_card(booking, "880.00")

    assert attempt.expires_at - attempt.started_at == SESSION
    assert factories.reloaded(booking).expires_at is None


def test_paid_page_is_a_payment_and_confirms():
    booking = factories.placed(method="card")

    payment = pay_by_card(booking, "300.00", surcharge=Decimal("15.00"))

    assert (payment.amount, payment.surcharge, payment.received_amount) == (300, 15, 315)
    assert (payment.provider, payment.recorded_by) == ("stripe", None)
    assert factories.reloaded(booking).status == "confirmed"
    assert factories.told(booking) == ["placed", "deposit_received"]


def test_news_of_a_payment_twice_is_one_payment():
    booking = factories.placed(method="card")
    attempt = start_card(booking, "300.00")

    assert card_paid(attempt).pk == card_paid(attempt).pk
    assert prices.paid(booking) == 300
    assert factories.kinds(booking).count("paid") == 1


@pytest.mark.parametrize("order", [["paid", "over"], ["over", "paid"], ["open", "paid", "open", "over"]])
def test_news_in_any_order_ends_paid(order):
    booking = factories.placed(method="card")
    attempt = start_card(booking, "300.00")
    news = {
        "paid": lambda: card_paid(attempt),
        "over": lambda: lifecycle.note_unpaid(attempt.pk, is_over=True),
        "open": lambda: lifecycle.note_unpaid(attempt.pk, is_over=False),
    }

    for told in order:
        news[told]()

    assert (factories.reloaded(attempt).state, prices.paid(booking)) == ("paid", 300)
    assert factories.reloaded(booking).status == "confirmed"


def test_page_that_closed_unpaid_is_over_and_changes_no_booking():
    booking = factories.placed(method="card")
    attempt = start_card(booking, "300.00")

    assert lifecycle.note_unpaid(attempt.pk, is_over=False).state == "open"
    assert lifecycle.note_unpaid(attempt.pk, is_over=True).state == "expired"

    assert factories.reloaded(booking).status == "pending"
    assert not Payment.objects.exists()


def test_what_was_charged_counts_and_not_what_was_asked():
    booking = factories.placed(method="card")
    attempt = start_card(booking, "300.00", surcharge=Decimal("15.00"))

    payment = lifecycle.note_paid(attempt.pk, charged=Decimal("200.00"), reference="pi_1")

    assert (payment.amount, payment.surcharge, payment.received_amount) == (185, 15, 200)
    assert factories.reloaded(booking).status == "pending"


def test_two_pages_paid_are_two_payments_and_the_second_is_proposed_to_go_back():
    booking = factories.placed(party_size=1, method="card")
    first, second = start_card(booking, "590.00"), start_card(booking, "150.00")

    for attempt in (first, second):
        card_paid(attempt)

    assert prices.paid(booking) == 740
    assert open_refunds(booking) == [("proposed", Decimal(150), True)]


def test_one_charge_is_never_written_down_for_two_attempts():
    booking = factories.placed(method="card")
    first, second = start_card(booking, "300.00"), start_card(booking, "100.00")
    lifecycle.note_paid(first.pk, charged=Decimal(300), reference="pi_1")

    with pytest.raises(lifecycle.Refused, match="recorded already"):
        lifecycle.note_paid(second.pk, charged=Decimal(100), reference="pi_1")

    assert prices.paid(booking) == 300


def test_payment_of_a_page_of_a_booking_that_lapsed_confirms_where_seats_are_free():
    booking = factories.placed(factories.make_departure(capacity=2), 2, method="card")
    attempt = start_card(booking, "300.00")
    factories.lapse(booking)

    card_paid(attempt)

    assert factories.reloaded(booking).status == "confirmed"


def test_payment_without_seats_is_proposed_to_go_back_with_its_surcharge():
    departure = factories.make_departure(capacity=2)
    booking = factories.placed(departure, 2, method="card")
    attempt = start_card(booking, "300.00", surcharge=Decimal("15.00"))
    factories.lapse(booking)
    factories.held(departure, 2)

    card_paid(attempt)

    refund = booking.refunds.get()
    assert (refund.amount, refund.surcharge, refund.payment.provider_reference) == (
        300,
        15,
        f"pi_{attempt.pk}",
    )
    assert factories.told(booking)[-1] == "late_money"
    assert factories.reloaded(booking).status == "pending"


def test_payment_of_a_cancelled_booking_is_proposed_to_go_back():
    booking = factories.placed(method="card")
    attempt = start_card(booking, "300.00")
    lifecycle.cancel(booking.pk)

    card_paid(attempt)

    assert open_refunds(booking) == [("proposed", Decimal(300), True)]
    assert factories.reloaded(booking).status == "cancelled"


def test_session_of_the_provider_belongs_to_one_attempt():
    booking = factories.placed(method="card")
    first = start_card(booking, "300.00")
    second = lifecycle.start_card(booking.pk, Decimal(100), "stripe")

    with pytest.raises(lifecycle.Refused, match="known already"):
        lifecycle.note_session(second.pk, first.session, "https://pay.example/")

"""What a booking costs: lines, sums, the deposit, the balance, one rounding."""

from datetime import timedelta
from decimal import Decimal

import factories
import pytest
from django.urls import reverse
from django.utils import timezone

from bookings import lifecycle, prices
from bookings.models import Booking, Departure

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("amount", "rounded"), [("0.005", "0.01"), ("-0.005", "-0.01"), ("1.004", "1.00"), ("2", "2.00")]
)
def test_rounding_is_to_the_cent_half_away_from_zero(amount, rounded):
    assert str(prices.rounded(amount)) == rounded


def test_rounding_is_never_off_by_more_than_half_a_cent_and_the_same_both_ways():
    for mills in range(-2500, 2500, 7):
        amount = Decimal(mills) / 1000 + Decimal("0.0005")

        assert abs(prices.rounded(amount) - amount) <= Decimal("0.005")
        assert prices.rounded(-amount) == -prices.rounded(amount)
        assert prices.rounded(prices.rounded(amount)) == prices.rounded(amount)


def test_total_is_the_sum_of_the_lines():
    trek = factories.make_trek()
    factories.make_extra(trek, slug="bag", price="19.99")
    booking = factories.held(factories.make_departure(trek, price=Decimal("590.01")), 3)
    booking = factories.filled(booking, {"bag": 2})

    assert prices.total(booking) == Decimal("1810.01")
    assert sum(line.amount for line in booking.price_lines.all()) == prices.total(booking)


def test_charge_of_who_cancelled_is_due_at_once_and_not_a_part_of_the_others_deposit():
    booking = factories.confirmed(factories.make_departure(), 2)
    lifecycle.cancel_traveler(booking.pk, 2)
    booking = factories.reloaded(booking)
    total = prices.total(booking)

    assert prices.charges(booking) == 150
    assert prices.due_now(booking, total, timezone.localdate()) == 150 + 150
    assert prices.due_now(booking, total, booking.balance_due_on) == total == 590 + 150


def test_balance_has_fallen_due_after_its_last_day():
    day = timezone.localdate()

    due = [prices.fallen_due(Decimal(300), Decimal(1180), day, day + timedelta(days=n)) for n in (-1, 0, 1)]

    assert due == [300, 300, 1180]
    assert prices.fallen_due(Decimal(300), Decimal(200), day, day) == 200


def test_held_deposit_stands_while_staff_change_the_departure(client):
    departure = factories.make_departure(deposit=Decimal(150))
    booking = factories.filled(factories.held(departure, 2))
    Departure.objects.update(deposit=Decimal(400))

    lead, review = (client.get(f"{booking.get_absolute_url()}{step}/").text for step in ("lead", "review"))
    placed = lifecycle.place(booking.pk, "transfer", "2026-11-01")

    assert "$300" in lead and "$300" in review
    assert "$800" not in lead + review
    assert placed.due_now == 300


def test_deposit_is_due_for_each_person_and_never_more_than_the_total():
    departure = factories.make_departure(price=Decimal(200), deposit=Decimal(150))
    today = timezone.localdate()
    booking = factories.held(departure, 2)

    assert prices.due_now(booking, Decimal(400), today) == 300
    assert prices.due_now(booking, Decimal(250), today) == 250


def test_all_is_due_from_the_balances_day_on():
    departure = factories.make_departure(factories.make_trek(balance_due_days=60), starts_in=120)
    booking = factories.held(departure, 1)
    due_on = prices.balance_due_on(departure, timezone.localdate())

    assert due_on == departure.start_date - timedelta(days=60)
    assert prices.due_now(booking, Decimal(590), due_on - timedelta(days=1)) == 150
    assert prices.due_now(booking, Decimal(590), due_on) == 590


@pytest.mark.parametrize(("starts_in", "days"), [(60, 0), (61, 7), (66, 7), (67, 7), (68, 8), (120, 60)])
def test_balance_is_never_due_before_the_deposit_may_come(starts_in, days):
    departure = factories.make_departure(factories.make_trek(balance_due_days=60), starts_in=starts_in)
    today = timezone.localdate()

    assert prices.balance_due_on(departure, today) == today + timedelta(days=days)


@pytest.mark.parametrize("method", ["card", "transfer", "cash"])
def test_placed_booking_has_its_deposit_no_later_than_its_balance(method):
    for starts_in in (61, 64, 67, 90):
        booking = factories.placed(factories.make_departure(starts_in=starts_in), method=method)
        deposit_by = timezone.localtime(booking.expires_at) - timedelta(seconds=1)

        assert booking.due_now < prices.total(booking)
        assert deposit_by.date() <= booking.balance_due_on


@pytest.mark.parametrize(("starts_in", "said"), [(61, "Deposit a person"), (60, "the whole price")])
def test_page_of_a_date_says_what_is_due_when_one_books(client, starts_in, said):
    departure = factories.make_departure(starts_in=starts_in)

    page = client.get(reverse("book", args=[departure.pk])).text

    assert [words for words in ("Deposit a person", "the whole price") if words in page] == [said]


def test_paid_counts_what_went_back_and_no_surcharge():
    booking = factories.placed()
    factories.pay(booking, "300.00", surcharge=Decimal("15.00"))
    factories.pay(booking, "-100.00")

    assert prices.paid(booking) == 200


def test_line_is_labeled_in_the_language_of_the_booking():
    trek = factories.make_trek(short_name_en="Classic", short_name_es="Clásico")

    booking = factories.held(factories.make_departure(trek), 1, language="es")

    assert booking.price_lines.get().label == "Clásico"


@pytest.mark.parametrize("rows", [1, 3])
def test_list_with_money_costs_one_query(rows, django_assert_num_queries):
    departure = factories.make_departure(capacity=40)
    for _ in range(rows):
        booking = factories.confirmed(departure, 2)
        factories.pay(booking, "10.00")

    with django_assert_num_queries(1):
        found = list(prices.with_money(Booking.objects.all()))

    assert [(row.total_amount, row.paid_amount) for row in found] == [(Decimal(1180), Decimal(310))] * rows

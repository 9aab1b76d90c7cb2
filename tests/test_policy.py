"""What a cancellation keeps and gives back: worked out by hand, then for any prices and days."""

from datetime import date, timedelta
from decimal import Decimal

import factories
import factories_money
import pytest

from bookings import policy, prices
from bookings.policy import Standing, outcome, percent_kept, refund_days

START = date(2027, 6, 1)
# The demo's rule, as rows of `policy.bands`.
ROWS = [(60, None, 0), (30, 59, 50), (15, 29, 75), (0, 14, 100)]


def stands(paid, *, total=1180, deposit=300, due_first=None, balance_days=60, sunk=0, before=0):
    """Two people at 590 who placed long before: 300 due first, the rest 60 days before the start."""
    return Standing(
        total=Decimal(total),
        deposit=Decimal(deposit),
        due_first=Decimal(deposit if due_first is None else due_first),
        balance_due_on=START - timedelta(days=balance_days),
        start=START,
        paid=Decimal(paid),
        sunk=Decimal(sunk),
        before=Decimal(before),
    )


def on(days_before, standing, **options):
    return outcome(ROWS, standing, START - timedelta(days=days_before), **options)


# days before, paid, what is kept, what goes back
BY_HAND = [
    (200, 0, 0, 0),
    (200, 300, 300, 0),
    (200, 1180, 300, 880),
    (61, 1180, 300, 880),
    (60, 300, 300, 0),
    # The balance may still be paid on this day: no more than the deposit had fallen due.
    (60, 1180, 300, 880),
    (59, 1180, 590, 590),
    (59, 300, 300, 0),
    (30, 1180, 590, 590),
    (29, 1180, 885, 295),
    (15, 1180, 885, 295),
    (14, 1180, 1180, 0),
    (0, 1180, 1180, 0),
    (-3, 1180, 1180, 0),
    (14, 1500, 1180, 320),
]


@pytest.mark.parametrize(("days", "paid", "kept", "refund"), BY_HAND)
def test_band_keeps_its_percent_or_the_deposit_as_far_as_it_was_due_and_paid(days, paid, kept, refund):
    found = on(days, stands(paid))

    assert (found.kept, found.refund, found.days_before) == (kept, refund, days)


# days before, paid, sunk costs, what is kept
SUNK = [
    (200, 1180, 299, 300),
    (200, 1180, 301, 301),
    (40, 1180, 590, 590),
    (40, 1180, 700, 700),
    (40, 300, 700, 300),
]


@pytest.mark.parametrize(("days", "paid", "sunk", "kept"), SUNK)
def test_sunk_costs_count_as_far_as_the_charge_does_not_cover_them(days, paid, sunk, kept):
    found = on(days, stands(paid, sunk=sunk))

    assert (found.kept, found.refund, found.sunk) == (kept, paid - kept, sunk)


def test_charge_before_the_day_of_the_balance_is_never_more_than_what_was_due():
    late_balance = stands(1180, balance_days=20)

    assert on(30, late_balance).charge == 300
    assert on(20, late_balance).charge == 300
    assert on(19, late_balance).charge == 885


def test_who_booked_when_all_was_due_at_once_is_charged_by_the_band_at_once():
    assert on(60, stands(1180, due_first=1180, balance_days=90)).charge == 300
    assert on(59, stands(1180, due_first=1180, balance_days=90)).charge == 590


@pytest.mark.parametrize("days", [200, 40, 5])
def test_everything_goes_back_where_we_cancel(days):
    found = on(days, stands(1180, sunk=200, before=150), by_us=True)

    assert (found.charge, found.kept, found.refund) == (0, 0, 1180)


def test_what_earlier_cancellations_of_travelers_cost_is_kept_too():
    assert on(40, stands(885, total=590, deposit=150, before=295)).kept == 590
    assert on(40, stands(400, total=590, deposit=150, before=295)).kept == 400


@pytest.mark.parametrize(
    ("days", "percent"),
    [(400, 0), (60, 0), (59, 50), (30, 50), (29, 75), (15, 75), (14, 100), (0, 100), (-1, 100)],
)
def test_band_of_a_day(days, percent):
    assert percent_kept(ROWS, days) == percent


def test_days_below_the_last_band_keep_everything():
    assert percent_kept([(60, None, 0), (30, 59, 50)], 29) == 100


def test_table_of_days_is_what_the_bands_say():
    today = START - timedelta(days=100)

    spans = refund_days(ROWS, stands(1180), today)

    assert spans == [
        (today, START - timedelta(days=60), 880),
        (START - timedelta(days=59), START - timedelta(days=30), 590),
        (START - timedelta(days=29), START - timedelta(days=15), 295),
        (START - timedelta(days=14), START - timedelta(days=1), 0),
    ]


def test_table_of_days_knows_the_days_below_the_last_band():
    today = START - timedelta(days=40)

    assert refund_days(ROWS[:2], stands(1180), today) == [
        (today, START - timedelta(days=30), 590),
        (START - timedelta(days=29), START - timedelta(days=1), 0),
    ]


@pytest.mark.parametrize("days", [0, -1])
def test_table_of_days_is_empty_from_the_start_on(days):
    assert refund_days(ROWS, stands(1180), START - timedelta(days=days)) == []


@pytest.mark.django_db
def test_standing_of_a_booking_and_of_one_traveler():
    departure = factories_money.departure_in(120)
    booking = factories.confirmed(departure, 2)
    whole = policy.standing(booking)

    assert (whole.total, whole.deposit, whole.due_first, whole.paid) == (1180, 300, 300, 300)
    assert (whole.start, whole.balance_due_on) == (departure.start_date, booking.balance_due_on)

    traveler = booking.travelers.get(number=2)
    booking.travelers.filter(number=2).update(cancelled_at=booking.placed_at)
    prices.write_lines(booking)
    part = policy.part(booking, whole, traveler)
    assert (part.total, part.deposit, part.due_first, part.before) == (590, 150, 150, 0)


@pytest.mark.django_db
def test_bands_of_a_policy_follow_each_other():
    assert policy.bands(factories_money.make_policy()) == ROWS

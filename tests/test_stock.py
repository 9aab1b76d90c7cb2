"""Shared extras: what counts is the fullest day of the dates that overlap."""

from datetime import timedelta

import factories
import pytest

from bookings import lifecycle, prices, seats, stock
from bookings.models import BookedExtra

pytestmark = pytest.mark.django_db


@pytest.fixture
def trek():
    return factories.make_trek()


@pytest.fixture
def bags(trek):
    return factories.make_extra(trek, slug="bag", stock=5, price="20.00")


def booked(departure, quantity):
    return factories.filled(factories.held(departure, 1), {"bag": quantity})


def left(extra, departure, **options):
    return stock.left(extra, departure, seats.clock(), **options)


def test_stock_is_shared_by_departures_that_overlap(trek, bags):
    first = factories.make_departure(trek, starts_in=100, days=4)
    second = factories.make_departure(trek, starts_in=103, days=4)
    apart = factories.make_departure(trek, starts_in=104, days=4)
    booked(first, 3)

    assert [left(bags, departure) for departure in (first, second, apart)] == [2, 2, 5]


def test_stock_is_shared_by_different_treks(trek, bags):
    other = factories.make_trek()
    other.offered_extras.create(extra=bags)
    booked(factories.make_departure(trek, starts_in=100), 3)

    assert left(bags, factories.make_departure(other, starts_in=101)) == 2


def test_stock_counts_the_fullest_day_not_the_sum(trek, bags):
    booked(factories.make_departure(trek, starts_in=100, days=2), 3)
    booked(factories.make_departure(trek, starts_in=102, days=2), 4)

    assert left(bags, factories.make_departure(trek, starts_in=99, days=8)) == 1


def test_stock_of_lapsed_and_cancelled_bookings_is_free(trek, bags):
    departure = factories.make_departure(trek)
    factories.lapse(booked(departure, 2))
    lifecycle.cancel(booked(departure, 2).pk)
    kept = booked(departure, 1)

    assert left(bags, departure) == 4
    assert left(bags, departure, besides=kept) == 5


def test_extra_without_a_limit_is_always_free(trek):
    poles = factories.make_extra(trek, slug="poles", stock=None)
    departure = factories.make_departure(trek)

    factories.filled(factories.held(departure, 1), {"poles": 500})

    assert left(poles, departure) is None


def test_choosing_more_than_there_are_is_refused_and_changes_nothing(trek, bags):
    booked(factories.make_departure(trek, starts_in=100), 4)
    booking = booked(factories.make_departure(trek, starts_in=101), 1)

    with pytest.raises(lifecycle.NotEnoughStock) as refused:
        lifecycle.choose_extras(booking.pk, {"bag": 2})

    assert refused.value.left == 1
    assert str(refused.value) == "bag: only 1 left on these days."
    assert lifecycle.extras.extras_values(booking) == {"bag": 1}


def test_choosing_again_replaces_rows_and_price_lines(trek, bags):
    booking = booked(factories.make_departure(trek), 3)

    lifecycle.choose_extras(booking.pk, {"bag": 2})
    assert prices.total(booking) == booking.departure.price + 40
    lifecycle.choose_extras(booking.pk, {"bag": 0})

    assert prices.total(booking) == booking.departure.price
    assert not BookedExtra.objects.exists()
    changed = booking.events.filter(kind="extras_changed").values_list("before", "after")
    assert list(changed) == [("", "3 bag"), ("3 bag", "2 bag"), ("2 bag", "")]


def test_choosing_what_the_trek_does_not_offer_is_passed_over(trek, bags):
    factories.make_extra(slug="horse")
    booking = factories.held(factories.make_departure(trek))

    lifecycle.choose_extras(booking.pk, {"horse": 1, "bag": 1})

    assert lifecycle.extras.extras_values(booking) == {"bag": 1}


def test_choosing_at_once_by_two_people_loses_nothing(trek, bags):
    booking = booked(factories.make_departure(trek), 1)

    with pytest.raises(lifecycle.Stale) as refused:
        lifecycle.choose_extras(booking.pk, {"bag": 3}, seen={})

    assert refused.value.current == {"bag": 1}
    lifecycle.choose_extras(booking.pk, {"bag": 3}, seen={"bag": 1})
    lifecycle.choose_extras(booking.pk, {"bag": 3}, seen={"bag": 1})
    assert lifecycle.extras.extras_values(booking) == {"bag": 3}


def test_an_extra_costs_what_the_trek_asks(trek):
    factories.make_extra(trek, slug="tent", price="30.00", offered_at="25.50")
    booking = factories.filled(factories.held(factories.make_departure(trek), 1), {"tent": 2})

    assert prices.total(booking) == booking.departure.price + 51


def test_dates_cannot_move_to_where_the_extras_are_not_enough(trek, bags):
    still = factories.make_departure(trek, starts_in=100)
    moving = factories.make_departure(trek, starts_in=200)
    booked(still, 3)
    booked(moving, 3)
    day = timedelta(days=1)

    with pytest.raises(lifecycle.NotEnoughStock):
        lifecycle.change_dates(moving.pk, still.end_date, still.end_date + 3 * day)

    assert factories.reloaded(moving).start_date == moving.start_date
    lifecycle.change_dates(moving.pk, still.end_date + day, still.end_date + 4 * day)
    assert left(bags, still) == 2


def test_extra_keeps_the_price_it_was_held_at():
    departure = factories.make_departure()
    bag = factories.make_extra(departure.trek, slug="bag", price="25.00")
    booking = factories.held(departure)
    lifecycle.choose_extras(booking.pk, {"bag": 1})
    type(bag).objects.filter(pk=bag.pk).update(price="99.00")

    lifecycle.choose_extras(booking.pk, {"bag": 2})

    line = booking.price_lines.get(kind="extra")
    assert (line.quantity, line.unit_amount) == (2, 25)

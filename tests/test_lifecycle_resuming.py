"""Lapsed holds taken up again, at the price of today."""

from datetime import timedelta
from decimal import Decimal

import factories
import pytest

from bookings import lifecycle, prices, seats
from bookings.models import Departure

pytestmark = pytest.mark.django_db


def test_resume_takes_a_lapsed_hold_up_again_at_the_price_of_today():
    departure = factories.make_departure(price=Decimal(500))
    booking = factories.lapse(factories.filled(factories.held(departure, 2)))
    Departure.objects.update(price=Decimal(700))

    resumed = lifecycle.resume(booking.pk)

    assert resumed.expires_at > seats.clock() + timedelta(minutes=29)
    assert prices.total(booking) == 1400
    assert factories.kinds(booking)[-1] == "resumed"
    assert resumed.contact_name == "Ana Quispe"


def test_resume_of_a_living_hold_changes_nothing():
    booking = factories.held()

    resumed = lifecycle.resume(booking.pk)

    assert (resumed.expires_at, resumed.version) == (booking.expires_at, booking.version)
    assert factories.kinds(booking) == ["held"]


def test_resume_needs_free_seats_and_a_bookable_departure():
    departure = factories.make_departure(capacity=2)
    booking = factories.lapse(factories.held(departure, 2))
    other = factories.held(departure, 1)

    with pytest.raises(lifecycle.NotEnoughSeats):
        lifecycle.resume(booking.pk)
    lifecycle.cancel(other.pk)
    lifecycle.change_status(departure.pk, Departure.Status.CLOSED)
    with pytest.raises(lifecycle.NotBookable):
        lifecycle.resume(booking.pk)


def test_resume_gives_up_extras_that_others_took():
    departure = factories.make_departure()
    factories.make_extra(departure.trek, slug="bag", stock=2)
    booking = factories.filled(factories.held(departure, 2), {"bag": 2})
    factories.lapse(booking)
    factories.filled(factories.held(departure, 1), {"bag": 1})

    resumed = lifecycle.resume(booking.pk)

    assert not resumed.booked_extras.exists()
    assert not resumed.extras_chosen
    assert prices.total(resumed) == 2 * departure.price


def test_resume_keeps_extras_that_are_still_free():
    departure = factories.make_departure()
    factories.make_extra(departure.trek, slug="bag", stock=2)
    booking = factories.lapse(factories.filled(factories.held(departure, 2), {"bag": 2}))

    resumed = lifecycle.resume(booking.pk)

    assert resumed.booked_extras.get().quantity == 2
    assert resumed.extras_chosen


def test_resume_brings_the_extras_and_the_deposit_to_the_price_of_today():
    departure = factories.make_departure(price=Decimal(500), deposit=Decimal(100))
    bag = factories.make_extra(departure.trek, slug="bag", price="20.00")
    tent = factories.make_extra(departure.trek, slug="tent", price="30.00", offered_at="28.00")
    booking = factories.lapse(factories.filled(factories.held(departure, 2), {"bag": 2, "tent": 1}))
    type(bag).objects.update(price=Decimal("35.00"))
    tent.offers.update(price=Decimal("31.50"))
    Departure.objects.update(price=Decimal(700), deposit=Decimal(150))

    resumed = lifecycle.resume(booking.pk)

    lines = list(resumed.price_lines.values_list("label", "quantity", "unit_amount"))
    assert lines[1:] == [("bag", 2, Decimal(35)), ("tent", 1, Decimal("31.50"))]
    assert prices.total(resumed) == 1400 + 70 + Decimal("31.50")
    assert factories.reloaded(resumed).price_list.deposit == 150


def test_resume_gives_up_extras_that_are_no_longer_offered():
    departure = factories.make_departure()
    bag = factories.make_extra(departure.trek, slug="bag")
    booking = factories.lapse(factories.filled(factories.held(departure, 1), {"bag": 1}))
    bag.offers.all().delete()

    resumed = lifecycle.resume(booking.pk)

    assert prices.total(resumed) == departure.price
    assert not resumed.booked_extras.exists()


@pytest.mark.parametrize(
    ("setting", "who"),
    [("HOLDS_PER_BROWSER", {"browser": "one"}), ("HOLDS_PER_ADDRESS", {"address": "192.0.2.1"})],
)
def test_resume_is_refused_where_the_same_visitor_holds_too_many(settings, setting, who):
    setattr(settings, setting, 2)
    departure = factories.make_departure()
    lapsed = [factories.lapse(factories.held(departure, 1, **who)) for _ in range(3)]
    lifecycle.resume(lapsed[0].pk)
    other = lifecycle.resume(lapsed[1].pk)

    with pytest.raises(lifecycle.TooManyHolds):
        lifecycle.resume(lapsed[2].pk)

    assert factories.reloaded(lapsed[2]).has_lapsed(seats.clock())
    lifecycle.cancel(other.pk)
    assert lifecycle.resume(lapsed[2].pk).expires_at > seats.clock()


def test_resume_counts_no_hold_but_other_ones(settings):
    settings.HOLDS_PER_BROWSER = 1
    booking = factories.lapse(factories.held(browser="one"))

    lifecycle.resume(booking.pk)

    assert lifecycle.resume(booking.pk).status == "on_hold"

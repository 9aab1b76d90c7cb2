"""Price lists: the prices a booking was held at stand to its end, whatever the office changes."""

from datetime import timedelta
from decimal import Decimal

import factories
import factories_money
import pytest
from django.db import connection, transaction
from factories import refused
from factories_money import lines, set_fares

from bookings import lifecycle, prices
from bookings.models import Departure, PriceList
from treks.models import Extra, Fare, OfferedExtra, PartyRate

pytestmark = pytest.mark.django_db
OFFICE = lifecycle.office()


@pytest.fixture
def trek():
    """A trek with a child's fare, a price for four and more, and two extras."""
    trek = factories.make_trek(short_name="Lares")
    factories_money.make_fare(trek, "child", "100.00")
    factories_money.make_party_rate(trek, 3, "40.00")
    factories.make_extra(trek, slug="bag", price="20.00")
    factories.make_extra(trek, slug="poles", price="20.00", offered_at="12.50")
    return trek


def make_everything_dearer():
    Departure.objects.update(price=Decimal(990), deposit=Decimal(400))
    Fare.objects.update(reduction=Decimal(5))
    PartyRate.objects.update(reduction=Decimal(1))
    Extra.objects.update(price=Decimal(77))
    OfferedExtra.objects.update(price=Decimal(88))


HELD = [
    ("trek", "adult", 2, Decimal(590)),
    ("trek", "child", 1, Decimal(490)),
    ("party", "3", 3, Decimal(-40)),
    ("extra", "bag", 2, Decimal(20)),
    ("extra", "poles", 1, Decimal("12.50")),
]


def test_held_prices_stand_while_the_office_changes_every_one_of_them(trek):
    booking = factories.held(factories.make_departure(trek), 3)
    make_everything_dearer()

    factories.filled(booking, {"bag": 2, "poles": 1})
    set_fares(booking, "adult", "adult", "child")
    placed = lifecycle.place(booking.pk, "transfer", "2026-11-01")

    assert lines(booking) == HELD
    assert (prices.total(booking), placed.due_now) == (Decimal("1602.50"), Decimal(450))


def test_fare_given_after_placing_changes_the_lines_at_the_held_prices(trek):
    booking = factories.placed(factories.make_departure(trek), 3, extras={"bag": 2, "poles": 1})
    make_everything_dearer()

    lifecycle.correct_traveler(booking.pk, 3, {"fare_class": "child"}, by=OFFICE)

    assert lines(booking) == HELD
    assert "fares_changed" in factories.kinds(booking)


def test_birth_date_alone_changes_no_line(trek):
    booking = factories.placed(factories.make_departure(trek), 3)
    before = lines(booking)
    make_everything_dearer()

    lifecycle.correct_traveler(booking.pk, 3, {"birth_date": "2015-01-01"}, by=OFFICE)

    assert lines(booking) == before
    assert "fares_changed" not in factories.kinds(booking)


def test_party_that_grows_pays_the_held_price(trek):
    booking = factories.held(factories.make_departure(trek), 2)
    make_everything_dearer()

    lifecycle.resize(booking.pk, 3)

    assert lines(booking) == [("trek", "adult", 3, Decimal(590)), ("party", "3", 3, Decimal(-40))]


def test_fare_that_is_free_leaves_the_others_their_price_for_a_larger_party(trek):
    factories_money.make_fare(trek, "student", "600.00")
    booking = factories.held(factories.make_departure(trek), 4)

    set_fares(booking, "adult", "adult", "adult", "student")

    assert lines(booking) == [
        ("trek", "adult", 3, Decimal(590)),
        ("trek", "student", 1, Decimal(0)),
        ("party", "3", 3, Decimal(-40)),
    ]


def test_same_prices_are_one_version_and_a_change_back_is_the_first_one_again(trek):
    departure = factories.make_departure(trek)
    first, same = factories.held(departure), factories.held(departure)
    Departure.objects.update(price=Decimal(600))
    dearer = factories.held(departure)
    Departure.objects.update(price=Decimal(590))

    again = factories.held(departure)

    assert first.price_list == same.price_list == again.price_list != dearer.price_list
    assert PriceList.objects.count() == 2


@pytest.mark.parametrize("change", ["departure", "fare", "rate", "extra", "offer", "deposit"])
def test_a_change_anywhere_is_a_new_version(trek, change):
    departure = factories.make_departure(trek)
    factories.held(departure)
    changes = {
        "departure": lambda: Departure.objects.update(price=Decimal(600)),
        "deposit": lambda: Departure.objects.update(deposit=Decimal(160)),
        "fare": lambda: Fare.objects.update(reduction=Decimal(5)),
        "rate": lambda: PartyRate.objects.update(reduction=Decimal(5)),
        "extra": lambda: Extra.objects.filter(slug="bag").update(price=Decimal(21)),
        "offer": lambda: OfferedExtra.objects.filter(extra__slug="poles").delete(),
    }

    changes[change]()
    factories.held(departure)

    assert PriceList.objects.count() == 2


def test_lapsed_hold_that_is_taken_up_again_takes_todays_prices(trek):
    booking = factories.lapse(factories.filled(factories.held(factories.make_departure(trek), 1), {"bag": 1}))
    make_everything_dearer()

    booking = lifecycle.resume(booking.pk)

    assert lines(booking) == [("trek", "adult", 1, Decimal(990)), ("extra", "bag", 1, Decimal(88))]
    assert booking.price_list.price == 990


def test_hold_taken_up_again_gives_up_its_extras_where_one_is_not_offered_any_more(trek):
    booking = factories.filled(factories.held(factories.make_departure(trek), 1), {"bag": 1, "poles": 1})
    factories.lapse(booking)
    OfferedExtra.objects.filter(extra__slug="bag").delete()

    booking = lifecycle.resume(booking.pk)

    assert [line[:2] for line in lines(booking)] == [("trek", "adult")]
    assert lifecycle.extras.extras_values(booking) == {}
    assert booking.extras_chosen is False


def test_living_hold_keeps_its_prices_when_it_is_taken_up_again(trek):
    booking = factories.held(factories.make_departure(trek), 1)
    make_everything_dearer()

    assert prices.total(lifecycle.resume(booking.pk)) == 590


def test_other_dates_keep_prices_and_the_day_of_the_balance(trek):
    booking = factories.placed(factories.make_departure(trek), 1)
    day, before = booking.balance_due_on, lines(booking)
    departure = booking.departure
    make_everything_dearer()

    week = timedelta(days=7)
    lifecycle.change_dates(departure.pk, departure.start_date + week, departure.end_date + week)

    assert lines(booking) == before
    assert factories.reloaded(booking).balance_due_on == day


def test_party_that_shrinks_keeps_of_its_extras_what_makes_sense():
    trek = factories.make_trek()
    for slug, unit in (("ticket", "per_person"), ("horse", "per_day"), ("bed", "per_night"), ("bag", None)):
        extra = factories.make_extra(trek, slug=slug, stock=None)
        Extra.objects.filter(pk=extra.pk, slug__in=["ticket", "horse", "bed"]).update(charge_unit=unit)
    booking = factories.held(factories.make_departure(trek, days=4), 3)
    lifecycle.choose_extras(booking.pk, {"ticket": 3, "horse": 12, "bed": 9, "bag": 5})

    lifecycle.resize(booking.pk, 1)

    assert lifecycle.extras.extras_values(booking) == {"ticket": 1, "horse": 4, "bed": 3, "bag": 5}
    assert [line[1:3] for line in lines(booking)[1:]] == [("ticket", 1), ("horse", 4), ("bed", 3), ("bag", 5)]


def test_more_of_an_extra_than_the_party_can_use_is_refused_as_that_and_not_as_want_of_stock():
    trek = factories.make_trek()
    Extra.objects.filter(pk=factories.make_extra(trek, slug="horse", stock=99).pk).update(
        charge_unit="per_day"
    )
    booking = factories.held(factories.make_departure(trek, days=4), 1)

    with pytest.raises(lifecycle.TooManyForParty) as refused:
        lifecycle.choose_extras(booking.pk, {"horse": 5})

    assert (refused.value.most, str(refused.value)) == (4, "horse: at most 4 for this party.")
    assert lifecycle.extras.extras_values(lifecycle.choose_extras(booking.pk, {"horse": 4})) == {"horse": 4}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE bookings_pricelist SET price = price + 1 WHERE id = %s",
        "UPDATE bookings_pricelist SET extras = '{}' WHERE id = %s",
        "DELETE FROM bookings_pricelist WHERE id = %s",
    ],
)
def test_price_list_cannot_be_changed_by_anybody(trek, sql):
    booking = factories.held(factories.make_departure(trek))

    with refused("records_are_only_added"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [booking.price_list_id])

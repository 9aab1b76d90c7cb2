"""Promotion codes: when they are open, how often, what they take off."""

import threading
from datetime import timedelta
from decimal import Decimal

import factories
import pytest
from django.db import connection, transaction
from django.utils import timezone
from factories import refused
from factories_money import lines, make_promotion, set_fares
from threads import at_once

from bookings import lifecycle, prices, seats
from bookings.models import Promotion

pytestmark = pytest.mark.django_db
OFFICE = lifecycle.office()


def held_with(code="PUNA", departure=None, party_size=1):
    return lifecycle.use_promotion(factories.held(departure, party_size).pk, code)


def placed_with(code="PUNA", departure=None):
    return lifecycle.place(factories.filled(held_with(code, departure)).pk, "transfer", "2026-11-01")


def test_percentage_counts_on_the_seats_and_not_on_the_extras():
    make_promotion(percent=10)
    trek = factories.make_trek()
    factories.make_extra(trek, slug="bag", price="20.00")

    booking = factories.filled(held_with(departure=factories.make_departure(trek), party_size=2), {"bag": 1})

    assert lines(booking) == [
        ("trek", "adult", 2, Decimal(590)),
        ("promotion", "PUNA", 1, Decimal(-118)),
        ("extra", "bag", 1, Decimal(20)),
    ]


def test_amount_is_for_the_party_and_never_more_than_the_seats():
    make_promotion(amount=Decimal(700))

    assert prices.total(held_with(party_size=2)) == 480
    assert prices.total(held_with(party_size=1)) == 0


def test_booking_that_costs_nothing_is_confirmed_when_it_is_placed():
    make_promotion(percent=100)

    booking = placed_with()

    assert (factories.reloaded(booking).status, booking.due_now) == ("confirmed", 0)
    assert factories.told(booking) == ["deposit_received"]


def test_code_is_read_in_small_letters_and_taken_off_when_empty():
    make_promotion()
    booking = held_with(" puna ")
    assert booking.promotion.code == "PUNA"

    booking = lifecycle.use_promotion(booking.pk, "")

    assert (booking.promotion, prices.total(booking)) == (None, 590)
    assert factories.kinds(booking).count("promotion_changed") == 2


def test_same_code_again_changes_nothing():
    make_promotion(limit=1)
    booking = held_with()

    again = lifecycle.use_promotion(booking.pk, "PUNA")

    assert again.version == booking.version
    assert factories.kinds(booking).count("promotion_changed") == 1


@pytest.mark.parametrize(
    ("starts", "ends", "is_open"), [(0, 0, True), (-9, 0, True), (0, 9, True), (1, 9, False), (-9, -1, False)]
)
def test_code_is_open_from_its_first_day_to_its_last(starts, ends, is_open):
    today = timezone.localdate()
    make_promotion(starts_on=today + timedelta(starts), ends_on=today + timedelta(ends))
    booking = factories.held()

    if is_open:
        assert lifecycle.use_promotion(booking.pk, "PUNA").promotion is not None
    else:
        with pytest.raises(lifecycle.NoSuchPromotion):
            lifecycle.use_promotion(booking.pk, "PUNA")


def test_code_of_another_trek_and_unknown_code_are_refused():
    trek = factories.make_trek()
    make_promotion(trek=trek)

    for code in ("PUNA", "CONDOR"):
        with pytest.raises(lifecycle.NoSuchPromotion):
            held_with(code)
    assert held_with(departure=factories.make_departure(trek)).promotion is not None


def test_placed_booking_and_lapsed_hold_take_no_code():
    make_promotion()

    with pytest.raises(lifecycle.WrongStatus):
        lifecycle.use_promotion(factories.placed().pk, "PUNA")
    with pytest.raises(lifecycle.Lapsed):
        lifecycle.use_promotion(factories.lapse(factories.held()).pk, "PUNA")


def test_limit_is_given_back_by_a_lapsed_hold_and_by_a_cancelled_booking():
    make_promotion(limit=1)
    first = held_with()
    with pytest.raises(lifecycle.NoSuchPromotion):
        held_with()
    factories.lapse(first)
    second = placed_with()
    lifecycle.cancel(second.pk)

    assert held_with().promotion is not None


def test_limit_is_kept_by_a_placed_booking_whose_time_ran_out_while_its_money_may_come():
    make_promotion(limit=1)
    booking = factories.lapse(placed_with())

    with pytest.raises(lifecycle.NoSuchPromotion):
        held_with()
    factories.pay(booking, booking.due_now)

    assert factories.reloaded(booking).status == "confirmed"


def test_lapsed_hold_taken_up_again_loses_a_code_that_is_used_up_or_over():
    promotion = make_promotion(limit=1)
    lost, over = factories.lapse(held_with()), factories.lapse(held_with())
    other = held_with()
    assert prices.total(lifecycle.resume(lost.pk)) == 590

    lifecycle.cancel(other.pk)
    Promotion.objects.update(ends_on=promotion.starts_on)
    assert prices.total(lifecycle.resume(over.pk)) == 590


def test_fares_change_what_a_percentage_takes_off():
    make_promotion(percent=50)
    departure = factories.make_departure()
    departure.trek.fares.create(fare_class="child", reduction=Decimal(90))
    booking = held_with(departure=departure, party_size=2)

    set_fares(booking, "adult", "child")

    assert lines(booking)[-1] == ("promotion", "PUNA", 1, Decimal(-545))


def test_cancelled_booking_comes_back_with_its_code_only_while_the_code_is_not_used_up():
    promotion = make_promotion(limit=1)
    booking = placed_with()
    lifecycle.cancel(booking.pk)
    other = placed_with()

    with pytest.raises(lifecycle.Refused, match="The promotion PUNA is used up: raise its limit first."):
        lifecycle.reinstate(booking.pk, by=OFFICE)
    assert factories.reloaded(booking).status == "cancelled"
    lifecycle.cancel(other.pk)

    assert lifecycle.reinstate(booking.pk, by=OFFICE).status == "pending"
    assert (prices.total(booking), factories.reloaded(booking).promotion) == (531, promotion)


@pytest.mark.parametrize("change", ["percent = 11", "code = 'X99'", "percent = NULL, amount = 5"])
def test_worth_of_a_code_never_changes(change):
    promotion = make_promotion()

    with refused("records_are_only_added"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE bookings_promotion SET {change} WHERE id = %s", [promotion.pk])
    Promotion.objects.update(ends_on=promotion.ends_on + timedelta(days=9), limit=3)


@pytest.mark.django_db(transaction=True)
def test_limit_is_never_passed_by_many_at_once_on_several_departures():
    make_promotion(limit=3)
    departures = [factories.make_departure() for _ in range(3)]
    holds = [factories.held(departures[number % 3], 1) for number in range(9)]

    results = at_once([lambda hold=hold: lifecycle.use_promotion(hold.pk, "PUNA") for hold in holds])

    refusals = [result for result in results if isinstance(result, lifecycle.NoSuchPromotion)]
    assert len(refusals) == 6
    assert Promotion.objects.get().bookings.count() == 3


@pytest.mark.django_db(transaction=True)
def test_limit_is_never_passed_by_bookings_that_come_back_at_once():
    promotion = make_promotion(limit=6)
    bookings = [placed_with(departure=factories.make_departure()) for _ in range(6)]
    for booking in bookings:
        lifecycle.cancel(booking.pk)
    Promotion.objects.update(limit=2)

    results = at_once([lambda one=one: lifecycle.reinstate(one.pk, by=OFFICE) for one in bookings])

    assert sum(isinstance(result, lifecycle.Refused) for result in results) == 4
    assert promotion.bookings.filter(status="pending").count() == 2


@pytest.mark.django_db(transaction=True)
def test_hold_that_is_extended_at_its_last_moment_keeps_its_use_of_a_code():
    make_promotion(limit=1)
    theirs = factories.held()
    ours = factories.lapse(held_with(), by="-2 seconds")
    extended, over = threading.Event(), threading.Event()

    def extend_slowly():
        with transaction.atomic():
            lifecycle.extend(ours.pk)
            extended.set()
            over.wait(10)
            threading.Event().wait(0.5)

    def take_the_code():
        extended.wait(10)
        while seats.clock() <= ours.expires_at:
            threading.Event().wait(0.02)
        over.set()
        lifecycle.use_promotion(theirs.pk, "PUNA")

    outcome = at_once([extend_slowly, take_the_code])

    assert outcome[0] is None
    assert isinstance(outcome[1], lifecycle.NoSuchPromotion)

"""Seats are counted from rows: confirmed ones, and kept ones until their time is over."""

from datetime import timedelta

import factories
import pytest

from bookings import lifecycle, seats
from bookings.models import Departure

pytestmark = pytest.mark.django_db


def in_every_state(departure):
    """Eight bookings, of 1, 2, 4, … people, in every state there is."""
    makes = (factories.held, factories.placed, factories.confirmed)
    living = [make(departure, 2**n) for n, make in enumerate(makes)]
    lapsed = [factories.lapse(make(departure, 8)) for make in (factories.held, factories.placed)]
    cancelled = [lifecycle.cancel(make(departure, 16).pk) for make in makes]
    return living + lapsed + cancelled


def test_seats_are_taken_by_what_is_confirmed_or_still_kept():
    departure = factories.make_departure(capacity=40)
    in_every_state(departure)
    now = seats.clock()

    assert seats.taken(departure, now) == 1 + 2 + 4
    assert seats.left(departure, now) == 40 - 7
    assert seats.taken(departure, now + timedelta(days=30)) == 4


def test_seats_are_counted_besides_one_booking():
    departure = factories.make_departure(capacity=40)
    hold, pending, *_ = in_every_state(departure)
    now = seats.clock()

    assert seats.taken(departure, now, besides=pending) == 1 + 4
    assert seats.left(departure, now, besides=hold) == 40 - 6


def test_seats_are_free_from_the_very_moment_a_hold_ends():
    booking = factories.held(party_size=2)
    moment = timedelta(microseconds=1)

    assert seats.taken(booking.departure, booking.expires_at - moment) == 2
    assert seats.taken(booking.departure, booking.expires_at) == 0
    assert booking.has_lapsed(booking.expires_at)
    assert not booking.has_lapsed(booking.expires_at - moment)


def test_seats_of_other_departures_do_not_count():
    departure = factories.make_departure()
    factories.held(factories.make_departure(departure.trek, starts_in=121), 3)

    assert seats.taken(departure, seats.clock()) == 0


def test_list_counts_as_the_verbs_do():
    departure = factories.make_departure(capacity=40, minimum_to_run=5)
    in_every_state(departure)

    row = seats.with_seats(Departure.objects.all()).get()

    assert (row.seats_taken, row.seats_confirmed, row.seats_held, row.seats_left) == (7, 4, 1, 33)
    assert (row.runs, row.needs_more) == (False, 1)
    lifecycle.change_capacity(departure.pk, 7)
    assert seats.with_seats(Departure.objects.all()).get().seats_left == 0


def test_list_of_an_empty_departure_counts_nothing():
    factories.make_departure(minimum_to_run=2)

    row = seats.with_seats(Departure.objects.all()).get()

    assert (row.seats_taken, row.seats_confirmed, row.seats_held, row.needs_more) == (0, 0, 0, 2)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_one_query(rows, django_assert_num_queries):
    for number in range(rows):
        departure = factories.make_departure(starts_in=100 + number)
        factories.held(departure)
        factories.confirmed(departure)

    with django_assert_num_queries(1):
        found = list(seats.with_seats(Departure.objects.select_related("trek")))
        told = [(str(row), row.seats_left, row.runs) for row in found]

    assert len(told) == rows
    assert {left for _, left, _ in told} == {8}


def test_clock_is_the_databases_and_runs_within_a_transaction():
    first, second = seats.clock(), seats.clock()

    assert second > first
    assert first.tzinfo is not None

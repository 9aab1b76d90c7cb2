"""A day's clock times: worked out from its start, its rides and its walk, and never more exact than that."""

from datetime import time
from decimal import Decimal

from treks.clock import clock_times
from treks.models import ItineraryDay, Place, Transfer


def day(start=time(5, 30), low="3.5", high="5.0"):
    return ItineraryDay(start_time=start, hours_min=Decimal(low), hours_max=Decimal(high))


def ride(mode, hours, after_walk=False):
    places = {"from_place": Place(name="Cusco"), "to_place": Place(name="Lares")}
    return Transfer(mode=mode, hours=Decimal(hours), after_walk=after_walk, **places)


def test_clock_counts_ride_and_walk_from_the_start():
    moments = clock_times(day(), [ride("van", "4.0")])

    assert [(moment.text, moment.at, moment.until) for moment in moments] == [
        ("Van Cusco – Lares", time(5, 30), None),
        ("Arrival at Lares", time(9, 30), None),
        ("The walk begins", time(9, 30), None),
        ("The walk ends", time(13, 0), time(14, 30)),
    ]


def test_clock_knows_no_time_after_a_soak():
    to_the_springs = ride("van", "4.0")
    to_the_springs.to_place.kind = "hot_springs"

    moments = clock_times(day(), [to_the_springs, ride("van", "0.5", after_walk=True)])

    assert [moment.at for moment in moments] == [time(5, 30), time(9, 30), None, None]


def test_clock_gives_no_time_for_a_train_after_the_walk_and_for_what_follows():
    rides = [ride("van", "0.3", after_walk=True), ride("train", "1.7", True), ride("van", "1.8", True)]

    van, train, last_van = clock_times(day(time(7, 0)), rides)[2:]

    assert van.at == time(10, 30)
    assert (train.at, last_van.at) == (None, None)


def test_clock_rounds_to_the_quarter_hour():
    moments = clock_times(day(time(5, 30)), [ride("bus", "0.45")])

    assert moments[1].at == time(6, 0)


def test_clock_is_empty_where_nobody_said_when_the_day_starts():
    assert clock_times(day(start=None), [ride("van", "4.0")]) == []


def test_clock_of_a_day_without_a_walk_has_rides_only():
    moments = clock_times(day(low="0", high="0"), [ride("van", "4.0")])

    assert [moment.text for moment in moments] == ["Van Cusco – Lares", "Arrival at Lares"]


def test_clock_says_no_time_past_midnight():
    moments = clock_times(day(time(20, 0)), [ride("van", "4.5")])

    assert moments[1].at is None

"""The route map: true to scale, north up, whole or not at all, and honest about what is approximate."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import translation

from tests.factories import make_day, make_trek, make_waypoint
from tests.factories_treks import make_place
from treks.reading import places_by_name
from treks.ridge import Point
from treks.route import KM_PER_DEGREE, OFF_BY_KM, SCALE_KM, map_of

POINTS = [
    Point(3250, 0, 1, "Springs"),
    Point(3800, 9, 1, "Village", is_bed=True),
    Point(3050, 33, 3, "Road"),
    Point(2792, 33, 3, "Town", by_vehicle=True),
    Point(2040, 33, 3, "Terminus", by_vehicle=True, is_bed=True),
]


def place(latitude, longitude, is_approximate=False):
    return SimpleNamespace(
        latitude=Decimal(latitude), longitude=Decimal(longitude), position_is_approximate=is_approximate
    )


def places():
    return {
        "Springs": place("-13.10", "-72.05"),
        "Village": place("-13.14", "-72.11", is_approximate=True),
        "Road": place("-13.23", "-72.22"),
        "Town": place("-13.26", "-72.26"),
        "Terminus": place("-13.15", "-72.52"),
    }


def number(percent):
    return float(percent.rstrip("%"))


def test_map_has_north_up_and_west_on_the_left():
    first, *_, last = [stop for stop in map_of(POINTS, places()).stops if not stop.is_outside]

    assert (first.point.name, last.point.name) == ("Springs", "Town")
    assert number(first.x) > number(last.x)
    assert number(first.y) < number(last.y)


def test_map_is_true_to_scale_in_both_directions():
    drawn = map_of(POINTS, places())
    springs, town = drawn.stops[0], drawn.stops[3]

    kilometer = number(drawn.bar) / SCALE_KM
    down = (number(town.y) - number(springs.y)) * drawn.tall / 1000
    across = number(springs.x) - number(town.x)

    assert down / kilometer == pytest.approx(0.16 * KM_PER_DEGREE, rel=0.02)
    assert across / kilometer == pytest.approx(0.21 * KM_PER_DEGREE * 0.974, rel=0.02)


def test_map_draws_how_far_off_an_approximate_place_may_be():
    drawn = map_of(POINTS, places())

    [(x, _, radius)] = drawn.circles
    assert x == pytest.approx(number(drawn.stops[1].x) * 10, abs=1)
    assert radius == pytest.approx(number(drawn.bar) * 10 / SCALE_KM * OFF_BY_KM, abs=1)


def test_map_leaves_the_end_of_the_train_outside_and_says_so():
    drawn = map_of(POINTS, places())

    assert [stop.point.name for stop in drawn.stops if stop.is_outside] == ["Terminus"]
    assert [stop.number for stop in drawn.in_the_west] == [5]
    assert 0 < number(drawn.exit_y) < 100


def test_map_numbers_the_stops_as_the_table_does_and_leaves_a_nameless_bed_out():
    bed = Point(3600, 20, 2, is_bed=True, by_vehicle=True)

    drawn = map_of([*POINTS[:2], bed, *POINTS[2:]], places())

    assert [stop.number for stop in drawn.stops] == [1, 2, 4, 5, 6]
    assert (drawn.walk, drawn.rides) == (map_of(POINTS, places()).walk, map_of(POINTS, places()).rides)


def test_map_leaves_a_ride_outside_that_would_make_the_walk_small():
    north = places() | {"Town": place("-12.60", "-72.20")}
    west = places() | {"Town": place("-13.15", "-72.52")}

    for far in (north, west):
        assert [stop.point.name for stop in map_of(POINTS, far).outside] == ["Town", "Terminus"]


def test_map_points_west_only_where_the_way_goes_on_in_the_west():
    east = places() | {"Town": place("-13.15", "-71.50"), "Terminus": place("-13.15", "-71.40")}

    drawn = map_of(POINTS, east)

    assert [stop.number for stop in drawn.outside] == [4, 5]
    assert drawn.in_the_west == []


def test_map_of_rides_alone_is_none():
    assert map_of(POINTS[3:], places()) is None


@pytest.mark.parametrize("lacking", ["Springs", "Terminus"])
def test_map_is_not_drawn_where_a_named_point_has_no_position(lacking):
    some = places()
    some[lacking] = SimpleNamespace(latitude=None, longitude=None, position_is_approximate=False)

    assert map_of(POINTS, some) is None
    assert map_of(POINTS, {name: found for name, found in places().items() if name != lacking}) is None


def test_map_of_a_single_point_is_none():
    assert map_of(POINTS[:1], places()) is None


@pytest.mark.django_db
def test_trek_page_shows_the_map_beside_the_figures_of_the_walk(client):
    trek = make_trek(slug="classic")
    make_day(trek, 1)
    for number, (name, latitude, km) in enumerate([("Springs", "-13.10", 0), ("Pass", "-13.15", 9)], 1):
        here = make_place(name=name, slug=name.lower(), latitude=latitude, longitude="-72.1")
        make_waypoint(
            trek, number, km=km, label=name, place=here, day_number=1, altitude_m=3000 + 500 * number
        )

    text = client.get(reverse("trek", args=["classic"])).text

    assert "The walk, from above" in text
    assert text.count("walk-table") == 1
    trek.waypoints.last().place.delete()
    assert "The walk, from above" not in client.get(reverse("trek", args=["classic"])).text


@pytest.mark.django_db
def test_trek_known_by_its_days_has_a_map_where_all_its_stops_have_a_position(client):
    trek = make_trek(
        slug="short",
        start_place=make_place(name="Springs", slug="springs", latitude="-13.10", longitude="-72.05"),
    )
    camp = make_place(name="Camp", slug="camp", latitude="-13.15", longitude="-72.1")
    make_day(
        trek,
        1,
        start_altitude_m=3250,
        highest_altitude_m=3800,
        end_altitude_m=3800,
        sleeping_altitude_m=3800,
        overnight_place=camp,
    )

    assert "The walk, from above" in client.get(reverse("trek", args=["short"])).text
    type(camp).objects.update(latitude=None, longitude=None)
    assert "The walk, from above" not in client.get(reverse("trek", args=["short"])).text


@pytest.mark.django_db
def test_trek_with_two_places_called_alike_has_no_map(client):
    make_place(name="Springs", slug="springs", latitude="-13.10", longitude="-72.05")
    start = make_place(name="Springs", slug="other-springs", latitude="-13.90", longitude="-72.05")
    camp = make_place(name="Camp", slug="camp", latitude="-13.15", longitude="-72.1")
    trek = make_trek(slug="short", start_place=start)
    make_day(trek, 1, start_altitude_m=3250, highest_altitude_m=3800, overnight_place=camp)

    assert "The walk, from above" not in client.get(reverse("trek", args=["short"])).text


@pytest.mark.django_db
def test_places_are_found_by_their_names_in_the_readers_language_and_else_as_they_are():
    make_place(name="Springs", name_en="Springs", name_es="Baños", slug="springs")
    make_place(name="Camp", name_en="Camp", slug="camp")

    with translation.override("es"):
        assert places_by_name().keys() == {"Baños", "Camp"}

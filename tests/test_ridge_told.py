"""What the poster of a ridge tells in words: every stop, night and day, on phones and on wide screens."""

import pytest

from tests.profiles import a_day, classic_days, huaran_days, long_days, schematic_days, waypoints
from treks.ridge import points_of, ridge_from
from treks.ridge.large import poster

LAST_DAY = a_day(3, 20, 3700, 4500, 3000, None)


def test_labels_name_passes_villages_springs_and_camps_also_on_a_phone():
    drawing = ridge_from(classic_days(), waypoints()).poster

    names = {label.name for label in [*drawing.both, *drawing.narrow]}

    assert {
        "Lares Hot Springs", "Huacahuasi", "Ipsay Pass", "Ipsaycocha Lagoon", "Patacancha", "Willoc",
    } <= names  # fmt: skip


def test_start_at_the_lowest_point_is_named_in_the_sky_and_not_among_the_days():
    days = [a_day(1, 12, 2900, 3900, 3900, 3900, "Cancha Cancha"), a_day(2, 13, 3900, 4700, 3700, 3700)]

    drawing = ridge_from(days, [], "Huaran").poster

    start = next(label for label in [*drawing.both, *drawing.narrow] if label.name == "Huaran")
    assert start.name_dy < 0


def test_labels_name_the_pass_and_both_ends_on_a_wide_poster():
    ridge = ridge_from(classic_days(), waypoints())

    names = {label.name for label in [*ridge.poster.both, *ridge.poster.wide]}

    assert {"Lares Hot Springs", "Huacahuasi", "Ipsay Pass", "Ipsaycocha Lagoon", "Machu Picchu"} <= names


def test_poster_tells_each_night_once():
    ridge = ridge_from(classic_days(), waypoints())

    assert [(night.number, night.altitude) for night in ridge.poster.nights] == [
        (1, 3800),
        (2, 4200),
        (3, 2040),
    ]
    assert [night.name for night in ridge.poster.nights if night.is_named] == ["Aguas Calientes"]


def test_poster_says_what_would_crowd_the_right_edge_only_where_there_is_room():
    points = points_of(classic_days(), waypoints())

    drawing = poster(points, classic_days())

    assert all(not label.room or label.name == "Ollantaytambo" for label in drawing.wide)
    assert not any(label.room for label in [*drawing.both, *drawing.narrow])


def test_poster_names_a_second_pass_and_the_end():
    drawing = ridge_from(huaran_days(), [], "Huaran", "Pachacutec Pass").poster

    assert "Huillquicasa Pass" in {label.name for label in [*drawing.both, *drawing.wide]}
    assert {(goal.name, screens) for goal, screens in drawing.goals} == {
        ("Cuncani", "wide-only"),
        ("Cuncani", "narrow-only"),
    }


@pytest.mark.parametrize(
    ("days", "surveyed"),
    [
        (classic_days(), True),
        (schematic_days(), False),
        (long_days(), False),
        (huaran_days(), False),
        # Two nights of which a phone has room for one, and a summit right beside the start.
        (
            [a_day(1, 9, 3250, 3800, 3800, 3800, "A"), a_day(2, 2, 3800, 3800, 3700, 3700, "B"), LAST_DAY],
            False,
        ),
        ([a_day(1, 3, 3000, 3080, 2000, None, title="Start – High Pass – End")], False),
    ],
)
@pytest.mark.parametrize("screens", ["narrow-only", "wide-only"])
def test_every_stop_has_its_name_and_altitude_in_the_sky_at_a_night_or_under_its_number(
    days, surveyed, screens
):
    ridge = ridge_from(days, waypoints() if surveyed else [], "Huaran", "Pachacutec Pass")
    drawing, narrow = ridge.poster, screens == "narrow-only"

    said = [
        (label.name, label.altitude)
        for label in [*drawing.both, *(drawing.narrow if narrow else drawing.wide)]
        if not label.room
    ]
    said += [(goal.name, goal.altitude) for goal, on in drawing.goals if on == screens]
    named = {name for name, _ in said}
    said += [
        (night.name, night.altitude)
        for night in drawing.nights
        if night.fits_narrow or not narrow
        if night.name in named or (night.shift is not None if narrow else night.is_named)
    ]
    told = {stop.number: stop.point for stops, on in drawing.numbered if on == screens for stop in stops}

    assert all(ridge.stops[number - 1] == stop for number, stop in told.items())
    said += [(stop.name, stop.altitude) for stop in told.values()]
    assert {(stop.name, stop.altitude) for stop in ridge.stops} - set(said) == set()


def test_stops_without_room_for_words_are_numbered():
    ((narrow, screens),) = ridge_from(classic_days(), waypoints()).poster.numbered

    assert screens == "narrow-only"
    assert [(stop.number, stop.point.name) for stop in narrow] == [
        (5, "Patacancha"),
        (7, "Pumamarca (road)"),
        (8, "Ollantaytambo"),
    ]


def test_a_night_is_named_under_the_hill_where_no_other_name_is_in_its_way():
    nights = ridge_from(long_days(), []).poster.nights

    assert [night.name for night in nights if night.shift is not None] == ["Huacahuasi", "Aguas Calientes"]


def test_goal_without_room_beside_it_is_named_high_in_the_sky_of_a_phone():
    classic = ridge_from(classic_days(), waypoints()).poster

    ((goal, screens),) = classic.goals

    assert "Machu Picchu" not in {label.name for label in [*classic.both, *classic.narrow]}
    assert (goal.name, goal.altitude, screens) == ("Machu Picchu", 2430, "narrow-only")


def test_days_say_their_climb_where_it_stands_clear_of_the_nights():
    spans = ridge_from(classic_days(), waypoints()).poster.days

    assert [(span.day.number, span.climb) for span in spans] == [(1, "roomy"), (2, "roomy"), (3, "roomy")]


def test_a_night_in_a_place_without_a_name_is_a_number_and_an_altitude():
    (night,) = ridge_from(
        [a_day(1, 9, 3250, 3800, 3700, 3700), a_day(2, 9, 3700, 4450, 3900, None)], []
    ).poster.nights

    assert (night.number, night.altitude, night.is_named, night.shift) == (1, 3700, False, None)

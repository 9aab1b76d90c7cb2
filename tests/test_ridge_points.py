"""Points and shapes of a ridge: nights marked, heights linear, bands cut where they cross."""

from itertools import pairwise

from tests.profiles import a_day, classic_days, huaran_days, schematic_days, waypoints
from treks.ridge import Point, points_of
from treks.ridge.shapes import (
    above,
    bled,
    dashed,
    frame,
    inked,
    placed,
    stretch,
    surface,
)


def test_points_with_waypoints_mark_every_night():
    points = points_of(classic_days(), waypoints())

    assert [(p.name, p.day) for p in points if p.is_bed] == [
        ("Huacahuasi", 1),
        ("Ipsaycocha Lagoon", 2),
        ("Aguas Calientes", 3),
    ]
    assert [p.name for p in points if p.by_vehicle] == ["Ollantaytambo", "Aguas Calientes", "Machu Picchu"]


def test_points_add_a_bed_that_no_waypoint_reaches():
    points = points_of(classic_days()[:3], waypoints()[:9])

    assert points[-1].is_bed
    assert points[-1].by_vehicle
    assert points[-1].altitude == 2040


def test_points_without_waypoints_come_from_the_days():
    points = points_of(classic_days(), [])

    assert max(p.altitude for p in points) == 4450
    assert [p.altitude for p in points if p.is_bed] == [3800, 4200, 2040]
    assert points[-1].km == 36


def test_points_without_waypoints_carry_the_names_of_the_start_and_the_top():
    points = points_of(classic_days(), [], "Lares Hot Springs", "Ipsay Pass")

    named = [(p.name, p.altitude) for p in points if not p.is_bed and p.name]
    assert named == [("Lares Hot Springs", 3250), ("Ipsay Pass", 4450)]


def test_points_with_waypoints_keep_their_own_names():
    points = points_of(classic_days(), waypoints(), "Elsewhere", "Another pass")

    assert points == points_of(classic_days(), waypoints())


def test_placed_keeps_kilometers_to_scale():
    spots = placed(points_of(classic_days(), waypoints()), 50, 950)

    steps = [(b.x - a.x) / (b.point.km - a.point.km) for a, b in pairwise(spots) if not b.point.by_vehicle]
    assert max(steps) - min(steps) < 0.001
    assert spots[0].x == 50
    assert round(spots[-1].x) == 950


def test_frame_is_linear():
    points = [Point(2000, 0, 1), Point(4000, 1, 1)]

    scale = frame(points, 100, 700)

    assert (scale.y(4000), scale.y(3000), scale.y(2000)) == (100, 400, 700)


def test_surface_interpolates_and_stays_level_outside():
    spots = placed([Point(3000, 0, 1), Point(4000, 10, 1)], 0, 1000)

    assert surface(spots, 500) == 3500
    assert surface(spots, -10) == 3000
    assert surface(spots, 2000) == 4000


def test_above_cuts_at_the_crossings():
    rings = above([(0, 3000), (100, 4000), (200, 3000)], 3500)

    assert rings == [[(50, 3500), (100, 4000), (150, 3500)]]


def test_above_splits_two_summits():
    rings = above([(0, 4000), (10, 3000), (20, 4000)], 3500)

    assert len(rings) == 2
    assert rings[0][0] == (0, 3500)
    assert rings[1][-1] == (20, 3500)


def test_inked_uses_the_ink_of_each_band_and_no_other():
    spots = placed([Point(2600, 0, 1), Point(3200, 10, 1)], 0, 1000)

    inks = [ink for ink, _ in inked(bled(spots), frame([s.point for s in spots], 0, 800))]

    assert inks == ["i0", "i05", "i1"]


def test_dashed_is_one_stroke_per_ride():
    spots = placed(points_of(classic_days(), waypoints()), 50, 950)

    path = dashed(spots, frame([s.point for s in spots], 100, 700))

    assert path.count("M") == 1
    assert path.count("L") == 3


def test_stretch_interpolates_both_ends():
    spots = placed([Point(3000, 0, 1), Point(4000, 10, 1)], 0, 1000)

    assert stretch(spots, 250, 750) == [(250, 3250), (750, 3750)]


def test_points_without_waypoints_carry_the_pass_of_a_title_and_the_stop_after_it():
    points = points_of(huaran_days(), [], "Huaran", "Pachacutec Pass")

    assert [(p.name, p.altitude) for p in points[-2:]] == [("Huillquicasa Pass", 4400), ("Cuncani", 3850)]
    assert ("Pachacutec Pass", 4700) in [(p.name, p.altitude) for p in points]


def test_points_without_waypoints_are_named_where_rides_set_the_group_down_and_pick_it_up():
    points = points_of(schematic_days(), [])

    assert [(p.name, p.altitude, p.by_vehicle) for p in points if p.name] == [
        ("Huacahuasi", 3800, False),
        ("Patacancha", 3810, False),
        ("Aguas Calientes", 2040, True),
        ("Machu Picchu", 2430, True),
    ]


def test_a_walk_without_a_ride_before_it_starts_at_the_first_stop_of_its_title():
    by_train = a_day(1, 9, 3250, 3800, 3800, 2792, "Ollantaytambo")
    from_the_rails = a_day(2, 11, 2100, 2780, 2430, None, title="Km 104 – Sun Gate")

    assert [p.name for p in points_of([by_train, from_the_rails], [])][3:] == ["Km 104", "", ""]


def test_summit_reckoned_from_the_climb_stands_at_a_whole_kilometer():
    (summit,) = (point for point in points_of(schematic_days(), []) if point.altitude == 4450)

    assert summit.km == 16


def test_a_bed_has_the_name_of_its_place_and_not_of_the_stop_after_the_pass():
    day = a_day(1, 9, 3800, 4450, 3810, 3810, "Patacancha", title="Huacahuasi – Ipsay Pass – Ipsaycocha")

    assert points_of([day], [])[-1].name == "Patacancha"

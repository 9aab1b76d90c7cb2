"""The ridge: the profile becomes geometry that keeps its scale, its words apart and its days complete."""

from itertools import pairwise

import pytest

from tests.profiles import a_day, classic_days, huaran_days, long_days, schematic_days, waypoints
from treks.ridge import beds, points_of, ridge_from, sleep_chart
from treks.ridge.labels import Box, Canvas, Label, covered, labels, spared
from treks.ridge.large import POSTER_NARROW, POSTER_WIDE, canvases, poster, stem
from treks.ridge.shapes import (
    EXAGGERATION,
    placed,
    true_frame,
)
from treks.ridge.small import LEFT, RIGHT


@pytest.mark.parametrize(("widths", "font"), [(POSTER_WIDE, 13), (POSTER_NARROW, 11.5)])
@pytest.mark.parametrize("surveyed", [True, False])
def test_labels_never_touch_each_other(widths, font, surveyed):
    points = points_of(classic_days(), waypoints() if surveyed else [])
    spots, scale = placed(points, 50, 950), true_frame(points, 50, 950)
    sizes = canvases(widths, scale, font)

    found = labels(spots, scale, sizes)

    for canvas in sizes:
        boxes = [covered(label, canvas) for label in found]
        assert not any(a.meets(b) for i, a in enumerate(boxes) for b in boxes[:i])
        assert all(box.left >= 0 and box.right <= canvas.width for box in boxes)
        assert all(box.bottom <= canvas.height for box in boxes)


@pytest.mark.parametrize("days", [classic_days(), classic_days()[:2], [a_day(1, 20, 2900, 4700, 3700, 3700)]])
def test_every_profile_is_drawn_with_one_exaggeration(days):
    for drawing, left, right in [
        (ridge_from(days, []).poster, 50, 950),
        (ridge_from(days, []).small, LEFT, RIGHT),
    ]:
        points = points_of(days, [])
        spots = placed(points, left, right)
        walked = next((a, b) for a, b in pairwise(spots) if not b.point.by_vehicle)
        across = (walked[1].x - walked[0].x) / (walked[1].point.km - walked[0].point.km)
        climb = max(p.altitude for p in points) - min(p.altitude for p in points)

        assert drawing.tall / (climb / 1000) == pytest.approx(EXAGGERATION * across, abs=1)


def test_poster_gives_kilometers_and_altitude_to_read_along_the_line():
    readings = ridge_from(classic_days(), waypoints()).poster.readings

    assert readings[0] == (50, "0", 3250)
    assert ("16.2", 4450) in [(km, altitude) for _, km, altitude in readings]
    assert readings[-1] == (950, "", 2430)


def test_hero_shows_the_walk_without_the_rides():
    ridge = ridge_from(classic_days(), waypoints())

    assert not ridge.hero.dashes
    assert "Machu Picchu" not in {label.name for label in ridge.hero.wide}
    assert "Ipsay Pass" in {label.name for label in [*ridge.hero.both, *ridge.hero.narrow]}
    assert "Ipsay Pass" in {label.name for label in [*ridge.hero.both, *ridge.hero.wide]}


def test_ridge_knows_the_figures_of_the_facts_strip():
    ridge = ridge_from(classic_days(), waypoints())

    assert (ridge.top.name, ridge.top.altitude) == ("Ipsay Pass", 4450)
    assert ridge.highest_bed.altitude == 4200
    assert ridge.hardest_day.number == 2
    assert not ridge.is_schematic


def test_ridge_from_nothing_is_none():
    assert ridge_from([], []) is None


def test_ridge_from_a_level_day_draws():
    ridge = ridge_from([a_day(1, 4, 3800, 3800, 3800, 3800)], [])

    assert ridge.poster.bands
    assert ridge.is_schematic


def test_sleep_chart_counts_the_rise_from_cusco():
    columns = sleep_chart(beds(2, classic_days()[:3]))

    assert [column.bed.rise for column in columns] == [None, 401, 400, -2160]
    assert columns[0].bed.nights_before == 2
    assert [slab.ink for slab in columns[2].slabs] == ["i0", "i05", "i1", "i2", "i3"]
    assert [slab.ink for slab in columns[3].slabs] == ["i0"]


def test_a_bed_more_than_500_m_above_the_one_before_is_steep():
    days = [a_day(1, 9, 3250, 3900, 3900, 3900), a_day(2, 9, 3900, 4450, 4400, 4400)]

    assert [(bed.rise, bed.is_steep) for bed in beds(2, days)] == [(None, False), (501, True), (500, False)]


def test_a_bath_after_the_walk_is_a_ride_of_the_sketch():
    *walk, last = huaran_days()
    last.bathes_at, last.bathes_at_m = "Lares Hot Springs", 3250

    ridge = ridge_from([*walk, last], [], "Huaran", "Pachacutec Pass")

    assert [(stop.name, stop.altitude, stop.by_vehicle) for stop in ridge.stops[-2:]] == [
        ("Cuncani", 3850, False),
        ("Lares Hot Springs", 3250, True),
    ]


@pytest.mark.parametrize(("days", "surveyed"), [(classic_days(), True), (huaran_days(), False)])
def test_lines_of_nights_and_heights_run_through_no_name(days, surveyed):
    drawing = ridge_from(days, waypoints() if surveyed else [], "Huaran").poster
    wide = [Canvas(width, width * drawing.tall / 1000, 13) for width in POSTER_WIDE]
    narrow = [Canvas(width, width * drawing.tall / 1000, 11.5) for width in POSTER_NARROW]

    struck = [
        label.name
        for sizes, told, phone in [(wide, drawing.wide, False), (narrow, drawing.narrow, True)]
        for label in [*drawing.both, *told]
        for canvas in sizes
        for line in lines_of(drawing, canvas, phone)
        if covered(label, canvas).meets(line)
    ]

    assert struck == []


def lines_of(drawing, canvas, phone):
    """Every line of a poster on a canvas as a rectangle; a phone shows no altitudes in the sky."""
    for night in drawing.nights:
        x, end = share(night.x) * canvas.width, night.gap if phone and night.gap else "100%"
        yield Box(x - 1, share(night.y) * canvas.height, x + 1, share(end) * canvas.height)
    for level in () if phone else drawing.levels:
        y = share(level.y) * canvas.height
        yield Box(-canvas.width, y, 2 * canvas.width, y + 1)


def share(percentage):
    """A percentage as a share of one."""
    return float(percentage.rstrip("%")) / 100


def test_hero_names_the_camp_between_the_pass_and_the_village_where_there_is_room():
    drawing = ridge_from(classic_days(), waypoints()).hero

    assert "Ipsaycocha Lagoon" in {label.name for label in [*drawing.both, *drawing.wide]}


def test_line_up_to_the_goal_runs_through_no_name():
    points = points_of(schematic_days(), [])
    drawing, spots = poster(points, schematic_days()), placed(points, 50, 950)
    frame = true_frame(points, 50, 950)

    assert {screens for _, screens in drawing.goals} == {"narrow-only", "wide-only"}
    for widths, told in ((POSTER_NARROW, drawing.narrow), (POSTER_WIDE, drawing.wide)):
        for canvas in canvases(widths, frame, 13):
            line = stem(spots[-1], frame, canvas)
            assert not [label.name for label in [*told, *drawing.both] if covered(label, canvas).meets(line)]


def test_a_name_that_a_line_of_a_night_strikes_waits_for_a_screen_with_room():
    short = Label("5%", "50%", -6, 24, 40, "", "Lares Hot Springs", 3250)
    wide = [Canvas(760, 300, 13), Canvas(1000, 300, 13)]

    rooms = [
        spared([short], wide, lines)[0].room
        for lines in ([[], []], [[Box(100, 0, 106, 300)], []], [[], [Box(100, 0, 106, 300)]])
    ]

    assert rooms == ["", "roomy", "vast"]


def test_line_of_a_night_pauses_above_the_name_of_the_start():
    drawing = ridge_from(long_days(), [], "Lares Hot Springs").poster

    (start,) = (label for label in [*drawing.both, *drawing.wide] if label.name == "Lares Hot Springs")
    first, *later = drawing.nights
    assert start.room == ""
    assert (first.gap, first.gap_on, first.whole_on) == (start.y, "snug", "vast")
    assert not [night.gap for night in later if night.gap_on == "snug"]


def test_a_visit_is_no_part_of_the_walk():
    ridge = ridge_from(schematic_days(), [])

    assert (ridge.points[-1].km, ridge.points[-1].by_vehicle) == (23.5, True)
    assert ridge.days[-1][1].bands == []

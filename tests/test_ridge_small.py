"""The small pictures of a ridge: a day's slice, and whole treks beside each other."""

import pytest

from tests.profiles import a_day, classic_days, waypoints
from treks.ridge import points_of, ridge_from
from treks.ridge.small import LEFT, REACH, RIGHT, WIDTH, alike


def heights_in(drawing):
    """{altitude: y in percent} of what a small picture tells."""
    return {mark.altitude: float(mark.y.rstrip("%")) for mark in drawing.wide}


def reach_of(drawing):
    """How far a small picture reaches across from its start, of 1000."""
    return max(float(mark.x.rstrip("%")) * 10 for mark in drawing.wide) - LEFT


def test_slices_share_one_hill_and_ink_their_own_part():
    ridge = ridge_from(classic_days(), waypoints())

    slices = [drawing for _, drawing in ridge.days]

    assert len({drawing.hill for drawing in slices}) == 1
    assert [bool(drawing.bands) for drawing in slices] == [True, True, True, False]
    assert [mark.altitude for mark in slices[0].marks if mark.altitude] == [3800, 3250]


def test_treks_side_by_side_are_drawn_to_one_scale():
    short = points_of([a_day(1, 9, 3000, 4000, 3600, 3600)], [])
    long = points_of([a_day(1, 20, 2500, 4000, 3800, 3800), a_day(2, 10, 3800, 4700, 3500, 3500)], [])

    alone, beside = alike([short, long])

    assert alone.tall == beside.tall
    assert heights_in(beside)[4700] == 0
    assert heights_in(alone)[4000] == pytest.approx(100 * 700 / 2200, abs=0.1)
    assert reach_of(alone) == pytest.approx(reach_of(beside) * 9 / 30, abs=1)
    assert reach_of(beside) == RIGHT - LEFT


def test_no_treks_side_by_side_draw_nothing():
    assert alike([]) == []


@pytest.mark.parametrize("surveyed", [True, False])
def test_heights_of_small_pictures_end_before_the_edge_of_a_phone(surveyed):
    ridge = ridge_from(classic_days(), waypoints() if surveyed else [])

    for drawing in [ridge.small, *(drawing for _, drawing in ridge.days)]:
        for mark in drawing.wide:
            x = float(mark.x.rstrip("%")) / 100 * WIDTH + mark.dx
            left = x - {"": 0, "mid": REACH / 2, "end": REACH}[mark.anchor]
            assert mark.altitude is None or (left >= -10 and left + REACH <= WIDTH)


def test_nameless_summit_close_to_the_end_of_its_day_is_not_marked():
    over_a_rise = [a_day(1, 9, 3250, 3800, 3800, 3800), a_day(2, 2, 3800, 3830, 3820, 3820)]

    drawn = ridge_from(over_a_rise, []).days[-1][1]

    assert 3830 not in [mark.altitude for mark in drawn.marks]

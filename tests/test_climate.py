"""The chart of the year: its months leave the figures of the temperatures free."""

from types import SimpleNamespace

from treks.climate import INSET, chart


def test_months_begin_to_the_right_of_the_figures_of_the_temperatures():
    month = SimpleNamespace(rain_mm=100, cusco_max_c=20, cusco_min_c=5, ipsaycocha_min_c=-2)

    drawn = chart([month] * 12)

    assert drawn.columns[0].slot == INSET >= 11
    assert drawn.columns[-1].slot + drawn.columns[-1].slot_width == 100
    assert drawn.day.startswith(f"M{drawn.columns[0].middle * 10:.0f} ")

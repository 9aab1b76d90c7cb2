"""The year's weather as geometry for one small SVG: nights as lines, rain as bars, in percent."""

from dataclasses import dataclass

WARMEST, COLDEST = 22, -8
MOST_RAIN = 160


@dataclass(frozen=True)
class Column:
    """One month of the chart; x, y and heights are percentages of its width and height."""

    month: object
    left: float
    middle: float
    width: float
    rain_top: float
    rain_height: float
    day_top: float
    night_top: float
    camp_top: float


def chart(months):
    """The columns of a chart for climate months in order; empty without months."""
    width = 100 / (len(months) or 1)
    return [column(month, index * width, width) for index, month in enumerate(months)]


def column(month, left, width):
    """One month at its place."""
    rain = min(month.rain_mm / MOST_RAIN, 1) * 100
    return Column(
        month=month,
        left=round(left + width * 0.12, 2),
        middle=round(left + width / 2, 2),
        width=round(width * 0.76, 2),
        rain_top=round(100 - rain, 2),
        rain_height=round(rain, 2),
        day_top=height_of(month.cusco_max_c),
        night_top=height_of(month.cusco_min_c),
        camp_top=height_of(month.ipsaycocha_min_c),
    )


def height_of(celsius):
    """A temperature as a distance from the top of the chart, in percent."""
    return round((WARMEST - float(celsius)) / (WARMEST - COLDEST) * 100, 2)

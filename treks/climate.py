"""The year's weather as geometry for one small SVG: rain as bars, days and nights as lines."""

from dataclasses import dataclass

# The chart reaches from the warmest to the coldest of these and ends above the names of the months.
WARMEST, COLDEST = 24, -6
FOOT = 88
MOST_RAIN = 320
LEVELS = (20, 10, 0)
# The months begin to the right of the figures of the temperatures; in percent of the width.
INSET = 11


@dataclass(frozen=True)
class Column:
    """One month of the chart, in percent of its width and height."""

    month: object
    slot: float
    slot_width: float
    middle: float
    left: float
    width: float
    rain_top: float
    rain_height: float


@dataclass(frozen=True)
class Level:
    """A thin line at a round temperature."""

    celsius: int
    y: float
    is_frost: bool


@dataclass(frozen=True)
class Chart:
    """The whole chart: columns and levels in percent, lines as paths in a square of 1000."""

    columns: list
    levels: list
    day: str
    night: str
    camp: str


def chart(months):
    """The chart of climate months in order; None without months."""
    if not months:
        return None
    slot = (100 - INSET) / len(months)
    return Chart(
        columns=[column(month, INSET + index * slot, slot) for index, month in enumerate(months)],
        levels=[Level(celsius, height_of(celsius), celsius == 0) for celsius in LEVELS],
        day=line([month.cusco_max_c for month in months]),
        night=line([month.cusco_min_c for month in months]),
        camp=line([month.ipsaycocha_min_c for month in months]),
    )


def column(month, left, slot):
    """One month at its place."""
    rain = min(month.rain_mm / MOST_RAIN, 1) * FOOT
    return Column(
        month=month,
        slot=round(left, 2),
        slot_width=round(slot, 2),
        middle=round(left + slot / 2, 2),
        left=round(left + slot * 0.2, 2),
        width=round(slot * 0.6, 2),
        rain_top=round(FOOT - rain, 1),
        rain_height=round(rain, 1),
    )


def height_of(celsius):
    """A temperature as a distance from the top, in percent of the chart."""
    return round((WARMEST - float(celsius)) / (WARMEST - COLDEST) * FOOT, 1)


def line(temperatures):
    """Temperatures at the middles of their months as one path."""
    step = (100 - INSET) * 10 / len(temperatures)
    xs = [INSET * 10 + step * (index + 0.5) for index in range(len(temperatures))]
    points = [f"{x:.0f} {height_of(c) * 10:.0f}" for x, c in zip(xs, temperatures, strict=True)]
    return "M" + "L".join(points)

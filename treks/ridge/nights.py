"""How high one sleeps, night after night, as columns of altitude ink."""

from dataclasses import dataclass

from .shapes import BANDS, percent

# The columns stand on this altitude, so that differences show; the axis above it is linear.
FLOOR = 1500


@dataclass(frozen=True)
class Slab:
    """A rectangle of one ink inside a column."""

    ink: str
    y: str
    height: str


@dataclass(frozen=True)
class Column:
    """One bed: its slabs, its place across the chart, and what is written above and below."""

    x: str
    width: str
    top: str
    slabs: list
    night: object


def sleep_chart(nights):
    """Columns for nights (any objects with altitude_m, in order); the highest takes 70 % of the height."""
    nights = list(nights)
    if not nights:
        return []
    high = max(night.altitude_m for night in nights)
    width = 1000 / len(nights)
    return [column(night, i * width, width - 4, high) for i, night in enumerate(nights)]


def column(night, x, width, high):
    """One column, cut into its bands."""

    def y(altitude):
        return 110 + (high - altitude) / ((high - FLOOR) or 1) * 700

    slabs, tops = [], [level for level, _ in BANDS[1:]] + [9000]
    for (level, ink), ceiling in zip(BANDS, tops, strict=True):
        low, top = max(level, FLOOR), min(ceiling, night.altitude_m)
        if top > low:
            slabs.append(Slab(ink, percent(y(top)), percent(y(low) - y(top))))
    return Column(percent(x), percent(width), percent(y(night.altitude_m)), slabs, night)

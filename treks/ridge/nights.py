"""How high one sleeps, night after night, as columns of altitude ink."""

from dataclasses import dataclass

from .shapes import BANDS, percent

# Where everybody gets used to the altitude first, in meters.
CUSCO = 3399
# The most that a bed above 3,000 m should be raised in a night, in meters.
USUAL_RISE = 500
# The columns stand on this altitude, so that differences show; the axis above it is linear.
FLOOR = 1500
TOP, GROUND = 180, 1000


@dataclass(frozen=True)
class Bed:
    """A night: how high, where, how much higher than the one before; number is None before the trek."""

    altitude: int
    name: str
    rise: int | None = None
    number: int | None = None
    nights_before: int = 0

    @property
    def rise_about(self):
        """How much higher than the one before, as exactly as altitudes on the way are known."""
        return round(self.rise, -1)

    @property
    def is_steep(self):
        """Whether it lies further above the bed before than the usual rule allows."""
        return self.rise is not None and self.altitude > 3000 and self.rise > USUAL_RISE


@dataclass(frozen=True)
class Slab:
    """A rectangle of one ink inside a column."""

    ink: str
    y: str
    height: str


@dataclass(frozen=True)
class Column:
    """One bed: its place across the chart and its slabs of ink."""

    x: str
    width: str
    top: str
    slabs: list
    bed: Bed


def beds(nights_in_cusco, days):
    """The beds before and during a trek, from the days that end with a night."""
    found = [Bed(CUSCO, "Cusco", nights_before=nights_in_cusco)]
    for day in days:
        name = day.overnight_place.name if day.overnight_place else ""
        rise = day.sleeping_altitude_m - found[-1].altitude
        found.append(Bed(day.sleeping_altitude_m, name, rise, day.number))
    return found


def sleep_chart(beds):
    """A column for each bed, all of the same width, the highest up to the same line."""
    high = max((bed.altitude for bed in beds), default=FLOOR)
    width = 1000 / (len(beds) or 1)
    return [column(bed, i * width, width - 4, high) for i, bed in enumerate(beds)]


def column(bed, x, width, high):
    """One column, cut into its bands."""

    def y(altitude):
        return TOP + (high - altitude) / ((high - FLOOR) or 1) * (GROUND - TOP)

    slabs, ceilings = [], [level for level, _ in BANDS[1:]] + [bed.altitude]
    for (level, ink), ceiling in zip(BANDS, ceilings, strict=True):
        low, top = max(level, FLOOR), min(ceiling, bed.altitude)
        if top > low:
            slabs.append(Slab(ink, percent(y(top)), percent(y(low) - y(top))))
    return Column(percent(x), percent(width), percent(y(bed.altitude)), slabs, bed)

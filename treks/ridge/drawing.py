"""What a template needs to draw one picture of a profile."""

from dataclasses import dataclass, field

from .shapes import percent


@dataclass(frozen=True)
class Mark:
    """A dot at a named point, or a diamond where one sleeps."""

    x: str
    y: str
    is_bed: bool


@dataclass
class Drawing:
    """What a template needs to draw one picture."""

    bands: list = field(default_factory=list)
    hill: str = ""
    dashes: str = ""
    marks: list = field(default_factory=list)
    both: list = field(default_factory=list)
    wide: list = field(default_factory=list)
    narrow: list = field(default_factory=list)
    levels: list = field(default_factory=list)
    days: list = field(default_factory=list)
    nights: list = field(default_factory=list)
    goals: list = field(default_factory=list)
    numbered: list = field(default_factory=list)
    readings: list = field(default_factory=list)
    tall: int = 1000


def sorted_out(wide, narrow):
    """Labels of wide and of narrow screens as (of both, of wide ones only, of narrow ones only)."""
    both = [label for label in wide if label in narrow]
    return both, [label for label in wide if label not in both], [n for n in narrow if n not in both]


def marks(spots, frame):
    """Dots and diamonds of the points that have a name or a bed."""
    return [
        Mark(percent(s.x), percent(frame.y(s.altitude)), s.point.is_bed)
        for s in spots
        if s.point.name or s.point.is_bed
    ]


def own_spots(spots, number):
    """The spots of a day, from the one where the day before ended."""
    indexes = [i for i, spot in enumerate(spots) if spot.point.day == number]
    return spots[max(indexes[0] - 1, 0) : indexes[-1] + 1] if indexes else []

"""The three pictures made of a profile: the hill under the hero, the poster, and one slice for each day."""

from dataclasses import dataclass, field
from itertools import pairwise

from . import shapes
from .labels import LETTER, UNDER_THE_LINE, Canvas, is_free, labels
from .profile import points_of

# The sizes at which words are kept apart: (width, height, font) in pixels; see ridge.css and hero.css.
HERO_WIDE = [Canvas(width, 250, 13) for width in (760, 1288)]
HERO_NARROW = [Canvas(width, 160, 11.5) for width in (320, 390, 600)]
POSTER_WIDE = [Canvas(width, 520, 13) for width in (760, 1000, 1288)]
POSTER_NARROW = [Canvas(width, 400, 11.5) for width in (320, 390, 600)]
# Narrower than this many pixels at 320, a day or a night says its words only on wide screens.
ROOM_FOR_DAY, ROOM_FOR_NIGHT = 46, 58


@dataclass(frozen=True)
class Mark:
    """A dot at a named point, or a diamond where one sleeps."""

    x: str
    y: str
    is_bed: bool


@dataclass(frozen=True)
class DaySpan:
    """One day's walk across the poster: its middle, and what the itinerary says about it."""

    x: str
    day: object
    fits_narrow: bool


@dataclass(frozen=True)
class Night:
    """One night under the poster: where, how high, in what; the anchor keeps it inside the picture."""

    x: str
    y: str
    number: int
    altitude: int
    name: str
    day: object
    text_x: str
    anchor: str
    fits_narrow: bool


@dataclass(frozen=True)
class Level:
    """A line at a round altitude."""

    y: str
    altitude: int
    is_labeled: bool


@dataclass
class Drawing:
    """What a template needs to draw one picture."""

    bands: list = field(default_factory=list)
    hill: str = ""
    dashes: str = ""
    marks: list = field(default_factory=list)
    wide: list = field(default_factory=list)
    narrow: list = field(default_factory=list)
    levels: list = field(default_factory=list)
    days: list = field(default_factory=list)
    nights: list = field(default_factory=list)


@dataclass
class Ridge:
    """A trek's profile in all its pictures; schematic where only the days' figures are known."""

    points: list
    is_schematic: bool
    hero: Drawing
    poster: Drawing
    small: Drawing
    days: list

    @property
    def top(self):
        """The highest point."""
        return max(self.points, key=lambda point: point.altitude)

    @property
    def highest_bed(self):
        """The highest night, or None where there is no night."""
        return max((p for p in self.points if p.is_bed), key=lambda point: point.altitude, default=None)

    @property
    def hardest_day(self):
        """The day with the longest walk; of two, the one that climbs more."""
        return max((day for day, _ in self.days), key=lambda day: (day.hours_max, day.ascent_m))

    @property
    def leaves_room_above(self):
        """Whether the summit stands near the middle, so that words fit into the sky on both sides of it."""
        spots = shapes.placed(self.points, 50, 950)
        return 330 < max(spots, key=lambda spot: spot.altitude).x < 580

    @property
    def stops(self):
        """The named points, for readers who cannot see the picture."""
        return [point for point in self.points if point.name or point.is_bed]


def ridge_of(days, waypoints):
    """The ridge of a trek from its days and waypoints, both in order; None where they make no line."""
    days, waypoints = list(days), list(waypoints)
    points = points_of(days, waypoints)
    if len(points) < 2:
        return None
    slices = [(day, day_slice(points, day.number)) for day in days]
    return Ridge(points, not waypoints, hero(points), poster(points, days), small(points), slices)


def marks(spots, frame):
    """Dots and diamonds of the points that have a name or a bed."""
    return [
        Mark(shapes.percent(s.x), shapes.percent(frame.y(s.altitude)), s.point.is_bed)
        for s in spots
        if s.point.name or s.point.is_bed
    ]


def hero(points):
    """The walk alone, as the page's own color cut along the line; the words stand under it."""
    on_foot = [points[0], *(point for point in points[1:] if not point.by_vehicle)]
    spots = shapes.placed(on_foot, 50, 950)
    frame = shapes.frame(on_foot, 30, 560)
    return Drawing(
        hill=shapes.hill(shapes.bled(spots), frame),
        marks=marks(spots, frame),
        wide=labels(spots, frame, HERO_WIDE, UNDER_THE_LINE),
        narrow=labels(spots, frame, HERO_NARROW, UNDER_THE_LINE),
    )


def poster(points, days):
    """The whole trek in altitude inks, with its days and nights."""
    spots = shapes.placed(points, 50, 950)
    frame = shapes.frame(points, 120, 730)
    wide = labels(spots, frame, POSTER_WIDE)
    return Drawing(
        bands=shapes.inked(shapes.bled(spots), frame),
        dashes=shapes.dashed(spots, frame),
        marks=marks(spots, frame),
        wide=wide,
        narrow=labels(spots, frame, POSTER_NARROW),
        levels=levels(frame, wide),
        days=day_spans(spots, days),
        nights=nights(spots, frame, days),
    )


def levels(frame, labels):
    """Lines at the round altitudes inside the picture; one keeps its words where they meet no label."""
    return [
        Level(shapes.percent(frame.y(a)), a, is_free(950, frame.y(a), 7, labels, POSTER_WIDE))
        for a in (3000, 4000)
        if frame.low < a < frame.high
    ]


def small(points):
    """The whole trek in ink at the size of a slice, for lists."""
    spots, frame = slice_scale(points)
    told = {spots[0], spots[-1], max(spots, key=lambda spot: spot.altitude)}
    heights = heights_of(sorted(told, key=lambda spot: spot.x), frame)
    beds = [mark for mark in marks(spots, frame) if mark.is_bed]
    return Drawing(
        bands=shapes.inked(shapes.outline(spots), frame),
        dashes=shapes.dashed(spots, frame),
        marks=[*(height for height in heights if not height.is_bed), *beds],
        wide=heights,
    )


def slice_scale(points):
    """Spots and frame of the small pictures, the same for every day of a trek."""
    return shapes.placed(points, 10, 900), shapes.frame(points, 200, 930)


def day_slice(points, number):
    """The whole hill, and in ink the part that one day covers; all days at one scale."""
    spots, frame = slice_scale(points)
    own = own_spots(spots, number)
    drawing = Drawing(hill=shapes.hill(shapes.outline(spots), frame), dashes=shapes.dashed(spots, frame))
    if len(own) > 1:
        drawing.bands = shapes.inked(shapes.outline(own), frame)
        told = {own[0], own[-1], max(own, key=lambda spot: spot.altitude)}
        told |= {spot for spot in own if spot.point.is_bed}
        drawing.marks = heights_of(sorted(told, key=lambda spot: spot.x), frame)
    return drawing


@dataclass(frozen=True)
class Height(Mark):
    """A mark of a small picture with its altitude, and where that stands beside the mark, in pixels."""

    altitude: int
    anchor: str
    dx: int
    dy: int


ABOVE, BEFORE, BESIDE, AT_THE_EDGE = ("mid", 0, -13), ("end", -5, -9), ("", 11, 4), ("", -4, -13)


def heights_of(told, frame):
    """The marks of a small picture: the summit speaks upwards, a lower start to the left, a lower end to the right."""
    top = max(spot.altitude for spot in told)
    found = []
    for spot in told:
        seat = ABOVE
        if spot.altitude < top and spot is told[0]:
            seat = BEFORE if spot.x > 100 else AT_THE_EDGE
        elif spot.altitude < top and spot is told[-1]:
            seat = BESIDE
        x, y = shapes.percent(spot.x), shapes.percent(frame.y(spot.altitude))
        found.append(Height(x, y, spot.point.is_bed, spot.altitude, *seat))
    return found


def own_spots(spots, number):
    """The spots of a day, from the one where the day before ended."""
    indexes = [i for i, spot in enumerate(spots) if spot.point.day == number]
    return spots[max(indexes[0] - 1, 0) : indexes[-1] + 1] if indexes else []


def day_spans(spots, days):
    """The middle of each day's walk, for its words inside the hill; a day that walks no part has none."""
    found = []
    for day in days:
        own = own_spots(spots, day.number)
        walked = [(a, b) for a, b in pairwise(own) if not b.point.by_vehicle]
        if walked:
            start, end = walked[0][0].x, walked[-1][1].x
            room = (end - start) / shapes.SIDE * 320
            found.append(DaySpan(shapes.percent((start + end) / 2), day, room >= ROOM_FOR_DAY))
    return found


def nights(spots, frame, days):
    """The nights under the hill, each below its bed; near the right edge the words end where the picture does."""
    by_number = {day.number: day for day in days}
    found, last_x = [], -shapes.SIDE
    for spot in spots:
        if spot.point.is_bed:
            day = by_number[spot.point.day]
            half = max(len(day.get_overnight_display()) * 13 * LETTER, 62) / 2
            at_edge = spot.x / shapes.SIDE * 760 + half > 760
            roomy = (spot.x - last_x) / shapes.SIDE * 320 >= ROOM_FOR_NIGHT
            last_x = spot.x if roomy else last_x
            x, y = shapes.percent(spot.x), shapes.percent(frame.y(spot.altitude))
            text = ("99%", "end") if at_edge else (x, "mid")
            found.append(Night(x, y, spot.point.day, spot.altitude, spot.point.name, day, *text, roomy))
    return found

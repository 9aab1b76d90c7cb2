"""The three pictures made of a profile: the hill under the hero, the poster, and one slice for each day."""

from dataclasses import dataclass, field
from itertools import pairwise

from . import shapes
from .labels import UNDER_THE_LINE, Canvas, labels
from .profile import points_of

# The sizes at which words are kept apart: (width, height, font) in pixels; see ridge.css and hero.css.
HERO_WIDE = [Canvas(width, 250, 13) for width in (760, 1288)]
HERO_NARROW = [Canvas(width, 190, 11.5) for width in (320, 390, 600)]
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
    days: list

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
    return Ridge(points, not waypoints, hero(points), poster(points, days), slices)


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
    return Drawing(
        bands=shapes.inked(shapes.bled(spots), frame),
        dashes=shapes.dashed(spots, frame),
        marks=marks(spots, frame),
        wide=labels(spots, frame, POSTER_WIDE),
        narrow=labels(spots, frame, POSTER_NARROW),
        levels=[Level(shapes.percent(frame.y(a)), a) for a in (3000, 4000) if frame.low < a < frame.high],
        days=day_spans(spots, days),
        nights=nights(spots, frame, days),
    )


def day_slice(points, number):
    """The whole hill, and in ink the part that one day covers; all days at one scale."""
    spots = shapes.placed(points, 10, 960)
    frame = shapes.frame(points, 200, 930)
    own = own_spots(spots, number)
    drawing = Drawing(hill=shapes.hill(shapes.outline(spots), frame), dashes=shapes.dashed(spots, frame))
    if len(own) > 1:
        drawing.bands = shapes.inked(shapes.outline(own), frame)
        told = {own[0], own[-1], max(own, key=lambda spot: spot.altitude)}
        told |= {spot for spot in own if spot.point.is_bed}
        drawing.marks = marks_of(sorted(told, key=lambda spot: spot.x), frame)
        drawing.wide = drawing.marks
    return drawing


@dataclass(frozen=True)
class Height(Mark):
    """A mark of a slice with its altitude and the side on which that stands."""

    altitude: int
    anchor: str
    dx: int


def marks_of(told, frame):
    """The marks of a slice: the first and the last speak outwards, the one between them upwards."""
    found = []
    for spot in told:
        outer = len(told) > 2 or told[-1].x - told[0].x < 200
        anchor, dx = "mid", 0
        if spot is told[0] and spot.x > 90 and outer:
            anchor, dx = "end", 2
        elif spot is told[-1] and spot.x < 900 and outer:
            anchor, dx = "", 6
        elif spot.x <= 90:
            anchor, dx = "", -4
        elif spot.x >= 900:
            anchor, dx = "end", 8
        x, y = shapes.percent(spot.x), shapes.percent(frame.y(spot.altitude))
        found.append(Height(x, y, spot.point.is_bed, spot.altitude, anchor, dx))
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
    """The nights under the hill, each below its bed."""
    by_number = {day.number: day for day in days}
    found, last_x = [], -shapes.SIDE
    for spot in spots:
        if spot.point.is_bed:
            edge = spot.x > 860
            roomy = (spot.x - last_x) / shapes.SIDE * 320 >= ROOM_FOR_NIGHT
            last_x = spot.x if roomy else last_x
            found.append(
                Night(
                    x=shapes.percent(spot.x),
                    y=shapes.percent(frame.y(spot.altitude)),
                    number=spot.point.day,
                    altitude=spot.altitude,
                    name=spot.point.name,
                    day=by_number[spot.point.day],
                    text_x="97%" if edge else shapes.percent(spot.x),
                    anchor="end" if edge else "mid",
                    fits_narrow=roomy,
                )
            )
    return found

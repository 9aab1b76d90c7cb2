"""The route from above: a trek's named points where they really lie, as geometry for one SVG.

The projection is plate carrée around the middle of the map, true to scale in all directions at this size.
Positions are degrees, distances kilometers; x and y are of a drawing 1000 wide, its north side up.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

from .ridge.shapes import percent, polyline

KM_PER_DEGREE = 111.32
# The room around the outermost points of the walk, and how far off an approximate position may be.
MARGIN_KM = 2.4
OFF_BY_KM = 2
SCALE_KM = 5
GRID_DEGREES = 0.05
SIDE = 1000
# A map so many times as wide or as high as that of the walk would show little of it.
FAR = 1.5
# Names of points further east stand on their left.
EAST_EDGE = 780


@dataclass(frozen=True)
class Stop:
    """One named point: its number, where it lies (percent), whether the frame of the map leaves it out."""

    number: int
    point: object
    place: object
    x: str
    y: str
    is_outside: bool
    is_at_edge: bool


@dataclass(frozen=True)
class Map:
    """A whole map: `tall` is its height where its width is 1000."""

    tall: int
    stops: list
    walk: str
    rides: str
    circles: list
    grid: list
    bar: str
    exit_y: str

    @property
    def outside(self):
        """The stops beyond the frame."""
        return [stop for stop in self.stops if stop.is_outside]

    @property
    def in_the_west(self):
        """Those beyond its west side, where the way leaves it at `exit_y`."""
        return [stop for stop in self.outside if stop.x.startswith("-")] if self.exit_y else []


@dataclass(frozen=True)
class Projection:
    """Degrees to kilometers east and south of a corner, and to the drawing."""

    west: float
    north: float
    width: float
    height: float
    narrowing: float

    def spot(self, place):
        """The x and y of a place."""
        east = (float(place.longitude) - self.west) * KM_PER_DEGREE * self.narrowing
        south = (self.north - float(place.latitude)) * KM_PER_DEGREE
        return east * self.unit, south * self.unit

    @property
    def unit(self):
        """How much of the drawing one kilometer takes."""
        return SIDE / self.width


def map_of(points, places):
    """The map of a profile's stops, numbered as they come; `places` are the places by their names.

    A bed without a name is left out. None where a name has no position, for half a route would lead astray,
    and where nothing is walked.
    """
    numbers = [number for number, point in enumerate(points, 1) if point.name]
    named = [points[number - 1] for number in numbers]
    lying = [places.get(point.name) for point in named]
    if len(named) < 2 or any(place is None or place.latitude is None for place in lying):
        return None
    if all(point.by_vehicle for point in named):
        return None
    return drawn(numbers, named, lying, view_of(named, lying))


def view_of(points, lying):
    """The walk, and where the first ride goes to unless that is far."""
    walked = [place for point, place in zip(points, lying, strict=True) if not point.by_vehicle]
    ridden = [place for point, place in zip(points, lying, strict=True) if point.by_vehicle]
    walk, more = projection(walked), projection([*walked, *ridden[:1]])
    is_near = more.width < FAR * walk.width and more.height < FAR * walk.height
    return more if is_near else walk


def projection(places):
    """The projection whose frame holds these places with room around them."""
    lats, lons = [float(p.latitude) for p in places], [float(p.longitude) for p in places]
    narrowing = cos(radians((max(lats) + min(lats)) / 2))
    margin = MARGIN_KM / KM_PER_DEGREE
    width = (max(lons) - min(lons)) * KM_PER_DEGREE * narrowing + 2 * MARGIN_KM
    height = (max(lats) - min(lats)) * KM_PER_DEGREE + 2 * MARGIN_KM
    return Projection(min(lons) - margin / narrowing, max(lats) + margin, width, height, narrowing)


def drawn(numbers, points, lying, view):
    """The map of numbered points and their places in a projection."""
    tall = round(view.height * view.unit)
    spots = [view.spot(place) for place in lying]
    outside = [not (0 <= x <= SIDE and 0 <= y <= tall) for x, y in spots]
    rows = zip(numbers, points, lying, spots, outside, strict=True)
    return Map(
        tall=tall,
        stops=[
            Stop(number, point, place, percent(x), percent(y / tall * SIDE), is_out, x > EAST_EDGE)
            for number, point, place, (x, y), is_out in rows
        ],
        walk=lines_between(points, spots, by_vehicle=False),
        rides=lines_between(points, spots, by_vehicle=True),
        circles=[
            (round(x), round(y), round(OFF_BY_KM * view.unit))
            for place, (x, y) in zip(lying, spots, strict=True)
            if place.position_is_approximate
        ],
        grid=grid(view, tall),
        bar=percent(SCALE_KM * view.unit),
        exit_y=exit_of(spots, tall),
    )


def lines_between(points, spots, by_vehicle):
    """Straight lines between the points, those on foot or those by vehicle, as one path."""
    steps = zip(pairwise(spots), points[1:], strict=True)
    return "".join(polyline(pair) for pair, point in steps if point.by_vehicle == by_vehicle)


def exit_of(spots, tall):
    """How far down (percent) the way crosses the west side of the frame; empty where it does not."""
    for (xa, ya), (xb, yb) in pairwise(spots):
        if xa >= 0 > xb:
            return percent((ya + (yb - ya) * xa / (xa - xb)) / tall * SIDE)
    return ""


def grid(view, tall):
    """Parallels inside the frame: (y in percent, degrees south)."""
    south = view.north - view.height / KM_PER_DEGREE
    steps = range(round(south / GRID_DEGREES) - 1, round(view.north / GRID_DEGREES) + 2)
    parallels = [n * GRID_DEGREES for n in steps if south < n * GRID_DEGREES < view.north]
    down = [(view.north - latitude) * KM_PER_DEGREE * view.unit / tall * SIDE for latitude in parallels]
    return [
        (percent(y), f"{-latitude:.2f}") for y, latitude in zip(down, parallels, strict=True) if 60 < y < 900
    ]

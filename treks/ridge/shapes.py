"""The geometry of a hill: points spread over the square, cut into inks, written as SVG paths."""

from dataclasses import dataclass
from itertools import pairwise

from .profile import Point

# Altitude is ink: the lowest meter of each band and the class that colors it.
BANDS = ((0, "i0"), (2500, "i05"), (3000, "i1"), (3500, "i2"), (4000, "i3"))
SIDE = 1000
# A stretch by van, train or bus has no scale: it always takes this much of the width.
VEHICLE_STEP = 55
# Every profile of every trek is drawn so many times as high as it is long; pages say so beside it.
EXAGGERATION = 6
# A level walk is drawn at least this tall, for a width of 1000.
LEAST_TALL = 40


@dataclass(frozen=True)
class Spot:
    """A point that has found its place across the drawing (x of 1000)."""

    x: float
    point: Point

    @property
    def altitude(self):
        return self.point.altitude


@dataclass(frozen=True)
class Frame:
    """Which altitude stands at which height of the drawing (y of 1000, downwards).

    `tall` is the height of the whole drawing where its width is 1000.
    """

    high: int
    low: int
    top: float
    bottom: float
    tall: int = SIDE

    def y(self, altitude):
        """The y of an altitude in meters."""
        return self.top + (self.high - altitude) / ((self.high - self.low) or 1) * (self.bottom - self.top)


def frame(points, top, bottom):
    """The frame in which the highest point stands at top and the lowest at bottom."""
    altitudes = [point.altitude for point in points]
    return Frame(max(altitudes), min(altitudes), top, bottom)


def true_frame(points, left, right):
    """The frame of points spread between left and right that keeps the one exaggeration of all treks."""
    return frame_at(per_km(points, left, right), points)


def frame_at(unit, points):
    """The frame of all these points that keeps the one exaggeration where a kilometer is so wide."""
    high, low = max(p.altitude for p in points), min(p.altitude for p in points)
    return Frame(high, low, 0, SIDE, max(round(unit * (high - low) / 1000 * EXAGGERATION), LEAST_TALL))


def percent(value):
    """A coordinate of the square as a percentage with one decimal."""
    return f"{value / 10:.1f}".removesuffix(".0") + "%"


def placed(points, left, right):
    """Points spread between left and right: kilometers to scale, each stretch by vehicle one fixed step."""
    return placed_at(per_km(points, left, right), points, left)


def placed_at(unit, points, left):
    """Points from left on, each kilometer so wide, each stretch by vehicle one fixed step."""
    spots = [Spot(left, points[0])]
    for a, b in pairwise(points):
        spots.append(Spot(spots[-1].x + (VEHICLE_STEP if b.by_vehicle else (b.km - a.km) * unit), b))
    return spots


def per_km(points, left, right):
    """How much of the width one kilometer on foot takes."""
    steps = list(pairwise(points))
    driven = sum(b.by_vehicle for _, b in steps)
    on_foot = sum(b.km - a.km for a, b in steps if not b.by_vehicle) or 1
    return (right - left - driven * VEHICLE_STEP) / on_foot


def surface(spots, x):
    """The altitude of the profile at a given x; level beyond its ends."""
    if x <= spots[0].x:
        return spots[0].altitude
    for a, b in pairwise(spots):
        if x <= b.x:
            return a.altitude + (x - a.x) / ((b.x - a.x) or 1) * (b.altitude - a.altitude)
    return spots[-1].altitude


def outline(spots):
    """The profile as (x, altitude)."""
    return [(spot.x, spot.altitude) for spot in spots]


def bled(spots):
    """The outline, carried on level to both sides beyond the edges of the drawing."""
    return [(-SIDE, spots[0].altitude), *outline(spots), (2 * SIDE, spots[-1].altitude)]


def stretch(spots, start, end):
    """The outline between two x, with both ends interpolated."""
    inner = [(spot.x, spot.altitude) for spot in spots if start < spot.x < end]
    return [(start, surface(spots, start)), *inner, (end, surface(spots, end))]


def above(line, level):
    """The parts of an outline above a level, as closed rings whose feet stand on the level."""
    rings, ring = [], [(line[0][0], level), line[0]] if line[0][1] >= level else []
    for (xa, a), (xb, b) in pairwise(line):
        if (a >= level) != (b >= level):
            ring.append((xa + (level - a) / (b - a) * (xb - xa), level))
        if b >= level:
            ring.append((xb, b))
        elif ring:
            rings.append(ring)
            ring = []
    return [*rings, [*ring, (line[-1][0], level)]] if ring else rings


def polyline(points):
    """Points of the square as the start of an SVG path, in whole units."""
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in points)


def hill(line, frame, foot=SIDE):
    """Everything under an outline, down to the lower edge of the square or further, as a path."""
    sides = [(line[0][0], foot), *((x, frame.y(a)) for x, a in line), (line[-1][0], foot)]
    return polyline(sides) + "z"


def inked(line, frame, foot=SIDE):
    """The hill in flat inks, the lowest first: [(class, path)]; each covers what lies above its level."""
    base = max((n for n, (level, _) in enumerate(BANDS) if frame.y(level) >= foot), default=0)
    bands = [(BANDS[base][1], hill(line, frame, foot))]
    for level, ink in BANDS[base + 1 :]:
        rings = above(line, level)
        bands.append((ink, "".join(polyline((x, frame.y(a)) for x, a in ring) + "z" for ring in rings)))
    return [(ink, path) for ink, path in bands if path]


def dashed(spots, frame):
    """The stretches by vehicle as one open path."""
    path, pen = "", None
    for a, b in pairwise(spots):
        if b.point.by_vehicle:
            start = "" if pen is a else polyline([(a.x, frame.y(a.altitude))])
            path += f"{start}L{b.x:.0f} {frame.y(b.altitude):.0f}"
            pen = b
    return path

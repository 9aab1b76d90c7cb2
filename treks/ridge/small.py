"""The small pictures of a profile: one slice for each day, all at one scale, and the whole trek for lists."""

from dataclasses import dataclass

from . import shapes
from .drawing import Drawing, Mark, marks, own_spots
from .labels import LETTER, Box

# Where a small picture begins and ends (of 1000): the height at its end needs room to the right of it.
LEFT, RIGHT = 10, 800
# The smallest width at which a small picture is shown, its font and the reach of one height, in pixels.
WIDTH, FONT = 320, 11.5
REACH = 7 * FONT * LETTER
# A nameless summit nearer than this to another mark of its day is not marked by itself, in pixels.
APART = 20


@dataclass(frozen=True)
class Height(Mark):
    """A mark of a small picture with its altitude, and where that stands beside the mark, in pixels."""

    altitude: int
    anchor: str
    dx: int
    dy: int


ABOVE, ASIDE = ("mid", 0, -13), ("", 2, -13)
BEFORE, BESIDE = ("end", -5, -9), ("", 11, 4)


def scale(points):
    """Spots and frame of the small pictures, the same for every day of a trek."""
    return shapes.placed(points, LEFT, RIGHT), shapes.true_frame(points, LEFT, RIGHT)


def alike(treks):
    """The whole treks in ink, for lists: kilometers and heights of all of them to one scale.

    Takes the points of each trek; the longest one fills the width.
    """
    unit = min((shapes.per_km(points, LEFT, RIGHT) for points in treks), default=0)
    frame = shapes.frame_at(unit, [point for points in treks for point in points]) if treks else None
    return [whole(shapes.placed_at(unit, points, LEFT), frame) for points in treks]


def small(points):
    """The whole trek in ink, alone."""
    return whole(*scale(points))


def whole(spots, frame):
    """All of a trek in ink, with its nights, and the heights of its top and its end."""
    return Drawing(
        bands=shapes.inked(shapes.outline(spots), frame),
        dashes=shapes.dashed(spots, frame),
        marks=[mark for mark in marks(spots, frame) if mark.is_bed],
        wide=heights(spots, {spots[-1]}, frame, taken=bed_boxes(spots, frame)),
        tall=frame.tall,
    )


def day_slice(points, number):
    """The whole hill, and in ink the part that one day covers."""
    spots, frame = scale(points)
    own = own_spots(spots, number)
    hill, dashes = shapes.hill(shapes.outline(spots), frame), shapes.dashed(spots, frame)
    drawing = Drawing(hill=hill, dashes=dashes, tall=frame.tall)
    if any(not spot.point.by_vehicle for spot in own[1:]):
        told = {own[0], own[-1], *(spot for spot in own if spot.point.is_bed)}
        drawing.bands = shapes.inked(shapes.outline(own), frame)
        drawing.wide = heights(own, told, frame, spots)
        drawing.marks = drawing.wide
    return drawing


def bed_boxes(spots, frame):
    """The rectangles of the diamonds at the smallest size."""
    beds = [(s.x / shapes.SIDE * WIDTH, pixels(frame.y(s.altitude), frame)) for s in spots if s.point.is_bed]
    return [Box(x - 7, y - 7, x + 7, y + 7) for x, y in beds]


def heights(own, told, frame, spots=None, taken=()):
    """Marks with altitudes: first the summit, then the end, then the start; without room one stays silent."""
    summit = max(own, key=lambda spot: spot.altitude)
    if summit.point.name or all(abs(spot.x - summit.x) / shapes.SIDE * WIDTH >= APART for spot in told):
        told = {*told, summit}
    found, taken = [], [*taken]
    for spot in sorted(told, key=lambda spot: (spot is not summit, -spot.x)):
        seats = seats_of(spot, own, summit, frame, spots or own)
        boxes = [(seat, box(spot, seat, frame)) for seat in seats]
        free = [s for s, b in boxes if b.left > -6 and not any(b.meets(other) for other in taken)]
        taken += [box(spot, seat, frame) for seat in free[:1]]
        x, y = shapes.percent(spot.x), shapes.percent(frame.y(spot.altitude))
        found.append(Height(x, y, spot.point.is_bed, spot.altitude if free else None, *(free or seats)[0]))
    return found


def seats_of(spot, own, summit, frame, spots):
    """Where a height may stand: the summit's above, a start's to the left, an end's to the right."""
    if spot is own[0] and spot.x <= 100:
        return [at_the_edge(spots, frame)]
    if spot.altitude == summit.altitude:
        return [ABOVE] if spot is own[0] or spot is not own[-1] else [ASIDE]
    return [BEFORE] if spot is own[0] else [BESIDE]


def at_the_edge(spots, frame):
    """The seat of a height at the left edge: above the line where its words end."""
    rising = shapes.surface(spots, spots[0].x + REACH / WIDTH * shapes.SIDE)
    climb = pixels(max(frame.y(spots[0].altitude) - frame.y(rising), 0), frame)
    return ("", -4, -round(11 + climb))


def pixels(y, frame):
    """A distance downwards at the smallest width."""
    return y / shapes.SIDE * frame.tall / shapes.SIDE * WIDTH


def box(spot, seat, frame):
    """The rectangle of a height at the smallest size."""
    anchor, dx, dy = seat
    x = spot.x / shapes.SIDE * WIDTH + dx
    base = pixels(frame.y(spot.altitude), frame) + dy
    left = x - {"": 0, "mid": REACH / 2, "end": REACH}[anchor]
    return Box(left, base - FONT, left + REACH, base + 2)

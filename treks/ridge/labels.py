"""Where words stand on a drawing: beside the line, in the sky, never on top of each other."""

from dataclasses import dataclass, replace

from .shapes import SIDE, percent, surface

# Average width of a letter and height of a line, for a font of one pixel: a little wider than most fonts.
LETTER, LINE = 0.6, 1.25
# The bold letters of names by how wide they are, as in the widest of the common system fonts, DejaVu Sans.
SLIM, WIDE = set("fijlrtI ()'-"), set("mwMW")
BOLD, BOLD_SLIM, BOLD_WIDE = 0.7, 0.4, 1.0
# Between words and the line on either side of them, in pixels.
ASIDE = 4
# From a name down to its altitude, in pixels.
STEP = 16
# From this altitude on the ink is bright.
BRIGHT_FROM = 3700
# Words that end further right than this share of the width crowd the corner.
EDGE = 0.98


@dataclass(frozen=True)
class Canvas:
    """A size at which the drawing is shown and at which words must not collide, in pixels.

    `sky` is the room above the drawing into which words may rise.
    """

    width: int
    height: float
    font: float
    sky: int = 0


@dataclass(frozen=True)
class Label:
    """A name over its altitude, or alone: a point in percent, pixels from it, the side the text hangs on.

    `room` is the class of the screens that have room for it; empty where all have.
    """

    x: str
    y: str
    dx: int
    name_dy: int
    altitude_dy: int
    anchor: str
    name: str
    altitude: int | None
    room: str = ""


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other):
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True)
class Seat:
    """One possible position of a label around its point; inside means on the hill instead of in the sky.

    A short one has room for the name alone.
    """

    anchor: str
    dx: int
    dy: int
    inside: bool = False
    short: bool = False


LEFT, RIGHT = Seat("end", -10, -20), Seat("", 10, -20)
OVER, OVER_LEFT, OVER_RIGHT = Seat("mid", 0, -30), Seat("end", 8, -30), Seat("", -8, -30)
OVER_EDGE = Seat("end", 30, -30)
OVER_SHORT, UNDER_SHORT = Seat("mid", 0, -14, short=True), Seat("", -6, 24, True, short=True)
HIGH_RIGHT, HIGHER_RIGHT = Seat("", -8, -44), Seat("", -8, -58)
ON_THE_FALL, ON_THE_RISE = Seat("end", -8, 22, True), Seat("", 8, 22, True)
BESIDE_FALL, BESIDE_RISE = Seat("", 13, -4, short=True), Seat("end", -13, -4, short=True)
CLOSE_FALL = Seat("", 10, -4, short=True)
UNDER, UNDER_LEFT, UNDER_RIGHT = Seat("mid", 0, 24, True), Seat("end", 6, 24, True), Seat("", -6, 24, True)
INTO_RISE, INTO_FALL = Seat("mid", 10, 26, True), Seat("mid", -10, 26, True)
OFF_RISE, OFF_FALL = Seat("mid", -7, 26, True), Seat("mid", 7, 26, True)
OFF_PEAK = Seat("mid", -14, 36, True)
DEEP, DEEPER, DEEPEST = (Seat("mid", 0, dy, True) for dy in (33, 42, 48))


def slope(spots, index):
    """How the line runs through a point: 'first', 'last', 'peak', 'dip', 'up' or 'down'."""
    if index in (0, len(spots) - 1):
        return "last" if index else "first"
    before, here, after = (spots[index + step].altitude for step in (-1, 0, 1))
    if here > before:
        return "peak" if here > after else "up"
    return "dip" if here < after else "down"


IN_THE_SKY = {
    "first": (UNDER_RIGHT, OVER_RIGHT, HIGH_RIGHT, HIGHER_RIGHT, UNDER_SHORT),
    "last": (OVER_LEFT, LEFT, OVER_EDGE, UNDER_LEFT),
    "peak": (OVER, LEFT, RIGHT, OVER_SHORT),
    "up": (LEFT, OVER_LEFT, ON_THE_RISE, BESIDE_RISE),
    "down": (RIGHT, OVER_RIGHT, ON_THE_FALL, BESIDE_FALL, CLOSE_FALL),
    "dip": (),
}
UNDER_THE_LINE = {
    "first": (UNDER_RIGHT,),
    "last": (UNDER_LEFT,),
    "peak": (UNDER, OFF_PEAK, DEEP, DEEPER, DEEPEST),
    "up": (UNDER, INTO_RISE, OFF_RISE, DEEP, UNDER_RIGHT),
    "down": (UNDER, INTO_FALL, OFF_FALL, DEEP, DEEPER, DEEPEST, UNDER_LEFT),
    "dip": (UNDER,),
}


def width_of(name):
    """The width of a name over its altitude, for a font of one pixel."""
    letters = (BOLD_SLIM if x in SLIM else BOLD_WIDE if x in WIDE else BOLD for x in name)
    return max(sum(letters), 7 * LETTER)


def box(spot, seat, frame, canvas):
    """The rectangle that the label of a spot covers on a canvas."""
    width = width_of(spot.point.name) * canvas.font
    x = spot.x / SIDE * canvas.width + seat.dx
    left = x - {"": 0, "mid": width / 2, "end": width}[seat.anchor]
    base = frame.y(spot.altitude) / SIDE * canvas.height + seat.dy
    step = STEP if spot.point.name and not seat.short else 0
    top = base - canvas.font * (1 if spot.point.name else 0)
    return Box(left, top, left + width, top + step + canvas.font * LINE)


def dot(spot, frame, canvas):
    """The rectangle of the mark of a spot; nothing where it has none."""
    reach = 7 if spot.point.name or spot.point.is_bed else -SIDE
    x, y = spot.x / SIDE * canvas.width, frame.y(spot.altitude) / SIDE * canvas.height
    return Box(x - reach, y - reach, x + reach, y + reach)


def clear(spot, box, seat, spots, frame, canvas):
    """Whether a label stays on the canvas and on its side of the line."""
    if box.left < 0 or box.right > canvas.width or box.top < -canvas.sky or box.bottom > canvas.height:
        return False
    # White words do not stand out on the ink of the summits.
    if seat.inside and canvas.sky and spot.altitude >= BRIGHT_FROM:
        return False
    if any(box.meets(dot(other, frame, canvas)) for other in spots):
        return False
    return all(on_its_side(row, seat, spots, frame, canvas) for row in rows(spot, box, seat, canvas))


def rows(spot, box, seat, canvas):
    """The rectangles of the name and of the altitude in that of their label."""
    if not spot.point.name or seat.short:
        return [box]
    middle, width = box.top + STEP, 7 * LETTER * canvas.font
    left = {"": box.left, "mid": (box.left + box.right - width) / 2, "end": box.right - width}[seat.anchor]
    return [replace(box, bottom=middle), Box(left, middle, left + width, box.bottom)]


def on_its_side(row, seat, spots, frame, canvas):
    """Whether a rectangle stays above the line of the hill, or under it where it is to be inside."""
    xs = (row.left - ASIDE, (row.left + row.right) / 2, row.right + ASIDE)
    line = [frame.y(surface(spots, x / canvas.width * SIDE)) / SIDE * canvas.height for x in xs]
    return row.top >= max(line) - 8 if seat.inside else row.bottom <= min(line) + 2


def importance(spots):
    """Indexes of the spots that carry words: the top first, then beds and both ends, passes, the rest."""
    top = max(spot.altitude for spot in spots)

    def rank(index):
        spot = spots[index]
        ends = index in (0, len(spots) - 1)
        return (spot.altitude != top, not (spot.point.is_bed or ends), slope(spots, index) != "peak", index)

    return sorted((i for i, spot in enumerate(spots) if spot.point.name or spot.altitude == top), key=rank)


def plumb(spot, frame, canvas):
    """The rectangle of the line that falls from a bed to the words under the hill."""
    x, y = spot.x / SIDE * canvas.width, frame.y(spot.altitude) / SIDE * canvas.height
    return Box(x - 3, y, x + 3, canvas.height)


def labels(spots, frame, canvases, seats=IN_THE_SKY, lines=None):
    """Labels for the spots: as many as fit on every canvas without touching, the important ones first.

    `lines` are rectangles on each canvas that a label avoids; that of the start only where it can.
    """
    lines = lines or [[] for _ in canvases]
    taken, found = [[] for _ in canvases], []
    for index in importance(spots):
        own_seats = seats[slope(spots, index)]
        struck = [(seat, taken) for seat in own_seats] if not index else []
        for seat, avoided in [*((seat, lines) for seat in own_seats), *struck]:
            boxes = [box(spots[index], seat, frame, canvas) for canvas in canvases]
            if all(
                clear(spots[index], own, seat, spots, frame, canvas)
                and not any(own.meets(other) for other in (*others, *more))
                for own, canvas, others, more in zip(boxes, canvases, taken, avoided, strict=True)
            ):
                for own, others in zip(boxes, taken, strict=True):
                    others.append(own)
                found.append((index, label(spots[index], seat, frame)))
                break
    return [label for _, label in sorted(found, key=lambda pair: pair[0])]


def is_free(x, y, letters, labels, canvases):
    """Whether a line of so many letters that ends at x and stands on y (of 1000) meets none of the labels."""
    for canvas in canvases:
        right, base = x / SIDE * canvas.width, y / SIDE * canvas.height - 7
        own = Box(right - letters * canvas.font * LETTER, base - canvas.font, right, base + 4)
        if any(own.meets(covered(label, canvas)) for label in labels):
            return False
    return True


def covered(label, canvas):
    """The rectangle that a placed label covers on a canvas."""
    width = width_of(label.name) * canvas.font
    x = float(label.x.rstrip("%")) / 100 * canvas.width + label.dx
    y = float(label.y.rstrip("%")) / 100 * canvas.height
    left = x - {"": 0, "mid": width / 2, "end": width}[label.anchor]
    bottom = label.name_dy if label.altitude is None else label.altitude_dy
    return Box(left, y + label.name_dy - canvas.font, left + width, y + bottom + 4)


def spared(labels, canvases, lines):
    """The labels, those marked that a narrow canvas squeezes or a line strikes; the last point may end a row.

    The first two canvases are those below 900 and below 1200 pixels.
    """

    def is_struck(label, number):
        own = covered(label, canvases[number])
        return any(own.meets(line) for line in lines[number])

    def room(label):
        if is_struck(label, 1):
            return "vast"
        squeezed = label.anchor != "end" and covered(label, canvases[0]).right > canvases[0].width * EDGE
        return "roomy" if squeezed or is_struck(label, 0) else ""

    return [replace(label, room=room(label)) for label in labels]


def label(spot, seat, frame):
    """The label of a spot in a seat."""
    return Label(
        x=percent(spot.x),
        y=percent(frame.y(spot.altitude)),
        dx=seat.dx,
        name_dy=seat.dy,
        altitude_dy=seat.dy + (STEP if spot.point.name else 12),
        anchor=seat.anchor,
        name=spot.point.name,
        altitude=None if seat.short else spot.altitude,
    )

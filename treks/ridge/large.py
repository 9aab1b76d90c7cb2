"""The two large pictures of a profile: the hill under the hero, and the poster with days and nights."""

from dataclasses import dataclass, replace
from itertools import pairwise

from . import shapes
from .drawing import Drawing, marks, own_spots, sorted_out
from .labels import LETTER, UNDER_THE_LINE, Box, Canvas, covered, is_free, labels, plumb, spared

# The sizes at which words are kept apart: (width, height, font) in pixels; see ridge.css and hero.css.
HERO_WIDE = [Canvas(width, 250, 13) for width in (760, 1288)]
HERO_NARROW = [Canvas(width, 160, 11.5) for width in (320, 390, 600)]
POSTER_WIDE, POSTER_NARROW = (760, 1000, 1288), (320, 390, 600)
# The room above the hill of the poster, in pixels.
SKY = 76
# The ground under it reaches so far down, in a square whose hill ends at 1000.
GROUND = 4000
# Narrower than this many pixels at 320, a day or a night says its words only on wide screens.
ROOM_FOR_DAY, ROOM_FOR_NIGHT = 44, 58
# Between the names of two nights at least, in pixels.
GAP = 6
# From these widths on a day that has room says its climb and descent too; see ridge.css.
CLIMB_FROM = ((900, "roomy"), (1200, "vast"))


@dataclass(frozen=True)
class DaySpan:
    """One day's walk across the poster: its middle, and what the itinerary says about it.

    `climb` is the class of the screens on which climb and descent have room; empty where none has.
    """

    x: str
    day: object
    fits_narrow: bool
    climb: str


@dataclass(frozen=True)
class Night:
    """One night under the poster: where, how high, in what; its name only where no label says it above.

    `is_named` is about wide screens. `shift` moves the name on a narrow one so that it stays inside, in
    pixels; None where a label says it, or where it has no room.
    `gap` is where its line pauses above a name that stands in its way: on screens of the class `gap_on`;
    on those of `whole_on` it does not.
    """

    x: str
    y: str
    number: int
    altitude: int
    name: str
    day: object
    text_x: str
    anchor: str
    fits_narrow: bool
    is_named: bool = True
    shift: int | None = None
    gap: str = ""
    gap_on: str = "narrow-only"
    whole_on: str = "wide-only"


@dataclass(frozen=True)
class Goal:
    """The last point of the walk, named high in the sky of the screens that have no room beside it."""

    x: str
    y: str
    name: str
    altitude: int


@dataclass(frozen=True)
class Numbered:
    """A stop without room for all of its words: its number in the table; the words stand below."""

    x: str
    y: str
    number: int
    point: object


@dataclass(frozen=True)
class Level:
    """A line at a round altitude."""

    y: str
    altitude: int


def hero(points):
    """The walk alone, as the page's own color cut along the line; the words stand under it."""
    on_foot = [points[0], *(point for point in points[1:] if not point.by_vehicle)]
    spots = shapes.placed(on_foot, 50, 950)
    frame = shapes.frame(on_foot, 30, 560)
    wide = labels(spots, frame, HERO_WIDE, UNDER_THE_LINE)
    both, wide, narrow = sorted_out(wide, labels(spots, frame, HERO_NARROW, UNDER_THE_LINE))
    hill = shapes.hill(shapes.bled(spots), frame)
    return Drawing(hill=hill, marks=marks(spots, frame), both=both, wide=wide, narrow=narrow)


def poster(points, days):
    """The whole trek in altitude inks, with its days and nights."""
    spots = shapes.placed(points, 50, 950)
    frame = shapes.true_frame(points, 50, 950)
    on_wide, on_narrow = canvases(POSTER_WIDE, frame, 13), canvases(POSTER_NARROW, frame, 11.5)
    told, goal_wide = labels_and_goal(spots, frame, on_wide)
    pauses = pausing(spots, frame, told, on_wide[0])
    unbroken = [spot for spot in spots if spot not in pauses]
    told = spared(told, on_wide, [*lines(unbroken, frame, on_wide[:1]), *lines(spots, frame, on_wide[1:])])
    told_narrow, goal_narrow = labels_and_goal(spots, frame, on_narrow)
    both, wide, narrow = sorted_out(told, told_narrow)
    beds = dict(nights(spots, frame, days, told, told_narrow))
    return Drawing(
        bands=shapes.inked(shapes.bled(spots), frame, GROUND),
        dashes=shapes.dashed(spots, frame),
        marks=marks(spots, frame),
        both=both,
        wide=wide,
        narrow=narrow,
        levels=levels(spots, frame, told, on_wide),
        days=day_spans(spots, days),
        nights=[
            replace(night, gap=pauses[spot], gap_on="snug", whole_on="vast")
            if spot in pauses
            else replace(night, gap=gap(spot, frame, told_narrow, on_narrow))
            for spot, night in beds.items()
        ],
        goals=by_screens(goal_wide, goal_narrow),
        numbered=by_screens(
            numbered(spots, frame, told, goal_wide, beds.values()),
            numbered(spots, frame, told_narrow, goal_narrow, named_on_narrow(beds.values(), told_narrow)),
        ),
        readings=readings(spots),
        tall=frame.tall,
    )


def by_screens(wide, narrow):
    """[(what, class of the screens that show it)], without what there is not."""
    return [(what, screens) for what, screens in ((wide, "wide-only"), (narrow, "narrow-only")) if what]


def labels_and_goal(spots, frame, canvases):
    """The labels of a poster; and its goal, where only a line up into the sky has room for its name."""
    plumbs = lines(spots, frame, canvases)
    told, last = labels(spots, frame, canvases, lines=plumbs), spots[-1]
    if last.point.is_bed or last.point.name in {"", *(label.name for label in told)}:
        return told, None
    up = [[*own, stem(last, frame, canvas)] for own, canvas in zip(plumbs, canvases, strict=True)]
    x, y = shapes.percent(last.x), shapes.percent(frame.y(last.altitude))
    return labels(spots, frame, canvases, lines=up), Goal(x, y, last.point.name, last.altitude)


def numbered(spots, frame, labels, goal, nights):
    """The stops that no label, goal or night tells in full, numbered as in the table of the walk."""
    whole = [label for label in labels if label.altitude and not label.room]
    told = {(words.x, words.y) for words in (*whole, *nights, goal) if words}
    stops = [spot for spot in spots if spot.point.name or spot.point.is_bed]
    places = [(shapes.percent(s.x), shapes.percent(frame.y(s.altitude)), s.point) for s in stops]
    return [Numbered(x, y, n, point) for n, (x, y, point) in enumerate(places, 1) if (x, y) not in told]


def named_on_narrow(nights, labels):
    """The nights whose altitude and name a narrow screen tells."""
    named = {label.name for label in labels}
    return [
        night for night in nights if night.fits_narrow and (night.name in named or night.shift is not None)
    ]


def stem(spot, frame, canvas):
    """The rectangle of the line that rises from the last point to its words in the sky."""
    x = spot.x / shapes.SIDE * canvas.width
    return Box(x - 2, -canvas.sky, x + 2, frame.y(spot.altitude) / shapes.SIDE * canvas.height)


def canvases(widths, frame, font):
    """The sizes of a poster with these widths."""
    return [Canvas(width, width * frame.tall / shapes.SIDE, font, SKY) for width in widths]


def readings(spots):
    """What can be read along the line: x of 1000, kilometers on foot, altitude; a ride has no kilometers."""
    return [(round(s.x), "" if s.point.by_vehicle else f"{s.point.km:g}", s.altitude) for s in spots]


def lines(spots, frame, canvases):
    """What a label should not stand on: the lines of the nights, on each canvas."""
    return [[plumb(spot, frame, canvas) for spot in spots if spot.point.is_bed] for canvas in canvases]


def gap(spot, frame, labels, canvases):
    """Where the line of a night pauses: at the height of the point whose words stand in its way, if any."""
    for label in labels:
        if any(covered(label, canvas).meets(plumb(spot, frame, canvas)) for canvas in canvases):
            return label.y
    return ""


def pausing(spots, frame, labels, canvas):
    """{bed: where its line pauses} for the lines that would strike the name of the start on a canvas."""
    start = [label for label in labels if label.x == shapes.percent(spots[0].x)]
    gaps = {spot: gap(spot, frame, start, [canvas]) for spot in spots if spot.point.is_bed}
    return {spot: y for spot, y in gaps.items() if y}


def levels(spots, frame, labels, canvases):
    """Lines at the round altitudes inside the picture, where their words and they themselves meet no name."""
    found = []
    for altitude in (3000, 4000):
        if frame.low < altitude < frame.high:
            y = frame.y(altitude)
            in_the_sky = max(shapes.surface(spots, x) for x in (860, 905, 950)) < altitude
            if in_the_sky and is_free(950, y, 7, labels, canvases) and not is_struck(y, labels, canvases):
                found.append(Level(shapes.percent(y), altitude))
    return found


def is_struck(y, labels, canvases):
    """Whether a line across the whole picture at y (of 1000) would run through the words of a label."""
    for canvas in canvases:
        here = y / shapes.SIDE * canvas.height
        rule = Box(-canvas.width, here - 1, 2 * canvas.width, here + 1)
        if any(rule.meets(covered(label, canvas)) for label in labels):
            return True
    return False


def day_spans(spots, days):
    """The middle of each day's walk, for its words inside the hill; a day that walks no part has none."""
    found = []
    for day in days:
        own = own_spots(spots, day.number)
        walked = [(a, b) for a, b in pairwise(own) if not b.point.by_vehicle]
        if walked:
            start, end = walked[0][0].x, walked[-1][1].x
            share = (end - start) / shapes.SIDE
            climb = next((name for width, name in CLIMB_FROM if share * width >= room_for_climb(day)), "")
            found.append(DaySpan(shapes.percent((start + end) / 2), day, share * 320 >= ROOM_FOR_DAY, climb))
    return found


def room_for_climb(day):
    """The pixels that a day's kilometers, climb and descent take between the words of two nights."""
    rises = "".join(f", +{meters:,} m" for meters in (day.ascent_m, day.descent_m) if meters)
    return len(f"{float(day.distance_km):g} km{rises}") * 13 * LETTER + 20


def shift_of(spot, taken, letters):
    """How far a night's name must move to the left at 320 pixels; None where it meets the name before it.

    `taken` is where that one ends, in pixels.
    """
    half = letters * 11.5 * LETTER / 2
    middle = spot.x / shapes.SIDE * 320
    shift = min(0, round(316 - half - middle))
    return shift if letters and middle + shift - half > taken + GAP else None


def nights(spots, frame, days, wide, narrow):
    """(spot, night) for each bed, the night below it; near the right edge the words end with the picture.

    `wide` and `narrow` are the labels above it.
    """
    by_number = {day.number: day for day in days}
    said, said_on_narrow = ({label.name for label in labels} for labels in (wide, narrow))
    found, last_x, taken = [], -shapes.SIDE, 0
    for spot in spots:
        if spot.point.is_bed:
            day, name = by_number[spot.point.day], spot.point.name
            is_named, letters = name not in {"", *said}, 0 if name in said_on_narrow else len(name)
            half = max(len(day.get_overnight_display()), len(name) * is_named, 8) * 13 * LETTER / 2
            at_edge = spot.x / shapes.SIDE * 760 + half > 760
            roomy = (spot.x - last_x) / shapes.SIDE * 320 >= ROOM_FOR_NIGHT
            shift = shift_of(spot, taken, letters) if roomy else None
            if shift is not None:
                taken = spot.x / shapes.SIDE * 320 + shift + letters * 11.5 * LETTER / 2
            last_x = spot.x if roomy else last_x
            x, y = shapes.percent(spot.x), shapes.percent(frame.y(spot.altitude))
            text = ("99%", "end") if at_edge else (x, "mid")
            night = Night(x, y, spot.point.day, spot.altitude, name, day, *text, roomy, is_named, shift)
            found.append((spot, night))
    return found

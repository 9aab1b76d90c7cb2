"""The hill behind a form of several steps: each step is a point of the walk, the way so far is inked."""

from dataclasses import dataclass
from itertools import pairwise

from . import shapes
from .profile import Point


@dataclass(frozen=True)
class Stop:
    """One step on the hill: where it stands, on which side its words stand, whether it is done or here."""

    x: str
    y: str
    label: str
    anchor: str
    is_done: bool
    is_here: bool


@dataclass(frozen=True)
class Journey:
    """The hill, the part walked so far (area and line), the line still ahead, and the stops."""

    hill: str
    walked: str
    trail: str
    ahead: str
    dashes: str
    stops: list


def journey_of(points, labels, here):
    """The journey of a form with these steps, standing at the step with the index `here`."""
    spots = shapes.placed(points, 14, 986)
    frame = shapes.frame(points, 330, 900)
    stands = stands_of(spots, len(labels))
    so_far = shapes.stretch(spots, spots[0].x, stands[here].x)
    on_foot = [(a, b) for a, b in pairwise(spots) if not b.point.by_vehicle]
    return Journey(
        hill=shapes.hill(shapes.outline(spots), frame),
        walked=shapes.hill(so_far, frame) if here else "",
        trail=line(so_far, frame) if here else "",
        ahead="".join(line([(a.x, a.altitude), (b.x, b.altitude)], frame) for a, b in on_foot),
        dashes=shapes.dashed(spots, frame),
        stops=[stop(stands, index, label, here, frame) for index, label in enumerate(labels)],
    )


def stands_of(spots, count):
    """One spot for each step: both ends, the highest point, the nights; else spread evenly over the way."""
    top = max(spots, key=lambda spot: spot.altitude)
    nights = [spot for spot in spots if spot.point.is_bed]
    wanted = [spots[0], spots[-1], top, *nights, *spots]
    found = []
    for spot in wanted:
        if len(found) < count and all(abs(spot.x - other.x) >= 25 for other in found):
            found.append(spot)
    return sorted(found, key=lambda spot: spot.x) if len(found) == count else spread(spots, count)


def spread(spots, count):
    """Steps at equal distances, on a profile too plain to have so many points."""
    gap = (spots[-1].x - spots[0].x) / max(count - 1, 1)
    places = [spots[0].x + gap * index for index in range(count)]
    return [shapes.Spot(x, Point(round(shapes.surface(spots, x)), 0, 0)) for x in places]


def stop(stands, index, label, here, frame):
    """A step at its spot; its words stand to the left on the rising side, to the right on the falling one."""
    spot, top = stands[index], max(stands, key=lambda other: other.altitude)
    anchor = "end" if index > 0 and (spot.x <= top.x or index == len(stands) - 1) else ""
    x, y = shapes.percent(spot.x), shapes.percent(frame.y(spot.altitude))
    return Stop(x, y, label, anchor, index < here, index == here)


def line(outline, frame):
    """An open path along an outline."""
    return shapes.polyline([(x, frame.y(altitude)) for x, altitude in outline])

"""From a trek's waypoints and days to the points of its profile, in the order in which they are reached."""

import re
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

# What stands between the stops in the title of a day, and what a pass is called.
BETWEEN, PASS = " – ", re.compile(r"\b(Pass|Abra)\b")


@dataclass(frozen=True)
class Point:
    """One point of a profile: how high, after how many kilometers on foot, on which day, slept at or not."""

    altitude: int
    km: float
    day: int
    name: str = ""
    by_vehicle: bool = False
    is_bed: bool = False
    lodging: str = ""


def points_of(days, waypoints, start="", top=""):
    """The profile of a trek: its waypoints where it has them, else a scheme of its days' figures.

    `start` and `top` name the first and the highest point where nothing else does.
    """
    days = list(days)
    points = with_beds(surveyed(waypoints), days) if waypoints else schematic(days)
    return named(points, start, top) if points else []


def named(points, start, top):
    """The points with names for the first and the highest one, unless they have their own."""
    first, *others = points
    points = [replace(first, name=first.name or start), *others]
    highest = max(range(len(points)), key=lambda index: points[index].altitude)
    points[highest] = replace(points[highest], name=points[highest].name or top)
    return points


def surveyed(waypoints):
    """Points from waypoints; one without kilometers is reached by vehicle where the walk stopped."""
    points, km = [], 0.0
    for waypoint in waypoints:
        by_vehicle = waypoint.km is None
        km = km if by_vehicle else float(waypoint.km)
        points.append(Point(waypoint.altitude_m, km, waypoint.day_number, waypoint.label, by_vehicle))
    return points


def schematic(days):
    """Points from each day's start, highest point, end, bath and bed; gaps between them are rides."""
    points, km = [], 0.0
    for day in days:
        if not points or points[-1].altitude != day.start_altitude_m:
            name = set_down(day) if points else ""
            points.append(Point(day.start_altitude_m, km, day.number, name, by_vehicle=bool(points)))
        if not is_visit(day):
            points += walked(day, km)
            km += float(day.distance_km)
        if day.bathes_at:
            points.append(Point(day.bathes_at_m, km, day.number, day.bathes_at, by_vehicle=True))
        points = with_bed(points, day)
    return points


def is_visit(day):
    """Whether rides set the group down and pick it up at one place: what it walks there is not on the way."""
    return bool(day.set_down_at) and day.set_down_at == day.picked_up_at


def set_down(day):
    """Where a ride brings the group to the walk of a day; without one, the first stop of the day's title."""
    return day.set_down_at or day.title.split(BETWEEN)[0]


def walked(day, km):
    """The summit of a day, where it has one between start and end, and its end on foot.

    Where the summit lies is reckoned from the climb, so it stands at a whole kilometer.
    """
    start, top, end = day.start_altitude_m, day.highest_altitude_m, day.end_altitude_m
    last = Point(end, km + float(day.distance_km), day.number, day.picked_up_at or "")
    if top <= max(start, end):
        return [last]
    pass_name, end_name = names_in(day.title)
    share, distance = (top - start) / ((top - start) + (top - end)), float(day.distance_km)
    summit = Point(top, km + min(round(share * distance), distance), day.number, pass_name)
    return [summit, replace(last, name=end_name or last.name)]


def names_in(title):
    """The pass that a day's title names as one of its stops, and the stop after it; else two empty names."""
    stops = title.split(BETWEEN)
    for here, following in pairwise(stops):
        if PASS.search(here):
            return here, following
    return "", ""


def with_beds(points, days):
    """The points with every night marked on the last point of its day."""
    by_day = {number: list(group) for number, group in groupby(points, key=lambda point: point.day)}
    marked = []
    for day in days:
        if by_day.get(day.number):
            marked += with_bed(by_day[day.number], day)
    return marked


def with_bed(points, day):
    """The points of a day up to its bed: the last of them, or a place reached by vehicle from there."""
    if day.sleeping_altitude_m is None:
        return points
    place = day.overnight_place.name if day.overnight_place else ""
    bed = {"is_bed": True, "lodging": day.overnight}
    last = points[-1]
    if last.altitude == day.sleeping_altitude_m:
        return [*points[:-1], replace(last, name=place or last.name, **bed)]
    return [*points, Point(day.sleeping_altitude_m, last.km, day.number, place, by_vehicle=True, **bed)]

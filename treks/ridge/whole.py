"""A trek's profile in all its pictures."""

from dataclasses import dataclass

from . import shapes
from .drawing import Drawing
from .large import hero, poster
from .profile import points_of
from .small import alike, day_slice, small


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
    def exaggeration(self):
        """How many times as large as lengths heights are drawn."""
        return shapes.EXAGGERATION

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
        """Whether words fit into the sky beside a summit near the middle: no goal is told there."""
        spots = shapes.placed(self.points, 50, 950)
        if any(screens == "wide-only" for _, screens in self.poster.goals):
            return False
        return 330 < max(spots, key=lambda spot: spot.altitude).x < 580

    @property
    def stops(self):
        """The named points, for readers who cannot see the picture."""
        return [point for point in self.points if point.name or point.is_bed]


def ridge_of(trek):
    """The ridge of a trek with prefetched days and waypoints; None where they make no line."""
    start, top = (place.name if place else "" for place in (trek.start_place, trek.highest_place))
    return ridge_from(trek.days.all(), trek.waypoints.all(), start, top)


def ridges_of(treks):
    """The ridge of each trek (prefetch as for one) or None, their small pictures all to one scale."""
    ridges = [ridge_of(trek) for trek in treks]
    drawn = [ridge for ridge in ridges if ridge]
    for ridge, picture in zip(drawn, alike([ridge.points for ridge in drawn]), strict=True):
        ridge.small = picture
    return ridges


def ridge_from(days, waypoints, start="", top=""):
    """The ridge from days and waypoints, both in order, and the names of its start and of its top."""
    days, waypoints = list(days), list(waypoints)
    points = points_of(days, waypoints, start, top)
    if len(points) < 2:
        return None
    slices = [(day, day_slice(points, day.number)) for day in days]
    return Ridge(points, not waypoints, hero(points), poster(points, days), small(points), slices)

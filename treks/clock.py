"""The clock times of a day, worked out from its start, its rides and its walk; all approximate."""

from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from django.utils.translation import gettext as _

# Nobody should read a precision into these times that the figures do not have.
STEP_MINUTES = 15
TRAIN = "train"


@dataclass(frozen=True)
class Moment:
    """One line of a day's timetable: what happens, about when; `until` is the later end of a span.

    `hours` is how long a ride takes.
    """

    text: str
    at: time | None = None
    until: time | None = None
    hours: Decimal | None = None


@dataclass(frozen=True)
class Span:
    """Hours since midnight, from the earliest to the latest."""

    low: float
    high: float

    def after(self, low, high=None):
        """The span some hours later."""
        return Span(self.low + float(low), self.high + float(low if high is None else high))


def clock_times(day, rides):
    """The moments of an itinerary day in order; empty where nobody entered when it starts.

    `rides` are the day's transfers in order, with their places. The hour of a train that leaves after the
    walk stands on a ticket bought later, so from there on no times are given.
    """
    if day.start_time is None:
        return []
    start = day.start_time.hour + day.start_time.minute / 60
    before = [ride for ride in rides if not ride.after_walk]
    after = [ride for ride in rides if ride.after_walk]
    moments, now = ridden(before, Span(start, start))
    if before:
        moments.append(moment(_("Arrival at %(place)s") % {"place": before[-1].to_place.name}, now))
    if day.hours_max:
        walk, now = walked(day, now, before)
        moments += walk
    return moments + ridden(after, now, is_after_walk=True)[0]


def walked(day, now, before):
    """The walk, and when it ends. How long people soak is theirs to say: after it nobody knows the time."""
    if before and before[-1].to_place.kind == "hot_springs":
        return [Moment(_("A soak as long as you like, then the walk"))], None
    end = now.after(day.hours_min, day.hours_max)
    return [moment(_("The walk begins"), now), moment(_("The walk ends"), end)], end


def ridden(rides, now, is_after_walk=False):
    """The departures of rides one after the other, and when the last one arrives (None: nobody knows yet)."""
    moments = []
    for ride in rides:
        if is_after_walk and ride.mode == TRAIN:
            now = None
        moments.append(moment(told(ride), now, ride.hours))
        now = now and now.after(ride.hours)
    return moments, now


def told(ride):
    """A ride in words."""
    return _("%(mode)s %(start)s – %(end)s") % {
        "mode": str(ride.get_mode_display()).capitalize(),
        "start": ride.from_place.name,
        "end": ride.to_place.name,
    }


def moment(text, span, hours=None):
    """A line at a span of hours, rounded; without a time where the hour is unknown or past midnight."""
    if span is None or span.high >= 24:
        return Moment(text, hours=hours)
    low, high = rounded(span.low), rounded(span.high)
    return Moment(text, low, high if high != low else None, hours)


def rounded(hours):
    """Hours since midnight as a time on the quarter hour."""
    minutes = round(hours * 60 / STEP_MINUTES) * STEP_MINUTES % (24 * 60)
    return time(minutes // 60, minutes % 60)

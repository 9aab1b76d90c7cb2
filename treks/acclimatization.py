"""How high one sleeps and how fast, beside two rows of a table of altitude risk; health is not asked.

The table is that of Luks and others, Wilderness Medical Society Clinical Practice Guidelines for the
Prevention, Diagnosis, and Treatment of Acute Altitude Illness: 2024 Update, Wilderness & Environmental
Medicine 35 (1 suppl), 2S–19S. It is for people who are not used to altitude and start below 1,200 m, and it
speaks of risk, not of an illness. Altitudes are meters, dates are plain dates in Peru.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from itertools import groupby

# First row, the first night: below is low, above is high, in between and on both limits is moderate.
LOW_BELOW_M, HIGH_ABOVE_M = 2800, 3500
# Second row: what counts is how fast the bed rises above this altitude.
WATCHED_ABOVE_M = 3000
MOST_RISE_M = 500
EXTRA_NIGHT_EVERY_M = 1000

# Two days in Cusco are the least we ever recommend; from sea level three are better.
FEWEST_NIGHTS, BETTER_NIGHTS = 2, 3


class Risk(IntEnum):
    """The columns of the table; the worst row counts."""

    LOW = 1
    MODERATE = 2
    HIGH = 3


class Base(StrEnum):
    """Where a traveler sleeps before the trek."""

    CUSCO = "cusco"
    VALLEY_FIRST = "valley-cusco"
    OLLANTAYTAMBO = "ollantaytambo"
    PISAC = "pisac"
    LOWER = "lower"


@dataclass(frozen=True)
class Night:
    """One night: when, where, how high; `day` is the trek's day it ends, None before the trek."""

    on: date
    place: str
    altitude_m: int
    day: int | None = None


@dataclass(frozen=True)
class Step:
    """A night beside the one before it: the rise of the bed, and how much of that lies above 3,000 m."""

    night: Night
    rise_m: int | None
    watched_m: int

    @property
    def is_extra(self):
        """Whether it gives the body time above 3,000 m: a night no higher than the one before."""
        return self.rise_m is not None and self.rise_m <= 0 and self.night.altitude_m > WATCHED_ABOVE_M


@dataclass(frozen=True)
class Stay:
    """Nights one after the other in one bed, as steps; on a trek every night is a stay of its own."""

    steps: tuple

    @property
    def first(self):
        """The night that begins it."""
        return self.steps[0].night

    @property
    def last(self):
        """The night that ends it."""
        return self.steps[-1].night

    @property
    def rise_m(self):
        """How much higher it is than the bed before; None for the first."""
        return self.steps[0].rise_m

    @property
    def watched_m(self):
        """How much of the rise lies above 3,000 m."""
        return self.steps[0].watched_m

    @property
    def is_fast(self):
        """Whether the bed rises there by more than the rule allows in a day."""
        return self.watched_m > MOST_RISE_M

    @property
    def extra_nights(self):
        """How many of its nights give the body time above 3,000 m."""
        return sum(step.is_extra for step in self.steps)


CUSCO = ("Cusco", 3399)
OLLANTAYTAMBO = ("Ollantaytambo", 2792)
# The highest of the three towns, so that the answer holds for all of them.
PISAC = ("Pisac", 2986)


def nights_before(base, arrival, start):
    """The nights from the arrival until the trek starts; none for someone who comes up only for the trek."""
    dates = [arrival + timedelta(days=n) for n in range((start - arrival).days)]
    if base == Base.LOWER:
        return []
    if base == Base.VALLEY_FIRST:
        return [Night(on, *(CUSCO if number else OLLANTAYTAMBO)) for number, on in enumerate(dates)]
    place = {Base.CUSCO: CUSCO, Base.OLLANTAYTAMBO: OLLANTAYTAMBO, Base.PISAC: PISAC}[base]
    return [Night(on, *place) for on in dates]


def nights_of_trek(start, beds):
    """The nights of a trek that starts on a date; `beds` are (day number, place, altitude in meters)."""
    return [Night(start + timedelta(days=day - 1), place, altitude, day) for day, place, altitude in beds]


def steps_of(nights):
    """Each night beside the one before it. The first counts from below 3,000 m."""
    steps, before = [], None
    for night in nights:
        rise = None if before is None else night.altitude_m - before
        floor = max(before or 0, WATCHED_ABOVE_M)
        steps.append(Step(night, rise, max(night.altitude_m - floor, 0)))
        before = night.altitude_m
    return steps


def stays_of(steps):
    """The steps as stays, in order."""
    groups = groupby(steps, key=lambda step: (step.night.place, step.night.altitude_m, step.night.day))
    return [Stay(tuple(group)) for _, group in groups]


def risk_of_first_night(altitude_m):
    """The first row: how high one sleeps on the first day."""
    if altitude_m < LOW_BELOW_M:
        return Risk.LOW
    return Risk.HIGH if altitude_m > HIGH_ABOVE_M else Risk.MODERATE


def is_too_fast(steps):
    """Whether any night above 3,000 m is more than 500 m higher than the one before."""
    return any(step.watched_m > MOST_RISE_M for step in steps)


def lacks_extra_night(steps):
    """Whether the bed rises more than 1,000 m above 3,000 m without a night that is no higher."""
    gained = 0
    for step in steps:
        gained = gained + step.watched_m if step.watched_m else 0
        if gained > EXTRA_NIGHT_EVERY_M:
            return True
    return False


def is_unprepared(steps):
    """Whether a night too much higher comes before any extra night above 3,000 m."""
    first_extra = next((n for n, step in enumerate(steps) if step.is_extra), len(steps))
    return is_too_fast(steps[:first_extra])


def risk_of_rise(steps):
    """The second row: how fast the bed rises above 3,000 m.

    The table leaves open what 500 m a day at most, but without the extra days, is; here it is moderate. And
    where the bed rises too fast before one extra night was spent above 3,000 m, the risk is high.
    """
    lacking = lacks_extra_night(steps)
    if not is_too_fast(steps):
        return Risk.MODERATE if lacking else Risk.LOW
    return Risk.HIGH if lacking or is_unprepared(steps) else Risk.MODERATE


@dataclass(frozen=True)
class Check:
    """A traveler's dates beside the rule; `needed` is the fewest nights in Cusco before this trek."""

    base: Base
    arrival: date
    start: date
    steps: list
    needed: int = FEWEST_NIGHTS

    @property
    def first(self):
        """The first night that counts, or None where nobody sleeps anywhere."""
        return self.steps[0] if self.steps else None

    @property
    def stays(self):
        """The nights, those in one bed together."""
        return stays_of(self.steps)

    @property
    def fastest(self):
        """The step that rises most above 3,000 m; None where none does."""
        return max((s for s in self.steps if s.watched_m), key=lambda step: step.watched_m, default=None)

    @property
    def lacks_extra_night(self):
        """Whether an extra night is missing on the way up."""
        return lacks_extra_night(self.steps)

    @property
    def is_unprepared(self):
        """Whether the bed rises too fast before any extra night."""
        return is_unprepared(self.steps)

    @property
    def extra_nights(self):
        """How many nights above 3,000 m are no higher than the one before."""
        return sum(step.is_extra for step in self.steps)

    @property
    def first_risk(self):
        """The first row."""
        return risk_of_first_night(self.first.night.altitude_m) if self.first else Risk.LOW

    @property
    def rise_risk(self):
        """The second row."""
        return risk_of_rise(self.steps)

    @property
    def risk(self):
        """The worse of the two rows."""
        return max(self.first_risk, self.rise_risk)

    @property
    def after_severe_illness(self):
        """What the table says to somebody whom altitude has made moderately or severely ill before."""
        return max(self.risk, Risk.MODERATE)

    @property
    def nights_in_cusco(self):
        """How many nights before the trek are spent in Cusco."""
        return sum(step.night.place == CUSCO[0] and step.night.day is None for step in self.steps)

    @property
    def is_enough(self):
        """Whether there are the nights in Cusco that we ask for; the table's risk does not change that."""
        return self.nights_in_cusco >= self.needed


def nights_needed(asked):
    """The nights in Cusco that we ask for before a trek: what the trek says, and never fewer than two."""
    return max(asked, FEWEST_NIGHTS)


def earliest_start(base, arrival, needed):
    """The first day a trek may start on: after the nights in Cusco, and a first night in the valley."""
    return arrival + timedelta(days=needed + (base == Base.VALLEY_FIRST))


def check(base, arrival, start, beds, asked=FEWEST_NIGHTS):
    """A traveler's nights before and on a trek, beside the rule; the start is not before the arrival."""
    nights = nights_before(base, arrival, start) + nights_of_trek(start, beds)
    return Check(base, arrival, start, steps_of(nights), nights_needed(asked))


def better_plans(current, beds, today):
    """Plans for the same start that are kinder, best first.

    Each has enough nights in Cusco and is no worse by the table. None lets the traveler arrive later than
    planned, nor in the past.
    """
    offers = [
        (Base.CUSCO, current.needed),
        (Base.VALLEY_FIRST, current.needed + 1),
        (Base.CUSCO, max(BETTER_NIGHTS, current.needed)),
    ]
    plans = []
    for base, days in offers:
        arrival = min(current.arrival, current.start - timedelta(days=days))
        plan = check(base, arrival, current.start, beds, current.needed)
        if arrival >= min(today, current.arrival) and is_better(plan, current) and plan not in plans:
            plans.append(plan)
    return sorted(plans, key=lambda plan: (plan.risk, plan.start - plan.arrival))


def is_better(plan, current):
    """Whether a plan helps: it adds what we ask for, lowers the risk, or adds the third night in Cusco."""
    if plan.risk > current.risk:
        return False
    third = current.nights_in_cusco < BETTER_NIGHTS <= plan.nights_in_cusco
    return not current.is_enough or plan.risk < current.risk or third

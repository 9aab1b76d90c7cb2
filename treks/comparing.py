"""Treks side by side: each row a question that a traveler has, each cell one trek's answer in a few words."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lares.templatetags import formats

from . import reading
from .models import HotSpring, Trek, Village
from .ridge import ridges_of


@dataclass(frozen=True)
class Row:
    """A question with one (trek, answer) for each trek, in the order of the treks."""

    title: str
    answers: list

    @property
    def is_shared(self):
        """Whether several treks all give the same answer."""
        return len(self.answers) > 1 and len({str(answer) for _, answer in self.answers}) == 1


# So many stand side by side before anybody chooses: on a phone every further one makes each row longer.
FIRST = 3


def chosen_among(treks, slugs):
    """The treks that were chosen; the first few where fewer than two were."""
    chosen = [trek for trek in treks if trek.slug in slugs]
    return chosen if len(chosen) > 1 else treks[:FIRST]


def treks_to_compare():
    """Published treks with what the rows need, each with `.ridge`; five queries for any number of treks."""
    days = reading.days_to_draw().prefetch_related(
        Prefetch("villages", queryset=Village.objects.order_by("-altitude_m")),
        Prefetch("hot_springs", queryset=HotSpring.objects.order_by("name")),
    )
    treks = Trek.objects.published().select_related("start_place", "highest_place")
    treks = list(treks.prefetch_related(Prefetch("days", queryset=days), "waypoints"))
    for trek, ridge in zip(treks, ridges_of(treks), strict=True):
        trek.ridge = ridge
    return treks


def rows(treks):
    """The rows of the comparison; a trek without days answers with a dash."""
    return [Row(title, [(trek, answer(trek) or "–") for trek in treks]) for title, answer in questions()]


def questions():
    """The titles of the rows and the functions that answer them for a trek."""
    return [
        (_("How long"), length),
        (_("On foot"), lambda trek: formats.km(trek.distance_km)),
        (_("Grade"), lambda trek: capfirst(trek.get_difficulty_display())),
        (_("Hardest day"), hardest_day),
        (_("Up and down in all, about"), climbs),
        (_("Highest point"), highest_point),
        (_("Highest night"), highest_night),
        (_("Nights"), nights),
        (_("Villages"), villages),
        (_("Hot springs"), hot_springs),
        (_("Machu Picchu"), machu_picchu),
        (_("Permit for the trail"), lambda trek: trek.permit or _("none needed")),
        (_("Best season"), season),
        (_("Nights in Cusco before"), lambda trek: _("at least %(n)d") % {"n": trek.acclimatization_nights}),
        (_("Group"), lambda trek: f"{trek.group_minimum}–{formats.people(trek.group_maximum)}"),
        (_("From the age of"), lambda trek: trek.minimum_age),
    ]


def length(trek):
    """Days and nights: 4 days, 3 nights."""
    count = sum(day.sleeping_altitude_m is not None for day in trek.days.all())
    nights = ngettext("%(n)d night", "%(n)d nights", count) % {"n": count}
    return formats.listed([formats.days_count(len(trek.days.all())), nights])


def hardest_day(trek):
    """The longest walk: Day 2, 5–7 h."""
    if trek.ridge is None:
        return ""
    day = trek.ridge.hardest_day
    return formats.listed(
        [
            _("Day %(n)d") % {"n": day.number},
            formats.hours(day.hours_min, day.hours_max),
            formats.km(day.distance_km),
        ]
    )


def climbs(trek):
    """All that is climbed and descended: +1,200 m, −1,150 m."""
    days = trek.days.all()
    return formats.listed(
        [formats.rise(sum(day.ascent_m for day in days)), formats.fall(sum(day.descent_m for day in days))]
    )


def highest_point(trek):
    """The highest altitude of the walk, with its name where it has one."""
    top = formats.altitude(formats.highest(trek.days.all()))
    return formats.listed(filter(None, [top, trek.ridge and trek.ridge.top.name]))


def highest_night(trek):
    """The highest bed, with its place."""
    bed = trek.ridge and trek.ridge.highest_bed
    return formats.listed(filter(None, [formats.altitude(bed.altitude), bed.name])) if bed else ""


def nights(trek):
    """The kinds of beds: 2 × campsite, 1 × hotel."""
    kinds = Counter(
        day.get_overnight_display() for day in trek.days.all() if day.sleeping_altitude_m is not None
    )
    return formats.listed(f"{count}{formats.GLUE}×{formats.GLUE}{kind}" for kind, count in kinds.items())


def villages(trek):
    """The villages in the order in which the trek comes through them, each once."""
    names = (name for day in trek.days.all() for name in reading.as_told(day, day.villages.all()))
    return formats.listed(dict.fromkeys(names))


def hot_springs(trek):
    """The pools and their day: Lares Hot Springs, day 1."""
    return "; ".join(
        _("%(place)s, day\u00a0%(n)d") % {"place": place.name, "n": day.number}
        for day in trek.days.all()
        for place in day.hot_springs.all()
    )


def machu_picchu(trek):
    """The days on which the trek visits the citadel: its last, and those whose rides leave from there."""
    if not trek.needs_machu_picchu_ticket:
        return _("not part of it")
    days = list(trek.days.all())
    citadel = days[-1].picked_up_at if days else None
    visits = [day for day in days[:-1] if citadel and day.picked_up_at == citadel] + days[-1:]
    words = ngettext("on day %(days)s", "on days %(days)s", len(visits))
    return words % {"days": formats.listed(day.number for day in visits)} if visits else ""


def season(trek):
    """The months it is best in, and the one it is closed in."""
    first, last = formats.month(trek.season_first_month), formats.month(trek.season_last_month)
    span = _("%(first)s to %(last)s") % {"first": first, "last": last}
    if trek.closed_month is None:
        return span
    return _("%(span)s; closed in %(month)s") % {"span": span, "month": formats.month(trek.closed_month)}

"""The calendar as its pages read it: departures by month, what a trek costs from, how full a month is."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from itertools import groupby
from operator import or_

from django.db.models import Count, F, Min, Q, Window
from django.db.models.functions import TruncMonth
from django.utils import timezone

from treks.models import ClimateMonth

from .models import Departure
from .seats import with_seats


@dataclass(frozen=True)
class Month:
    """One month of the list: its first day, its departures, its climate (None where unknown)."""

    first: date
    departures: list
    climate: ClimateMonth | None

    @property
    def price_from(self):
        """The lowest price of its departures."""
        return min(departure.price for departure in self.departures)

    def has_room(self, party):
        """Whether one of its departures can be booked online by so many people."""
        return any(found.is_bookable and found.seats_left >= party for found in self.departures)


# A list stands open to about so many rows; later months are there, folded.
OPEN_ROWS = 20


def coming_departures():
    """Public departures that have not started yet, with their trek, in the order of their dates."""
    departures = Departure.objects.public().upcoming().select_related("trek")
    return departures.order_by("start_date", "trek__position", "group")


def filtered(departures, trek=None, month=None, party=None, only_room=None):
    """The departures, with seats, that a traveler asked for; `month` is "2027-04"."""
    departures = with_seats(departures)
    if trek:
        departures = departures.filter(trek__slug=trek)
    if month:
        year, number = month.split("-")
        departures = departures.filter(start_date__year=int(year), start_date__month=int(number))
    if only_room:
        departures = departures.filter(
            status=Departure.Status.OPEN, capacity__gte=F("seats_taken") + (party or 1)
        )
    return departures


def by_month(departures):
    """The departures as months, in order; two queries."""
    climate = {row.month: row for row in ClimateMonth.objects.all()}
    months = groupby(departures, key=lambda departure: departure.start_date.replace(day=1))
    return [Month(first, bookable_first(found), climate.get(first.month)) for first, found in months]


def bookable_first(departures):
    """The departures of a month; those that are closed for online booking stand at its end."""
    return sorted(departures, key=lambda departure: not departure.is_bookable)


def opened(months, party=None):
    """The months that stand open: the first with a date to book, and those after it while the list is short.

    Where none has one, the first month stands open.
    """
    offered = [month for month in months if month.has_room(party or 1)]
    first = months.index(offered[0]) if offered else 0
    shown, found = 0, []
    for month in months[first:]:
        shown += len(month.departures)
        if found and shown > OPEN_ROWS:
            break
        found.append(month)
    return found


def next_of(trek, count):
    """The next departures of a trek with seats; each carries `price_from`, the lowest of all that come."""
    departures = coming_departures().filter(before_cutoff([trek])).annotate(price_from=Window(Min("price")))
    return list(with_seats(departures)[:count])


def next_among(treks, count):
    """The next departures of any of the treks, with seats; one query."""
    return list(with_seats(coming_departures().filter(before_cutoff(treks)))[:count])


def before_cutoff(treks):
    """The condition that a departure of one of the treks can still be booked online, by its date."""
    today = timezone.localdate()
    each = (Q(trek=trek, start_date__gte=today + timedelta(days=trek.booking_cutoff_days)) for trek in treks)
    return reduce(or_, each, Q(pk=None))


def nearest_with_room(departure, party_size, count=4):
    """The dates of the same trek nearest to a departure that a party can still book; two queries."""
    trek = departure.trek
    found = with_seats(coming_departures().filter(trek=trek, status=Departure.Status.OPEN))
    found = found.exclude(pk=departure.pk).filter(
        start_date__gte=timezone.localdate() + timedelta(days=trek.booking_cutoff_days),
        capacity__gte=F("seats_taken") + party_size,
    )
    later = found.filter(start_date__gte=departure.start_date)[:count]
    earlier = found.filter(start_date__lt=departure.start_date).order_by("-start_date")[:count]
    nearest = sorted([*later, *earlier], key=lambda other: abs(other.start_date - departure.start_date))
    return sorted(nearest[:count], key=lambda other: other.start_date)


def lowest_prices():
    """The lowest price of each trek's coming departures: {trek id: price}; one query for all treks."""
    open_ones = Departure.objects.public().upcoming().filter(status=Departure.Status.OPEN)
    return dict(open_ones.order_by().values_list("trek").annotate(Min("price")))


def months_of_the_year():
    """Of each month the next one with departures to book online; one query.

    {1–12: (its first day, how many, lowest price)}
    """
    coming = Departure.objects.public().bookable().annotate(first=TruncMonth("start_date")).order_by("-first")
    found = coming.values_list("first").annotate(Count("pk"), Min("price"))
    # The nearest year is written last and stays.
    return {first.month: (first, *figures) for first, *figures in found}


def cheapest():
    """The next of the departures to book online at the lowest price, with its trek; None without any."""
    coming = Departure.objects.public().bookable().select_related("trek")
    return coming.order_by("price", "start_date").first()

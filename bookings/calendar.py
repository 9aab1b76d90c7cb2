"""The calendar as its pages read it: departures by month, what a trek costs from, how full a month is."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count, F, Min, Window
from django.db.models.functions import TruncMonth

from treks.models import ClimateMonth

from .models import Departure
from .seats import with_seats


@dataclass(frozen=True)
class Month:
    """One month of the list: its first day, its departures, its climate (None where unknown).

    `offered` are those of its departures that the party can book online.
    """

    first: date
    departures: list
    climate: ClimateMonth | None
    offered: list

    @property
    def price_from(self):
        """The lowest price of those that can be booked; None where none can."""
        return min((departure.price for departure in self.offered), default=None)

    @property
    def is_closed(self):
        """Whether online booking is over for all of its departures."""
        return not any(departure.is_bookable for departure in self.departures)


# A list stands open to about so many rows; later months are there, folded.
OPEN_ROWS = 20


def coming_departures():
    """Public departures that have not started yet, with their trek, in the order of their dates."""
    departures = Departure.objects.public().upcoming().select_related("trek")
    return departures.order_by("start_date", "trek__position", "group")


def filtered(departures, trek=None, month=None, party=None, only_room=None):
    """The departures, with seats, that a traveler asked for; `month` is "2027-04"."""
    departures = with_room(departures, party or 1) if only_room else with_seats(departures)
    if trek:
        departures = departures.filter(trek__slug=trek)
    if month:
        year, number = month.split("-")
        departures = departures.filter(start_date__year=int(year), start_date__month=int(number))
    return departures


def with_room(departures, party=1):
    """Those of the departures, with seats, that so many people can book online today."""
    return with_seats(departures.bookable()).filter(capacity__gte=F("seats_taken") + party)


def by_month(departures, party=None):
    """The departures as months, in the order of their dates; two queries."""
    climate = {row.month: row for row in ClimateMonth.objects.all()}
    months = groupby(departures, key=lambda departure: departure.start_date.replace(day=1))
    return [month_of(first, list(found), climate.get(first.month), party) for first, found in months]


def month_of(first, departures, climate, party):
    """A month with those of its departures that a party can book online; without a party, one person."""
    offered = [row for row in departures if row.is_bookable and row.seats_left >= (party or 1)]
    return Month(first, departures, climate, offered)


def opened(months):
    """The months that stand open: the first with a date to book, and those after it while the list is short.

    Where none has one, the first month stands open.
    """
    first = next((number for number, month in enumerate(months) if month.offered), 0)
    shown, found = 0, []
    for month in months[first:]:
        shown += len(month.departures)
        if found and shown > OPEN_ROWS:
            break
        found.append(month)
    return found


def next_of(trek, count):
    """The next departures of a trek with seats; each carries `price_from`, the lowest of all that come."""
    departures = coming_departures().filter(trek=trek).before_cutoff()
    return list(with_seats(departures.annotate(price_from=Window(Min("price"))))[:count])


def next_among(treks, count):
    """The next departures of any of the treks, with seats; one query."""
    return list(with_seats(coming_departures().filter(trek__in=treks).before_cutoff())[:count])


def nearest_with_room(departure, party_size, count=4):
    """The dates of the same trek nearest to a departure that a party can still book; two queries."""
    found = with_room(coming_departures().filter(trek=departure.trek).exclude(pk=departure.pk), party_size)
    later = found.filter(start_date__gte=departure.start_date)[:count]
    earlier = found.filter(start_date__lt=departure.start_date).order_by("-start_date")[:count]
    nearest = sorted([*later, *earlier], key=lambda other: abs(other.start_date - departure.start_date))
    return sorted(nearest[:count], key=lambda other: other.start_date)


def lowest_prices():
    """The lowest price of each trek's coming departures: {trek id: price}; one query for all treks."""
    open_ones = Departure.objects.public().upcoming().filter(status=Departure.Status.OPEN)
    return dict(open_ones.order_by().values_list("trek").annotate(Min("price")))


def months_of_the_year():
    """Of each month the next one with departures that have a seat to book online; one query.

    {1–12: (its first day, how many, lowest price)}
    """
    coming = with_room(Departure.objects.public()).annotate(first=TruncMonth("start_date")).order_by("-first")
    found = coming.values_list("first").annotate(Count("pk"), Min("price"))
    # The nearest year is written last and stays.
    return {first.month: (first, *figures) for first, *figures in found}


def cheapest(**filters):
    """The next departure with a seat to book online at the lowest price, with its trek; None without any."""
    return with_room(coming_departures()).filter(**filters).order_by("price", "start_date").first()

"""What the advice pages show of the calendar: dates that fit a plan, and the next date of each trek."""

from django import template
from django.db.models import F

from bookings import calendar
from bookings.models import Departure
from bookings.seats import with_seats

register = template.Library()


def with_room():
    """Departures with seats that still have one, in the order of their dates."""
    departures = with_seats(calendar.coming_departures().filter(status=Departure.Status.OPEN))
    return departures.filter(seats_taken__lt=F("capacity"))


@register.inclusion_tag("bookings/_fitting_departures.html")
def departures_from(first_day, trek, count=4):
    """The next departures of a trek with room that start on a day or later."""
    return {
        "departures": with_room().filter(trek=trek, start_date__gte=first_day)[: int(count)],
        "trek": trek,
    }


@register.simple_tag
def next_with_room(treks):
    """The treks as a list, each with `.next_departure`, the next one that can be booked online; one query."""
    treks = list(treks)
    bookable = with_room().filter(trek__in=treks).bookable()
    nearest = bookable.order_by("trek_id", "start_date", "group").distinct("trek_id")
    found = {departure.trek_id: departure for departure in nearest}
    for trek in treks:
        trek.next_departure = found.get(trek.pk)
    return treks

"""What the advice pages show of the calendar: dates that fit a plan, and the next date of each trek."""

from django import template

from bookings import calendar

register = template.Library()


@register.inclusion_tag("bookings/_fitting_departures.html")
def departures_from(first_day, trek, count=4):
    """The next departures of a trek with a seat to book that start on a day or later."""
    coming = calendar.coming_departures().filter(trek=trek, start_date__gte=first_day)
    return {"departures": calendar.with_room(coming)[: int(count)], "trek": trek}


@register.simple_tag
def next_with_room(treks):
    """The treks as a list, each with `.next_departure`, the next one that can be booked online; one query."""
    treks = list(treks)
    bookable = calendar.with_room(calendar.coming_departures().filter(trek__in=treks))
    nearest = bookable.order_by("trek_id", "start_date", "group").distinct("trek_id")
    found = {departure.trek_id: departure for departure in nearest}
    for trek in treks:
        trek.next_departure = found.get(trek.pk)
    return treks

"""What pages of the catalogue show of the calendar: next departures, prices, how busy a month is."""

from django import template

from bookings import calendar

register = template.Library()

# How many are read: what search engines are told. A page that shows fewer shares the same query.
MOST = 12


def next_departures_of(trek):
    """The trek's next departures; read once for each trek object, whatever the page shows of them."""
    if not hasattr(trek, "coming"):
        trek.coming = calendar.next_of(trek, MOST)
    return trek.coming


@register.inclusion_tag("bookings/_next_departures.html")
def next_departures(trek, count=4, party=None):
    """The next departures of a trek that have seats left; full ones only where all are full."""
    coming = next_departures_of(trek)
    roomy = [departure for departure in coming if departure.seats_left]
    return {"departures": (roomy or coming)[: int(count)], "trek": trek, "party": party}


@register.simple_tag
def next_open(trek):
    """The trek's next departure that can be booked here and now, or None."""
    return next((departure for departure in next_departures_of(trek) if departure.is_offered), None)


@register.inclusion_tag("bookings/_next_departures.html")
def departures_through(place, treks, count=4):
    """The next departures of the treks that pass a place (each with its days there, `.passing`), by date."""
    there = {trek.pk: [day.number for day in trek.passing] for trek in treks}
    departures = calendar.next_among(treks, int(count))
    for departure in departures:
        departure.passes_on = departure.dates_of(there[departure.trek_id])
    return {"departures": departures, "place": place}


@register.simple_tag
def price_from(trek):
    """The lowest price of the trek's coming departures; its usual price while there are none."""
    if hasattr(trek, "price_from"):
        return trek.price_from
    coming = next_departures_of(trek)
    return coming[0].price_from if coming else trek.usual_price


@register.simple_tag
def prices_from(treks):
    """The treks as a list, each with `.price_from`; one query for all of them."""
    lowest = calendar.lowest_prices()
    treks = list(treks)
    for trek in treks:
        trek.price_from = lowest.get(trek.pk, trek.usual_price)
    return treks


@register.simple_tag
def busy_months(months):
    """The climate months as a list, with `.first` day, count of `.departures`, `.price_from`."""
    busy = calendar.months_of_the_year()
    months = list(months)
    for month in months:
        found = busy.get(month.month, (None, 0, None))
        month.first, month.departures, month.price_from = found
    return months


@register.simple_tag
def cheapest_all_year(months):
    """The departure whose price is the lowest in all of the busy months; None where the months differ.

    Where its trek does not go to Machu Picchu, `.to_machu_picchu` is the cheapest one that does, or None.
    """
    prices = {month.price_from for month in months if month.departures}
    if len(prices) != 1:
        return None
    found = calendar.cheapest()
    if found and not found.trek.needs_machu_picchu_ticket:
        found.to_machu_picchu = calendar.cheapest(trek__needs_machu_picchu_ticket=True)
    return found

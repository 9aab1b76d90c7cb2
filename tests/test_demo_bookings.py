"""The demonstration's bookings: every state, made through the verbs, and nobody who could be real."""

import pytest
from django.utils import timezone

from bookings import lifecycle, money_check
from bookings.models import (
    Booking,
    BookingEvent,
    Departure,
    OutboxMessage,
    PayLink,
    Payment,
    Refund,
    Traveler,
)
from bookings.seats import with_seats
from tests import recorded
from treks.models import FareClass

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker):
    """The catalogue, the season, the examples: made once, since the tests only look."""
    with django_db_blocker.unblock(), recorded.demonstration():
        yield


def test_demo_shows_bookings_in_every_state_and_a_lively_season():
    kinds = set(BookingEvent.objects.values_list("kind", flat=True))
    states = set(Booking.objects.values_list("status", flat=True))
    departures = with_seats(Departure.objects.all())

    assert states == set(Booking.Status.values)
    assert {"transfer_announced", "late_money", "cancelled", "extended", "extras_changed"} <= kinds
    assert Booking.objects.filter(source="phone", contact_email="", status="pending").exists()
    assert Payment.objects.filter(received_currency="PEN").exists()
    assert any(row.seats_left == 0 for row in departures)
    assert any(row.needs_more == 1 for row in departures)
    assert sum(0 < row.seats_taken < row.capacity for row in departures) >= 15
    assert all(row.seats_taken <= row.capacity for row in departures)


def test_demo_has_holds_and_pending_bookings_that_ran_out():
    over = [row for row in Booking.objects.all() if row.has_lapsed(timezone.now())]

    assert {row.status for row in over} == {"on_hold", "pending"}


def test_demo_names_nobody_real():
    names = Booking.objects.exclude(contact_name="").values_list("contact_name", flat=True)
    addresses = Booking.objects.exclude(contact_email="").values_list("contact_email", flat=True)

    assert all("EJEMPLO" in name for name in names)
    assert all(address.endswith("@example.org") for address in addresses)
    outside = OutboxMessage.objects.exclude(kind__startswith="office_").exclude(to__endswith="@example.org")
    assert not outside.exists()


def test_demo_shows_money_in_every_state_and_it_adds_up():
    today = timezone.localdate()

    assert lifecycle.reminding.overdue(Booking.objects.all(), today).exists()
    assert Refund.objects.filter(state="proposed").exists() and Refund.objects.filter(state="done").exists()
    assert Traveler.everyone.filter(cancelled_at__isnull=False, booking__status="confirmed").exists()
    assert set(Traveler.objects.values_list("fare_class", flat=True)) == set(FareClass.values)
    assert Booking.objects.filter(promotion__code="EJEMPLO10", price_lines__kind="promotion").exists()
    assert PayLink.objects.filter(revoked_at=None).exists()
    assert money_check.inner() == []

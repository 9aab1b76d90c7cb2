"""Giving seats back, taking that back, and what staff change on a whole departure."""

from datetime import timedelta

import factories
import pytest
from django.utils import timezone

from bookings import lifecycle, policy, seats
from bookings.models import OutboxMessage, Payment
from lares.templatetags.formats import last_day

pytestmark = pytest.mark.django_db
OFFICE = lifecycle.office()


def test_cancel_gives_the_seats_back_at_once():
    departure = factories.make_departure()
    booking = factories.confirmed(departure)

    booking = lifecycle.cancel(booking.pk, reason="ill")

    assert (booking.status, booking.expires_at) == ("cancelled", None)
    assert booking.cancelled_at is not None
    assert factories.seats_taken(departure) == 0
    assert factories.told(booking)[-1] == "cancelled"
    assert factories.told(booking, office=True)[-1] == "office_cancelled"
    event = booking.events.last()
    assert (event.before, event.after, event.reason) == ("confirmed", "cancelled", "ill")


def test_cancel_twice_changes_nothing():
    booking = factories.placed()
    first = lifecycle.cancel(booking.pk)

    second = lifecycle.cancel(booking.pk)

    assert (second.cancelled_at, second.version) == (first.cancelled_at, first.version)
    assert factories.told(booking).count("cancelled") == 1


def test_cancel_of_a_hold_tells_nobody():
    booking = factories.filled(factories.held())

    lifecycle.cancel(booking.pk)

    assert not OutboxMessage.objects.exists()


def test_reinstate_brings_a_booking_back_to_where_its_money_is():
    pending, paid = factories.placed(), factories.confirmed()
    for booking in (pending, paid):
        lifecycle.cancel(booking.pk)

    pending, paid = (lifecycle.reinstate(booking.pk, by=OFFICE) for booking in (pending, paid))

    assert (pending.status, pending.cancelled_at) == ("pending", None)
    assert pending.expires_at == policy.pending_until(pending, seats.clock())
    assert (paid.status, paid.expires_at, paid.cancelled_at) == ("confirmed", None, None)
    assert factories.kinds(paid)[-2:] == ["reinstated", "confirmed"]
    assert factories.told(pending) == ["placed", "cancelled", "reinstated"]
    assert factories.told(paid).count("deposit_received") == 2
    assert "reinstated" not in factories.told(paid)


def test_reinstate_tells_the_contact_once_each_time_how_to_pay_until_when():
    booking = factories.placed()
    factories.pay(booking, "100.00")

    for _twice in range(2):
        lifecycle.cancel(booking.pk)
        booking = lifecycle.reinstate(booking.pk, by=OFFICE)

    messages = booking.messages.filter(kind="reinstated")
    assert messages.count() == 2
    last = last_day(booking.expires_at)
    for text in (messages[0].text, messages[0].html):
        assert "now it stands again" in text
        assert "$200" in text and last in text


def test_reinstate_needs_free_seats_and_free_extras():
    departure = factories.make_departure(capacity=3)
    factories.make_extra(departure.trek, slug="bag", stock=1)
    booking = factories.placed(departure, 2, extras={"bag": 1})
    lifecycle.cancel(booking.pk)

    two = factories.held(departure, 2)
    with pytest.raises(lifecycle.NotEnoughSeats):
        lifecycle.reinstate(booking.pk, by=OFFICE)
    lifecycle.cancel(two.pk)
    one = factories.filled(factories.held(departure, 1), {"bag": 1})
    with pytest.raises(lifecycle.NotEnoughStock):
        lifecycle.reinstate(booking.pk, by=OFFICE)
    lifecycle.cancel(one.pk)
    assert lifecycle.reinstate(booking.pk, by=OFFICE).status == "pending"


def test_reinstate_is_wrong_for_holds_living_bookings_and_cancelled_departures():
    hold = factories.held()
    lifecycle.cancel(hold.pk)
    living, gone = factories.placed(), factories.placed()
    lifecycle.cancel_departure(gone.departure_id, by=OFFICE)

    for booking, refusal in (
        (hold, lifecycle.WrongStatus),
        (living, lifecycle.WrongStatus),
        (gone, lifecycle.NotBookable),
    ):
        with pytest.raises(refusal):
            lifecycle.reinstate(booking.pk, by=OFFICE)


def test_cancel_departure_cancels_every_booking_and_tells_each_contact_once():
    departure = factories.make_departure()
    hold, pending, paid = (
        make(departure) for make in (factories.held, factories.placed, factories.confirmed)
    )
    before = lifecycle.cancel(factories.placed(departure).pk)

    lifecycle.cancel_departure(departure.pk, by=OFFICE, reason="landslide")
    lifecycle.cancel_departure(departure.pk, by=OFFICE, reason="landslide")

    assert factories.reloaded(departure).status == "cancelled"
    assert {factories.reloaded(row).status for row in (hold, pending, paid)} == {"cancelled"}
    assert [factories.told(row).count("cancelled") for row in (hold, pending, paid, before)] == [0, 1, 1, 1]
    assert factories.reloaded(before).version == before.version
    assert factories.reloaded(departure).version == departure.version + 1


def test_capacity_is_never_below_the_seats_taken():
    departure = factories.make_departure(capacity=12)
    hold = factories.held(departure, 3)

    with pytest.raises(lifecycle.Refused, match="3 seats are taken"):
        lifecycle.change_capacity(departure.pk, 2)
    lifecycle.change_capacity(departure.pk, 3)
    factories.lapse(hold)
    changed = lifecycle.change_capacity(departure.pk, 2)

    assert (factories.reloaded(departure).capacity, changed.version) == (2, departure.version + 2)


@pytest.mark.parametrize(("minimum", "capacity"), [(4, 3), (0, 0)])
def test_capacity_that_cannot_run_is_refused_with_a_sentence(minimum, capacity):
    departure = factories.make_departure(minimum_to_run=minimum)

    with pytest.raises(lifecycle.Refused, match="from"):
        lifecycle.change_capacity(departure.pk, capacity)

    assert factories.reloaded(departure).capacity == 12


def test_status_opens_and_closes_but_never_cancels():
    departure = factories.make_departure()

    lifecycle.change_status(departure.pk, "closed")
    assert factories.reloaded(departure).status == "closed"
    with pytest.raises(lifecycle.WrongStatus):
        lifecycle.change_status(departure.pk, "cancelled")
    lifecycle.cancel_departure(departure.pk, by=OFFICE)
    with pytest.raises(lifecycle.WrongStatus):
        lifecycle.change_status(departure.pk, "open")


def test_dates_move_and_the_placed_bookings_are_told():
    departure = factories.make_departure()
    hold, placed = factories.held(departure), factories.placed(departure)
    start = departure.start_date + timedelta(days=7)

    moved = lifecycle.change_dates(departure.pk, start, start + timedelta(days=3))

    assert (factories.reloaded(departure).start_date, moved.version) == (start, departure.version + 1)
    assert (factories.told(hold), factories.told(placed)) == ([], ["placed", "dates_changed"])
    event = placed.events.last()
    assert (event.kind, event.actor, event.before) == ("dates_changed", "office", f"{departure.start_date}")


def test_dates_that_come_nearer_shorten_the_wait_for_money_to_the_new_cut_off():
    departure = factories.make_departure(starts_in=60)
    placed, lapsed = factories.placed(departure), factories.placed(departure)
    factories.lapse(lapsed)
    near = timezone.localdate() + timedelta(days=departure.trek.booking_cutoff_days + 2)

    lifecycle.change_dates(departure.pk, near, near + timedelta(days=3))

    kept_until = timezone.localdate(factories.reloaded(placed).expires_at - timedelta(seconds=1))
    assert kept_until == near - timedelta(days=departure.trek.booking_cutoff_days)
    assert factories.reloaded(lapsed).has_lapsed(seats.clock())


def test_dates_that_are_not_possible_are_refused_with_a_sentence():
    departure = factories.make_departure()
    other = factories.make_departure(departure.trek, starts_in=200)
    day = timedelta(days=1)

    with pytest.raises(lifecycle.Refused, match="before it starts"):
        lifecycle.change_dates(departure.pk, departure.start_date, departure.start_date - day)
    with pytest.raises(lifecycle.Refused, match="next letter"):
        lifecycle.change_dates(departure.pk, other.start_date, other.end_date)
    lifecycle.cancel_departure(departure.pk, by=OFFICE)
    with pytest.raises(lifecycle.WrongStatus):
        lifecycle.change_dates(departure.pk, departure.start_date + day, departure.end_date + day)


def test_money_stays_where_the_booking_goes():
    departure = factories.make_departure()
    booking = factories.confirmed(departure)

    lifecycle.cancel_departure(departure.pk, by=OFFICE)

    assert Payment.objects.get(booking=booking).amount == booking.due_now

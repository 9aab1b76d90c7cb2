"""From hold to placed: contact, travelers, placing, and waiting for the money."""

from datetime import timedelta
from decimal import Decimal

import factories
import pytest
from django.utils import timezone

from bookings import lifecycle, policy, seats
from bookings.models import OutboxMessage, Terms

pytestmark = pytest.mark.django_db
OFFICE = lifecycle.office()


def test_the_whole_way_from_hold_to_confirmed():
    departure = factories.make_departure()

    booking = factories.placed(departure, 3)
    assert (booking.status, booking.due_now) == ("pending", Decimal("450.00"))
    assert (factories.told(booking), factories.told(booking, office=True)) == (
        ["placed"],
        ["office_new_booking"],
    )

    factories.pay(booking, "450.00")
    booking = factories.reloaded(booking)
    assert (booking.status, booking.expires_at) == ("confirmed", None)
    assert factories.told(booking) == ["placed", "deposit_received"]
    assert factories.seats_taken(departure) == 3
    assert factories.kinds(booking) == [
        "held",
        "contact_changed",
        "travelers_changed",
        "placed",
        "paid",
        "confirmed",
    ]


def test_place_twice_changes_nothing():
    booking = factories.placed()

    again = lifecycle.place(booking.pk, "cash", "2026-11-01")

    assert (again.method, again.version) == ("transfer", booking.version)
    assert OutboxMessage.objects.count() == 2


@pytest.mark.parametrize(("method", "days"), [("transfer", 7), ("cash", 7), ("card", 2)])
def test_place_waits_until_the_end_of_a_day_in_peru(method, days):
    booking = factories.placed(method=method)

    last = timezone.localtime(booking.expires_at - timedelta(microseconds=1))
    assert last.date() == timezone.localdate() + timedelta(days=days)
    assert f"{timezone.localtime(booking.expires_at):%H:%M}" == "00:00"


def test_place_never_waits_past_the_cut_off():
    departure = factories.make_departure(factories.make_trek(booking_cutoff_days=14), starts_in=17)

    booking = factories.placed(departure)

    assert booking.expires_at == policy.end_of_day(departure.booking_closes_on)


def test_place_by_the_office_after_the_cut_off_waits_until_tonight():
    booking = factories.filled(factories.held(factories.make_departure(starts_in=3), by=OFFICE))

    booking = lifecycle.place(booking.pk, "cash", "2026-11-01", by=OFFICE)

    assert booking.expires_at == policy.end_of_day(timezone.localdate())


def test_place_close_to_the_start_asks_for_everything():
    departure = factories.make_departure(factories.make_trek(balance_due_days=60), starts_in=60)

    booking = factories.placed(departure, 2)

    assert booking.due_now == 2 * departure.price
    assert booking.balance_due_on == timezone.localdate()


def test_place_confirms_at_once_what_was_paid_while_on_hold():
    booking = factories.filled(factories.held())
    factories.pay(booking, "300.00")

    booking = lifecycle.place(booking.pk, "transfer", "2026-11-01")

    assert (booking.status, booking.expires_at) == ("confirmed", None)
    assert "placed" not in factories.told(booking)
    assert factories.told(booking)[-1] == "deposit_received"


def test_place_freezes_the_terms_that_were_shown():
    booking = factories.filled(factories.held())
    Terms.objects.create(version="2099-01-01", terms_text="New.", privacy_text="New.")

    booking = lifecycle.place(booking.pk, "transfer", "2026-11-01")

    assert booking.terms.version == "2026-11-01"


def test_place_names_the_step_that_is_not_finished():
    booking = factories.held(party_size=1)
    factories.make_extra(booking.departure.trek)

    steps = []
    answers = (
        lambda: lifecycle.set_contact(booking.pk, factories.CONTACT),
        lambda: lifecycle.set_travelers(booking.pk, factories.people(1)),
        lambda: lifecycle.choose_extras(booking.pk, {}),
    )
    for answer in answers:
        with pytest.raises(lifecycle.Incomplete) as refused:
            lifecycle.place(booking.pk, "transfer", "2026-11-01")
        steps.append(refused.value.step)
        answer()

    assert steps == ["lead", "travelers", "extras"]
    assert lifecycle.place(booking.pk, "transfer", "2026-11-01").status == "pending"


def test_place_by_the_office_needs_only_the_contact():
    booking = factories.held(by=OFFICE, source="phone")
    with pytest.raises(lifecycle.Incomplete):
        lifecycle.place(booking.pk, "cash", "2026-11-01", by=OFFICE)
    lifecycle.set_contact(booking.pk, factories.CONTACT | {"contact_email": ""}, by=OFFICE)

    booking = lifecycle.place(booking.pk, "cash", "2026-11-01", by=OFFICE)

    assert booking.status == "pending"
    assert (factories.told(booking), factories.told(booking, office=True)) == ([], ["office_new_booking"])


def test_place_is_too_late_for_a_lapsed_hold_and_wrong_for_a_cancelled_one():
    with pytest.raises(lifecycle.Lapsed):
        lifecycle.place(factories.lapse(factories.filled(factories.held())).pk, "transfer", "2026-11-01")
    cancelled = factories.held()
    lifecycle.cancel(cancelled.pk)
    with pytest.raises(lifecycle.WrongStatus):
        lifecycle.place(cancelled.pk, "transfer", "2026-11-01")


def test_contact_of_two_editors_loses_nothing():
    booking = factories.held()
    seen = lifecycle.contact.contact_values(booking)
    lifecycle.set_contact(booking.pk, factories.CONTACT, seen=seen)

    with pytest.raises(lifecycle.Stale) as refused:
        lifecycle.set_contact(booking.pk, factories.CONTACT | {"contact_name": "Eva"}, seen=seen)
    assert refused.value.current["contact_name"] == "Ana Quispe"

    lifecycle.set_contact(booking.pk, factories.CONTACT, seen=seen)
    assert factories.reloaded(booking).contact_name == "Ana Quispe"
    assert factories.kinds(booking).count("contact_changed") == 1


def test_travelers_of_two_editors_lose_nothing():
    booking = factories.held(party_size=2)
    seen = lifecycle.contact.travelers_values(booking.travelers.all())
    theirs = [{key: str(value) for key, value in person.items()} for person in factories.people(2)]
    lifecycle.set_travelers(booking.pk, theirs, seen=seen)

    with pytest.raises(lifecycle.Stale):
        lifecycle.set_travelers(booking.pk, list(reversed(theirs)), seen=seen)
    lifecycle.set_travelers(booking.pk, theirs, seen=seen)

    assert [person.family_names for person in booking.travelers.all()] == ["Family 0", "Family 1"]
    assert factories.kinds(booking).count("travelers_changed") == 1


def test_travelers_of_a_party_that_was_resized_meanwhile_are_stale():
    booking = factories.held(party_size=2)
    lifecycle.resize(booking.pk, 3)

    with pytest.raises(lifecycle.Stale):
        lifecycle.set_travelers(booking.pk, factories.people(2))


def test_steps_are_closed_once_the_booking_is_placed():
    booking = factories.placed()
    steps = (
        lambda: lifecycle.set_contact(booking.pk, factories.CONTACT),
        lambda: lifecycle.set_travelers(booking.pk, factories.people(2)),
        lambda: lifecycle.choose_extras(booking.pk, {}),
        lambda: lifecycle.resize(booking.pk, 1),
    )

    for step in steps:
        with pytest.raises(lifecycle.WrongStatus):
            step()
    assert factories.reloaded(booking).version == booking.version


def test_extend_until_moves_the_deadline_within_today_and_the_cut_off():
    today = timezone.localdate()
    booking = factories.placed(factories.make_departure(starts_in=60))
    asked = {5: 5, 300: 46, -3: 0}

    kept = [
        lifecycle.extend_until(booking.pk, today + timedelta(days=days), by=OFFICE).expires_at
        for days in asked
    ]

    assert kept == [policy.end_of_day(today + timedelta(days=days)) for days in asked.values()]
    assert booking.events.last().after == f"{today:%Y-%m-%d}"


def test_extend_until_of_a_late_booking_never_gives_its_seats_away():
    departure = factories.make_departure(starts_in=3)
    booking = factories.filled(factories.held(departure, by=OFFICE))
    lifecycle.place(booking.pk, "cash", "2026-11-01", by=OFFICE)

    lifecycle.extend_until(booking.pk, timezone.localdate() + timedelta(days=2), by=OFFICE)

    assert factories.seats_taken(departure) == 2


def test_extend_until_of_a_lapsed_booking_needs_its_seats():
    departure = factories.make_departure(capacity=2)
    booking = factories.lapse(factories.placed(departure, 2))
    day = timezone.localdate() + timedelta(days=3)

    assert lifecycle.extend_until(booking.pk, day, by=OFFICE).expires_at > seats.clock()
    factories.lapse(booking)
    factories.held(departure, 1)
    with pytest.raises(lifecycle.NotEnoughSeats):
        lifecycle.extend_until(booking.pk, day, by=OFFICE)
    with pytest.raises(lifecycle.WrongStatus):
        lifecycle.extend_until(factories.held().pk, day, by=OFFICE)


def test_minors_left_alone_by_a_smaller_party_are_not_placed():
    booking = factories.held(party_size=2)
    child, adult = factories.people(2)
    child = {**child, "birth_date": f"{booking.departure.start_date.year - 12}-01-01"}
    lifecycle.set_contact(booking.pk, factories.CONTACT)
    lifecycle.set_travelers(booking.pk, [child, adult])
    lifecycle.resize(booking.pk, 1)

    with pytest.raises(lifecycle.Incomplete) as refused:
        lifecycle.place(booking.pk, "transfer", Terms.objects.first().version)
    assert refused.value.step == "travelers"


def test_extend_until_confirms_what_was_paid_when_no_seat_was_free():
    departure = factories.make_departure(capacity=2)
    booking = factories.placed(departure)
    factories.lapse(booking)
    other = factories.held(departure)
    factories.pay(booking, booking.due_now)
    assert factories.reloaded(booking).status == "pending"
    lifecycle.cancel(other.pk)

    booking = lifecycle.extend_until(booking.pk, timezone.localdate() + timedelta(days=3), by=OFFICE)

    assert booking.status == "confirmed"
    assert factories.told(booking)[-1] == "deposit_received"

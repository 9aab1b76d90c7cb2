"""From hold to confirmed: contact, travelers, placing, paying, and money that comes late."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import factories
import pytest
from django.utils import timezone

from bookings import lifecycle, policy, prices, seats
from bookings.models import Booking, OutboxMessage, Payment, Terms

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


def test_payment_with_one_form_is_written_once():
    booking, form = factories.placed(), uuid4()

    first = factories.pay(booking, "100.00", form)
    second = factories.pay(booking, "100.00", form)

    assert first.pk == second.pk
    assert prices.paid(booking) == 100


def test_payment_with_a_reference_that_is_known_is_refused_with_a_sentence():
    booking = factories.placed()
    factories.pay(booking, "10.00", provider_reference="OP 123")

    with pytest.raises(lifecycle.Refused, match="recorded already"):
        factories.pay(booking, "10.00", provider_reference="OP 123")

    assert prices.paid(booking) == 10


def test_payment_of_nothing_is_refused_with_a_sentence():
    with pytest.raises(lifecycle.Refused, match="more or less than nothing"):
        factories.pay(factories.placed(), "0.00")


def test_payment_in_parts_confirms_with_the_last_part():
    booking = factories.placed(party_size=1)

    factories.pay(booking, "100.00")
    assert factories.reloaded(booking).status == "pending"
    factories.pay(booking, "50.00")

    assert factories.reloaded(booking).status == "confirmed"
    assert factories.told(booking) == ["placed", "deposit_received"]


def test_payment_back_is_a_negative_row_and_changes_no_status():
    booking = factories.confirmed(party_size=1)

    factories.pay(booking, "-150.00")

    assert prices.paid(booking) == 0
    assert factories.reloaded(booking).status == "confirmed"


def test_late_money_confirms_where_seats_are_free():
    departure = factories.make_departure(capacity=2)
    booking = factories.lapse(factories.placed(departure, 2))

    factories.pay(booking, booking.due_now)

    assert factories.reloaded(booking).status == "confirmed"
    assert factories.told(booking) == ["placed", "deposit_received"]


@pytest.mark.parametrize("part", ["1.0", "0.5"])
def test_late_money_without_seats_is_kept_and_told_of(part):
    departure = factories.make_departure(capacity=2)
    booking = factories.lapse(factories.placed(departure, 2))
    factories.confirmed(departure, 1)

    factories.pay(booking, booking.due_now * Decimal(part))

    assert prices.paid(booking) == booking.due_now * Decimal(part)
    assert factories.reloaded(booking).status == "pending"
    assert factories.told(booking) == ["placed", "late_money"]
    assert factories.told(booking, office=True) == ["office_new_booking", "office_late_money"]
    assert factories.kinds(booking)[-1] == "late_money"


def test_late_money_without_the_extras_is_kept_and_told_of():
    departure = factories.make_departure()
    factories.make_extra(departure.trek, slug="bag", stock=1)
    booking = factories.lapse(factories.placed(departure, 1, extras={"bag": 1}))
    factories.placed(departure, 1, extras={"bag": 1})

    factories.pay(booking, booking.due_now)

    assert factories.reloaded(booking).status == "pending"
    assert factories.kinds(booking)[-1] == "late_money"


@pytest.mark.parametrize("make", [factories.held, factories.placed])
def test_money_for_a_cancelled_booking_is_kept_and_told_of(make):
    booking = make()
    lifecycle.cancel(booking.pk)

    factories.pay(booking, "300.00")

    assert prices.paid(booking) == 300
    assert factories.reloaded(booking).status == "cancelled"
    assert "office_late_money" in factories.told(booking, office=True)


def test_payment_writes_down_currency_rate_and_surcharge(django_user_model):
    booking, clerk = factories.placed(), django_user_model.objects.create_user("clerk")

    factories.pay(
        booking,
        "100.00",
        by=lifecycle.office(clerk),
        provider="terminal",
        received_amount=Decimal("393.75"),
        received_currency="PEN",
        rate=Decimal("3.75"),
        surcharge=Decimal("5.00"),
    )

    payment = Payment.objects.get()
    assert (payment.received_amount, payment.received_currency, payment.rate) == (
        Decimal("393.75"),
        "PEN",
        Decimal("3.75"),
    )
    assert payment.recorded_by == clerk
    assert prices.paid(booking) == 100


def test_transfer_is_announced_to_the_office_once_for_each_reference():
    booking = factories.placed()

    lifecycle.announce_transfer(booking.pk, "OP 1")
    lifecycle.announce_transfer(booking.pk, "OP 1")
    assert factories.told(booking, office=True).count("office_transfer_announced") == 1
    lifecycle.announce_transfer(booking.pk, "OP 2")

    assert factories.told(booking, office=True).count("office_transfer_announced") == 2
    assert factories.reloaded(booking).transfer_reference == "OP 2"


def test_transfer_of_a_hold_cannot_be_announced():
    with pytest.raises(lifecycle.WrongStatus):
        lifecycle.announce_transfer(factories.held().pk, "OP 1")


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


def test_a_new_address_gets_the_placed_message_too():
    booking = factories.placed()

    lifecycle.correct_contact(booking.pk, {"contact_email": "right@example.com"}, by=OFFICE)
    lifecycle.correct_contact(booking.pk, {"contact_phone": "+51 1"}, by=OFFICE)

    sent = OutboxMessage.objects.filter(kind="placed").order_by("pk")
    assert list(sent.values_list("to", flat=True)) == ["ana@example.com", "right@example.com"]
    assert booking.events.last().before == booking.events.last().after == ""


def test_a_placed_booking_cannot_lose_its_contact():
    booking = factories.placed()

    with pytest.raises(lifecycle.Refused, match="has a contact"):
        lifecycle.correct_contact(booking.pk, {"contact_name": ""}, by=OFFICE)

    assert factories.reloaded(booking).contact_name == "Ana Quispe"


def test_correcting_a_traveler_counts_and_tells_no_name():
    booking = factories.placed()

    lifecycle.correct_traveler(booking.pk, 2, {"family_names": "Huamán"}, by=OFFICE)

    traveler = booking.travelers.get(number=2)
    assert (traveler.family_names, traveler.version) == ("Huamán", 3)
    assert "Huam" not in booking.events.last().after
    assert factories.reloaded(booking).version == booking.version + 1


def test_a_replaced_key_stops_the_old_one():
    booking = factories.placed()

    lifecycle.replace_key(booking.pk, by=OFFICE)

    assert not Booking.objects.filter(key=booking.key).exists()
    assert len(factories.reloaded(booking).key) == 32


def test_link_is_sent_once_for_each_change():
    booking = factories.held()
    with pytest.raises(lifecycle.WrongStatus):
        lifecycle.send_link(booking.pk)
    lifecycle.set_contact(booking.pk, factories.CONTACT)

    lifecycle.send_link(booking.pk)
    lifecycle.send_link(booking.pk)

    assert factories.told(booking) == ["link"]
    assert factories.kinds(booking).count("link_sent") == 1

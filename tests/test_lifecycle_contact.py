"""Corrections after placing: the contact, a traveler, the private address."""

from uuid import uuid4

import factories
import pytest

from bookings import lifecycle
from bookings.models import Booking, OutboxMessage

pytestmark = pytest.mark.django_db
OFFICE = lifecycle.office()


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


def test_a_replaced_key_makes_a_stranger_of_who_holds_the_first_form():
    form, departure = uuid4(), factories.make_departure()
    booking = factories.held(departure, submission=form, browser="old browser")

    lifecycle.replace_key(booking.pk, by=OFFICE)
    copies = {lifecycle.hold(departure.pk, 2, form, browser="old browser").pk for _ in range(10)}

    assert len(copies) == 1
    assert booking.pk not in copies
    assert factories.reloaded(booking).browser == ""


def test_a_replaced_key_leaves_the_form_of_the_office_as_it_was():
    form, departure = uuid4(), factories.make_departure()
    booking = factories.held(departure, submission=form, by=OFFICE, source="phone")

    lifecycle.replace_key(booking.pk, by=OFFICE)

    assert lifecycle.hold(departure.pk, 2, form, by=OFFICE, source="phone").pk == booking.pk


def test_link_is_sent_once_for_each_change():
    booking = factories.held()
    with pytest.raises(lifecycle.WrongStatus):
        lifecycle.send_link(booking.pk)
    lifecycle.set_contact(booking.pk, factories.CONTACT)

    lifecycle.send_link(booking.pk)
    lifecycle.send_link(booking.pk)

    assert factories.told(booking) == ["link"]
    assert factories.kinds(booking).count("link_sent") == 1


def test_a_new_address_of_a_confirmed_booking_is_not_asked_to_pay_again():
    booking = factories.confirmed()

    lifecycle.correct_contact(booking.pk, {"contact_email": "new@example.com"}, by=OFFICE)

    assert booking.messages.order_by("pk").last().kind == "deposit_received"
    assert factories.told(booking).count("placed") == 1

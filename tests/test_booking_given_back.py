"""Seats given back: the way on to another date, and to the same anew."""

import pytest
from django.urls import reverse

from bookings import lifecycle
from bookings.models import Booking
from tests.factories import (
    CONTACT,
    filled,
    held,
    make_departure,
    make_trek,
    placed,
    reloaded,
    seats_taken,
)
from tests.steps import book_url, key_of, page_of, start
from tests.test_booking_lapsed import forms_of

pytestmark = pytest.mark.django_db


def test_seats_given_back_are_taken_on_another_date_with_everything_typed(client):
    trek = make_trek()
    departure, later = make_departure(trek), make_departure(trek, starts_in=127)
    booking = filled(held(departure, 2))

    given_back = client.post(reverse("booking_give_back", args=[booking.key]), follow=True)
    forms = {form["action"]: form for form in forms_of(given_back)}
    response = client.post(book_url(later), forms[book_url(later)])

    assert "The seats were given back" in given_back.text
    assert "what you typed comes along" in given_back.text
    fresh = Booking.objects.get(key=key_of(response))
    assert (fresh.departure, fresh.party_size) == (later, 2)
    assert fresh.drafts["lead"]["contact_email"] == CONTACT["contact_email"]
    anew = Booking.objects.get(key=key_of(client.post(book_url(departure), forms[book_url(departure)])))
    assert (anew.departure, anew.party_size) == (departure, 2)
    assert anew.drafts["travelers"]["2-family_names"] == "Family 1"


def test_seats_given_back_and_sold_are_not_offered_anew(client):
    departure = make_departure(capacity=2)
    booking = held(departure, 2)
    lifecycle.cancel(booking.pk)
    held(departure, 1)

    text = page_of(client, booking).text

    assert "Book this date anew" not in text
    assert "No other date of this trek has room for 2 people" in text
    assert "comes along" not in text


def test_seats_can_be_given_back_and_taken_anew(client):
    departure = make_departure()
    key = key_of(start(client, departure))

    client.post(reverse("booking_give_back", args=[key]))

    assert seats_taken(departure) == 0
    assert "given back" in client.get(reverse("booking", args=[key])).text
    assert key_of(start(client, departure)) != key


def test_placed_booking_is_not_given_back_by_a_button(client):
    booking = placed()

    client.post(reverse("booking_give_back", args=[booking.key]))

    assert reloaded(booking).status == "pending"

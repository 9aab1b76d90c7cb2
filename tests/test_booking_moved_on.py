"""A form that is sent when the booking is placed or given back already: what was typed is shown, not lost."""

import pytest
from django.test import Client
from django.urls import reverse

from bookings import lifecycle
from bookings.models import ContactMessage
from tests.factories import CONTACT, filled, held, make_extra, reloaded
from tests.steps import fields, travelers
from tests.threads import between_press_and_lock

pytestmark = pytest.mark.django_db


def address(booking, step):
    return reverse(f"booking_{step}", args=[booking.key])


@pytest.fixture
def booking():
    return filled(held(party_size=2))


def place(booking):
    return lifecycle.place(booking.pk, "cash", "2026-11-01")


def test_travelers_sent_after_the_booking_was_placed_are_shown_and_can_be_sent_to_the_office(client, booking):
    opened = fields(client.get(address(booking, "travelers")))
    place(booking)

    response = client.post(address(booking, "travelers"), opened | {"2-family_names": "Huaman"})

    assert response.status_code == 409
    assert "<h1>This booking was placed meanwhile</h1>" in response.text
    assert '<th scope="row">2. Family names</th><td>Huaman</td><td>Family 1</td>' in response.text
    assert "Family 0" not in response.text
    sent = client.post(reverse("contact"), fields(response))
    message = ContactMessage.objects.get()
    assert sent.url == reverse("contact_sent")
    assert message.text == f"Booking {booking.reference}, please correct:\n2. Family names: Huaman"
    assert (message.name, message.email) == (CONTACT["contact_name"], CONTACT["contact_email"])


@pytest.mark.parametrize("button", [{}, {"extend": "1"}, {"back": "party"}])
def test_contact_typed_for_seats_that_were_given_back_is_shown(client, booking, button):
    opened = fields(client.get(address(booking, "lead"))) | {"contact_country": "PE"}
    lifecycle.cancel(booking.pk)

    response = client.post(address(booking, "lead"), opened | {"contact_name": "Rosa <b>"} | button)

    assert response.status_code == 409
    assert "<h1>These seats were given back meanwhile</h1>" in response.text
    assert "<td>Rosa &lt;b&gt;</td>" in response.text
    assert "no-store" in response["Cache-Control"]
    assert f'href="{reverse("book", args=[booking.departure.pk])}?party=2"' in response.text


def test_values_that_are_wrong_or_of_another_step_are_shown_too(client, booking):
    make_extra(booking.departure.trek, slug="bag")
    place(booking)

    for step, typed, row in (
        ("party", {"party_size": "4"}, "<td>4</td><td>2</td>"),
        ("travelers", travelers(2) | {"1-birth_day": "99"}, "<td>99</td><td>1</td>"),
    ):
        response = client.post(address(booking, step), typed)
        assert response.status_code == 409
        assert row in response.text


def test_same_values_once_more_lead_to_the_private_page(client, booking):
    opened = fields(client.get(address(booking, "travelers")))
    place(booking)

    response = client.post(address(booking, "travelers"), opened, follow=True)

    assert response.redirect_chain == [(booking.get_absolute_url(), 302)]
    assert str(lifecycle.WrongStatus()) in response.text


@pytest.mark.django_db(transaction=True)
def test_booking_placed_at_the_very_moment_of_saving_loses_nothing(client, booking):
    opened = fields(client.get(address(booking, "travelers"))) | {"2-family_names": "Huaman"}

    response = between_press_and_lock(
        lambda: place(booking), lambda: Client().post(address(booking, "travelers"), opened)
    )

    assert response.status_code == 409
    assert "<td>Huaman</td>" in response.text
    assert reloaded(booking).drafts == {}


def test_last_look_of_seats_that_were_given_back_says_so(client, booking):
    opened = fields(client.get(address(booking, "review"))) | {"method": "cash", "accepted": "on"}
    lifecycle.cancel(booking.pk)

    response = client.post(address(booking, "review"), opened, follow=True)

    assert str(lifecycle.WrongStatus()) in response.text
    assert "given back" in response.text


def test_code_typed_for_a_placed_booking_is_refused_in_words(client, booking):
    opened = fields(client.get(address(booking, "review")))
    place(booking)

    response = client.post(address(booking, "review"), opened | {"code": "PUNA"}, follow=True)

    assert str(lifecycle.WrongStatus()) in response.text

"""Two people at one booking: each is told what the other saved, and neither loses anything."""

import pytest
from django.urls import reverse

from bookings import lifecycle
from tests.factories import CONTACT, held, reloaded
from tests.steps import fields, travelers

pytestmark = pytest.mark.django_db


def test_two_people_at_once_see_both_versions_and_lose_nothing(client):
    booking = held()
    url = reverse("booking_lead", args=[booking.key])
    opened = fields(client.get(url))
    lifecycle.set_contact(booking.pk, CONTACT)

    mine = CONTACT | {"contact_name": "Luis Quispe"}
    response = client.post(url, {**opened, **mine})

    assert response.status_code == 409
    assert fields(response)["contact_name"] == "Luis Quispe"
    assert "<td>Ana Quispe</td>" in response.text
    assert reloaded(booking).contact_name == "Ana Quispe"
    client.post(url, {**fields(response), **mine})
    assert reloaded(booking).contact_name == "Luis Quispe"


def test_what_others_saved_is_noticed_also_after_a_refused_or_a_kept_form(client):
    booking = held()
    url = reverse("booking_lead", args=[booking.key])
    opened = fields(client.get(url))
    lifecycle.set_contact(booking.pk, CONTACT)

    refused = client.post(url, {**opened, **CONTACT, "contact_phone": "1"})
    again = client.post(url, {**fields(refused), **CONTACT, "contact_name": "Luis"})
    client.post(url, {**opened, **CONTACT, "contact_name": "Luis", "extend": "1"})
    kept = client.get(url)
    later = client.post(url, {**fields(kept), **CONTACT, "contact_name": "Luis"})

    assert (refused.status_code, again.status_code, later.status_code) == (422, 409, 409)
    assert reloaded(booking).contact_name == CONTACT["contact_name"]


def test_party_resized_under_an_open_form_asks_for_the_new_traveler_and_breaks_nothing(client):
    booking = held(party_size=2)
    lifecycle.set_contact(booking.pk, CONTACT)
    url = reverse("booking_travelers", args=[booking.key])
    opened = fields(client.get(url))
    lifecycle.resize(booking.pk, 3)

    response = client.post(url, {**opened, **travelers(2)})

    assert response.status_code == 422
    assert fields(response)["2-family_names"] == "Family 2"
    assert "Traveler 3" in response.text
    assert client.post(url, {**fields(response), **travelers(3)}).status_code == 409


def test_party_made_smaller_under_an_open_form_shows_what_was_typed_for_the_dropped_traveler(client):
    booking = held(party_size=3)
    lifecycle.set_contact(booking.pk, CONTACT)
    url = reverse("booking_travelers", args=[booking.key])
    opened = fields(client.get(url))
    lifecycle.resize(booking.pk, 2)

    both = client.post(url, {**opened, **travelers(3)})
    wrong = client.post(url, {**opened, **travelers(3), "1-birth_day": "99"})
    kept = client.post(url, {**opened, **travelers(3), "extend": "1"}, follow=True)

    assert (both.status_code, wrong.status_code) == (409, 422)
    assert '<th scope="row">3. Family names</th><td>Family 3</td><td>–</td>' in both.text
    for page in (wrong, kept):
        assert "Traveler 3: Given 3 Family 3 1 4 1990" in " ".join(page.text.split())


def test_forged_seen_value_saves_nothing_unseen(client):
    booking = held()
    lifecycle.set_contact(booking.pk, CONTACT)
    url = reverse("booking_lead", args=[booking.key])

    response = client.post(url, {**CONTACT, "contact_name": "Eve", "seen": "forged"})

    assert response.status_code == 409
    assert reloaded(booking).contact_name == "Ana Quispe"

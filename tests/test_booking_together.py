"""Two people at one booking: each is told what the other saved, and neither loses anything."""

import pytest
from django.urls import reverse

from bookings import lifecycle
from bookings.models import Booking
from tests.factories import CONTACT, filled, held, reloaded
from tests.steps import fields, send, travelers

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


@pytest.fixture
def travelers_url():
    """The address of the travelers of a party of two whose contact is known."""
    booking = held(party_size=2)
    lifecycle.set_contact(booking.pk, CONTACT)
    return reverse("booking_travelers", args=[booking.key])


def test_two_drafts_of_one_step_stand_side_by_side(client, travelers_url):
    mine, theirs = (fields(client.get(travelers_url)) for _ in range(2))

    client.post(travelers_url, {**mine, "1-family_names": "Quispe", "extend": "1"})
    client.post(travelers_url, {**theirs, "2-family_names": "Huaman", "extend": "1"})

    page = fields(client.get(travelers_url))
    assert (page["1-family_names"], page["2-family_names"]) == ("Quispe", "Huaman")


def test_page_that_never_showed_a_draft_does_not_delete_it(client, travelers_url):
    mine, theirs = (fields(client.get(travelers_url)) for _ in range(2))

    client.post(travelers_url, {**mine, "1-family_names": "Quispe", "extend": "1"})
    client.post(travelers_url, {**theirs, "back": "lead"})

    assert fields(client.get(travelers_url))["1-family_names"] == "Quispe"


def test_saved_step_leaves_the_draft_of_somebody_else_and_shows_both(client, travelers_url):
    mine, theirs = (fields(client.get(travelers_url)) for _ in range(2))
    client.post(travelers_url, {**mine, "1-family_names": "Quispe", "extend": "1"})

    saved = client.post(travelers_url, {**theirs, **travelers(2)})
    page = client.get(travelers_url)
    both = client.post(travelers_url, fields(page))

    assert saved.url == travelers_url
    assert "This is what you typed before" in page.text
    assert (fields(page)["1-family_names"], fields(page)["2-family_names"]) == ("Quispe", "Family 2")
    assert both.status_code == 409
    assert "<td>Quispe</td><td>Family 1</td>" in both.text
    assert client.post(travelers_url, fields(both)).url.endswith("/review/")


def test_what_was_saved_can_be_taken_instead_of_a_draft(client, travelers_url):
    mine, theirs = (fields(client.get(travelers_url)) for _ in range(2))
    client.post(travelers_url, {**mine, "1-family_names": "Quispe", "extend": "1"})
    client.post(travelers_url, {**theirs, **travelers(2)})

    page = client.get(travelers_url, {"saved": 1})
    response = client.post(travelers_url, fields(page))

    assert fields(page)["1-family_names"] == "Family 1"
    assert response.url.endswith("/review/")


def test_draft_that_is_corrected_emptied_or_typed_back_leaves_nothing_behind(client, travelers_url):
    key = travelers_url.split("/")[2]
    wrong = send(client, travelers_url, travelers(2), **{"1-birth_day": "99", "2-given_names": "Rosa"})
    again = client.post(travelers_url, {**fields(wrong), "2-given_names": "Ro", "1-birth_day": ""})
    kept = client.post(travelers_url, {**fields(again), **travelers(2), "2-given_names": "", "extend": "1"})
    page = fields(client.get(kept.url))

    assert (page["1-birth_day"], page.get("2-given_names", "")) == ("1", "")
    assert send(client, travelers_url, {}).url.endswith("/review/")
    send(client, travelers_url, {"1-family_names": "Quispe"}, extend="1")
    send(client, travelers_url, {"1-family_names": "Family 1"}, extend="1")
    assert Booking.objects.get(key=key).drafts == {}


def test_name_copied_for_traveler_one_leaves_what_was_typed_for_the_others(client):
    booking = held(party_size=2)
    lifecycle.save_draft(booking.pk, "travelers", {"2-family_names": "Huaman"})

    send(client, reverse("booking_lead", args=[booking.key]), CONTACT | {"walking": "on"})

    draft = reloaded(booking).drafts["travelers"]
    assert (draft["1-family_names"], draft["2-family_names"]) == ("Quispe", "Huaman")


def test_other_steps_keep_a_strangers_draft_when_they_are_saved(client):
    booking = filled(held())
    url = reverse("booking_lead", args=[booking.key])
    mine, theirs = (fields(client.get(url)) | {"contact_country": "PE"} for _ in range(2))

    client.post(url, {**mine, "contact_name": "Rosa Quispe", "extend": "1"})
    client.post(url, {**theirs, "contact_phone": "+51984111222"})

    page = fields(client.get(url))
    assert (page["contact_name"], page["contact_phone"]) == ("Rosa Quispe", "+51984111222")

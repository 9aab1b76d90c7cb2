"""What is typed is never lost: wrong forms, side buttons, two people at once, a busy date."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.urls import reverse

from bookings import lifecycle
from bookings.models import OutboxMessage
from tests.factories import CONTACT, held, lapse, make_departure, reloaded, told
from tests.steps import fields, send

pytestmark = pytest.mark.django_db


def test_extend_keeps_what_is_typed_even_if_it_is_wrong(client):
    booking = held()
    url = reverse("booking_lead", args=[booking.key])

    response = send(client, url, {"contact_name": "Ana", "contact_email": "ana@"}, extend="1")

    assert response.url == url
    page = client.get(url)
    assert fields(page)["contact_name"] == "Ana"
    assert fields(page)["contact_email"] == "ana@"
    assert reloaded(booking).extensions == 1
    assert reloaded(booking).contact_name == ""
    assert (reloaded(booking).expires_at - booking.expires_at).total_seconds() == 9 * 60


@pytest.mark.parametrize("button", ["extend", "send_link"])
@pytest.mark.parametrize(
    ("step", "field"), [("lead", "contact_name"), ("travelers", "1-family_names"), ("lead", "seen")]
)
def test_signs_no_draft_can_hold_and_endless_values_break_nothing(client, step, field, button):
    booking = held()
    lifecycle.set_contact(booking.pk, CONTACT)
    url = reverse(f"booking_{step}", args=[booking.key])

    response = send(client, url, {field: "An\x00a" + "a" * 200_000}, **{button: "1"})

    assert response.status_code == 302
    kept = reloaded(booking).drafts[step][field]
    assert kept.startswith("Anaaa")
    assert len(kept) <= (100_000 if field == "seen" else 500)
    assert client.get(url).status_code == 200


def test_wrong_values_are_told_beside_the_field_and_on_top_and_stay(client):
    booking = held()
    url = reverse("booking_lead", args=[booking.key])

    response = send(client, url, {"contact_name": "Ana", "contact_phone": "600 000 000"})

    assert response.status_code == 422
    assert 'href="#id_contact_phone"' in response.text
    assert 'id="id_contact_phone_error"' in response.text
    assert fields(response)["contact_name"] == "Ana"
    assert fields(client.get(url))["contact_name"] == "Ana"
    assert fields(client.get(url))["contact_phone"] == "600 000 000"


def test_link_goes_to_the_contact_only_when_asked(client):
    booking = held()
    lifecycle.set_contact(booking.pk, CONTACT)
    url = reverse("booking_travelers", args=[booking.key])
    assert told(booking) == []

    send(client, url, {"1-family_names": "Quispe"}, send_link="1")

    assert told(booking) == ["link"]
    assert fields(client.get(url))["1-family_names"] == "Quispe"
    assert reverse("booking", args=[booking.key]) in OutboxMessage.objects.get().text


def test_link_goes_to_the_corrected_address_within_the_same_hour(client):
    booking = held()
    lifecycle.set_contact(booking.pk, CONTACT | {"contact_email": "wrong@example.com"})
    url = reverse("booking_travelers", args=[booking.key])

    send(client, url, {}, send_link="1")
    lifecycle.set_contact(booking.pk, CONTACT)
    send(client, url, {}, send_link="1")

    assert "The link is on its way to ana@example.com." in client.get(url).text
    sent_to = booking.messages.order_by("pk").values_list("to", flat=True)
    assert list(sent_to) == ["wrong@example.com", "ana@example.com"]


def test_link_is_sent_again_once_the_private_address_is_replaced(client):
    booking = held()
    lifecycle.set_contact(booking.pk, CONTACT)
    send(client, reverse("booking_travelers", args=[booking.key]), {}, send_link="1")
    lifecycle.replace_key(booking.pk, by=lifecycle.office())
    key = reloaded(booking).key

    send(client, reverse("booking_travelers", args=[key]), {}, send_link="1")

    assert key in booking.messages.order_by("pk").last().text


def test_link_that_is_not_sent_again_is_not_promised(client):
    booking = held()
    lifecycle.set_contact(booking.pk, CONTACT)
    url = reverse("booking_travelers", args=[booking.key])
    send(client, url, {}, send_link="1")
    client.get(url)

    send(client, url, {}, send_link="1")

    text = client.get(url).text
    assert "It was sent to ana@example.com a moment ago." in text
    assert "is on its way" not in text
    assert told(booking) == ["link"]


@pytest.mark.django_db(transaction=True)
def test_busy_departure_answers_with_the_page_and_nothing_lost(client):
    departure = make_departure()
    booking = held(departure)
    url = reverse("booking_lead", args=[booking.key])
    form = fields(client.get(url)) | CONTACT | {"contact_name": "Typed Name"}

    with ThreadPoolExecutor(1) as pool, lock_of(departure):
        response = pool.submit(post_elsewhere, client, url, form).result()

    assert response.status_code == 409
    assert "please try once more" in response.text
    assert fields(response)["contact_name"] == "Typed Name"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("step", "typed"), [("lead", {"contact_name": "Typed Name"}), ("travelers", {"1-family_names": "Typed"})]
)
def test_lapsed_hold_on_a_busy_departure_keeps_the_form_filled_in(client, step, typed):
    departure = make_departure()
    booking = held(departure)
    lifecycle.set_contact(booking.pk, CONTACT)
    url = reverse(f"booking_{step}", args=[booking.key])
    form = fields(client.get(url)) | typed
    lapse(booking)

    with ThreadPoolExecutor(1) as pool, lock_of(departure):
        response = pool.submit(post_elsewhere, client, url, form).result()

    assert response.status_code == 409
    assert "please try once more" in response.text
    assert typed.items() <= fields(response).items()
    assert client.post(url, fields(response)).url == booking.get_absolute_url()
    assert typed.items() <= reloaded(booking).drafts[step].items()


def post_elsewhere(client, url, form):
    """A POST on another connection, which waits for a lock only a moment."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
        return client.post(url, form)
    finally:
        connection.close()


@contextmanager
def lock_of(departure):
    """Hold the departure's lock until the block ends."""
    with transaction.atomic():
        lifecycle.locks.lock_departure(departure.pk)
        yield

"""Booking over HTTP, as a browser without script does it: from the form to the private page."""

import logging

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings import lifecycle
from bookings.models import Booking
from tests.factories import (
    CONTACT,
    filled,
    held,
    kinds,
    make_departure,
    make_extra,
    make_trek,
    pay,
    people,
    placed,
    reloaded,
    seats_taken,
    told,
)
from tests.steps import LEAD, book_url, fields, key_of, page_of, send, start, travelers

pytestmark = pytest.mark.django_db
STEPS = ("booking", "booking_party", "booking_lead", "booking_travelers", "booking_review")


def test_booking_goes_from_the_form_to_the_private_page_in_eleven_requests(client):
    trek = make_trek()
    extra = make_extra(trek)
    departure = make_departure(trek)
    requests = 0

    page = client.get(book_url(departure), {"party": 3})
    url, requests = book_url(departure), 1
    for answers in ({}, LEAD, travelers(3), {extra.slug: "2"}, {"method": "transfer", "accepted": "on"}):
        page = client.post(url, {**fields(page), **answers}, follow=True)
        requests += 1 + len(page.redirect_chain)
        url = page.redirect_chain[-1][0]

    assert requests == 11
    booking = Booking.objects.get()
    assert url == reverse("booking", args=[booking.key])
    assert booking.status == "pending"
    assert seats_taken(departure) == 3
    assert booking.reference in page.text
    assert [person.full_name for person in booking.travelers.order_by("number")] == [
        "Given 1 Family 1",
        "Given 2 Family 2",
        "Given 3 Family 3",
    ]
    assert told(booking) == ["placed"]
    assert told(booking, office=True) == ["office_new_booking"]


def test_trek_without_extras_skips_their_step(client):
    departure = make_departure()
    booking = Booking.objects.get(key=key_of(start(client, departure)))

    send(client, reverse("booking_lead", args=[booking.key]), LEAD)
    response = send(client, reverse("booking_travelers", args=[booking.key]), travelers(3))

    assert response.url == reverse("booking_review", args=[booking.key])
    assert client.get(reverse("booking_extras", args=[booking.key])).url == response.url


def test_steps_lead_to_the_first_unfinished_one(client):
    booking = held()
    lead = reverse("booking_lead", args=[booking.key])

    for name in ("booking", "booking_travelers", "booking_extras", "booking_review"):
        assert client.get(reverse(name, args=[booking.key])).url == lead
    assert client.get(lead).status_code == 200
    assert client.get(reverse("booking_party", args=[booking.key])).status_code == 200


def test_any_step_goes_on_in_another_browser(client):
    departure = make_departure()
    key = key_of(start(client, departure))
    other = Client()

    response = send(other, reverse("booking_lead", args=[key]), LEAD)

    assert response.url == reverse("booking_travelers", args=[key])
    assert Booking.objects.get(key=key).contact_name == CONTACT["contact_name"]


def test_i_am_walking_too_offers_the_own_name_and_nothing_else(client):
    booking = held()

    send(client, reverse("booking_lead", args=[booking.key]), LEAD | {"contact_name": "Ana  María Quispe"})

    page = client.get(reverse("booking_travelers", args=[booking.key]))
    found = fields(page)
    assert (found["1-given_names"], found["1-family_names"]) == ("Ana María", "Quispe")
    assert "2-family_names" not in found
    assert "typed before" not in page.text
    assert reloaded(booking).travelers.get(number=1).family_names == ""


def test_without_the_tick_no_name_is_offered(client):
    booking = held()

    send(client, reverse("booking_lead", args=[booking.key]), CONTACT)

    assert "1-family_names" not in fields(client.get(reverse("booking_travelers", args=[booking.key])))


def test_extras_run_out_with_a_sentence_and_what_was_typed(client):
    trek = make_trek()
    extra = make_extra(trek, stock=3)
    departure = make_departure(trek)
    filled(held(departure, 2), {extra.slug: 2})
    booking = held(departure, 2)
    lifecycle.set_contact(booking.pk, CONTACT)
    lifecycle.set_travelers(booking.pk, people(2))

    response = send(client, reverse("booking_extras", args=[booking.key]), {extra.slug: "2"})

    assert response.status_code == 422
    assert "Only 1 are free" in response.text
    assert fields(response)[extra.slug] == "2"


def test_extras_add_up_without_script(client):
    trek = make_trek()
    extra = make_extra(trek, price="20.00")
    booking = held(make_departure(trek), 2)
    lifecycle.set_contact(booking.pk, CONTACT)
    lifecycle.set_travelers(booking.pk, people(2))
    url = reverse("booking_extras", args=[booking.key])

    response = send(client, url, {extra.slug: "3"}, stay="1")

    assert response.url == url
    assert "$1,240" in client.get(url).text


@pytest.mark.parametrize(("starts_in", "has_balance"), [(120, True), (30, False)])
def test_a_balance_is_told_only_where_something_is_due_later(client, starts_in, has_balance):
    trek = make_trek(booking_cutoff_days=14)
    make_extra(trek)
    booking = filled(held(make_departure(trek, starts_in=starts_in)))

    for step in ("lead", "travelers", "extras", "review"):
        assert ("Balance by" in page_of(client, booking, f"booking_{step}").text) == has_balance, step


def test_after_ten_extensions_the_button_is_gone(client):
    booking = held()
    for _ in range(10):
        lifecycle.extend(booking.pk)

    page = client.get(reverse("booking_lead", args=[booking.key]))

    assert 'name="extend"' not in page.text
    assert "cannot be kept longer" in page.text


def test_every_step_tells_the_end_as_a_clock_time_and_can_be_extended(client):
    trek = make_trek()
    make_extra(trek)
    booking = filled(held(make_departure(trek)))
    until = f"{timezone.localtime(booking.expires_at):%H:%M}"

    for name in (*STEPS[1:], "booking_extras"):
        text = page_of(client, booking, name).text
        assert f"until {until}" in text
        assert 'name="extend"' in text
        assert "http-equiv" not in text


def test_names_stay_as_typed_and_are_escaped(client):
    booking = held(party_size=1)
    lifecycle.set_contact(booking.pk, CONTACT | {"contact_name": "<b>O'Brien</b>"})

    text = page_of(client, booking, "booking_lead").text

    assert "&lt;b&gt;O&#x27;Brien&lt;/b&gt;" in text
    assert "<b>O'Brien" not in text


def test_deposit_confirms_and_tells_the_contact(client):
    booking = placed()

    pay(booking, booking.due_now)

    page = client.get(reverse("booking", args=[booking.key]))
    assert "The seats are yours" in page.text
    assert told(booking) == ["placed", "deposit_received"]


def test_transfer_announced_tells_the_office_once(client):
    booking = placed()
    url = reverse("booking_transfer", args=[booking.key])

    for _ in range(3):
        client.post(url, {"bank_reference": "BCP  77"})

    assert reloaded(booking).transfer_reference == "BCP 77"
    assert told(booking, office=True) == ["office_new_booking", "office_transfer_announced"]


def test_corrected_email_gets_the_message_again(client, settings):
    settings.EMAIL_CORRECTIONS_PER_DAY = 3
    booking = placed()
    url = reverse("booking_email", args=[booking.key])

    client.post(url, {"contact_email": "right@example.com"})

    assert list(booking.messages.filter(kind="placed").order_by("pk").values_list("to", flat=True)) == [
        "ana@example.com",
        "right@example.com",
    ]
    for n in range(5):
        client.post(url, {"contact_email": f"other{n}@example.com"})
    assert kinds(booking).count("contact_changed") <= 1 + 3


def test_logs_do_not_lead_into_a_booking(client, caplog):
    booking = held()
    handler = logging.getLogger().handlers[0]

    with caplog.at_level(logging.WARNING, logger="django.request"):
        client.post(reverse("booking_lead", args=[booking.key]), {})

    (record,) = [record for record in caplog.records if record.name == "django.request"]
    assert handler.filter(record)
    assert booking.key not in record.getMessage()
    assert "/bookings/(private)/lead/" in record.getMessage()

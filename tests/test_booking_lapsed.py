"""A hold whose time is over, or that was given back: what was typed stays and goes along to another date."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from bookings import lifecycle, prices
from bookings.models import Booking, LinkRequest
from tests.factories import (
    CONTACT,
    filled,
    held,
    lapse,
    make_departure,
    make_extra,
    make_trek,
    placed,
    raw,
    reloaded,
    seats_taken,
)
from tests.steps import book_url, fields, form_of, key_of, page_of, start, travelers

pytestmark = pytest.mark.django_db


def test_lapsed_hold_keeps_what_is_typed_and_goes_on_at_todays_price(client):
    departure = make_departure(price="590.00")
    booking = held(departure, 2)
    lifecycle.set_contact(booking.pk, CONTACT)
    url = reverse("booking_travelers", args=[booking.key])
    opened = fields(client.get(url))
    lapse(booking)
    raw(type(departure), departure, price="620.00")

    response = client.post(url, {**opened, **travelers(2)}, follow=True)

    assert response.redirect_chain[-1][0] == reverse("booking", args=[booking.key])
    assert "$590" in response.text
    assert "$620" in response.text
    client.post(reverse("booking_resume", args=[booking.key]))
    assert fields(client.get(url))["2-family_names"] == "Family 2"
    assert reloaded(booking).price_lines.get().unit_amount == 620


def test_lapsed_hold_without_seats_goes_to_another_date_with_everything_typed(client):
    trek = make_trek()
    departure, later = make_departure(trek, capacity=2), make_departure(trek, starts_in=127)
    booking = held(departure, 2)
    lifecycle.set_contact(booking.pk, CONTACT)
    lifecycle.save_draft(booking.pk, "travelers", {"1-family_names": "Quispe"})
    lapse(booking)
    held(departure, 1)

    page = client.get(reverse("booking", args=[booking.key]))
    refused = client.post(reverse("booking_resume", args=[booking.key]))
    response = client.post(book_url(later), fields(page))

    assert "too few for 2 people" in page.text
    assert refused.url == reverse("booking", args=[booking.key])
    fresh = Booking.objects.get(key=key_of(response))
    assert fresh.departure == later
    lead = client.get(reverse("booking_lead", args=[fresh.key]))
    assert fields(lead)["contact_email"] == CONTACT["contact_email"]
    assert fresh.drafts["travelers"]["1-family_names"] == "Quispe"


def test_lapsed_page_shows_the_old_and_the_new_total_with_extras_and_resumes_at_it(client):
    trek = make_trek()
    bag = make_extra(trek, slug="bag", price="20.00")
    departure = make_departure(trek, price="590.00", deposit="150.00")
    booking = lapse(filled(held(departure, 2), {"bag": 2}))
    raw(type(departure), departure, price="620.00", deposit="200.00")
    raw(type(bag), bag, price="25.00")

    page = client.get(reverse("booking", args=[booking.key]))
    client.post(reverse("booking_resume", args=[booking.key]))

    rows = [[*map(str.strip, re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row))] for row in rows_of(page)]
    assert rows[1:] == [
        ["A person", "$590", "$620"],
        ["Deposit a person", "$150", "$200"],
        ["bag, 2", "$40", "$50"],
        ["Total", "$1,220", "$1,290"],
    ]
    assert prices.total(booking) == 1290
    assert "$400" in client.get(reverse("booking_review", args=[booking.key])).text


def test_lapsed_page_says_that_extras_are_chosen_anew_where_not_all_are_free(client):
    trek = make_trek()
    make_extra(trek, slug="bag", stock=2)
    departure = make_departure(trek)
    booking = lapse(filled(held(departure, 2), {"bag": 2}))
    filled(held(departure, 1), {"bag": 1})

    page = client.get(reverse("booking", args=[booking.key]))

    assert "choose anew" in page.text
    assert "$1,220" in page.text and "$1,180" in page.text


def rows_of(page):
    """The rows of the table of a page."""
    return re.findall(r"<tr>(.*?)</tr>", page.text)


def test_nobody_carries_over_what_they_cannot_see(client):
    victim = held()
    lifecycle.set_contact(victim.pk, CONTACT)
    departure = make_departure()

    response = client.post(
        book_url(departure), {**form_of(client, departure), "party_size": 1, "carry": str(victim.pk)}
    )

    assert Booking.objects.get(key=key_of(response)).drafts == {}


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


def test_emptied_hold_still_has_a_page(client):
    booking = lapse(filled(held()), by="40 days")
    lifecycle.erase_lapsed()

    response = page_of(client, booking)

    assert response.status_code == 200
    assert CONTACT["contact_email"] not in response.text


def test_work_empties_old_holds_and_old_requests():
    booking = lapse(filled(held()), by="40 days")
    LinkRequest.objects.create(reference="AAAABBBB", email="a@example.com")
    raw(LinkRequest, LinkRequest.objects.get(), answered_at=timezone.now() - timedelta(hours=2))

    call_command("work", "--once")

    assert Booking.objects.get(pk=booking.pk).contact_email == ""
    assert not LinkRequest.objects.exists()

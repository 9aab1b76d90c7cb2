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
    raw,
    reloaded,
)
from tests.steps import Fields, book_url, fields, form_of, key_of, page_of, travelers

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
    go_on(client, booking)
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
    refused = go_on(client, booking)
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
    go_on(client, booking)

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


def go_on(client, booking):
    """Open the page of a lapsed hold and press its button."""
    return client.post(reverse("booking_resume", args=[booking.key]), fields(page_of(client, booking)))


def rows_of(page):
    """The rows of the table of a page."""
    return re.findall(r"<tr>(.*?)</tr>", page.text)


def button_of(client, booking):
    """The words on the button that takes a lapsed hold up again."""
    return re.search(r'name="seen".*?<button class="btn">(.*?)</button>', page_of(client, booking).text)[1]


@pytest.mark.parametrize(
    ("dearer", "words"),
    [
        ({}, "Go on"),
        ({"price": "620.00"}, "Go on at $1,280 in total"),
        ({"bag": "25.00"}, "Go on at $1,230 in total"),
        ({"deposit": "200.00"}, "Go on, with $400 due when you book"),
    ],
)
def test_button_of_a_lapsed_hold_says_what_has_become_dearer(client, dearer, words):
    trek = make_trek()
    bag = make_extra(trek, slug="bag", price="20.00")
    departure = make_departure(trek, price="590.00", deposit="150.00")
    booking = lapse(filled(held(departure, 2), {"bag": 2}))
    if "bag" in dearer:
        raw(type(bag), bag, price=dearer["bag"])
    else:
        raw(type(departure), departure, **(dearer or {"version": departure.version}))

    assert button_of(client, booking) == words


@pytest.mark.parametrize("dearer", [{"price": "620.00"}, {"deposit": "200.00"}])
def test_price_that_changed_since_the_page_was_opened_is_shown_before_the_hold_goes_on(client, dearer):
    departure = make_departure(price="590.00", deposit="150.00")
    booking = lapse(filled(held(departure, 2)))
    opened = fields(page_of(client, booking))
    raw(type(departure), departure, **dearer)

    response = client.post(reverse("booking_resume", args=[booking.key]), opened, follow=True)

    assert "The price has changed since this page was opened" in response.text
    assert len(rows_of(response)) > 2
    assert prices.total(booking) == 1180
    assert reloaded(booking).expires_at == booking.expires_at
    go_on(client, booking)
    assert reloaded(booking).expires_at > booking.expires_at


@pytest.mark.parametrize("seen", ["", "1180.00", "made:up:word"])
def test_hold_does_not_go_on_at_a_price_that_no_page_showed(client, seen):
    booking = lapse(filled(held()))

    response = client.post(reverse("booking_resume", args=[booking.key]), {"seen": seen}, follow=True)

    assert "The price has changed" in response.text
    assert reloaded(booking).expires_at == booking.expires_at


def test_lapsed_page_says_where_the_whole_price_has_become_due(client):
    departure = make_departure(make_trek(balance_due_days=30), starts_in=20)
    booking = lapse(filled(held(departure, 2)), by="30 days")

    page = page_of(client, booking)

    assert departure.is_due_at_once
    assert "Due when you book" in page.text
    assert button_of(client, booking) == "Go on, with $1,180 due when you book"


def test_lapsed_page_offers_other_dates_and_brings_along_what_was_typed(client):
    trek = make_trek()
    departure, later = make_departure(trek), make_departure(trek, starts_in=127)
    booking = lapse(filled(held(departure, 2)))

    page = page_of(client, booking)
    response = client.post(book_url(later), fields(page))

    assert "the seats are still free" in page.text
    assert "What you typed comes along." in page.text
    fresh = Booking.objects.get(key=key_of(response))
    assert (fresh.departure, fresh.party_size) == (later, 2)
    assert fresh.drafts["lead"]["contact_email"] == CONTACT["contact_email"]
    assert fresh.drafts["travelers"]["2-family_names"] == "Family 1"


@pytest.mark.parametrize("is_full", [False, True])
def test_lapsed_page_of_an_emptied_hold_does_not_say_that_anything_is_kept(client, is_full):
    trek = make_trek()
    departure, _later = make_departure(trek, capacity=2), make_departure(trek, starts_in=127)
    booking = lapse(filled(held(departure, 2)), by="40 days")
    lifecycle.erase_lapsed()
    if is_full:
        held(departure, 2)

    text = page_of(client, booking).text

    assert "What you typed has been deleted" in text
    assert "is kept" not in text
    assert "comes along" not in text


def forms_of(page):
    """The forms of a page, each as its fields with its action."""
    found = re.findall(r'<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>', page.text, re.DOTALL)
    return [{"action": action} | Fields(inner).values for action, inner in found]


def test_nobody_carries_over_what_they_cannot_see(client):
    victim = held()
    lifecycle.set_contact(victim.pk, CONTACT)
    departure = make_departure()

    response = client.post(
        book_url(departure), {**form_of(client, departure), "party_size": 1, "carry": str(victim.pk)}
    )

    assert Booking.objects.get(key=key_of(response)).drafts == {}


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

"""A date without room, or closed, or not public: what its form says, and which dates it offers."""

import pytest
from django.urls import reverse

from bookings.models import Booking, RefundPolicy
from tests.factories import held, make_departure, make_trek, seats_taken
from tests.steps import book_url, start

pytestmark = pytest.mark.django_db


def test_too_few_seats_answer_409_with_how_many_and_other_dates(client):
    trek = make_trek()
    departure = make_departure(trek, capacity=4)
    later = make_departure(trek, starts_in=127)
    full = make_departure(trek, starts_in=124, capacity=3)
    held(departure, 2)
    held(full, 3)

    response = start(client, departure, 3)

    assert response.status_code == 409
    assert "Only 2 seats are left" in response.text
    assert book_url(later) in response.text
    assert book_url(full) not in response.text
    assert seats_taken(departure) == 2


def test_more_than_the_whole_departure_is_a_lack_of_seats_too(client):
    departure = make_departure(capacity=4)

    response = start(client, departure, 13)

    assert response.status_code == 409
    assert "Only 4 seats are left" in response.text


@pytest.mark.parametrize("party_size", ["", "0", "-1", "three", "41", "1e9", "٣٣٣٣٣٣"])
def test_party_that_makes_no_sense_is_refused_with_a_sentence(client, party_size):
    departure = make_departure()

    response = start(client, departure, party_size)

    assert response.status_code == 422
    assert 'id="errors"' in response.text
    assert not Booking.objects.exists()


def test_departure_inside_the_cut_off_says_ask_us(client):
    departure = make_departure(starts_in=5)

    page, posted = client.get(book_url(departure)), start(client, departure)

    assert page.status_code == 200
    assert "Keep these seats" not in page.text
    assert f"{reverse('contact')}?departure={departure.pk}" in page.text
    assert posted.status_code == 409
    assert not Booking.objects.exists()


@pytest.mark.parametrize("hidden", [{"is_private": True}, {"trek__is_published": False}])
def test_departure_that_is_not_public_has_no_form(client, hidden):
    published = hidden.pop("trek__is_published", True)
    departure = make_departure(make_trek(is_published=published), **hidden)

    assert client.get(book_url(departure)).status_code == 404
    assert client.post(book_url(departure), {"party_size": 1}).status_code == 404


def test_site_without_agreements_asks_to_write_instead_of_failing(client):
    departure = make_departure()
    RefundPolicy.objects.all().delete()

    response = start(client, departure, 1)

    assert response.status_code == 409
    assert "cannot be booked online" in response.text


def test_full_date_asks_for_the_party_before_another_date_is_held(client):
    trek = make_trek()
    full, later = make_departure(trek, capacity=2), make_departure(trek, starts_in=127)
    held(full, 2)

    unknown, known = (client.get(book_url(full), query).text for query in ({}, {"party": 2}))

    assert f'href="{book_url(later)}"' in unknown
    assert f'action="{book_url(later)}"' not in unknown
    assert f'action="{book_url(later)}"' in known
    assert "Take 2 seats" in known


def test_departure_button_leads_to_the_form(client):
    departure = make_departure()
    full, close = make_departure(capacity=2), make_departure(starts_in=3)
    held(full, 2)

    text = client.get(reverse("departures"), {"party": 2}).text

    assert f"{reverse('book', args=[departure.pk])}?party=2" in text
    assert reverse("book", args=[full.pk]) not in text
    assert f"{reverse('contact')}?departure={full.pk}" in text
    assert reverse("book", args=[close.pk]) not in text
    assert f"{reverse('contact')}?departure={close.pk}" in text

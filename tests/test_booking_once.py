"""One form is one booking, however often it is sent, and nobody else's."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from bookings import lifecycle
from bookings.models import Booking
from tests.factories import filled, held, make_departure, make_trek, seats_taken, told
from tests.steps import book_url, fields, form_of, key_of, start

pytestmark = pytest.mark.django_db


def test_same_form_ten_times_is_one_booking(client):
    departure = make_departure()
    form = {**form_of(client, departure), "party_size": 2}

    keys = {key_of(client.post(book_url(departure), form)) for _ in range(10)}

    assert len(keys) == 1
    assert Booking.objects.count() == 1
    assert seats_taken(departure) == 2


def test_two_tabs_are_one_booking(client):
    departure = make_departure()
    one, two = form_of(client, departure), form_of(client, departure)

    first = client.post(book_url(departure), {**one, "party_size": 2})
    second = client.post(book_url(departure), {**two, "party_size": 2})

    assert key_of(first) == key_of(second)


def test_back_and_another_party_size_changes_the_same_booking(client):
    departure = make_departure()
    form = form_of(client, departure)
    client.post(book_url(departure), {**form, "party_size": 2})

    client.post(book_url(departure), {**form, "party_size": 4})

    assert Booking.objects.get().party_size == 4
    assert seats_taken(departure) == 4


def test_another_party_on_the_same_date_is_another_booking(client):
    departure = make_departure()
    start(client, departure, 2)

    page = client.get(book_url(departure), {"another": 1})
    client.post(book_url(departure), {**fields(page), "party_size": 3})

    assert sorted(Booking.objects.values_list("party_size", flat=True)) == [2, 3]


def test_form_of_a_stranger_gives_them_a_booking_of_their_own(client):
    departure = make_departure()
    form = {**form_of(client, departure), "party_size": 2}
    mine = key_of(client.post(book_url(departure), form))

    theirs = key_of(Client().post(book_url(departure), form))

    assert mine != theirs
    assert seats_taken(departure) == 4


def test_new_form_after_a_placed_booking_is_a_new_booking(client):
    departure = make_departure()
    first = Booking.objects.get(key=key_of(start(client, departure, 2)))
    filled(first)
    lifecycle.place(first.pk, "cash", "2026-11-01")

    second = key_of(start(client, departure, 2))

    assert second != first.key


@pytest.mark.django_db(transaction=True)
def test_ten_copies_at_once_are_one_booking(client):
    departure = make_departure()
    form = form_of(client, departure) | {"party_size": 2}

    def send_copy(_number):
        try:
            copy = Client()
            copy.cookies = client.cookies
            return copy.post(book_url(departure), form)
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(send_copy, range(10)))

    assert {answer.status_code for answer in answers} == {302}
    assert len({key_of(answer) for answer in answers}) == 1
    assert Booking.objects.count() == 1


def test_placing_twice_is_one_booking_and_one_message(client):
    booking = filled(held())
    url = reverse("booking_review", args=[booking.key])
    form = fields(client.get(url)) | {"method": "transfer", "accepted": "on"}

    first, second = client.post(url, form), client.post(url, form)

    assert first.url == second.url == reverse("booking", args=[booking.key])
    assert told(booking) == ["placed"]


def test_holds_of_one_browser_are_limited(client, settings):
    settings.HOLDS_PER_BROWSER = 2
    departures = [make_departure() for _ in range(3)]

    answers = [start(client, departure, 1) for departure in departures]

    assert [answer.status_code for answer in answers] == [302, 302, 409]
    assert f'<p><a href="{reverse("your_booking")}">Your booking</a></p>' in answers[2].text
    assert "Choose a smaller party" not in answers[2].text
    assert 'class="departures nearest"' not in answers[2].text
    assert "Nearest dates" not in answers[2].text
    assert Client().get(book_url(departures[2])).status_code == 200


def test_holds_of_one_network_are_limited_and_its_guests_are_told_how_to_reach_us(settings):
    settings.HOLDS_PER_ADDRESS = 2
    trek = make_trek()
    departures = [make_departure(trek, starts_in=120 + number) for number in range(3)]

    *others, guest = [start(Client(), departure, 1) for departure in departures]

    assert [answer.status_code for answer in (*others, guest)] == [302, 302, 409]
    assert "Many bookings are being made from your network right now." in guest.text
    assert "You already hold seats" not in guest.text
    errors = guest.text.partition('id="errors"')[2].partition('<form class="form"')[0]
    assert 'href="tel:+5184000000"' in errors
    assert f'href="{reverse("contact")}?departure={departures[2].pk}&amp;party=1"' in errors
    assert reverse("your_booking") not in errors
    assert "Nearest dates" not in guest.text
    assert "Take this date" not in guest.text


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.7, 203.0.113.9", "198.51.100.7"),
        (5, "203.0.113.9", "203.0.113.9"),
        (1, "rubbish", None),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
    ],
)
def test_client_address_is_believed_as_far_as_our_proxies_reach(
    client, settings, proxies, forwarded, address
):
    settings.TRUSTED_PROXIES = proxies
    departure = make_departure()
    form = form_of(client, departure) | {"party_size": 1}

    client.post(book_url(departure), form, headers={"X-Forwarded-For": forwarded})

    assert Booking.objects.get().client_address == address

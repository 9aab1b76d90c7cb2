"""What is placed is what the last look showed: anything that changed meanwhile is shown again first."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings import lifecycle
from bookings.lifecycle.shown import last_look_values
from tests.factories import (
    CONTACT,
    filled,
    held,
    make_departure,
    make_extra,
    make_trek,
    people,
    reloaded,
)
from tests.factories_money import make_promotion
from tests.steps import fields

pytestmark = pytest.mark.django_db
CHOSEN = {"method": "cash", "accepted": "on"}
SAID = "Something changed while you were reading: please look again before you place the booking."


def rented(booking):
    lifecycle.choose_extras(booking.pk, {"bag": 2})


def renamed(booking):
    everyone = people(2)
    everyone[1]["family_names"] = "Huaman"
    lifecycle.set_travelers(booking.pk, everyone)


def grown(booking):
    lifecycle.resize(booking.pk, 3)
    lifecycle.set_travelers(booking.pk, people(3))


def readdressed(booking):
    lifecycle.set_contact(booking.pk, CONTACT | {"contact_email": "other@example.com"})


def moved(booking):
    departure = booking.departure
    week = timedelta(days=7)
    lifecycle.change_dates(departure.pk, departure.start_date + week, departure.end_date + week)


def promoted(booking):
    lifecycle.use_promotion(booking.pk, make_promotion("LESS").code)


@pytest.fixture
def booking():
    """A hold with every step answered."""
    trek = make_trek()
    make_extra(trek, slug="bag", price="20.00")
    return filled(held(make_departure(trek), 2))


def url_of(booking):
    return reverse("booking_review", args=[booking.key])


@pytest.mark.parametrize("change", [rented, renamed, grown, readdressed, moved, promoted])
def test_what_changed_meanwhile_is_shown_again_before_it_is_placed(client, booking, change):
    opened = fields(client.get(url_of(booking))) | CHOSEN
    change(booking)

    response = client.post(url_of(booking), opened)

    assert response.status_code == 409
    assert SAID in response.text and 'id="errors"' in response.text
    assert reloaded(booking).status == "on_hold"
    again = fields(response)
    assert (again["method"], again["accepted"]) == ("cash", "on")
    assert client.post(url_of(booking), again).url == booking.get_absolute_url()
    assert reloaded(booking).status == "pending"


def test_page_shown_again_has_the_new_price(client, booking):
    opened = fields(client.get(url_of(booking))) | CHOSEN
    rented(booking)

    assert "$1,220" in client.post(url_of(booking), opened).text


def test_change_is_told_also_after_a_form_that_was_wrong(client, booking):
    opened = fields(client.get(url_of(booking)))
    rented(booking)

    wrong = client.post(url_of(booking), opened)
    response = client.post(url_of(booking), fields(wrong) | CHOSEN)

    assert (wrong.status_code, response.status_code) == (422, 409)
    assert SAID in response.text


def test_page_without_what_it_showed_places_nothing(client, booking):
    opened = fields(client.get(url_of(booking))) | CHOSEN

    for seen in ("", "forged"):
        assert client.post(url_of(booking), opened | {"seen": seen}).status_code == 409
    assert reloaded(booking).status == "on_hold"


def test_midnight_is_no_change_unless_another_amount_is_due(booking):
    today = timezone.localdate()
    balance_day = booking.departure.balance_due_on

    shown = last_look_values(booking, today)

    assert last_look_values(booking, balance_day - timedelta(days=1)) == shown
    assert last_look_values(booking, balance_day)["due"][0] == "1180.00"
    assert shown["due"][0] == "300.00"


def test_place_compares_with_what_was_seen_under_its_lock(booking):
    seen = last_look_values(booking, timezone.localdate())
    rented(booking)

    with pytest.raises(lifecycle.Stale) as refused:
        lifecycle.place(booking.pk, "cash", "2026-11-01", seen=seen)

    assert str(refused.value) == SAID
    assert refused.value.current["price"][-1] == ["extra", "bag", 2, "20.00"]
    placed = lifecycle.place(booking.pk, "cash", "2026-11-01", seen=refused.value.current)
    assert placed.status == "pending"

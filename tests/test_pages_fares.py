"""Fares and promotion codes on the steps of the booking: asked, told beside the field, in every summary."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from bookings import lifecycle, prices
from tests.factories import (
    filled,
    held,
    make_departure,
    make_extra,
    make_trek,
    people,
    reloaded,
)
from tests.steps import fields, send, travelers
from tests.test_pages_money import led, make_code, make_fares, url_of
from treks.models import PartyRate

pytestmark = pytest.mark.django_db
PROOF = "A university card with <photo>."


def test_fares_are_asked_only_where_the_trek_has_some_and_adult_is_first(client):
    plain, reduced = make_trek(), make_trek()
    make_fares(reduced)

    without = client.get(url_of(led(make_departure(plain)), "booking_travelers")).text
    text = client.get(url_of(led(make_departure(reduced)), "booking_travelers")).text

    assert "fare_class" not in without
    assert text.index(">Adult, $590<") < text.index(">Child, up to 11 years, $550<")
    assert re.findall(r'value="(\w+)" selected', text) == ["adult", "adult"]
    assert "A university card with &lt;photo&gt;." in text
    assert "<photo>" not in text


def test_fare_changes_the_price_and_stands_on_the_review(client):
    trek = make_trek()
    make_fares(trek)
    booking = filled(held(make_departure(trek)))
    sent = travelers(2) | {"2-birth_year": str(timezone.localdate().year - 8), "2-fare_class": "child"}

    send(client, url_of(booking, "booking_travelers"), sent)

    assert prices.total(booking) == 590 + 550
    text = client.get(url_of(booking, "booking_review")).text
    assert f"{trek.short_name}, child" in text
    assert "$1,140" in text


def test_age_that_does_not_fit_the_fare_is_told_beside_it_and_nothing_typed_is_lost(client):
    trek = make_trek()
    make_fares(trek)
    booking = led(make_departure(trek))
    sent = travelers(2) | {"2-fare_class": "child", "2-family_names": "Typed"}

    response = send(client, url_of(booking, "booking_travelers"), sent)

    assert response.status_code == 422
    age = booking.departure.start_date.year - 1990
    start = response.text.index('id="id_2-fare_class_error"')
    assert f"this traveler is {age}. This fare is for: up to 11 years." in response.text[start:]
    again = client.get(url_of(booking, "booking_travelers")).text
    assert '<option value="child" selected>' in again
    assert 'value="Typed"' in again


def test_two_people_at_once_see_both_fares_in_words(client):
    trek = make_trek()
    make_fares(trek)
    booking = led(make_departure(trek))
    url = url_of(booking, "booking_travelers")
    opened = fields(client.get(url))
    student = people(2)[0] | {"birth_date": date(timezone.localdate().year - 20, 1, 1)}
    lifecycle.set_travelers(booking.pk, [student | {"fare_class": "student"}, people(2)[1]])

    response = client.post(url, opened | travelers(2) | {"1-fare_class": "adult"})

    assert response.status_code == 409
    assert "<td>Adult, $590</td><td>Student, up to 25 years, $570</td>" in response.text


def test_code_changes_the_price_and_keeps_the_way_to_pay_and_the_tick(client):
    make_code()
    booking = filled(held())
    url = url_of(booking, "booking_review")

    response = send(client, url, {"code": "lares 10", "use_code": "1", "method": "cash", "accepted": "on"})

    assert reloaded(booking).promotion.code == "LARES10"
    assert "−$118" in response.text
    assert "$1,062" in response.text
    assert fields(response)["method"] == "cash"
    assert re.search(r'<input type="checkbox" name="accepted"[^>]* checked', response.text)
    removed = client.post(url, fields(response) | {"remove_code": "1"})
    assert reloaded(booking).promotion is None
    assert fields(removed)["method"] == "cash"
    assert "$1,180" in removed.text


@pytest.mark.parametrize(
    ("code", "said"), [("NOPE", "This code is not valid for this trek"), ("", "Write the code.")]
)
def test_wrong_code_is_told_beside_its_field(client, code, said):
    make_code()
    booking = filled(held())

    response = send(client, url_of(booking, "booking_review"), {"code": code, "use_code": "1"})

    assert response.status_code == 422
    assert said in response.text[response.text.index('id="id_code_error"') :]
    assert reloaded(booking).status == "on_hold"


def test_code_that_was_typed_and_not_used_is_used_before_placing(client):
    make_code()
    booking = filled(held())
    url = url_of(booking, "booking_review")

    response = send(client, url, {"code": "LARES10", "method": "cash", "accepted": "on"})

    assert reloaded(booking).status == "on_hold"
    assert prices.total(booking) == Decimal("1062.00")
    client.post(url, fields(response) | {"accepted": "on"})
    assert reloaded(booking).status == "pending"


def test_without_any_promotion_there_is_no_field(client):
    assert "promotion code" not in client.get(url_of(filled(held()), "booking_review")).text


def test_reductions_stand_in_the_summary_of_every_step(client):
    trek = make_trek()
    make_extra(trek)
    PartyRate.objects.create(trek=trek, people=2, reduction=25)
    make_code()
    booking = filled(held(make_departure(trek)))
    lifecycle.use_promotion(booking.pk, "LARES10")

    for name in ("booking_lead", "booking_extras", "booking_review"):
        text = client.get(url_of(booking, name)).text
        assert "Party of 2 or more" in text
        assert "−$50" in text
        assert "Promotion LARES10</dt><dd>−$113" in text

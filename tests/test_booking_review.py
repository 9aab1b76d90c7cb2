"""The last look before placing: prices, terms, ways to pay."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from bookings.management.commands.load_terms import BANDS
from bookings.models import RefundBand, RefundPolicy, Terms
from lares.templatetags.formats import long_day
from tests.factories import filled, held, make_departure, make_extra, make_trek, raw, reloaded
from tests.steps import fields, page_of, send
from treks.models import Page

pytestmark = pytest.mark.django_db


def test_price_changed_meanwhile_leaves_the_held_price(client):
    departure = make_departure(price="590.00")
    booking = filled(held(departure, 2))
    raw(type(departure), departure, price="900.00", deposit="150.00")

    page = client.get(reverse("booking_review", args=[booking.key]))

    assert "$1,180" in page.text
    assert "$900" not in page.text


def test_terms_that_changed_meanwhile_are_shown_again(client):
    booking = filled(held())
    url = reverse("booking_review", args=[booking.key])
    form = fields(client.get(url)) | {"method": "cash", "accepted": "on"}
    Terms.objects.create(version="newer", terms_text="New.", privacy_text="New.")

    response = client.post(url, form)

    assert response.status_code == 422
    assert "Our terms changed" in response.text
    assert reloaded(booking).status == "on_hold"
    assert fields(response)["terms_version"] == "newer"
    client.post(url, fields(response) | {"method": "cash", "accepted": "on"})
    assert reloaded(booking).terms.version == "newer"


def test_card_is_no_way_to_pay_while_there_is_no_gateway(client):
    booking = filled(held())

    response = send(
        client, reverse("booking_review", args=[booking.key]), {"method": "card", "accepted": "on"}
    )

    assert response.status_code == 422
    assert reloaded(booking).status == "on_hold"


def test_review_names_the_last_day_to_pay_as_the_placed_booking_has_it(client, settings):
    settings.PENDING_DAYS = {"transfer": 5, "cash": 9}
    far = filled(held())
    near_date = make_departure(starts_in=40)
    near_date.trek.booking_cutoff_days = 38
    near_date.trek.save()
    near = filled(held(near_date))

    for booking, days in ((far, {"transfer": 5, "cash": 9}), (near, {"transfer": 2, "cash": 2})):
        text = page_of(client, booking, "booking_review").text
        for method, words in (("transfer", "By bank transfer"), ("cash", "In cash at our office in Cusco")):
            assert f"{words}, by {long_day(timezone.localdate() + timedelta(days=days[method]))}" in text
        assert "7 days" not in text


def test_review_shows_every_line_and_the_refunds(client):
    trek = make_trek(start="Your hotel", end="Ollantaytambo")
    extra = make_extra(trek, price="20.00")
    booking = filled(held(make_departure(trek, train_class="vistadome")), {extra.slug: 2})

    text = page_of(client, booking, "booking_review").text

    for words in (
        "$1,180",
        "$40",
        "$1,220",
        "$300",
        "Vistadome",
        "Your hotel",
        "Ollantaytambo",
        "2026-11-01",
    ):
        assert words in text
    assert "60 days or more before the start" in text
    assert "59 days or fewer" in text
    for step in ("party", "lead", "travelers", "extras"):
        assert f'name="back" value="{step}"' in text


def test_terms_of_a_version_stay_readable(client):
    make_departure()
    Terms.objects.create(version="newer", terms_text="## New rules\n\nText.", privacy_text="Data.")

    old = client.get(reverse("terms_version", args=["2026-11-01"]))

    assert "There is a newer version" in old.text
    assert "New rules" in client.get(reverse("terms_version", args=["newer"])).text
    assert client.get(reverse("terms_version", args=["none"])).status_code == 404


def test_load_terms_makes_the_first_versions_once():
    for slug in ("terms", "privacy"):
        Page.objects.create(slug=slug, title=slug, body_en=f"Text of {slug}.")

    for _ in range(2):
        call_command("load_terms", verbosity=0)

    assert Terms.objects.get().privacy_text == "Text of privacy."
    assert set(RefundBand.objects.values_list("days_before", "percent")) == set(BANDS)
    assert RefundPolicy.objects.count() == 1

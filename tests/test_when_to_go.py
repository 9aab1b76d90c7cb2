"""When to go: what the page counts and names of each month."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import confirmed, make_departure, make_trek
from tests.factories_treks import make_month

pytestmark = pytest.mark.django_db


def test_when_to_go_counts_the_departures_of_each_month(client):
    trek = make_trek()
    first = make_departure(trek, starts_in=40, price=Decimal("640"))
    make_departure(trek, starts_in=40, group="B", price=Decimal("610"))
    month = make_month(first.start_date.month, ipsaycocha_min_c=Decimal("-4.2"), is_high_season=True)

    page = client.get(reverse("when_to_go")).text

    assert f'href="{reverse("departures")}?month={first.start_date:%Y-%m}"' in page
    assert f"2&nbsp;to&nbsp;book in&nbsp;{first.start_date.year}" in page
    assert "the lowest price is $610 a person" in page
    assert "−4" in page
    assert "most people" in page
    assert month.get_season_display() in page
    assert "starting on" not in page
    assert "most people</b>, <span" in page
    assert "high season" in page


def test_when_to_go_passes_over_dates_that_cannot_be_booked_online(client):
    trek = make_trek(booking_cutoff_days=14)
    too_late = make_departure(trek, starts_in=10).start_date
    next_year = too_late + timedelta(days=365)
    make_departure(trek, starts_in=365 + 10)
    make_departure(trek, starts_in=365 + 10, group="B", status="closed")
    make_month(too_late.month)

    page = client.get(reverse("when_to_go")).text

    assert f"1&nbsp;to&nbsp;book in&nbsp;{next_year.year}" in page
    assert f"?month={next_year:%Y-%m}" in page
    assert f"?month={too_late:%Y-%m}" not in page


def test_when_to_go_passes_over_dates_that_are_full(client):
    trek = make_trek()
    full = make_departure(trek, starts_in=60, capacity=2, price=Decimal("500"))
    confirmed(full, 2)
    make_departure(trek, starts_in=60, group="B", price=Decimal("640"))
    make_month(full.start_date.month)

    page = client.get(reverse("when_to_go")).text

    assert f"1&nbsp;to&nbsp;book in&nbsp;{full.start_date.year}" in page
    assert "the lowest price is $640 a person" in page


def test_when_to_go_names_the_price_of_each_month_where_they_differ(client):
    trek = make_trek()
    for starts_in, price in ((60, "640"), (120, "610")):
        make_month(make_departure(trek, starts_in=starts_in, price=Decimal(price)).start_date.month)

    page = client.get(reverse("when_to_go")).text

    assert "the lowest price" not in page
    assert "from $640" in page
    assert "from $610" in page


def test_when_to_go_says_where_the_lowest_price_does_not_lead(client):
    trek = make_trek(short_name="Huaran, 3 days", needs_machu_picchu_ticket=False)
    make_month(make_departure(trek, starts_in=60, price=Decimal("420")).start_date.month)

    page = client.get(reverse("when_to_go")).text

    assert "the lowest price is $420 a person: Huaran, 3 days." in page
    assert "This trek does not go to Machu Picchu." in page
    assert "Those that do" not in page

    to_machu_picchu = make_trek(short_name="Classic, 4 days", needs_machu_picchu_ticket=True)
    make_departure(to_machu_picchu, starts_in=60, price=Decimal("640"))

    assert "Those that do start at $640: Classic, 4 days." in client.get(reverse("when_to_go")).text

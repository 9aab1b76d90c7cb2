"""Lists cost the same number of queries with one row and with three, and few of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import confirmed, make_departure, make_extra, make_trek
from tests.factories_treks import (
    describe,
    make_feast,
    make_hot_spring,
    make_month,
    make_page,
    make_phrase,
    make_place,
    make_village,
)

pytestmark = pytest.mark.django_db


def queries(client, address):
    """How many queries a page costs a visitor who comes for the first time."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return len(captured)


@pytest.fixture
def trek():
    trek = make_trek(slug="classic", position=1)
    fill(trek, 1)
    return trek


def fill(trek, number):
    """One more row of everything, on the trek and around it."""
    describe(trek, number)
    make_extra(trek)
    confirmed(make_departure(trek, starts_in=90 + number))
    make_departure(starts_in=60 + number)
    village = make_village(slug=f"huacahuasi-{number}", other_names="Wacawasi\nWakawasi")
    day = trek.days.get(number=number)
    day.villages.add(village)
    day.hot_springs.add(make_hot_spring(slug=f"baths-{number}"))
    make_feast(village)
    make_place()
    make_month(number)
    make_page(f"reading-{number}")
    make_phrase(f"Huacahuasi {number}")


PAGES = {
    reverse("home"): 8,
    reverse("treks"): 6,
    reverse("trek", args=["classic"]): 11,
    reverse("departures"): 5,
    reverse("departures") + "?party=2&only_room=on&trek=classic": 5,
    reverse("places"): 7,
    reverse("village", args=["huacahuasi-1"]): 8,
    reverse("hot_spring", args=["baths-1"]): 7,
    reverse("when_to_go"): 6,
    reverse("prepare"): 5,
    reverse("words"): 4,
    reverse("page", args=["reading-1"]): 2,
    reverse("search") + "?q=Wacawasi": 7,
    reverse("contact"): 3,
    reverse("sitemap"): 11,
}


@pytest.mark.parametrize("address", PAGES)
def test_page_costs_the_same_queries_with_one_row_and_three(client, trek, address):
    with_one = queries(client, address)

    fill(trek, 2)
    fill(trek, 3)

    assert queries(client, address) == with_one
    assert with_one <= PAGES[address]

"""The altitude check's page: what it asks, says and offers."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import held, make_departure, make_trek
from treks.acclimatization import (
    Risk,
)
from treks.models import ItineraryDay, Place

START = date(2027, 5, 10)
CLASSIC = [(1, "Huacahuasi", 3800), (2, "Ipsaycocha", 4200), (3, "Aguas Calientes", 2040)]


@pytest.fixture
def trek(db):
    """A trek that sleeps like the classic one."""
    trek = make_trek(name="Classic", slug="classic")
    for number, place, altitude in CLASSIC:
        place = Place.objects.create(
            name=place, slug=place.lower().replace(" ", "-"), kind="village", altitude_m=altitude
        )
        make_day(trek, number, altitude, place)
    return trek


def make_day(trek, number, altitude, place):
    """A day that ends with a night."""
    figures = {"start_altitude_m": 3000, "end_altitude_m": 3000, "highest_altitude_m": 4450}
    return ItineraryDay.objects.create(
        trek=trek,
        number=number,
        title=f"Day {number}",
        distance_km=9,
        hours_min=4,
        hours_max=5,
        ascent_m=500,
        descent_m=100,
        sleeping_altitude_m=altitude,
        overnight_place=place,
        **figures,
    )


def asked(client, **query):
    """The page for such an address."""
    response = client.get(reverse("acclimatization"), query)
    assert response.status_code == 200
    return response, response.content.decode()


def days_on(days):
    return timezone.localdate() + timedelta(days=days)


def test_page_asks_for_dates_and_nothing_about_health(client, trek):
    response, html = asked(client)

    assert set(response.context["form"].fields) == {"arrives", "sleeps", "trek", "starts"}
    assert "not medical advice" in html
    assert "no-print" not in html
    assert 'role="alert"' not in html


def test_page_says_risk_source_and_what_an_earlier_illness_would_make_of_it(client, trek):
    response, html = asked(client, arrives="2027-05-08", sleeps="cusco", trek="classic", starts="2027-05-10")

    assert response.context["check"].risk == Risk.MODERATE
    assert "By the table: moderate risk" in html
    assert "2024 Update" in html
    assert 'no-print" id="dates"' in html
    assert "You arrive on Sat 8 May 2027." in html
    assert "Before the trek you sleep: In Cusco (3,399 m)." in html
    assert "+401\u00a0m, within the limit of 500" in html
    assert "1 night to adapt" in html
    assert "Fluid in the lungs or the brain" in html
    assert html.count("not medical advice") >= 3
    assert "not enough" not in html


def test_page_warns_of_too_few_nights_and_links_to_better_plans(client, trek):
    start = days_on(60)
    query = {"arrives": days_on(59), "sleeps": "cusco", "trek": "classic", "starts": start}

    response, html = asked(client, **query)

    assert "1 night in Cusco before the trek is not enough." in html
    addresses = [address for _, address in response.context["plans"]]
    assert (
        f"/acclimatization/?arrives={days_on(57)}&sleeps=valley-cusco&trek=classic&starts={start}#result"
        in addresses
    )
    assert (
        asked(client, arrives=days_on(57), sleeps="valley-cusco", trek="classic", starts=start)[0]
        .context["check"]
        .is_enough
    )


def test_page_offers_departures_that_fit_with_room(client, trek):
    too_early = make_departure(trek, starts_in=41)
    full = make_departure(trek, starts_in=42, capacity=2)
    held(full, 2)
    fits = make_departure(trek, starts_in=43)
    other = make_departure(starts_in=43)

    _, html = asked(client, arrives=days_on(40), sleeps="cusco", trek="classic")

    offered = [
        departure for departure in (too_early, full, fits, other) if f'"departure-{departure.pk}"' in html
    ]
    assert offered == [fits]


@pytest.mark.parametrize(
    "beds, words",
    [
        ((3900, 3900), "1 extra night, but only after a rise of more than 500 m"),
        ((3900, 2040), "0 extra nights, too few"),
        ((3900, 4200), "0 extra nights, too few"),
    ],
)
def test_page_tells_why_extra_nights_do_not_help(client, db, beds, words):
    trek = make_trek(name="Steep", slug="steep")
    place = Place.objects.create(name="Cancha Cancha", slug="cancha-cancha", kind="village", altitude_m=3900)
    for number, altitude in enumerate(beds, 1):
        make_day(trek, number, altitude, place)

    response, html = asked(client, arrives="2027-05-30", sleeps="ollantaytambo", trek="steep")

    assert response.context["check"].rise_risk == Risk.HIGH
    assert words in html


def test_page_leads_to_all_dates_of_the_trek_whatever_the_month(client, trek):
    _, html = asked(client, arrives="2027-05-30", sleeps="cusco", trek="classic")

    assert f'href="{reverse("departures")}?trek=classic"' in html


def test_page_without_a_start_takes_the_first_day_that_fits(client, trek):
    response, html = asked(client, arrives="2027-05-01", sleeps="valley-cusco", trek="classic")

    assert response.context["check"].start == date(2027, 5, 4)
    assert "this is the first day that fits" in html


@pytest.mark.parametrize("sleeps", ["lower", "ollantaytambo"])
def test_page_without_a_night_in_cusco_calls_no_day_fitting(client, trek, sleeps):
    response, html = asked(client, arrives="2027-05-30", sleeps=sleeps, trek="classic")

    assert not response.context["check"].is_enough
    assert "this is the first day that fits" not in html
    assert "this is the first day that 2 nights in Cusco would allow" in html
    assert "You go up without a night in Cusco." in html
    assert "0 nights" not in html


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"arrives": ""}, "Tell us the day you arrive."),
        ({"arrives": "soon"}, "Write the day like this: 2027-04-05."),
        ({"trek": ""}, "Choose a trek."),
        ({"trek": "elsewhere"}, "Choose a trek."),
        ({"sleeps": "elsewhere"}, "Tell us where you sleep before the trek."),
        ({"arrives": "9999-12-31"}, "This year is not one we can plan for."),
        ({"starts": "2027-04-30"}, "This is before you arrive."),
        ({"starts": "2029-05-01"}, "more than a year after you arrive"),
    ],
)
def test_page_says_what_is_wrong_beside_the_field(client, trek, query, error):
    usual = {"arrives": "2027-05-01", "sleeps": "cusco", "trek": "classic"}

    response, html = asked(client, **usual | query)

    assert error in html
    assert "check" not in response.context


def test_page_is_filled_in_by_a_link_and_stays_calm_without_treks(client, db):
    _, html = asked(client, trek="classic", starts="2027-05-10")
    assert "No trek is published yet." in html

    make_trek(slug="classic")
    _, html = asked(client, trek="classic", starts="2027-05-10")
    assert 'value="2027-05-10"' in html


def test_page_needs_the_same_queries_for_one_trek_and_three(client, trek, django_assert_num_queries):
    make_departure(trek, starts_in=43)
    query = {"arrives": days_on(40), "sleeps": "cusco", "trek": "classic"}
    asked(client, **query)
    with django_assert_num_queries(6):
        asked(client, **query)
    for number in range(2):
        other = make_trek()
        make_day(other, 1, 3800, Place.objects.first())
        make_departure(trek, starts_in=50 + number)

    with django_assert_num_queries(6):
        asked(client, **query)

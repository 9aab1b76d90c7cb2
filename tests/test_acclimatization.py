"""The acclimatization check: two rows of the table, plans that help, and a page that asks no health."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import held, make_departure, make_trek
from treks.acclimatization import (
    Base,
    Risk,
    better_plans,
    check,
    earliest_start,
    lacks_extra_night,
    nights_needed,
    risk_of_first_night,
    stays_of,
)
from treks.models import ItineraryDay, Place

START = date(2027, 5, 10)
CLASSIC = [(1, "Huacahuasi", 3800), (2, "Ipsaycocha", 4200), (3, "Aguas Calientes", 2040)]
EXPRESS = [(1, "Huacahuasi", 3800), (2, "Aguas Calientes", 2040)]
HUARAN = [(1, "Cancha Cancha", 3900), (2, "Quishuarani", 3700)]


def checked(base, nights, beds=CLASSIC):
    """The check of so many nights before the start."""
    return check(base, START - timedelta(days=nights), START, beds)


@pytest.mark.parametrize(
    ("altitude", "risk"),
    [(2799, Risk.LOW), (2800, Risk.MODERATE), (3500, Risk.MODERATE), (3501, Risk.HIGH)],
)
def test_first_night_follows_the_limits_of_the_table(altitude, risk):
    assert risk_of_first_night(altitude) == risk


@pytest.mark.parametrize(
    ("base", "nights", "beds", "first", "rise"),
    [
        # Worked in the facts: Cusco on day 1 is moderate, the classic rises by 401 and 400 m.
        (Base.CUSCO, 2, CLASSIC, Risk.MODERATE, Risk.LOW),
        # Slow, but 1,200 m above 3,000 without an extra night: the table leaves it open.
        (Base.CUSCO, 1, CLASSIC, Risk.MODERATE, Risk.MODERATE),
        (Base.CUSCO, 1, EXPRESS, Risk.MODERATE, Risk.LOW),
        # 501 m to Cancha Cancha, after an extra night in Cusco, and without one.
        (Base.CUSCO, 2, HUARAN, Risk.MODERATE, Risk.MODERATE),
        (Base.CUSCO, 1, HUARAN, Risk.MODERATE, Risk.HIGH),
        (Base.VALLEY_FIRST, 3, CLASSIC, Risk.LOW, Risk.LOW),
        (Base.OLLANTAYTAMBO, 5, CLASSIC, Risk.LOW, Risk.HIGH),
        (Base.OLLANTAYTAMBO, 5, EXPRESS, Risk.LOW, Risk.HIGH),
        (Base.PISAC, 3, CLASSIC, Risk.MODERATE, Risk.HIGH),
        (Base.LOWER, 3, CLASSIC, Risk.HIGH, Risk.HIGH),
    ],
)
def test_check_reads_both_rows_and_the_worse_counts(base, nights, beds, first, rise):
    plan = checked(base, nights, beds)

    assert (plan.first_risk, plan.rise_risk, plan.risk) == (first, rise, max(first, rise))


def test_rise_of_exactly_500_is_within_the_rule():
    slow = checked(Base.CUSCO, 2, [(1, "Camp", 3899)])
    fast = checked(Base.CUSCO, 2, [(1, "Camp", 3900)])

    assert (slow.rise_risk, fast.rise_risk) == (Risk.LOW, Risk.MODERATE)


def test_extra_night_is_due_after_1000_meters():
    def lacking(*altitudes):
        nights = check(Base.LOWER, START, START, [(n, "Camp", m) for n, m in enumerate(altitudes, 1)]).steps
        return lacks_extra_night(nights)

    assert not lacking(3400, 3700, 4000)
    assert lacking(3400, 3700, 4001)
    assert not lacking(3400, 3700, 3700, 4100)


def test_only_the_rise_above_3000_meters_counts():
    step = checked(Base.OLLANTAYTAMBO, 1).steps[1]

    assert (step.rise_m, step.watched_m) == (1008, 800)


def test_check_without_any_night_is_low_and_not_enough():
    plan = checked(Base.LOWER, 3, beds=[])

    assert plan.first is None
    assert (plan.risk, plan.is_enough) == (Risk.LOW, False)


def test_two_days_in_cusco_are_asked_for_whatever_the_table_says():
    valley_only = checked(Base.OLLANTAYTAMBO, 6, [(1, "Camp", 2900)])

    assert valley_only.risk == Risk.LOW
    assert not valley_only.is_enough
    assert checked(Base.CUSCO, 2).is_enough
    assert not checked(Base.CUSCO, 1).is_enough
    assert (nights_needed(0), nights_needed(3)) == (2, 3)


@pytest.mark.parametrize("base", list(Base))
@pytest.mark.parametrize("nights", range(6))
def test_plans_never_have_fewer_than_two_nights_in_cusco_nor_more_risk(base, nights):
    current = checked(base, nights)

    plans = better_plans(current, CLASSIC, today=date(2027, 1, 1))

    for plan in plans:
        assert plan.nights_in_cusco >= 2
        assert plan.risk <= current.risk
        assert plan.arrival <= current.arrival
        assert plan.start == current.start
    assert plans or current.is_enough


def test_plans_offer_an_earlier_arrival_and_a_night_in_the_valley():
    plans = better_plans(checked(Base.CUSCO, 1), CLASSIC, today=date(2027, 1, 1))

    found = [(plan.base, plan.arrival, plan.risk) for plan in plans]
    assert found == [
        (Base.VALLEY_FIRST, date(2027, 5, 7), Risk.LOW),
        (Base.CUSCO, date(2027, 5, 8), Risk.MODERATE),
        (Base.CUSCO, date(2027, 5, 7), Risk.MODERATE),
    ]


def test_plans_do_not_begin_in_the_past():
    plans = better_plans(checked(Base.CUSCO, 1), CLASSIC, today=date(2027, 5, 8))

    assert [plan.arrival for plan in plans] == [date(2027, 5, 8)]


def test_plans_keep_somebody_who_has_time_where_the_first_night_is_lower():
    plans = better_plans(checked(Base.CUSCO, 6), CLASSIC, today=date(2027, 1, 1))

    assert [(plan.base, plan.arrival, plan.risk) for plan in plans] == [
        (Base.VALLEY_FIRST, START - timedelta(days=6), Risk.LOW)
    ]


def test_earliest_start_leaves_the_nights_in_cusco_whole():
    arrival = date(2027, 5, 1)

    assert earliest_start(Base.CUSCO, arrival, 2) == date(2027, 5, 3)
    assert earliest_start(Base.VALLEY_FIRST, arrival, 2) == date(2027, 5, 4)
    assert earliest_start(Base.LOWER, arrival, 3) == date(2027, 5, 4)


def test_earlier_illness_only_raises_the_risk():
    assert checked(Base.VALLEY_FIRST, 3).after_severe_illness == Risk.MODERATE
    assert checked(Base.LOWER, 3).after_severe_illness == Risk.HIGH


def test_stays_put_the_nights_in_one_bed_together():
    stays = stays_of(checked(Base.VALLEY_FIRST, 4).steps)

    assert [(stay.first.place, len(stay.steps), stay.extra_nights) for stay in stays] == [
        ("Ollantaytambo", 1, 0),
        ("Cusco", 3, 2),
        ("Huacahuasi", 1, 0),
        ("Ipsaycocha", 1, 0),
        ("Aguas Calientes", 1, 0),
    ]


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
    assert 'role="alert"' not in html


def test_page_says_risk_source_and_what_an_earlier_illness_would_make_of_it(client, trek):
    response, html = asked(client, arrives="2027-05-08", sleeps="cusco", trek="classic", starts="2027-05-10")

    assert response.context["check"].risk == Risk.MODERATE
    assert "By the table: moderate risk" in html
    assert "2024 Update" in html
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


def test_page_without_a_start_takes_the_first_day_that_fits(client, trek):
    response, html = asked(client, arrives="2027-05-01", sleeps="valley-cusco", trek="classic")

    assert response.context["check"].start == date(2027, 5, 4)
    assert "this is the first day that fits" in html


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

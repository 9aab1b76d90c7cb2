"""The list of all departures: what stands on it, and what its filters keep."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import confirmed, make_departure, make_trek
from tests.factories_treks import make_day, make_month, make_place

pytestmark = pytest.mark.django_db


def listed(client, **asked):
    """The departures on the page, and the answer itself."""
    response = client.get(reverse("departures"), asked)
    assert response.status_code == 200
    return [row.pk for month in response.context["months"] for row in month.departures], response


def test_departures_stand_in_months_with_their_climate(client):
    trek = make_trek()
    late, early = make_departure(trek, starts_in=100), make_departure(trek, starts_in=40)
    make_month(late.start_date.month, note="Cold and clear.")

    found, response = listed(client)

    assert found == [early.pk, late.pk]
    months = response.context["months"]
    assert [month.first for month in months] == [
        early.start_date.replace(day=1),
        late.start_date.replace(day=1),
    ]
    assert (months[0].climate, months[1].climate.note) == (None, "Cold and clear.")
    assert "Cold and clear." in response.text


def test_departures_tell_of_nights_at_the_lagoon_only_where_a_trek_sleeps_there(client):
    lagoon, camping = make_place("lagoon", slug="ipsaycocha"), make_trek(slug="camping")
    make_day(camping, 1, overnight_place=lagoon)
    make_month(make_departure(camping, starts_in=40).start_date.month)
    make_departure(make_trek(slug="elsewhere"), starts_in=40)

    assert "Nights at the lagoon" in listed(client)[1].text
    assert "Nights at the lagoon" in listed(client, trek="camping")[1].text
    assert "Nights at the lagoon" not in listed(client, trek="elsewhere")[1].text


def test_departures_leave_out_what_travelers_may_not_see(client):
    shown = make_departure()
    make_departure(is_private=True)
    make_departure(status="cancelled")
    make_departure(make_trek(is_published=False))
    make_departure(starts_in=0)
    make_departure(starts_in=-3)

    assert listed(client)[0] == [shown.pk]


def test_departures_filter_by_trek_and_month(client):
    trek = make_trek(slug="classic")
    near, far = make_departure(trek, starts_in=30), make_departure(trek, starts_in=100)
    make_departure(starts_in=30)

    assert listed(client, trek="classic")[0] == [near.pk, far.pk]
    assert listed(client, trek="classic", month=f"{far.start_date:%Y-%m}")[0] == [far.pk]


def test_departures_tell_whether_the_party_fits(client):
    departure = make_departure(capacity=4, price=Decimal("640"))
    confirmed(departure, 1)

    assert "3 seats left, too few for 4" in listed(client, party="4")[1].text
    fits = listed(client, party="3")[1].text
    assert "too few" not in fits
    assert "$1,920" in fits


def test_departures_with_room_only_hide_full_and_closed_ones(client):
    roomy = make_departure(capacity=6)
    small = make_departure(capacity=4)
    confirmed(small, 2)
    make_departure(status="closed")
    make_departure(make_trek(booking_cutoff_days=14), starts_in=10)

    assert listed(client, party="3", only_room="on")[0] == [roomy.pk]
    assert set(listed(client, party="2", only_room="on")[0]) == {roomy.pk, small.pk}
    assert set(listed(client, only_room="on")[0]) == {roomy.pk, small.pk}


@pytest.mark.parametrize(
    "asked",
    [
        {"party": "0"}, {"party": "many"}, {"party": "-1"}, {"month": "2027-13"}, {"month": "²"},
        {"trek": "no-such-trek"}, {"trek": "\0"}, {"month": "9999999-01"}, {"party": "9" * 40},
    ],
)  # fmt: skip
def test_departures_say_which_value_made_no_sense_and_show_the_rest(client, asked):
    departure = make_departure()

    found, response = listed(client, **asked)

    assert found == [departure.pk]
    assert "Left out, because it made no sense here" in response.text


def test_departures_keep_good_values_beside_a_bad_one(client):
    trek = make_trek(slug="classic")
    departure = make_departure(trek)
    make_departure()

    assert listed(client, trek="classic", month="never")[0] == [departure.pk]


def test_departures_without_any_say_what_to_do(client):
    text = listed(client)[1].text

    assert "No departure fits." in text
    assert reverse("contact") in text


def test_departure_says_whether_it_runs(client):
    sure = make_departure(capacity=12, minimum_to_run=2)
    confirmed(sure, 2)
    make_departure(minimum_to_run=3)

    text = listed(client)[1].text

    assert "Runs for sure" in text
    assert "Needs 3 deposits" in text


@pytest.mark.parametrize(
    ("starts_in", "decided_in", "said"),
    [
        (40, 10, "Needs 2 deposits by {day}"),
        (40, 0, "Needs 2 deposits by {day}"),
        (40, -1, "Needs 2 deposits: deciding now"),
        (14, 0, "Needs 2 deposits by {day}"),
        (13, 0, "Online booking closed"),
    ],
)
def test_departure_that_needs_more_says_until_when(client, starts_in, decided_in, said):
    day = timezone.localdate() + timedelta(days=decided_in)
    make_departure(starts_in=starts_in, decide_by=day)

    text = listed(client)[1].text

    assert said.format(day=f"{day.day} {day:%b}") in text
    assert text.count("Needs 2 deposits") == ("Needs" in said)


def open_months(response):
    """The months of the page that stand open, as 2027-04."""
    return [month.first.strftime("%Y-%m") for month in response.context["opened"]]


def test_departures_open_the_first_months_and_fold_the_rest(client):
    trek = make_trek()
    near = [make_departure(trek, starts_in=60 + n, group="ABCDEFGHIJKLMNOPQRSTU"[n]) for n in range(2)]
    far = make_departure(trek, starts_in=130)
    for letter in "ABCDEFGHIJKLMNOPQRS":
        make_departure(trek, starts_in=160, group=letter)

    response = listed(client)[1]

    assert open_months(response)[0] == f"{near[0].start_date:%Y-%m}"
    assert f"{far.start_date:%Y-%m}" in open_months(response)
    assert len(open_months(response)) < len(response.context["months"])
    assert response.text.count("<details") - 1 == len(response.context["months"])
    assert response.text.count(" open>") == len(open_months(response))


def test_departures_open_where_a_date_can_be_booked(client):
    trek = make_trek(booking_cutoff_days=50)
    make_departure(trek, starts_in=20)
    full = make_departure(trek, starts_in=100, capacity=2)
    confirmed(full, 2)
    free = make_departure(trek, starts_in=160, capacity=2)
    later = make_departure(trek, starts_in=230)

    assert open_months(listed(client)[1])[0] == f"{free.start_date:%Y-%m}"
    assert open_months(listed(client, party="3")[1])[0] == f"{later.start_date:%Y-%m}"


def test_departures_open_the_first_month_where_none_can_be_booked(client):
    trek = make_trek(booking_cutoff_days=200)
    soon = make_departure(trek, starts_in=20)

    assert open_months(listed(client)[1]) == [f"{soon.start_date:%Y-%m}"]


def words(response):
    """What a page says, its marks and line breaks left out."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())


@pytest.fixture
def in_march(time_machine):
    """A day from which two to six weeks ahead are all April."""
    time_machine.move_to("2027-03-20 12:00 -0500")


def test_dates_of_a_month_stand_in_order_also_where_online_booking_is_closed(client, in_march):
    trek = make_trek(booking_cutoff_days=14)
    closed, late, open_one = (make_departure(trek, starts_in=n) for n in (13, 40, 16))

    assert listed(client)[0] == [closed.pk, open_one.pk, late.pk]


def test_date_closed_for_online_booking_offers_no_seat_and_no_price(client, in_march):
    make_departure(make_trek(booking_cutoff_days=14), starts_in=13, capacity=12, price=Decimal("640"))

    response = listed(client)[1]

    row = response.text.partition('<ul class="departures">')[2].partition("</ul>")[0]
    assert "Online booking closed" in row
    assert "Ask us" in row
    assert not any(word in row for word in ("seats left", "Needs", "$640", "<rect", "btn"))
    assert "1 date, closed online" in words(response)


def test_month_counts_what_can_be_booked_and_says_the_price_of_that(client, in_march):
    trek = make_trek(booking_cutoff_days=14)
    make_departure(trek, starts_in=13, price=Decimal("400"))
    confirmed(make_departure(trek, starts_in=20, capacity=2, price=Decimal("500")), 2)
    make_departure(trek, starts_in=25, capacity=4, price=Decimal("600"))

    assert "3 dates, 1 to book, from $600" in words(listed(client)[1])
    assert "3 dates, 1 to book, from $600 each" in words(listed(client, party="2")[1])
    assert "3 dates, none for 5" in words(listed(client, party="5")[1])


def test_month_of_full_dates_says_so(client):
    confirmed(make_departure(capacity=2), 2)

    assert "1 date, full" in words(listed(client)[1])


def test_party_large_enough_is_told_that_it_makes_the_date_run(client):
    confirmed(make_departure(capacity=8, minimum_to_run=3), 1)

    assert "Needs 2 deposits by" in words(listed(client, party="1")[1])
    assert "Your 2 deposits make it run" in words(listed(client, party="2")[1])
    assert "Book for 2" in words(listed(client, party="2")[1])


def test_one_traveler_is_told_that_one_deposit_is_missing(client):
    confirmed(make_departure(capacity=8, minimum_to_run=2), 1)

    assert "Needs 1 deposit by" in words(listed(client)[1])
    assert "Your deposit makes it run" in words(listed(client, party="1")[1])


def test_departures_of_one_month_stand_open_however_many(client):
    trek = make_trek()
    make_departure(trek, starts_in=30)
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWX":
        far = make_departure(trek, starts_in=130, group=letter)

    response = listed(client, month=f"{far.start_date:%Y-%m}")[1]

    assert open_months(response) == [f"{far.start_date:%Y-%m}"]


def test_month_says_how_many_dates_and_from_what_price(client):
    trek = make_trek()
    day = make_departure(trek, starts_in=60, price=Decimal("640"))
    make_departure(trek, starts_in=60, group="B", price=Decimal("590"))

    month = listed(client)[1].context["months"][0]

    assert (month.first, month.price_from) == (day.start_date.replace(day=1), Decimal("590"))
    assert "2 dates, from $590" in " ".join(listed(client)[1].text.split())


def test_departures_answer_only_to_reading(client):
    response = client.post(reverse("departures"))

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


def test_today_is_a_day_in_peru(client, time_machine):
    departure = make_departure(starts_in=1)
    # Five in the morning in Greenwich is midnight in Lima: before, it is still the day before there.
    day = departure.start_date.isoformat()

    time_machine.move_to(f"{day} 04:30 +0000")
    before_midnight = listed(client)[0]
    time_machine.move_to(f"{day} 05:30 +0000")

    assert before_midnight == [departure.pk]
    assert listed(client)[0] == []
    assert timezone.localdate() - departure.start_date == timedelta(0)

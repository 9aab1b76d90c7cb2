"""Cancelling from the private page: the table by day, what is shown before, and that it is done once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings import lifecycle, previews, prices
from bookings.models import Cancellation, Refund, Traveler
from lares.templatetags.formats import long_day
from tests.factories import (
    confirmed,
    held,
    lapse,
    make_departure,
    make_extra,
    make_trek,
    pay,
    placed,
    raw,
    reloaded,
    seats_taken,
)
from tests.steps import fields
from tests.threads import between_press_and_lock
from treks.models import PartyRate

pytestmark = pytest.mark.django_db


def url_of(booking, name="booking_cancel", *args):
    return reverse(name, args=[booking.key, *args])


def traveler_url(booking, number=2):
    return url_of(booking, "booking_cancel_traveler", number)


def all_paid(*args, **options):
    booking = confirmed(*args, **options)
    if rest := prices.total(booking) - prices.paid(booking):
        pay(booking, rest)
    return reloaded(booking)


def test_private_page_tells_by_day_what_comes_back(client):
    booking = all_paid()
    start = booking.departure.start_date

    text = client.get(url_of(booking, "booking")).text

    assert "What would I get back?" in text
    assert f"today until {long_day(start - timedelta(days=60))}" in text
    assert '<td class="right">$300</td><td class="right"><b>$880</b></td>' in text
    assert '<td class="right">$1,180</td><td class="right"><b>$0</b></td>' in text


def test_page_where_nothing_is_paid_shows_the_rules(client):
    text = client.get(url_of(placed(), "booking")).text

    assert "What would I get back?" not in text
    assert "60 days or more before the start" in text


def test_cancel_page_shows_first_and_does_nothing(client):
    booking = all_paid()

    text = client.get(url_of(booking)).text

    assert "All 2 places become free for others at once." in text
    assert "Cancel the booking: $880 comes back" in text
    assert reloaded(booking).status == "confirmed"


def test_cancelled_twice_is_cancelled_once(client):
    booking = all_paid()
    form = fields(client.get(url_of(booking)))

    first, second = client.post(url_of(booking), form), client.post(url_of(booking), form)

    assert first.url == second.url == url_of(booking, "booking")
    assert Cancellation.objects.count() == Refund.objects.count() == 1
    assert Refund.objects.get().amount == 880
    assert seats_taken(booking.departure) == 0
    page = client.get(first.url).text
    assert "$880 is to go back to you." in page
    assert "The cancellation costs" in page


def test_costs_that_cannot_be_had_back_are_shown_before(client):
    booking = all_paid()
    lifecycle.enter_cost(booking.pk, by=lifecycle.office(), amount=Decimal("352.00"), reason="Train")

    text = client.get(url_of(booking)).text

    assert "Tickets and the like" in text
    assert "<dd>$352</dd>" in text
    assert "Cancel the booking: $828 comes back" in text


def test_amount_that_changed_meanwhile_is_shown_again(client):
    booking = all_paid()
    form = fields(client.get(url_of(booking)))
    lifecycle.enter_cost(booking.pk, by=lifecycle.office(), amount=Decimal("352.00"), reason="Train")

    response = client.post(url_of(booking), form)

    assert response.status_code == 409
    assert "The amounts changed while you were reading." in response.text
    assert reloaded(booking).status == "confirmed"
    client.post(url_of(booking), fields(response))
    assert Refund.objects.get().amount == 828


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("url", [url_of, traveler_url])
def test_cost_that_comes_between_the_press_and_the_lock_refuses(client, url):
    booking = all_paid()
    form = fields(client.get(url(booking)))
    cost = {"by": lifecycle.office(), "amount": Decimal(352), "reason": "Train", "number": 2}

    answer = between_press_and_lock(
        lambda: lifecycle.enter_cost(booking.pk, **cost), lambda: Client().post(url(booking), form)
    )

    assert answer.status_code == 409
    assert "The amounts changed while you were reading." in answer.text
    assert "<dd>$352</dd>" in answer.text
    assert (reloaded(booking).status, reloaded(booking).party_size) == ("confirmed", 2)
    assert not Cancellation.objects.exists()


def test_holds_and_cancelled_ones_have_no_page(client):
    hold, over, late = held(), placed(), lapse(placed())
    lifecycle.cancel(over.pk)

    for booking in (hold, over, late):
        assert client.get(url_of(booking)).url == url_of(booking, "booking")
        assert client.post(url_of(booking)).url == url_of(booking, "booking")
    assert reloaded(hold).status == "on_hold"
    assert reloaded(late).status == "pending"


def test_trek_that_has_begun_is_cancelled_by_a_person_only(client):
    booking = confirmed()
    today = timezone.localdate()
    raw(type(booking.departure), booking.departure, start_date=today, end_date=today, decide_by=today)

    page = client.get(url_of(booking), follow=True)

    assert "The trek has begun" in page.text
    assert url_of(booking) not in page.text
    client.post(url_of(booking))
    assert reloaded(booking).status == "confirmed"


def test_one_traveler_is_cancelled_with_what_was_shown(client):
    trek = make_trek()
    PartyRate.objects.create(trek=trek, people=3, reduction=30)
    booking = all_paid(make_departure(trek), 3)
    page = client.get(traveler_url(booking))

    assert "2 people of your party still walk." in page.text
    # 3 × 560 was paid; two cost 590 each, and the deposit of one is kept.
    assert "Cancel traveler 2: $350 comes back" in page.text
    answers = [client.post(traveler_url(booking), fields(page)) for _ in range(2)]

    assert {answer.url for answer in answers} == {url_of(booking, "booking")}
    assert Refund.objects.get().amount == 350
    assert reloaded(booking).party_size == 2
    assert "cancelled, does not walk" in client.get(url_of(booking, "booking")).text


def test_others_keep_the_extras_they_choose(client):
    trek = make_trek()
    extra = make_extra(trek, price="20.00")
    booking = all_paid(make_departure(trek), extras={extra.slug: 2})
    url = traveler_url(booking)
    opened = fields(client.get(url))

    looked = client.post(url, opened | {extra.slug: "2", "look": "1"})
    unseen = client.post(url, opened | {extra.slug: "2"})

    assert "Cancel traveler 2: $440 comes back" in looked.text
    assert unseen.status_code == 409
    assert reloaded(booking).party_size == 2
    client.post(url, fields(looked))
    assert booking.booked_extras.get().quantity == 2
    assert Refund.objects.get().amount == 440


def test_more_extras_than_can_stay_are_refused_beside_the_field(client):
    trek = make_trek()
    extra = make_extra(trek)
    booking = all_paid(make_departure(trek), extras={extra.slug: 2})

    response = client.post(traveler_url(booking), {extra.slug: "3"})

    assert response.status_code == 422
    assert "At most 2 can stay." in response.text
    assert reloaded(booking).party_size == 2


def test_minor_is_not_left_alone_and_it_is_said(client):
    booking = all_paid()
    raw(Traveler, booking.travelers.get(number=1), birth_date=timezone.localdate() - timedelta(days=4000))
    form = fields(client.get(traveler_url(booking)))

    response = client.post(traveler_url(booking), form)

    assert response.status_code == 409
    assert "Travelers under 18 need an adult in the party." in response.text
    assert reloaded(booking).party_size == 2


def test_last_traveler_is_the_booking(client):
    booking = all_paid(party_size=1)

    assert client.get(traveler_url(booking, 1)).url == url_of(booking)
    assert client.get(traveler_url(booking, 9)).status_code == 404


@pytest.mark.parametrize("starts_in", [120, 61, 45, 5])
@pytest.mark.parametrize(("size", "earlier"), [(2, 0), (3, 0), (4, 1)])
@pytest.mark.parametrize("pays_all", [True, False])
def test_preview_of_one_traveler_is_what_the_verb_does(starts_in, size, earlier, pays_all):
    trek = make_trek(booking_cutoff_days=2)
    PartyRate.objects.create(trek=trek, people=3, reduction=30)
    extra = make_extra(trek, price="20.00")
    make = all_paid if pays_all else confirmed
    booking = make(make_departure(trek, starts_in=starts_in), size, extras={extra.slug: 2})
    lifecycle.enter_cost(booking.pk, by=lifecycle.office(), amount=Decimal("170"), reason="T", number=2)
    for number in range(size, size - earlier, -1):
        lifecycle.cancel_traveler(booking.pk, number)
    booking = reloaded(booking)
    found = previews.of_traveler(booking, booking.travelers.get(number=2), timezone.localdate())

    lifecycle.cancel_traveler(booking.pk, 2)

    assert prices.total(booking) == found.total
    assert Cancellation.objects.last().kept == found.outcome.kept
    waiting = Refund.objects.filter(state__in=Refund.OPEN)
    assert sum(refund.amount for refund in waiting) == found.refund
    assert max(prices.total(booking) - prices.paid(booking), 0) == found.open
    assert found.days[0].kept == found.outcome.kept
    assert found.days[0].refund == found.refund


def test_money_that_is_with_the_office_already_is_told_beside_what_comes_back(client):
    booking = all_paid(party_size=3)
    lifecycle.cancel_traveler(booking.pk, 3)

    text = client.get(traveler_url(booking)).text

    assert "Cancel traveler 2: $880 comes back" in text
    assert "$440 of it is with the office already, for what was cancelled" in text
    assert text.count("$440 of it is with the office already.</caption>") == 1
    page = client.get(url_of(booking, "booking")).text
    assert page.count("$440 of it is with the office already.</caption>") == 1


def test_office_that_has_nothing_to_send_back_is_not_named(client):
    booking = all_paid(party_size=3)

    for url in (traveler_url(booking), url_of(booking), url_of(booking, "booking")):
        assert "with the office already" not in client.get(url).text

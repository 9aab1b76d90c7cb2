"""Money in a real browser: a deposit and a balance by card, one traveler cancelled and the right refund."""

import re

import pytest

from bookings import charging, prices
from bookings.models import Booking
from tests.browser.clerk import log_in
from tests.browser.test_booking import be_the_lead, forward, name_everybody, traveler  # noqa: F401
from tests.factories import make_departure, make_trek, reloaded

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_server, settings, card_provider):
    """The site where it is reached from outside, beside its card provider."""
    settings.SITE_URL = live_server.url
    settings.CARD_SURCHARGE_PERCENT = 5
    return live_server.url


def pay_at_the_provider(page, card_provider):
    """Pay on the provider's page and come back."""
    page.wait_for_url(f"{card_provider.address}/**")
    page.get_by_role("button", name=re.compile("^Pay")).first.click()
    page.wait_for_url("**/bookings/*/")


def send_to_the_card(page, site, booking):
    """As a clerk, in the same browser: from the list of refunds to the button that lets this one go."""
    clerk = log_in(page, site, "admin:bookings_refund_changelist")
    page.locator("#result_list tbody tr", has_text=booking.reference).locator("th a").click()
    page.get_by_role("link", name="Send it to the card").click()
    page.get_by_role("button", name="Send it to the card").click()
    assert "$440 is on its way to the card." in page.locator(".messagelist").inner_text()
    return clerk


def book_for_two_by_card(page, site):
    """From the trek's page to the button that leads to the provider."""
    trek = make_trek(name="Lares Trek", slug="lares", scene="ipsay_pass", position=0)
    departure = make_departure(trek)
    page.goto(f"{site}{trek.get_absolute_url()}")
    page.locator(f"a[href*='/departures/{departure.pk}/book/']").first.click()
    page.locator("input[name=party_size][value='2']").check()
    forward(page)
    be_the_lead(page)
    forward(page)
    name_everybody(page, 2)
    forward(page)
    page.get_by_label("By card").check()
    assert "$15, is added to the payment" in words(page)
    page.get_by_label("I accept the terms").check()
    forward(page)


def words(page):
    return page.locator("main").inner_text()


def test_deposit_and_balance_by_card_then_one_traveler_cancelled(traveler, site, card_provider):  # noqa: F811
    page = traveler
    book_for_two_by_card(page, site)

    pay_at_the_provider(page, card_provider)
    assert "Thank you. Your payment is here." in words(page)
    assert "The seats are yours" in words(page)
    booking = Booking.objects.get()
    assert (booking.status, prices.paid(booking)) == ("confirmed", 300)

    page.get_by_role("button", name="Pay $924 by card").click()
    pay_at_the_provider(page, card_provider)
    assert "You are walking, all paid" in words(page)
    assert prices.paid(booking) == 1180

    page.get_by_role("link", name="Cancel traveler 2").click()
    page.get_by_role("button", name="Cancel traveler 2: $440 comes back").click()
    page.wait_for_url(f"**{booking.get_absolute_url()}")
    assert "$440 is to go back to you." in words(page)
    assert reloaded(booking).party_size == 1

    refund = booking.refunds.get()
    clerk = send_to_the_card(page, site, booking)
    assert reloaded(refund).decided_by == clerk
    charging.send_refunds()
    page.goto(f"{site}{booking.get_absolute_url()}")
    assert "Went back" in words(page) or "went back, card online" in words(page)
    assert reloaded(refund).state == "done"
    assert prices.paid(booking) == prices.total(booking) == 740
    given_back = [row["amount"] for row in card_provider.state()["refunds"].values()]
    assert given_back == [44000]

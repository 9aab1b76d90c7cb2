"""A booking for three in a real browser, from the home page to the private page, with script and without."""

import re

import pytest
from django.core import mail

from bookings import lifecycle, outbox
from bookings.models import Booking
from tests.browser.clerk import log_in
from tests.factories import (
    lapse,
    make_departure,
    make_extra,
    make_trek,
    people,
    reloaded,
    seats_taken,
    told,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=["script", "no script"])
def traveler(request, chromium):
    """A phone, with script or without; what its console complains about is an error."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 740},
        locale="en-US",
        java_script_enabled=request.param == "script",
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def departure():
    """The date everybody wants, on a trek that stands on the home page."""
    trek = make_trek(name="Lares Trek", slug="lares", scene="ipsay_pass", position=0)
    make_extra(trek, slug="sleeping-bag", price="25.00")
    return make_departure(trek, capacity=12)


def forward(page):
    """Press the button that leads on."""
    page.locator(".go-on .btn").click()


def to_the_form(page, live_server, departure):
    """From the home page over the list of dates to the form."""
    page.goto(live_server.url)
    page.get_by_role("link", name="Dates and prices").first.click()
    row = page.locator(f"#departure-{departure.pk}")
    row.get_by_role("link", name=re.compile("^Book")).click()


def name_everybody(page, number):
    for n in range(1, number + 1):
        page.fill(f"#id_{n}-given_names", f"Given {n}")
        page.fill(f"#id_{n}-family_names", "Ejemplo")
        for part, value in (("day", "14"), ("month", "7"), ("year", "1991")):
            page.fill(f"#id_{n}-birth_{part}", value)


def be_the_lead(page):
    page.get_by_label("Your name").fill("Ana María Ejemplo")
    page.get_by_label("E-mail").fill("ana@example.org")
    page.get_by_label("Phone, with the country code").fill("+34 600 000 000")
    page.get_by_label("Country of residence").select_option("ES")


def record_the_deposit(page, live_server, booking):
    """As a clerk, in the same browser: from the list of bookings to the form that records money."""
    clerk = log_in(page, live_server.url, "admin:bookings_booking_changelist")
    page.get_by_role("link", name=booking.reference).click()
    page.get_by_role("link", name="Record a payment").click()
    page.get_by_label("Amount").fill("450")
    page.get_by_role("button", name="Record it").click()
    assert "Recorded: $450. The booking is confirmed." in page.locator("main").inner_text()
    assert booking.payments.get().recorded_by == clerk


def test_booking_for_three_from_the_home_page_to_the_confirmation(traveler, live_server, departure):
    page = traveler
    to_the_form(page, live_server, departure)
    page.locator("input[name=party_size][value='3']").check()
    forward(page)
    assert "We keep your 3 seats until" in page.locator(".hold").inner_text()
    be_the_lead(page)
    page.get_by_label("I am walking too").check()
    forward(page)
    assert page.input_value("#id_1-given_names") == "Ana María"
    name_everybody(page, 3)
    forward(page)
    page.get_by_label("sleeping bag").fill("2")
    forward(page)
    assert "$50" in page.locator("main").inner_text()
    page.get_by_label("By bank transfer").check()
    page.get_by_label("I accept the terms").check()
    forward(page)

    booking = Booking.objects.get()
    assert page.url == f"{live_server.url}{booking.get_absolute_url()}"
    assert booking.reference in page.locator("main").inner_text()
    assert seats_taken(departure) == 3
    assert told(booking) == ["placed"]
    assert told(booking, office=True) == ["office_new_booking"]

    record_the_deposit(page, live_server, booking)
    assert reloaded(booking).status == "confirmed"
    assert told(booking) == ["placed", "deposit_received"]
    page.goto(f"{live_server.url}{booking.get_absolute_url()}")
    assert "The seats are yours" in page.locator("main").inner_text()
    outbox.send_due()
    assert [message.to for message in mail.outbox].count(["ana@example.org"]) == 2


def test_extend_and_a_wrong_form_keep_what_is_typed(traveler, live_server, departure):
    page = traveler
    page.goto(f"{live_server.url}/departures/{departure.pk}/book/?party=2")
    forward(page)
    page.get_by_label("Your name").fill("Ana")
    page.get_by_role("button", name="Keep them 9 minutes longer").click()
    assert "We keep your seats until" in page.get_by_role("status").first.inner_text()
    assert page.input_value("#id_contact_name") == "Ana"


def test_enter_in_a_field_goes_on_and_does_not_extend(traveler, live_server, departure):
    page = traveler
    page.goto(f"{live_server.url}/departures/{departure.pk}/book/?party=2")
    forward(page)
    be_the_lead(page)

    page.get_by_label("Your name").press("Enter")

    page.wait_for_url("**/travelers/")
    assert Booking.objects.get().extensions == 0


def test_back_to_an_earlier_step_and_on_keeps_what_is_typed(traveler, live_server, departure):
    page = traveler
    page.goto(f"{live_server.url}/departures/{departure.pk}/book/?party=2")
    forward(page)
    page.get_by_label("Your name").fill("Ana")

    page.get_by_role("button", name="Back to party").click()
    page.wait_for_url("**/party/")
    forward(page)

    page.wait_for_url("**/lead/")
    assert page.input_value("#id_contact_name") == "Ana"


def test_back_and_again_is_one_booking(traveler, live_server, departure):
    page = traveler
    page.goto(f"{live_server.url}/departures/{departure.pk}/book/?party=2")
    forward(page)
    page.wait_for_url("**/lead/")
    page.go_back()
    forward(page)
    page.wait_for_url("**/lead/")

    assert Booking.objects.count() == 1
    assert seats_taken(departure) == 2


def test_lapsed_hold_goes_on_in_the_browser(traveler, live_server, departure):
    page = traveler
    page.goto(f"{live_server.url}/departures/{departure.pk}/book/?party=2")
    forward(page)
    be_the_lead(page)
    lapse(Booking.objects.get())
    make_departure(departure.trek, starts_in=127)

    forward(page)
    assert "the seats are still free" in page.locator("h1").inner_text()
    assert page.locator(".nearest .departure").bounding_box()["width"] > 300
    page.get_by_role("button", name="Go on").click()

    page.wait_for_url("**/lead/")
    assert page.input_value("#id_contact_email") == "ana@example.org"


def test_script_counts_down_and_adds_up(page, live_server, departure):
    page.goto(f"{live_server.url}/departures/{departure.pk}/book/?party=2")
    assert "$1,180" in page.locator(".bill").inner_text()
    forward(page)
    assert re.search(r"(29|30) minutes left", page.locator(".hold .left").inner_text())
    booking = Booking.objects.get()
    key = booking.key
    lifecycle.set_contact(booking.pk, {"contact_name": "Ana", "contact_email": "ana@example.org"})
    lifecycle.set_travelers(booking.pk, people(2))
    page.goto(f"{live_server.url}/bookings/{key}/extras/")

    page.get_by_label("sleeping bag").fill("3")

    assert page.locator("output").inner_text() == "$75"
    assert page.locator(".bill [data-total]").inner_text() == "$1,255"
    assert page.locator(".bill [data-due]").inner_text() == "$300"
    assert page.locator(".bill [data-later]").inner_text() == "$955"
    assert not page.get_by_role("button", name="Add up").is_visible()


def test_script_warns_five_minutes_before_the_end(page, live_server, departure):
    page.clock.install()
    page.goto(f"{live_server.url}/departures/{departure.pk}/book/?party=2")
    forward(page)
    status = page.locator(".hold [role=status]")
    assert status.inner_text() == ""

    page.clock.fast_forward("25:30")
    assert "Five minutes left" in status.inner_text()
    page.clock.fast_forward("06:00")
    assert "The time is over" in status.inner_text()

"""A booking taken down while somebody is on the phone, with the keyboard alone."""

import pytest
from django.urls import reverse

from bookings.models import Booking
from tests.browser.clerk import Keyboard, log_in
from tests.factories import make_departure, make_trek, seats_taken, told

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Two minutes of somebody who types three keys a second.
TWO_MINUTES = 360


def test_phone_booking_by_keyboard_takes_two_minutes_at_most(chromium, live_server):
    trek = make_trek()
    departures = [make_departure(trek, starts_in=30 + 7 * week) for week in range(10)]
    wanted = departures[5]
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
    context.set_default_timeout(15_000)
    page = context.new_page()
    clerk = log_in(page, live_server.url, "admin:bookings_departure_changelist")
    change = reverse("admin:bookings_departure_change", args=[wanted.pk])
    keys, pages = Keyboard(page), []
    page.on("framenavigated", lambda frame: pages.append(frame.url))

    keys.past_the_menu()
    keys.follow(page.locator(f"#result_list a[href^='{change}']"), f"**{change}**")
    keys.past_the_menu()
    keys.follow(page.get_by_role("link", name="New phone booking"), "**/phone/")
    assert keys.has_focus(page.get_by_label("How many travel"))
    keys.type("2")
    keys.to(page.get_by_label("Name", exact=True))
    keys.type("Pedro Quispe Ejemplo")
    keys.to(page.get_by_role("textbox", name="Phone"))
    keys.type("+51 984 111 222")
    keys.press("Enter")
    page.wait_for_url("**/booking/*/change/")

    booking = Booking.objects.get()
    assert page.url.endswith(reverse("admin:bookings_booking_change", args=[booking.pk]))
    assert f"The reference to tell: {booking.reference}." in page.locator("main").inner_text()
    assert (booking.status, booking.source, booking.contact_email) == ("pending", "phone", "")
    assert (booking.contact_name, booking.departure) == ("Pedro Quispe Ejemplo", wanted)
    assert seats_taken(wanted) == 2
    assert told(booking) == []
    assert set(booking.events.values_list("user", flat=True)) == {clerk.pk}
    # A third of it: the rest is for talking.
    assert keys.pressed <= TWO_MINUTES / 3
    assert len([address for address in pages if "#" not in address]) == 3
    context.close()

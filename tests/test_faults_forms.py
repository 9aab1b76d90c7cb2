"""Each form of a booking, sent again after a fault at each of its COMMITs, lands on the same booking."""

from itertools import count

import factories
import pytest
from faults.bad_line import FAULTS, on_a_bad_line, opened, sent, strike
from faults.browser import Browser
from faults.rows import told

from bookings import lifecycle
from bookings.models import Booking

pytestmark = pytest.mark.django_db(transaction=True)


def filled(departure):
    return factories.filled(factories.held(departure))


def step(name, anchor, answers, make):
    """A step of a booking in some state, opened in a browser of its own."""

    def open_it(port, departure):
        booking = make(departure)
        browser, path = Browser(port), f"/bookings/{booking.key}/{name}/"
        page = browser.get(path if name != "transfer" else booking.get_absolute_url())
        return browser, path, page.fields(anchor) | answers

    return open_it


def with_contact(departure):
    booking = factories.held(departure)
    return lifecycle.set_contact(booking.pk, factories.CONTACT)


def with_travelers(departure):
    booking = with_contact(departure)
    lifecycle.set_travelers(booking.pk, factories.people(2))
    return booking


LEAD = {**factories.CONTACT, "contact_phone": "+51984000000"}
TRAVELERS = {
    f"{number}-{name}": value
    for number in (1, 2)
    for name, value in {
        "given_names": "Ana",
        "family_names": "Quispe",
        "birth_day": str(number),
        "birth_month": "2",
        "birth_year": "1990",
    }.items()
}
STEPS = {
    "book": opened,
    "review": step("review", "accepted", {"method": "transfer", "accepted": "on"}, filled),
    "lead": step("lead", "contact_name", LEAD, factories.held),
    "travelers": step("travelers", "1-family_names", TRAVELERS, with_contact),
    "extras": step("extras", "seen", {"bag": "1"}, with_travelers),
    "transfer": step("transfer", "bank_reference", {"bank_reference": "OP 1"}, factories.placed),
}


def test_each_form_sent_again_after_a_fault_lands_on_the_same_booking(tmp_path, request):
    chosen = list(STEPS) if request.config.getoption("long") else ["book", "review"]
    trek = factories.make_trek()
    factories.make_extra(trek, slug="bag", stock=None)
    days = count(100)
    answered = set()

    with on_a_bad_line(tmp_path) as (server, line):
        for name in chosen:
            clean = factories.make_departure(trek, starts_in=next(days))
            browser, path, fields = STEPS[name](server.port, clean)
            assert browser.post_only(path, fields).status == 302
            expected = told(clean)["bookings"]
            for fault in FAULTS:
                for number in count(1):
                    departure = factories.make_departure(trek, starts_in=next(days))
                    form = STEPS[name](server.port, departure)
                    if not was_struck(server, line, fault, number, form):
                        break
                    browser, path, fields = form
                    again = browser.post_only(path, fields)
                    assert again.status == 302, (name, fault, number)
                    assert told(departure)["bookings"] == expected, (name, fault, number)
                    answered.add(again.location.split("/")[2])
                assert number > 1, (name, fault)

    assert answered <= set(Booking.objects.values_list("key", flat=True))


def was_struck(server, line, fault, number, form):
    """Send the form with the fault at its so-many-th COMMIT; False if it has fewer and went through."""
    strike(server, line, fault, number)
    answer = sent(*form)
    struck = line.struck
    line.disarm()
    assert answer is None or answer.status in {302, 503}
    assert struck or answer.status == 302
    return struck

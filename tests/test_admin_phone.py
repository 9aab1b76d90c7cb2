"""Bookings that the office takes down while somebody is on the phone, and the list of travelers on paper."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking
from tests import factories
from tests.admin_forms import act, do, fields, filled


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


CALLER = {"party_size": "3", "contact_name": "Pedro EJEMPLO", "contact_phone": "984 111 222"}


def test_phone_booking_needs_only_a_name_and_a_number(office):
    departure = factories.make_departure()

    answer = do(office, departure, "phone", **CALLER)

    booking = Booking.objects.get()
    assert answer.url == reverse("admin:bookings_booking_change", args=[booking.pk])
    assert (booking.status, booking.party_size, booking.source) == ("pending", 3, "phone")
    assert (booking.contact_email, booking.due_now) == ("", 450)
    assert booking.travelers.count() == 3
    assert factories.told(booking) == [] and factories.told(booking, office=True) == ["office_new_booking"]
    assert set(booking.events.values_list("user__username", flat=True)) == {"ana"}


def test_phone_booking_takes_names_extras_and_notes_as_far_as_known(office):
    departure = factories.make_departure()
    factories.make_extra(departure.trek, slug="sleeping-bag")

    do(
        office, departure, "phone", **CALLER, **{
            "person-1-family_names": "EJEMPLO", "person-1-birth_date": "1990-02-03",
            "extra-sleeping-bag": "2", "staff_notes": "Calls again",
            "source": "whatsapp", "method": "cash", "language": "es",
        },
    )  # fmt: skip

    booking = Booking.objects.get()
    assert [person.family_names for person in booking.travelers.order_by("number")] == ["EJEMPLO", "", ""]
    assert booking.booked_extras.get().quantity == 2
    assert (booking.source, booking.method, booking.language) == ("whatsapp", "cash", "es")
    assert booking.staff_notes == "Calls again"


def test_phone_booking_sent_twice_is_one_booking(office):
    departure = factories.make_departure()
    data = filled(office.get(act(departure, "phone")), **CALLER)

    first, second = (office.post(act(departure, "phone"), data) for _ in range(2))

    assert Booking.objects.count() == 1
    assert first.url == second.url


def test_phone_booking_without_room_is_refused_and_nothing_typed_is_lost(office):
    departure = factories.make_departure(capacity=2)

    answer = do(office, departure, "phone", **CALLER)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Only 2 seats are left" in html and "Pedro EJEMPLO" in html
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"contact_name": "  "}, "This field is required"),
        ({"person-4-family_names": "EJEMPLO"}, "Traveler 4 is named, but the party is smaller"),
        ({"person-1-birth_date": "2025-01-01"}, "the trek is from 8 years on"),
        ({"extra-sleeping-bag": "9"}, "less than or equal to 5"),
    ],
)
def test_phone_booking_that_makes_no_sense_is_refused(office, values, words):
    departure = factories.make_departure()
    factories.make_extra(departure.trek, slug="sleeping-bag")

    answer = do(office, departure, "phone", **CALLER | values)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Booking.objects.exists()


def test_phone_booking_shows_every_name_typed_where_seats_went_meanwhile(office):
    departure = factories.make_departure(capacity=5)
    names = {f"person-{n}-family_names": f"EJEMPLO {n}" for n in range(1, 5)}
    opened = office.get(act(departure, "phone"))
    factories.held(departure, 2)

    answer = office.post(act(departure, "phone"), filled(opened, **CALLER | names | {"party_size": "4"}))

    assert answer.status_code == 409
    assert "Only 3 seats are left" in answer.content.decode()
    assert names.items() <= {name: value for name, (value,) in fields(answer).items()}.items()
    assert not Booking.objects.filter(source="phone").exists()
    smaller = office.post(act(departure, "phone"), filled(answer, party_size="3"))
    assert smaller.status_code == 422
    assert "Traveler 4 is named, but the party is smaller." in smaller.content.decode()
    assert not Booking.objects.filter(source="phone").exists()
    office.post(act(departure, "phone"), filled(smaller, **{"party_size": "3", "person-4-family_names": ""}))
    booked = Booking.objects.get(source="phone").travelers.order_by("number")
    assert [person.family_names for person in booked] == ["EJEMPLO 1", "EJEMPLO 2", "EJEMPLO 3"]


@pytest.mark.parametrize(
    "name", ["person-99-family_names", "person-13-family_names", "person-²-family_names"]
)
def test_phone_booking_has_rows_for_twelve_names_at_most(office, name):
    departure = factories.make_departure(capacity=2)

    answer = do(office, departure, "phone", **CALLER | {name: "EJEMPLO"})

    assert answer.status_code == 409
    assert answer.content.decode().count('<fieldset class="person">') in (2, 12)


def test_phone_booking_says_how_many_of_an_extra_make_sense_for_the_party(office):
    departure = factories.make_departure()
    extra = factories.make_extra(departure.trek, slug="ticket", stock=None)
    type(extra).objects.update(charge_unit="per_person")

    answer = do(office, departure, "phone", **CALLER, **{"extra-ticket": "4"})

    assert answer.status_code == 422
    assert "At most 3 for this party." in answer.content.decode()
    assert not Booking.objects.exists()
    assert do(office, departure, "phone", **CALLER, **{"extra-ticket": "3"}).status_code == 302


MINOR = {"person-1-family_names": "EJEMPLO", "person-1-birth_date": "2015-02-03"}


def test_phone_booking_of_minors_alone_needs_the_word_that_an_adult_joins(office):
    departure = factories.make_departure()
    alone = CALLER | MINOR | {"party_size": "1", "staff_notes": "Calls again"}

    refused = do(office, departure, "phone", **alone)

    assert refused.status_code == 422
    assert "minors need an adult" in refused.content.decode()
    assert not Booking.objects.exists()
    office.post(act(departure, "phone"), filled(refused, adult_joins="on"))
    booking = Booking.objects.get()
    assert (booking.status, booking.staff_notes) == ("pending", "An adult will join them.\nCalls again")


def test_phone_booking_of_a_minor_with_others_is_taken_down_at_once(office):
    departure = factories.make_departure()
    adult = {"person-2-family_names": "EJEMPLO", "person-2-birth_date": "1980-02-03"}

    do(office, departure, "phone", **CALLER | MINOR | {"party_size": "2"})
    do(office, departure, "phone", **CALLER | MINOR | adult | {"party_size": "2"})

    assert list(Booking.objects.values_list("staff_notes", flat=True)) == ["", ""]


def test_office_books_a_closed_departure_after_the_cut_off(office):
    departure = factories.make_departure(starts_in=3, status="closed")

    do(office, departure, "phone", **CALLER)

    booking = Booking.objects.get()
    assert booking.status == "pending" and booking.expires_at > timezone.now()


def test_list_of_travelers_names_everybody_who_keeps_a_seat(office):
    departure = factories.make_departure()
    confirmed = factories.confirmed(departure, 2)
    factories.make_extra(departure.trek, slug="tent")
    pending = factories.placed(departure, 1, extras={"tent": 1})
    unfinished = factories.held(departure, 1)
    gone = factories.confirmed(departure, 1)
    factories.lifecycle.cancel(gone.pk)

    html = office.get(act(departure, "travelers")).content.decode()

    assert "Family 1, Given 1" in html and "3 people" in html and "1 × tent" in html
    assert confirmed.reference in html and pending.reference in html and "Awaiting deposit" in html
    assert unfinished.reference not in html and gone.reference not in html
    assert "$880" in html


def test_list_of_travelers_costs_the_same_with_one_and_three_bookings(office):
    one, three = factories.make_departure(), factories.make_departure(starts_in=130)
    factories.confirmed(one)
    for _ in range(3):
        factories.confirmed(three)
    office.get(act(one, "travelers"))

    assert queries(office, act(one, "travelers")) == queries(office, act(three, "travelers"))

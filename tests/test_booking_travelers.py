"""What the forms accept as names, phones, dates of birth and ages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings import lifecycle
from bookings.forms import LeadForm
from bookings.forms.travelers import age_on
from tests.factories import CONTACT, held, make_departure

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+34 600 000 000", "+34600000000"),
        ("0051 (984) 000-000", "+51984000000"),
        ("600000000", None),
        ("+1", None),
        ("+51 984 abc", None),
        ("+1234567890123456", None),
    ],
)
def test_phone_needs_its_country_code(typed, kept):
    form = LeadForm({**CONTACT, "contact_phone": typed})

    form.is_valid()

    assert form.cleaned_data.get("contact_phone") == kept
    assert ("contact_phone" in form.errors) == (kept is None)


@pytest.mark.parametrize("name", ["12345", "   ", "!!!", "\u200b"])
def test_name_without_letters_is_refused(name):
    assert "contact_name" in LeadForm({**CONTACT, "contact_name": name}).errors


@pytest.mark.parametrize("name", ["Łucja Ćwik", "李小龙", "Ñusta Q'ori", "José  María", "Nguyễn Thị"])
def test_names_of_the_world_are_kept(name):
    form = LeadForm({**CONTACT, "contact_name": name})

    assert form.is_valid()
    assert form.cleaned_data["contact_name"] == " ".join(name.split())


def travelers_page(client, *birthdays, names=("Ana",), **departure):
    """The answer to travelers born on these days (year, month, day as typed); the given names go round."""
    booking = held(make_departure(**departure), len(birthdays))
    lifecycle.set_contact(booking.pk, CONTACT)
    sent = {}
    for n, (year, month, day) in enumerate(birthdays, 1):
        sent |= {f"{n}-given_names": names[(n - 1) % len(names)], f"{n}-family_names": "Quispe"}
        sent |= {f"{n}-birth_year": year, f"{n}-birth_month": month, f"{n}-birth_day": day}
    return client.post(
        reverse("booking_travelers", args=[booking.key]), sent | {"seen": seen_of(client, booking)}
    )


def test_one_person_named_twice_is_said_beside_the_second(client):
    same, other = ("1990", "5", "5"), ("1991", "5", "5")

    answer = travelers_page(client, same, other, same, names=("Ana", "Ana", "ANA"))

    assert answer.context["form"].errors == {
        "3-family_names": ["Traveler 1 has the same names and date of birth."]
    }


def test_twins_and_people_who_share_a_name_are_taken(client):
    same, other = ("1990", "5", "5"), ("1991", "5", "5")

    assert travelers_page(client, same, same, names=("Ana", "Rosa")).status_code == 302
    assert travelers_page(client, same, other).status_code == 302


def seen_of(client, booking):
    return client.get(reverse("booking_travelers", args=[booking.key])).context["seen"]


def born(age_in_years, on):
    """Day, month and year of somebody whose birthday of that age is on this day."""
    return str(on.year - age_in_years), str(on.month), str(on.day)


def test_age_counts_on_the_day_of_departure(client):
    departure = make_departure()
    start = departure.start_date
    adult = ("1990", "5", "5")

    on_the_day = travelers_page(client, adult, born(8, start))
    a_day_later = travelers_page(client, adult, born(8, start + timedelta(days=1)))

    assert on_the_day.status_code == 302
    assert a_day_later.status_code == 422
    assert "this traveler is 7; the trek is from 8 years on" in a_day_later.text
    assert 'href="#id_2-birth_day"' in a_day_later.text


def test_minors_need_an_adult_in_the_party(client):
    start = make_departure().start_date

    alone = travelers_page(client, born(17, start), born(12, start))
    accompanied = travelers_page(client, born(18, start), born(12, start))

    assert "need an adult" in alone.text
    assert accompanied.status_code == 302


@pytest.mark.parametrize(
    "birthday",
    [("", "", ""), ("1990", "13", "1"), ("1990", "2", "30"), ("x", "y", "z"), ("90", "1", "1"),
     ("2150", "1", "1"), ("1801", "1", "1"), ("99999", "1", "1")],
)  # fmt: skip
def test_dates_that_cannot_be_are_refused_beside_the_field(client, birthday):
    response = travelers_page(client, birthday)

    assert response.status_code == 422
    assert 'id="id_1-birth_day_error"' in response.text
    assert response.context["form"].forms[0]["given_names"].value() == "Ana"


def test_age_of_a_leap_day():
    leap = timezone.datetime(2012, 2, 29).date()

    assert age_on(timezone.datetime(2030, 2, 28).date(), leap) == 17
    assert age_on(timezone.datetime(2030, 3, 1).date(), leap) == 18


def test_one_name_in_the_passport_is_enough(client):
    booking = held(party_size=1)
    lifecycle.set_contact(booking.pk, CONTACT)
    sent = {"1-family_names": "Suparman", "1-birth_day": "1", "1-birth_month": "2", "1-birth_year": "1990"}

    response = client.post(
        reverse("booking_travelers", args=[booking.key]), sent | {"seen": seen_of(client, booking)}
    )

    assert response.status_code == 302
    assert booking.travelers.get().full_name == "Suparman"

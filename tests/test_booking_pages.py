"""The private page in every state, the rules about who may see it, and what the forms accept."""

import logging
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bookings import lifecycle
from bookings.forms import LeadForm
from bookings.forms.travelers import age_on
from bookings.management.commands.load_terms import BANDS
from bookings.models import Booking, LinkRequest, RefundBand, RefundPolicy, Terms
from lares.templatetags.formats import long_day
from tests.factories import (
    CONTACT,
    confirmed,
    filled,
    held,
    lapse,
    make_departure,
    make_extra,
    make_trek,
    pay,
    placed,
    raw,
)
from treks.models import Page

pytestmark = pytest.mark.django_db
STEPS = ("booking", "booking_party", "booking_lead", "booking_travelers", "booking_review")
POSTS = ("booking_resume", "booking_give_back", "booking_send_link", "booking_email", "booking_transfer")


def page_of(client, booking, name="booking"):
    return client.get(reverse(name, args=[booking.key]))


def test_private_pages_are_sealed(client):
    hold, pending = filled(held()), placed()

    answers = [page_of(client, hold, name) for name in STEPS] + [page_of(client, pending)]
    answers += [client.post(reverse(name, args=[pending.key])) for name in POSTS]
    answers.append(client.get(reverse("booking", args=["x" * 32])))

    for answer in answers:
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert answer["Referrer-Policy"] == "no-referrer"


def test_wrong_keys_are_refused_alike(client):
    booking = placed()
    wrong = [booking.reference, str(booking.pk), booking.key[:-1], booking.key + "A", "x" * 32]

    for name in (*STEPS, "booking_extras"):
        answers = [client.get(reverse(name, args=[key])) for key in wrong]
        assert {answer.status_code for answer in answers} == {404}
    for name in POSTS:
        answers = [client.post(reverse(name, args=[key])) for key in wrong]
        assert {answer.status_code for answer in answers} == {404}


def test_wrong_link_says_so_and_leads_to_a_new_one(client):
    page = client.get(reverse("booking", args=["x" * 32])).text

    assert "<h1>No booking at this address</h1>" in page
    assert f'href="{reverse("find_booking")}"' in page


@pytest.mark.parametrize(
    ("status", "told", "not_told"),
    [
        ("cancelled", "This date is cancelled", ("seats left", "Deposit a person", "Step 1", "So close")),
        ("closed", "It cannot be booked on this site", ("Step 1", "So close to the start")),
    ],
)
def test_date_that_is_not_sold_says_why_and_offers_no_more(client, status, told, not_told):
    departure = make_departure(status=status)

    page = client.get(reverse("book", args=[departure.pk])).text

    assert told in page
    assert [words for words in not_told if words in page] == []


def test_replaced_key_stops_the_old_address(client):
    booking = placed()

    lifecycle.replace_key(booking.pk, by=lifecycle.office())

    assert page_of(client, booking).status_code == 404


def test_logs_do_not_lead_into_a_booking(client, caplog):
    booking = held()
    handler = logging.getLogger().handlers[0]

    with caplog.at_level(logging.WARNING, logger="django.request"):
        client.post(reverse("booking_lead", args=[booking.key]), {})

    (record,) = [record for record in caplog.records if record.name == "django.request"]
    assert handler.filter(record)
    assert booking.key not in record.getMessage()
    assert "/bookings/(private)/lead/" in record.getMessage()


def test_forms_of_pages_without_a_referrer_pass_the_check_of_the_origin():
    booking = placed()
    url = reverse("booking_send_link", args=[booking.key])
    browser = Client(enforce_csrf_checks=True)
    browser.get(reverse("booking", args=[booking.key]))
    token = {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    own = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    foreign = {"Origin": "null", "Sec-Fetch-Site": "cross-site"}

    assert browser.post(url, token, headers=own).status_code == 302
    assert browser.post(url, token, headers=foreign).status_code == 403
    assert browser.post(url, token, headers={"Origin": "https://evil.example"}).status_code == 403
    assert browser.post(url, {}, headers=own).status_code == 403


def test_pending_page_tells_how_to_pay_until_when(client):
    booking = placed()
    last_day = timezone.localdate() + timedelta(days=7)

    text = page_of(client, booking).text

    assert "Your seats are kept" in text
    assert booking.reference in text
    assert f"http://testserver{booking.get_absolute_url()}" in text
    assert f"{last_day.day} {last_day:%B %Y}" in text
    assert "$300" in text


def test_pending_page_for_cash_names_the_office(client):
    assert "In cash at our office" in page_of(client, placed(method="cash")).text


def test_page_says_that_the_time_to_pay_is_over(client):
    text = page_of(client, lapse(placed())).text

    assert "The time to pay is over" in text
    assert "I have sent the transfer" in text


def test_page_tells_a_part_that_came_and_the_rest(client):
    booking = placed()
    pay(booking, "100.00")

    pending = page_of(client, booking).text
    lapse(booking)
    unpaid = page_of(client, booking).text

    assert "We have received $100. Pay the rest, $200, by" in pending
    assert "We have received $100, but not the rest, $200." in unpaid


def test_page_says_that_late_money_is_theirs(client):
    departure = make_departure(capacity=2)
    booking = lapse(placed(departure, 2))
    held(departure, 2)

    pay(booking, booking.due_now)

    text = page_of(client, booking).text
    assert "We have received $300, but too late" in text
    assert "The money is yours" in text


def test_confirmed_page_tells_the_balance(client):
    text = page_of(client, confirmed()).text

    assert "The seats are yours" in text
    assert "The balance of $880 is due by" in text
    assert "for sure" in text


def test_cancelled_pages_say_who_and_what_now(client):
    office, traveler, departure = placed(), held(), make_departure()
    ours = placed(departure)
    lifecycle.cancel(office.pk, by=lifecycle.office())
    lifecycle.cancel(traveler.pk)
    lifecycle.cancel_departure(departure.pk, by=lifecycle.office())

    assert "It was cancelled on" in page_of(client, office).text
    assert "given back" in page_of(client, traveler).text
    assert "We had to cancel this departure" in page_of(client, ours).text


@pytest.mark.parametrize("name", ["booking_email", "booking_transfer"])
@pytest.mark.parametrize("sent", [{}, {"contact_email": "right@example.com", "bank_reference": "BCP 77"}])
def test_forms_of_a_placed_booking_are_refused_before_and_after(client, name, sent):
    hold, over = filled(held()), placed()
    lifecycle.cancel(over.pk, by=lifecycle.office())

    for booking in (hold, over):
        response = client.post(reverse(name, args=[booking.key]), sent)
        assert response.url == booking.get_absolute_url()
        assert str(lifecycle.WrongStatus()) in client.get(response.url, follow=True).text
        booking.refresh_from_db()
        assert booking.contact_email == CONTACT["contact_email"]


def test_emptied_hold_still_has_a_page(client):
    booking = lapse(filled(held()), by="40 days")
    lifecycle.erase_lapsed()

    response = page_of(client, booking)

    assert response.status_code == 200
    assert CONTACT["contact_email"] not in response.text


def test_review_names_the_last_day_to_pay_as_the_placed_booking_has_it(client, settings):
    settings.PENDING_DAYS = {"transfer": 5, "cash": 9}
    far = filled(held())
    near_date = make_departure(starts_in=40)
    near_date.trek.booking_cutoff_days = 38
    near_date.trek.save()
    near = filled(held(near_date))

    for booking, days in ((far, {"transfer": 5, "cash": 9}), (near, {"transfer": 2, "cash": 2})):
        text = page_of(client, booking, "booking_review").text
        for method, words in (("transfer", "By bank transfer"), ("cash", "In cash at our office in Cusco")):
            assert f"{words}, by {long_day(timezone.localdate() + timedelta(days=days[method]))}" in text
        assert "7 days" not in text


def test_review_shows_every_line_and_the_refunds(client):
    trek = make_trek(start="Your hotel", end="Ollantaytambo")
    extra = make_extra(trek, price="20.00")
    booking = filled(held(make_departure(trek, train_class="vistadome")), {extra.slug: 2})

    text = page_of(client, booking, "booking_review").text

    for words in (
        "$1,180",
        "$40",
        "$1,220",
        "$300",
        "Vistadome",
        "Your hotel",
        "Ollantaytambo",
        "2026-11-01",
    ):
        assert words in text
    assert "60 days or more before the start" in text
    assert "59 days or fewer" in text
    for step in ("booking_party", "booking_lead", "booking_travelers", "booking_extras"):
        assert reverse(step, args=[booking.key]) in text


def test_every_step_tells_the_end_as_a_clock_time_and_can_be_extended(client):
    trek = make_trek()
    make_extra(trek)
    booking = filled(held(make_departure(trek)))
    until = f"{timezone.localtime(booking.expires_at):%H:%M}"

    for name in (*STEPS[1:], "booking_extras"):
        text = page_of(client, booking, name).text
        assert f"until {until}" in text
        assert 'name="extend"' in text
        assert "http-equiv" not in text


def test_names_stay_as_typed_and_are_escaped(client):
    booking = held(party_size=1)
    lifecycle.set_contact(booking.pk, CONTACT | {"contact_name": "<b>O'Brien</b>"})

    text = page_of(client, booking, "booking_lead").text

    assert "&lt;b&gt;O&#x27;Brien&lt;/b&gt;" in text
    assert "<b>O'Brien" not in text


def queries_of(client, booking, name):
    with CaptureQueriesContext(connection) as captured:
        assert page_of(client, booking, name).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["booking_travelers", "booking_extras", "booking_review", "booking"])
def test_pages_of_a_booking_cost_the_same_queries_with_one_row_and_three(client, name):
    counts = []
    for rows in (1, 3):
        trek = make_trek()
        extras = [make_extra(trek) for _ in range(rows)]
        booking = filled(held(make_departure(trek), rows), {extra.slug: 1 for extra in extras})
        if name == "booking":
            lifecycle.place(booking.pk, "cash", "2026-11-01")
            [pay(booking, "10.00") for _ in range(rows)]
        counts.append(queries_of(client, booking, name))

    assert counts[0] == counts[1] <= 17


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


def travelers_page(client, *birthdays, **departure):
    """The answer to travelers born on these days (year, month, day as typed)."""
    booking = held(make_departure(**departure), len(birthdays))
    lifecycle.set_contact(booking.pk, CONTACT)
    sent = {}
    for n, (year, month, day) in enumerate(birthdays, 1):
        sent |= {f"{n}-given_names": "Ana", f"{n}-family_names": "Quispe"}
        sent |= {f"{n}-birth_year": year, f"{n}-birth_month": month, f"{n}-birth_day": day}
    return client.post(
        reverse("booking_travelers", args=[booking.key]), sent | {"seen": seen_of(client, booking)}
    )


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


def test_departure_button_leads_to_the_form(client):
    departure = make_departure()
    full, close = make_departure(capacity=2), make_departure(starts_in=3)
    held(full, 2)

    text = client.get(reverse("departures"), {"party": 2}).text

    assert f"{reverse('book', args=[departure.pk])}?party=2" in text
    assert reverse("book", args=[full.pk]) not in text
    assert f"{reverse('contact')}?departure={full.pk}" in text
    assert reverse("book", args=[close.pk]) not in text
    assert f"{reverse('contact')}?departure={close.pk}" in text


def test_terms_of_a_version_stay_readable(client):
    make_departure()
    Terms.objects.create(version="newer", terms_text="## New rules\n\nText.", privacy_text="Data.")

    old = client.get(reverse("terms_version", args=["2026-11-01"]))

    assert "There is a newer version" in old.text
    assert "New rules" in client.get(reverse("terms_version", args=["newer"])).text
    assert client.get(reverse("terms_version", args=["none"])).status_code == 404


def test_load_terms_makes_the_first_versions_once():
    for slug in ("terms", "privacy"):
        Page.objects.create(slug=slug, title=slug, body_en=f"Text of {slug}.")

    for _ in range(2):
        call_command("load_terms", verbosity=0)

    assert Terms.objects.get().privacy_text == "Text of privacy."
    assert set(RefundBand.objects.values_list("days_before", "percent")) == set(BANDS)
    assert RefundPolicy.objects.count() == 1


def test_work_empties_old_holds_and_old_requests():
    booking = lapse(filled(held()), by="40 days")
    LinkRequest.objects.create(reference="AAAABBBB", email="a@example.com")
    raw(LinkRequest, LinkRequest.objects.get(), answered_at=timezone.now() - timedelta(hours=2))

    call_command("work", "--once")

    assert Booking.objects.get(pk=booking.pk).contact_email == ""
    assert not LinkRequest.objects.exists()

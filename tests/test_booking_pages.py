"""The private page in every state, and the rules about who may see it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bookings import lifecycle
from tests.factories import (
    CONTACT,
    confirmed,
    filled,
    held,
    lapse,
    make_day,
    make_departure,
    make_extra,
    make_trek,
    make_waypoint,
    pay,
    placed,
)
from tests.steps import page_of

pytestmark = pytest.mark.django_db
STEPS = ("booking", "booking_party", "booking_lead", "booking_travelers", "booking_review")
POSTS = ("booking_resume", "booking_give_back", "booking_send_link", "booking_email", "booking_transfer")


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


@pytest.mark.parametrize(
    ("starts_in", "stops"), [(120, ["Deposit", "Balance"]), (30, ["Paid"])], ids=["deposit", "all at once"]
)
def test_life_of_a_booking_has_the_payments_it_has(client, starts_in, stops):
    departure = make_departure(starts_in=starts_in)
    make_day(departure.trek, 1)
    for position, height in enumerate((3000, 3800, 4400, 4000, 2800)):
        make_waypoint(departure.trek, position, altitude_m=height)

    text = page_of(client, placed(departure)).text

    assert re.findall(r">(Deposit|Balance|Paid)</text>", text) == stops


def test_who_is_to_pay_knows_that_the_own_deposits_count(client):
    departure = make_departure(minimum_to_run=2)

    assert "once 2 more deposits are paid, and yours count" in page_of(client, placed(departure)).text


@pytest.mark.parametrize(("starts_in", "is_said"), [(62, True), (90, False)])
def test_balance_of_the_same_day_is_told_with_the_deposit(client, starts_in, is_said):
    text = page_of(client, placed(make_departure(starts_in=starts_in))).text

    assert ("is due by the same day" in text) == is_said


def test_cancelled_pages_say_who_and_what_now(client):
    office, traveler, departure = placed(), held(), make_departure()
    ours = placed(departure)
    lifecycle.cancel(office.pk, by=lifecycle.office())
    lifecycle.cancel(traveler.pk)
    lifecycle.cancel_departure(departure.pk, by=lifecycle.office())

    assert "It was cancelled on" in page_of(client, office).text
    assert "given back" in page_of(client, traveler).text
    assert "We had to cancel this departure" in page_of(client, ours).text


def without_email():
    """A booking that the office placed for somebody who gave no e-mail address."""
    booking = filled(held(by=lifecycle.office(), source="phone"))
    lifecycle.set_contact(booking.pk, CONTACT | {"contact_email": ""})
    return lifecycle.place(booking.pk, "transfer", "2026-11-01", by=lifecycle.office())


def test_booking_without_an_email_address_can_be_given_one_on_its_page(client):
    booking = without_email()

    page = page_of(client, booking).text
    client.post(reverse("booking_email", args=[booking.key]), {"contact_email": "new@example.com"})

    assert "We have no e-mail address of yours. Add one" in page
    assert f'action="{reverse("booking_email", args=[booking.key])}"' in page
    assert "Send me this link" not in page
    assert [
        (message.kind, message.to) for message in booking.messages.exclude(kind__startswith="office")
    ] == [("placed", "new@example.com")]
    assert "Send me this link" in page_of(client, booking).text


def test_only_the_travelers_own_corrections_count_for_their_limit(client, settings):
    settings.EMAIL_CORRECTIONS_PER_DAY = 2
    booking = held()
    for n in range(3):
        lifecycle.set_contact(booking.pk, CONTACT | {"contact_phone": f"+51 984 000 00{n}"})
    lifecycle.place(filled(booking).pk, "transfer", "2026-11-01")
    for n in range(3):
        lifecycle.ask_for_invoice(booking.pk, f"2010007099{n}", "Company")
        changed = {"contact_phone": f"+51 984 000 01{n}"}
        lifecycle.correct_contact(booking.pk, changed, by=lifecycle.office())

    url = reverse("booking_email", args=[booking.key])
    codes = [client.post(url, {"contact_email": f"new{n}@example.com"}).status_code for n in range(3)]

    assert codes == [302, 302, 429]


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

    assert counts[0] == counts[1] <= 34

"""Questions to the office: written once, never lost, and told what happens next."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from bookings.models import ContactMessage, OutboxMessage
from tests.factories import make_agreements, make_departure, make_trek

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office():
    make_agreements()


def question(**fields):
    """A form filled in by Ana."""
    usual = {
        "name": "Ana Łukasiewicz",
        "email": "ana@example.org",
        "text": "Can we start in Cuncani?\nThere are three of us.",
        "submission": str(uuid4()),
    }
    return usual | fields


def send(client, **fields):
    return client.post(reverse("contact"), question(**fields))


def test_message_is_kept_and_the_office_told(client):
    departure = make_departure()

    response = send(client, departure=departure.pk, party_size="3", phone="+48 123")

    assert response.url == reverse("contact_sent")
    message = ContactMessage.objects.get()
    assert (message.name, message.departure, message.party_size) == ("Ana Łukasiewicz", departure, 3)
    assert (message.language, message.answered_at) == ("en", None)
    mail = OutboxMessage.objects.get()
    assert (mail.reply_to, "Can we start in Cuncani?" in mail.text) == ("ana@example.org", True)


def test_message_sent_page_says_that_no_seat_is_held(client):
    page = client.post(reverse("contact"), question(), follow=True).text

    assert "No seat is held yet" in page
    assert "+51 84 000000" in page


def test_message_of_one_form_sent_twice_is_one(client):
    form = question()

    answers = [client.post(reverse("contact"), form).url for _ in range(3)]

    assert answers == [reverse("contact_sent")] * 3
    assert ContactMessage.objects.count() == OutboxMessage.objects.count() == 1


def test_two_forms_are_two_messages(client):
    send(client)
    send(client)

    assert ContactMessage.objects.count() == 2


@pytest.mark.parametrize("submission", ["", "nonsense", "0" * 5000])
def test_message_with_a_lost_submission_still_arrives(client, submission):
    send(client, submission=submission)

    assert ContactMessage.objects.count() == 1


def test_wrong_form_keeps_what_was_typed_and_links_to_the_error(client):
    response = send(client, email="ana@", text="A question <b>typed</b> with care", party_size="3")

    assert response.status_code == 422
    page = response.text
    assert "A question &lt;b&gt;typed&lt;/b&gt; with care" in page
    assert 'value="ana@"' in page
    assert 'href="#id_email"' in page
    assert 'id="id_email_error"' in page
    assert 'aria-invalid="true"' in page
    assert ContactMessage.objects.count() == 0


def test_wrong_form_keeps_its_submission(client):
    form = question(name="")

    page = client.post(reverse("contact"), form).text

    assert form["submission"] in page


def test_link_of_a_departure_fills_it_in(client):
    departure = make_departure(make_trek(name="Lares Classic"))

    page = client.get(reverse("contact"), {"departure": departure.pk, "party": "4"}).text

    assert "Ask for this date" in page
    assert "Lares Classic" in page
    assert f'<option value="{departure.pk}" selected>' in page
    assert 'name="party_size" value="4"' in page


@pytest.mark.parametrize("departure", ["0", "-1", "²", "x", "9" * 30, "\0"])
def test_link_of_no_departure_is_an_open_question(client, departure):
    page = client.get(reverse("contact"), {"departure": departure}).text

    assert "Ask us" in page
    assert "selected" not in page.replace('<option value="" selected', "")


@pytest.mark.parametrize("departure", ["0", "²", "x", "9" * 30])
def test_message_about_a_departure_that_does_not_exist_says_so(client, departure):
    page = send(client, departure=departure).text

    assert "This date is no longer offered" in page
    assert "Can we start in Cuncani?" in page


def test_message_about_a_hidden_departure_is_refused(client):
    hidden = make_departure(is_private=True)

    assert "This date is no longer offered" in send(client, departure=hidden.pk).text


def test_every_departure_can_be_chosen_under_its_month(client):
    trek = make_trek()
    days = [make_departure(trek, starts_in=20 + 4 * number) for number in range(40)]

    page = client.get(reverse("contact"), {"departure": days[30].pk}).text

    assert page.count("<option ") == 41
    months = [date_format(day.start_date, "F Y") for day in days]
    assert re.findall('<optgroup label="(.+?)"', page) == list(dict.fromkeys(months))
    assert f'<option value="{days[30].pk}" selected>' in page


def test_programs_that_fill_in_everything_are_not_heard(client):
    response = send(client, website="https://example.org")

    assert response.url == reverse("contact_sent")
    assert ContactMessage.objects.count() == 0


def test_message_needs_the_token_of_the_form(client):
    client.handler.enforce_csrf_checks = True

    assert send(client).status_code == 403
    assert ContactMessage.objects.count() == 0

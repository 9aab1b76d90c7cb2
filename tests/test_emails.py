"""Every message: its first line is the subject, its words are not escaped, its links are whole."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse

from bookings import emails, lifecycle, outbox
from bookings.models import OutboxMessage, Terms
from tests.factories import (
    CONTACT,
    confirmed,
    filled,
    held,
    make_departure,
    make_trek,
    pay,
    placed,
    raw,
    reloaded,
)
from tests.occasions import OCCASIONS, named, to_pending
from treks.models import Operator

pytestmark = pytest.mark.django_db


def message_of(kind):
    OCCASIONS[kind]()
    return OutboxMessage.objects.get(kind=kind)


def test_every_kind_of_message_has_an_occasion_here():
    files = {path.stem for path in (settings.BASE_DIR / "templates/emails").glob("[a-z]*.txt")}

    assert files == {*OCCASIONS, "office_contact_message"}


@pytest.mark.parametrize("kind", OCCASIONS)
def test_message_is_a_text_with_a_subject_and_html(kind):
    message = message_of(kind)

    assert 10 < len(message.subject) < 100
    assert "\n" not in message.subject
    assert message.subject not in message.text
    assert "&#x27;" not in message.subject + message.text
    assert "&amp;" not in message.text
    assert "{%" not in message.text + message.html
    assert "None" not in message.text + message.html
    assert "\n\n\n" not in message.text
    assert message.html.startswith("<!DOCTYPE html>")
    assert "<Söhne>" not in message.html


@pytest.mark.parametrize("kind", [kind for kind in OCCASIONS if not kind.startswith("office_")])
def test_message_to_the_contact_carries_its_link_and_replies_go_to_the_office(kind):
    message = message_of(kind)

    url = f"{settings.SITE_URL}{reverse('booking', args=[message.booking.key])}"
    assert url in message.text
    assert url in message.html
    assert message.to == CONTACT["contact_email"]
    assert message.reply_to == "office@example.com"
    assert message.booking.reference in message.text


ABOUT_A_ROW = [kind for kind in OCCASIONS if kind.startswith("office_") and kind != "office_money_differs"]


@pytest.mark.parametrize("kind", ABOUT_A_ROW)
def test_message_to_the_office_leads_into_the_office_and_not_to_the_private_page(client, kind):
    message = message_of(kind)

    assert message.to == "office@example.com"
    assert message.booking is None or message.booking.key not in message.text
    (address,) = re.findall(rf"{settings.SITE_URL}(/admin/\S+/change/)", message.text)
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("kind", OCCASIONS)
def test_message_loads_nothing_from_elsewhere(kind):
    html = message_of(kind).html

    assert not re.findall(r"<(?:img|link|script|iframe)\b|url\(|@import", html)
    assert {
        link for link in re.findall(r'href="(https?:[^"]+)"', html) if not link.startswith(settings.SITE_URL)
    } == set()


def test_placed_message_tells_everything_needed_to_pay():
    departure = make_departure(make_trek(name="Lares Trek"))
    Operator.objects.update(bank_lines="Bank: Example Bank\nAccount: 000-000")
    booking = lifecycle.place(filled(held(departure)).pk, "transfer", "2026-11-01")

    text = booking.messages.get(kind="placed").text

    for words in ("Example Bank", "000-000", "$300", "$1,180", "Lares Trek", booking.reference, "2026-11-01"):
        assert words in text
    assert "60 days or more before the start: 20 %" in text


def test_placed_message_for_cash_names_the_office_and_no_account():
    departure = make_departure()
    Operator.objects.update(bank_lines="Account: 000-000", address="Calle 1, Cusco")

    text = placed(departure, method="cash").messages.get(kind="placed").text

    assert "Calle 1, Cusco" in text
    assert "000-000" not in text


def test_late_booking_owes_everything_and_no_balance():
    departure = make_departure(starts_in=30)

    text = placed(departure).messages.get(kind="placed").text

    assert "$1,180" in text
    assert "Balance of" not in text


def test_reminder_after_a_part_asks_for_the_rest_only():
    booking = to_pending()
    pay(booking, "100.00")

    emails.lapse_reminder(reloaded(booking))

    message = booking.messages.get(kind="lapse_reminder")
    for words in (message.text, message.html):
        assert "received a part of your payment" in words
        assert "Received: $100" in words
        assert "$200" in words
        assert "$300" not in words


def test_deposit_message_tells_the_balance_and_paid_in_full_does_not():
    part, whole = confirmed(), placed()
    pay(whole, "1180.00")

    assert "The balance of $880 is due by" in part.messages.get(kind="deposit_received").text
    assert "balance" not in whole.messages.get(kind="deposit_received").text


def test_departure_cancelled_by_us_says_sorry_and_why():
    booking = confirmed()

    lifecycle.cancel_departure(booking.departure_id, by=lifecycle.office(), reason="A landslide")

    text = booking.messages.get(kind="cancelled").text
    assert "we are sorry" in text
    assert "A landslide" in text
    assert "You get back all that was paid, $300." in text


def test_terms_of_the_message_are_those_that_were_accepted(client):
    booking = placed()
    Terms.objects.create(version="newer", terms_text="n", privacy_text="n")

    text = booking.messages.get(kind="placed").text

    (path,) = re.findall(rf"{settings.SITE_URL}(/terms/\S+)", text)
    assert client.get(path).status_code == 200
    assert "2026-11-01" in path


def test_message_speaks_the_language_of_the_booking():
    booking = named(language="es")

    emails.link(booking)

    assert '<html lang="es">' in OutboxMessage.objects.get(kind="link").html


def test_newline_in_a_name_cannot_add_a_header():
    booking = placed()
    raw(type(booking), booking, contact_name="Ana\nBcc: eve@example.com")

    emails.lapse_reminder(reloaded(booking))
    outbox.send_due()

    assert {address for message in mail.outbox for address in message.recipients()} == {
        CONTACT["contact_email"],
        "office@example.com",
    }


def test_mail_that_goes_out_has_both_forms_and_is_the_row():
    booking = placed()

    outbox.send_due()

    sent = next(message for message in mail.outbox if message.to == [CONTACT["contact_email"]])
    row = booking.messages.get(kind="placed")
    assert (sent.subject, sent.body) == (row.subject, row.text)
    assert sent.alternatives[0].mimetype == "text/html"
    assert sent.reply_to == ["office@example.com"]

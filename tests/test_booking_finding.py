"""Back to a booking: from the same browser, or by reference and e-mail."""

import pytest
from django.core import signing
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from bookings import finding, lifecycle
from bookings.models import Booking, LinkRequest, OutboxMessage
from bookings.views.carrying import signed
from tests.factories import CONTACT, held, make_departure, placed, reloaded, told
from tests.steps import book_url, form_of, key_of, start

pytestmark = pytest.mark.django_db


def test_your_booking_leads_back_from_this_browser_only(client):
    departure = make_departure()
    key = key_of(start(client, departure))

    assert client.get(reverse("your_booking")).url == reverse("booking", args=[key])
    assert Client().get(reverse("your_booking")).url == reverse("find_booking")


def test_your_booking_leads_nowhere_once_the_key_is_replaced(client):
    booking = Booking.objects.get(key=key_of(start(client, make_departure())))

    lifecycle.replace_key(booking.pk, by=lifecycle.office())

    assert client.get(reverse("your_booking")).url == reverse("find_booking")


def test_first_form_of_a_booking_does_not_lead_to_its_new_address(client):
    departure = make_departure()
    form = form_of(client, departure) | {"party_size": 2}
    booking = Booking.objects.get(key=key_of(client.post(book_url(departure), form)))
    lifecycle.replace_key(booking.pk, by=lifecycle.office())

    page = client.get(book_url(departure))
    keys = {key_of(client.post(book_url(departure), form)) for _ in range(10)}

    new_key = reloaded(booking).key
    assert new_key not in page.text
    assert len(keys) == 1
    assert keys.isdisjoint({new_key, booking.key})
    assert Booking.objects.count() == 2


def test_word_that_carries_typed_values_dies_with_the_key(client):
    booking = held()
    lifecycle.set_contact(booking.pk, CONTACT)
    departure, word = make_departure(), signed(booking)
    lifecycle.replace_key(booking.pk, by=lifecycle.office())

    for carry in (word, signing.dumps(booking.pk, salt="carry")):
        form = form_of(Client(), departure) | {"party_size": 1, "carry": carry}
        assert Booking.objects.get(key=key_of(Client().post(book_url(departure), form))).drafts == {}


def ask_for(client, reference, email="ana@example.com"):
    return client.post(reverse("find_booking"), {"reference": reference, "email": email})


def test_find_my_booking_answers_alike_and_sends_only_to_the_right_one(client):
    booking = placed()
    OutboxMessage.objects.all().delete()

    answers = [
        ask_for(client, booking.reference.lower(), "ANA@example.com"),
        ask_for(client, booking.reference, "eve@example.com"),
        ask_for(client, "AAAABBBB"),
    ]

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, reverse("find_sent"))}
    assert not OutboxMessage.objects.exists()
    call_command("work", "--once")
    message = OutboxMessage.objects.get()
    assert message.to == "ana@example.com"
    assert booking.key in message.text


def test_find_my_booking_costs_the_same_whether_it_exists(client, django_assert_num_queries):
    booking = placed()
    client.get(reverse("find_booking"))

    with django_assert_num_queries(2):
        ask_for(client, booking.reference)
    with django_assert_num_queries(2):
        ask_for(client, "AAAABBBB")


def test_find_my_booking_can_be_asked_for_again_but_not_for_ever(client, settings):
    settings.LINK_REQUESTS_PER_ADDRESS = 6
    booking = placed()

    codes = [ask_for(client, booking.reference).status_code for _ in range(8)]
    call_command("work", "--once")

    assert codes == [302] * 6 + [429] * 2
    assert told(booking).count("link") == settings.LINKS_PER_BOOKING


def test_request_that_fails_holds_up_no_other_and_is_answered_later(client, caplog):
    first, second = placed(), placed()
    for booking in (first, second):
        ask_for(client, booking.reference)
    waiting = LinkRequest.objects.get(reference=first.reference)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "ALTER TABLE bookings_outboxmessage ADD CONSTRAINT refused"
            " CHECK (booking_id <> %s OR kind <> 'link') NOT VALID",
            [first.pk],
        )

    assert finding.answer_requests() == 1

    assert (told(first), told(second)) == (["placed"], ["placed", "link"])
    assert f"failed for request {waiting.pk}" in caplog.text
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE bookings_outboxmessage DROP CONSTRAINT refused")
    assert finding.answer_requests() == 1
    assert told(first) == ["placed", "link"]


@pytest.mark.parametrize("reference", ["", "ABC", "LIOLIOLI", "ABCDEFGHJ", 'ABCD<>&"', "ÀBCDEFGH"])
def test_reference_that_cannot_be_one_is_refused(client, reference):
    response = ask_for(client, reference)

    assert response.status_code == 422
    assert 'href="#id_reference"' in response.text

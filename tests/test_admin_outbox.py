"""Outgoing messages and agreements in the office: readable, with working links, and never rewritten."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from bookings.models import OutboxMessage, RefundPolicy, Terms
from tests import factories
from tests.admin_forms import send
from treks.models import Page


def change(message):
    return reverse("admin:bookings_outboxmessage_change", args=[message.pk])


def test_message_is_read_with_links_that_work(office):
    booking = factories.placed()
    message = OutboxMessage.objects.get(kind="placed")

    html = office.get(change(message)).content.decode()

    assert f'href="http://127.0.0.1:8000{booking.get_absolute_url()}"' in html
    assert "kept here, not mailed" in html


def test_text_of_a_message_cannot_bring_markup_into_the_office(office):
    booking = factories.placed()
    message = OutboxMessage.objects.get(kind="placed", booking=booking)
    OutboxMessage.objects.filter(pk=message.pk).update(text="<script>alert(1)</script> http://a.example/")

    html = office.get(change(message)).content.decode()

    assert "<script>alert(1)" not in html and "&lt;script&gt;alert(1)" in html


def test_html_of_a_message_is_shut_off_from_the_office(office):
    factories.placed()
    message = OutboxMessage.objects.get(kind="placed")

    answer = office.get(reverse("admin:bookings_outboxmessage_html", args=[message.pk]))

    policy = answer.headers["Content-Security-Policy"]
    assert answer.content.decode() == message.html
    assert "default-src 'none'" in policy and "script" not in policy.replace("'none'", "")
    assert "sandbox" in policy and "allow-same-origin" not in policy and "allow-scripts" not in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]


def test_html_of_a_message_is_for_staff_who_may_see_messages(client, db):
    factories.placed()
    url = reverse("admin:bookings_outboxmessage_html", args=[OutboxMessage.objects.first().pk])

    assert client.get(url).url.startswith(reverse("admin:login"))
    client.force_login(User.objects.create_user("rosa", is_staff=True))
    assert client.get(url).status_code == 403


def test_message_that_was_given_up_is_tried_again_and_a_sent_one_is_not(office):
    factories.placed()
    failed, sent = OutboxMessage.objects.all()[:2]
    now = failed.created_at
    OutboxMessage.objects.filter(pk=failed.pk).update(gave_up_at=now, attempts=10)
    OutboxMessage.objects.filter(pk=sent.pk).update(sent_at=now, attempts=1)

    office.post(
        reverse("admin:bookings_outboxmessage_changelist"),
        {"action": "try_again", "_selected_action": [failed.pk, sent.pk]},
    )

    failed.refresh_from_db(), sent.refresh_from_db()
    assert (failed.gave_up_at, failed.attempts) == (None, 0)
    assert (sent.sent_at, sent.attempts) == (now, 1)


def test_new_terms_begin_with_what_the_pages_say_and_hold_from_then_on(office):
    earlier = factories.placed()
    Page.objects.create(slug="terms", title="Terms", body="Be kind.")
    Page.objects.create(slug="privacy", title="Privacy", body="We keep little.")

    send(office, office.get(reverse("admin:bookings_terms_add")), version="2027")

    terms = Terms.objects.first()
    assert (terms.version, terms.terms_text, terms.privacy_text) == ("2027", "Be kind.", "We keep little.")
    assert factories.reloaded(earlier).terms.version == "2026-11-01"


def bands(*rows):
    values = {"bands-TOTAL_FORMS": str(len(rows))}
    for n, (days, percent) in enumerate(rows):
        values |= {f"bands-{n}-days_before": str(days), f"bands-{n}-percent": str(percent)}
    return values


def test_new_refund_policy_comes_with_its_bands(office):
    page = office.get(reverse("admin:bookings_refundpolicy_add"))

    send(office, page, version="2027", **bands((30, 20), (10, 50), (0, 100)))

    policy = RefundPolicy.objects.get(version="2027")
    assert list(policy.bands.values_list("days_before", "percent")) == [(30, 20), (10, 50), (0, 100)]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([(30, 20), (10, 50)], "One band starts at 0 days"),
        ([(30, 60), (0, 50)], "the more is kept"),
    ],
)
def test_refund_policy_with_gaps_is_refused(office, rows, words):
    page = office.get(reverse("admin:bookings_refundpolicy_add"))

    answer = send(office, page, version="2027", **bands(*rows))

    assert words in answer.content.decode()
    assert not RefundPolicy.objects.filter(version="2027").exists()

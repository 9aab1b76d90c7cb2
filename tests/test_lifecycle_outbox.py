"""Messages go out once, are tried again with longer and longer waits, and are given up in the end."""

import smtplib
from contextlib import contextmanager
from datetime import timedelta

import factories
import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.db import connection

from bookings import outbox, seats
from bookings.models import OutboxMessage

pytestmark = pytest.mark.django_db
DOWN = f"{__name__}.Down"


class Down(locmem.EmailBackend):
    """A mail server that refuses every message."""

    def send_messages(self, messages):
        """Refuse."""
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")


def make_due():
    """Every message that waits may be tried now."""
    OutboxMessage.objects.update(send_after=seats.clock())


def test_message_is_rendered_in_its_readers_language_and_waits():
    booking = factories.placed()

    message = booking.messages.get(kind="placed")

    assert (message.to, message.language, message.sent_at, message.attempts) == (
        "ana@example.com",
        "en",
        None,
        0,
    )
    assert message.subject
    assert message.text.endswith("\n")
    assert message.html
    assert mail.outbox == []


def test_send_due_sends_each_message_once():
    factories.placed()

    assert (outbox.send_due(), outbox.send_due()) == (2, 0)

    assert sorted(sent.to[0] for sent in mail.outbox) == ["ana@example.com", "office@example.com"]
    assert len({sent.extra_headers["Message-ID"] for sent in mail.outbox}) == 2
    assert not OutboxMessage.objects.filter(sent_at=None).exists()


def test_send_due_stops_at_its_limit():
    factories.placed()

    assert (outbox.send_due(limit=1), len(mail.outbox)) == (1, 1)


def test_message_for_the_same_occasion_is_written_once():
    booking = factories.placed()

    again = outbox.write("placed", f"placed {booking.pk}", "ana@example.com", {}, booking=booking)

    assert again is False
    assert booking.messages.filter(kind="placed").count() == 1


def test_message_to_nobody_is_not_written():
    assert outbox.write("placed", "placed 1", "", {}) is False


def test_failing_server_is_tried_again_with_longer_waits(settings):
    settings.EMAIL_BACKEND = DOWN
    booking = factories.placed()
    waits = []

    for _ in range(4):
        make_due()
        outbox.send_due()
        waits.append(booking.messages.get(kind="placed").send_after - seats.clock())

    minutes = [round(wait / timedelta(minutes=1)) for wait in waits]
    assert minutes == [2, 4, 8, 16]
    message = booking.messages.get(kind="placed")
    assert (message.attempts, message.sent_at) == (4, None)
    assert message.last_error == "SMTPServerDisconnected: Connection unexpectedly closed"


def test_a_server_that_comes_back_gets_the_message(settings):
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, DOWN
    booking = factories.placed()
    outbox.send_due()

    settings.EMAIL_BACKEND = backend
    make_due()
    outbox.send_due()

    message = booking.messages.get(kind="placed")
    assert (message.attempts, message.last_error) == (2, "")
    assert message.sent_at is not None


def test_the_tenth_failure_gives_up_and_tells_the_office_but_not_about_that(settings):
    settings.EMAIL_BACKEND = DOWN
    booking = factories.placed()

    for _ in range(2 * outbox.ATTEMPTS + 1):
        make_due()
        outbox.send_due()

    given_up = OutboxMessage.objects.exclude(gave_up_at=None)
    assert given_up.count() == OutboxMessage.objects.count() == 4
    assert set(given_up.values_list("attempts", flat=True)) == {outbox.ATTEMPTS}
    notices = OutboxMessage.objects.filter(kind="office_failed_message")
    assert {notice.to for notice in notices} == {"office@example.com"}
    assert notices.count() == 2
    assert outbox.send_due() == 0
    assert factories.reloaded(booking).status == "pending"


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same_message():
    booking = factories.placed()
    OutboxMessage.objects.exclude(booking=booking, kind="placed").delete()
    with another_worker_sends(booking):
        assert outbox.send_due() == 0

    assert mail.outbox == []


@contextmanager
def another_worker_sends(booking):
    """Another connection that has taken the booking's message and is still talking to the mail server."""
    other = connection.copy()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM bookings_outboxmessage WHERE booking_id = %s FOR UPDATE", [booking.pk]
            )
            yield
    finally:
        other.rollback()
        other.close()

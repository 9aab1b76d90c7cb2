"""The worker: sends, survives a broken mail server and a broken job, and stops when it is told to."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.core.management import call_command
from django.db import OperationalError, connection

from bookings import seats
from bookings.management.commands import work
from bookings.models import OutboxMessage
from tests.factories import make_agreements, placed, raw, told_long_ago

REFUSING = f"{__name__}.Refusing"


class Refusing(locmem.EmailBackend):
    """A mail server that is down."""

    def send_messages(self, messages):
        """Refuse."""
        raise ConnectionRefusedError("connection refused")


@pytest.mark.django_db
def test_with_the_mail_server_down_the_booking_stands_and_the_mail_goes_later(settings):
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, REFUSING
    booking = placed()
    call_command("work", "--once")
    assert booking.messages.filter(sent_at=None).count() == 2

    settings.EMAIL_BACKEND = working
    OutboxMessage.objects.update(send_after=seats.clock())
    call_command("work", "--once")

    assert booking.messages.filter(sent_at=None).count() == 0
    assert len(mail.outbox) == 2


@pytest.mark.django_db
def test_work_once_sends_everything_and_reminds():
    booking = placed()
    raw(type(booking), booking, expires_at=seats.clock() + timedelta(hours=3))
    told_long_ago(booking)

    call_command("work", "--once")
    call_command("work", "--once")

    sent = booking.messages.exclude(sent_at=None).values_list("kind", flat=True)
    assert sorted(sent) == ["lapse_reminder", "office_new_booking", "placed"]


@pytest.mark.django_db(transaction=True)
def test_worker_sends_in_the_background_and_ends_when_told():
    make_agreements()
    booking = placed()
    done = threading.Event()
    worker = threading.Thread(target=call_command, args=("work",), kwargs={"done": done}, daemon=True)

    worker.start()
    for _ in range(100):
        if booking.messages.filter(sent_at=None).count() == 0:
            break
        done.wait(0.1)
    done.set()
    worker.join(10)

    assert booking.messages.filter(sent_at=None).count() == 0
    assert not worker.is_alive()


def test_job_that_fails_does_not_end_the_worker(caplog):
    def broken():
        raise ValueError("broken")

    work.attempt(broken)

    assert "A job of the worker failed" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_database_that_is_away_is_waited_for(caplog):
    def away():
        raise OperationalError("server closed the connection\nunexpectedly")

    work.attempt(away)

    assert "The database does not answer: server closed the connection unexpectedly" in caplog.text
    assert connection.connection is None

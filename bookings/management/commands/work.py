"""`manage.py work`: sends what waits in the outbox and does what the clock asks for."""

import logging
import signal
import threading
import time
from datetime import timedelta

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.utils import timezone

from bookings import charging, emails, finding, lifecycle, money_check, outbox

log = logging.getLogger(__name__)

# Seconds between two looks at the outbox, between two rounds of the clock's jobs, and between two cleanings.
PAUSE, MINUTE, DAY = 3, 60, 24 * 3600
DAILY_AFTER = 5 * MINUTE
# At most so many messages in one go, so that the clock's jobs get their turn.
BATCH = 100
# So far back the daily check compares with the provider's book, and asks about refunds that went.
COMPARED = timedelta(days=30)
# What waits for the provider of card payments; where one fails the others are done all the same.
CARD_JOBS = (charging.handle_notices, charging.reconcile, charging.send_refunds)


class Command(BaseCommand):
    """Several may run at once: each message and each booking is locked while it is worked on."""

    help = "Send waiting messages and run the periodic jobs, until stopped."
    stealth_options = ("done",)

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do everything once and stop")

    def handle(self, *, once, done=None, **options):
        if once:
            work_once()
            return
        if done is None:
            done = threading.Event()
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: done.set())
        work(done)


def work_once():
    """Everything that is due now."""
    finding.answer_requests()
    periodic_jobs()
    for job in CARD_JOBS:
        attempt(job)
    while outbox.send_due(BATCH) == BATCH:
        pass


def work(done):
    """Work until the event `done` is set; a database that is away for a while is waited for."""
    # What is done once a day can wait until the site has started.
    next_minute, next_day = 0, time.monotonic() + DAILY_AFTER
    try:
        while not done.is_set():
            now = time.monotonic()
            jobs = [(finding.answer_requests,), (outbox.send_due, BATCH)]
            if now >= next_minute:
                next_minute = now + MINUTE
                jobs += [(periodic_jobs,), *((job,) for job in CARD_JOBS)]
            if now >= next_day:
                next_day = now + DAY
                jobs += [(call_command, "clearsessions"), (charging.ask_about_gone, COMPARED), (check_money,)]
            for job in jobs:
                # Whoever stops us stops the database next: no further job may begin.
                if not done.is_set():
                    attempt(*job)
            done.wait(PAUSE)
    finally:
        connection.close()


def periodic_jobs():
    """Reminders before bookings lapse and of balances, and emptying the personal data of old holds."""
    lifecycle.remind_before_lapse()
    lifecycle.remind_of_balance()
    lifecycle.erase_lapsed()


def check_money():
    """Tell the office, once a day, where the money does not add up; what `manage.py check_money` says."""
    differing, _unknown = money_check.outer(timezone.now() - COMPARED)
    if lines := [*money_check.inner(), *differing]:
        emails.office_money_differs(timezone.localdate(), lines)


def attempt(job, *args):
    """Do a job; what goes wrong is logged and tried again in the next round."""
    try:
        job(*args)
    except DatabaseError as error:
        log.warning("The database does not answer: %s", " ".join(str(error).split()))
        connection.close()
    except Exception:
        log.exception("A job of the worker failed")

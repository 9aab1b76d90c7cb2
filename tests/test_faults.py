"""A server is killed, or the line to the database breaks, at a COMMIT: who tries again loses nothing."""

import random
import signal
import subprocess
import sys
import threading

import factories
import promises
import pytest
from django.conf import settings
from django.db import connection
from faults.bad_line import FAULTS, on_a_bad_line, opened, sent, strike
from faults.browser import NoAnswer, call
from faults.rows import told
from faults.server import database, environment, serving, wait_for
from faults.verbs import MOST_WANTED, OFTEN, ONCE

from bookings import lifecycle
from bookings.models import OutboxMessage

pytestmark = pytest.mark.django_db(transaction=True)


def test_each_verb_survives_a_fault_at_its_commit(tmp_path, request):
    verbs = ONCE | OFTEN
    chosen = list(verbs) if request.config.getoption("long") else MOST_WANTED
    assert set(verbs) == names_of_verbs()

    with on_a_bad_line(tmp_path) as (server, line):
        for name in chosen:
            prepared, arguments = verbs[name]
            once, twice = (outcome(server.port, name, prepared(), arguments, times) for times in (1, 2))
            assert name in OFTEN or once == twice, name
            for fault, (moment, _kills) in FAULTS.items():
                departure, booking = prepared()
                args, options = arguments(departure, booking)
                strike(server, line, fault)
                assert not is_answered(server.port, name, args, options), (name, fault)
                assert line.struck, (name, fault)
                line.disarm()

                call(server.port, name, *args, **options)

                expected = once if moment == "before" else twice
                assert told(departure) == expected, (name, fault)
                assert promises.broken() == {}, (name, fault)


def names_of_verbs():
    """Every public function of the life of a booking that changes one row on demand."""
    by_the_clock = {"erase_lapsed", "remind_before_lapse", "remind_of_balance", "office"}
    return {name for name in lifecycle.__all__ if name.islower()} - by_the_clock


def outcome(port, name, prepared, arguments, times):
    """What is there after so many calls without any fault."""
    args, options = arguments(*prepared)
    for _ in range(times):
        call(port, name, *args, **options)
    return told(prepared[0])


def is_answered(port, name, args, options):
    try:
        return call(port, name, *args, **options)[0] < 500
    except NoAnswer:
        return False


def test_buyers_who_try_again_while_the_server_is_killed_get_each_seat_once(tmp_path, scaled):
    departure = factories.make_departure(capacity=12, minimum_to_run=1)
    kills = max(2, scaled(20))
    done = threading.Event()

    with serving(tmp_path, threads=8) as server:
        forms = [opened(server.port, departure) for _ in range(16)]
        answers = []

        def buy(browser, path, fields):
            while (answer := sent(browser, path, fields | {"party_size": "1"})) is None:
                pass
            answers.append(answer)

        def kill():
            for _ in range(kills):
                done.wait(random.Random(kills).uniform(0.05, 0.2))
                workers = len(server.workers)
                server.kill_worker()
                wait_for(lambda workers=workers: len(server.workers) > workers)

        threads = [threading.Thread(target=buy, args=form) for form in forms]
        threads.append(threading.Thread(target=kill))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert promises.broken() == {}
    assert sorted(answer.status for answer in answers) == [302] * 12 + [409] * 4
    assert departure.bookings.count() == factories.seats_taken(departure) == 12
    assert {answer.location.split("/")[2] for answer in answers if answer.status == 302} == set(
        departure.bookings.values_list("key", flat=True)
    )


def test_a_worker_killed_between_the_mail_servers_yes_and_the_commit_sends_at_most_twice(tmp_path):
    booking = factories.placed()
    OutboxMessage.objects.exclude(booking=booking, kind="placed").delete()
    mail = tmp_path / "mail"
    slow = environment(database(), tmp_path, LARES_TEST_MAIL_SECONDS="60")
    command = [sys.executable, "-m", "faults.worker"]

    killed = subprocess.Popen(command, env=slow, cwd=settings.BASE_DIR)
    wait_for(lambda: mail.exists() and mail.read_text())
    killed.send_signal(signal.SIGKILL)
    killed.wait(10)
    assert booking.messages.get(kind="placed").sent_at is None
    wait_for(nobody_holds_a_message)
    for _ in range(2):
        subprocess.run(command, env=environment(database(), tmp_path), cwd=settings.BASE_DIR, check=True)

    lines = mail.read_text().splitlines()
    assert (len(lines), len(set(lines))) == (2, 1)
    assert booking.messages.get(kind="placed").sent_at is not None


def nobody_holds_a_message():
    """Whether the database has noticed that the worker is gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND state = 'idle in transaction'"
        )
        return cursor.fetchone() == (0,)

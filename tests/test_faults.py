"""A server is killed, or the line to the database breaks, at a COMMIT: who tries again loses nothing."""

import random
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from uuid import uuid4

import factories
import pytest
from django.conf import settings
from django.db import connection
from faults import rows
from faults.browser import Browser, NoAnswer, call
from faults.proxy import Line
from faults.server import database, environment, serving, wait_for

from bookings import lifecycle
from bookings.models import Booking, OutboxMessage

pytestmark = pytest.mark.django_db(transaction=True)
OFFICE = {"by": "office"}
TERMS = "2026-11-01"
# The moment at a COMMIT and whether the server dies then; else only its line to the database breaks.
FAULTS = {
    "killed before": ("before", True),
    "killed after": ("after", True),
    "answer swallowed": ("after", False),
}


@contextmanager
def on_a_bad_line(folder):
    """A server, and the line between it and the database."""
    where = database()
    line = Line(where)
    try:
        with serving(folder, {**where, "HOST": "127.0.0.1", "PORT": line.port}, threads=4) as server:
            yield server, line
    finally:
        line.close()


def strike(server, line, fault, number=1):
    """From the so-many-th COMMIT on, the fault; whoever asks gets no answer or a polite 503."""
    moment, kills = FAULTS[fault]
    line.arm(moment, number, server.kill_worker if kills else lambda: None)


# Each verb: what was there before, and how it is called. Those of the second table may well be done twice.


def on(make, **options):
    """A departure with a shared extra and a booking in some state."""

    def prepared():
        trek = factories.make_trek()
        factories.make_extra(trek, stock=9)
        departure = factories.make_departure(trek)
        return departure, make(departure, **options) if make else None

    return prepared


def lapsed(departure):
    return factories.lapse(factories.filled(factories.held(departure)))


def cancelled(departure):
    return lifecycle.cancel(factories.confirmed(departure).pk)


def filled(departure):
    return factories.filled(factories.held(departure))


def extras_of(departure):
    return {offer.extra.slug: 2 for offer in departure.trek.offered_extras.all()}


def later(departure, days):
    return {"start_date": departure.start_date + days, "end_date": departure.end_date + days}


PEOPLE = [{key: str(value) for key, value in person.items() if value} for person in factories.people(2)]
ONCE = {
    "hold": (on(None), lambda d, b: ([d.pk, 2, uuid4()], {})),
    "place": (on(filled), lambda d, b: ([b.pk, "transfer", TERMS], {})),
    "record_payment": (
        on(factories.placed),
        lambda d, b: ([b.pk, uuid4()], {**OFFICE, "amount": "300.00", "provider": "cash"}),
    ),
    "cancel": (on(factories.confirmed), lambda d, b: ([b.pk], {})),
    "resize": (on(factories.held), lambda d, b: ([b.pk, 3], {})),
    "resume": (on(lapsed), lambda d, b: ([b.pk], {})),
    "save_draft": (on(factories.held), lambda d, b: ([b.pk, "lead", {"contact_name": "A"}], {})),
    "set_contact": (on(factories.held), lambda d, b: ([b.pk, factories.CONTACT], {})),
    "set_travelers": (on(factories.held), lambda d, b: ([b.pk, PEOPLE], {})),
    "choose_extras": (on(factories.held), lambda d, b: ([b.pk, extras_of(d)], {})),
    "announce_transfer": (on(factories.placed), lambda d, b: ([b.pk, "OP 1"], {})),
    "reinstate": (on(cancelled), lambda d, b: ([b.pk], OFFICE)),
    "send_link": (on(filled), lambda d, b: ([b.pk], {})),
    "change_capacity": (on(factories.held), lambda d, b: ([d.pk, 9], {})),
    "change_dates": (on(factories.placed), lambda d, b: ([d.pk], later(d, timedelta(days=7)))),
    "change_status": (on(factories.held), lambda d, b: ([d.pk, "closed"], {})),
    "cancel_departure": (on(factories.confirmed), lambda d, b: ([d.pk], OFFICE)),
}
OFTEN = {
    "extend": (on(factories.held), lambda d, b: ([b.pk], {})),
    "extend_until": (
        on(factories.placed),
        lambda d, b: ([b.pk], {**OFFICE, "day": d.start_date - timedelta(days=20)}),
    ),
    "replace_key": (on(factories.placed), lambda d, b: ([b.pk], OFFICE)),
    "correct_contact": (
        on(factories.placed),
        lambda d, b: ([b.pk, {"contact_email": "x@example.com"}], OFFICE),
    ),
    "correct_traveler": (on(factories.placed), lambda d, b: ([b.pk, 1, {"family_names": "B"}], OFFICE)),
}
MOST_WANTED = ("place", "record_payment")


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


def names_of_verbs():
    """Every public function of the life of a booking that changes one row on demand."""
    by_the_clock = {"erase_lapsed", "remind_before_lapse", "office"}
    return {name for name in lifecycle.__all__ if name.islower()} - by_the_clock


def outcome(port, name, prepared, arguments, times):
    """What is there after so many calls without any fault."""
    args, options = arguments(*prepared)
    for _ in range(times):
        call(port, name, *args, **options)
    return told(prepared[0])


def told(departure):
    """The rows, without the names that each trek and extra draws for itself."""
    found = rows.of_departure(departure)
    for booking in found["bookings"]:
        booking["extras"] = [quantity for _slug, quantity in booking["extras"]]
    return found


def is_answered(port, name, args, options):
    try:
        return call(port, name, *args, **options)[0] < 500
    except NoAnswer:
        return False


# The form itself, step by step, over HTTP


def opened(port, departure):
    browser = Browser(port)
    path = f"/departures/{departure.pk}/book/"
    return browser, path, browser.get(path).fields("nonce") | {"party_size": "2"}


def step(name, anchor, answers, make):
    """A step of a booking in some state, opened in a browser of its own."""

    def open_it(port, departure):
        booking = make(departure)
        browser, path = Browser(port), f"/bookings/{booking.key}/{name}/"
        page = browser.get(path if name != "transfer" else booking.get_absolute_url())
        return browser, path, page.fields(anchor) | answers

    return open_it


def with_contact(departure):
    booking = factories.held(departure)
    return lifecycle.set_contact(booking.pk, factories.CONTACT)


def with_travelers(departure):
    booking = with_contact(departure)
    lifecycle.set_travelers(booking.pk, factories.people(2))
    return booking


LEAD = {**factories.CONTACT, "contact_phone": "+51984000000"}
TRAVELERS = {
    f"{number}-{name}": value
    for number in (1, 2)
    for name, value in {
        "given_names": "Ana",
        "family_names": "Quispe",
        "birth_day": "1",
        "birth_month": "2",
        "birth_year": "1990",
    }.items()
}
STEPS = {
    "book": opened,
    "review": step("review", "accepted", {"method": "transfer", "accepted": "on"}, filled),
    "lead": step("lead", "contact_name", LEAD, factories.held),
    "travelers": step("travelers", "1-family_names", TRAVELERS, with_contact),
    "extras": step("extras", "seen", {"bag": "1"}, with_travelers),
    "transfer": step("transfer", "bank_reference", {"bank_reference": "OP 1"}, factories.placed),
}


def test_each_form_sent_again_after_a_fault_lands_on_the_same_booking(tmp_path, request):
    chosen = list(STEPS) if request.config.getoption("long") else ["book"]
    trek = factories.make_trek()
    factories.make_extra(trek, slug="bag", stock=None)
    days = count(100)
    answered = set()

    with on_a_bad_line(tmp_path) as (server, line):
        for name in chosen:
            clean = factories.make_departure(trek, starts_in=next(days))
            browser, path, fields = STEPS[name](server.port, clean)
            assert browser.post_only(path, fields).status == 302
            expected = told(clean)["bookings"]
            for fault in FAULTS:
                for number in count(1):
                    departure = factories.make_departure(trek, starts_in=next(days))
                    form = STEPS[name](server.port, departure)
                    if not was_struck(server, line, fault, number, form):
                        break
                    browser, path, fields = form
                    again = browser.post_only(path, fields)
                    assert again.status == 302, (name, fault, number)
                    assert told(departure)["bookings"] == expected, (name, fault, number)
                    answered.add(again.location.split("/")[2])
                assert number > 1, (name, fault)

    assert answered <= set(Booking.objects.values_list("key", flat=True))


def was_struck(server, line, fault, number, form):
    """Send the form with the fault at its so-many-th COMMIT; False if it has fewer and went through."""
    strike(server, line, fault, number)
    answer = sent(*form)
    struck = line.struck
    line.disarm()
    assert answer is None or answer.status in {302, 503}
    assert struck or answer.status == 302
    return struck


def sent(browser, path, fields):
    try:
        return browser.post_only(path, fields)
    except NoAnswer:
        return None


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

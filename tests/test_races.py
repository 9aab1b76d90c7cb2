"""Many buyers at one moment: each seat and each sleeping bag is sold once, and nobody sees an error."""

import threading
from collections import Counter
from datetime import timedelta
from uuid import uuid4

import factories
import promises
import pytest
from django.conf import settings
from django.core import mail
from django.db import connection, transaction
from faults.browser import Browser, call
from faults.server import serving
from threads import at_once

from bookings import lifecycle, outbox, seats
from bookings.lifecycle.locks import LOCK_NOT_AVAILABLE
from bookings.models import BookedExtra, Booking, OutboxMessage

pytestmark = pytest.mark.django_db(transaction=True)
OFFICE = lifecycle.office()
TRIGGERS = ("departure_is_not_oversold_by_new_booking", "departure_is_not_oversold_by_booking")


@pytest.fixture
def long(request):
    return request.config.getoption("long")


def buyers_of(departure, port, number):
    """Visitors who have opened the form; each as a job that sends it."""
    path = f"/departures/{departure.pk}/book/"

    def opened():
        browser = Browser(port)
        fields = browser.get(path).fields("nonce") | {"party_size": "1"}
        return lambda: browser.post_only(path, fields)

    groups = [lambda: [opened() for _ in range(number // 5)]] * 5
    return [buyer for group in at_once(groups) for buyer in group]


@pytest.mark.parametrize("processes", [1, 2])
def test_many_buyers_get_exactly_the_seats_there_are(processes, tmp_path, long):
    runs, number, room = (10, 100, 20) if long else (1, 30, 6)

    with serving(tmp_path, workers=processes, threads=16 // processes) as server:
        for _ in range(runs):
            departure = factories.make_departure(capacity=room)
            answers = at_once(buyers_of(departure, server.port, number))

            assert Counter(answer.status for answer in answers) == {302: room, 409: number - room}
            assert factories.seats_taken(departure) == departure.bookings.count() == room
            keys = {answer.location.split("/")[2] for answer in answers if answer.status == 302}
            assert keys == set(departure.bookings.values_list("key", flat=True))
        assert len(set(server.workers)) == processes


def test_without_lock_and_trigger_the_same_buyers_oversell(tmp_path, long):
    number, room = (100, 20) if long else (30, 6)
    departure = factories.make_departure(capacity=room)

    with without_triggers(), serving(tmp_path, threads=16, LARES_TEST_UNLOCKED="1") as server:
        at_once(buyers_of(departure, server.port, number))

    assert factories.seats_taken(departure) > room


def test_without_lock_the_trigger_alone_still_refuses(tmp_path):
    departure = factories.make_departure(capacity=6)

    with serving(tmp_path, threads=16, LARES_TEST_UNLOCKED="1") as server:
        at_once(buyers_of(departure, server.port, 30))

    assert factories.seats_taken(departure) == 6


class without_triggers:
    """The database does not look at seats for the length of the block."""

    def __enter__(self):
        self.switch("DISABLE")

    def __exit__(self, *error):
        self.switch("ENABLE")

    def switch(self, how):
        with connection.cursor() as cursor:
            for trigger in TRIGGERS:
                cursor.execute(f"ALTER TABLE bookings_booking {how} TRIGGER {trigger}")


def test_ten_copies_of_one_form_are_one_booking_and_a_stranger_gets_their_own(tmp_path):
    departure = factories.make_departure()
    path = f"/departures/{departure.pk}/book/"

    with serving(tmp_path, workers=2, threads=8) as server:
        browser, stranger = Browser(server.port), Browser(server.port)
        fields = browser.get(path).fields("nonce") | {"party_size": "2"}
        copies = at_once([lambda: browser.post_only(path, fields)] * 10)
        theirs = stranger.get(path).fields("nonce") | {"party_size": "2", "nonce": fields["nonce"]}
        answer = stranger.post_only(path, theirs)

    assert {(copy.status, copy.location) for copy in copies} == {(302, copies[0].location)}
    assert (answer.status, Booking.objects.count()) == (302, 2)
    first, second = Booking.objects.order_by("pk")
    assert first.key in copies[0].location
    assert second.key in answer.location
    assert factories.kinds(first) == factories.kinds(second) == ["held"]


def test_many_buyers_of_the_last_sleeping_bags_get_exactly_those(tmp_path, long):
    number, bags = (50, 5) if long else (15, 3)
    trek = factories.make_trek()
    bag = factories.make_extra(trek, slug="bag", stock=bags)
    departures = [factories.make_departure(trek, starts_in=100 + day, days=6) for day in range(5)]
    holds = [factories.held(departures[buyer % 5], 1) for buyer in range(number)]

    with serving(tmp_path, workers=2, threads=8) as server:
        buys = [lambda hold=hold: call(server.port, "choose_extras", hold.pk, {"bag": 1}) for hold in holds]
        answers = at_once(buys)

    assert Counter(status for status, _ in answers) == {200: bags, 409: number - bags}
    assert BookedExtra.objects.filter(extra=bag).count() == bags


def test_a_hold_that_is_extended_at_its_last_moment_keeps_its_sleeping_bag():
    trek = factories.make_trek()
    factories.make_extra(trek, slug="bag", stock=1)
    ours = factories.filled(factories.held(factories.make_departure(trek, starts_in=100), 1), {"bag": 1})
    theirs = factories.held(factories.make_departure(trek, starts_in=101), 1)
    factories.lapse(ours, by="-0.5 seconds")
    extended, over = threading.Event(), threading.Event()

    def extend_slowly():
        with transaction.atomic():
            lifecycle.extend(ours.pk)
            extended.set()
            over.wait(10)
            threading.Event().wait(0.5)

    def take_the_bag():
        extended.wait(10)
        while seats.clock() <= ours.expires_at:
            threading.Event().wait(0.02)
        over.set()
        lifecycle.choose_extras(theirs.pk, {"bag": 1})

    outcome = at_once([extend_slowly, take_the_bag])

    assert outcome[0] is None
    assert isinstance(outcome[1], lifecycle.NotEnoughStock)
    assert BookedExtra.objects.get().booking_id == ours.pk


def test_a_lock_that_does_not_come_free_is_told_as_busy():
    booking = factories.held()
    stop = threading.Event()

    def sit_on_it():
        with transaction.atomic():
            lifecycle.extend(booking.pk)
            stop.wait(10)

    def wait_for_it():
        threading.Event().wait(0.2)
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")
        try:
            lifecycle.extend(booking.pk)
        finally:
            stop.set()

    outcome = at_once([sit_on_it, wait_for_it])

    assert isinstance(outcome[1], lifecycle.Busy)
    assert factories.kinds(booking) == ["held", "extended"]
    assert settings.DATABASES["default"]["OPTIONS"]["options"].endswith("lock_timeout=3s")


def test_verbs_in_any_order_on_two_departures_never_deadlock(scaled):
    trek = factories.make_trek()
    for slug in ("bag", "tent"):
        factories.make_extra(trek, slug=slug, stock=40)
    first, second = (factories.make_departure(trek, starts_in=100 + n, capacity=40) for n in range(2))
    rounds = max(3, scaled(30))

    def worker(number):
        ours, other = (first, second) if number % 2 else (second, first)
        booking, sibling = factories.held(ours, 1), factories.placed(other, 1, extras={"tent": 1})
        order = ["bag", "tent"] if number % 2 else ["tent", "bag"]
        day = timedelta(days=1)
        verbs = [
            lambda n: lifecycle.choose_extras(booking.pk, dict.fromkeys(order, 1 + n % 2)),
            lambda n: lifecycle.extend(booking.pk),
            lambda n: lifecycle.resize(booking.pk, 1 + n % 2),
            lambda n: factories.pay(sibling, "150.00"),
            lambda n: lifecycle.cancel(sibling.pk),
            lambda n: lifecycle.reinstate(sibling.pk, by=OFFICE),
            lambda n: lifecycle.change_capacity(ours.pk, 38 + n % 3),
            lambda n: lifecycle.change_dates(other.pk, other.start_date, other.end_date + (n % 3) * day),
            lambda n: lifecycle.replace_key(sibling.pk, by=OFFICE),
            lambda n: outbox.send_due(limit=2),
            lambda n: factories.lapse(booking) and lifecycle.resume(booking.pk),
        ]
        for turn in range(rounds):
            for place in range(len(verbs)):
                try:
                    verbs[(place * (1 + number) + turn) % len(verbs)](turn)
                except lifecycle.Busy as busy:
                    assert busy.__cause__.__cause__.pgcode == LOCK_NOT_AVAILABLE
                except lifecycle.Refused:
                    continue

    outcome = at_once([lambda number=number: worker(number) for number in range(6)])

    assert outcome == [None] * 6
    assert promises.broken() == {}


def test_several_workers_send_each_message_once(scaled):
    departure = factories.make_departure(capacity=40)
    for _ in range(max(4, scaled(20))):
        factories.placed(departure, 1)
    waiting = OutboxMessage.objects.count()

    handled = at_once([outbox.send_due] * 4)

    assert sum(handled) == waiting == len(mail.outbox)
    assert len({sent.extra_headers["Message-ID"] for sent in mail.outbox}) == waiting


def test_one_payment_sent_by_many_is_written_once():
    booking, form = factories.placed(), uuid4()

    payments = at_once([lambda: factories.pay(booking, "300.00", form)] * 5)

    assert len({payment.pk for payment in payments}) == 1
    assert factories.told(booking) == ["placed", "deposit_received"]


def test_one_browser_cannot_pass_its_limit_on_two_departures_at_once(settings):
    settings.HOLDS_PER_BROWSER = 1
    one, two = factories.make_departure(), factories.make_departure()

    def hold_elsewhere():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
        return factories.held(two, browser="same")

    with transaction.atomic():
        factories.held(one, browser="same")
        (meanwhile,) = at_once([hold_elsewhere])
    (after,) = at_once([hold_elsewhere])

    assert isinstance(meanwhile, lifecycle.Busy)
    assert isinstance(after, lifecycle.TooManyHolds)
    assert Booking.objects.count() == 1

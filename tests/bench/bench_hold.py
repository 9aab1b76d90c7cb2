"""What the lock costs: `hold` beside a naive copy of it that counts and inserts and holds nothing still.

    python tests/bench/bench_hold.py [rounds]

Both take turns on the same machine, so that the ratio means something where the milliseconds do not.
"""

import os
import sys
import threading
import time
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median
from uuid import uuid4

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lares.settings")
os.environ.setdefault("LARES_ENV", "development")

import django  # noqa: E402

django.setup()

import factories  # noqa: E402
from django.db import connection  # noqa: E402

from bookings import lifecycle  # noqa: E402
from bookings.lifecycle import holding  # noqa: E402
from bookings.models import Departure  # noqa: E402

SEATS, HOLDS = 20, 24
days = count(100)


@contextmanager
def a_database_of_its_own():
    """A fresh database on the same server, gone afterwards."""
    name = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"bench_{name}_{os.getpid()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


@contextmanager
def naive():
    """The control: no lock, no trigger."""
    lock = holding.lock_departure
    holding.lock_departure = lambda pk: Departure.objects.select_related("trek").get(pk=pk)
    switch_triggers("DISABLE")
    try:
        yield
    finally:
        switch_triggers("ENABLE")
        holding.lock_departure = lock


@contextmanager
def locked():
    """The verb as it is."""
    yield


def switch_triggers(how):
    """All triggers of bookings that are not the database's own."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE bookings_booking {how} TRIGGER USER")


def round_of(threads, departures):
    """Milliseconds for each hold of one round, and how many seats were sold above those there are."""
    trek = factories.make_trek()
    made = [
        factories.make_departure(trek, starts_in=next(days), capacity=SEATS // departures, minimum_to_run=1)
        for _ in range(departures)
    ]
    took = []

    def buy(number):
        for turn in range(HOLDS // threads):
            departure = made[(number + turn * threads) % departures]
            begin = time.perf_counter()
            try:
                lifecycle.hold(departure.pk, 1, uuid4())
            except lifecycle.NotEnoughSeats:
                continue
            finally:
                took.append((time.perf_counter() - begin) * 1000)
        connection.close()

    buyers = [threading.Thread(target=buy, args=(number,)) for number in range(threads)]
    for buyer in buyers:
        buyer.start()
    for buyer in buyers:
        buyer.join()
    above = sum(max(factories.seats_taken(departure) - departure.capacity, 0) for departure in made)
    return median(took), above


def compare(threads, departures, rounds):
    """One line: both medians, their ratio, and what the naive one sold twice."""
    ours, theirs = [], []
    for _ in range(rounds):
        for way, found in ((locked, ours), (naive, theirs)):
            with way():
                found.append(round_of(threads, departures))
    fast, slow = median(took for took, _ in theirs), median(took for took, _ in ours)
    oversold = [sum(above for _, above in found) for found in (ours, theirs)]
    sys.stdout.write(
        f"{threads} buyers at once on {departures} date(s): hold {slow:.1f} ms, naive {fast:.1f} ms, "
        f"ratio {slow / fast:.2f}; sold twice {oversold[0]} and {oversold[1]}\n"
    )


def main(rounds):
    """Alone, side by side on one date, side by side on four dates."""
    with a_database_of_its_own():
        for threads, departures in ((1, 1), (4, 1), (4, 4)):
            compare(threads, departures, rounds)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)

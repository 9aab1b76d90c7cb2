"""What the database refuses by itself, whoever writes: overselling, rewritten records, changed agreements."""

import threading
from contextlib import closing
from datetime import timedelta
from uuid import uuid4

import factories
import pytest
from django.db import IntegrityError, NotSupportedError, OperationalError, connection, models, transaction
from factories import raw, refused

from bookings import lifecycle
from bookings.models import Booking, BookingEvent, Departure, Payment, RefundBand, RefundPolicy

LEVELS = ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"]
OLDER_SNAPSHOTS = LEVELS[1:]
# A new confirmed booking as a copy of another one, so many times; no verb and no Django in between.
COPY = """
    INSERT INTO bookings_booking
    SELECT copy.*
    FROM bookings_booking AS original, generate_series(1, %s) AS number,
        jsonb_populate_record(original, jsonb_build_object(
            'id', nextval(pg_get_serial_sequence('bookings_booking', 'id')),
            'reference', left(md5(random()::text), 8), 'key', md5(random()::text),
            'submission', gen_random_uuid(), 'staff_notes', number,
            'status', 'confirmed', 'cancelled_at', NULL, 'party_size', %s::int)) AS copy
    WHERE original.id = %s
"""
TRIGGERS = ("departure_is_not_oversold_by_new_booking", "departure_is_not_oversold_by_booking")
pytestmark = pytest.mark.django_db


@pytest.fixture
def original():
    """A cancelled booking of one, on a departure with one seat: raw SQL copies it as a confirmed one."""
    return lifecycle.cancel(factories.confirmed(factories.make_departure(capacity=1, minimum_to_run=1), 1).pk)


def run(sql, *values, using=connection):
    with using.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


# Overselling: one writer


def test_raw_insert_cannot_oversell(original):
    assert run(COPY, 1, 1, original.pk) == 1

    with refused("departure_is_not_oversold"), transaction.atomic():
        run(COPY, 1, 1, original.pk)

    assert factories.seats_taken(original.departure) == 1


def test_raw_insert_of_many_rows_at_once_cannot_oversell(original):
    Departure.objects.update(capacity=3)

    with refused("departure_is_not_oversold"), transaction.atomic():
        run(COPY, 2, 2, original.pk)

    assert run(COPY, 2, 1, original.pk) == 2


def test_raw_update_cannot_oversell(original):
    departure = original.departure
    living = factories.confirmed(departure, 1)
    lapsed_elsewhere = factories.lapse(factories.held(factories.make_departure(), 1))
    future = living.placed_at + timedelta(days=1)
    attempts = [
        (living, {"party_size": 2}),
        (original, {"status": "confirmed", "cancelled_at": None}),
        (lapsed_elsewhere, {"departure": departure, "expires_at": future}),
    ]

    for row, values in attempts:
        with refused("departure_is_not_oversold"):
            raw(Booking, row, **values)
    raw(Booking, lapsed_elsewhere, departure=departure)
    with refused("departure_is_not_oversold"):
        raw(Booking, lapsed_elsewhere, expires_at=future)

    assert factories.seats_taken(departure) == 1


def test_raw_capacity_cannot_go_below_the_seats_taken():
    departure = factories.make_departure(capacity=4)
    factories.held(departure, 3)

    with refused("departure_is_not_oversold"):
        raw(Departure, departure, capacity=2)
    raw(Departure, departure, capacity=3)

    assert factories.reloaded(departure).capacity == 3


def test_giving_seats_back_is_never_refused(original):
    living = factories.confirmed(original.departure, 1)

    raw(Booking, living, status="cancelled", cancelled_at=living.placed_at)

    assert factories.seats_taken(original.departure) == 0


# Overselling: two writers who each look before they write


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("level", LEVELS)
def test_two_raw_writers_cannot_sell_one_seat_twice(original, level):
    outcome = race_of_two(original, level)

    assert outcome.count("sold") <= 1
    assert factories.seats_taken(original.departure) <= 1


@pytest.mark.django_db(transaction=True)
def test_without_the_guard_two_raw_writers_do_sell_one_seat_twice(original):
    for trigger in TRIGGERS:
        run(f"ALTER TABLE bookings_booking DISABLE TRIGGER {trigger}")
    try:
        outcome = race_of_two(original, "READ COMMITTED")
    finally:
        for trigger in TRIGGERS:
            run(f"ALTER TABLE bookings_booking ENABLE TRIGGER {trigger}")

    assert outcome == ["sold", "sold"]
    assert factories.seats_taken(original.departure) == 2


def race_of_two(original, level):
    """Both begin, both see a free seat, both insert, both commit; what became of each."""
    both_have_looked = threading.Barrier(2)
    outcome = []

    def sell():
        with closing(connection.copy()) as mine:
            mine.set_autocommit(False)
            run(f"SET TRANSACTION ISOLATION LEVEL {level}", using=mine)
            seats = "SELECT count(*) FROM bookings_booking WHERE departure_id = %s AND status = 'confirmed'"
            assert run(seats, original.departure_id, using=mine) == [(0,)]
            both_have_looked.wait(10)
            try:
                run(COPY, 1, 1, original.pk, using=mine)
                mine.commit()
                outcome.append("sold")
            except (IntegrityError, NotSupportedError) as error:
                outcome.append(type(error).__name__)

    sellers = [threading.Thread(target=sell) for _ in range(2)]
    for seller in sellers:
        seller.start()
    for seller in sellers:
        seller.join()
    assert len(outcome) == 2
    return sorted(outcome, reverse=True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("level", OLDER_SNAPSHOTS)
def test_a_writer_with_an_older_snapshot_is_refused(original, level):
    changes = [
        (COPY, 1, 1, original.pk),
        ("UPDATE bookings_departure SET capacity = capacity + 1",),
        ("UPDATE bookings_booking SET status = 'confirmed', cancelled_at = NULL",),
    ]

    for change in changes:
        with closing(connection.copy()) as mine:
            mine.set_autocommit(False)
            run(f"SET TRANSACTION ISOLATION LEVEL {level}", using=mine)
            with pytest.raises(NotSupportedError, match="sold at READ COMMITTED only"):
                run(*change, using=mine)
            mine.rollback()


@pytest.mark.django_db(transaction=True)
def test_a_verb_inside_an_older_snapshot_is_refused_too():
    departure = factories.make_departure()

    with pytest.raises(NotSupportedError), transaction.atomic():
        run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        lifecycle.hold(departure.pk, 1, uuid4())


# Records


@pytest.mark.parametrize("make", [Payment, BookingEvent])
def test_records_are_only_added(make):
    booking = factories.confirmed()
    row = make.objects.filter(booking=booking).first()
    changes = {Payment: {"note": "x"}, BookingEvent: {"reason": "x"}}[make]

    with refused("records_are_only_added"):
        raw(make, row, **changes)
    with refused("records_are_only_added"), transaction.atomic():
        run(f"DELETE FROM {make._meta.db_table} WHERE id = %s", row.pk)

    assert make.objects.filter(pk=row.pk, **changes).count() == 0
    assert make.objects.filter(pk=row.pk).exists()


def test_a_booking_with_records_cannot_be_deleted():
    booking = factories.held()

    with pytest.raises(models.ProtectedError):
        booking.delete()


# Agreements

CHANGES_OF_AGREEMENTS = [
    "UPDATE bookings_terms SET terms_text = 'Other.'",
    "UPDATE bookings_terms SET privacy_text = 'Other.', version = 'x'",
    "DELETE FROM bookings_terms",
    "UPDATE bookings_refundpolicy SET version = 'x'",
    "DELETE FROM bookings_refundpolicy",
    "UPDATE bookings_refundband SET percent = 99 WHERE days_before = 60",
    "DELETE FROM bookings_refundband WHERE days_before = 60",
    "INSERT INTO bookings_refundband (policy_id, days_before, percent)"
    " SELECT id, 30, 60 FROM bookings_refundpolicy",
]


@pytest.mark.parametrize("change", CHANGES_OF_AGREEMENTS)
def test_agreements_stay_as_they_were_once_a_booking_points_at_them(change):
    factories.make_agreements()
    # Deleted in this order, so that the foreign key of the bands has nothing to say.
    first = "DELETE FROM bookings_refundband" if change == "DELETE FROM bookings_refundpolicy" else "SELECT 1"
    with transaction.atomic():
        run(first)
        assert run(change) >= 1
        transaction.set_rollback(True)
    factories.placed()

    with refused("agreements_stay_as_booked"), transaction.atomic():
        run(change)


def test_bands_cannot_be_moved_into_or_out_of_a_used_policy():
    factories.held()
    used, other = RefundPolicy.objects.get(), RefundPolicy.objects.create(version="other")
    loose = RefundBand.objects.create(policy=other, days_before=30, percent=50)

    for band, policy in ((used.bands.first(), other), (loose, used)):
        with refused("agreements_stay_as_booked"):
            raw(RefundBand, band, policy=policy)


@pytest.mark.django_db(transaction=True)
def test_policy_is_not_changed_beside_its_first_booking():
    departure = factories.make_departure()
    with closing(connection.copy()) as mine:
        mine.set_autocommit(False)
        run("SET lock_timeout = '200ms'", using=mine)
        with transaction.atomic():
            factories.held(departure)
            with pytest.raises(OperationalError, match="lock timeout"):
                run(CHANGES_OF_AGREEMENTS[-1], using=mine)
        mine.rollback()

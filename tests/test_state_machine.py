"""Any order of verbs on departures that overlap and share their stock: each promise holds after each step."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import factories
import pytest
from django.db import connection, transaction
from django.utils import timezone

from bookings import lifecycle
from bookings.models import Booking, BookingEvent, OutboxMessage, Payment

hypothesis = pytest.importorskip("hypothesis", reason="needs hypothesis (tests/requirements.txt)")
from hypothesis import strategies as st  # noqa: E402
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule  # noqa: E402

OFFICE = lifecycle.office()
PRICE, DEPOSIT = Decimal("590.00"), Decimal("150.00")
STOCK = {"bag": 3, "tent": 2}

# Which status may follow which by which event; everything else keeps the status as it is.
ARROWS = {
    "placed": {("on_hold", "pending")},
    "confirmed": {("pending", "confirmed")},
    "reinstated": {("cancelled", "pending")},
    "cancelled": {("on_hold", "cancelled"), ("pending", "cancelled"), ("confirmed", "cancelled")},
}

# Each query returns the rows that break a rule; there must be none.
RULES = {
    "seats are within the capacity": """
        SELECT d.id, d.capacity, sum(b.party_size) FROM bookings_departure d JOIN bookings_booking b
            ON b.departure_id = d.id
        WHERE b.status = 'confirmed' OR (b.status IN ('on_hold', 'pending') AND b.expires_at > %(now)s)
        GROUP BY d.id HAVING sum(b.party_size) > d.capacity OR sum(b.party_size) < 0""",
    "no extra is above its stock on any day": """
        SELECT e.slug, day, sum(x.quantity) FROM treks_extra e
        JOIN bookings_bookedextra x ON x.extra_id = e.id JOIN bookings_booking b ON b.id = x.booking_id
        JOIN bookings_departure d ON d.id = b.departure_id
        CROSS JOIN generate_series(d.start_date, d.end_date, interval '1 day') AS day
        WHERE b.status = 'confirmed' OR (b.status IN ('on_hold', 'pending') AND b.expires_at > %(now)s)
        GROUP BY e.id, day HAVING sum(x.quantity) > e.stock""",
    "price lines tell of the party and of the extras": """
        SELECT b.id FROM bookings_booking b WHERE
            (SELECT sum(quantity) FROM bookings_priceline WHERE booking_id = b.id AND kind = 'trek')
                IS DISTINCT FROM b.party_size
            OR (SELECT coalesce(sum(quantity), 0) FROM bookings_priceline
                WHERE booking_id = b.id AND kind = 'extra')
                <> (SELECT coalesce(sum(quantity), 0) FROM bookings_bookedextra WHERE booking_id = b.id)
            OR (SELECT count(*) FROM bookings_traveler WHERE booking_id = b.id) <> b.party_size""",
    "a confirmed booking was paid for at least once": """
        SELECT b.id FROM bookings_booking b WHERE b.status = 'confirmed' AND b.due_now >
            (SELECT coalesce(sum(amount), 0) FROM bookings_payment WHERE booking_id = b.id AND amount > 0)""",
    "a cancelled departure carries nobody": """
        SELECT b.id FROM bookings_booking b JOIN bookings_departure d ON d.id = b.departure_id
        WHERE d.status = 'cancelled' AND b.status <> 'cancelled'""",
}


class Lares(RuleBasedStateMachine):
    """Three departures on overlapping dates, two shared extras, any number of bookings."""

    bookings = Bundle("bookings")
    departures = st.integers(0, 2)
    parties = st.integers(1, 4)
    steps = 0

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        trek = factories.make_trek()
        self.departures_made = [
            factories.make_departure(
                trek, starts_in=100 + 2 * number, capacity=5, minimum_to_run=1, price=PRICE, deposit=DEPOSIT
            )
            for number in range(3)
        ]
        for slug, stock in STOCK.items():
            factories.make_extra(trek, slug=slug, stock=stock)
        self.forms = {}
        self.money = Counter()
        self.versions = {}
        self.statuses = {}
        self.last_event = 0

    def teardown(self):
        connection.check_constraints()
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def attempt(self, verb, *args, **options):
        """Do it, or be told why not; anything but `Refused` is a failure. Returns whether it was done."""
        try:
            verb(*args, **options)
        except lifecycle.Refused as refused:
            assert str(refused)
            assert not isinstance(refused, lifecycle.Busy)
            return False
        return True

    # The traveler

    @rule(target=bookings, departure=departures, party=parties)
    def hold(self, departure, party):
        form = uuid4()
        if not self.attempt(lifecycle.hold, self.departures_made[departure].pk, party, form):
            return multiple()
        booking = Booking.objects.get(submission=form)
        self.forms[booking.pk] = form
        return booking.pk

    @rule(booking=bookings, party=parties)
    def hold_again(self, booking, party):
        departure = Booking.objects.get(pk=booking).departure_id
        before = Booking.objects.count()

        assert lifecycle.hold(departure, party, self.forms[booking]).pk == booking
        assert Booking.objects.count() == before

    @rule(booking=bookings)
    def extend(self, booking):
        self.attempt(lifecycle.extend, booking)

    @rule(booking=bookings, party=parties)
    def resize(self, booking, party):
        self.attempt(lifecycle.resize, booking, party)

    @rule(booking=bookings, bags=st.integers(0, 3), tents=st.integers(0, 2))
    def choose_extras(self, booking, bags, tents):
        self.attempt(lifecycle.choose_extras, booking, {"bag": bags, "tent": tents})

    @rule(booking=bookings, method=st.sampled_from(["transfer", "cash"]))
    def fill_in_and_place(self, booking, method):
        people = factories.people(Booking.objects.get(pk=booking).party_size)
        self.attempt(lifecycle.set_contact, booking, factories.CONTACT)
        self.attempt(lifecycle.set_travelers, booking, people)
        self.attempt(lifecycle.place, booking, method, "2026-11-01")

    @rule(booking=bookings)
    def resume(self, booking):
        self.attempt(lifecycle.resume, booking)

    @rule(booking=bookings)
    def announce_transfer(self, booking):
        self.attempt(lifecycle.announce_transfer, booking, "OP 1")

    @rule(booking=bookings, by=st.sampled_from([lifecycle.TRAVELER, OFFICE]))
    def cancel(self, booking, by):
        assert self.attempt(lifecycle.cancel, booking, by=by)

    # The office

    @rule(booking=bookings, amount=st.sampled_from(["150.00", "300.00", "600.00", "75.50", "-75.50"]))
    def pay(self, booking, amount):
        form = uuid4()
        for _twice in range(2):
            factories.pay(Booking(pk=booking), amount, form)
        self.money[booking] += Decimal(amount)

    @rule(booking=bookings)
    def reinstate(self, booking):
        self.attempt(lifecycle.reinstate, booking, by=OFFICE)

    @rule(booking=bookings, days=st.integers(-2, 60))
    def extend_until(self, booking, days):
        self.attempt(lifecycle.extend_until, booking, timezone.localdate() + timedelta(days=days), by=OFFICE)

    @rule(departure=departures, capacity=st.integers(0, 7))
    def change_capacity(self, departure, capacity):
        self.attempt(lifecycle.change_capacity, self.departures_made[departure].pk, capacity)

    @rule(departure=departures, starts_in=st.integers(98, 110), days=st.integers(1, 5))
    def change_dates(self, departure, starts_in, days):
        start = timezone.localdate() + timedelta(days=starts_in)
        end = start + timedelta(days=days - 1)
        self.attempt(lifecycle.change_dates, self.departures_made[departure].pk, start, end)

    @rule(departure=departures, status=st.sampled_from(["open", "closed"]))
    def change_status(self, departure, status):
        self.attempt(lifecycle.change_status, self.departures_made[departure].pk, status)

    @rule(departure=departures, sure=st.integers(0, 5))
    def cancel_departure(self, departure, sure):
        if sure == 5:
            assert self.attempt(lifecycle.cancel_departure, self.departures_made[departure].pk, by=OFFICE)

    # The clock

    @rule(booking=bookings)
    def lapse(self, booking):
        if Booking.objects.filter(pk=booking, expires_at__isnull=False).exists():
            factories.lapse(Booking(pk=booking))

    @rule()
    def remind(self):
        lifecycle.remind_before_lapse()

    # What must hold

    @invariant()
    def no_rule_is_broken(self):
        type(self).steps += 1
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            now = cursor.fetchone()[0]
            for name, query in RULES.items():
                cursor.execute(query, {"now": now})
                assert cursor.fetchall() == [], name

    @invariant()
    def statuses_follow_the_arrows_and_versions_only_grow(self):
        new = BookingEvent.objects.filter(pk__gt=self.last_event).order_by("pk")
        status = dict(self.statuses)
        for event in new:
            self.last_event = event.pk
            if event.kind == "held":
                status[event.booking_id] = "on_hold"
            elif event.kind in ARROWS:
                arrow = (status[event.booking_id], event.after)
                assert arrow in ARROWS[event.kind]
                assert arrow == (event.before, event.after)
                status[event.booking_id] = event.after
        rows = Booking.objects.values_list("pk", "status", "version")
        assert {pk: found for pk, found, _ in rows} == status
        assert all(version >= self.versions.get(pk, 1) for pk, _, version in rows)
        self.versions = {pk: version for pk, _, version in rows}
        self.statuses = status

    @invariant()
    def money_is_conserved(self):
        found = Counter()
        for booking, amount in Payment.objects.values_list("booking_id", "amount"):
            found[booking] += amount
        assert found == self.money

    @invariant()
    def each_message_is_written_once(self):
        events = Counter(BookingEvent.objects.values_list("kind", flat=True))
        messages = Counter(OutboxMessage.objects.values_list("kind", flat=True))
        same = {
            "placed": "placed",
            "office_new_booking": "placed",
            "deposit_received": "confirmed",
            "office_late_money": "late_money",
            "office_transfer_announced": "transfer_announced",
        }
        for message, event in same.items():
            assert messages[message] == events[event], message
        told = BookingEvent.objects.filter(kind="cancelled", booking__placed_at__isnull=False).count()
        assert messages["cancelled"] == messages["office_cancelled"] == told


@pytest.mark.django_db
def test_any_order_of_verbs_keeps_every_promise(scaled):
    settings = hypothesis.settings(
        max_examples=scaled(280),
        stateful_step_count=50,
        suppress_health_check=list(hypothesis.HealthCheck),
    )

    hypothesis.stateful.run_state_machine_as_test(Lares, settings=settings)

    assert Lares.steps >= scaled(10_000)

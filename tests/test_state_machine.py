"""Any order of verbs on departures that overlap and share their stock: each promise holds after each step."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import factories
import promises
import pytest
from django.db import connection, transaction
from django.utils import timezone

from bookings import lifecycle
from bookings.models import Booking, BookingEvent, Departure, Payment
from treks.models import Extra

hypothesis = pytest.importorskip("hypothesis", reason="needs hypothesis (tests/requirements.txt)")
from hypothesis import strategies as st  # noqa: E402
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule  # noqa: E402

OFFICE = lifecycle.office()
PRICE, DEPOSIT = Decimal("590.00"), Decimal("150.00")
# The third one shares its days with the others only after it is moved.
FIRST_DAYS = [100, 102, 120]
STOCK = {"bag": 3, "tent": 1}

BORN = {"adults": 1990, "minors": 2015}


class Lares(RuleBasedStateMachine):
    """Three departures on overlapping dates, two shared extras, any number of bookings.

    A rule names a booking by a number. It mostly falls on one in a status from which the verb leads on, and
    now and then on any: so that long ways are walked, and wrong steps are tried too.
    """

    departures = st.integers(0, 2)
    parties = st.integers(1, 3)
    numbers = st.integers(0, 29)
    steps = 0

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.forms, self.statuses, self.versions, self.money = {}, {}, {}, Counter()
        self.last_event, self.placed, self.prices = 0, set(), {}
        trek = factories.make_trek()
        places = {"capacity": 5, "minimum_to_run": 1, "price": PRICE, "deposit": DEPOSIT}
        made = [factories.make_departure(trek, starts_in=day, **places) for day in FIRST_DAYS]
        self.departure_pks = [departure.pk for departure in made]
        for slug, stock in STOCK.items():
            factories.make_extra(trek, slug=slug, stock=stock)

    def teardown(self):
        connection.check_constraints()
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def booking(self, number, *fitting):
        """The primary key of a booking: nine times of ten one in a fitting status, if there is one."""
        found = [pk for pk, status in self.statuses.items() if status in fitting and self.fits(pk, status)]
        everyone = list(self.statuses)
        chosen = found if found and number % 10 else everyone
        return chosen[number % len(chosen)]

    def fits(self, pk, status):
        """A hold that was given back leads nowhere any more."""
        return status != "cancelled" or pk in self.placed

    def attempt(self, verb, *args, **options):
        """Do it, or be told why not; anything but `Refused` is a failure. Returns whether it was done."""
        try:
            verb(*args, **options)
        except lifecycle.Refused as refused:
            assert str(refused)
            assert not isinstance(refused, lifecycle.Busy)
            return False
        self.done[verb.__name__] += 1
        return True

    done = Counter()

    # The traveler

    @initialize(extras=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1)), min_size=3, max_size=3))
    def some_bookings(self, extras):
        for departure, (bags, tents) in enumerate(extras):
            self.hold(departure, 2)
            booking = max(self.forms)
            self.attempt(lifecycle.choose_extras, booking, {"bag": bags, "tent": tents})
            if departure:
                self.place(booking, "transfer")

    @rule(departure=departures, party=parties)
    def hold(self, departure, party):
        form = uuid4()
        if self.attempt(lifecycle.hold, self.departure_pks[departure], party, form):
            self.forms[Booking.objects.get(submission=form).pk] = form

    @rule(number=numbers, party=parties)
    def hold_again(self, number, party):
        booking = self.booking(number)
        departure = Booking.objects.get(pk=booking).departure_id

        assert lifecycle.hold(departure, party, self.forms[booking]).pk == booking
        assert Booking.objects.count() == len(self.forms)

    @rule(number=numbers)
    def extend(self, number):
        self.attempt(lifecycle.extend, self.booking(number, "on_hold"))

    @rule(number=numbers, party=parties)
    def resize(self, number, party):
        self.attempt(lifecycle.resize, self.booking(number, "on_hold"), party)

    @rule(number=numbers, bags=st.integers(0, 3), tents=st.integers(0, 2))
    def choose_extras(self, number, bags, tents):
        self.attempt(lifecycle.choose_extras, self.booking(number, "on_hold"), {"bag": bags, "tent": tents})

    @rule(
        number=numbers,
        method=st.sampled_from(["transfer", "cash"]),
        who=st.sampled_from(["adults", "adults", "adults", "minors"]),
    )
    def fill_in_and_place(self, number, method, who):
        self.place(self.booking(number, "on_hold"), method, who)

    def place(self, booking, method, who="adults"):
        self.attempt(lifecycle.set_contact, booking, factories.CONTACT)
        people = factories.people(Booking.objects.get(pk=booking).party_size)
        for person in people:
            person["birth_date"] = person["birth_date"].replace(year=BORN[who])
        self.attempt(lifecycle.set_travelers, booking, people)
        self.attempt(lifecycle.place, booking, method, "2026-11-01")

    @rule(number=numbers, typed=st.sampled_from([{"contact_name": "An"}, {}]))
    def type_and_leave(self, number, typed):
        lifecycle.save_draft(self.booking(number, "on_hold"), "lead", typed)

    @rule(number=numbers)
    def resume(self, number):
        self.attempt(lifecycle.resume, self.booking(number, "on_hold"))

    @rule(number=numbers, reference=st.sampled_from(["OP 1", "OP 2"]))
    def announce_transfer(self, number, reference):
        self.attempt(lifecycle.announce_transfer, self.booking(number, "pending"), reference)

    @rule(number=numbers, by=st.sampled_from([lifecycle.TRAVELER, OFFICE]))
    def cancel(self, number, by):
        assert self.attempt(lifecycle.cancel, self.booking(number, "pending", "confirmed"), by=by)

    # The office

    @rule(number=numbers, amount=st.sampled_from(["450.00", "300.00", "150.00", "75.50", "-75.50"]))
    def pay(self, number, amount):
        booking, form = self.booking(number, "pending"), uuid4()
        done = [self.attempt(factories.pay, Booking(pk=booking), amount, form) for _twice in range(2)]
        assert done == [True, True] or Decimal(amount) < 0
        self.money[booking] += Decimal(amount) if done[0] else 0

    @rule(number=numbers)
    def reinstate(self, number):
        self.attempt(lifecycle.reinstate, self.booking(number, "cancelled"), by=OFFICE)

    @rule(number=numbers, days=st.integers(-2, 60))
    def extend_until(self, number, days):
        day = timezone.localdate() + timedelta(days=days)
        self.attempt(lifecycle.extend_until, self.booking(number, "pending"), day, by=OFFICE)

    @rule(departure=departures, capacity=st.integers(0, 7))
    def change_capacity(self, departure, capacity):
        self.attempt(lifecycle.change_capacity, self.departure_pks[departure], capacity)

    @rule(departure=departures, slug=st.sampled_from(list(STOCK)), more=st.integers(0, 90))
    def change_prices(self, departure, slug, more):
        prices = {"price": PRICE + more, "deposit": DEPOSIT + more}
        Departure.objects.filter(pk=self.departure_pks[departure]).update(**prices)
        Extra.objects.filter(slug=slug).update(price=20 + more)

    @rule(departure=departures, starts_in=st.integers(98, 110), days=st.integers(1, 5))
    def change_dates(self, departure, starts_in, days):
        start = timezone.localdate() + timedelta(days=starts_in)
        end = start + timedelta(days=days - 1)
        self.attempt(lifecycle.change_dates, self.departure_pks[departure], start, end)

    @rule(departure=departures, status=st.sampled_from(["open", "open", "closed"]))
    def change_status(self, departure, status):
        self.attempt(lifecycle.change_status, self.departure_pks[departure], status)

    @rule(departure=departures, sure=st.integers(0, 9))
    def cancel_departure(self, departure, sure):
        if sure == 5:
            assert self.attempt(lifecycle.cancel_departure, self.departure_pks[departure], by=OFFICE)

    @rule(
        number=numbers,
        lost_by=st.sampled_from(["lapse", "cancel"]),
        party=parties,
        back_by=st.sampled_from(["resume", "pay", "extend_until", "reinstate"]),
    )
    def somebody_else_takes_it(self, number, lost_by, party, back_by):
        booking = Booking.objects.get(pk=self.booking(number, "on_hold", "pending", "cancelled"))
        extras = lifecycle.extras.extras_values(booking)
        if lost_by == "cancel":
            self.attempt(lifecycle.cancel, booking.pk)
        elif booking.status in Booking.KEPT:
            factories.lapse(booking)
        form = uuid4()
        if self.attempt(lifecycle.hold, booking.departure_id, party, form):
            other = Booking.objects.get(submission=form).pk
            self.forms[other] = form
            self.attempt(lifecycle.choose_extras, other, extras)
        if back_by == "pay":
            factories.pay(booking, "450.00")
            self.money[booking.pk] += Decimal("450.00")
        elif back_by == "extend_until":
            self.attempt(lifecycle.extend_until, booking.pk, timezone.localdate(), by=OFFICE)
        else:
            self.attempt(getattr(lifecycle, back_by), booking.pk, by=OFFICE)

    # The clock

    @rule(number=numbers)
    def lapse(self, number):
        booking = self.booking(number, "on_hold", "pending")
        if self.statuses[booking] in Booking.KEPT:
            factories.lapse(Booking(pk=booking))

    @rule()
    def remind(self):
        lifecycle.remind_before_lapse()

    @rule()
    def erase(self):
        lifecycle.erase_lapsed()

    # What must hold

    @invariant()
    def no_promise_is_broken(self):
        type(self).steps += 1
        assert promises.broken() == {}

    @invariant()
    def statuses_follow_the_arrows_versions_only_grow_and_held_prices_stand(self):
        new = list(BookingEvent.objects.filter(pk__gt=self.last_event).order_by("pk"))
        self.last_event = new[-1].pk if new else self.last_event
        self.placed |= {event.booking_id for event in new if event.kind == "placed"}
        status = promises.statuses_after(self.statuses, new)
        rows = Booking.objects.values_list("pk", "status", "version")
        assert {pk: found for pk, found, _ in rows} == status
        assert all(version >= self.versions.get(pk, 1) for pk, _, version in rows)
        self.versions = {pk: version for pk, _, version in rows}
        self.statuses = status
        priced_anew = {event.booking_id for event in new if event.kind == "resumed"}
        held = {pk: prices for pk, prices in self.prices.items() if pk not in priced_anew}
        self.prices = promises.held_prices()
        assert promises.changed_prices(held, self.prices) == {}

    @invariant()
    def money_is_conserved(self):
        found = Counter()
        for booking, amount in Payment.objects.values_list("booking_id", "amount"):
            found[booking] += amount
        assert found == self.money

    @invariant()
    def each_message_is_written_once(self):
        assert promises.miswritten_messages() == {}


@pytest.mark.django_db
def test_any_order_of_verbs_keeps_every_promise(scaled, settings):
    settings.ERASE_LAPSED_HOLDS_AFTER_DAYS = 0
    walk = hypothesis.settings(
        max_examples=scaled(260),
        stateful_step_count=50,
        suppress_health_check=list(hypothesis.HealthCheck),
    )

    hypothesis.stateful.run_state_machine_as_test(Lares, settings=walk)

    assert Lares.steps >= scaled(10_000)

"""Any order of the verbs of money: no cent is lost, nothing goes back twice, no number is missing."""

from collections import Counter
from decimal import Decimal
from uuid import uuid4

import factories
import factories_money
import promises
import pytest
from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone

from bookings import lifecycle, prices
from bookings.lifecycle.refunding import owed
from bookings.models import Booking, BookingEvent, Payment, PaymentAttempt, Refund
from bookings.seats import clock

hypothesis = pytest.importorskip("hypothesis", reason="needs hypothesis (tests/requirements.txt)")
from hypothesis import strategies as st  # noqa: E402
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule  # noqa: E402

OFFICE = lifecycle.office()
FARES = ["adult", "child", "student"]
# Days to the start: before and after the day of the balance, and in the last band.
FIRST_DAYS = [100, 40, 10]
# Without these steps the walk proves little about money that goes back.
WALKED = ["approve_refund", "pay_back_by_hand", "drop_refund", "cancel_traveler", "reinstate", "move_payment"]
WALKED += [("sending", "done"), ("sending", "failed"), ("done", "failed")]


class Money(RuleBasedStateMachine):
    """Three small departures, and bookings that pay, change, lapse, are cancelled and come back."""

    numbers = st.integers(0, 29)
    departures = st.integers(0, 2)
    amounts = st.sampled_from(["150.00", "75.50", "300.00", "590.00", "0.01"])
    steps = 0
    done = Counter()

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.ledger, self.last_event = Counter(), 0
        trek = factories.make_trek(booking_cutoff_days=5)
        factories_money.make_fare(trek, "child", "100.00")
        factories_money.make_fare(trek, "student", "700.00")
        factories_money.make_party_rate(trek, 3, "40.00")
        factories.make_extra(trek, slug="bag", stock=3)
        made = [factories_money.departure_in(day, trek, capacity=5) for day in FIRST_DAYS]
        self.departure_pks = [departure.pk for departure in made]
        factories_money.make_promotion("TENTH", percent=10, limit=2)
        factories_money.make_promotion("GIFT", amount=Decimal("99.99"))

    def teardown(self):
        connection.check_constraints()
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def attempt(self, verb, *args, **options):
        """Do it, or be told why not; anything but `Refused` is a failure. What came of it, or None."""
        try:
            found = verb(*args, **options)
        except lifecycle.Refused as refused:
            assert str(refused)
            assert not isinstance(refused, lifecycle.Busy)
            return None
        Money.done[verb.__name__] += 1
        return found

    def one(self, rows, number):
        """One of these rows by a number, or None where there are none."""
        found = list(rows.order_by("pk"))
        return found[number % len(found)] if found else None

    def booking(self, number, *statuses):
        """A booking: nine times of ten in one of the statuses, if there is one."""
        fitting = Booking.objects.filter(status__in=statuses)
        return (number % 10 and self.one(fitting, number)) or self.one(Booking.objects.all(), number)

    # Coming into being

    @initialize()
    def some_bookings(self):
        for departure in range(3):
            self.place(departure, 2, 0, "")
            self.pay_all_by_card(departure, "7.50")

    @rule(
        departure=departures,
        party=st.integers(1, 3),
        bags=st.integers(0, 1),
        code=st.sampled_from(["", "TENTH", "GIFT"]),
    )
    def place(self, departure, party, bags, code):
        if booking := self.attempt(lifecycle.hold, self.departure_pks[departure], party, uuid4()):
            factories.filled(booking, {"bag": 0})
            self.attempt(lifecycle.choose_extras, booking.pk, {"bag": bags})
            self.attempt(lifecycle.use_promotion, booking.pk, code)
            self.attempt(lifecycle.place, booking.pk, "transfer", "2026-11-01")

    @rule(departure=departures, code=st.sampled_from(["TENTH", "GIFT"]))
    def hold(self, departure, code):
        if booking := self.attempt(lifecycle.hold, self.departure_pks[departure], 2, uuid4()):
            self.attempt(lifecycle.use_promotion, booking.pk, code)

    # Money that comes

    @rule(number=numbers, amount=amounts, surcharge=st.sampled_from(["0.00", "2.00"]))
    def pay_by_hand(self, number, amount, surcharge):
        booking, form = self.booking(number, "pending", "confirmed"), uuid4()
        more = {"surcharge": Decimal(surcharge), "provider": "terminal"}
        assert all(self.attempt(factories.pay, booking, amount, form, **more) for _twice in range(2))
        self.ledger[booking.pk] += Decimal(amount)

    @rule(number=numbers, surcharge=st.sampled_from(["0.00", "7.50"]))
    def pay_all_by_card(self, number, surcharge):
        booking = self.one(Booking.objects.filter(status__in=Booking.PLACED), number)
        if booking is None or (left := prices.total(booking) - prices.paid(booking)) <= 0:
            return
        if self.attempt(factories_money.pay_by_card, booking, left, surcharge=Decimal(surcharge)):
            self.ledger[booking.pk] += left

    @rule(number=numbers, amount=amounts, surcharge=st.sampled_from(["0.00", "-2.00"]))
    def take_back_by_hand(self, number, amount, surcharge):
        booking = self.booking(number, "pending", "confirmed")
        if self.attempt(factories.pay, booking, f"-{amount}", surcharge=Decimal(surcharge)):
            self.ledger[booking.pk] -= Decimal(amount)

    @rule(number=numbers, part=st.sampled_from([1, 2]), surcharge=st.sampled_from(["0.00", "7.50"]))
    def start_card(self, number, part, surcharge):
        booking = self.booking(number, "pending", "confirmed")
        left = prices.total(booking) - prices.paid(booking)
        amount = prices.rounded(left / part)
        self.attempt(factories_money.start_card, booking, amount, surcharge=Decimal(surcharge))

    @rule(number=numbers)
    def card_is_paid(self, number):
        attempt = self.one(PaymentAttempt.objects.exclude(state="paid"), number)
        if attempt is not None:
            for _twice in range(2):
                assert self.attempt(factories_money.card_paid, attempt)
            self.ledger[attempt.booking_id] += attempt.amount

    @rule(number=numbers, is_over=st.booleans())
    def card_is_not_paid(self, number, is_over):
        attempt = self.one(PaymentAttempt.objects.all(), number)
        if attempt is not None:
            self.attempt(lifecycle.note_unpaid, attempt.pk, is_over=is_over)

    @rule(number=numbers, other=numbers)
    def move(self, number, other):
        payment = self.one(Payment.objects.filter(amount__gt=0), number)
        booking = self.booking(other, "pending", "confirmed")
        if payment is None:
            return
        known = Payment.objects.count()
        moved = self.attempt(lifecycle.move_payment, payment.pk, booking.pk, by=OFFICE, reason="Wrong")
        if moved and Payment.objects.count() > known:
            self.ledger[payment.booking_id] -= moved.amount
            self.ledger[booking.pk] += moved.amount

    # Money that goes back

    @rule(number=numbers)
    def approve(self, number):
        refund = self.one(Refund.objects.filter(state="proposed"), number)
        if refund is not None:
            self.attempt(lifecycle.approve_refund, refund.pk, by=OFFICE)

    @rule(number=numbers, by_us=st.booleans(), news=st.sampled_from(["done", "failed", "done failed", ""]))
    def cancel_and_send_back(self, number, by_us, news):
        booking = self.booking(number, "confirmed")
        self.attempt(lifecycle.cancel, booking.pk, by=OFFICE, by_us=by_us)
        refund = self.one(booking.refunds.filter(state="proposed").exclude(payment=None), number)
        if refund is not None and self.attempt(lifecycle.approve_refund, refund.pk, by=OFFICE):
            for word in news.split():
                self.tell(refund, is_done=word == "done", error="No." if word == "failed" else "")

    @rule(number=numbers, is_done=st.booleans(), error=st.sampled_from(["", "", "No."]))
    def provider_tells_of_a_refund(self, number, is_done, error):
        rows = Refund.objects.exclude(provider_reference="") | Refund.objects.filter(state="sending")
        refund = self.one(rows, number)
        if refund is not None:
            self.tell(refund, is_done, error)

    def tell(self, refund, is_done, error):
        """The provider's news of a refund, twice; what goes and what comes back is counted once."""
        news = {"reference": f"re_{refund.pk}", "is_done": is_done, "error": error}
        for _twice in range(2):
            before = factories.reloaded(refund).state
            after = lifecycle.note_refund(refund.pk, **news).state
            Money.done[before, after] += 1
            if (before, after) == ("sending", "done"):
                self.ledger[refund.booking_id] -= refund.amount
            if (before, after) == ("done", "failed"):
                self.ledger[refund.booking_id] += refund.amount
            assert before == after or before in ("sending", "done")

    @rule(number=numbers)
    def pay_back(self, number):
        refund = self.one(Refund.objects.filter(state="proposed"), number)
        if refund is None:
            return
        if self.attempt(lifecycle.pay_back_by_hand, refund.pk, by=OFFICE, provider="cash"):
            self.ledger[refund.booking_id] -= refund.amount

    @rule(number=numbers)
    def drop(self, number):
        refund = self.one(Refund.objects.filter(state="proposed"), number)
        if refund is not None:
            self.attempt(lifecycle.drop_refund, refund.pk, by=OFFICE, reason="Agreed")

    # What changes what is owed

    @rule(number=numbers, by_us=st.booleans())
    def cancel(self, number, by_us):
        booking = self.booking(number, "pending", "confirmed")
        assert self.attempt(lifecycle.cancel, booking.pk, by=OFFICE, by_us=by_us)

    @rule(number=numbers, traveler=st.integers(1, 3), by_us=st.booleans())
    def cancel_one(self, number, traveler, by_us):
        booking = self.booking(number, "pending", "confirmed")
        for _twice in range(2):
            self.attempt(lifecycle.cancel_traveler, booking.pk, traveler, by=OFFICE, by_us=by_us)

    @rule(number=numbers)
    def reinstate(self, number):
        self.attempt(lifecycle.reinstate, self.booking(number, "cancelled").pk, by=OFFICE)

    @rule(number=numbers)
    def lapse(self, number):
        booking = self.booking(number, "pending", "on_hold")
        if booking.status in Booking.KEPT:
            factories.lapse(booking)

    @rule(number=numbers)
    def wait_longer(self, number):
        day = timezone.localdate()
        self.attempt(lifecycle.extend_until, self.booking(number, "pending").pk, day, by=OFFICE)

    @rule(number=numbers, traveler=st.integers(1, 3), fare=st.sampled_from(FARES))
    def change_fare(self, number, traveler, fare):
        booking = self.booking(number, "pending", "confirmed")
        self.attempt(lifecycle.correct_traveler, booking.pk, traveler, {"fare_class": fare}, by=OFFICE)

    @rule(number=numbers, traveler=st.integers(1, 3), amount=st.sampled_from(["62.00", "800.00"]))
    def enter_cost(self, number, traveler, amount):
        cost = {"amount": Decimal(amount), "reason": "Ticket", "number": traveler}
        self.attempt(lifecycle.enter_cost, self.booking(number, "confirmed").pk, by=OFFICE, **cost)

    # What must hold

    @invariant()
    def no_promise_is_broken(self):
        Money.steps += 1
        assert promises.broken() == {}

    @invariant()
    def ledger_is_ours(self):
        rows = Payment.objects.order_by().values_list("booking_id").annotate(sum=Sum("amount"))
        assert {pk: found for pk, found in rows if found} == {k: v for k, v in self.ledger.items() if v}

    @invariant()
    def nothing_undecided_is_more_than_is_owed(self):
        now = clock()
        for booking in Booking.objects.filter(refunds__state="proposed").distinct():
            rows = booking.refunds.filter(state__in=Refund.OPEN)
            assert rows.aggregate(sum=Sum("amount"))["sum"] <= owed(booking, now)

    @invariant()
    def confirmed_only_from_pending(self):
        for event in BookingEvent.objects.filter(pk__gt=self.last_event).order_by("pk"):
            self.last_event = event.pk
            if event.kind == "confirmed":
                assert (event.before, event.after) == ("pending", "confirmed")


@pytest.mark.django_db
def test_any_order_of_payments_refunds_and_cancellations_loses_no_cent(scaled):
    settings = hypothesis.settings(
        max_examples=scaled(260),
        stateful_step_count=50,
        suppress_health_check=list(hypothesis.HealthCheck),
    )

    hypothesis.stateful.run_state_machine_as_test(Money, settings=settings)

    assert Money.steps >= scaled(10_000)
    assert [what for what in WALKED if not Money.done[what]] == []

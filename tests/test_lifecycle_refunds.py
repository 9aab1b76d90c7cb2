"""Money that goes back: proposed when it is owed, decided by the office, written down once."""

from decimal import Decimal
from uuid import uuid4

import factories
import factories_money
import pytest
from factories_money import departure_in, open_refunds, pay_by_card

from bookings import lifecycle, prices
from bookings.models import Cancellation

pytestmark = pytest.mark.django_db
OFFICE = lifecycle.office()


def overpaid_by_card(by="100.00"):
    """A confirmed booking of one that paid its 590 and more by card."""
    booking = factories.placed(departure_in(120), 1)
    pay_by_card(booking, "590.00")
    factories.pay(booking, by)
    return factories.reloaded(booking)


def sent(booking):
    return lifecycle.approve_refund(booking.refunds.get(state="proposed").pk, by=OFFICE)


def late_without_seats(amount="300.00", **fields):
    """A lapsed booking of two whose money came when somebody had their seats; that one."""
    departure = departure_in(120, capacity=2)
    booking = factories.lapse(factories.placed(departure, 2))
    other = factories.held(departure, 2)
    factories.pay(booking, amount, **fields)
    return factories.reloaded(booking), other


# Proposing


def test_what_is_more_than_the_price_is_proposed_through_the_card():
    booking = overpaid_by_card()

    assert open_refunds(booking) == [("proposed", Decimal(100), True)]
    assert factories.told(booking, office=True)[-1] == "office_refund_proposed"


def test_what_no_card_can_take_back_is_proposed_by_hand():
    booking = factories.placed(departure_in(120), 1)
    pay_by_card(booking, "150.00")
    factories.pay(booking, "640.00")

    lifecycle.cancel(booking.pk, by_us=True, by=OFFICE)

    assert open_refunds(booking) == [("proposed", Decimal(150), True), ("proposed", Decimal(640), False)]


def test_cancelled_booking_gets_back_what_the_policy_does_not_keep():
    booking = factories.confirmed(departure_in(120), 2)
    factories.pay(booking, "880.00")

    lifecycle.cancel(booking.pk)

    found = Cancellation.objects.get()
    assert (found.total, found.paid, found.charge, found.kept) == (1180, 1180, 300, 300)
    assert open_refunds(booking) == [("proposed", Decimal(880), False)]


def test_cancel_twice_proposes_once():
    booking = overpaid_by_card()

    for _ in range(2):
        lifecycle.cancel(booking.pk)

    assert open_refunds(booking) == [("proposed", Decimal(540), True)]
    assert Cancellation.objects.count() == 1


def test_we_cancel_and_the_surcharge_of_the_card_goes_back_too():
    booking = factories.placed(departure_in(120), 1)
    pay_by_card(booking, "150.00", surcharge=Decimal("7.50"))

    lifecycle.cancel_departure(booking.departure_id, by=OFFICE, reason="Landslide")

    refund = booking.refunds.get()
    assert (refund.amount, refund.surcharge) == (150, Decimal("7.50"))


def test_late_money_in_parts_is_proposed_part_by_part():
    booking, _other = late_without_seats("100.00")
    factories.pay(booking, "200.00")

    assert [row[1] for row in open_refunds(booking)] == [100, 200]


def test_late_money_that_is_enough_once_seats_are_free_confirms_and_is_not_owed_any_more():
    booking, other = late_without_seats("100.00")
    lifecycle.cancel(other.pk)

    factories.pay(booking, "200.00")

    assert factories.reloaded(booking).status == "confirmed"
    assert open_refunds(booking) == []
    assert booking.refunds.get().state == "dropped"


def test_booking_that_may_wait_longer_keeps_its_late_money():
    booking, other = late_without_seats("300.00")
    lifecycle.cancel(other.pk)

    booking = lifecycle.extend_until(booking.pk, booking.departure.start_date, by=OFFICE)

    assert (booking.status, open_refunds(booking)) == ("confirmed", [])


def test_money_on_its_way_back_confirms_nothing():
    booking = factories.lapse(factories.placed(departure_in(120, capacity=2), 2))
    other = factories.held(booking.departure, 2)
    factories.pay(booking, "300.00", provider="stripe", provider_reference="pi_1")
    sent(booking)
    lifecycle.cancel(other.pk)

    factories.pay(booking, "10.00")
    assert factories.reloaded(booking).status == "pending"
    lifecycle.extend_until(booking.pk, booking.departure.start_date, by=OFFICE)
    assert factories.reloaded(booking).status == "pending"
    lifecycle.cancel(booking.pk)
    assert lifecycle.reinstate(booking.pk, by=OFFICE).status == "pending"


def test_cancelling_what_was_lost_already_costs_nothing():
    booking, _other = late_without_seats("300.00")

    lifecycle.cancel(booking.pk)

    assert Cancellation.objects.get().kept == 0
    assert [row[1] for row in open_refunds(booking)] == [300]


def test_late_money_for_a_cancelled_booking_goes_back_and_what_was_kept_stays():
    booking = factories.confirmed(departure_in(120), 2)
    lifecycle.cancel(booking.pk)

    factories.pay(booking, "200.00")

    assert [row[1] for row in open_refunds(booking)] == [200]


def test_part_paid_back_by_hand_leaves_the_rest_of_late_money_proposed():
    booking, _other = late_without_seats("300.00")

    factories.pay(booking, "-100.00")

    assert [row[1] for row in open_refunds(booking)] == [200]


def test_proposal_follows_the_fare_both_ways():
    trek = factories.make_trek()
    factories_money.make_fare(trek)
    booking = factories.confirmed(departure_in(120, trek), 1)
    factories.pay(booking, "440.00")

    lifecycle.correct_traveler(booking.pk, 1, {"fare_class": "child"}, by=OFFICE)
    assert [row[1] for row in open_refunds(booking)] == [100]
    lifecycle.correct_traveler(booking.pk, 1, {"fare_class": "adult"}, by=OFFICE)

    assert open_refunds(booking) == []


def test_hold_that_money_came_for_keeps_its_contact_until_the_money_went_back(settings):
    settings.ERASE_LAPSED_HOLDS_AFTER_DAYS = 1
    booking = factories.filled(factories.held())
    factories.pay(booking, "100.00")
    factories.lapse(booking, by="2 days")
    assert lifecycle.erase_lapsed() == 0

    lifecycle.pay_back_by_hand(booking.refunds.get().pk, by=OFFICE, provider="cash")

    assert lifecycle.erase_lapsed() == 1
    assert factories.reloaded(booking).contact_name == ""


# Taking a cancellation back


def test_reinstated_booking_owes_nothing_and_is_confirmed_where_its_money_stayed():
    booking = factories.confirmed(departure_in(120), 1)
    factories.pay(booking, "440.00")
    lifecycle.cancel(booking.pk)

    booking = lifecycle.reinstate(booking.pk, by=OFFICE)

    assert (booking.status, open_refunds(booking)) == ("confirmed", [])


def test_booking_reinstated_after_its_refund_waits_for_the_money_again_and_costs_once():
    booking = factories.confirmed(departure_in(50), 1)
    lifecycle.cancel(booking.pk)
    refund = booking.refunds.get()
    assert refund.amount == 295
    lifecycle.pay_back_by_hand(refund.pk, by=OFFICE, provider="transfer")

    booking = lifecycle.reinstate(booking.pk, by=OFFICE)

    assert (booking.status, booking.due_now, prices.total(booking)) == ("pending", 590, 590)
    factories.pay(booking, "295.00")
    assert factories.reloaded(booking).status == "confirmed"
    lifecycle.cancel(booking.pk)
    assert [row[1] for row in open_refunds(booking)] == [295]


# Costs


def test_cost_is_entered_for_who_walks_and_only_before_it_is_cancelled():
    booking = factories.confirmed(departure_in(120), 2)
    lifecycle.enter_cost(booking.pk, by=OFFICE, amount=Decimal(62), reason="Ticket")
    lifecycle.cancel_traveler(booking.pk, 2)

    for number in (2, 7):
        with pytest.raises(lifecycle.WrongStatus):
            lifecycle.enter_cost(booking.pk, by=OFFICE, amount=Decimal(1), reason="Ticket", number=number)
    with pytest.raises(lifecycle.Refused, match="more than nothing"):
        lifecycle.enter_cost(booking.pk, by=OFFICE, amount=Decimal(0), reason="Ticket")
    lifecycle.cancel(booking.pk)
    with pytest.raises(lifecycle.WrongStatus):
        lifecycle.enter_cost(booking.pk, by=OFFICE, amount=Decimal(1), reason="Ticket")


def test_payment_recorded_with_one_form_back_is_written_once():
    booking, form = factories.confirmed(departure_in(120), 1), uuid4()

    for _ in range(2):
        factories.pay(booking, "-50.00", form)

    assert prices.paid(booking) == 100

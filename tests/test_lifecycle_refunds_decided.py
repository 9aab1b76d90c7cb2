"""Refunds decided by the office: sent or paid by hand once, failed, never more than was paid."""

from decimal import Decimal

import factories
import pytest
from factories_money import departure_in, open_refunds, pay_by_card

from bookings import lifecycle, prices
from bookings.models import Payment, Refund

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


def test_approved_refund_is_sent_once_and_written_down_once():
    booking = overpaid_by_card()
    refund = sent(booking)
    again = lifecycle.approve_refund(refund.pk, by=OFFICE)
    assert (again.state, again.decided_at) == ("sending", refund.decided_at)

    lifecycle.note_refund(refund.pk, reference="re_1")
    for _ in range(2):
        lifecycle.note_refund(refund.pk, reference="re_1", is_done=True)

    back = Payment.objects.get(amount__lt=0)
    assert (back.amount, back.submission, back.provider_reference) == (-100, refund.key, "re_1")
    assert back.pays_back.provider == "stripe"
    assert prices.paid(booking) == 590
    assert factories.told(booking).count("refunded") == 1


def test_refund_by_hand_is_written_down_once():
    booking = overpaid_by_card()
    refund = booking.refunds.get()

    for _ in range(2):
        lifecycle.pay_back_by_hand(refund.pk, by=OFFICE, provider="cash", reference="R 1")

    assert (prices.paid(booking), factories.reloaded(refund).state) == (590, "done")
    assert Payment.objects.filter(amount__lt=0).count() == 1


def test_refund_that_was_sent_cannot_be_paid_by_hand_nor_dropped():
    refund = sent(overpaid_by_card())

    with pytest.raises(lifecycle.WrongStatus):
        lifecycle.pay_back_by_hand(refund.pk, by=OFFICE, provider="cash")
    with pytest.raises(lifecycle.WrongStatus):
        lifecycle.drop_refund(refund.pk, by=OFFICE, reason="No")


def test_refund_by_hand_cannot_be_sent_through_a_card():
    booking = factories.confirmed(departure_in(120), 1)
    factories.pay(booking, "500.00")

    with pytest.raises(lifecycle.WrongStatus):
        lifecycle.approve_refund(booking.refunds.get().pk, by=OFFICE)


def test_dropped_refund_stays_dropped_with_its_reason():
    booking = overpaid_by_card()

    refund = lifecycle.drop_refund(booking.refunds.get().pk, by=OFFICE, reason="Agreed on the phone")

    assert (refund.state, refund.last_error) == ("dropped", "Agreed on the phone")
    with pytest.raises(lifecycle.WrongStatus):
        lifecycle.approve_refund(refund.pk, by=OFFICE)
    assert prices.paid(booking) == 690


def test_no_more_goes_back_by_hand_than_stays_beside_what_is_on_its_way():
    booking = overpaid_by_card()
    sent(booking)

    with pytest.raises(lifecycle.Refused, match="No more can go back"):
        factories.pay(booking, "-590.01")
    factories.pay(booking, "-590.00")
    lifecycle.note_refund(booking.refunds.first().pk, reference="re_1", is_done=True)

    assert prices.paid(booking) == 0


def test_proposal_that_is_more_than_stays_is_refused():
    booking = overpaid_by_card()
    Refund.objects.filter(booking=booking).update(amount=Decimal(691))
    refund = booking.refunds.get()

    with pytest.raises(lifecycle.Refused, match="No more can go back"):
        lifecycle.approve_refund(refund.pk, by=OFFICE)
    with pytest.raises(lifecycle.Refused, match="No more can go back"):
        lifecycle.pay_back_by_hand(refund.pk, by=OFFICE, provider="cash")
    assert prices.paid(booking) == 690


# Failing


def test_refund_that_fails_on_its_way_is_proposed_by_hand_once():
    booking = overpaid_by_card()
    refund = sent(booking)

    for _ in range(2):
        lifecycle.note_refund(refund.pk, reference="re_1", error="The card is closed.")
    lifecycle.note_refund(refund.pk, reference="re_1", is_done=True)

    assert open_refunds(booking) == [("proposed", Decimal(100), False)]
    assert factories.reloaded(refund).state == "failed"
    assert prices.paid(booking) == 690
    assert factories.told(booking, office=True).count("office_refund_failed") == 1


def test_refund_that_fails_after_it_had_gone_is_our_money_again_and_never_sent_through_itself():
    booking = overpaid_by_card()
    refund = sent(booking)
    lifecycle.note_refund(refund.pk, reference="re_1", is_done=True)

    for _ in range(2):
        lifecycle.note_refund(refund.pk, reference="re_1", error="Sent back by the bank.")
    assert (prices.paid(booking), open_refunds(booking)) == (690, [("proposed", Decimal(100), False)])
    lifecycle.cancel(booking.pk)

    # 540 are owed: what is left of the card payment, and by hand what the bank sent back.
    assert open_refunds(booking) == [("proposed", Decimal(490), True), ("proposed", Decimal(50), False)]


def test_refund_that_fails_when_it_is_not_owed_any_more_is_not_proposed_again():
    booking = factories.placed(departure_in(120), 1)
    pay_by_card(booking, "590.00")
    lifecycle.cancel(booking.pk)
    refund = sent(booking)
    lifecycle.reinstate(booking.pk, by=OFFICE)

    lifecycle.note_refund(refund.pk, error="The card is closed.")

    assert open_refunds(booking) == []
    assert prices.paid(booking) == 590


def test_refund_that_fails_after_the_booking_was_taken_up_again_confirms_it():
    booking = factories.placed(departure_in(120), 1)
    pay_by_card(booking, "590.00")
    lifecycle.cancel(booking.pk, by=OFFICE, by_us=True)
    refund = sent(booking)
    lifecycle.reinstate(booking.pk, by=OFFICE)
    assert factories.reloaded(booking).status == "pending"

    lifecycle.note_refund(refund.pk, error="The card is closed.")

    assert factories.reloaded(booking).status == "confirmed"
    assert open_refunds(booking) == []

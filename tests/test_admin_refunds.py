"""Refunds in the office: sent to the card, recorded by hand or not paid, once."""

import pytest

from bookings import lifecycle
from bookings.models import Payment
from tests import factories
from tests.admin_forms import act, do, filled
from tests.test_admin_money import by_card, page_of

pytestmark = pytest.mark.django_db
OFFICE = lifecycle.office()


def test_refund_by_card_is_sent_and_one_by_hand_is_recorded(office):
    card = by_card("300")
    lifecycle.cancel(card.pk, by=OFFICE, by_us=True)
    cash = factories.confirmed()
    lifecycle.cancel(cash.pk, by=OFFICE, by_us=True)
    refund, by_hand = card.refunds.get(), cash.refunds.get()
    assert "Send it to the card" in page_of(office, card)
    assert "Send it to the card" not in page_of(office, cash)

    do(office, refund, "approve")
    do(office, by_hand, "by-hand", provider="transfer", reference="OP 77", note="BCP")

    assert factories.reloaded(refund).state == "sending"
    assert factories.reloaded(refund).decided_by.username == "ana"
    back = Payment.objects.get(submission=by_hand.key)
    assert (back.amount, back.provider, back.provider_reference) == (-300, "transfer", "OP 77")
    assert "Gone back" in page_of(office, cash)


def test_refund_that_is_not_paid_keeps_the_reason(office):
    booking = factories.confirmed()
    lifecycle.cancel(booking.pk, by=OFFICE, by_us=True)
    refund = booking.refunds.get()

    assert do(office, refund, "drop", reason="").status_code == 422
    do(office, refund, "drop", reason="They gave it to the porters")

    assert factories.reloaded(refund).state == "dropped"
    assert "porters" in page_of(office, booking)
    assert office.get(act(refund, "by-hand")).status_code == 302


def test_refund_is_paid_once_however_often_the_form_is_sent(office):
    booking = factories.confirmed()
    lifecycle.cancel(booking.pk, by=OFFICE, by_us=True)
    refund = booking.refunds.get()
    page = office.get(act(refund, "by-hand"))
    other = office.get(act(refund, "by-hand"))

    for one in (page, page, other):
        office.post(act(refund, "by-hand"), filled(one, provider="cash"))

    assert list(booking.payments.values_list("amount", flat=True)) == [300, -300]

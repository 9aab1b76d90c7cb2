"""Stripe Checkout through the official SDK, against the stand-in on loopback."""

import threading
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from card_provider import charge_request

from bookings import gateways
from bookings.gateways import base
from bookings.gateways.base import RefundState, SessionState

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


def test_session_opens_and_knows_what_was_asked(gateway):
    request = charge_request()

    session = gateway.start(request)

    status = gateway.status(session.session_id)
    assert (session.state, status.state) == ("open", "open")
    assert session.url == status.url and session.url.startswith("http://127.0.0.1:")
    assert (status.amount, status.currency) == (Decimal("316.50"), "USD")
    assert status.metadata == {"attempt": "7", "key": "attempt-1", "reference": "QWERTYUP"}
    assert (status.payment_id, status.paid_at) == ("", None)
    assert session.expires_at == request.expires_at.replace(microsecond=0)


def test_session_is_paid_after_a_declined_card(gateway, card_provider):
    session = gateway.start(charge_request())

    card_provider.decline(session.session_id)
    declined = gateway.status(session.session_id)
    card_provider.pay(session.session_id)
    status = gateway.status(session.session_id)

    assert (declined.state, declined.payment_id, declined.paid_at) == ("open", "", None)
    assert status.state == SessionState.PAID
    assert status.payment_id.startswith("pi_")
    assert abs(datetime.now(UTC) - status.paid_at) < timedelta(minutes=1)
    assert status.url == ""


@pytest.mark.parametrize(("end", "state"), [("clear", "paid"), ("bounce", "expired")])
def test_money_on_its_way_comes_or_does_not(gateway, card_provider, end, state):
    session = gateway.start(charge_request())

    card_provider.pay(session.session_id, later=True)
    on_its_way = gateway.status(session.session_id).state
    getattr(card_provider, end)(session.session_id)

    assert on_its_way == "processing"
    assert gateway.status(session.session_id).state == state


def test_expiring_closes_the_page_and_may_be_repeated(gateway, card_provider):
    session = gateway.start(charge_request())

    states = [gateway.expire(session.session_id).state for _ in range(2)]

    assert states == ["expired", "expired"]
    with pytest.raises(ValueError, match="expired"):
        card_provider.pay(session.session_id)


def test_expiring_a_paid_session_tells_that_it_is_paid(gateway, paid):
    assert gateway.expire(paid.session_id) == paid


def test_same_request_is_the_same_session(gateway, card_provider):
    request = charge_request()

    first, second = gateway.start(request), gateway.start(request)

    assert first == second
    assert len(card_provider.state()["sessions"]) == 1


def test_same_key_with_another_amount_is_refused(gateway, card_provider):
    request = charge_request()
    gateway.start(request)

    with pytest.raises(base.KeyInUse):
        gateway.start(replace(request, amount=Decimal("1.00")))

    assert len(card_provider.state()["sessions"]) == 1


def test_one_key_may_start_and_refund(gateway, paid):
    assert gateway.refund(paid.payment_id, Decimal("1.00"), "attempt-1").state == "done"


@pytest.mark.parametrize(
    ("wanted", "end"),
    [
        (NOW, NOW + timedelta(minutes=35)),
        (NOW + timedelta(hours=2, microseconds=5), NOW + timedelta(hours=2)),
        (NOW + timedelta(days=7), NOW + timedelta(hours=23, minutes=55)),
    ],
)
def test_session_ends_within_the_limits(gateway, wanted, end):
    assert gateway.session_end(wanted, NOW) == end


@pytest.mark.parametrize("hours", [0, 100])
def test_end_out_of_the_limits_is_moved(gateway, hours):
    session = gateway.start(charge_request(expires_at=datetime.now(UTC) + timedelta(hours=hours)))

    assert timedelta(minutes=30) < session.expires_at - datetime.now(UTC) < timedelta(hours=24)


def test_session_needs_no_email(gateway):
    assert gateway.start(charge_request(email="")).state == "open"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"email": "rosa"}, "e-mail address"),
        ({"amount": Decimal("0.49")}, "too small"),
        ({"amount": Decimal("1000000.00")}, "too large"),
        ({"success_url": ""}, "refused"),
    ],
)
def test_what_stripe_refuses_is_a_sentence(gateway, change, sentence):
    with pytest.raises(base.GatewayRefused, match=sentence) as refused:
        gateway.start(charge_request(**change))

    assert refused.value.detail


def test_parts_of_a_cent_are_an_error(gateway):
    with pytest.raises(ValueError, match="cent"):
        gateway.start(charge_request(amount=Decimal("10.005")))


def test_refunds_in_parts_end_with_what_was_paid(gateway, paid):
    first = gateway.refund(paid.payment_id, Decimal("16.50"), "refund-1", {"booking": "QWERTYUP"})
    with pytest.raises(base.GatewayRefused, match="more than is left"):
        gateway.refund(paid.payment_id, Decimal("300.01"), "refund-2")
    gateway.refund(paid.payment_id, Decimal("300.00"), "refund-3")
    with pytest.raises(base.GatewayRefused, match="All of this payment"):
        gateway.refund(paid.payment_id, Decimal("0.01"), "refund-4")

    assert (first.state, first.amount, first.payment_id) == ("done", Decimal("16.50"), paid.payment_id)
    assert first.metadata == {"booking": "QWERTYUP", "key": "refund-1"}
    assert gateway.refund_status(first.refund_id) == first


def test_same_refund_key_sends_back_once(gateway, card_provider, paid):
    refunds = [gateway.refund(paid.payment_id, Decimal("100.00"), "refund-1") for _ in range(3)]

    assert len({refund.refund_id for refund in refunds}) == 1
    assert [charge["amount_refunded"] for charge in card_provider.state()["charges"].values()] == [10000]


def test_key_is_kept_for_a_day_and_the_refund_is_found_by_it_for_good(gateway, card_provider, paid):
    assert gateway.refund_of(paid.payment_id, "r1") is None
    first = gateway.refund(paid.payment_id, Decimal("10.00"), "r1")

    card_provider.age_keys(23)
    assert gateway.refund(paid.payment_id, Decimal("10.00"), "r1").refund_id == first.refund_id
    card_provider.age_keys(2)
    assert gateway.refund_of(paid.payment_id, "r1").refund_id == first.refund_id
    assert gateway.refund(paid.payment_id, Decimal("10.00"), "r1").refund_id != first.refund_id


def test_refunds_at_once_never_exceed_what_was_paid(gateway, card_provider, paid):
    def send_back(key):
        with suppress(base.GatewayRefused):
            gateway.refund(paid.payment_id, Decimal("200.00"), key)

    threads = [threading.Thread(target=send_back, args=(f"refund-{number}",)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(card_provider.state()["refunds"]) == 1


def test_refund_waits_and_fails(gateway, card_provider, paid):
    card_provider.make_refunds_wait()
    refund = gateway.refund(paid.payment_id, Decimal("316.50"), "refund-1")

    card_provider.end_refund(refund.refund_id, failed=True)

    failed = gateway.refund_status(refund.refund_id)
    assert refund.state == RefundState.PENDING
    assert (failed.state, failed.reason) == (RefundState.FAILED, "lost_or_stolen_card")
    assert gateway.refund(paid.payment_id, Decimal("316.50"), "refund-2").state == "pending"


def test_refund_that_was_done_can_fail_later(gateway, card_provider, paid):
    refund = gateway.refund(paid.payment_id, Decimal("10.00"), "refund-1")

    card_provider.end_refund(refund.refund_id, failed=True)

    assert (refund.state, gateway.refund_status(refund.refund_id).state) == ("done", "failed")


def test_unknown_ids_are_refused(gateway):
    for ask in (gateway.status, gateway.expire, gateway.refund_status):
        with pytest.raises(base.GatewayRefused, match="does not know"):
            ask("cs_test_unknown")
    with pytest.raises(base.GatewayRefused, match="does not know"):
        gateway.refund("pi_unknown", Decimal("1.00"), "refund-1")


def test_movements_tell_every_payment_and_refund_once(gateway, card_provider):
    before = datetime.now(UTC)
    paid = []
    for number in range(12):
        session = gateway.start(charge_request(key=f"attempt-{number}"))
        if number % 4:
            card_provider.pay(session.session_id)
            paid.append(gateway.status(session.session_id))
    refund = gateway.refund(paid[0].payment_id, Decimal("5.00"), "refund-1")

    assert list(gateway.movements(before)) == [*reversed(paid), refund]
    assert list(gateway.movements(datetime.now(UTC) + timedelta(seconds=2))) == []


def test_movements_go_over_pages(gateway, card_provider, paid):
    for number in range(101):
        gateway.refund(paid.payment_id, Decimal("0.01"), f"refund-{number}")

    refunds = [row for row in gateway.movements(paid.paid_at) if isinstance(row, base.RefundStatus)]

    assert sorted(row.metadata["key"] for row in refunds) == sorted(f"refund-{n}" for n in range(101))


@pytest.mark.parametrize("kind", ["500", "503", "429"])
def test_provider_that_is_down_is_asked_again_later(gateway, card_provider, kind):
    card_provider.break_next(2, kind)
    with pytest.raises(base.GatewayDown) as down:
        gateway.start(charge_request())
    card_provider.mend()

    assert "try again" in str(down.value)
    assert gateway.start(charge_request()).state == "open"
    assert len(card_provider.state()["sessions"]) == 1


def test_provider_that_hangs_is_left_in_time(quick_gateway, card_provider):
    card_provider.break_next(2, "hang")
    before = datetime.now(UTC)

    with pytest.raises(base.GatewayDown):
        quick_gateway.start(charge_request())

    assert datetime.now(UTC) - before < timedelta(seconds=5)


def test_nobody_listening_is_down(gateway, card_provider):
    card_provider.stop()

    with pytest.raises(base.GatewayDown):
        gateway.status("cs_test_x")


def test_wrong_key_is_down_and_refuses_nothing_for_good(card_provider, settings):
    settings.STRIPE_SECRET_KEY = "sk_test_wrong"

    with pytest.raises(base.GatewayDown):
        gateways.get("stripe").start(charge_request())


def test_lost_answer_costs_nothing(gateway, card_provider):
    request = charge_request()
    card_provider.break_next(2, "lost")

    with pytest.raises(base.GatewayDown):
        gateway.start(request)
    session = gateway.start(request)

    assert list(card_provider.state()["sessions"]) == [session.session_id]


def test_sdk_repeats_a_refund_whose_answer_was_lost(gateway, card_provider, paid):
    card_provider.break_next(1, "lost", "refunds")

    refund = gateway.refund(paid.payment_id, Decimal("10.00"), "refund-1")

    assert list(card_provider.state()["refunds"]) == [refund.refund_id]

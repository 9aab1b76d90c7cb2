"""Notices of Stripe: signed ones are read, and everything else is refused."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from card_provider import charge_request

from bookings import gateways
from bookings.gateways import base
from bookings.gateways.base import NoticeKind

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


def test_signed_notices_are_read(gateway, card_provider, paid):
    refund = gateway.refund(paid.payment_id, Decimal("10.00"), "refund-1")
    card_provider.end_refund(refund.refund_id, failed=True)

    notices = [gateway.read_webhook(*card_provider.signed(event_id)) for event_id in card_provider.events()]

    assert [notice.name for notice in notices] == [
        "checkout.session.completed",
        "refund.created",
        "refund.failed",
        "refund.updated",
    ]
    assert [notice.kind for notice in notices] == [NoticeKind.SESSION] + [NoticeKind.REFUND] * 3
    assert (notices[0].session_id, notices[0].payment_id) == (paid.session_id, paid.payment_id)
    assert (notices[1].refund_id, notices[1].payment_id) == (refund.refund_id, paid.payment_id)
    assert notices[0].event_id == card_provider.events()[0]


def test_notice_about_something_else_names_the_payment(gateway, card_provider):
    session = gateway.start(charge_request())
    card_provider.decline(session.session_id)
    (event_id,) = card_provider.events()

    notice = gateway.read_webhook(*card_provider.signed(event_id))

    assert (notice.kind, notice.session_id) == (NoticeKind.OTHER, "")
    assert notice.payment_id.startswith("pi_")


def test_notice_of_three_days_ago_that_is_signed_anew_is_read(gateway, card_provider, paid):
    (event_id,) = card_provider.events()

    notice = gateway.read_webhook(*card_provider.signed(event_id, hours_late=72))

    assert datetime.now(UTC) - notice.created > timedelta(hours=71)


def test_wrong_signatures_are_refused(gateway, card_provider, paid):
    (event_id,) = card_provider.events()
    body, headers = card_provider.signed(event_id)
    old = card_provider.signed(event_id, signed_ago=301)
    right = headers["Stripe-Signature"]

    for bad in (
        "",
        "nonsense",
        "t=1",
        right[:-1] + "ñ",
        right.replace("t=", "t=1"),
        right.replace("v1", "v0"),
    ):
        with pytest.raises(base.BadSignature):
            gateway.read_webhook(body, {"Stripe-Signature": bad})
    for letter in (old, (body, {}), (body + b" ", headers), (b"\xff", headers)):
        with pytest.raises(base.BadSignature):
            gateway.read_webhook(*letter)


def test_webhook_secret_of_another_is_refused(gateway, card_provider, paid, settings):
    (event_id,) = card_provider.events()
    settings.STRIPE_WEBHOOK_SECRET = "whsec_other"

    with pytest.raises(base.BadSignature):
        gateways.get("stripe").read_webhook(*card_provider.signed(event_id))


@pytest.mark.parametrize("told", [b"", b"[]", b"{}", b"not json", json.dumps({"id": "evt_1"}).encode()])
def test_signed_nonsense_is_a_bad_notice(gateway, told):
    import stripe

    header = stripe.WebhookSignature.generate_signature_header(told.decode(), gateway.webhook_secret)

    with pytest.raises(base.BadNotice):
        gateway.read_webhook(told, {"Stripe-Signature": header})

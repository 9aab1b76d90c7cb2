"""Notices of the card provider in any order, twice, at once, late or lost: the same state in the end."""

from decimal import Decimal
from itertools import permutations

import factories
import promises
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from threads import at_once

from bookings import charging, lifecycle
from bookings.models import Booking, PaymentAttempt, ProviderNotice, Receipt

pytestmark = pytest.mark.django_db
OFFICE = lifecycle.office()


@pytest.fixture
def news(card_provider):
    """The ids of what happened at the provider and was not told: paid, closed, gone back, and around them.

    One booking of one: its deposit was paid by card and more came, which is on its way back; then the
    balance was paid on a second page, while a third one was closed.
    """
    booking = factories.placed(party_size=1, method="card")
    first = charging.start(booking, Decimal(150))
    card_provider.pay(first.session)
    charging.ask(first)
    factories.pay(booking, "490.00")
    card_provider.make_refunds_wait()
    lifecycle.approve_refund(booking.refunds.get().pk, by=OFFICE)
    charging.send_refunds()
    factories.pay(booking, "-440.00")
    known = set(card_provider.events())
    second, third = charging.start(booking, Decimal(100)), charging.start(booking, Decimal(50))
    card_provider.expire(third.session)
    card_provider.end_refund(booking.refunds.get(state="sending").provider_reference)
    card_provider.pay(second.session)
    return [event for event in card_provider.events() if event not in known]


def tell(card_provider, event, **how):
    """Send one event; the status of the answer."""
    body, headers = card_provider.signed(event, **how)
    headers = {name: value for name, value in headers.items() if name != "Content-Type"}
    path = reverse("stripe_webhook")
    return Client().post(path, body, content_type="application/json", headers=headers).status_code


def state():
    """All that the notices can change, without numbers and times."""
    booking = Booking.objects.get()
    return {
        "status": booking.status,
        "attempts": sorted(PaymentAttempt.objects.values_list("amount", "state")),
        "payments": sorted(booking.payments.values_list("amount", "provider")),
        "refunds": sorted(booking.refunds.values_list("amount", "state")),
        "receipts": Receipt.objects.count(),
        "events": sorted(factories.kinds(booking)),
        "told": sorted(factories.told(booking)),
        "broken": promises.broken(),
    }


def after(*steps):
    """The state after these steps, which are undone again."""
    with transaction.atomic():
        for step in steps:
            step()
        found = state()
        transaction.set_rollback(True)
    return found


def heard(card_provider, events, **how):
    return [lambda event=event: tell(card_provider, event, **how) for event in events]


def test_every_order_of_the_notices_ends_in_the_same_state(card_provider, news):
    found = [after(*heard(card_provider, order)) for order in permutations(news)]

    assert len(news) >= 3
    assert all(one == found[0] for one in found)
    assert found[0]["attempts"] == [(50, "expired"), (100, "paid"), (150, "paid")]
    assert (Decimal(-50), "stripe") in found[0]["payments"]
    assert found[0]["broken"] == {}


def test_notices_told_twice_and_backwards_change_nothing_more(card_provider, news):
    once = after(*heard(card_provider, news))

    twice = after(*heard(card_provider, [*news, *reversed(news), *news]))

    assert once == twice


def test_notices_three_days_late_end_in_the_same_state(card_provider, news):
    assert after(*heard(card_provider, news, hours_late=72)) == after(*heard(card_provider, news))


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_lost_notices_cost_nothing_once_the_provider_is_asked(card_provider, news, lost):
    told = after(*heard(card_provider, news), charging.reconcile, charging.send_refunds)
    some = [event for number, event in enumerate(news) if number % 3 != lost]

    assert after(charging.reconcile, charging.send_refunds) == told
    assert after(*heard(card_provider, some), charging.reconcile, charging.send_refunds) == told
    assert after(charging.reconcile, charging.send_refunds, *heard(card_provider, news)) == told


def test_who_comes_back_from_the_page_needs_no_notice(card_provider, news, client):
    booking = Booking.objects.get()

    client.get(reverse("booking_paid", args=[booking.key]))

    assert sorted(booking.attempts.values_list("amount", "state"))[1:] == [(100, "paid"), (150, "paid")]
    assert factories.reloaded(booking).attempts.filter(state="open").count() == 0


def test_notice_is_kept_first_and_dealt_with_later_where_the_provider_does_not_answer(card_provider, news):
    before = state()
    card_provider.break_next(2 * len(news), "500")
    for event in news:
        assert tell(card_provider, event) == 200
    assert state() == before
    card_provider.mend()

    charging.handle_notices()

    assert ProviderNotice.objects.filter(handled_at=None).count() == 0
    assert sorted(PaymentAttempt.objects.values_list("state", flat=True)) == ["expired", "paid", "paid"]


def test_notice_that_nobody_signed_is_refused_and_not_kept(card_provider, news):
    assert tell(card_provider, news[0], signed_ago=3600) == 400
    assert not ProviderNotice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_each_notice_three_times_at_once_ends_in_the_same_state(card_provider, news):
    jobs = [lambda event=event: tell(card_provider, event) for event in news for _copy in range(3)]

    statuses = at_once(jobs)
    charging.handle_notices()

    assert set(statuses) == {200}
    found = state()
    assert found["attempts"] == [(50, "expired"), (100, "paid"), (150, "paid")]
    assert found["events"].count("refunded") == 1
    assert found["told"].count("payment_received") == 2
    assert found["broken"] == {}

"""The provider's book beside ours: what differs is told, what is only on its way is not."""

from datetime import timedelta
from decimal import Decimal

import factories
import pytest
from django.utils import timezone

from bookings import charging, lifecycle, provider_book
from bookings.models import Payment, Refund
from tests.test_check_money import sql

pytestmark = pytest.mark.django_db
OFFICE = lifecycle.office()


def told():
    """What the daily check says."""
    return provider_book.differences(timezone.now() - timedelta(days=30))


def age(card_provider, minutes=20):
    """Everything at the provider and every payment of ours happened so much earlier."""
    books = card_provider.books
    for shelf in (books.sessions, books.charges, books.refunds):
        for row in shelf.values():
            row["created"] -= minutes * 60
    if Payment.objects.exists():
        sql("UPDATE bookings_payment SET recorded_at = recorded_at - %s * interval '1 minute'", minutes)


@pytest.fixture
def attempt(card_provider):
    """A card payment of 490 that was paid at the provider and is not in our book yet."""
    attempt = charging.start(factories.placed(party_size=1, method="card"), Decimal(490))
    card_provider.pay(attempt.session)
    return attempt


def approved(attempt):
    """A refund of that payment that the office let go."""
    charging.ask(attempt)
    lifecycle.cancel(attempt.booking_id)
    return lifecycle.approve_refund(Refund.objects.get().pk, by=OFFICE)


def test_books_that_agree_say_nothing(card_provider, attempt):
    approved(attempt)
    charging.send_refunds()
    age(card_provider)

    assert told() == []


def test_payment_that_is_not_written_down_is_told_once_it_is_no_news(card_provider, attempt):
    assert told() == []

    age(card_provider)

    assert attempt.booking.reference in told()[0]
    assert len(told()) == 1


def test_payment_written_down_while_the_list_was_read_is_no_difference(card_provider, attempt):
    charging.ask(attempt)
    card_provider.books.sessions.clear()

    assert told() == []
    age(card_provider)
    assert "the provider's list has not" in told()[0]


def test_refund_on_its_way_is_known_by_its_key(card_provider, attempt):
    refund = approved(attempt)
    card_provider.break_next(2, "lost", "refunds")
    charging.send_refunds()
    age(card_provider)
    assert factories.reloaded(refund).provider_reference == ""

    assert told() == []

    factories.raw(Refund, refund, state="dropped")
    assert "we have not written it down" in told()[0]


def test_refund_that_failed_at_the_provider_is_told_where_ours_is_done_only(card_provider, attempt):
    refund = approved(attempt)
    charging.send_refunds()
    card_provider.end_refund(factories.reloaded(refund).provider_reference, failed=True)
    age(card_provider)
    assert "we have it as done" in told()[0]

    charging.ask_about_gone(timedelta(days=30))

    assert told() == []

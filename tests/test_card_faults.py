"""The provider away for hours, answers nobody can read, refunds that fail late or were sent long ago."""

from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal

import factories
import pytest
from django.db import connection

from bookings import charging, lifecycle, prices, seats
from bookings.management.commands import work
from bookings.models import PaymentAttempt, ProviderNotice, Refund

pytestmark = pytest.mark.django_db
OFFICE = lifecycle.office()


def paid_by_card(card_provider, amount="490", **options):
    """A booking of one whose card payment came."""
    booking = factories.placed(party_size=1, method="card", **options)
    attempt = charging.start(booking, Decimal(amount))
    card_provider.pay(attempt.session)
    charging.ask(attempt)
    return factories.reloaded(booking)


def approved(card_provider, amount="490"):
    """A refund of a cancelled booking that the office let go; the booking keeps 150."""
    booking = paid_by_card(card_provider, amount)
    lifecycle.cancel(booking.pk)
    return lifecycle.approve_refund(booking.refunds.get().pk, by=OFFICE)


def noted(about, **fields):
    """A notice that waits."""
    event = f"evt_{ProviderNotice.objects.count()}"
    return ProviderNotice.objects.create(
        gateway="stripe", event=event, kind="x", about=about, body="{}", **fields
    )


def decided_hours_ago(refund, hours):
    factories.raw(Refund, refund, decided_at=seats.clock() - timedelta(hours=hours))


def unreadable(card_provider, shelf, key):
    """From now on the provider's answer about this lacks what we need of it."""
    row = getattr(card_provider.books, shelf)[key]
    row["payment_status" if shelf == "sessions" else "status"] = row.pop("currency")


def test_hours_without_an_answer_abandon_no_notice(card_provider):
    booking = factories.placed(method="card")
    attempt = charging.start(booking, Decimal(300))
    card_provider.pay(attempt.session)
    notice = noted(attempt.session, attempts=charging.NOTICE_ATTEMPTS - 1)
    card_provider.break_next(6, "503")

    for _ in range(3):
        assert charging.handle_notices() == 0
    card_provider.mend()

    assert factories.reloaded(notice).last_error.startswith("GatewayDown")
    assert charging.handle_notices() == 1
    assert prices.paid(booking) == 300


def test_notice_that_names_nothing_asks_about_nothing(card_provider):
    approved(card_provider)
    notice = noted("")

    assert charging.handle(notice)
    assert notice.attempts == 0


def test_unreadable_answer_holds_up_no_other_row_and_no_other_job(card_provider):
    bad = charging.start(factories.placed(method="card"), Decimal(300))
    good = charging.start(factories.placed(method="card"), Decimal(300))
    card_provider.pay(good.session)
    unreadable(card_provider, "sessions", bad.session)
    first, second = noted(bad.session), noted(good.session)

    assert charging.handle_notices() == 1
    assert (factories.reloaded(first).attempts, factories.reloaded(second).attempts) == (1, 0)
    assert "KeyError" in factories.reloaded(first).last_error
    assert charging.reconcile() == 0
    assert [row.state for row in PaymentAttempt.objects.order_by("pk")] == ["open", "paid"]


def test_refund_with_an_unreadable_answer_holds_up_no_other(card_provider):
    card_provider.make_refunds_wait()
    bad, good = approved(card_provider), approved(card_provider)
    assert charging.send_refunds() == 2
    for refund in (bad, good):
        card_provider.end_refund(factories.reloaded(refund).provider_reference)
    unreadable(card_provider, "refunds", factories.reloaded(bad).provider_reference)

    assert charging.send_refunds() == 1
    assert (factories.reloaded(bad).state, factories.reloaded(good).state) == ("sending", "done")


@contextmanager
def away(table):
    """Nobody finds this table while the block lasts."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO away")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE away RENAME TO {table}")


@pytest.mark.django_db(transaction=True)
def test_job_that_fails_leaves_the_other_jobs_their_turn(card_provider):
    refund = approved(card_provider)

    with away("bookings_providernotice"):
        work.work_once()

    assert factories.reloaded(refund).state == "done"


def test_refund_that_failed_after_it_was_done_is_heard_of_without_a_notice(card_provider):
    refund = approved(card_provider)
    charging.send_refunds()
    booking = factories.reloaded(refund.booking)
    assert (prices.paid(booking), charging.ask_about_gone(timedelta(days=30))) == (150, 1)
    assert factories.reloaded(refund).state == "done"
    card_provider.end_refund(factories.reloaded(refund).provider_reference, failed=True)

    factories.raw(Refund, refund, done_at=seats.clock() - timedelta(days=31))
    assert charging.ask_about_gone(timedelta(days=30)) == 0
    factories.raw(Refund, refund, done_at=seats.clock() - timedelta(days=29))
    assert charging.ask_about_gone(timedelta(days=30)) == 1

    assert factories.reloaded(refund).state == "failed"
    assert prices.paid(booking) == 490
    assert "office_refund_failed" in factories.told(booking, office=True)


def test_refund_paid_back_by_hand_is_not_asked_about(card_provider):
    booking = paid_by_card(card_provider)
    lifecycle.cancel(booking.pk)
    lifecycle.pay_back_by_hand(booking.refunds.get().pk, by=OFFICE, provider="cash", reference="K 1")

    assert charging.ask_about_gone(timedelta(days=30)) == 0


def test_no_to_a_mere_question_is_no_failure_of_the_refund(card_provider):
    card_provider.make_refunds_wait()
    refund = approved(card_provider)
    charging.send_refunds()
    known = card_provider.books.refunds.pop(factories.reloaded(refund).provider_reference)

    assert charging.send_refunds() == 0
    assert factories.reloaded(refund).state == "sending"

    card_provider.books.refunds[known["id"]] = known
    card_provider.end_refund(known["id"])
    assert charging.send_refunds() == 1
    assert factories.reloaded(refund).state == "done"


def test_no_to_the_sending_is_a_failure(card_provider):
    refund = approved(card_provider)
    factories.raw(Refund, refund, amount=Decimal(9999))

    charging.send_refunds()

    assert factories.reloaded(refund).state == "failed"


@pytest.mark.parametrize("hours", [1, 30])
def test_refund_whose_answer_was_lost_goes_once_however_late_it_is_tried_again(card_provider, hours):
    refund = approved(card_provider, "340")
    card_provider.break_next(2, "lost", "refunds")
    assert charging.send_refunds() == 0
    decided_hours_ago(refund, hours)
    card_provider.age_keys(hours)

    assert charging.send_refunds() == 1

    assert factories.reloaded(refund).state == "done"
    assert len(card_provider.state()["refunds"]) == 1


def test_refund_that_was_never_sent_goes_also_after_days(card_provider):
    refund = approved(card_provider)
    decided_hours_ago(refund, 72)

    assert charging.send_refunds() == 1
    assert factories.reloaded(refund).state == "done"

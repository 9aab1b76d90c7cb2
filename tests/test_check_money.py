"""Money that does not add up is found, each kind of it; a database made by the verbs has none."""

from datetime import timedelta

import promises
import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from bookings import lifecycle, money_check
from bookings.management.commands import work
from bookings.models import OutboxMessage
from tests import factories, factories_money

pytestmark = pytest.mark.django_db
OFFICE = lifecycle.office()


def paid_with(booking, attempt):
    """A card payment as it is after the provider said so."""
    return lifecycle.note_paid(attempt.pk, charged=attempt.charged, reference=f"pi_{attempt.pk}")


@pytest.fixture
def books(settings):
    """Bookings with every kind of money: paid, paid back, reversed, by card, cancelled alone and whole."""
    settings.STRIPE_SECRET_KEY = ""
    booking = factories.confirmed(party_size=3)
    factories.pay(booking, "1320")
    lifecycle.cancel_traveler(booking.pk, 3, by=OFFICE)
    lifecycle.pay_back_by_hand(booking.refunds.get().pk, by=OFFICE, provider="cash")
    card = factories.placed(method="card")
    attempt = lifecycle.start_card(card.pk, card.due_now, "stripe")
    paid_with(card, attempt)
    wrong, right = factories.placed(), factories.placed()
    moved = factories.pay(wrong, "300")
    lifecycle.move_payment(moved.pk, right.pk, by=OFFICE, reason="Typed wrongly")
    lifecycle.cancel(right.pk, by=OFFICE)
    factories_money.make_promotion(limit=2)
    lifecycle.use_promotion(factories.held().pk, "PUNA")
    return {"booking": booking, "card": card, "attempt": attempt, "wrong": wrong, "right": right}


def sql(statement, *values):
    """SQL past every trigger and foreign key, as nobody but a superuser by hand can write it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement, values)
        assert cursor.rowcount > 0
        cursor.execute("SET session_replication_role = DEFAULT")


def test_books_made_by_the_verbs_add_up(books):
    assert money_check.inner() == []


# Name of the check: what breaks it, and a booking to name in it (%s), or none.
BREAKS = {
    "totals": ("UPDATE bookings_priceline SET unit_amount = -1 WHERE booking_id = %s", "wrong"),
    "paid": ("UPDATE bookings_payment SET amount = -300 WHERE amount > 0 AND booking_id = %s", "right"),
    "due": ("UPDATE bookings_booking SET due_now = 9999 WHERE id = %s", "wrong"),
    "deposits": ("UPDATE bookings_pricelist SET deposit = price + 1", None),
    "confirmed": ("UPDATE bookings_payment SET amount = 1 WHERE booking_id = %s", "card"),
    "received": ("UPDATE bookings_payment SET surcharge = 1 WHERE booking_id = %s", "card"),
    "receipts": (
        "DELETE FROM bookings_receipt WHERE payment_id IN"
        " (SELECT id FROM bookings_payment WHERE booking_id = %s)",
        "card",
    ),
    "numbers": ("UPDATE bookings_receipt SET number = 99 WHERE number = 2", None),
    "reversals": ("UPDATE bookings_receipt SET reverses_id = NULL WHERE reverses_id IS NOT NULL", None),
    "paid back": ("UPDATE bookings_payment SET amount = amount - 1 WHERE pays_back_id IS NOT NULL", None),
    "refunds": ("UPDATE bookings_refund SET amount = amount + 1 WHERE state = 'done'", None),
    "going back": (
        "UPDATE bookings_refund SET state = 'proposed', amount = 9999 WHERE booking_id = %s",
        "booking",
    ),
    "surcharges": ("UPDATE bookings_payment SET surcharge = -1 WHERE booking_id = %s", "card"),
    "cards": ("UPDATE bookings_paymentattempt SET state = 'expired' WHERE booking_id = %s", "card"),
    "kept": ("UPDATE bookings_cancellation SET kept = paid + 1 WHERE booking_id = %s", "right"),
    "charges": (
        "UPDATE bookings_priceline SET unit_amount = 1 WHERE kind = 'charge' AND booking_id = %s",
        "booking",
    ),
    "promotions": ('UPDATE bookings_promotion SET "limit" = 0', None),
}


@pytest.mark.parametrize("name", money_check.CHECKS)
def test_each_kind_of_difference_is_found_and_told(books, name):
    statement, booking = BREAKS[name]
    reference = books[booking].reference if booking else ""

    sql(statement, *([books[booking].pk] if booking else []))

    found = money_check.broken(name)
    assert found
    assert "%(" not in found[0]
    if name not in {"numbers", "deposits", "paid back", "reversals", "promotions"}:
        assert reference in found[0]


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("numbers", "UPDATE bookings_numberseries SET last = last + 1"),
        ("numbers", "DELETE FROM bookings_receipt WHERE number = 1"),
        ("cards", "UPDATE bookings_paymentattempt SET key = gen_random_uuid()"),
        (
            "paid back",
            "UPDATE bookings_refund SET state = 'sending', amount = 999, payment_id ="
            " (SELECT max(id) FROM bookings_payment WHERE amount > 0)",
        ),
        ("surcharges", "UPDATE bookings_refund SET state = 'sending', surcharge = 1"),
        (
            "surcharges",
            "UPDATE bookings_payment SET surcharge = CASE amount WHEN -440 THEN -1 WHEN 450 THEN 1 ELSE 0"
            " END",
        ),
        ("charges", "DELETE FROM bookings_cancellation WHERE traveler_id IS NOT NULL"),
        (
            "promotions",
            "UPDATE bookings_booking SET promotion_id = (SELECT id FROM bookings_promotion)",
        ),
        ("refunds", "UPDATE bookings_refund SET state = 'dropped'"),
        ("refunds", "UPDATE bookings_payment SET submission = gen_random_uuid() WHERE amount < 0"),
    ],
)
def test_the_other_side_of_a_difference_is_found_too(books, name, statement):
    sql(statement)

    assert money_check.broken(name)


def test_walks_and_faults_look_at_the_money_too(books):
    assert promises.broken() == {}
    sql("UPDATE bookings_payment SET surcharge = 1 WHERE booking_id = %s", books["card"].pk)

    assert len(promises.broken()["the money adds up"]) == 1


def test_more_due_after_a_traveler_cancelled_is_no_difference(books):
    booking = factories.confirmed(factories.make_departure(starts_in=40), 2)
    factories.raw(
        type(booking), booking, due_now=300, balance_due_on=timezone.localdate() - timedelta(days=1)
    )

    lifecycle.cancel_traveler(booking.pk, 2, by=OFFICE)

    assert money_check.inner() == []


def test_command_tells_where_and_exits_with_one(books, capsys):
    call_command("check_money")
    assert "The money adds up" in capsys.readouterr().out
    call_command("check_money", quiet=True)
    assert capsys.readouterr().out == ""
    sql("UPDATE bookings_booking SET due_now = 9999 WHERE id = %s", books["wrong"].pk)

    with pytest.raises(SystemExit) as ended:
        call_command("check_money", quiet=True)

    assert ended.value.code == 1
    assert books["wrong"].reference in capsys.readouterr().out


def test_worker_tells_the_office_once_a_day(books):
    work.check_money()
    assert not OutboxMessage.objects.filter(kind="office_money_differs").exists()
    sql("UPDATE bookings_booking SET due_now = 9999 WHERE id = %s", books["wrong"].pk)

    work.check_money(), work.check_money()

    message = OutboxMessage.objects.get(kind="office_money_differs")
    assert books["wrong"].reference in message.text


def test_silent_provider_is_said_and_no_difference(books, card_provider, capsys):
    card_provider.break_next(4, "503")

    call_command("check_money")

    assert "does not answer" in capsys.readouterr().out


def test_payment_that_the_provider_does_not_know_is_told(books, card_provider, capsys):
    sql("UPDATE bookings_payment SET recorded_at = recorded_at - interval '16 minutes'")

    with pytest.raises(SystemExit):
        call_command("check_money")

    assert "the provider's list has not" in capsys.readouterr().out

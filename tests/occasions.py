"""Each kind of message with what makes it be written; the contact has a name that must not be escaped."""

from bookings import emails, lifecycle, prices
from bookings.models import OutboxMessage
from tests.factories import CONTACT, filled, held, lapse, make_departure, pay
from tests.factories_money import pay_by_card

O_BRIEN = "Ana O'Brien & <Söhne>"


def named(departure=None, **options):
    """A hold whose contact has a name that must not be escaped in a text."""
    booking = filled(held(departure, **options))
    return lifecycle.set_contact(booking.pk, CONTACT | {"contact_name": O_BRIEN})


def to_pending(departure=None):
    return lifecycle.place(named(departure).pk, "transfer", "2026-11-01")


def make_link():
    lifecycle.send_link(named().pk)


def make_placed():
    to_pending()


def make_deposit_received():
    booking = to_pending()
    pay(booking, booking.due_now)


def make_lapse_reminder():
    emails.lapse_reminder(to_pending())


def make_late_money():
    departure = make_departure(capacity=2)
    booking = lapse(to_pending(departure))
    held(departure, 2)
    pay(booking, booking.due_now)


def make_cancelled():
    lifecycle.cancel(to_pending().pk, by=lifecycle.office(), reason="Too much snow")


def make_dates_changed():
    booking = to_pending()
    emails.dates_changed(booking, booking.departure.start_date)


def make_reinstated():
    booking = to_pending()
    lifecycle.cancel(booking.pk)
    lifecycle.reinstate(booking.pk, by=lifecycle.office())


def make_transfer_announced():
    lifecycle.announce_transfer(to_pending().pk, "BCP 77")


def make_failed_message():
    make_placed()
    emails.office_failed_message(OutboxMessage.objects.get(kind="placed"))


def to_confirmed(**options):
    booking = lifecycle.place(named(**options).pk, "card", "2026-11-01")
    pay_by_card(booking, booking.due_now)
    return booking


def make_payment_received():
    pay(to_confirmed(), "50.00")


def make_balance_reminder():
    emails.balance_reminder(to_confirmed(), 7)


def make_traveler_cancelled():
    lifecycle.cancel_traveler(to_confirmed(party_size=2).pk, 2, reason="Ill")


def make_pay_link():
    lifecycle.make_pay_link(to_confirmed().pk, 1, 100)


def refund_of_an_overpayment():
    booking = to_confirmed()
    pay_by_card(booking, prices.total(booking) - booking.due_now)
    pay(booking, "50.00")
    return lifecycle.approve_refund(booking.refunds.get().pk, by=lifecycle.office())


def make_refunded():
    lifecycle.note_refund(refund_of_an_overpayment().pk, reference="re_1", is_done=True)


def make_refund_failed():
    lifecycle.note_refund(refund_of_an_overpayment().pk, error="The card is closed.")


def make_money_differs():
    emails.office_money_differs("2026-11-25", ["Of pi_1 the provider has 10 USD, we have 9."])


OCCASIONS = {
    "link": make_link,
    "placed": make_placed,
    "deposit_received": make_deposit_received,
    "lapse_reminder": make_lapse_reminder,
    "late_money": make_late_money,
    "cancelled": make_cancelled,
    "dates_changed": make_dates_changed,
    "reinstated": make_reinstated,
    "office_new_booking": make_placed,
    "office_transfer_announced": make_transfer_announced,
    "office_late_money": make_late_money,
    "office_cancelled": make_cancelled,
    "office_failed_message": make_failed_message,
    "payment_received": make_payment_received,
    "balance_reminder": make_balance_reminder,
    "traveler_cancelled": make_traveler_cancelled,
    "pay_link": make_pay_link,
    "refunded": make_refunded,
    "office_traveler_cancelled": make_traveler_cancelled,
    "office_refund_proposed": refund_of_an_overpayment,
    "office_refund_failed": make_refund_failed,
    "office_money_differs": make_money_differs,
}

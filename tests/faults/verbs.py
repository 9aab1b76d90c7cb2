"""Every verb: what is there before it, and how it is called over HTTP."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import factories
import factories_money

from bookings import lifecycle

OFFICE = {"by": "office"}
TERMS = "2026-11-01"


def on(make, **options):
    """A departure with a shared extra and a booking in some state."""

    def prepared():
        trek = factories.make_trek()
        factories.make_extra(trek, stock=9)
        departure = factories.make_departure(trek)
        return departure, make(departure, **options) if make else None

    return prepared


def lapsed(departure):
    return factories.lapse(factories.filled(factories.held(departure)))


def cancelled(departure):
    return lifecycle.cancel(factories.confirmed(departure).pk)


def filled(departure):
    return factories.filled(factories.held(departure))


def extras_of(departure):
    return {offer.extra.slug: 2 for offer in departure.trek.offered_extras.all()}


def later(departure, days):
    return {"start_date": departure.start_date + days, "end_date": departure.end_date + days}


def paid_by_card(departure):
    """More than the price, so that a refund through the card is proposed."""
    booking = factories.placed(departure)
    factories_money.pay_by_card(booking, "1180.00")
    factories.pay(booking, "50.00")
    return booking


def approved(departure):
    booking = paid_by_card(departure)
    lifecycle.approve_refund(booking.refunds.get().pk, by=lifecycle.office())
    return booking


def card_started(departure):
    booking = factories.placed(departure, method="card")
    factories_money.start_card(booking, "300.00", surcharge=Decimal(15))
    return booking


def with_a_link(departure):
    booking = factories.placed(departure)
    lifecycle.make_pay_link(booking.pk, 2, Decimal(100))
    return booking


def with_a_boleta(departure):
    booking = factories.confirmed(departure)
    payment = booking.payments.get()
    lifecycle.enter_tax_document(
        payment.pk, by=lifecycle.office(), kind="boleta", number=f"B001-{booking.pk}"
    )
    return booking


def beside_another(departure):
    factories.placed(departure)
    return factories.confirmed(departure)


def other_of(booking):
    return booking.departure.bookings.exclude(pk=booking.pk).get()


def code_for(departure):
    return factories_money.make_promotion(f"CODE{departure.pk}", limit=1).code


PEOPLE = [{key: str(value) for key, value in person.items() if value} for person in factories.people(2)]
# Done again, nothing changes.
ONCE = {
    "hold": (on(None), lambda d, b: ([d.pk, 2, uuid4()], {})),
    "place": (on(filled), lambda d, b: ([b.pk, "transfer", TERMS], {})),
    "record_payment": (
        on(factories.placed),
        lambda d, b: ([b.pk, uuid4()], {**OFFICE, "amount": "300.00", "provider": "cash"}),
    ),
    "cancel": (on(factories.confirmed), lambda d, b: ([b.pk], {})),
    "resize": (on(factories.held), lambda d, b: ([b.pk, 3], {})),
    "resume": (on(lapsed), lambda d, b: ([b.pk], {})),
    "save_draft": (on(factories.held), lambda d, b: ([b.pk, "lead", {"contact_name": "A"}], {})),
    "set_contact": (on(factories.held), lambda d, b: ([b.pk, factories.CONTACT], {})),
    "set_travelers": (on(factories.held), lambda d, b: ([b.pk, PEOPLE], {})),
    "choose_extras": (on(factories.held), lambda d, b: ([b.pk, extras_of(d)], {})),
    "announce_transfer": (on(factories.placed), lambda d, b: ([b.pk, "OP 1"], {})),
    "reinstate": (on(cancelled), lambda d, b: ([b.pk], OFFICE)),
    "send_link": (on(filled), lambda d, b: ([b.pk], {})),
    "send_placed": (on(factories.placed), lambda d, b: ([b.pk], {**OFFICE, "again": "2"})),
    "change_capacity": (on(factories.held), lambda d, b: ([d.pk, 9], {})),
    "change_dates": (on(factories.placed), lambda d, b: ([d.pk], later(d, timedelta(days=7)))),
    "change_status": (on(factories.held), lambda d, b: ([d.pk, "closed"], {})),
    "cancel_departure": (on(factories.confirmed), lambda d, b: ([d.pk], OFFICE)),
    "use_promotion": (on(factories.held), lambda d, b: ([b.pk, code_for(d)], {})),
    "cancel_traveler": (on(factories.confirmed), lambda d, b: ([b.pk, 2], {})),
    "start_card": (on(factories.placed), lambda d, b: ([b.pk], {"amount": "300.00", "gateway": "stripe"})),
    "note_session": (
        on(card_started),
        lambda d, b: ([b.attempts.get().pk, f"cs_again_{b.pk}", "https://pay.example/"], {}),
    ),
    "note_paid": (
        on(card_started),
        lambda d, b: ([b.attempts.get().pk], {"charged": "315.00", "reference": f"pi_{b.pk}"}),
    ),
    "note_unpaid": (on(card_started), lambda d, b: ([b.attempts.get().pk], {"is_over": True})),
    "approve_refund": (on(paid_by_card), lambda d, b: ([b.refunds.get().pk], OFFICE)),
    "pay_back_by_hand": (
        on(paid_by_card),
        lambda d, b: ([b.refunds.get().pk], {**OFFICE, "provider": "cash"}),
    ),
    "drop_refund": (on(paid_by_card), lambda d, b: ([b.refunds.get().pk], {**OFFICE, "reason": "No"})),
    "note_refund": (
        on(approved),
        lambda d, b: ([b.refunds.get().pk], {"reference": f"re_{b.pk}", "is_done": True}),
    ),
    "move_payment": (
        on(beside_another),
        lambda d, b: ([b.payments.get().pk, other_of(b).pk], {**OFFICE, "reason": "Wrong"}),
    ),
    "make_pay_link": (on(factories.placed), lambda d, b: ([b.pk, 2], {"amount": "100.00"})),
    "revoke_pay_link": (on(with_a_link), lambda d, b: ([b.pk, b.pay_links.get().pk], {})),
    "enter_tax_document": (
        on(factories.confirmed),
        lambda d, b: ([b.payments.get().pk], {**OFFICE, "kind": "boleta", "number": f"B001-{b.pk}"}),
    ),
    "void_tax_document": (
        on(with_a_boleta),
        lambda d, b: ([b.payments.get().tax_documents.get().pk], {**OFFICE, "reason": "Typed wrongly"}),
    ),
}
# These may well be done twice.
OFTEN = {
    "enter_cost": (
        on(factories.confirmed),
        lambda d, b: ([b.pk], {**OFFICE, "amount": "62.00", "reason": "Ticket", "number": 1}),
    ),
    "extend": (on(factories.held), lambda d, b: ([b.pk], {})),
    "extend_until": (
        on(factories.placed),
        lambda d, b: ([b.pk], {**OFFICE, "day": d.start_date - timedelta(days=20)}),
    ),
    "replace_key": (on(factories.placed), lambda d, b: ([b.pk], OFFICE)),
    "correct_contact": (
        on(factories.placed),
        lambda d, b: ([b.pk, {"contact_email": "x@example.com"}], OFFICE),
    ),
    "correct_traveler": (on(factories.placed), lambda d, b: ([b.pk, 1, {"family_names": "B"}], OFFICE)),
    "ask_for_invoice": (
        on(factories.placed),
        lambda d, b: ([b.pk], {"ruc": "20100070970", "name": "Andes SAC"}),
    ),
}
MOST_WANTED = ("hold", "place", "record_payment", "cancel", "cancel_traveler", "note_paid", "note_refund")

"""The money of a booking as its private page tells it: what came, goes back, and can be paid, and how."""

from decimal import Decimal

from django.utils import timezone

from bookings import gateways, previews, prices
from bookings.forms import InvoiceForm, PayLinkForm
from bookings.models import Booking, PaymentAttempt, Refund

OPEN_STATES = ("pending", "confirmed")


def money_of(booking, state, invoice_form=None, wrong_link=None):
    """What the templates of the private page say about money; `wrong_link` is (traveler's number, form)."""
    total, paid = prices.total(booking), prices.paid(booking)
    due_now, balance = booking.due_now or Decimal(0), max(total - paid, Decimal(0))
    to_pay = max(due_now - paid, Decimal(0))
    today = timezone.localdate()
    is_open = state in OPEN_STATES
    takes_cards = bool(gateways.available())
    can_share = takes_cards and is_open and balance > 0
    refunds = open_refunds(booking)
    return {
        "lines": booking.price_lines.all(),
        "payments": booking.payments.select_related("receipt").order_by("recorded_at", "pk"),
        "refunds": refunds,
        "waiting": waiting(refunds),
        "total": total,
        "paid": paid,
        "balance": balance,
        "to_pay": to_pay,
        "later": total - due_now,
        "is_all_paid": balance == 0,
        "cancellation": _cancellation(booking),
        "is_overdue": _is_overdue(booking, state, balance, today),
        "offers": _offers(state, to_pay, balance),
        "takes_cards": takes_cards,
        "can_cancel": is_open and booking.departure.start_date > today,
        "days": previews.of_booking(booking, today).days if is_open and paid > 0 else [],
        "invoice_form": invoice_form or _invoice_form(booking),
        "links": _links(booking, balance, is_open) if takes_cards else [],
        "link_forms": _link_forms(booking, balance, wrong_link) if can_share else [],
    }


def open_refunds(booking):
    """What is proposed to go back or on its way, the first first."""
    return list(booking.refunds.filter(state__in=Refund.OPEN).order_by("pk"))


def waiting(refunds):
    """What of the money is with the office to go back, or on its way already, USD."""
    return sum((refund.amount for refund in refunds), Decimal(0))


def _cancellation(booking):
    """The row that says what cancelling the whole booking cost, or None."""
    if booking.status != Booking.Status.CANCELLED:
        return None
    return booking.cancellations.filter(traveler=None).last()


def _is_overdue(booking, state, balance, today):
    day = booking.balance_due_on
    return state == "confirmed" and balance > 0 and day is not None and today > day


def _offers(state, to_pay, balance):
    """What can be paid by card, as [(field `what`, amount)]: what is due, and all that is open."""
    if state not in OPEN_STATES or not balance:
        return []
    return [("due", to_pay), ("all", balance)] if 0 < to_pay < balance else [("all", balance)]


def _invoice_form(booking):
    named = {"invoice_ruc": booking.invoice_ruc, "invoice_name": booking.invoice_name}
    return InvoiceForm(initial=named)


def _links(booking, balance, is_open):
    """The links to pay with `.state`: paid, revoked, open, or over where less is open than it asks for."""
    links = list(booking.pay_links.select_related("traveler"))
    attempts = PaymentAttempt.objects.filter(pay_link__in=links, state=PaymentAttempt.State.PAID)
    paid = set(attempts.values_list("pay_link_id", flat=True))
    for link in links:
        can_pay = is_open and link.amount <= balance
        link.state = (
            "paid" if link.pk in paid else "revoked" if link.revoked_at else "open" if can_pay else "over"
        )
    return links


def _link_forms(booking, balance, wrong_link):
    """[(traveler, form)]: each form asks for the traveler's share of what is open, or says what was wrong."""
    travelers = list(booking.travelers.order_by("number"))
    wrong_number, wrong_form = wrong_link or (None, None)
    shares = shares_of(balance, [booking.price_list.fare(row.fare_class) for row in travelers])
    return [
        (
            row,
            wrong_form
            if row.number == wrong_number
            else PayLinkForm(initial={"amount": share}, open_amount=balance, prefix=str(row.number)),
        )
        for row, share in zip(travelers, shares, strict=True)
    ]


def shares_of(amount, weights):
    """An amount split by weights, to the cent: the shares sum to the amount, the last one takes the rest."""
    whole = sum(weights) or Decimal(len(weights))
    weights = weights if sum(weights) else [Decimal(1)] * len(weights)
    shares = [prices.rounded(amount * weight / whole) for weight in weights[:-1]]
    return [*shares, amount - sum(shares, Decimal(0))]

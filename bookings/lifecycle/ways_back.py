"""Which way money goes back: what is left of each payment, and of the surcharge that came with it."""

from decimal import Decimal

from django.db.models import Q, Sum

from bookings import prices
from bookings.models import Payment, Refund

NOTHING = Decimal(0)
# Through which online providers a payment can go back by itself.
ONLINE = (Payment.Provider.STRIPE,)
# Without a reference it is money that the bank sent back to us: the provider has no payment to refund.
_BY_CARD = Q(provider__in=ONLINE) & ~Q(provider_reference="")


def sum_of(rows, field="amount"):
    """The sum of one column of rows, USD."""
    return rows.aggregate(sum=Sum(field))["sum"] or NOTHING


def way_of(payment):
    """How a payment would go back: its primary key through the card, None by hand."""
    return payment.pk if payment.provider in ONLINE and payment.provider_reference else None


def room_in(payment):
    """How much of a payment has not gone back and is not on its way back, USD."""
    return payment.amount + sum_of(payment.paid_back.all()) - sum_of(_open(payment))


def surcharge_in(payment):
    """The same of its surcharge."""
    gone, going = sum_of(payment.paid_back.all(), "surcharge"), sum_of(_open(payment), "surcharge")
    return payment.surcharge + gone - going


def surcharges_in(booking, going=Refund.OPEN):
    """The same of all surcharges of a booking; `going`: the states of refunds that are on their way."""
    rows = booking.refunds.filter(state__in=going)
    return sum_of(booking.payments.all(), "surcharge") - sum_of(rows, "surcharge")


def split(booking, amount):
    """An amount as (payment, part): card payments first, the latest of them first; None is by hand."""
    for payment in _came(booking, _BY_CARD):
        if (part := min(amount, room_in(payment))) > 0:
            yield payment, part
            amount -= part
    if amount > 0:
        yield None, amount


def surcharge_beside(booking, payment, amount):
    """The surcharge that goes back with an amount: what is left of it, where the rest of its payment goes."""
    if payment is None:
        found = _surcharge_by_hand(booking, amount)
    else:
        found = surcharge_in(payment) if amount == room_in(payment) else NOTHING
    return max(min(found, surcharges_in(booking)), NOTHING)


def _surcharge_by_hand(booking, amount):
    """The surcharges left of the payments by hand that an amount covers whole, the latest first."""
    cards = _came(booking, _BY_CARD)
    left = prices.paid(booking) - sum_of(_open(booking)) - sum(room_in(card) for card in cards)
    if amount >= left:
        return surcharges_in(booking) - sum(surcharge_in(card) for card in cards)
    found = NOTHING
    for payment in _came(booking, ~_BY_CARD):
        if (room := room_in(payment)) > amount:
            break
        amount, found = amount - room, found + surcharge_in(payment)
    return found


def hand_payment_for(booking, amount, surcharge=NOTHING):
    """The latest payment by hand of which so much is left, or None: what a reversal by hand takes back."""
    fitting = (
        payment
        for payment in _came(booking, ~_BY_CARD)
        if room_in(payment) >= amount and surcharge_in(payment) >= surcharge
    )
    return next(fitting, None)


def _came(booking, way):
    return list(booking.payments.filter(way, amount__gt=0).order_by("-pk"))


def _open(owner):
    return owner.refunds.filter(state__in=Refund.OPEN)

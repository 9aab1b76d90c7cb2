"""What a card costs on top: it belongs to the payment, never to the booking's total."""

from decimal import Decimal

from django.conf import settings

from bookings.prices import rounded

from . import STRIPE
from .manual import WAYS

CARDS = {"card", STRIPE} | {way.name for way in WAYS.values() if way.bears_surcharge}


def surcharge(amount, method, percent=None):
    """What comes on top of `amount` (USD), 0.00 unless a card is used.

    `method` is what travelers choose (card, transfer, cash) or what a payment came by (stripe, terminal …);
    `percent` is the setting's unless given.
    """
    if method not in CARDS:
        return Decimal("0.00")
    return rounded(amount * (settings.CARD_SURCHARGE_PERCENT if percent is None else percent) / 100)

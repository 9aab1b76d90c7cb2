"""Paying by card as pages tell it: whether cards are taken, and what a card costs on top."""

from django import template
from django.conf import settings

from bookings import gateways
from bookings.gateways.surcharges import surcharge

register = template.Library()


@register.simple_tag
def card_for(amount):
    """What a card is charged for an amount, USD, and the surcharge in it; None where no card is taken."""
    if not gateways.available():
        return None
    more = surcharge(amount, "card")
    return {"surcharge": more, "charged": amount + more, "percent": settings.CARD_SURCHARGE_PERCENT}

"""The calendar in the office."""

from . import (
    agreements,
    bookings,
    cards,
    departures,
    extras,
    messages,
    money,
    outbox,
    payments,
    promotions,
    refunds,
    travelers,
)

__all__ = [
    "agreements",
    "bookings",
    "cards",
    "departures",
    "extras",
    "messages",
    "money",
    "outbox",
    "payments",
    "promotions",
    "refunds",
    "travelers",
]

"""The calendar in the office."""

from . import agreements, bookings, departures, messages, outbox, payments

__all__ = ["agreements", "bookings", "departures", "messages", "outbox", "payments"]

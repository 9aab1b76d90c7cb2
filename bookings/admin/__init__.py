"""The calendar in the office."""

from . import agreements, bookings, departures, extras, messages, outbox, payments

__all__ = ["agreements", "bookings", "departures", "extras", "messages", "outbox", "payments"]

"""The calendar in the office."""

from . import departures, messages

__all__ = ["departures", "messages"]

"""The calendar: departures and who is on them."""

from .departures import Departure
from .messages import ContactMessage

__all__ = ["ContactMessage", "Departure"]

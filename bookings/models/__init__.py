"""The calendar: departures and who is on them."""

from .agreements import RefundBand, RefundPolicy, Terms
from .bookings import BookedExtra, Booking, PriceLine, Traveler, takes_seats
from .departures import Departure
from .messages import ContactMessage, LinkRequest, OutboxMessage
from .records import BookingEvent, Payment, SentForm

__all__ = [
    "BookedExtra",
    "Booking",
    "BookingEvent",
    "ContactMessage",
    "Departure",
    "LinkRequest",
    "OutboxMessage",
    "Payment",
    "PriceLine",
    "RefundBand",
    "RefundPolicy",
    "SentForm",
    "Terms",
    "Traveler",
    "takes_seats",
]

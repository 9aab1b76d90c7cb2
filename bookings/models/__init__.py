"""The calendar: departures and who is on them."""

from .agreements import RefundBand, RefundPolicy, Terms
from .bookings import Booking, Traveler, takes_seats
from .departures import Departure
from .lines import BookedExtra, PriceLine
from .messages import ContactMessage, LinkRequest, OutboxMessage
from .money import Cancellation, PayLink, PaymentAttempt, ProviderNotice, Refund, SunkCost
from .papers import NumberSeries, Receipt, TaxDocument
from .prices import PriceList, Promotion
from .records import BookingEvent, Payment, SentForm

__all__ = [
    "BookedExtra",
    "Booking",
    "BookingEvent",
    "Cancellation",
    "ContactMessage",
    "Departure",
    "LinkRequest",
    "NumberSeries",
    "OutboxMessage",
    "PayLink",
    "Payment",
    "PaymentAttempt",
    "PriceList",
    "PriceLine",
    "Promotion",
    "ProviderNotice",
    "Receipt",
    "Refund",
    "RefundBand",
    "RefundPolicy",
    "SentForm",
    "SunkCost",
    "TaxDocument",
    "Terms",
    "Traveler",
    "takes_seats",
]

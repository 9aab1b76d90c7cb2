"""What there is in the database of one departure, to be compared with another one's."""

import factories

from bookings.models import Booking, Traveler

TRAVELER = ("number", "family_names", "birth_date", "fare_class", "cancelled_at__date")


def of_departure(departure):
    """All that a verb can change, without keys, numbers and times."""
    departure = factories.reloaded(departure)
    return {
        "departure": (
            departure.status,
            departure.capacity,
            departure.start_date,
            departure.end_date,
            factories.seats_taken(departure),
        ),
        "bookings": [of_booking(booking) for booking in Booking.objects.filter(departure=departure)],
    }


def of_booking(booking):
    """One booking with all its rows."""
    return {
        "status": (booking.status, booking.party_size, booking.method, booking.due_now),
        "contact": (booking.contact_name, booking.contact_email, booking.transfer_reference),
        "travelers": list(Traveler.everyone.filter(booking=booking).values_list(*TRAVELER)),
        "extras": list(booking.booked_extras.values_list("extra__slug", "quantity")),
        "lines": list(booking.price_lines.values_list("kind", "quantity", "unit_amount")),
        "payments": list(
            booking.payments.values_list("amount", "surcharge", "receipt__reverses__payment__amount")
        ),
        "money": of_money(booking),
        "events": factories.kinds(booking),
        "messages": sorted(booking.messages.values_list("kind", flat=True)),
        "drafts": booking.drafts,
    }


def of_money(booking):
    """What is on its way, back or forth, and what cancellations cost."""
    links = booking.pay_links.values_list("amount", "traveler__number", "revoked_at")
    return {
        "attempts": list(booking.attempts.values_list("state", "amount", "surcharge")),
        "refunds": list(booking.refunds.order_by("pk").values_list("state", "amount", "surcharge")),
        "cancellations": list(booking.cancellations.values_list("traveler__number", "kept")),
        "costs": list(booking.sunk_costs.values_list("amount", flat=True)),
        "links": [(amount, number, revoked is None) for amount, number, revoked in links],
        "promotion": booking.promotion is not None,
    }


def told(departure):
    """The rows, without the names that each trek and extra draws for itself."""
    found = of_departure(departure)
    for booking in found["bookings"]:
        booking["extras"] = [quantity for _slug, quantity in booking["extras"]]
    return found

"""What there is in the database of one departure, to be compared with another one's."""

import factories

from bookings.models import Booking


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
        "travelers": list(booking.travelers.values_list("number", "family_names", "birth_date")),
        "extras": list(booking.booked_extras.values_list("extra__slug", "quantity")),
        "lines": list(booking.price_lines.values_list("kind", "quantity", "unit_amount")),
        "payments": list(booking.payments.values_list("amount", flat=True)),
        "events": factories.kinds(booking),
        "messages": sorted(booking.messages.values_list("kind", flat=True)),
        "drafts": booking.drafts,
    }


def told(departure):
    """The rows, without the names that each trek and extra draws for itself."""
    found = of_departure(departure)
    for booking in found["bookings"]:
        booking["extras"] = [quantity for _slug, quantity in booking["extras"]]
    return found

"""Coming departures as Offers of schema.org: price, dates in Peru, and whether seats are left."""

from django.urls import reverse

from treks.structured import CURRENCY

FEW_SEATS = 3


def offers(departures, absolute):
    """An Offer for each departure. Needs the counts of `seats.with_seats` and the trek."""
    return [offer(departure, absolute) for departure in departures]


def offer(departure, absolute):
    """One departure that can be bought: a trip on a date, which is what schema.org calls an event."""
    # What is the same in all offers stands together: the page is smaller for it.
    return {
        "@type": "Offer",
        "price": f"{departure.price:.2f}",
        "priceCurrency": CURRENCY,
        "availability": f"https://schema.org/{availability(departure)}",
        "itemOffered": {
            "@type": ["TouristTrip", "Event"],
            "name": departure.trek.name,
            "location": "Cusco, Peru",
            "startDate": departure.start_date.isoformat(),
            "endDate": departure.end_date.isoformat(),
        },
        "url": absolute(reverse("book", args=[departure.pk])),
    }


def availability(departure):
    """What can be had, as a word of schema.org's ItemAvailability."""
    if not departure.seats_left:
        return "SoldOut"
    if departure.status != departure.Status.OPEN:
        return "OutOfStock"
    if not departure.is_bookable:
        # Too late for the site, but the office answers by hand.
        return "InStoreOnly"
    return "LimitedAvailability" if departure.seats_left <= FEW_SEATS else "InStock"

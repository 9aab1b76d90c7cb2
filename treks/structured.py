"""Treks, places and questions in the words of schema.org. `absolute` makes a whole address of a path."""

from django.urls import reverse

from lares.templatetags.formats import tied

from .sharing import picture_of

CURRENCY = "USD"


def trip(trek, days, operator, absolute, offers):
    """A trek as a TouristTrip; `offers` are nodes of its coming departures."""
    address = absolute(trek.get_absolute_url())
    return {
        "@type": "TouristTrip",
        "@id": f"{address}#trek",
        "name": trek.name,
        "description": trek.tagline,
        "url": address,
        "image": absolute(picture_of(trek).path),
        "itinerary": {
            "@type": "ItemList",
            "itemListElement": [
                {"@type": "ListItem", "position": day.number, "name": day.title} for day in days
            ],
        },
        "provider": agency(operator, absolute),
        "offers": offers,
    }


def agency(operator, absolute):
    """Who runs the treks; numbers that are examples are left out. None before there is an operator."""
    if operator is None:
        return None
    node = {"@type": "TravelAgency", "name": operator.name, "url": absolute(reverse("home"))}
    if not operator.is_example:
        node |= {"telephone": operator.phone, "email": operator.email, "address": operator.address}
    return node


def faq(questions, address):
    """Questions and answers as a FAQPage; None without questions.

    The answers have the spaces of the page: what stands there twice is compressed to once.
    """
    if not questions:
        return None
    return {
        "@type": "FAQPage",
        "@id": f"{address}#questions",
        "mainEntity": [
            {
                "@type": "Question",
                "name": question.question,
                "acceptedAnswer": {"@type": "Answer", "text": tied(question.answer)},
            }
            for question in questions
        ],
    }


def crumbs(steps, absolute):
    """The way to a page as a BreadcrumbList; `steps` are (name, path), the page itself last."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": str(name), "item": {"@id": absolute(path)}}
            for number, (name, path) in enumerate(steps, 1)
        ],
    }


def attraction(place, absolute):
    """A village or a hot spring as a TouristAttraction; a position known only roughly is left out."""
    return {
        "@type": "TouristAttraction",
        "name": place.name,
        "alternateName": place.spellings,
        "description": place.summary,
        "url": absolute(place.get_absolute_url()),
        "image": absolute(picture_of(place).path),
        "geo": None if place.position_is_approximate else position(place),
        "openingHoursSpecification": hours(place),
        "address": {"@type": "PostalAddress", "addressRegion": "Cusco", "addressCountry": "PE"},
    }


def position(place):
    """Where a place lies, and how high; None where nobody has entered it."""
    if place.latitude is None:
        return None
    return {
        "@type": "GeoCoordinates",
        "latitude": float(place.latitude),
        "longitude": float(place.longitude),
        "elevation": place.altitude_m,
    }


def hours(place):
    """When the pools are open; None for a place without hours."""
    opens, closes = getattr(place, "opens_at", None), getattr(place, "closes_at", None)
    if opens is None or closes is None:
        return None
    return {"@type": "OpeningHoursSpecification", "opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"}

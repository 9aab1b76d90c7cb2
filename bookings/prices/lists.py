"""The price list of a departure: everything it costs at this moment, kept as a version."""

import json
from hashlib import sha256

from bookings.models import PriceList


def price_list_of(departure):
    """The departure's prices as they stand now; a version of them that exists already is that version."""
    today = todays_list(departure)
    try:
        return PriceList.objects.get(departure=departure, digest=today.digest)
    except PriceList.DoesNotExist:
        # The departure is locked: nobody else makes the same version at this moment.
        today.save()
        return today


def todays_list(departure):
    """The departure's prices as they stand now, not saved: for a look at what something would cost today."""
    content = _content(departure)
    digest = sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    amounts = {"price": departure.price, "deposit": departure.deposit}
    return PriceList(departure=departure, digest=digest, **content | amounts)


def _content(departure):
    trek = departure.trek
    offers = trek.offered_extras.select_related("extra")
    return {
        "price": f"{departure.price:.2f}",
        "deposit": f"{departure.deposit:.2f}",
        "reductions": {fare.fare_class: f"{fare.reduction:.2f}" for fare in trek.fares.all()},
        "party_rates": {str(rate.people): f"{rate.reduction:.2f}" for rate in trek.party_rates.all()},
        "extras": {offer.extra.slug: f"{offer.current_price:.2f}" for offer in offers},
    }

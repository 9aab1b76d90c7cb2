"""The pages that search engines should know."""

from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.urls import reverse

from bookings.models import BookingEvent
from treks.models import (
    ClimateMonth,
    HotSpring,
    Operator,
    PackingItem,
    Page,
    Passage,
    Phrase,
    Place,
    Trek,
    Village,
)

# What the pages that always exist are made of, beside their own passages.
STANDING = {
    "home": Trek,
    "treks": Trek,
    "compare": Trek,
    "departures": Trek,
    "places": Place,
    "when_to_go": ClimateMonth,
    "prepare": PackingItem,
    "acclimatization": Trek,
    "packing": PackingItem,
    "words": Phrase,
    "contact": Operator,
}
# These show seats, which change with every act of a booking.
WITH_SEATS = {"home", "departures"}


class StandingPages(Sitemap):
    """Pages that always exist, and those that staff wrote."""

    def items(self):
        pages = {page.slug: page for page in Page.objects.all()}
        rows = {model: _last(model.objects, "updated_at") for model in set(STANDING.values())}
        seats = _last(BookingEvent.objects, "at")
        passages = dict(Passage.objects.values_list("key", "updated_at"))

        def changes(name):
            yield rows[STANDING[name]]
            yield from (day for key, day in passages.items() if key.startswith(f"{name}."))
            if name in pages:
                yield pages.pop(name).updated_at
            if name in WITH_SEATS:
                yield seats

        standing = [(reverse(name), max(filter(None, changes(name)), default=None)) for name in STANDING]
        return standing + [(page.get_absolute_url(), page.updated_at) for page in pages.values()]

    def location(self, item):
        return item[0]

    def lastmod(self, item):
        return item[1]


def _last(rows, field):
    return rows.aggregate(last=Max(field))["last"]


class Catalogue(Sitemap):
    """Treks, villages and hot springs."""

    def items(self):
        return [*Trek.objects.published(), *Village.objects.all(), *HotSpring.objects.all()]

    def lastmod(self, item):
        return item.updated_at


sitemaps = {"pages": StandingPages, "catalogue": Catalogue}

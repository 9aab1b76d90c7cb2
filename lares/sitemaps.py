"""The pages that search engines should know."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from treks.models import HotSpring, Page, Trek, Village

STANDING = [
    *("home", "treks", "compare", "departures", "places", "when_to_go"),
    *("prepare", "acclimatization", "packing", "words", "contact"),
]


class StandingPages(Sitemap):
    """Pages that always exist, and those that staff wrote."""

    def items(self):
        written = Page.objects.exclude(slug__in=STANDING)
        return [reverse(name) for name in STANDING] + [page.get_absolute_url() for page in written]

    def location(self, address):
        return address


class Catalogue(Sitemap):
    """Treks, villages and hot springs."""

    def items(self):
        return [*Trek.objects.published(), *Village.objects.all(), *HotSpring.objects.all()]


sitemaps = {"pages": StandingPages, "catalogue": Catalogue}

"""The pages that search engines should know."""

from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.urls import reverse

from treks.models import HotSpring, Page, Place, Trek, Village

# Lists change with any row that they show; the pages that live from dates and seats have no time of change.
LISTS = {"treks": Trek, "compare": Trek, "places": Place}
STANDING = [
    *("home", "treks", "compare", "departures", "places", "when_to_go"),
    *("prepare", "acclimatization", "packing", "words", "contact"),
]


class StandingPages(Sitemap):
    """Pages that always exist, and those that staff wrote."""

    def items(self):
        pages = {page.slug: page for page in Page.objects.all()}
        last = {model: _last_change(model.objects) for model in set(LISTS.values())}
        changes = {name: last[model] for name, model in LISTS.items()}
        changes |= {name: pages.pop(name).updated_at for name in STANDING if name in pages}
        standing = [(reverse(name), changes.get(name)) for name in STANDING]
        return standing + [(page.get_absolute_url(), page.updated_at) for page in pages.values()]

    def location(self, item):
        return item[0]

    def lastmod(self, item):
        return item[1]


def _last_change(rows):
    return rows.aggregate(last=Max("updated_at"))["last"]


class Catalogue(Sitemap):
    """Treks, villages and hot springs."""

    def items(self):
        return [*Trek.objects.published(), *Village.objects.all(), *HotSpring.objects.all()]

    def lastmod(self, item):
        return item.updated_at


sitemaps = {"pages": StandingPages, "catalogue": Catalogue}

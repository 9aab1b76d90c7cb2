"""The pages that search engines should know."""

from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.urls import reverse

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

# What the pages that always exist are made of, beside their own passages. Seats and dates are no change of a
# page: the departures, which are nothing else, have no time of change.
STANDING = {
    "home": (Trek,),
    "treks": (Trek,),
    "compare": (Trek,),
    "departures": (),
    "places": (Place,),
    "when_to_go": (ClimateMonth,),
    "prepare": (PackingItem, ClimateMonth),
    "acclimatization": (Trek,),
    "packing": (PackingItem,),
    "words": (Phrase, Place),
    "contact": (Operator,),
}


class StandingPages(Sitemap):
    """Pages that always exist, and those that staff wrote."""

    def items(self):
        pages = {page.slug: page for page in Page.objects.all()}
        models = {model for models in STANDING.values() for model in models}
        rows = {model: model.objects.aggregate(last=Max("updated_at"))["last"] for model in models}
        passages = Passage.objects.values_list("key", "updated_at")

        def changes(name):
            yield from (rows[model] for model in STANDING[name])
            yield from (changed for key, changed in passages if key.startswith(f"{name}."))
            if name in pages:
                yield pages.pop(name).updated_at

        standing = [(reverse(name), max(filter(None, changes(name)), default=None)) for name in STANDING]
        return standing + [(page.get_absolute_url(), page.updated_at) for page in pages.values()]

    def location(self, item):
        return item[0]

    def lastmod(self, item):
        return item[1]


class Catalogue(Sitemap):
    """Treks, villages and hot springs."""

    def items(self):
        return [*Trek.objects.published(), *Village.objects.all(), *HotSpring.objects.all()]

    def lastmod(self, item):
        return item.updated_at


sitemaps = {"pages": StandingPages, "catalogue": Catalogue}

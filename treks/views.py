"""The pages of the catalogue: treks, places, when to go, how to prepare, words."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from . import climate, reading
from .models import ClimateMonth, Feast, HotSpring, PackingItem, Page, Phrase, Place, Village
from .models.advice import ROUTED_PAGES
from .ridge import ridge_of
from .route import map_of


@require_safe
def treks(request):
    """All treks that are offered."""
    return render(request, "treks/treks.html", {"treks": reading.offered_treks()})


@require_safe
def trek(request, slug):
    """One trek, day by day."""
    trek = reading.trek_with_lists(slug)
    if trek is None:
        raise Http404(_("We offer no trek with this address."))
    days, ridge = trek.days.all(), ridge_of(trek)
    context = {
        "trek": trek,
        "days": days,
        "nights": [day for day in days if day.sleeping_altitude_m is not None],
        "ridge": ridge,
        "route": route_of(trek, ridge),
        "included": trek.included,
        "not_included": trek.not_included,
        "extras": reading.extras_of(trek),
        "questions": trek.asked,
    }
    return render(request, "treks/trek.html", context)


def route_of(trek, ridge):
    """The map of a trek; None where one of its stops has no position."""
    if ridge is None:
        return None
    places = {waypoint.label: waypoint.place for waypoint in trek.waypoints.all()}
    if any(stop.name not in places for stop in ridge.stops):
        places = reading.places_by_name() | places
    return map_of(ridge.stops, places)


@require_safe
def places(request):
    """Villages, the hot springs and everything else that has a name on the way."""
    return render(request, "treks/places.html", {"groups": reading.places_along_the_way()})


@require_safe
def village(request, slug):
    """A village: who lives there, what it is known for, which treks pass."""
    return place_page(request, "treks/village.html", get_object_or_404(Village, slug=slug))


@require_safe
def hot_spring(request, slug):
    """The pools: water, hours, entry, how to bathe, which treks pass."""
    return place_page(request, "treks/hot_spring.html", get_object_or_404(HotSpring, slug=slug))


def place_page(request, template, place):
    """A place with the treks that pass it, or places near it that treks pass, and its feasts."""
    treks = reading.treks_through(place)
    context = {
        "place": place,
        "treks": treks,
        "near": [] if treks else reading.nearest_on_treks(place),
        "feasts": reading.feasts_of(place),
    }
    return render(request, template, context)


@require_safe
def when_to_go(request):
    """The year by month: nights, rain, crowds, departures."""
    months = list(ClimateMonth.objects.all())
    context = {
        "months": months,
        "chart": climate.chart(months),
        "feasts": Feast.objects.select_related("place"),
    }
    return render(request, "pages/when_to_go.html", context)


@require_safe
def prepare(request):
    """How to get ready: altitude, papers, emergencies, bags, what can be rented."""
    context = {
        "page": Page.objects.filter(slug="prepare").first(),
        "rentable": PackingItem.objects.exclude(extra=None).select_related("extra"),
        "more": Page.objects.exclude(slug__in=ROUTED_PAGES),
    }
    return render(request, "pages/prepare.html", context)


@require_safe
def words(request):
    """Quechua words and what place names mean."""
    phrases = Phrase.objects.all()
    names = Place.objects.exclude(meaning=None).exclude(meaning="").order_by("name")
    context = {
        "phrases": phrases,
        "has_unconfirmed": any(phrase.is_unverified for phrase in phrases),
        "names": names,
        "has_inferred": any(place.meaning_is_inferred for place in names),
    }
    return render(request, "pages/words.html", context)

"""Plain functions that make rows of the catalogue."""

from datetime import time
from decimal import Decimal
from itertools import count

from treks.models import (
    ClimateMonth,
    Feast,
    HotSpring,
    Inclusion,
    ItineraryDay,
    PackingItem,
    Page,
    Phrase,
    Place,
    Question,
    Transfer,
    Village,
    Waypoint,
)

_number = count(1)


def named(kind):
    """A name and a slug that nobody else has."""
    n = next(_number)
    return {"name": f"{kind} {n}", "slug": f"{kind.lower()}-{n}"}


def make_place(kind="pass", **fields):
    """A place that is neither a village nor a hot spring, with an altitude all sources agree on."""
    usual = {
        **named("Pass"),
        "kind": kind,
        "altitude_m": 4400,
        "altitude_low_m": 4400,
        "altitude_high_m": 4400,
    }
    return Place.objects.create(**usual | fields)


def make_village(**fields):
    """A village."""
    usual = {**named("Village"), "kind": "village", "altitude_m": 3800, "summary": "A village of weavers."}
    return Village.objects.create(**usual | fields)


def make_hot_spring(**fields):
    """Thermal pools."""
    usual = {**named("Pools"), "kind": "hot_springs", "altitude_m": 3250, "pool_count": 6}
    return HotSpring.objects.create(**usual | fields)


def make_day(trek, number, **fields):
    """A day of walking that starts in the morning and ends in a tent."""
    usual = {
        "title": f"Walk {number}",
        "distance_km": Decimal("9.0"),
        "hours_min": Decimal("5.0"),
        "hours_max": Decimal("7.0"),
        "ascent_m": 600,
        "descent_m": 200,
        "start_altitude_m": 3800,
        "end_altitude_m": 4200,
        "highest_altitude_m": 4450,
        "sleeping_altitude_m": 4200,
        "start_time": time(7, 0),
    }
    return ItineraryDay.objects.create(trek=trek, number=number, **usual | fields)


def make_transfer(day, **fields):
    """A ride before the walk."""
    usual = {"mode": "van", "position": 1, "hours": Decimal("4.00")}
    ends = {name: fields.pop(name, None) or make_place(kind="town") for name in ("from_place", "to_place")}
    return Transfer.objects.create(day=day, **usual | ends | fields)


def describe(trek, number):
    """One more row of everything that a trek's page lists."""
    village, spring = make_village(), make_hot_spring()
    day = make_day(trek, number, overnight_place=village)
    day.villages.add(village)
    day.hot_springs.add(spring)
    make_transfer(day)
    Waypoint.objects.create(
        trek=trek, position=number, day_number=number, km=number * 9, altitude_m=3500 + number, place=village
    )
    Inclusion.objects.create(trek=trek, position=number, text=f"Tent {number}")
    Question.objects.create(slug=f"question-{number}", question=f"How cold is it {number}?", answer="Cold.")
    PackingItem.objects.create(slug=f"boots-{number}", category="clothing", text=f"Boots {number}")


def make_month(number, **fields):
    """The climate of a month."""
    usual = {"season": "dry" if 4 <= number <= 10 else "wet", "rain_mm": 10, "rain_days": 3}
    degrees = {
        f"{place}_{end}_c": value
        for place, low in (("cusco", 2), ("huacahuasi", 0), ("ipsaycocha", -3))
        for end, value in (("min", low), ("max", low + 17))
    }
    return ClimateMonth.objects.create(month=number, **usual | degrees | fields)


def make_feast(place, **fields):
    """A feast in a place."""
    usual = {
        "slug": f"feast-{next(_number)}",
        "name": "Carnival",
        "month": 2,
        "when": "February",
        "what": "Dances.",
    }
    return Feast.objects.create(place=place, **usual | fields)


def make_page(slug, **fields):
    """A standing page."""
    usual = {
        "title": slug.replace("-", " ").capitalize(),
        "lead": "What to know.",
        "body": "## Part\n\nText.",
    }
    return Page.objects.create(slug=slug, **usual | fields)


def make_phrase(quechua, **fields):
    """Words in Quechua."""
    usual = {"spanish": "Hola", "english": "Hello", "topic": "greeting"}
    return Phrase.objects.create(quechua=quechua, **usual | fields)

"""The content says what the customer wrote about the trek (S1–S18), in plain American English."""

import re

import pytest
from django.db.models import CharField, TextField
from django.utils import translation
from modeltranslation.translator import translator

from treks import reading
from treks.loading import load
from treks.models import HotSpring, Place, Question, Trek, Village
from treks.shipped import BY_MODEL

pytestmark = pytest.mark.django_db

FACTS = {
    "S1": ["authentic and less crowded route to the citadel", "unlike the classic Inca Trail"],
    "S2": ["living Andean communities", "mountain scenery", "natural hot springs"],
    "S3": ["no special permit", "hike at your own pace"],
    "S4": ["Huacahuasi and Patacancha, where Quechua is spoken", "ancestral traditions"],
    "S5": ["Lares Hot Springs", "start or end your journey"],
    "S6": ["snow-capped peaks", "turquoise lakes", "valleys of llamas and alpacas"],
    "S7": ["Cusco – Lares – Huacahuasi", "soak as long as you like", "homestay or at the campsite"],
    "S8": [
        "Huacahuasi – Ipsaycocha",
        "Ipsay Pass, at 4,450 m",
        "panoramic views",
        "camp near the turquoise Ipsaycocha",
    ],
    "S9": [
        "Ipsaycocha – Ollantaytambo",
        "fertile valleys and small villages",
        "train then takes you to Aguas Calientes",
    ],
    "S10": ["visit Machu Picchu with your guide"],
    "S11": ["natural, mineral-rich pools", "relax your muscles and restore energy"],
    "S12": [
        "Like Huacahuasi, Cuncani keeps the weaving of alpaca wool and the traditional farming",
        "defines the route",
    ],
    "S13": ["The best season is April to October"],
    "S14": ["The classic is moderate"],
    "S15": ["2 days in Cusco before"],
    "S16": ["Hiring a local guide supports community tourism"],
    "S17": ["Four days, three nights"],
    "S18": ["less touristy way", "immersion into Andean life"],
}
BRITISH = (
    r"\b(travell\w+|colour\w*|centre\w*|\w*metres?|litres?|grey|favourite|organis\w+|recognis\w+|programme|"
    r"sulph\w+|trousers|canceled|theatre|neighbour\w*|mum|whilst|autumn)\b"
)
# Figures that sources contradict or that nobody could confirm, a drug's dose, a telephone number from memory.
LEFT_OUT = ["4,666", "125 mg", "574 8000", "UIT", "S/77", "-13.00,", "cures "]


@pytest.fixture
def published():
    """Every English text a traveler can read after a first load, as one string."""
    load()
    hidden = Trek.objects.get(slug="lares-weavers-5d")
    texts = []
    for model in BY_MODEL:
        if model is Trek:
            rows = model.objects.published()
        elif any(field.name == "trek" for field in model._meta.fields):
            rows = model.objects.exclude(trek=hidden)
        else:
            rows = model.objects.all()
        columns = (field for field in model._meta.fields if isinstance(field, CharField | TextField))
        fields = [field.name for field in columns if field.name.endswith("_en")]
        texts += [value for row in rows for field in fields if (value := getattr(row, field))]
    return "\n".join(texts)


def test_seed_facts_are_told(published):
    told = published.lower()

    assert [(fact, phrase) for fact in FACTS for phrase in FACTS[fact] if phrase.lower() not in told] == []


def test_seed_facts_that_are_figures():
    load()

    classic = Trek.objects.first()
    days = list(reading.days_to_draw().filter(trek=classic))
    assert (classic.slug, classic.difficulty, classic.acclimatization_nights) == (
        "lares-classic-4d",
        "moderate",
        2,
    )
    assert (classic.season_first_month, classic.season_last_month, classic.permit) == (4, 10, "")
    assert [day.sleeping_altitude_m for day in days] == [3800, 4200, 2040, None]
    assert [day.highest_altitude_m for day in days] == [3800, 4450, 4200, 2500]
    assert [str(day.overnight_place or "") for day in days] == [
        "Huacahuasi", "Ipsaycocha Lagoon", "Aguas Calientes", "",
    ]  # fmt: skip
    assert sum(day.distance_km for day in days[:3]) == classic.distance_km == 33
    assert Village.objects.get(slug="cuncani").days.filter(trek__slug="lares-huaran-3d").exists()
    assert not Village.objects.get(slug="cuncani").days.filter(trek=classic).exists()
    assert {day.trek.slug: day.number for day in HotSpring.objects.get().days.all()} == {
        "lares-classic-4d": 1,
        "lares-express-3d": 1,
        "lares-mantanay-4d": 1,
        "lares-huaran-3d": 3,
        "lares-short-inca-trail-5d": 1,
        "lares-weavers-5d": 1,
    }


def test_the_composite_trek_stays_unpublished():
    load()

    assert list(Trek.objects.filter(is_published=False).values_list("slug", flat=True)) == [
        "lares-weavers-5d"
    ]


def test_profile_rises_and_falls_between_the_named_points():
    load()

    points = list(Trek.objects.first().waypoints.all())
    on_foot = [point.km for point in points if point.km is not None]
    assert on_foot == sorted(on_foot)
    assert (on_foot[0], on_foot[-1], len(on_foot), len(points)) == (0, 33, 19, 22)
    assert max(point.altitude_m for point in points) == 4450
    assert [point.place.slug for point in points if point.km is None] == [
        "ollantaytambo", "aguas-calientes", "machu-picchu",
    ]  # fmt: skip


def test_content_is_american_english(published):
    assert re.findall(BRITISH, published, re.IGNORECASE) == []


def test_content_leaves_out_what_nobody_confirmed(published):
    assert [text for text in LEFT_OUT if text in published] == []


def test_health_answers_send_people_to_a_doctor():
    load()
    topics = ["how-hard", "days-in-cusco", "children-and-older-people", "falling-ill", "bathing-in-winter"]
    for slug in topics:
        last = Question.objects.get(slug=slug).answer_en.split("\n\n")[-1]
        assert "not medical advice" in last
        assert "doctor" in last


def test_places_are_found_under_every_spelling():
    load()

    spellings = {name: place.slug for place in Place.objects.all() for name in [place.name, *place.spellings]}
    for name, slug in {
        "Wacawasi": "huacahuasi", "Wakawasi": "huacahuasi", "Huacawasi": "huacahuasi",
        "Huaca Wasi": "huacahuasi",
        "Ipsayqocha": "ipsaycocha", "Epsaycocha": "ipsaycocha", "Isaycocha": "ipsaycocha",
        "Kiswarani": "quishuarani", "Quisuarani": "quishuarani", "Huilloc": "willoc", "Willoq": "willoc",
        "Cuzco": "cusco", "Qosqo": "cusco",
    }.items():  # fmt: skip
        assert spellings[name] == slug


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_name_is_empty_in_any_language(language):
    load()

    with translation.override(language):
        for model in BY_MODEL:
            names = {"name", "short_name", "title", "text", "question"} & {f.name for f in model._meta.fields}
            assert [row.pk for row in model.objects.all() for name in names if not getattr(row, name)] == []


def test_every_translated_text_has_its_english_column():
    load()

    for model in BY_MODEL:
        if model not in translator.get_registered_models():
            continue
        for name in translator.get_options_for_model(model).all_fields:
            assert not model.objects.filter(**{f"{name}_es__gt": "", f"{name}_en": ""}).exists()

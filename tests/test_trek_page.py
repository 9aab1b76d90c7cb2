"""Treks on their own page and in the list: what is true of each, and nothing that only others need."""

import pytest
from django.urls import reverse

from tests.factories import make_trek
from treks.models import Inclusion, Question

pytestmark = pytest.mark.django_db


def test_trek_without_machu_picchu_says_nothing_of_tickets_and_trains(client):
    valley = make_trek(slug="valley", needs_machu_picchu_ticket=False, needs_train=False)
    Question.objects.create(slug="huayna", question="Huayna Picchu?", answer="Ask.", needs_ticket=True)
    Question.objects.create(slug="cold", question="How cold?", answer="Cold.")
    for trek in (make_trek(slug="citadel"), valley):
        Inclusion.objects.create(trek=trek, text="A guide")

    without = client.get(reverse("trek", args=["valley"])).text
    citadel = client.get(reverse("trek", args=["citadel"])).text

    for words in ("Huayna Picchu?", "tickets are bought by name", "S/152"):
        assert words not in without
        assert words in citadel
    assert "How cold?" in without
    assert "The entry to the hot springs, S/15" in without


def test_season_of_a_trek_says_when_the_path_is_open_at_all(client):
    make_trek(slug="always", closed_month=None)
    make_trek(slug="but-february", closed_month=2)

    assert "driest; open all year" in client.get(reverse("trek", args=["always"])).text
    assert "driest; closed in February" in client.get(reverse("trek", args=["but-february"])).text


def test_list_of_treks_shows_the_scene_of_each_when_it_comes_near(client):
    make_trek(scene="cuncani")
    make_trek(scene="")

    page = client.get(reverse("treks")).text

    assert page.count("<picture>") == 1
    assert "cuncani-800" in page
    assert 'loading="lazy"' in page

"""Treks on their own page and in the list: what is true of each, and nothing that only others need."""

import re

import pytest
from django.urls import reverse

from tests.factories import make_departure, make_extra, make_trek
from tests.factories_treks import make_day, make_hot_spring, make_village
from treks.models import Inclusion, Operator, Question

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

    assert "best; open all year" in client.get(reverse("trek", args=["always"])).text
    assert "best; closed in February" in client.get(reverse("trek", args=["but-february"])).text


def test_list_of_treks_shows_the_scene_of_each_when_it_comes_near(client):
    make_trek(scene="cuncani")
    make_trek(scene="")

    page = client.get(reverse("treks")).text

    assert page.count("<picture>") == 1
    assert "cuncani-800" in page
    assert 'loading="lazy"' in page


def test_page_leads_to_its_own_parts(client):
    trek = make_trek()
    make_day(trek, 1)
    Question.objects.create(slug="cold", question="How cold?", answer="Cold.")

    page = client.get(trek.get_absolute_url()).text
    anchors = re.findall(r'href="#([\w-]+)"', page.partition('class="jump"')[2].partition("</nav>")[0])

    assert anchors[:2] == ["the-walk", "days"]
    assert all(f'id="{anchor}"' in page for anchor in anchors)


def test_villages_and_springs_stand_once_with_their_days(client):
    trek = make_trek()
    village, springs = make_village(name="Huacahuasi"), make_hot_spring(name="Lares Hot Springs")
    first, second = make_day(trek, 1), make_day(trek, 2)
    first.villages.add(village)
    first.hot_springs.add(springs)
    second.villages.add(village)

    people = part(client.get(trek.get_absolute_url()).text, "people")

    assert people.count(village.get_absolute_url()) == people.count(springs.get_absolute_url()) == 1
    assert "A village of weavers." in people
    assert re.search(r"Huacahuasi</a> <span[^>]*>Day 1, Day 2<", people)


def test_villages_stand_in_the_order_of_the_walk(client):
    trek = make_trek()
    start, camp = make_village(name="Huaran", altitude_m=2900), make_village(name="Cancha", altitude_m=3900)
    first = make_day(trek, 1, title="Huaran – Cancha")
    first.villages.add(start, camp)
    springs, last = make_hot_spring(name="Pools"), make_village(name="Cuncani", altitude_m=3850)
    second = make_day(trek, 2, title="Cancha – Cuncani", description="At the end the Pools.")
    second.hot_springs.add(springs)
    second.villages.add(camp, last)

    people = part(client.get(trek.get_absolute_url()).text, "people")

    names = re.findall(r'class="display" href="[^"]*">(\w+)<', people)
    assert names == ["Huaran", "Cancha", "Cuncani", "Pools"]


def test_bar_books_the_next_date_that_can_be_booked_and_else_leads_to_all_dates(client):
    trek = make_trek()
    closed = make_departure(trek, starts_in=3)
    bookable = make_departure(trek, starts_in=90)

    bar = client.get(trek.get_absolute_url()).text.partition('class="bar"')[2]

    assert reverse("book", args=[bookable.pk]) in bar
    assert reverse("book", args=[closed.pk]) not in bar

    bookable.delete()
    bar = client.get(trek.get_absolute_url()).text.partition('class="bar"')[2]

    assert "/book/" not in bar
    assert f"{reverse('departures')}?trek={trek.slug}" in bar


def test_questions_beyond_the_first_eight_wait_behind_one_line(client):
    trek = make_trek()
    for n in range(10):
        Question.objects.create(slug=f"q{n}", question=f"Question {n}?", answer="Yes.", position=n)

    questions = part(client.get(trek.get_absolute_url()).text, "questions")

    assert questions.index("2 more questions") > questions.index("Question 7?")
    assert questions.index("2 more questions") < questions.index("Question 8?")
    assert questions.count("<details>") == questions.count("</details>") == 11


def test_example_prices_are_called_so_once_where_all_of_them_are(client):
    trek = make_trek()
    extra = make_extra(trek)
    extra.price_is_example = True
    extra.save()

    assert "example price" in part(client.get(trek.get_absolute_url()).text, "extras")

    Operator.objects.update_or_create(pk=1, defaults={"name": "Op", "is_example": True})
    extras = part(client.get(trek.get_absolute_url()).text, "extras")

    assert extras.count("Example prices.") == 1
    assert "example price" not in extras


def part(page, name):
    """The section of a page with this id."""
    return page.partition(f'id="{name}"')[2].partition("</section>")[0]

"""Treks side by side: every trek answers every question, also with missing figures, in few queries."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import held, make_departure, make_trek
from tests.factories_treks import make_place, make_transfer
from treks.comparing import chosen_among, rows, treks_to_compare
from treks.models import HotSpring, ItineraryDay, Trek, Village

pytestmark = pytest.mark.django_db


def make_days(trek, tops=(4450, 4200)):
    """A night at 3,800 m and a last day without one."""
    for number, top in enumerate(tops, 1):
        night = number < len(tops)
        ItineraryDay.objects.create(
            trek=trek,
            number=number,
            title=f"Day {number}",
            distance_km=Decimal("9.5"),
            hours_min=4,
            hours_max=4 + number,
            ascent_m=500,
            descent_m=100,
            start_altitude_m=3000,
            end_altitude_m=3100,
            highest_altitude_m=top,
            sleeping_altitude_m=3800 if night else None,
            overnight="campsite" if night else "none",
        )
    return trek


def answers(trek):
    """What one trek answers, by question."""
    trek = next(found for found in treks_to_compare() if found == trek)
    return {row.title: row.answers[0][1] for row in rows([trek])}


def compared(client, **query):
    response = client.get(reverse("compare"), query)
    assert response.status_code == 200
    return response.content.decode()


def test_rows_answer_from_the_days():
    trek = make_days(make_trek(closed_month=2, minimum_age=10, permit="Short Inca Trail"))
    first = trek.days.get(number=1)
    first.villages.add(Village.objects.create(name="Lares", slug="lares", kind="village", altitude_m=3193))
    spring = HotSpring.objects.create(name="Pools", slug="pools", kind="hot_springs", altitude_m=3250)
    first.hot_springs.add(spring)

    told = {title: str(answer).replace("\u00a0", " ") for title, answer in answers(trek).items()}

    assert told == {
        "How long": "2 days, 1 night",
        "On foot": "33 km",
        "Grade": "Moderate",
        "Hardest day": "Day 2, 4–\u20606 h, 9.5 km",
        "Up and down in all, about": "+1,000 m, −200 m",
        "Highest point": "4,450 m",
        "Highest night": "3,800 m",
        "Nights": "1 × campsite",
        "Villages": "Lares",
        "Hot springs": "Pools, day 1",
        "Machu Picchu": "on day 2",
        "Permit for the trail": "Short Inca Trail",
        "Best season": "April to October; closed in February",
        "Nights in Cusco before": "at least 2",
        "Group": "2–12 people",
        "From the age of": "10",
    }


def test_villages_stand_in_the_order_of_the_walk():
    trek = make_days(make_trek())
    first, second = trek.days.all()
    first.title = "Cusco – Lares – Huacahuasi"
    second.description = "Down by Patacancha, then Willoc. Patacancha is the larger one."
    for day, names in ((first, ("Huacahuasi", "Lares")), (second, ("Willoc", "Patacancha", "Huacahuasi"))):
        day.save()
        for name in names:
            day.villages.add(village(name))

    assert answers(trek)["Villages"] == "Lares, Huacahuasi, Patacancha, Willoc"


def village(name):
    fields = {"slug": name.lower(), "kind": "village", "altitude_m": 3800}
    return Village.objects.get_or_create(name=name, defaults=fields)[0]


def test_rows_say_what_is_not_part_of_a_trek():
    told = answers(make_days(make_trek(needs_machu_picchu_ticket=False)))

    assert told["Machu Picchu"] == "not part of it"
    assert told["Permit for the trail"] == "none needed"
    assert told["Hot springs"] == told["Villages"] == "–"


def test_rows_name_every_day_at_the_citadel():
    trek = make_days(make_trek(), tops=(4450, 4200, 4200))
    citadel = make_place("site", name="Machu Picchu")
    for number in (2, 3):
        make_transfer(trek.days.get(number=number), from_place=citadel, after_walk=True)
    make_transfer(trek.days.get(number=1), after_walk=True)

    assert answers(trek)["Machu Picchu"] == "on days 2, 3"


def test_rows_stay_calm_about_a_trek_without_days():
    assert answers(make_trek())["Hardest day"] == "–"


def test_choice_needs_two_treks():
    treks = [make_trek(slug=slug) for slug in ("a", "b", "c")]

    assert chosen_among(treks, ["a", "c"]) == [treks[0], treks[2]]
    assert chosen_among(treks, ["a", "nowhere"]) == treks


def test_first_three_stand_side_by_side_until_somebody_chooses():
    treks = [make_trek(slug=slug) for slug in "abcde"]

    assert chosen_among(treks, []) == treks[:3]
    assert chosen_among(treks, ["e"]) == treks[:3]
    assert chosen_among(treks, list("abcde")) == treks


def test_page_is_a_table_with_row_and_column_headers(client):
    trek = make_days(make_trek(name="Classic", short_name="Classic, 4 days"))
    make_days(make_trek(is_published=False, short_name="Secret"))

    html = compared(client)

    assert "Secret" not in html
    link = f'<a href="{trek.get_absolute_url()}">Classic, 4\u00a0days</a>'
    assert f'<th scope="col" class="display">{link}</th>' in html
    assert html.count('<th scope="col"') == 2
    assert html.count('<th scope="row">') == 19


def test_page_names_the_next_date_with_room_that_can_be_booked_online(client):
    trek = make_days(make_trek())
    too_late = make_departure(trek, starts_in=13)
    full = make_departure(trek, starts_in=20, capacity=2)
    held(full, 2)
    free = make_departure(trek, starts_in=30, capacity=5, price=Decimal("555.00"))

    html = compared(client)

    assert [d for d in (too_late, full, free) if f"#departure-{d.pk}" in html] == [free]
    assert "5 seats left" in html
    assert "from $555" in html


def test_page_shows_the_chosen_treks(client):
    for name in ("Aa", "Bb", "Cc"):
        make_days(make_trek(slug=name.lower(), short_name=name))

    html = compared(client, trek=["aa", "cc"])

    assert html.count('class="display"><a') == 2
    assert 'class="scroll"' not in html
    assert html.count(" checked>") == 2


def test_page_lets_more_than_three_treks_scroll_in_their_own_frame(client):
    treks = [make_days(make_trek(slug=slug)) for slug in "abcd"]

    html = compared(client, trek=list("abcd"))

    assert html.count('class="display"><a') == len(treks)
    assert '<div class="scroll" role="group" aria-label="Treks side by side" tabindex="0">' in html


def test_row_is_shared_where_several_treks_give_one_answer():
    for name, age in (("aa", 8), ("bb", 12)):
        make_days(make_trek(slug=name, minimum_age=age))
    treks = treks_to_compare()

    shared = {row.title: row.is_shared for row in rows(treks)}

    assert (shared["Highest night"], shared["From the age of"]) == (True, False)
    assert not any(row.is_shared for row in rows(treks[:1]))


def test_page_without_treks_says_so(client):
    assert "No trek is published yet." in compared(client)


def test_compare_is_no_address_of_a_trek(client):
    make_trek(slug="compare")

    assert "Which trek is yours?" in compared(client)


@pytest.mark.parametrize("count", [1, 3])
def test_page_needs_the_same_queries_for_one_trek_and_three(client, django_assert_num_queries, count):
    for _ in range(count):
        make_departure(make_days(make_trek()))

    with django_assert_num_queries(9):
        compared(client)
    assert Trek.objects.count() == count

"""The pages of villages and hot springs: what they tell, and where they lead on."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from lares.templatetags import formats
from tests.factories import make_departure, make_trek
from tests.factories_treks import make_day, make_feast, make_hot_spring, make_place, make_village

pytestmark = pytest.mark.django_db


def test_village_sets_the_quechua_words_of_its_texts_apart(client):
    village = make_village(
        weaving="Spun on the *phuska* & dyed.", etiquette="Greet: *Allillanchu?*", meaning="House (*wasi*)"
    )

    page = client.get(village.get_absolute_url()).text

    for words in (
        'the <i lang="qu">phuska</i> &amp; dyed',
        'Greet: <i lang="qu">Allillanchu?</i>',
        'House (<i lang="qu">wasi</i>)',
    ):
        assert words in page


def test_title_of_a_village_says_whether_the_treks_come_by(client):
    hamlet, village = make_village(name="Quelqena", kind="hamlet"), make_village(name="Cuncani")
    make_day(make_trek(), 1).villages.add(village)

    assert "<title>Quelqena, a hamlet near the Lares Trek" in client.get(hamlet.get_absolute_url()).text
    assert "<title>Cuncani, a village on the Lares Trek" in client.get(village.get_absolute_url()).text


def test_village_tells_who_passes_and_when(client):
    village = make_village(known_for="Weaving\nPotatoes", families=250, quechua_percent=Decimal("94.9"))
    trek = make_trek(name="Classic")
    make_day(trek, 1).villages.add(village)
    make_day(trek, 2, overnight_place=village)
    make_day(make_trek(name="Elsewhere"), 1)
    departure = make_departure(trek, starts_in=30)
    make_feast(village, name="Carnival")

    response = client.get(village.get_absolute_url())

    page = response.text
    assert [trek.name for trek in response.context["treks"]] == ["Classic"]
    assert [day.number for day in response.context["treks"][0].passing] == [1, 2]
    assert "about 250" in page
    assert "94.9\N{NO-BREAK SPACE}%" in page
    assert "Carnival" in page
    assert "Ask for this date" in page or "/book/" in page
    first, second = (formats.day(departure.start_date + timedelta(days=n)) for n in (0, 1))
    assert f"In {village.name}: {first}, {second}<" in page


def test_feast_stands_with_the_villages_that_take_part(client):
    town, village = make_place("town", name="Ollantaytambo"), make_village()
    make_feast(town, name="Bajada de Reyes", when="5 January").villages.add(village)

    page = client.get(village.get_absolute_url()).text

    feasts = page.partition("<h2>Feasts</h2>")[2].partition("</section>")[0]
    assert "Bajada de Reyes" in feasts
    assert "5 January, in Ollantaytambo" in feasts


def test_feast_of_a_village_does_not_repeat_its_place(client):
    village = make_village(name="Patacancha")
    make_feast(village, name="Carnival").villages.add(village)

    page = client.get(village.get_absolute_url()).text

    feasts = page.partition("<h2>Feasts</h2>")[2].partition("</section>")[0]
    assert feasts.count("Carnival") == 1
    assert "Patacancha" not in feasts


def test_place_that_no_trek_passes_leads_on_to_the_nearest_that_one_does(client):
    trek = make_trek()
    day = make_day(trek, 1)
    for name, latitude in (("Far", -14), ("Nearer", -13.2), ("Near", -13.1), ("Next", -13.3)):
        day.villages.add(make_village(name=name, latitude=latitude, longitude=-72))
    make_village(name="Nobody comes", latitude=-13, longitude=-72)
    lonely = make_village(name="Quelqena", latitude=-13, longitude=-72)

    response = client.get(lonely.get_absolute_url())

    assert [place.name for place in response.context["near"]] == ["Near", "Nearer", "Next"]
    assert "None of our treks has Quelqena in its plan. The places nearest" in response.text
    assert reverse("contact") in response.text


def test_place_whose_position_is_unknown_leads_to_all_places(client):
    make_day(make_trek(), 1).villages.add(make_village(latitude=-13, longitude=-72))

    response = client.get(make_village(name="Somewhere").get_absolute_url())

    assert response.context["near"] == []
    assert "None of our treks has Somewhere in its plan.</p>" in response.text


@pytest.mark.parametrize(
    ("weaving", "heading"), [("By hand.", "At the loom, and as a guest"), ("", "As a guest")]
)
def test_village_speaks_of_the_loom_only_where_it_has_something_to_say(client, weaving, heading):
    village = make_village(weaving=weaving, etiquette="Ask before you photograph people.")

    page = client.get(village.get_absolute_url()).text

    assert f"<h2>{heading}</h2>" in page
    assert page.count("As a guest<") == 1


def test_village_without_words_of_its_own_tells_the_language_and_how_to_be_a_guest(client):
    page = client.get(make_village(etiquette="").get_absolute_url()).text
    own = client.get(
        make_village(etiquette="Wave first.", quechua_percent=Decimal("94.9")).get_absolute_url()
    ).text

    assert "Quechua is spoken in the high villages" in page
    assert "Ask before you photograph people." in page
    assert "<p></p>" not in page
    assert "Wave first." in own
    assert "Ask before you photograph people." not in own
    assert "Quechua is spoken in the high villages" not in own


def test_hot_spring_tells_water_hours_and_entry(client):
    spring = make_hot_spring(
        coolest_c=36, hottest_c=44, opens_at=time(5), closes_at=time(22), fee_foreign_pen=15,
        minerals="Calcium, iron", checked_on=date(2026, 11, 22),
    )  # fmt: skip

    page = client.get(spring.get_absolute_url()).text

    assert "36–44" in page
    assert "05:00–22:00" in page
    assert "S/15" in page
    assert "Calcium, iron" in page
    assert "last checked on Sun 22 November 2026" in page

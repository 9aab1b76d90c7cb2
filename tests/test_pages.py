"""The pages of the catalogue: what each of them shows, also while there is little to show."""

import re
from datetime import date, time
from decimal import Decimal

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from PIL import Image

from tests.factories import make_departure, make_extra, make_trek
from tests.factories_money import make_policy
from tests.factories_treks import (
    describe,
    make_day,
    make_feast,
    make_hot_spring,
    make_month,
    make_page,
    make_phrase,
    make_place,
    make_transfer,
    make_village,
)
from treks.models import Inclusion, Operator, PackingItem, Question, Waypoint

pytestmark = pytest.mark.django_db

STANDING = "home treks departures places when_to_go prepare words contact search".split()


@pytest.mark.parametrize("name", STANDING)
def test_empty_site_has_pages_that_say_so(client, name):
    response = client.get(reverse(name))

    assert response.status_code == 200
    assert "<h1" in response.text


@pytest.mark.parametrize("name", [*STANDING, "contact_sent"])
def test_pages_can_be_read_but_not_written(client, name):
    answer = client.delete(reverse(name))

    assert answer.status_code == 405


def test_home_shows_the_first_trek_and_the_others(client):
    make_trek(name="Mantanay", position=2)
    make_trek(name="Classic", position=1)
    make_trek(name="Secret", position=3, is_published=False)

    response = client.get(reverse("home"))

    assert response.context["trek"].name == "Classic"
    assert [trek.name for trek in response.context["others"]] == ["Mantanay"]
    assert "Secret" not in response.text


def test_trek_shows_days_prices_and_what_they_cover(client):
    trek = make_trek(slug="classic")
    describe(trek, 1)
    Inclusion.objects.create(trek=trek, text="Tips", is_included=False)
    make_extra(trek, slug="sleeping-bag", price="20", offered_at=Decimal("25"))
    Question.objects.create(slug="other", question="Only elsewhere?", answer="Yes.", trek=make_trek())
    make_departure(trek, price=Decimal("640"), starts_in=40)
    make_departure(trek, price=Decimal("610"), starts_in=300)

    response = client.get(trek.get_absolute_url())

    page = response.text
    assert [line.text for line in response.context["included"]] == ["Tent 1"]
    assert [line.text for line in response.context["not_included"]] == ["Tips"]
    assert [question.question for question in response.context["questions"]] == ["How cold is it 1?"]
    assert "from $610" in page
    assert "$25" in page
    assert 'id="day-1"' in page
    assert reverse("packing") in page


def test_trek_day_tells_its_places_and_clock(client):
    trek = make_trek()
    day = make_day(trek, 1, start_time=time(5, 30), hours_min=Decimal("3.5"), hours_max=Decimal("5"))
    make_transfer(day, hours=Decimal("4"))
    day.villages.add(make_village(name="Huacahuasi", slug="huacahuasi"))
    day.hot_springs.add(make_hot_spring(name="Pools"))

    told = client.get(trek.get_absolute_url()).context["days"][0]

    assert [str(place) for place in told.places] == ["Pools", "Huacahuasi"]
    assert told.places[1].get_absolute_url() == reverse("village", args=["huacahuasi"])
    assert [moment.at for moment in told.clock] == [time(5, 30), time(9, 30), time(9, 30), time(13, 0)]


def test_trek_without_dates_shows_its_usual_price(client):
    trek = make_trek(usual_price=Decimal("590"))

    page = client.get(trek.get_absolute_url()).text

    assert "from $590" in page
    assert "No dates yet." in page


@pytest.mark.parametrize("slug", ["hidden", "never-heard-of"])
def test_trek_that_is_not_offered_is_not_found(client, slug):
    make_trek(slug="hidden", is_published=False)

    assert client.get(reverse("trek", args=[slug])).status_code == 404


def test_places_stand_in_the_order_of_the_walk(client):
    trek = make_trek(position=1)
    far, near = make_village(name="A far one"), make_village(name="Z near one")
    Waypoint.objects.create(trek=trek, position=1, day_number=1, km=0, altitude_m=3200, place=near)
    Waypoint.objects.create(trek=trek, position=2, day_number=1, km=9, altitude_m=3800, place=far)
    make_village(name="Beside the way")

    groups = client.get(reverse("places")).context["groups"]

    assert [place.name for place in groups[0].places] == ["Z near one", "A far one", "Beside the way"]


def test_places_without_a_waypoint_stand_where_the_days_come_by(client):
    trek = make_trek()
    lagoon, gate, town = (make_place(name=n) for n in ("A lagoon", "Z gate (road)", "Y town"))
    make_transfer(make_day(trek, 1), from_place=town, to_place=make_hot_spring(name="Pools"), via="Z gate")
    Waypoint.objects.create(trek=trek, position=1, day_number=2, km=1, altitude_m=4200, place=lagoon)
    make_day(trek, 2)

    groups = client.get(reverse("places")).context["groups"]

    passes = next(group for group in groups if group.slug == "passes")
    assert [place.name for place in passes.places] == ["Y town", "Z gate (road)", "A lagoon"]


def test_places_say_about_where_sources_differ_and_give_other_spellings(client):
    make_village(name="Huacahuasi", altitude_low_m=3600, altitude_high_m=3850, other_names="Wakawasi")
    make_place(name="Sun Gate Pass", altitude_m=2720, altitude_low_m=2720, altitude_high_m=2720)

    page = client.get(reverse("places")).text

    assert "about 3,800" in page
    assert "about 2,720" not in page
    assert "Also written Wakawasi" in page


def test_prepare_shows_the_text_of_the_office_without_its_html(client):
    make_page(
        "prepare",
        body="## Altitude\n\nTake **care** <script>alert(1)</script>\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    )

    page = client.get(reverse("prepare")).text

    assert 'id="altitude"' in page
    assert "<strong>care</strong> &lt;script&gt;" in page
    assert '<th scope="row">1</th>' in page
    assert 'href="tel:106"' in page


def test_prepare_names_what_can_be_rented_and_leads_to_the_whole_list(client):
    bag = make_extra(slug="bag", price="25.00")
    PackingItem.objects.create(slug="bag", category="gear", text="Sleeping bag, about −7 °C", extra=bag)
    PackingItem.objects.create(slug="boots", category="clothing", text="Boots, broken in")

    page = client.get(reverse("prepare")).text

    assert "Sleeping bag, about −7\u00a0°C" in page
    assert "or rent it, $25" in page
    assert "Boots" not in page
    assert f'href="{reverse("packing")}"' in page


def test_words_carry_their_languages(client):
    make_phrase("Allillanchu?", spanish="¿Cómo estás?", english="How are you?")
    make_place(name="Huacahuasi", meaning="House of the shrine", meaning_is_inferred=True)
    make_place(name="Lares", meaning="")

    page = client.get(reverse("words")).text

    assert '<span lang="qu">Allillanchu?</span>' in page
    assert '<td lang="es" class="quiet">¿Cómo estás?</td>' in page
    assert "House of the shrine<span" in page
    assert "† read from the parts of the word" in page
    assert "Lares</a></dt>" not in page
    assert "not yet confirmed" not in page


def test_words_mark_what_a_speaker_has_not_confirmed(client):
    make_phrase("Allin p'unchay", is_unverified=True)
    make_phrase("Añay")

    page = client.get(reverse("words")).text

    assert "Words marked * are not yet confirmed by a speaker." in page
    assert page.count(">*</span>") == 1
    assert "p’unchay" in page
    assert "read from the parts" not in page


def test_feasts_stand_on_one_page_and_the_words_lead_there(client):
    make_month(6)
    make_feast(make_village(), name="Sinkuy")

    assert "Sinkuy" in client.get(reverse("when_to_go")).text
    words = client.get(reverse("words")).text
    assert "Sinkuy" not in words
    assert f'href="{reverse("when_to_go")}#feasts"' in words


@pytest.mark.parametrize("slug", ["about", "terms", "privacy"])
def test_standing_page_has_an_address_of_its_own(client, slug):
    make_page(slug, title="Who we are", checked_on=date(2026, 11, 22))

    page = client.get(f"/{slug}/").text

    assert "<h1>Who we are</h1>" in page
    assert "Last checked on Sun 22 November 2026." in page


def test_other_page_stands_under_pages(client):
    make_page("responsible-travel", title="Traveling responsibly")

    assert "Traveling responsibly" in client.get("/pages/responsible-travel/").text
    assert client.get("/pages/nothing/").status_code == 404


def test_example_company_says_that_it_is_one(client):
    trek = make_trek()
    make_departure(trek)
    Operator.objects.update(is_example=True)

    assert "This is a demonstration" in client.get(reverse("home")).text


def test_page_that_did_not_change_is_not_sent_again(client):
    make_trek(name="Classic")
    encoded = {"Accept-Encoding": "br"}
    first = client.get(reverse("treks"), headers=encoded)

    again = client.get(reverse("treks"), headers={"If-None-Match": first["ETag"], **encoded})
    make_trek(name="Another")
    changed = client.get(reverse("treks"), headers={"If-None-Match": first["ETag"], **encoded})

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200


def test_trek_page_tells_where_the_money_goes_and_what_comes_back(client):
    describe(make_trek(slug="classic"), 1)
    make_policy()

    said = client.get(reverse("trek", args=["classic"])).content.decode()

    assert "Machu Picchu S/152" in said
    assert re.search(r"60 days or more before the start.*the deposit.*30 to 59 days.*50 %", said, re.S)


def test_old_address_of_the_icon_leads_to_one_that_is_there(client, settings):
    answer = client.get("/favicon.ico")

    assert answer.status_code == 302
    assert finders.find(answer["Location"].removeprefix(settings.STATIC_URL))


def test_manifest_names_the_operator_and_icons_that_are_there(client):
    told = client.get("/manifest.webmanifest")

    assert told["Content-Type"] == "application/manifest+json"
    assert told.json()["start_url"] == "/"
    icons = told.json()["icons"]
    assert {(icon["sizes"], icon["purpose"]) for icon in icons} >= {
        ("192x192", "any"),
        ("512x512", "maskable"),
    }
    for icon in icons:
        with Image.open(finders.find(icon["src"].removeprefix("/static/"))) as picture:
            assert "{}x{}".format(*picture.size) == icon["sizes"]

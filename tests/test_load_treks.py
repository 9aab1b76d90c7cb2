"""The content loader: twice is once, and what staff edited or removed stays so."""

import shutil

import pytest
from django.core.management import call_command
from django.utils import translation

from treks.loading import load
from treks.models import Feast, Inclusion, ItineraryDay, LoadedField, Operator, Place, Trek, Village, Waypoint
from treks.shipped import CONTENT

pytestmark = pytest.mark.django_db

CLASSIC = "treks/1-lares-classic-4d.toml"


@pytest.fixture
def content(tmp_path):
    """A copy of the shipped files, to be changed like a new release changes them."""
    return shutil.copytree(CONTENT, tmp_path / "content")


def release(content, file, old, new):
    """Change a text in the files, as the next version of the site would, and load."""
    path = content / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return load(content)


def test_second_load_changes_nothing_and_says_so(capsys):
    call_command("load_treks")
    before = list(Trek.objects.values()), list(LoadedField.objects.values().order_by("pk"))
    first = capsys.readouterr().out

    call_command("load_treks")

    assert "new" in first
    assert capsys.readouterr().out == "Content: nothing new.\n"
    assert (list(Trek.objects.values()), list(LoadedField.objects.values().order_by("pk"))) == before


def test_second_load_needs_few_queries(django_assert_max_num_queries):
    load()

    with django_assert_max_num_queries(30):
        load()


def test_load_writes_english_whatever_language_is_active():
    with translation.override("es"):
        load()

    trek = Trek.objects.get(slug="lares-classic-4d")
    assert trek.name_en == "Lares Trek to Machu Picchu"
    assert not trek.name_es
    assert trek.version == 1


def test_a_new_text_reaches_a_field_nobody_edited(content):
    load(content)

    tally = release(content, CLASSIC, 'short_name = "Classic, 4 days"', 'short_name = "The classic"')

    trek = Trek.objects.get(slug="lares-classic-4d")
    assert trek.short_name_en == "The classic"
    assert Trek.objects.raw_values("short_name").get(pk=trek.pk) == {"short_name": "The classic"}
    assert trek.version == 2
    assert tally == {"new": 0, "updated": 1}


def test_what_staff_edited_is_kept_and_told(content, capsys):
    load(content)
    Trek.objects.filter(slug="lares-classic-4d").update(short_name_en="Our best")

    tally = release(content, CLASSIC, 'short_name = "Classic, 4 days"', 'short_name = "The classic"')

    assert Trek.objects.get(slug="lares-classic-4d").short_name_en == "Our best"
    assert tally == {"new": 0, "edited": 1}


def test_an_edited_field_does_not_hold_back_its_neighbors(content):
    load(content)
    Trek.objects.filter(slug="lares-classic-4d").update(short_name_en="Our best")

    release(content, CLASSIC, 'start = "Your hotel in Cusco, at about', 'start = "The Plaza, at about')

    trek = Trek.objects.get(slug="lares-classic-4d")
    assert trek.short_name_en == "Our best"
    assert trek.start_en.startswith("The Plaza")


def test_saving_a_text_area_without_changing_it_is_no_edit(content):
    load(content)
    village = Village.objects.get(slug="huacahuasi")
    Village.objects.filter(pk=village.pk).update(known_for_en=village.known_for_en.replace("\n", "\r\n"))

    release(content, "villages.toml", '"Wool dyed with plants",', '"Wool dyed with plants and cochineal",')

    assert "cochineal" in Village.objects.get(pk=village.pk).known_for_en


def test_a_removed_row_is_not_brought_back(content):
    load(content)
    Inclusion.objects.filter(trek__slug="lares-classic-4d", is_included=True, position=3).delete()
    Trek.objects.get(slug="lares-huaran-3d").delete()

    tally = load(content)

    assert tally == {"new": 0}
    assert not Trek.objects.filter(slug="lares-huaran-3d").exists()
    assert Inclusion.objects.filter(trek__slug="lares-classic-4d", is_included=True).count() == 13


def test_a_removed_place_only_disappears_from_where_it_was_named(content):
    load(content)
    Village.objects.get(slug="willoc").delete()

    tally = release(content, CLASSIC, "Downhill all day, through", "All day downhill, through")

    day = ItineraryDay.objects.get(trek__slug="lares-classic-4d", number=3)
    assert day.description_en.startswith("All day downhill")
    assert [village.slug for village in day.villages.all()] == ["patacancha"]
    assert Waypoint.objects.get(trek=day.trek, label_en="Willoc").place is None
    assert tally["updated"] == 1


def test_a_new_row_inside_a_trek_counts_its_version_on(content):
    load(content)

    tally = release(content, CLASSIC, '    "Travel insurance",\n', '    "Travel insurance",\n    "Visas",\n')

    trek = Trek.objects.get(slug="lares-classic-4d")
    assert trek.version == 2
    assert trek.inclusions.filter(text_en="Visas").count() == 1
    assert tally["new"] == 1


def test_villages_of_a_day_follow_the_files_until_staff_chose_others(content):
    load(content)
    day = ItineraryDay.objects.get(trek__slug="lares-classic-4d", number=3)
    other = ItineraryDay.objects.get(trek__slug="lares-express-3d", number=2)
    other.villages.set([])

    release(content, CLASSIC, '["patacancha", "willoc"]', '["willoc"]')
    release(content, "treks/2-lares-express-3d.toml", '["huacahuasi", "patacancha"]', '["patacancha"]')

    assert [village.slug for village in day.villages.all()] == ["willoc"]
    assert list(other.villages.all()) == []


def test_villages_that_take_part_in_a_feast_follow_the_files(content):
    load(content)

    release(content, "feasts.toml", '["willoc", "patacancha"]', '["patacancha"]')

    assert [village.slug for village in Feast.objects.get(slug="bajada-de-reyes").villages.all()] == [
        "patacancha"
    ]


def test_spanish_that_ships_later_fills_an_empty_column_only(content):
    load(content)
    Place.objects.filter(slug="calca").update(name_es="Calca (nuestra)")

    release(content, "places.toml", 'name = "Pisac"\n', 'name = "Pisac"\nname_es = "Písac"\n')
    release(content, "places.toml", 'name = "Calca"\n', 'name = "Calca"\nname_es = "Calca"\n')

    assert Place.objects.get(slug="pisac").name_es == "Písac"
    assert Place.objects.get(slug="calca").name_es == "Calca (nuestra)"


def test_a_row_that_staff_made_under_a_name_we_ship_later_is_theirs(content):
    Trek.objects.create(
        name="Ours", short_name="Ours", slug="lares-huaran-3d", tagline="Ours", summary="Ours",
        distance_km=10, usual_price=100, usual_deposit=50,
    )  # fmt: skip

    load(content)

    trek = Trek.objects.get(slug="lares-huaran-3d")
    assert trek.name == "Ours"
    assert trek.days.count() == trek.inclusions.count() == 0


def test_news_that_do_not_fit_an_edit_are_refused_alone(content):
    load(content)
    Place.objects.filter(slug="lamay").update(altitude_high_m=2961, altitude_m=2961)
    path = content / "places.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("altitude_low_m = 2957", "altitude_low_m = 2962"), "utf-8")

    tally = release(content, "operator.toml", 'name = "Lares Trek"', 'name = "Lares"')

    assert tally == {"new": 0, "refused": 1, "updated": 1}
    assert Place.objects.get(slug="lamay").altitude_low_m == 2957
    assert Operator.objects.get().name == "Lares"


def test_a_name_that_the_content_does_not_hold_stops_the_load(content):
    with pytest.raises(LookupError, match="nowhere"):
        release(content, CLASSIC, 'overnight_place = "ipsaycocha"', 'overnight_place = "nowhere"')

    assert not Trek.objects.exists()

"""Two editors on one record: the second is told, sees both values, and loses nothing."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from lares.editing import Difference
from tests.admin_forms import fields, send
from tests.factories import make_day, make_departure, make_trek, make_village, make_waypoint, reloaded
from treks.models import Trek, Village, Waypoint


@pytest.fixture
def ana(db):
    """A member of staff."""
    return logged_in("ana")


@pytest.fixture
def rosa(db):
    """Another one."""
    return logged_in("rosa")


def logged_in(name):
    client = Client()
    client.force_login(User.objects.create_superuser(name, f"{name}@example.com", "x"))
    return client


def open_form(client, record):
    opts = record._meta
    return client.get(reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk]))


def test_saving_a_record_or_a_row_of_it_says_when_it_changed(ana):
    trek, village = make_trek(), make_village()
    make_day(trek, 1)
    before = {record: record.updated_at for record in (trek, village)}

    for record in before:
        assert send(ana, open_form(ana, record)).status_code == 302

    for record, moment in before.items():
        assert reloaded(record).updated_at > moment


def test_second_editor_is_told_and_nothing_is_overwritten(ana, rosa):
    village = make_village(name="Huacahuasi", weaving="Backstrap loom.")
    first, second = open_form(ana, village), open_form(rosa, village)

    send(ana, first, weaving_en="Backstrap loom, plant dyes.")
    answer = send(rosa, second, weaving_en="Loom and spindle.")

    assert answer.status_code == 200
    assert Village.objects.get().weaving_en == "Backstrap loom, plant dyes."
    page = answer.content.decode()
    assert "Somebody saved this while you were editing" in page
    assert "ana saved it" in page


def test_second_editor_sees_both_values_side_by_side(ana, rosa):
    village = make_village(kind="village", families=100)
    first, second = open_form(ana, village), open_form(rosa, village)

    send(ana, first, families="120", kind="hamlet")
    answer = send(rosa, second, families="140")

    rows = {row.label: (row.theirs, row.yours) for row in answer.context["conflict"]["differences"]}
    assert rows == {"Kind": ("hamlet", "village"), "Families, about": ("120", "140")}
    page = answer.content.decode()
    assert "120" in page and "140" in page


def test_second_editor_keeps_what_was_typed_and_can_save_over_it(ana, rosa):
    village = make_village()
    first, second = open_form(ana, village), open_form(rosa, village)
    send(ana, first, name_en="Wacawasi")
    conflict = send(rosa, second, name_en="Huacawasi", summary_en="Weavers live here.")

    assert fields(conflict)["name_en"] == ["Huacawasi"]
    answer = send(rosa, conflict)

    assert answer.status_code == 302
    village = Village.objects.get()
    assert (village.name_en, village.summary_en, village.version) == ("Huacawasi", "Weavers live here.", 3)


def test_form_without_a_version_is_a_conflict(ana):
    village = make_village(name="Lares")

    answer = send(ana, open_form(ana, village), name_en="Larez", _version=None)

    assert answer.status_code == 200
    assert Village.objects.get().name_en == "Lares"


def test_change_of_a_row_counts_the_trek_up(ana):
    trek = make_trek()
    make_waypoint(trek, 1)

    send(ana, open_form(ana, trek), **{"waypoints-0-altitude_m": "3900"})

    assert Waypoint.objects.get().altitude_m == 3900
    assert Trek.objects.get().version == 2


def test_rows_that_differ_are_listed(ana, rosa):
    trek = make_trek()
    make_waypoint(trek, 1, label="Ipsay Pass", altitude_m=4450)
    first, second = open_form(ana, trek), open_form(rosa, trek)

    send(ana, first, **{"waypoints-0-altitude_m": "4460"})
    answer = send(rosa, second, **{"waypoints-0-altitude_m": "4440"})

    rows = {row.label: (row.theirs, row.yours) for row in answer.context["conflict"]["differences"]}
    assert rows == {"Waypoint “Ipsay Pass”: Altitude, m": ("4460", "4440")}


def test_row_deleted_by_the_other_is_not_lost(ana, rosa):
    trek = make_trek()
    make_waypoint(trek, 1, label="Hot springs")
    make_waypoint(trek, 2, label="Ipsay Pass")
    first, second = open_form(ana, trek), open_form(rosa, trek)
    send(ana, first, **{"waypoints-0-DELETE": "on"})

    conflict = send(rosa, second, **{"waypoints-0-altitude_m": "3250"})
    answer = send(rosa, conflict)

    assert answer.status_code == 302
    assert list(Waypoint.objects.values_list("label_en", "altitude_m")) == [
        ("Hot springs", 3250),
        ("Ipsay Pass", 3800),
    ]


def test_row_added_by_the_other_is_told_and_stays(ana, rosa):
    trek = make_trek()
    first, second = open_form(ana, trek), open_form(rosa, trek)
    row = {"position": "1", "is_included": "on", "text_en": "Three nights", "text_es": ""}
    added = {f"inclusions-0-{name}": value for name, value in row.items()}
    send(ana, first, **{"inclusions-TOTAL_FORMS": "1"}, **added)

    conflict = send(rosa, second, tagline_en="Over the pass on foot")
    send(rosa, conflict)

    labels = [row.label for row in conflict.context["conflict"]["differences"]]
    assert "Included or not “Three nights”" in labels
    assert Trek.objects.get().inclusions.count() == 1


def test_day_is_guarded_by_its_trek(ana, rosa):
    trek = make_trek()
    day = make_day(trek, 1)
    of_trek, of_day = open_form(ana, trek), open_form(rosa, day)

    send(rosa, of_day, title_en="To Huacahuasi")
    answer = send(ana, of_trek, **{"days-0-title_en": "To the weavers"})

    assert answer.context["conflict"]["differences"][0].theirs == "To Huacahuasi"
    day.refresh_from_db()
    assert day.title_en == "To Huacahuasi"


def test_deleting_a_day_counts_the_trek_up(ana):
    trek = make_trek()
    day = make_day(trek, 1)

    ana.post(reverse("admin:treks_itineraryday_delete", args=[day.pk]), {"post": "yes"})

    trek.refresh_from_db()
    assert (trek.days.count(), trek.version) == (0, 2)


def test_departure_has_the_same_guard(ana, rosa):
    departure = make_departure()
    first, second = open_form(ana, departure), open_form(rosa, departure)

    send(ana, first, price="600.00")
    answer = send(rosa, second, price="610.00")

    assert [(row.theirs, row.yours) for row in answer.context["conflict"]["differences"]] == [
        ("600.00", "610.00")
    ]
    departure.refresh_from_db()
    assert departure.price == 600


@pytest.mark.django_db(transaction=True)
def test_of_editors_who_save_at_the_same_moment_one_wins_and_all_others_are_told():
    village = make_village()
    clients = [logged_in(f"editor{n}") for n in range(4)]
    pages = [open_form(client, village) for client in clients]
    start = threading.Barrier(len(clients))

    def save(number):
        from django.db import connection

        start.wait()
        try:
            return send(clients[number], pages[number], summary_en=f"Written by {number}").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clients)) as pool:
        codes = list(pool.map(save, range(len(clients))))

    assert sorted(codes) == [200, 200, 200, 302]
    village.refresh_from_db()
    assert (village.version, village.summary_en) == (2, f"Written by {codes.index(302)}")


def test_words_that_differ_are_marked():
    row = Difference("Summary", theirs="Red ponchos and a school", yours="Red ponchos, a school")

    assert row.theirs_marked == [("Red ", False), ("ponchos and ", True), ("a school", False)]
    assert row.yours_marked == [("Red ", False), ("ponchos, ", True), ("a school", False)]

"""Every page of the office opens in its own look, under the strict policy, and 3 rows cost no more than 1."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bookings.models import ContactMessage, Departure
from lares.office import GROUPS
from tests import factories
from treks import models
from treks.passages import PASSAGES


def make_message(**fields):
    """A question about a departure."""
    usual = {
        "name": "Eva",
        "email": "eva@example.com",
        "text": "Is it cold?",
        "submission": factories.uuid4(),
    }
    return ContactMessage.objects.create(departure=factories.make_departure(), **usual | fields)


def make_place(n, kind="pass", model=models.Place):
    return model.objects.create(name=f"Place {n}", slug=f"place-{n}", kind=kind, altitude_m=4450)


# How to make the n-th row of each model that has a list of its own.
ROWS = {
    models.Trek: lambda n: factories.make_trek(),
    models.Village: lambda n: factories.make_village(),
    models.HotSpring: lambda n: make_place(n, "hot_springs", models.HotSpring),
    models.Place: make_place,
    models.ItineraryDay: lambda n: factories.make_day(factories.make_trek(), 1),
    models.Extra: lambda n: factories.make_extra(),
    models.CircuitRoute: lambda n: models.CircuitRoute.objects.create(
        code=f"{n}-A", circuit=n, circuit_name="Panoramic", name="Terrace", season="all year"
    ),
    models.Page: lambda n: models.Page.objects.create(slug=f"page-{n}", title=f"Page {n}"),
    models.Passage: lambda n: models.Passage.objects.create(key=[*PASSAGES][n], text_en="Walk"),
    models.PagePicture: lambda n: models.PagePicture.objects.create(
        spot=models.PagePicture.Spot.values[n % 3], scene="cuncani"
    ),
    models.Question: lambda n: models.Question.objects.create(
        slug=f"q-{n}", question="Cold?", answer="Yes.", trek=factories.make_trek()
    ),
    models.PackingItem: lambda n: models.PackingItem.objects.create(
        slug=f"item-{n}", category="gear", text="Bag", extra=factories.make_extra()
    ),
    models.ClimateMonth: lambda n: models.ClimateMonth.objects.create(
        month=n,
        season="dry",
        rain_mm=0,
        rain_days=0,
        **{
            f"{place}_{end}_c": n for place in ("cusco", "huacahuasi", "ipsaycocha") for end in ("min", "max")
        },
    ),
    models.Feast: lambda n: models.Feast.objects.create(
        slug=f"feast-{n}", name="Feast", place=make_place(n), month=n, when="June", what="Dancing"
    ),
    models.Phrase: lambda n: models.Phrase.objects.create(quechua=f"word {n}", spanish="sol", english="sun"),
    Departure: lambda n: factories.make_departure(),
    ContactMessage: lambda n: make_message(),
    User: lambda n: User.objects.create_user(f"user{n}"),
    Group: lambda n: Group.objects.create(name=f"Role {n}"),
}
OURS = [model for model in admin.site._registry if model in ROWS]
# Stored bookings and their like have tests of their own.
ELSEWHERE = {
    "booking",
    "traveler",
    "payment",
    "waitlistentry",
    "terms",
    "refundpolicy",
    "outboxmessage",
    "operator",
    "refund",
    "promotion",
    "pricelist",
    "paymentattempt",
    "providernotice",
    "receipt",
    "taxdocument",
}


def address(model, what, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=args)


def query_count(client, url):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_every_list_is_measured_here_or_elsewhere():
    unknown = {model._meta.model_name for model in admin.site._registry if model not in ROWS} - ELSEWHERE

    assert not unknown


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_list_costs_the_same_with_one_and_three_rows(office, model):
    url = address(model, "changelist")
    ROWS[model](1)
    query_count(office, url)

    one = query_count(office, url)
    ROWS[model](2), ROWS[model](3)

    assert query_count(office, url) == one


def test_first_page_costs_the_same_with_one_and_three_rows(office):
    url = reverse("admin:index")
    make_message()
    query_count(office, url)

    one = query_count(office, url)
    make_message(), make_message()

    assert query_count(office, url) == one <= 10


def test_trek_with_three_waypoints_reads_the_places_once(office):
    trek = factories.make_trek()
    factories.make_waypoint(trek, 1)
    url = address(models.Trek, "change", trek.pk)
    query_count(office, url)
    one = query_count(office, url)
    for position in (2, 3):
        factories.make_waypoint(trek, position)

    assert query_count(office, url) == one


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_pages_hold_no_inline_script_or_style(office, model):
    row = ROWS[model](1)
    pages = [
        address(model, "changelist"),
        address(model, "change", row.pk),
        address(model, "history", row.pk),
    ]
    if admin.site._registry[model].has_add_permission(office.get(pages[0]).wsgi_request):
        pages.append(address(model, "add"))
    if model is not ContactMessage:
        pages.append(address(model, "delete", row.pk))

    for page in pages:
        answer = office.get(page)
        html = answer.content.decode()
        assert answer.status_code == 200, page
        assert "admin-look/office" in html and "admin/css/base" not in html
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html), page
        assert all(" src=" in script for script in re.findall(r"<script[^>]*>", html)), page


@pytest.mark.parametrize("name", ["login", "index", "password_change"])
def test_other_pages_are_in_the_same_look(client, office, name):
    if name == "login":
        client.logout()

    html = client.get(reverse(f"admin:{name}")).content.decode()

    assert 'id="header"' in html and 'class="weave"' in html
    assert not re.search(r"<style|\sstyle=", html)


def test_navigation_stands_in_the_groups_of_the_office(office):
    groups = office.get(reverse("admin:index")).context["available_apps"]

    names = {group["app_label"]: [str(model["name"]) for model in group["models"]] for group in groups}
    assert names["season"][:2] == ["Departures", "Treks"]
    assert names["places"][:2] == ["Villages", "Hot springs"]
    assert "Messages" in names["office"]
    assert list(names) == [key for key, _name, _models in GROUPS if key in names]


def test_way_back_leads_through_the_list(office):
    village = factories.make_village(name="Willoc")

    html = office.get(address(models.Village, "change", village.pk)).content.decode()

    crumbs = html[html.index('class="breadcrumbs"') : html.index("</ol>")]
    assert address(models.Village, "changelist") in crumbs
    assert "The valley" in crumbs and "Willoc" in crumbs


def test_cells_say_what_they_are_for_a_narrow_screen(office):
    factories.make_village(name="Patacancha")

    html = office.get(address(models.Village, "changelist")).content.decode()

    assert 'data-label="Altitude, m"' in html


def test_language_can_be_switched(office):
    office.post(reverse("admin:language"), {"language": "es", "next": reverse("admin:index")})

    html = office.get(reverse("admin:index")).content.decode()

    assert '<html lang="es">' in html
    assert 'value="en"' in html


def test_stranger_is_sent_to_the_login(client, db):
    answer = client.get(address(models.Trek, "changelist"))

    assert answer.url.startswith(reverse("admin:login"))

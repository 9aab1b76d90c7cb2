"""The packing list: what one has, rents or still needs, and what the month's weather says about it."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import make_extra
from treks.models import ClimateMonth, PackingItem
from treks.packing import OWNED, RENTED, TO_GET, packing_list

pytestmark = pytest.mark.django_db


def make_month(number, season, night, rain_days):
    """A month with a night at the highest camp in °C and its days with rain."""
    figures = dict.fromkeys(
        ["cusco_min_c", "cusco_max_c", "huacahuasi_min_c", "huacahuasi_max_c", "ipsaycocha_max_c"],
        Decimal(16),
    )
    return ClimateMonth.objects.create(
        month=number,
        season=season,
        ipsaycocha_min_c=Decimal(night),
        rain_mm=rain_days * 5,
        rain_days=rain_days,
        **figures,
    )


@pytest.fixture
def things():
    """A bag that can be rented, a jacket for rain, boots for any weather; June and January."""
    bag = make_extra(slug="sleeping-bag-rental", price="25.00")
    PackingItem.objects.create(slug="boots", category="clothing", text="Boots", position=1)
    PackingItem.objects.create(
        slug="jacket", category="clothing", text="Rain jacket", weather="rain", position=2
    )
    PackingItem.objects.create(slug="bag", category="gear", text="Sleeping bag", weather="cold", extra=bag)
    make_month(6, "dry", "-4.2", 2)
    make_month(1, "wet", "1.8", 18)
    return PackingItem.objects.select_related("extra")


def sources(found):
    return {line.item.slug: line.source for line in found.lines}


def shown(client, **query):
    response = client.get(reverse("packing"), query)
    assert response.status_code == 200
    return response.content.decode()


def test_list_sorts_things_by_where_they_come_from(things):
    found = packing_list(things, owned=["boots"], rented=["bag"])

    assert sources(found) == {"jacket": TO_GET, "boots": OWNED, "bag": RENTED}
    assert [line.item.slug for line in found.lines] == ["jacket", "boots", "bag"]
    assert (found.to_get, found.rent) == (1, Decimal("25.00"))


def test_list_rents_nothing_that_one_owns_or_that_we_do_not_rent_out(things):
    found = packing_list(things, owned=["bag"], rented=["bag", "boots", "yacht"])

    assert sources(found) == {"jacket": TO_GET, "boots": TO_GET, "bag": OWNED}
    assert found.rented == []


@pytest.mark.parametrize(
    ("number", "most", "notes"),
    [
        (6, {"bag"}, {"bag": "for nights of about −4 °C"}),
        (1, {"jacket"}, {"jacket": "for about 18 days with rain", "bag": "for nights of about 2 °C"}),
    ],
)
def test_month_says_what_counts_most(things, number, most, notes):
    found = packing_list(things, month=ClimateMonth.objects.get(month=number))

    assert {line.item.slug for line in found.lines if line.counts_most} == most
    told = {line.item.slug: line.note.replace("\u00a0", " ") for line in found.lines if line.note}
    assert told == notes


def test_page_keeps_what_was_ticked_in_its_address(client, things):
    html = shown(client, month="6", have=["boots"], rent=["bag"])

    assert "Packing for June" in html
    assert 'name="have" value="boots" checked' in html
    assert 'name="have" value="jacket">' in html
    assert 'name="rent" value="bag" checked' in html
    assert 'name="rent" value="boots"' not in html
    assert '<option value="6" selected>' in html
    assert "1 thing still to get." in html
    assert "You rent one for $25 a person and trek: add it when you book." in html


def test_page_says_what_is_left_before_anything_else(client, things):
    html = shown(client, have=["boots"])

    assert html.index("2 things still to get.") < html.index("Three bags, three limits")


def test_page_names_the_three_limits_for_bags(client, things):
    html = shown(client)

    for limit in ("7 kg", "8 kg", "118&nbsp;cm", "40×35×20 cm"):
        assert limit in html
    assert "still to get" not in html


@pytest.mark.parametrize("month", ["13", "0", "june", "", "6\0"])
def test_page_leaves_out_what_makes_no_sense(client, things, month):
    html = shown(client, month=month, have="nothing")

    assert "Packing list</h1>" in html
    assert "3 things still to get." in html


def test_page_without_things_says_so(client):
    assert "The packing list is empty." in shown(client)


def test_page_needs_the_same_queries_for_one_thing_and_three(client, things, django_assert_num_queries):
    with django_assert_num_queries(4):
        shown(client, month="6")
    PackingItem.objects.exclude(slug="bag").delete()

    with django_assert_num_queries(4):
        shown(client, month="6")

"""What machines read: JSON-LD in the words of schema.org, canonical addresses, Open Graph."""

import json
import re
from datetime import time, timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.urls import reverse

from bookings.models import Departure
from bookings.seats import with_seats
from bookings.structured import availability, offers
from lares.jsonld import block
from tests.factories import confirmed, held, make_departure, make_trek
from tests.factories_treks import make_day, make_hot_spring, make_village
from tests.vocabulary import mistakes, nodes_in, types_of
from treks.models import Operator, Page, Question, Village
from treks.sharing import picture_of
from treks.structured import crumbs

pytestmark = pytest.mark.django_db


def absolute(path):
    return f"https://example.org{path}"


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def of_type(nodes, name):
    """The one node of a type."""
    (found,) = [node for node in nodes if name in types_of(node)]
    return found


@pytest.fixture
def trek():
    """A trek with two days, a question and nothing sold yet."""
    trek = make_trek(name="Lares & more", tagline="Over the pass")
    make_day(trek, 1)
    make_day(trek, 2)
    Question.objects.create(slug="permit", question="A permit?", answer="No </script><b>permit</b>.")
    return trek


def counted(departure):
    """The departure with its seats counted."""
    return with_seats(Departure.objects.select_related("trek")).get(pk=departure.pk)


def test_trek_page_speaks_the_vocabulary(client, trek):
    make_departure(trek)

    nodes = nodes_in(read(client, trek.get_absolute_url()))

    assert [types_of(node) for node in nodes] == [["TouristTrip"], ["FAQPage"], ["BreadcrumbList"]]
    assert [mistake for node in nodes for mistake in mistakes(node)] == []


def test_trek_page_offers_the_next_twelve_departures(client, trek):
    dates = [make_departure(trek, starts_in=30 + n).start_date for n in range(13)]
    make_departure(trek, starts_in=20, is_private=True)
    make_departure(trek, starts_in=21, status="cancelled")
    make_departure(starts_in=22)

    trip = of_type(nodes_in(read(client, trek.get_absolute_url())), "TouristTrip")

    starts = [offer["itemOffered"]["startDate"] for offer in trip["offers"]]
    assert starts == [date.isoformat() for date in dates[:12]]


def test_offer_says_price_dates_and_seats():
    departure = make_departure(starts_in=60, days=4, price=Decimal("640.00"), capacity=12)
    confirmed(departure, 2)

    (offer,) = offers([counted(departure)], absolute)

    assert mistakes(offer) == []
    assert (offer["price"], offer["priceCurrency"]) == ("640.00", "USD")
    assert offer["url"] == absolute(reverse("book", args=[departure.pk]))
    trip = offer["itemOffered"]
    assert trip["startDate"] == departure.start_date.isoformat()
    assert trip["endDate"] == (departure.start_date + timedelta(days=3)).isoformat()


@pytest.mark.parametrize(
    ("fields", "party", "word"),
    [
        ({}, 0, "InStock"),
        ({"capacity": 5}, 2, "LimitedAvailability"),
        ({"capacity": 6}, 2, "InStock"),
        ({"capacity": 2}, 2, "SoldOut"),
        ({"status": "closed"}, 0, "OutOfStock"),
        ({"starts_in": 14}, 0, "InStock"),
        ({"starts_in": 13}, 0, "InStoreOnly"),
    ],
)
def test_availability_is_a_word_of_the_vocabulary(fields, party, word):
    departure = make_departure(**fields)
    if party:
        held(departure, party)

    assert availability(counted(departure)) == word
    assert mistakes(offers([counted(departure)], absolute)[0]) == []


def test_answers_cannot_end_the_block_they_stand_in(client, trek):
    html = read(client, trek.get_absolute_url())

    assert "No </script>" not in html
    answer = of_type(nodes_in(html), "FAQPage")["mainEntity"][0]["acceptedAnswer"]["text"]
    assert answer == "No </script><b>permit</b>."


@pytest.mark.parametrize("text", ["</script>", "<!--", "]]>", "&lt;", "\u2028", 'O\'Brien "x" ñ'])
def test_block_keeps_every_sign_and_no_markup(text):
    html = block([{"@type": "Place", "name": text, "url": "", "image": [], "geo": {"latitude": None}}])

    inside = html.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not re.search("[<>&\u2028]", inside)
    assert json.loads(inside)["@graph"] == [{"@type": "Place", "name": text}]


def test_block_without_nodes_is_nothing():
    assert block([None, {}]) == ""


def test_example_numbers_of_the_operator_are_not_told(client, trek):
    Operator.objects.update_or_create(
        pk=1, defaults={"name": "Op", "phone": "+51 1", "email": "a@example.com", "is_example": True}
    )
    told = of_type(nodes_in(read(client, trek.get_absolute_url())), "TouristTrip")["provider"]
    assert told == {"@type": "TravelAgency", "name": "Op", "url": "http://testserver/"}

    Operator.objects.update(is_example=False)
    told = of_type(nodes_in(read(client, trek.get_absolute_url())), "TouristTrip")["provider"]
    assert (told["telephone"], told["email"]) == ("+51 1", "a@example.com")


def test_places_are_attractions_with_what_is_known_of_them(client):
    point = {"latitude": Decimal("-13.111467"), "longitude": Decimal("-72.056004")}
    pools = make_hot_spring(
        other_names="Baños\nThermals",
        opens_at=time(5),
        closes_at=time(22),
        **point,
    )
    village = make_village(position_is_approximate=True, **point)

    exact = of_type(nodes_in(read(client, pools.get_absolute_url())), "TouristAttraction")
    rough = of_type(nodes_in(read(client, village.get_absolute_url())), "TouristAttraction")

    assert mistakes(exact) == mistakes(rough) == []
    assert exact["alternateName"] == ["Baños", "Thermals"]
    assert exact["geo"]["elevation"] == 3250
    assert exact["openingHoursSpecification"]["closes"] == "22:00"
    assert "geo" not in rough


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("compare", ["Treks", "Compare"]),
        ("acclimatization", ["Before you go", "Acclimatization check"]),
        ("packing", ["Before you go", "Packing list"]),
        ("about", ["Home", "About us"]),
    ],
)
def test_pages_name_the_way_to_them(client, name, way):
    Page.objects.create(slug="about", title="About us")

    found = of_type(nodes_in(read(client, reverse(name))), "BreadcrumbList")

    assert mistakes(found) == []
    assert [step["name"] for step in found["itemListElement"]] == way
    assert found["itemListElement"][-1]["item"]["@id"] == f"http://testserver{reverse(name)}"


def test_vocabulary_notices_what_schema_org_does_not_know():
    assert mistakes({"@type": "Trek"}) == ["no type Trek"]
    assert mistakes({"@type": "Offer", "cost": 1}) == ["Offer has no cost", "Offer.cost takes no 1"]
    assert mistakes({"@type": "Offer", "availability": "https://schema.org/Plenty"}) != []
    assert mistakes({"@type": "Event", "startDate": "soon"}) != []
    assert mistakes(crumbs([("Home", "/")], absolute)) == []


def test_public_page_names_its_canonical_address_and_what_it_shows(client, trek):
    html = read(client, trek.get_absolute_url() + "?from=somewhere")

    assert f'<link rel="canonical" href="http://testserver{trek.get_absolute_url()}">' in html
    assert html.count('rel="canonical"') == 1
    assert '<meta property="og:title" content="Lares &amp; more">' in html
    assert '<meta property="og:description" content="Over the pass">' in html
    assert f'<meta property="og:url" content="http://testserver{trek.get_absolute_url()}">' in html
    assert re.search(
        r'<meta property="og:image" content="http://testserver/cards/en/trek/[\w/-]+\.png\?v=\w+">', html
    )


@pytest.mark.parametrize("name", ["search", "find_booking", "contact_sent"])
def test_pages_nobody_shares_name_only_their_address(client, name):
    html = read(client, reverse(name))

    assert f'<link rel="canonical" href="http://testserver{reverse(name)}">' in html
    assert "og:" not in html


def test_private_page_says_nothing_of_itself(client):
    html = client.get(reverse("booking", args=[held().key]), follow=True).content.decode()

    assert "og:" not in html
    assert 'rel="canonical"' not in html


def test_picture_is_the_scene_of_the_subject_or_else_the_pass():
    assert "huacahuasi" in picture_of(Village(name="H", scene="huacahuasi")).path
    assert "ipsay_pass" in picture_of(Village(name="H", scene="nowhere")).path
    assert picture_of(Village(name="H")).alt


def test_missing_static_file_is_not_found(client):
    assert client.get("/static/img/nowhere.png").status_code == 404


def test_trek_page_needs_no_query_more_for_twelve_departures(client, trek, django_assert_num_queries):
    make_departure(trek, starts_in=30)
    with django_assert_num_queries(11):
        read(client, trek.get_absolute_url())
    for n in range(12):
        make_departure(trek, starts_in=40 + n)

    with django_assert_num_queries(11):
        read(client, trek.get_absolute_url())


@pytest.mark.browser
def test_browser_takes_the_data_for_no_script(client, page, trek):
    make_departure(trek)
    html = client.get(trek.get_absolute_url())
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.route("**/*", lambda route: route.fulfill(status=404))
    page.route(
        f"**{trek.get_absolute_url()}",
        lambda route: route.fulfill(headers=dict(html.headers), body=html.content),
    )

    page.goto(f"http://testserver{trek.get_absolute_url()}")

    assert "script-src 'self'" in html.headers["Content-Security-Policy"]
    assert [text for text in said if "Content Security Policy" in text] == []
    assert page.locator('script[type="application/ld+json"]').count() == 1


def test_page_without_an_address_of_its_own_says_nothing(rf):
    html = Template("{% load sharing %}{% sharing %}").render(Context({"request": rf.get("/")}))

    assert html.strip() == ""

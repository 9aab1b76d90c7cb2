"""The pictures that travel with shared addresses: on every public page, drawn from what staff entered."""

import re
from io import BytesIO

import pytest
from PIL import Image

from lares.templatetags.sharing import PUBLIC
from tests.factories import make_trek
from tests.factories_treks import make_village
from tests.test_images import kept
from treks import cards, images
from treks.models import Page
from treks.sharing import STANDING, SUBJECTS, drawn_scenes

pytestmark = pytest.mark.django_db
SOURCE = re.compile(r'<meta property="og:image" content="http://testserver([^"]+)">')


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """The folder that uploads and cards go to."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def shared(client, address):
    """The address of a page's card."""
    return SOURCE.search(client.get(address).content.decode())[1]


def opened(response):
    assert response.headers["Content-Type"] == "image/png"
    return Image.open(BytesIO(response.content))


def red_photo(village):
    """Give a village a red photograph."""
    village.photo = kept(images.encoded(Image.new("RGB", (900, 600), "#c00000")))
    village.photo_alt = village.photo_alt_en = "Red cloth"
    village.save()


def test_every_public_page_has_a_card_with_its_own_words():
    written = {"about", "terms", "privacy"}

    assert STANDING.keys() | SUBJECTS.keys() | written == PUBLIC
    assert {scene for _title, scene in STANDING.values()} <= drawn_scenes().keys()


@pytest.mark.parametrize("address", ["/", "/departures/", "/about/", "/treks/one/", "/villages/two/"])
def test_card_of_a_page_has_the_size_that_is_asked_for_and_stays_light(client, address):
    make_trek(slug="one")
    make_village(slug="two")
    Page.objects.create(slug="about", title="About us", lead="Who runs it.")

    response = client.get(shared(client, address))

    assert opened(response).size == (1200, 630)
    assert len(response.content) < 300_000
    assert "max-age=31536000" in response.headers["Cache-Control"]


def test_card_changes_its_address_with_the_words_on_it(client, media):
    trek = make_trek(slug="one", name="Lares")
    before = shared(client, "/treks/one/")
    client.get(before)

    trek.name = trek.name_en = "Lares in four days"
    trek.save()
    after = shared(client, "/treks/one/")
    client.get(after)

    assert before != after
    assert len(list((media / "cards").iterdir())) == 1
    assert "max-age=3600" in client.get(before).headers["Cache-Control"]


def test_photograph_takes_the_place_of_the_scene_on_the_card(client):
    village = make_village(slug="two", scene="huacahuasi")
    drawn = shared(client, "/villages/two/")

    red_photo(village)
    answer = client.get(shared(client, "/villages/two/"))

    assert shared(client, "/villages/two/") != drawn
    red, green, blue = opened(answer).convert("RGB").getpixel((1000, 300))
    assert red > 150 and green < 30 and blue < 30


def test_card_is_answered_also_when_the_disk_takes_nothing(client, media):
    (media / "cards").write_text("a file where the folder should be")

    assert opened(client.get(shared(client, "/"))).size == (1200, 630)


@pytest.mark.parametrize(
    "address",
    ["/cards/en/trek/hidden.png", "/cards/en/trek.png", "/cards/en/home/x.png", "/cards/xx/home.png",
     "/cards/en/search.png", "/cards/en/village/none.png"],
)  # fmt: skip
def test_card_of_what_nobody_may_see_is_not_found(client, address):
    make_trek(slug="hidden", is_published=False)

    assert client.get(address).status_code == 404


def test_focal_point_stays_on_the_card():
    picture = Image.new("RGB", (3000, 600), "white")
    picture.paste("black", (2800, 0, 3000, 600))

    kept_part = cards.cropped(picture, (760, 630), (95, 50))

    assert kept_part.size == (760, 630)
    assert kept_part.getpixel((740, 300)) == (0, 0, 0)


def test_long_title_stays_in_its_panel():
    width = cards.PANEL - 2 * cards.MARGIN

    lines, size = cards.fitted("Machu Picchu tickets, circuits and entry hours for those who walk", width)

    assert len(lines) <= 5
    assert all(cards.length(line, cards.font(size)) <= width for line in lines)
    assert cards.wrapped("", cards.font(40), width) == [""]

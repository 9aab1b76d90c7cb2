"""Words and pictures of the pages in staff's own version, and how they come back."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation
from PIL import Image

from tests.admin_forms import send
from tests.factories import make_trek
from tests.test_admin_photos import files_in
from tests.test_images import picture_file
from treks.models import PagePicture, Passage
from treks.passages import PASSAGES

pytestmark = pytest.mark.django_db
TEMPLATES = Path(__file__).resolve().parents[1] / "templates"


@pytest.fixture
def media(settings, tmp_path):
    """The folder that uploads go to."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def read(client, name="home"):
    return client.get(reverse(name)).content.decode()


def test_every_passage_stands_on_a_page_and_every_page_finds_its_passages():
    pages = "".join(path.read_text() for path in TEMPLATES.rglob("*.html"))

    assert set(re.findall(r'{% passage "([\w.]+)" %}', pages)) == PASSAGES.keys()


def test_text_stands_as_it_came_until_staff_write_their_own(office):
    make_trek()
    assert "Four days on foot<br>through" in read(office)

    answer = send(
        office,
        office.get(reverse("admin:treks_passage_add")),
        key="home.headline",
        text_en="Walk with us\nand say *allillanchu* <b>",
    )

    assert answer.status_code == 302
    html = read(office)
    assert 'Walk with us<br>and say <i lang="qu">allillanchu</i> &lt;b&gt;' in html
    assert "Four days on foot<br>through" not in html

    Passage.objects.all().delete()
    assert "Four days on foot<br>through" in read(office)


def test_text_in_one_language_leaves_the_other_as_it_came(client):
    make_trek()
    Passage.objects.create(key="home.headline", text_es="Camine con nosotros")

    assert "Four days on foot<br>through" in read(client)
    with translation.override("es"):
        assert Passage.objects.get().text == "Camine con nosotros"


def test_description_for_search_engines_is_staffs_too(client):
    Passage.objects.create(key="words.description", text="Ten words & more.", text_en="Ten words & more.")

    assert '<meta name="description" content="Ten words &amp; more.">' in read(client, "words")
    assert '<meta property="og:description" content="Ten words &amp; more.">' in read(client, "words")


def test_text_can_be_changed_once_and_its_first_version_is_shown(office):
    passage = Passage.objects.create(key="home.headline", text="Walk", text_en="Walk")

    adding = office.get(reverse("admin:treks_passage_add")).content.decode()
    changing = office.get(reverse("admin:treks_passage_change", args=[passage.pk])).content.decode()

    assert 'value="home.headline"' not in adding and 'value="home.lead"' in adding
    assert 'value="home.headline" selected' in changing
    assert "through weaving villages" in changing


def test_photograph_stands_on_the_home_page_with_its_photographer(office, media):
    make_trek()
    assert "ipsay_pass" in read(office)

    answer = send(
        office,
        office.get(reverse("admin:treks_pagepicture_add")),
        spot="home_hero",
        photo=picture_file(),
        photo_alt_en="The pass in snow",
        photo_credit="Rosa",
    )

    assert answer.status_code == 302
    html = read(office)
    hero = html[html.index("<picture>") : html.index("</picture>")]
    assert 'alt="The pass in snow"' in hero and "ipsay_pass" not in hero
    assert PagePicture.objects.get().photo.name.removesuffix(".jpg") in hero
    assert 'fetchpriority="high"' in hero
    assert "Photograph: Rosa" in html
    card = re.search(r'og:image" content="http://testserver([^"]+)"', html)[1]
    red, green, blue = Image.open(BytesIO(office.get(card).content)).convert("RGB").getpixel((800, 20))
    assert max(red, green, blue) < 60
    assert len(files_in(media / "photos")) == 10


def test_another_scene_can_stand_on_the_home_page(client):
    make_trek()
    PagePicture.objects.create(spot="home_hero", scene="cuncani")

    html = read(client)

    assert "cuncani-800" in html[html.index("<picture>") : html.index("</picture>")]

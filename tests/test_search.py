"""Search finds a place under every spelling, and words without their accents."""

import pytest
from django.urls import reverse

from tests.factories import make_trek
from tests.factories_treks import make_day, make_feast, make_hot_spring, make_page, make_phrase, make_village
from treks.models import Question
from treks.search import folded, found

pytestmark = pytest.mark.django_db


@pytest.fixture
def huacahuasi():
    return make_village(name="Huacahuasi", slug="huacahuasi", other_names="Wakawasi")


def slugs(places):
    return [place.slug for place in places]


@pytest.mark.parametrize(
    "spelling",
    [
        "Huacahuasi",
        "wacawasi",
        "WAKAWASI",
        "Huacawasi",
        "Huaca Wasi",
        "huaca-huasi",
        "  Wacahuasi ",
        "Huacahuási",
    ],
)
def test_search_finds_a_village_under_every_spelling(huacahuasi, spelling):
    make_village(name="Patacancha", slug="patacancha")

    assert slugs(found(spelling).places) == [huacahuasi.slug]


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Ipsayqocha", "Ipsaycocha"), ("Epsaycocha", "Ipsaycocha"), ("Kiswarani", "Quishuarani"),
        ("Quisuarani", "Kisuarani"), ("Huilloc", "Willoq"), ("Cuzco", "Qosqo"),
        ("Machupichu", "Machu Picchu"),
    ],
)  # fmt: skip
def test_spellings_that_sound_alike_are_one(written, spoken):
    assert folded(written) == folded(spoken)


def test_names_that_sound_different_stay_apart():
    names = [
        "Lares",
        "Calca",
        "Cuncani",
        "Cancha Cancha",
        "Patacancha",
        "Pumamarca",
        "Pisac",
        "Willoc",
        "Huaran",
    ]

    assert len({folded(name) for name in names}) == len(names)


def test_search_finds_a_place_by_one_word_of_a_longer_question(huacahuasi):
    assert slugs(found("homestay in Wacawasi").places) == [huacahuasi.slug]


def test_search_finds_treks_that_pass_the_place(huacahuasi):
    trek = make_trek(name="Classic")
    day = make_day(trek, 1)
    day.villages.add(huacahuasi)
    make_day(make_trek(name="Another"), 1)
    make_day(make_trek(is_published=False), 1).villages.add(huacahuasi)

    assert found("Wacawasi").treks == [trek]


def test_search_needs_no_accents_in_either_direction():
    baths = make_hot_spring(name="Baños de Lares", slug="banos")
    page = make_page("reading", title="Quiénes somos")
    question = Question.objects.create(slug="q", question="¿Qué pasa si llueve?", answer="Caminamos.")

    assert slugs(found("banos").places) == [baths.slug]
    assert found("quienes").pages == [page]
    assert found("que pasa").questions == [question]
    assert found("llúeve").questions == [question]


def test_search_calls_pages_as_the_menu_does():
    make_page("about", title="About this site and who runs it", lead="A small operator.")

    (page,) = found("runs").pages

    assert (page.name, page.title, page.lead) == ("about", "About us", "A small operator.")
    assert page.get_absolute_url() == reverse("about")
    assert found("villages").pages[0].title == "The valley"


def test_search_needs_every_word():
    question = Question.objects.create(slug="a", question="Do I need a permit?", answer="No.")
    Question.objects.create(slug="b", question="Do I need a tent?", answer="No.")

    assert found("need permit").questions == [question]


def test_search_finds_the_other_language_too():
    trek = make_trek(name_en="Lares Trek", name_es="Caminata de Lares")

    assert found("caminata").treks == [trek]


def test_search_finds_words_and_pages_that_are_no_rows():
    phrase = make_phrase("Allillanchu?", english="How are you?")

    assert found("allillanchu").phrases == [phrase]
    bag = make_phrase("Ch’uspa", english="Coca bag")
    assert found("ch'uspa").phrases == [bag]
    assert reverse("when_to_go") in [page.get_absolute_url() for page in found("weather").pages]


def test_search_leads_to_each_page_with_a_program_of_its_own():
    for word, name in [
        ("altitude", "acclimatization"),
        ("soroche", "acclimatization"),
        ("packing", "packing"),
        ("boots", "packing"),
        ("compare", "compare"),
        ("reference", "find_booking"),
        ("feast", "when_to_go"),
    ]:
        assert reverse(name) in [page.get_absolute_url() for page in found(word).pages]


def test_search_finds_feasts_by_name_and_by_what_happens(huacahuasi):
    feast = make_feast(huacahuasi, name="Carnival", what="The wallata is danced.")
    make_feast(huacahuasi, name="Sinkuy", what="Bowling.")

    assert found("carnival").feasts == found("wallata").feasts == [feast]


def test_search_page_shows_the_feasts_it_found(client, huacahuasi):
    make_feast(huacahuasi, name="Sinkuy", what="A kind of bowling.")

    page = client.get(reverse("search"), {"q": "sinkuy"}).text

    assert "A kind of bowling." in page
    assert f"{reverse('when_to_go')}#feasts" in page


def test_search_page_shows_what_it_found(client, huacahuasi):
    page = client.get(reverse("search"), {"q": "wacawasi"}).text

    assert "1 result for “wacawasi”" in page
    assert huacahuasi.get_absolute_url() in page


def test_search_page_helps_where_nothing_was_found(client):
    page = client.get(reverse("search"), {"q": "<zermatt>"}).text

    assert "Nothing found for “&lt;zermatt&gt;”." in page
    assert reverse("places") in page


@pytest.mark.parametrize("query", ["", "   ", "%", "_", "\0", "'", "\\", "a" * 5000, "¿?", "x " * 300])
def test_search_page_stands_any_query(client, huacahuasi, query):
    response = client.get(reverse("search"), {"q": query})

    assert response.status_code == 200
    assert huacahuasi.get_absolute_url() not in response.text

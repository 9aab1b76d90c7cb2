"""What a reader's device asks for: no motion, more contrast, colors of its own, ink on paper."""

import re

import pytest

from tests import recorded, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
TREK = "/treks/lares-classic-4d/"
# CSS pixels of an A4 sheet within the margins of 14 mm that static/css/print.css sets.
SHEET_WIDTH, SHEET_HEIGHT = 688, 1016
MOVING = """() => [...document.querySelectorAll('*')].filter(
  (e) => parseFloat(getComputedStyle(e).transitionDuration) || getComputedStyle(e).animationName !== 'none'
).length"""
STYLE = "([selector, name]) => getComputedStyle(document.querySelector(selector))[name]"


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """Every page of the sitemap, by address."""
    with django_db_blocker.unblock(), recorded.demonstration(60):
        return recorded.public_pages()


@pytest.fixture
def page(chromium, pages):
    """A browser in which the pages lie at their addresses."""
    page = walk.browser_page(chromium, pages)
    yield page
    page.context.close()


def test_nothing_moves_where_motion_is_not_wanted(page):
    page.goto(f"{recorded.SITE}/")
    assert page.evaluate(MOVING) == 0

    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(MOVING) > 0


def test_quiet_text_is_as_dark_as_the_rest_where_contrast_is_wanted(page):
    page.goto(recorded.SITE + TREK)
    ink, quiet = (page.evaluate(STYLE, [selector, "color"]) for selector in ("body", ".quiet"))
    assert ink != quiet

    page.emulate_media(contrast="more")
    assert page.evaluate(STYLE, [".quiet", "color"]) == page.evaluate(STYLE, ["body", "color"]) == ink


def test_diamonds_stay_where_colors_are_forced(page):
    page.goto(f"{recorded.SITE}/departures/")
    ours = page.evaluate(STYLE, [".seat.left", "backgroundColor"])

    page.emulate_media(forced_colors="active")

    assert page.evaluate(STYLE, [".seat.left", "backgroundColor"]) == ours
    assert page.evaluate(STYLE, [".seat.left", "backgroundColor"]) != page.evaluate(
        STYLE, ["body", "backgroundColor"]
    )


def test_skip_link_is_the_first_stop_and_leads_to_the_content(page, pages):
    for address in pages:
        page.goto(recorded.SITE + address)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#main", address
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("!document.activeElement.closest('header.head-bar')"), address


def test_paper_holds_each_day_on_one_sheet_without_pictures(page, pages):
    page.emulate_media(media="print")
    page.set_viewport_size({"width": SHEET_WIDTH, "height": SHEET_HEIGHT})
    for address in (address for address in pages if re.match("/treks/lares", address)):
        page.goto(recorded.SITE + address)
        heights = page.evaluate("() => [...document.querySelectorAll('.day-row')].map((e) => e.offsetHeight)")
        assert heights, address
        assert max(heights) < SHEET_HEIGHT, address
        assert page.evaluate(STYLE, [".day-row", "breakInside"]) == "avoid"
        assert page.evaluate("[...document.images].filter((image) => image.checkVisibility()).length") == 0
        assert page.evaluate(STYLE, [".poster", "backgroundColor"]) == "rgb(255, 255, 255)"


def test_paper_of_a_trek_is_short_and_answers_the_questions(page):
    page.goto(recorded.SITE + TREK)

    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
    page.emulate_media(media="print")

    assert 1 <= sheets <= 8
    assert page.locator(".qa details > div").first.bounding_box()["height"] > 20

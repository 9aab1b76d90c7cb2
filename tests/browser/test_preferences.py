"""What a reader's device asks for: no motion, more contrast, colors of its own, ink on paper."""

import re
import zlib

import pytest

from tests import recorded

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
TREK = "/treks/lares-classic-4d/"
# CSS pixels of an A4 sheet within the margins of 14 mm that static/css/pages/print.css sets.
SHEET_WIDTH, SHEET_HEIGHT = 688, 1016
MOVING = """() => [...document.querySelectorAll('*')].filter(
  (e) => parseFloat(getComputedStyle(e).transitionDuration) || getComputedStyle(e).animationName !== 'none'
).length"""
# Words of the ridge that rise above the frame which cuts them.
CUT_OFF = """() => {
  const top = document.querySelector('.poster .frame').getBoundingClientRect().top;
  const words = [...document.querySelectorAll('.poster text')].map((e) => [e.getBoundingClientRect(), e]);
  return words.filter(([box]) => box.height && box.top < top - 1).map(([, e]) => e.textContent);
}"""
STYLE = "([selector, name]) => getComputedStyle(document.querySelector(selector))[name]"


STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
# The first transformation within the clip of a sheet, in units of 1/300 inch: a CSS pixel is 3.125 of them.
SCALE = re.compile(rb"W\* n\nq\n([\d.]+) 0 0 \1 ")
FULL_SIZE = 3.12


def sheets_of(page):
    """The sheets of a page's PDF, and the scale of the smallest; a browser shrinks what is too wide."""
    pdf = page.pdf(prefer_css_page_size=True)
    scales = [SCALE.search(unpacked(stream)) for stream in STREAM.findall(pdf)]
    return len(re.findall(rb"/Type\s*/Page\b", pdf)), min(float(found[1]) for found in scales if found)


def unpacked(stream):
    """What a stream of a PDF holds; empty where it is not compressed as those of sheets are."""
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


@pytest.fixture(scope="module")
def pages(public_pages):
    """Every page of the sitemap, by address."""
    return public_pages


def test_nothing_moves_where_motion_is_not_wanted(reader):
    reader.goto(f"{recorded.SITE}/")
    assert reader.evaluate(MOVING) == 0

    reader.emulate_media(reduced_motion="no-preference")
    assert reader.evaluate(MOVING) > 0


def test_quiet_text_is_as_dark_as_the_rest_where_contrast_is_wanted(reader):
    reader.goto(recorded.SITE + TREK)
    ink, quiet = (reader.evaluate(STYLE, [selector, "color"]) for selector in ("body", ".quiet"))
    assert ink != quiet

    reader.emulate_media(contrast="more")
    assert reader.evaluate(STYLE, [".quiet", "color"]) == reader.evaluate(STYLE, ["body", "color"]) == ink


def test_diamonds_stay_where_colors_are_forced(reader):
    reader.goto(f"{recorded.SITE}/departures/")
    ours = reader.evaluate(STYLE, [".seat.left", "backgroundColor"])

    reader.emulate_media(forced_colors="active")

    assert reader.evaluate(STYLE, [".seat.left", "backgroundColor"]) == ours
    assert reader.evaluate(STYLE, [".seat.left", "backgroundColor"]) != reader.evaluate(
        STYLE, ["body", "backgroundColor"]
    )


def test_skip_link_is_the_first_stop_and_leads_to_the_content(reader, pages, some_or_all):
    for address in some_or_all(pages):
        reader.goto(recorded.SITE + address)
        reader.keyboard.press("Tab")
        assert reader.evaluate("document.activeElement.getAttribute('href')") == "#main", address
        reader.keyboard.press("Enter")
        reader.keyboard.press("Tab")
        assert reader.evaluate("!document.activeElement.closest('header.head-bar')"), address


def test_paper_holds_each_day_on_one_sheet_without_pictures(reader, pages):
    reader.emulate_media(media="print")
    reader.set_viewport_size({"width": SHEET_WIDTH, "height": SHEET_HEIGHT})
    for address in (address for address in pages if re.match("/treks/lares", address)):
        reader.goto(recorded.SITE + address)
        heights = reader.evaluate(
            "() => [...document.querySelectorAll('.day-row')].map((e) => e.offsetHeight)"
        )
        assert heights, address
        assert max(heights) < SHEET_HEIGHT, address
        assert reader.evaluate(STYLE, [".day-row", "breakInside"]) == "avoid"
        assert reader.evaluate("[...document.images].filter((image) => image.checkVisibility()).length") == 0
        assert reader.evaluate(STYLE, [".poster", "backgroundColor"]) == "rgb(255, 255, 255)"


def test_paper_has_light_boxes_to_tick_whatever_the_screen_likes(reader):
    reader.emulate_media(media="print", color_scheme="dark")

    reader.goto(f"{recorded.SITE}/packing/")

    assert reader.evaluate(STYLE, [":root", "colorScheme"]) == "light"


def test_paper_of_the_dates_has_seats_and_prices_and_nothing_to_press(reader):
    reader.goto(f"{recorded.SITE}/departures/")
    reader.emulate_media(media="print")
    offered = reader.locator(".departure").filter(has=reader.locator(".btn"))

    assert offered.count() > 0
    for row in offered.all():
        assert "$" in row.inner_text()
    assert not reader.locator(".departure .do a").filter(visible=True).count()
    for diamonds in (".seats", ".seat"):
        assert reader.evaluate(STYLE, [diamonds, "printColorAdjust"]) == "exact"


def test_paper_has_no_way_about_the_page_and_nothing_to_press(reader, pages):
    reader.emulate_media(media="print")

    for address in pages:
        reader.goto(recorded.SITE + address)
        assert not reader.locator("nav, button, .btn").filter(visible=True).count(), address


def test_paper_of_the_packing_list_is_one_sheet(reader):
    reader.goto(f"{recorded.SITE}/packing/")

    sheets, scale = sheets_of(reader)

    assert (sheets, scale >= FULL_SIZE) == (1, True)


def test_paper_of_a_trek_begins_with_one_sheet_that_holds_the_plan_of_all_days(reader):
    reader.set_viewport_size({"width": SHEET_WIDTH, "height": SHEET_HEIGHT})
    reader.goto(recorded.SITE + TREK)
    sheets, _scale = sheets_of(reader)
    reader.emulate_media(media="print")

    plan = reader.locator(".days").bounding_box()

    assert plan["y"] + plan["height"] <= SHEET_HEIGHT
    assert 2 <= sheets <= 5
    for left_out in ("#questions", "#extras", ".map", ".trek-head section"):
        assert not reader.locator(left_out).is_visible(), left_out


def test_paper_is_never_made_smaller_than_it_is_set(reader, pages):
    for address in pages:
        reader.goto(recorded.SITE + address)
        assert sheets_of(reader)[1] >= FULL_SIZE, address


def test_paper_has_the_figures_of_the_walk_and_the_whole_ridge(reader, pages):
    reader.set_viewport_size({"width": SHEET_WIDTH, "height": SHEET_HEIGHT})
    reader.emulate_media(media="print")
    for address in (address for address in pages if re.match("/treks/lares", address)):
        reader.goto(recorded.SITE + address)
        assert reader.locator(".walk-table").bounding_box()["height"] > 60, address
        assert reader.evaluate(CUT_OFF) == [], address


def test_paper_opens_what_a_screen_folds(reader):
    reader.goto(recorded.SITE + TREK)
    reader.emulate_media(media="print")

    assert reader.locator("#money .qa dl").bounding_box()["height"] > 20

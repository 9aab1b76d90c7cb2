"""The drawings of a trek in a browser: what the ridge reads, and that nothing pulls them out of shape."""

import pytest

from tests import recorded, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
TREK = "/treks/lares-classic-4d/"
# Drawings whose height is not the one that their width asks for; words on a drawing that meet.
OUT_OF_SHAPE = """() => [...document.querySelectorAll('.frame')].flatMap((frame) => {
  const height = (part) => frame.querySelector(part).getBoundingClientRect().height;
  const [room, chart] = [height('.room'), height('.chart')];
  return Math.abs(room - chart) > 1 ? [`${frame.className}: ${chart} instead of ${room}`] : [];
})"""
WORDS_THAT_MEET = """() => {
  const words = document.querySelectorAll('.map .name, .poster .chart :is(text, .stop circle)');
  const names = [...words].filter((e) => e.getClientRects().length && !e.closest('.stop text:not(.name)'));
  const boxes = names.map((e) => [e.textContent || e.parentNode.textContent, e.getBoundingClientRect()]);
  return boxes.flatMap(([one, a], n) => boxes.slice(n + 1).filter(([, b]) =>
    a.left < b.right && b.left < a.right && a.top + 3 < b.bottom && b.top + 3 < a.bottom
  ).map(([other]) => `${one} / ${other}`));
}"""

# Names and altitudes of the ridge that an upright line strikes, or that the edge of the screen cuts off.
WORDS_STRUCK = """() => {
  const all = (part) => [...document.querySelectorAll('.poster .chart ' + part)];
  const seen = (part) => all(part).filter((e) => e.getClientRects().length);
  const lines = seen('line.day').map((e) => e.getBoundingClientRect());
  return seen('text').filter((e) => {
    const box = e.getBoundingClientRect();
    const beside = (line) => line.left + 1 <= box.left || line.left - 1 >= box.right;
    const strikes = (line) => !beside(line) && line.top < box.bottom && line.bottom > box.top;
    return box.left < 0 || box.right > document.documentElement.clientWidth || lines.some(strikes);
  }).map((e) => e.textContent);
}"""


def test_ridge_reads_kilometers_and_altitude_by_keys_and_by_pointer(chromium, public_pages):
    page = walk.browser_page(chromium, public_pages)
    page.goto(f"{recorded.SITE}{TREK}")
    reader = page.get_by_role("slider", name="Along the walk")

    reader.focus()
    start = reader.get_attribute("aria-valuetext")
    page.keyboard.press("ArrowRight")
    further = reader.get_attribute("aria-valuetext")
    page.keyboard.press("End")
    end = reader.get_attribute("aria-valuetext")
    width = reader.bounding_box()["width"]
    reader.hover(position={"x": width * 0.411, "y": 200})

    assert start == "0\u00a0km, 3,250\u00a0m"
    assert further != start
    assert end == "by van, train or bus, 2,430\u00a0m"
    assert reader.inner_text().startswith("16.")
    assert "4,4" in reader.inner_text()
    page.context.close()


def test_drawings_keep_their_shape_and_words_their_places_at_every_width(chromium, public_pages):
    page = walk.browser_page(chromium, public_pages)
    for address in (address for address in public_pages if address.startswith("/treks/lares")):
        page.goto(recorded.SITE + address)
        for width in (320, 360, 768, 900, 1024, 1200, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(OUT_OF_SHAPE) == [], (address, width)
            assert page.evaluate(WORDS_THAT_MEET) == [], (address, width)
            assert page.evaluate(WORDS_STRUCK) == [], (address, width)
    page.context.close()


def test_a_tap_reads_the_ridge_under_the_finger_and_inside_the_screen(chromium, public_pages):
    page = walk.browser_page(chromium, public_pages, has_touch=True)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(recorded.SITE + "/treks/lares-short-inca-trail-5d/")
    reader = page.locator(".reader")
    reader.scroll_into_view_if_needed()
    box = reader.bounding_box()

    said = {}
    for share in (0.6, 0.1, 0.9):
        page.touchscreen.tap(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
        said[share] = reader.inner_text()
        assert reader.locator("b").bounding_box()["x"] >= 0, said

    assert len(set(said.values())) == 3
    assert said[0.1].endswith("m") and "km" in said[0.1]
    page.context.close()

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
    page.context.close()

"""The ridge under the pointer and under the arrow keys: it reads kilometers and altitude."""

import pytest

from tests import recorded, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
TREK = "/treks/lares-classic-4d/"


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

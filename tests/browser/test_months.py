"""The table of the months in a browser: its sentences are told at every width."""

import pytest

from tests import recorded, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
# Sentences of months that are not shown, or that words of their row run into.
UNTOLD = """() => [...document.querySelectorAll('.climate-table tbody tr')].flatMap((row) => {
  const note = row.querySelector('.note'), box = note.getBoundingClientRect();
  const meets = [...row.querySelectorAll('td span')].map((e) => e.getBoundingClientRect()).some((other) =>
    other.width && other.left < box.right && box.left < other.right
    && other.top < box.bottom && box.top < other.bottom);
  return box.height < 10 || meets ? [note.textContent] : [];
})"""


def test_every_month_tells_its_sentence_at_every_width(chromium, public_pages):
    page = walk.browser_page(chromium, public_pages)
    page.goto(f"{recorded.SITE}/when-to-go/")
    assert page.locator(".climate-table .note").count() == 12

    for width in (360, 600, 680, 768, 890, 1024, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(UNTOLD) == [], width
    page.context.close()

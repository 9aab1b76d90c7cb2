"""The first view in Chromium: what it weighs at three widths, pictures and font included; nothing moves."""

import pytest

from tests import recorded, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
LIMIT = 100 * 1024
# Where the font comes late, a year beside a month's name moves by a few pixels, which is 0.000 in two digits.
STILL = 0.0005
PHONE = 360
VIEWPORTS = ((PHONE, 740), (768, 1024), (1440, 900))
WATCH = """
  window.moved = 0;
  const watch = (list) => list.getEntries().forEach((entry) => { window.moved += entry.value; });
  new PerformanceObserver(watch).observe({ type: 'layout-shift', buffered: true });
"""
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
IN_VIEW = """() => [...document.images].filter((image) => {
  const box = image.getBoundingClientRect();
  return box.width && box.top < innerHeight && box.bottom > 0;
}).map((image) => image.currentSrc)"""


class Wire:
    """Serves the built site to a page; counts bytes; holds the font back until the text is painted."""

    def __init__(self, page, site):
        self.page = page
        self.folder, self.pages = site
        self.bytes, self.held = {}, []
        page.route("**/*", self.serve)

    def serve(self, route):
        """Answer a request as the server would, and note what it weighs."""
        path = route.request.url.removeprefix(recorded.SITE)
        if path in self.pages:
            answer = self.pages[path]
            self.bytes[path] = len(answer.body)
            return route.fulfill(body=recorded.text_of(answer), content_type="text/html; charset=utf-8")
        file = self.folder / path.removeprefix("/static/")
        packed = file.with_name(f"{file.name}.br")
        self.bytes[path] = (packed if packed.exists() else file).stat().st_size
        if file.suffix == ".woff2" and self.held is not None:
            return self.held.append((route, file))
        return route.fulfill(path=file)

    def open(self, address):
        """Go there; the font comes late. Returns the addresses of the pictures in view."""
        self.bytes, self.held = {}, []
        self.page.goto(recorded.SITE + address, wait_until="domcontentloaded")
        self.page.evaluate(TWO_FRAMES)
        held, self.held = self.held, None
        for route, file in held:
            route.fulfill(path=file)
        self.page.wait_for_load_state("load")
        self.page.evaluate(TWO_FRAMES)
        return {url.removeprefix(recorded.SITE) for url in self.page.evaluate(IN_VIEW)}


@pytest.mark.parametrize(("width", "height"), VIEWPORTS)
def test_first_view_is_light_and_nothing_moves(chromium, production_site, some_or_all, width, height):
    context = chromium.new_context(viewport={"width": width, "height": height}, **walk.CALM)
    context.set_default_timeout(60_000)
    context.add_init_script(WATCH)
    wire = Wire(context.new_page(), production_site)
    heavy, moving = {}, {}

    for address in production_site[1] if width == PHONE else some_or_all(production_site[1]):
        seen = wire.open(address)
        weight = sum(n for path, n in wire.bytes.items() if path in seen or "/img/scenes/" not in path)
        if weight > LIMIT:
            heavy[address] = weight
        if (moved := wire.page.evaluate("window.moved")) >= STILL:
            moving[address] = moved
    context.close()

    assert heavy == {}
    assert moving == {}

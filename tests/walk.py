"""What a walk through pages in a browser looks for: axe, sideways scroll, torn words, hidden focus."""

from pathlib import Path

from django.urls import resolve

from tests.recorded import SITE, play

THEMES = ("light", "dark")
WIDTHS = (360, 1280)
EVERY_WAY = tuple((width, theme) for width in WIDTHS for theme in THEMES)
# Each width and each theme once.
CORNERS = ((360, "light"), (1280, "dark"))
HEIGHT = 740
# Days of departures: more rows of the same kind only take axe longer.
SEASON = 60
# Without transitions a theme holds as soon as it is asked for.
CALM = {"reduced_motion": "reduce", "locale": "en-US"}

RUN_AXE = """async () => {
  const found = await axe.run(document, { resultTypes: ['violations'], preload: false });
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
}"""
# Words broken within themselves, and figures away from their units, in all that is seen with the folds open.
TORN = r"""() => {
  const torn = new Set(), range = document.createRange();
  document.querySelectorAll('main details').forEach((fold) => { fold.open = true; });
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest('script, style, .hidden, thead')) continue;
    for (const word of node.data.matchAll(/[\p{L}\p{N}]{2,}|\d (?:[ckm]?m|kg|°C|h|min|%|days?)(?!\w)/gu)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = [...range.getClientRects()].filter((box) => box.width).map((box) => Math.round(box.top));
      if (new Set(lines).size > 1) torn.add(word[0]);
    }
  }
  return [...torn];
}"""
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# The page, and its boxes that could scroll by themselves: only the comparison of many treks has to.
SOMETHING_TOO_WIDE = """() => {
  const boxes = [document.documentElement, ...document.querySelectorAll('.scroll:not(:has(.many))')];
  return Math.max(...boxes.map((box) => box.scrollWidth - box.clientWidth));
}"""
# The size of text that somebody sets in the browser itself, in pixels, and the one it comes with.
LARGE_TEXT, USUAL_TEXT = 32, 16
# Focus all that the Tab key reaches; say what shows no ring, lies off the screen or under something.
FAULTS_OF_FOCUS = """() => {
  const faults = [];
  const start = (element, length) => element.outerHTML.slice(0, length);
  const name = (element, why) => faults.push(`${why}: ${start(element, 120)}`);
  const stops = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]';
  for (const element of document.querySelectorAll(stops)) {
    if (element.disabled || element.tabIndex < 0 || !element.checkVisibility()) continue;
    element.focus({ focusVisible: true });
    if (document.activeElement !== element) { name(element, 'takes no focus'); continue; }
    const shown = element.matches('.tabs input, .tick input') ? element.parentElement : element;
    const rings = [element, ...shown.querySelectorAll('*')].map((e) => getComputedStyle(e));
    const isSeen = (s) => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;
    if (!rings.some(isSeen)) name(element, 'no ring');
    const box = shown.getClientRects()[0];
    if (box.bottom < 2 || box.top > innerHeight - 2) { name(element, 'off the screen'); continue; }
    const middle = (start, end, most) => (Math.max(start, 0) + Math.min(end, most - 1)) / 2;
    const x = middle(box.left, box.right, innerWidth), y = middle(box.top, box.bottom, innerHeight);
    const top = document.elementFromPoint(x, y);
    if (top && !shown.contains(top) && !top.contains(shown)) name(element, `under ${start(top, 60)}`);
  }
  return faults;
}"""


def axe_script():
    """The text of axe-core, which comes with axe-playwright-python."""
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def browser_page(chromium, answers, **options):
    """A page in a context of its own that finds the answers; close `page.context` in the end."""
    context = chromium.new_context(viewport={"width": WIDTHS[0], "height": HEIGHT}, **CALM, **options)
    context.set_default_timeout(60_000)
    play(context, answers)
    return context.new_page()


def one_of_each_kind(addresses):
    """The first address of each view: what one template says twice is not looked at twice."""
    kinds = {}
    for address in addresses:
        kinds.setdefault(resolve(address.partition("?")[0]).view_name, address)
    return list(kinds.values())


def turned(page, ways):
    """Turn the page to each (width, theme), in turn."""
    for width, theme in ways:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        yield f"{width} px, {theme}"


def axe_findings(page, answers, ways=EVERY_WAY):
    """What axe finds in each answer at each (width, theme), as sentences."""
    script, found = axe_script(), []
    for address in answers:
        page.goto(SITE + address)
        page.evaluate(script)
        for how in turned(page, ways):
            found += [f"{address} at {how}: {finding}" for finding in page.evaluate(RUN_AXE)]
    return found


def sideways(page, answers):
    """Pages that scroll sideways: they or a box in them, or the page with the text twice as large."""
    found, browser = [], page.context.new_cdp_session(page)
    browser.send("Page.enable")

    def set_text(size):
        browser.send("Page.setFontSizes", {"fontSizes": {"standard": size}})

    for address in answers:
        set_text(USUAL_TEXT)
        page.goto(SITE + address)
        widths = {}
        for width in (320, 620, 768):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            widths[f"{width} px"] = page.evaluate(SOMETHING_TOO_WIDE)
        set_text(LARGE_TEXT)
        for width in (320, *WIDTHS, 640, 768, 920, 1024):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            widths[f"{width} px, text at 200 %"] = page.evaluate(TOO_WIDE)
        found += [f"{address} at {how}: {much} px too wide" for how, much in widths.items() if much > 0]
    return found


def torn_words(page, answers):
    """Words and figures torn in two at any width: those where columns are about to change as well."""
    found = []
    for address in answers:
        page.goto(SITE + address)
        for width in (360, 600, 768, 920, 1180):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            found += [f"{address} at {width} px: {word}" for word in page.evaluate(TORN)]
    return found


def faults_of_focus(page, answers):
    """What cannot be seen when the Tab key reaches it, on a phone."""
    found = []
    for address in answers:
        page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
        page.goto(SITE + address)
        found += [f"{address}: {fault}" for fault in page.evaluate(FAULTS_OF_FOCUS)]
    return found

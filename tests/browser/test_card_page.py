"""The stand-in's pages in a browser: on a small phone, by keyboard, without script, in light and dark."""

import pytest
from card_provider import charge_request

from bookings import gateways

pytestmark = pytest.mark.browser


@pytest.fixture(params=["light", "dark"])
def phone(request, chromium):
    """A small phone without script."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 640}, color_scheme=request.param, java_script_enabled=False
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_card_is_declined_then_pays_by_keyboard(card_provider, phone):
    back = card_provider.address + "/"
    session = gateways.get("stripe").start(charge_request(success_url=back + "?paid={CHECKOUT_SESSION_ID}"))
    phone.goto(session.url)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360

    phone.keyboard.press("Tab")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    phone.get_by_role("alert").wait_for()
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")

    phone.wait_for_url(f"**/?paid={session.session_id}")
    assert gateways.get("stripe").status(session.session_id).state == "paid"


def test_page_has_no_accessibility_errors(card_provider, chromium):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    session = gateways.get("stripe").start(charge_request())
    found = []
    for scheme in ("light", "dark"):
        context = chromium.new_context(
            viewport={"width": 360, "height": 640}, color_scheme=scheme, bypass_csp=True
        )
        page = context.new_page()
        for url in (session.url, session.url + "?declined", card_provider.address):
            page.goto(url)
            found += [(scheme, url, each["id"]) for each in axe.run(page).response["violations"]]
        context.close()

    assert found == []


def test_desk_page_fits_a_small_phone(card_provider, phone):
    session = gateways.get("stripe").start(charge_request())
    card_provider.pay(session.session_id)
    phone.goto(card_provider.address)

    assert phone.evaluate("document.documentElement.scrollWidth") <= 360

"""A stand-in for Stripe on a free port, for one test, with the site's settings turned to it.

    def test_deposit_by_card(card_provider, client):
        session = gateways.get("stripe").start(request)     # the real SDK, over HTTP
        card_provider.pay(session.session_id)
        for event_id in card_provider.events():             # oldest first; .events("refund"): those so named
            body, headers = card_provider.signed(event_id)
            client.post(path, body, content_type="application/json", headers=headers)

Pages: `.pay(id)`, `.decline(id)` (the page stays open), `.expire(id)`; `.pay(id, later=True)` is money on its
way until `.clear(id)` or `.bounce(id)`. `session.url` is the page itself, for a browser.

Events wait until they are asked for (`.signed(id, hours_late=72)` tells an old event, `.signed(id,
signed_ago=600)` bears an old signature), unless the stand-in is told where to send them:

    card_provider.send_to(live_server.url + path)           # by a thread from now on, repeated until taken
    card_provider.hold_events()   .release_events()         # not sent by itself; sent again
    card_provider.lose_events()                             # what was not taken is never sent
    card_provider.deliver(ids, copies=3, hours_late=72)     # now, in this order, copies at once; the statuses

What goes wrong, in the order asked for (the SDK repeats a call once by itself, so 2 calls fail it):

    card_provider.break_next(2, "500")                      # or "503", "429": not carried out
    card_provider.break_next(1, "lost", "refunds")          # carried out, the answer lost; of such calls
    card_provider.break_next(2, "hang")                     # no answer for a minute; use quick_gateway
    card_provider.mend()
    card_provider.age_keys(25)                              # the provider has forgotten every key
    card_provider.make_refunds_wait()                       # refunds are pending until:
    card_provider.end_refund(refund_id, failed=True)        # done or failed; one that was done can fail too

`card_provider.state()` shows sessions, payments, charges, refunds and events by id. From another process or a
browser: POST {card_provider.address}/control/<name> with the arguments as a JSON object, for example
/control/pay {"session_id": "cs_test_…"}. The page where a traveler pays is `session.url`.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bookings import gateways
from bookings.gateways import base
from bookings.gateways.standin import StandIn


@pytest.fixture
def card_provider(settings):
    """The stand-in, started and stopped with the test."""
    standin = StandIn().start()
    for name, value in standin.settings().items():
        setattr(settings, name, value)
    targets = [*settings.SECURE_CSP["form-action"], standin.address]
    settings.SECURE_CSP = settings.SECURE_CSP | {"form-action": targets}
    yield standin
    standin.stop()


@pytest.fixture
def quick_gateway(card_provider):
    """The gateway with short timeouts, for a provider that hangs."""
    from bookings.gateways.stripe_checkout import StripeCheckout

    known = card_provider.settings()
    words = known["STRIPE_SECRET_KEY"], known["STRIPE_WEBHOOK_SECRET"], known["STRIPE_API_BASE"]
    return StripeCheckout(*words, timeouts=(0.5, 0.5))


@pytest.fixture
def gateway(card_provider):
    """The configured gateway."""
    return gateways.get("stripe")


@pytest.fixture
def paid(gateway, card_provider):
    """The status of a session over 316.50 that was paid."""
    session = gateway.start(charge_request())
    card_provider.pay(session.session_id)
    return gateway.status(session.session_id)


@pytest.fixture(name="session")
def open_session(card_provider):
    """An open session."""
    return gateways.get("stripe").start(charge_request())


def charge_request(**changes):
    """A plausible attempt to pay, whose session lives for an hour."""
    usual = {
        "key": "attempt-1",
        "amount": Decimal("316.50"),
        "description": "Lares Trek, deposit",
        "reference": "QWERTYUP",
        "email": "rosa@example.com",
        "language": "en",
        "success_url": "http://127.0.0.1:9/paid/?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://127.0.0.1:9/back/",
        "expires_at": datetime.now(UTC) + timedelta(hours=1),
        "metadata": {"attempt": "7"},
    }
    return base.ChargeRequest(**usual | changes)

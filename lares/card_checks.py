"""System checks of taking cards: keys that belong together, no tests and no stand-in where it counts.

The ids are stable: E009 keys, E010 test and live, E011 the stand-in's address, E012 the surcharge.
"""

import os
from decimal import Decimal
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, register

MOST_PERCENT = 20


def keys():
    """E009."""
    secret, webhook = settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET
    right = secret.startswith(("sk_", "rk_")) and webhook.startswith("whsec_")
    if (secret or webhook) and not right:
        yield Error(
            "Cards need both a secret key and a webhook secret of Stripe.",
            hint="Set LARES_STRIPE_SECRET_KEY=sk_… (or rk_…) and LARES_STRIPE_WEBHOOK_SECRET=whsec_… to what "
            "Stripe's dashboard shows, or neither: then no cards are taken.",
            id="lares.E009",
        )


def test_or_live():
    """E010."""
    is_test = settings.STRIPE_SECRET_KEY.startswith(("sk_test_", "rk_test_"))
    is_live = settings.STRIPE_SECRET_KEY.startswith(("sk_live_", "rk_live_"))
    strangers = [host for host in settings.ALLOWED_HOSTS if host not in settings.LOOPBACK]
    if settings.PRODUCTION and is_test and strangers:
        yield Error(
            "The key of Stripe is for tests: travelers would seem to pay, and no money would come.",
            hint="Set LARES_STRIPE_SECRET_KEY to the live key, with the webhook secret that goes with it.",
            id="lares.E010",
        )
    if not settings.PRODUCTION and is_live:
        yield Error(
            "The key of Stripe is live: examples would charge real cards.",
            hint="Set LARES_STRIPE_SECRET_KEY to a test key in development, or to nothing.",
            id="lares.E010",
        )


def stand_in():
    """E011."""
    base = settings.STRIPE_API_BASE
    if base and (settings.PRODUCTION or not is_loopback(base)):
        yield Error(
            "Cards would be sent to another address than Stripe's.",
            hint="Remove LARES_STRIPE_API_BASE: it is for the stand-in of development, at this machine "
            "(http://127.0.0.1 and a port).",
            id="lares.E011",
        )


def is_loopback(address):
    """Whether it is an address at this machine and nothing besides."""
    try:
        parts = urlsplit(address)
        named = f"http://127.0.0.1:{parts.port}"
    except ValueError:
        return False
    return address == named


def surcharge():
    """E012."""
    percent = settings.CARD_SURCHARGE_PERCENT
    if percent is None or not Decimal(0) <= percent <= MOST_PERCENT:
        yield Error(
            f"LARES_CARD_SURCHARGE_PERCENT is {os.environ.get('LARES_CARD_SURCHARGE_PERCENT')!r}.",
            hint=f"Set it to a number from 0 to {MOST_PERCENT}, for example 5.5, or remove it: no surcharge.",
            id="lares.E012",
        )


@register("lares")
def cards_are_taken_rightly(app_configs, **kwargs):
    """In development too: money is real wherever a live key is."""
    return [error for check in (keys, test_or_live, stand_in, surcharge) for error in check()]

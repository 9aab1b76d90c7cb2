"""What the settings of cards must be, and that production never knows the stand-in."""

from decimal import Decimal

import pytest
from django.core.exceptions import ImproperlyConfigured
from test_settings import COMPLETE, check, shown

from bookings import gateways
from lares.card_checks import cards_are_taken_rightly

LIVE = {"STRIPE_SECRET_KEY": "sk_live_x", "STRIPE_WEBHOOK_SECRET": "whsec_x"}
TEST = LIVE | {"STRIPE_SECRET_KEY": "sk_test_x"}
STANDIN = {"STRIPE_API_BASE": "http://127.0.0.1:8050"}
STRANGERS = {"PRODUCTION": True, "ALLOWED_HOSTS": ["www.example.com", "127.0.0.1"]}
MEASURED = {"PRODUCTION": True, "ALLOWED_HOSTS": ["127.0.0.1", "localhost"]}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, []),
        (TEST, []),
        (TEST | STANDIN, []),
        (LIVE | STRANGERS, []),
        (LIVE | {"STRIPE_SECRET_KEY": "rk_live_x"} | STRANGERS, []),
        (TEST | MEASURED, []),
        (TEST | {"STRIPE_WEBHOOK_SECRET": ""}, ["lares.E009"]),
        ({"STRIPE_WEBHOOK_SECRET": "whsec_x"}, ["lares.E009"]),
        (TEST | {"STRIPE_SECRET_KEY": "pk_test_x"}, ["lares.E009"]),
        (TEST | {"STRIPE_WEBHOOK_SECRET": "we_x"}, ["lares.E009"]),
        (TEST | STRANGERS, ["lares.E010"]),
        (TEST | {"STRIPE_SECRET_KEY": "rk_test_x"} | STRANGERS, ["lares.E010"]),
        (LIVE, ["lares.E010"]),
        (TEST | STANDIN | MEASURED, ["lares.E011"]),
        (LIVE | STANDIN | STRANGERS, ["lares.E011"]),
        (TEST | {"STRIPE_API_BASE": "http://192.0.2.1:8050"}, ["lares.E011"]),
        (TEST | {"STRIPE_API_BASE": "http://127.0.0.1:8050@evil.example"}, ["lares.E011"]),
        (TEST | {"STRIPE_API_BASE": "http://127.0.0.1:many"}, ["lares.E011"]),
        ({"CARD_SURCHARGE_PERCENT": Decimal("5.5")}, []),
        ({"CARD_SURCHARGE_PERCENT": None}, ["lares.E012"]),
        ({"CARD_SURCHARGE_PERCENT": Decimal("-1")}, ["lares.E012"]),
        ({"CARD_SURCHARGE_PERCENT": Decimal("55")}, ["lares.E012"]),
    ],
)
def test_each_wrong_setting_of_cards_has_its_id(settings, said, expected):
    for name, value in said.items():
        setattr(settings, name, value)

    errors = cards_are_taken_rightly(None)

    assert [error.id for error in errors] == expected
    assert all("LARES_" in error.hint or "Set it" in error.hint for error in errors)


def test_checks_of_cards_run_in_production():
    keys = {"LARES_STRIPE_SECRET_KEY": "sk_test_x", "LARES_STRIPE_WEBHOOK_SECRET": "whsec_x"}
    wrong = keys | {"LARES_STRIPE_API_BASE": "http://127.0.0.1:8050", "LARES_CARD_SURCHARGE_PERCENT": "some"}

    assert check(**COMPLETE | wrong) == ["lares.E010", "lares.E011", "lares.E012"]


@pytest.mark.parametrize(
    ("key", "targets"), [("", ["'self'"]), ("sk_live_x", ["'self'", "https://checkout.stripe.com"])]
)
def test_forms_may_lead_to_stripe_where_it_takes_cards(key, targets):
    said = shown(["SECURE_CSP", "CARD_SURCHARGE_PERCENT"], **COMPLETE | {"LARES_STRIPE_SECRET_KEY": key})

    assert f"'form-action': {targets!r}" in said
    assert said.endswith("Decimal('0')]")


def test_pages_allow_forms_to_lead_to_the_provider(client, card_provider, db):
    assert (
        f"form-action 'self' {card_provider.address};" in client.get("/contact/")["Content-Security-Policy"]
    )


def test_only_configured_gateways_are_there(settings):
    settings.STRIPE_SECRET_KEY = ""

    assert gateways.available() == []
    with pytest.raises(KeyError):
        gateways.get("stripe")


def test_stand_in_is_refused_in_production(card_provider, settings):
    assert gateways.available() == ["stripe"]
    settings.PRODUCTION = True

    with pytest.raises(ImproperlyConfigured):
        gateways.get("stripe")

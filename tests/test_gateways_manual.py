"""The ways to pay by hand, and what a card costs on top."""

from decimal import Decimal

import pytest

from bookings.gateways import manual
from bookings.gateways.surcharges import surcharge
from bookings.models import Payment


def test_every_manual_way_can_be_written_down():
    assert set(manual.WAYS) <= set(Payment.Provider.values)
    assert dict(manual.choices()) == {
        "transfer": "bank transfer",
        "cash": "cash in Cusco",
        "terminal": "card terminal",
    }


@pytest.mark.parametrize(
    ("method", "way"), [("transfer", "transfer"), ("cash", "cash"), ("card", "terminal"), ("", "")]
)
def test_what_travelers_chose_leads_to_a_way(method, way):
    assert manual.usual_for(method) == way


@pytest.mark.parametrize("method", ["card", "stripe", "terminal"])
def test_cards_bear_the_surcharge(settings, method):
    settings.CARD_SURCHARGE_PERCENT = Decimal("5.5")

    assert surcharge(Decimal("300.00"), method) == Decimal("16.50")


@pytest.mark.parametrize("method", ["transfer", "cash", ""])
def test_others_bear_none(settings, method):
    settings.CARD_SURCHARGE_PERCENT = Decimal("5.5")

    assert surcharge(Decimal("300.00"), method) == 0


@pytest.mark.parametrize(
    ("amount", "percent", "expected"),
    [("0.10", "5", "0.01"), ("0.09", "5", "0.00"), ("199.99", "5.5", "11.00"), ("300", "0", "0.00")],
)
def test_surcharge_is_rounded_to_the_cent(amount, percent, expected):
    assert str(surcharge(Decimal(amount), "card", Decimal(percent))) == expected

"""What is written down for the office: in its language whoever acts, names and times as people say them."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override, trans_real
from factories_money import pay_by_card

from bookings import lifecycle
from bookings.models import Payment, PriceList
from tests import factories

pytestmark = pytest.mark.django_db
OFFICE = lifecycle.office()
REASONS = {
    "The booking is cancelled.": "La reserva está cancelada.",
    "More was paid than the price.": "Se pagó más que el precio.",
    "The money came when the seats were gone.": "El dinero llegó tarde.",
    "The booking was reinstated.": "La reserva fue restablecida.",
    "Money went back by hand.": "Se devolvió a mano.",
    "Moved to booking %(reference)s.": "Pasó a la reserva %(reference)s.",
    "From booking %(reference)s. %(bank)s": "De la reserva %(reference)s. %(bank)s",
    "This departure is full.": "Esta salida está llena.",
}


@pytest.fixture(autouse=True)
def in_spanish(monkeypatch):
    """Somebody acts who reads the site in Spanish."""
    catalog = trans_real.translation("es")._catalog._catalogs[0]
    for english, spanish in REASONS.items():
        monkeypatch.setitem(catalog, english, spanish)
    with override("es"):
        yield


def too_much():
    booking = factories.confirmed(party_size=1)
    factories.pay(booking, "500")
    return booking


def cancelled():
    booking = factories.confirmed()
    factories.pay(booking, "880")
    return lifecycle.cancel(booking.pk)


def too_late():
    departure = factories.make_departure(capacity=2)
    booking = factories.lapse(factories.placed(departure))
    factories.held(departure)
    factories.pay(booking, "300")
    return booking


def moved():
    wrong, right = factories.placed(), factories.placed()
    payment = factories.pay(wrong, "300")
    lifecycle.move_payment(payment.pk, right.pk, by=OFFICE, reason="Typo")
    return wrong


def went_by_hand():
    booking = too_much()
    factories.pay(booking, "-10")
    return booking


@pytest.mark.parametrize("act", [too_much, cancelled, too_late, moved, went_by_hand])
def test_reasons_are_written_down_in_the_language_of_the_office(act):
    booking = act()
    for refund in booking.refunds.filter(state="proposed"):
        lifecycle.pay_back_by_hand(refund.pk, by=OFFICE, provider="cash")

    written = [
        *booking.refunds.values_list("reason", "last_error"),
        *Payment.objects.values_list("note", "provider_reference"),
        *booking.events.exclude(reason="").values_list("reason", "kind"),
        *booking.messages.filter(kind__startswith="office_").values_list("text", "kind"),
    ]

    assert settings.LANGUAGE_CODE == "en"
    words = " ".join(text for row in written for text in row)
    starts = [spanish.split("%")[0] for spanish in REASONS.values()]
    assert [start for start in starts if start in words] == []
    assert any(english.split("%")[0] in words for english in REASONS)


def refund_sent(booking):
    """A card refund on its way."""
    lifecycle.cancel(booking.pk)
    return lifecycle.approve_refund(booking.refunds.get().pk, by=OFFICE)


@pytest.mark.parametrize("reinstated", [False, True])
def test_failed_refund_asks_for_no_more_by_hand_than_is_owed(reinstated):
    booking = factories.placed(party_size=1, method="card")
    pay_by_card(booking, "490")
    refund = refund_sent(booking)
    if reinstated:
        lifecycle.reinstate(booking.pk, by=OFFICE)

    lifecycle.note_refund(refund.pk, error="The card is closed.")

    message = booking.messages.get(kind="office_refund_failed")
    for words in (message.text, message.html):
        assert "$340 did not reach the card." in words
        assert ("Pay $340 back by hand." in words) != reinstated
        assert ("Nothing of it is owed any more." in words) == reinstated


def test_price_list_and_payment_tell_the_time_in_peru():
    factories.placed()
    payment = Payment(amount=Decimal(5), recorded_at=datetime(2026, 11, 2, 3, 30, tzinfo=UTC))
    prices = PriceList.objects.get()
    prices.made_at = datetime(2026, 11, 2, 3, 30, tzinfo=UTC)

    assert str(prices).endswith("2026-11-01 22:30")
    assert str(payment) == "5 2026-11-01"


def test_price_list_names_its_extras(admin_client):
    trek = factories.make_trek()
    extra = factories.make_extra(trek, slug="bag")
    factories.raw(type(extra), extra, name_en="Sleeping bag, rental")
    factories.placed(factories.make_departure(trek))
    address = reverse("admin:bookings_pricelist_change", args=[PriceList.objects.get().pk])

    assert "Sleeping bag, rental: $20" in admin_client.get(address).text

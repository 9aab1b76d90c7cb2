"""The constancia de pago as a PDF file: what it says, in letters from anywhere."""

from decimal import Decimal
from io import BytesIO

import factories
import pytest

from bookings import lifecycle
from bookings.papers import letters, receipt_pdf

pypdf = pytest.importorskip("pypdf", reason="needs pypdf (tests/requirements.txt)")
pytestmark = pytest.mark.django_db


def text_of(pdf):
    """The text of the only page of a PDF file, with single spaces."""
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    assert len(pages) == 1
    return " ".join(pages[0].extract_text().split())


def test_constancia_says_who_paid_how_much_for_what():
    booking = factories.confirmed()

    text = text_of(receipt_pdf(booking.payments.get().receipt))

    for word in (booking.reference, "Ana Quispe", "USD 300.00", booking.departure.trek.name, "bank transfer"):
        assert word in text


def test_constancia_prints_letters_from_anywhere():
    booking = factories.placed()
    lifecycle.correct_contact(booking.pk, {"contact_name": "Łucja Ñahui 李小龍"}, by=lifecycle.office())

    pdf = receipt_pdf(factories.pay(booking, booking.due_now).receipt)

    assert "Łucja Ñahui 李小龍" in text_of(pdf)
    fonts = pypdf.PdfReader(BytesIO(pdf)).pages[0]["/Resources"]["/Font"]
    embedded = {font.get_object()["/BaseFont"].split("+")[-1] for font in fonts.values()}
    assert {"DejaVuSans-Bold", "DroidSansFallback"} <= embedded


def test_constancia_of_soles_tells_the_rate():
    booking = factories.placed()
    soles = {"received_amount": Decimal("1125.00"), "received_currency": "PEN", "rate": Decimal("3.75")}

    payment = factories.pay(booking, booking.due_now, provider="cash", **soles)

    assert "PEN 1,125.00" in text_of(receipt_pdf(payment.receipt))
    assert "3.75" in text_of(receipt_pdf(payment.receipt))


def test_constancia_of_a_long_name_stays_on_the_sheet():
    name = "Maximiliana " * 9
    booking = factories.placed()
    lifecycle.correct_contact(booking.pk, {"contact_name": name.strip()}, by=lifecycle.office())

    text = text_of(receipt_pdf(factories.pay(booking, booking.due_now).receipt))

    assert text.count("Maximiliana") == 9
    lines = letters.wrapped(name, letters.BOLD, 10, 200)
    assert max(letters.width(line, letters.BOLD, 10) for line in lines) <= 200


def test_constancia_is_given_only_under_the_key_of_its_booking(client):
    mine, other = factories.confirmed(), factories.confirmed()
    receipt = mine.payments.get().receipt

    right = client.get(f"/bookings/{mine.key}/receipts/{receipt.pk}.pdf")
    wrong = client.get(f"/bookings/{other.key}/receipts/{receipt.pk}.pdf")

    assert right.content.startswith(b"%PDF")
    assert right["Content-Disposition"] == f'attachment; filename="{receipt}.pdf"'
    assert right["Cache-Control"] == "no-store, private"
    assert wrong.status_code == 404

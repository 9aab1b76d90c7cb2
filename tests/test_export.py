"""Payments as a table: no formulas, numbers that stay numbers, totals that are the ledger's."""

import csv
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.db.models import Sum
from django.utils import timezone

from bookings import export, lifecycle
from bookings.models import Payment
from tests import factories
from tests.test_takings import backdate

pytestmark = pytest.mark.django_db
EXPORT = "/admin/bookings/money/export/"
OFFICE = lifecycle.office()


def rows_of(text):
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"))))


def today():
    return timezone.localdate()


def exported(first=None, last=None):
    return rows_of("".join(export.lines(first or today(), last or today())))


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+51 984", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "＝1"],
)
def test_cell_that_looks_like_a_formula_begins_with_an_apostrophe(text):
    assert export.harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Ana Quispe", "R-1", "Łukasz Peña", "3 = 3"])
def test_other_text_stays_as_it_is(text):
    assert export.harmless(text) == text


def test_what_travelers_and_staff_typed_is_harmless_in_the_file():
    booking = factories.placed()
    factories.raw(type(booking), booking, contact_name='=HYPERLINK("http://x")')
    factories.pay(booking, "300", provider_reference="@R1", note="-1+1")

    cells = exported()[1]

    assert cells[3] == '\'=HYPERLINK("http://x")'
    assert cells[5] == "'@R1" and cells[12] == "'-1+1"


def test_money_that_went_back_stays_a_number():
    booking = factories.confirmed()
    factories.pay(booking, "-20.50", provider="cash")

    cells = exported()[2]

    assert cells[6] == "-20.50" and Decimal(cells[8]) == Decimal("-20.50")


def test_every_column_says_what_was_written_down():
    booking = factories.placed()
    soles = {"received_amount": Decimal("1125"), "received_currency": "PEN", "rate": Decimal("3.75")}
    payment = factories.pay(booking, "300", provider="cash", note="Counted", **soles)
    lifecycle.enter_tax_document(payment.pk, by=OFFICE, kind="boleta", number="B001-7")

    head, cells = exported()[:2]

    assert len(head) == len(cells) == 13
    assert cells == [
        *(today().isoformat(), str(payment.receipt), booking.reference, "Ana Quispe", "cash in Cusco", ""),
        *("300.00", "0.00", "1125.00", "PEN", "3.7500", "B001-7", "Counted"),
    ]


def test_totals_of_each_way_are_those_of_the_ledger():
    booking = factories.confirmed()
    factories.pay(booking, "100", provider="terminal", surcharge=Decimal("5"), received_amount=Decimal("105"))
    factories.pay(booking, "-40", provider="cash")

    *_rows, cash, terminal, transfer, everything = exported()

    assert (cash[4], cash[6]) == ("cash in Cusco", "-40.00")
    assert (terminal[6], terminal[7]) == ("100.00", "5.00")
    assert (transfer[6], everything[6]) == ("300.00", "360.00")
    assert Decimal(everything[6]) == Payment.objects.aggregate(sum=Sum("amount"))["sum"]


def test_period_is_of_days_in_peru_both_included():
    first, second = factories.confirmed().payments.get(), factories.confirmed().payments.get()
    backdate(first, 2025, 3, 31, 23, 59)
    backdate(second, 2025, 4, 1, 0, 0)
    day = today().replace(year=2025, month=3, day=31)

    march, april = exported(day, day), exported(day + timedelta(days=1), day + timedelta(days=1))

    assert [row[1] for row in march[1:-2]] == [str(first.receipt)]
    assert [row[1] for row in april[1:-2]] == [str(second.receipt)]
    assert exported(day - timedelta(days=9), day - timedelta(days=5))[-1][6] == "0.00"


def test_file_streams_with_a_mark_for_excel(office):
    booking = factories.placed()
    factories.raw(type(booking), booking, contact_name="Łucja Peña")
    factories.pay(booking, "300")

    answer = office.get(EXPORT, {"first": today().isoformat(), "last": today().isoformat()})

    body = b"".join(answer.streaming_content)
    assert answer.streaming and body.startswith(b"\xef\xbb\xbf")
    assert "attachment" in answer["Content-Disposition"] and answer["Content-Type"].startswith("text/csv")
    assert "Łucja Peña" in body.decode()
    assert body.decode().count("\ufeff") == 1


def test_page_asks_for_a_period_that_goes_forward(office):
    assert 'type="date"' in office.get(EXPORT).content.decode()

    answer = office.get(EXPORT, {"first": "2026-02-02", "last": "2026-02-01"})

    assert answer.status_code == 422
    assert "ends before it begins" in answer.content.decode()

"""The constancia de pago of one payment, or of its reversal, on one A5 sheet."""

from io import BytesIO

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from reportlab.lib.pagesizes import A5
from reportlab.pdfgen.canvas import Canvas

from lares.templatetags.formats import date_span, long_day

from .letters import BOLD, REGULAR, fonts, wrapped, write

WIDTH, HEIGHT = A5
MARGIN = 36
VALUES = 150
INK, STONE, COCHINEAL, LINE = "#1E1B18", "#645B52", "#9E1B32", "#DCD1BF"


def receipt_pdf(receipt):
    """The receipt as the bytes of a PDF file, in the language of its booking."""
    file = BytesIO()
    fonts()
    canvas = Canvas(file, pagesize=A5, invariant=True, initialFontName=REGULAR)
    with override(receipt.payment.booking.language):
        canvas.setTitle(str(receipt))
        canvas.setAuthor(receipt.issuer["name"])
        y = _head(canvas, receipt)
        y = _rows(canvas, rows_of(receipt), y)
        _foot(canvas, receipt, y)
    canvas.save()
    return file.getvalue()


def rows_of(receipt):
    """What the receipt says, as (label, value): pairs of texts, in the active language."""
    payment, booking = receipt.payment, receipt.payment.booking
    departure = booking.departure
    rows = [
        (_("Date"), long_day(timezone.localtime(receipt.issued_at))),
        (_("Paid back to") if payment.amount < 0 else _("Received from"), receipt.payer),
        (_("Booking"), booking.reference),
        (_("Trek"), f"{departure.trek.name}, {date_span(departure.start_date, departure.end_date)}"),
        (_("Way"), _way(payment)),
        (_("Amount"), exactly(payment.amount)),
    ]
    if payment.surcharge:
        rows.append((_("Card surcharge"), exactly(payment.surcharge)))
    if payment.received_currency != "USD":
        soles = exactly(payment.received_amount, payment.received_currency)
        rate = _("%(amount)s, at %(rate)s soles per dollar") % {"amount": soles, "rate": payment.rate}
        rows.append((_("In soles"), rate))
    if receipt.reverses:
        rows.append((_("Takes back"), str(receipt.reverses)))
    return rows


def exactly(amount, currency="USD"):
    """An amount as papers have it, with its cents and its currency in letters: USD 1,125.00."""
    return f"{currency} {abs(amount):,.2f}"


def _way(payment):
    return ", ".join(filter(None, [payment.get_provider_display(), payment.provider_reference]))


def _head(canvas, receipt):
    """Who issues it, the weave, what it is and its number; returns where the rows begin."""
    y = HEIGHT - MARGIN - 14
    canvas.setFillColor(INK)
    write(canvas, MARGIN, y, receipt.issuer["name"], BOLD, 14)
    canvas.setFillColor(STONE)
    for line in _issuer_lines(receipt.issuer):
        y -= 12
        write(canvas, MARGIN, y, line, REGULAR, 8)
    y = _weave(canvas, y - 22)
    title = _("Constancia of a payment back") if receipt.payment.amount < 0 else _("Constancia of payment")
    canvas.setFillColor(INK)
    write(canvas, MARGIN, y - 26, title, BOLD, 16)
    canvas.setFillColor(COCHINEAL)
    write(canvas, MARGIN, y - 44, f"Constancia de pago {receipt}", BOLD, 10)
    return y - 66


def _issuer_lines(issuer):
    company = " · ".join(filter(None, [issuer["legal_name"], issuer["ruc"] and f"RUC {issuer['ruc']}"]))
    reach = " · ".join(filter(None, [issuer["phone"], issuer["email"]]))
    return [line for line in (company, issuer["address"], reach) if line]


def _weave(canvas, y):
    """One band of stepped diamonds across the sheet, as in the footer of the site; returns its lower edge."""
    step, half = 2, 3
    canvas.setFillColor(COCHINEAL)
    x = MARGIN
    while x + (2 * half + 1) * step <= WIDTH - MARGIN:
        for row in range(-half, half + 1):
            wide = half - abs(row)
            canvas.rect(x + (half - wide) * step, y + row * step, (2 * wide + 1) * step, step, 0, 1)
        x += (2 * half + 2) * step
    return y - half * step


def _rows(canvas, rows, y):
    canvas.setStrokeColor(LINE)
    for label, value in rows:
        canvas.line(MARGIN, y + 14, WIDTH - MARGIN, y + 14)
        canvas.setFillColor(STONE)
        write(canvas, MARGIN, y, label, REGULAR, 9)
        canvas.setFillColor(INK)
        for line in wrapped(value, BOLD, 10, WIDTH - MARGIN - VALUES):
            write(canvas, VALUES, y, line, BOLD, 10)
            y -= 13
        y -= 9
    return y


def _foot(canvas, receipt, y):
    words = _("It proves that we have the money; it is no boleta or factura.")
    if receipt.payment.amount < 0:
        words = _("It proves that the money went back; it is no nota de crédito.")
    canvas.setFillColor(STONE)
    for text in filter(None, [words, receipt.issuer.get("tax_text")]):
        for line in wrapped(text, REGULAR, 8, WIDTH - 2 * MARGIN):
            write(canvas, MARGIN, y, line, REGULAR, 8)
            y -= 11
        y -= 4

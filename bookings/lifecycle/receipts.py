"""Numbers without gaps: each payment gets its constancia de pago in the transaction that writes it down."""

from django.conf import settings
from django.utils import timezone

from bookings.models import NumberSeries, Receipt
from treks.models import Operator

# What of the operator stands on a constancia, as it was on that day.
ISSUER = ("name", "legal_name", "ruc", "address", "phone", "email")


def issue(payment, now):
    """The constancia of a payment, or of its reversal; last of all locks, so that no number is left out."""
    year = timezone.localdate(now).year
    NumberSeries.objects.get_or_create(series=settings.RECEIPT_SERIES, year=year)
    row = NumberSeries.objects.select_for_update(no_key=True).get(series=settings.RECEIPT_SERIES, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    reverses = Receipt.objects.filter(payment=payment.pays_back_id).first() if payment.pays_back_id else None
    return Receipt.objects.create(
        payment=payment,
        series=row.series,
        year=row.year,
        number=row.last,
        reverses=reverses,
        issued_at=now,
        issuer=_issuer(),
        payer=payment.booking.invoice_name or payment.booking.contact_name,
    )


def _issuer():
    operator = Operator.objects.first()
    stated = {name: str(getattr(operator, name, "") or "") for name in ISSUER}
    return stated | {"tax_text": settings.RECEIPT_TAX_TEXT}

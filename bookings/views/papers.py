"""The papers of a booking, as files."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from bookings.models import Receipt
from bookings.papers import receipt_pdf

from .guards import sealed

WITH_ALL = ("payment__booking__departure__trek", "reverses")


@require_safe
@sealed
def receipt(request, key, number):
    """The constancia of a payment of this booking as a PDF file; those of other bookings are not found."""
    receipts = Receipt.objects.select_related(*WITH_ALL).filter(payment__booking__key=key)
    found = get_object_or_404(receipts, pk=number)
    headers = {"Content-Disposition": f'attachment; filename="{found}.pdf"'}
    return HttpResponse(receipt_pdf(found), content_type="application/pdf", headers=headers)

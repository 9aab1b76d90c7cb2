"""What the private page lets one do about money beside paying: links to pay, the factura, the papers."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookings import gateways, lifecycle, prices
from bookings.forms import InvoiceForm, PayLinkForm
from bookings.models import PayLink, Receipt

from .guards import private
from .private import page, state_of


@require_POST
@private
def make_pay_link(request, booking, number):
    """A link under which somebody pays for one traveler, by number."""
    traveler = booking.travelers.filter(number=number).first()
    if traveler is None or not gateways.available() or state_of(booking) not in ("pending", "confirmed"):
        return _refused(request, booking, lifecycle.WrongStatus())
    still_open = prices.total(booking) - prices.paid(booking)
    form = PayLinkForm(request.POST, open_amount=still_open, prefix=str(number))
    if not form.is_valid():
        return page(request, booking, status=422, wrong_link=(number, form))
    try:
        lifecycle.make_pay_link(booking.pk, number, form.cleaned_data["amount"])
    except lifecycle.Refused as refused:
        return _refused(request, booking, refused)
    name = traveler.given_names or traveler.number
    messages.success(request, _("The link for %(name)s is made. Copy it below and send it.") % {"name": name})
    return redirect(f"{booking.get_absolute_url()}#links")


@require_POST
@private
def revoke_pay_link(request, booking, link_id):
    """Make a link stop working."""
    link = get_object_or_404(PayLink, booking=booking, pk=link_id)
    try:
        lifecycle.revoke_pay_link(booking.pk, link.pk)
    except lifecycle.Refused as refused:
        return _refused(request, booking, refused)
    messages.success(request, _("The link is revoked: nothing can be paid there any more."))
    return redirect(f"{booking.get_absolute_url()}#links")


@require_POST
@private
def invoice(request, booking):
    """For whom the factura is to be; the button “a boleta will do” takes it back."""
    wants_boleta = "boleta" in request.POST
    form = InvoiceForm(request.POST)
    if not wants_boleta and not form.is_valid():
        return page(request, booking, status=422, invoice_form=form)
    named = form.cleaned_data if not wants_boleta else {"invoice_ruc": "", "invoice_name": ""}
    try:
        lifecycle.ask_for_invoice(booking.pk, named["invoice_ruc"], named["invoice_name"])
    except lifecycle.Refused as refused:
        return _refused(request, booking, refused)
    said = (
        _("We write a boleta in your name.")
        if wants_boleta
        else _("We write the factura for %(invoice_name)s, RUC %(invoice_ruc)s.")
    )
    messages.success(request, said % named)
    return redirect(f"{booking.get_absolute_url()}#papers")


@require_safe
@private
def receipt(request, booking, receipt_id):
    """The constancia de pago of one payment, to be printed."""
    receipts = Receipt.objects.select_related("payment", "reverses").filter(payment__booking=booking)
    found = get_object_or_404(receipts, pk=receipt_id)
    context = {
        "booking": booking,
        "departure": booking.departure,
        "trek": booking.departure.trek,
        "receipt": found,
        "payment": found.payment,
        "charged": found.payment.amount + found.payment.surcharge,
        "tax_documents": found.payment.papers,
    }
    return render(request, "bookings/receipt.html", context)


def _refused(request, booking, refused):
    messages.error(request, str(refused))
    return redirect(booking)

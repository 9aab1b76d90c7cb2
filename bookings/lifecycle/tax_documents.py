"""The numbers of boletas and facturas, which are issued in the system of the tax office, not here."""

from django.utils.translation import gettext as _

from bookings.models import Payment, TaxDocument

from .errors import Refused
from .locks import lock_booking, verb


@verb
def enter_tax_document(payment_id, *, by, kind, number):
    """Write down the number that was issued for a payment; entered again, it changes nothing.

    Raises Refused (the number is another payment's), Busy.
    """
    payment = Payment.objects.get(pk=payment_id)
    lock_booking(payment.booking_id)
    found, created = TaxDocument.objects.get_or_create(
        number=number, defaults={"payment": payment, "kind": kind, "entered_by": by.user}
    )
    if not created and found.payment_id != payment.pk:
        said = _("This number is entered already, for booking %(reference)s.")
        raise Refused(said % {"reference": found.payment.booking.reference})
    return found

"""The numbers of boletas and facturas, which are issued in the system of the tax office, not here."""

from django.utils.translation import gettext as _

from bookings import seats
from bookings.models import BookingEvent, Payment, TaxDocument

from .actors import log
from .errors import Refused
from .locks import lock_booking, verb

Kind = BookingEvent.Kind


@verb
def enter_tax_document(payment_id, *, by, kind, number):
    """Write down the number that was issued for a payment; entered again, it changes nothing.

    Raises Refused (the number is another payment's), Busy.
    """
    payment = Payment.objects.get(pk=payment_id)
    booking = lock_booking(payment.booking_id)
    found, created = TaxDocument.objects.get_or_create(
        number=number, void_at=None, defaults={"payment": payment, "kind": kind, "entered_by": by.user}
    )
    if not created and found.payment_id != payment.pk:
        said = _("This number is entered already, for booking %(reference)s.")
        raise Refused(said % {"reference": found.payment.booking.reference})
    if created:
        log(booking, Kind.TAX_DOCUMENT, by, seats.clock(), after=number)
    return found


@verb
def void_tax_document(document_id, *, by, reason):
    """Take a number back that was entered by mistake; it stays written down. Done again, it changes nothing.

    Raises Busy.
    """
    payment = Payment.objects.get(tax_documents=document_id)
    booking = lock_booking(payment.booking_id)
    document = TaxDocument.objects.get(pk=document_id)
    if document.void_at is None:
        document.void_at = seats.clock()
        document.save(update_fields=["void_at"])
        log(booking, Kind.TAX_DOCUMENT, by, document.void_at, before=document.number, reason=reason)
    return document

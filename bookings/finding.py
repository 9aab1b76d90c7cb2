"""Find my booking: a reference and an e-mail address become a link by mail, later and without telling."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from . import lifecycle
from .lifecycle.forgetting import each
from .models import Booking, LinkRequest

# How long a request counts for the limits; then its row goes.
WINDOW = timedelta(hours=1)


class TooMany(Exception):
    """This network address has asked too often within the hour."""


def ask(reference, email, address):
    """Write the request down; raises TooMany. What it costs does not depend on whether there is a booking."""
    limit = settings.LINK_REQUESTS_PER_ADDRESS
    recent = LinkRequest.objects.filter(created_at__gt=timezone.now() - WINDOW)
    if recent.filter(client_address=address).count() >= limit > 0:
        raise TooMany
    return LinkRequest.objects.create(reference=reference, email=email, client_address=address)


def answer_requests(limit=100):
    """Send the link for each waiting request that names a booking; returns how many were answered.

    One that cannot be answered at this moment is tried again in the next round, and holds up no other.
    """
    LinkRequest.objects.filter(answered_at__lt=timezone.now() - WINDOW).delete()
    waiting = LinkRequest.objects.filter(answered_at=None).order_by("pk")
    return each(_answer, list(waiting.values_list("pk", flat=True)[:limit]), what="request")


def _answer(pk):
    request = LinkRequest.objects.get(pk=pk)
    booking = Booking.objects.filter(
        ~Q(contact_email=""), reference=request.reference, contact_email__iexact=request.email
    ).first()
    if booking and _answered_before(request) < settings.LINKS_PER_BOOKING:
        lifecycle.send_link(booking.pk, again=f"asked {request.pk}")
    return LinkRequest.objects.filter(pk=pk).update(answered_at=timezone.now())


def _answered_before(request):
    """How often the same was asked and answered within the hour."""
    same = LinkRequest.objects.filter(reference=request.reference, email__iexact=request.email)
    return same.filter(answered_at__gt=timezone.now() - WINDOW).count()

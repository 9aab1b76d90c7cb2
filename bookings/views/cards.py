"""Paying by card: to the provider's page and back, a part under a link of its own, the provider's notices."""

import logging

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings import charging, gateways, lifecycle, prices, seats
from bookings.gateways.base import BadNotice, BadSignature, GatewayError
from bookings.gateways.surcharges import surcharge
from bookings.models import PayLink, Payment

from .guards import private, sealed

log = logging.getLogger(__name__)


@require_POST
@private
def pay(request, booking):
    """Lead to the provider's page: for what is due now, or for all that is open (field `what`)."""
    total, paid_sum = prices.total(booking), prices.paid(booking)
    amount = total - paid_sum
    if request.POST.get("what") == "due" and booking.due_now is not None:
        amount = min(amount, booking.due_now - paid_sum)
    return led_to_provider(request, booking, amount, back=booking.get_absolute_url())


def led_to_provider(request, booking, amount, *, back, pay_link=None):
    """Send the browser to the provider's page; where that cannot be, back with a sentence, nothing lost."""
    if not gateways.available():
        messages.error(request, _("Cards are not taken on this site."))
        return redirect(back)
    try:
        return redirect(charging.start(booking, amount, pay_link=pay_link).url)
    except (lifecycle.Refused, GatewayError) as refused:
        messages.error(request, str(refused))
        return redirect(back)


@require_safe
@private
def paid(request, booking):
    """Back from the provider: ask it, whatever its notice says and whenever it comes."""
    before = booking.payments.count()
    try:
        charging.ask_about(booking)
    except (lifecycle.Refused, GatewayError):
        messages.warning(
            request,
            _("We could not ask the card provider yet. If you have paid, it shows here within minutes."),
        )
        return redirect(booking)
    if booking.payments.count() > before:
        messages.success(request, _("Thank you. Your payment is here."))
    return redirect(booking)


@require_http_methods(["GET", "HEAD", "POST"])
@sealed
def pay_link(request, key):
    """What somebody pays for one traveler: the reference, the first name, the trek, its dates, the amount."""
    link = _link(key)
    if request.method == "POST":
        return led_to_provider(request, link.booking, link.amount, back=request.path, pay_link=link)
    return render(request, "bookings/pay.html", _about(link))


@require_safe
@sealed
def pay_link_done(request, key):
    """Back from the provider's page to the link."""
    link = _link(key)
    try:
        charging.ask_about(link.booking)
    except (lifecycle.Refused, GatewayError):
        messages.warning(request, _("We could not ask the card provider yet. Look again in some minutes."))
    return redirect("pay_link", key)


def _link(key):
    links = PayLink.objects.select_related("booking__departure__trek", "traveler")
    return get_object_or_404(links, key=key)


def _about(link):
    booking = link.booking
    is_paid = Payment.objects.filter(submission__in=link.attempts.values("key"), amount__gt=0).exists()
    more = surcharge(link.amount, "card")
    fits = link.amount <= prices.total(booking) - prices.paid(booking)
    is_open = booking.is_placed and not booking.has_lapsed(seats.clock()) and link.revoked_at is None
    return {
        "link": link,
        "booking": booking,
        "departure": booking.departure,
        "trek": booking.departure.trek,
        "is_paid": is_paid,
        "is_open": is_open and fits and not is_paid,
        "takes_cards": bool(gateways.available()),
        "surcharge": more,
        "percent": settings.CARD_SURCHARGE_PERCENT,
        "charged": link.amount + more,
    }


# A notice of Stripe's is a few kilobytes.
LONGEST_NOTICE = 256 * 1024


@csrf_exempt
@require_POST
def notice(request, gateway):
    """A provider's webhook: verified, kept, dealt with, and again by `work` where that fails."""
    if gateway not in gateways.available():
        raise Http404
    if int(request.headers.get("Content-Length") or 0) > LONGEST_NOTICE:
        return HttpResponseBadRequest("too long")
    try:
        row = charging.keep_notice(gateway, request.body, request.headers)
    except (BadSignature, BadNotice) as refused:
        log.warning("A notice of %s was refused: %s", gateway, refused.detail)
        return HttpResponseBadRequest("refused")
    if row.handled_at is None:
        charging.handle(row)
    return HttpResponse("kept")

"""Who asks for a page: the browser, its network address, and whether it knows a booking's private address."""

import secrets
from functools import wraps
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.defaults import page_not_found

from bookings.models import Booking

WITH_ALL = (
    "departure__trek",
    "departure__circuit",
    "refund_policy",
    "price_list",
    "promotion",
    "terms",
)
SEALED = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}


def private(view):
    """The view of one booking, found by its key, that no cache, no search engine and no referrer tells of."""

    @wraps(view)
    def guarded(request, key, **more):
        try:
            booking = get_object_or_404(Booking.objects.select_related(*WITH_ALL), key=key)
            response = view(request, booking, **more)
        except Http404 as error:
            response = page_not_found(request, error, "bookings/wrong_link.html")
        else:
            if request.method == "POST":
                remember(request, booking)
        return _seal(response)

    return guarded


def sealed(view):
    """A view that no cache, no search engine and no referrer tells of."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        try:
            return _seal(view(request, *args, **kwargs))
        except Http404 as error:
            return _seal(page_not_found(request, error))

    return guarded


def _seal(response):
    for name, value in SEALED.items():
        response.headers[name] = value
    return response


def remember(request, booking):
    """Let “Your booking” lead here from this browser."""
    if request.session.get("booking") != booking.key:
        request.session["booking"] = booking.key


def remembered(request):
    """The booking this browser worked on last, or None; a replaced key locks it out here too."""
    key = request.session.get("booking")
    return Booking.objects.filter(key=key).first() if key else None


def browser_of(request):
    """An unguessable name for this browser, kept in its session and drawn when first asked for."""
    if "browser" not in request.session:
        request.session["browser"] = secrets.token_urlsafe(32)
    return request.session["browser"]


def address_of(request):
    """The client's network address, or None; of IPv6 the household's network, as one home has many.

    Anybody can write X-Forwarded-For: only its last entries, as many as we have proxies, are believed.
    """
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    hops = [*filter(None, map(str.strip, forwarded)), request.META.get("REMOTE_ADDR", "")]
    trusted = min(settings.TRUSTED_PROXIES, len(hops) - 1)
    try:
        address = ip_address(hops[-1 - trusted])
    except ValueError:
        return None
    if address.version == 6:
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((address, 64), strict=False).network_address)
    return str(address)

"""Cancelling from the private page: what it costs and gives back is shown first, then one button does it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bookings import lifecycle, previews, prices, seats, stock
from bookings.forms import KeptExtrasForm
from bookings.models import Booking, Traveler
from lares.templatetags.formats import money

from .guards import private
from .ledger import open_refunds, waiting

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@private
def cancel(request, booking):
    """Cancel the whole booking; pressed twice, it is cancelled once."""
    if booking.status not in Booking.PLACED:
        return redirect(booking)
    if refusal := _refusal(booking):
        return _refused(request, booking, refusal)
    found = previews.of_booking(booking, timezone.localdate())
    if request.method != "POST":
        return _page(request, booking, found)
    try:
        lifecycle.cancel(booking.pk, agreed=request.POST.get("shown", ""))
    except lifecycle.AmountsChanged:
        booking.refresh_from_db()
        return _changed(request, booking, previews.of_booking(booking, timezone.localdate()))
    except lifecycle.Refused as refused:
        return _refused(request, booking, str(refused))
    messages.success(request, _("The booking is cancelled. %(money)s") % {"money": _comes_back(found)})
    return redirect(booking)


@require_http_methods(METHODS)
@private
def cancel_traveler(request, booking, number):
    """Cancel one traveler of a party; the last one is the booking itself."""
    if booking.status not in Booking.PLACED:
        return redirect(booking)
    traveler = Traveler.everyone.filter(booking=booking, number=number).first()
    if traveler is None:
        raise Http404
    if traveler.cancelled_at:
        return redirect(booking)
    if booking.party_size == 1:
        return redirect("booking_cancel", booking.key)
    if refusal := _refusal(booking):
        return _refused(request, booking, refusal)
    booked = list(booking.booked_extras.select_related("extra"))
    others = booking.party_size - 1
    most, usual = stock.can_stay(booking, others), stock.kept(booking, others)
    form = KeptExtrasForm(request.POST or None, booked=booked, most=most, usual=usual)
    return _traveler_answer(request, booking, traveler, form)


def _traveler_answer(request, booking, traveler, form):
    wrong = form.is_bound and not form.is_valid()
    kept = form.kept() if form.is_bound and not wrong else None
    found = previews.of_traveler(booking, traveler, timezone.localdate(), kept)
    more = {"traveler": traveler, "form": form}
    if wrong:
        return _page(request, booking, found, status=422, **more)
    if request.method != "POST" or "look" in request.POST:
        return _page(request, booking, found, **more)
    try:
        agreed = request.POST.get("shown", "")
        lifecycle.cancel_traveler(booking.pk, traveler.number, extras=kept, agreed=agreed)
    except lifecycle.AmountsChanged:
        booking.refresh_from_db()
        if booking.party_size == 1:
            return redirect("booking_cancel", booking.key)
        found = previews.of_traveler(booking, traveler, timezone.localdate(), kept)
        return _changed(request, booking, found, **more)
    except lifecycle.Refused as refused:
        return _page(request, booking, found, refused=refused, status=409, **more)
    said = _("Traveler %(number)d is cancelled. %(money)s")
    messages.success(request, said % {"number": traveler.number, "money": _comes_back(found)})
    return redirect(booking)


def _refusal(booking):
    """Why a placed booking cannot be cancelled on the site, or None."""
    if booking.has_lapsed(seats.clock()):
        return str(lifecycle.WrongStatus())
    if booking.departure.start_date <= timezone.localdate():
        return _("The trek has begun: please call us or write to us.")
    return None


def _refused(request, booking, sentence):
    messages.error(request, sentence)
    return redirect(booking)


def _changed(request, booking, found, **more):
    """What the button promised no longer holds: the page is shown again, and nothing is done."""
    return _page(request, booking, found, is_changed=True, status=409, **more)


def _comes_back(found):
    if not found.refund:
        return _("Nothing comes back.")
    return _("%(amount)s comes back: the office sends it.") % {"amount": money(found.refund)}


def _page(request, booking, found, *, status=200, traveler=None, form=None, is_changed=False, refused=None):
    context = {
        "booking": booking,
        "departure": booking.departure,
        "trek": booking.departure.trek,
        "found": found,
        "outcome": found.outcome,
        "shown": found.promise,
        "paid": prices.paid(booking),
        "waiting": waiting(open_refunds(booking)),
        "traveler": traveler,
        "form": form,
        "is_changed": is_changed,
        "refused": refused,
    }
    return render(request, "bookings/cancel.html", context, status=status)

"""The last look before a booking is placed, and the version of the terms it is placed under."""

from contextlib import suppress

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bookings import lifecycle, policy, seats
from bookings.forms import PlaceForm
from bookings.lifecycle.placing import first_unfinished_step
from bookings.models import Booking, Terms

from .guards import private
from .hold import where_to_go_on
from .steps import side_button


@require_http_methods(["GET", "HEAD", "POST"])
@private
def review(request, booking):
    """Everything at a glance, how to pay, the terms; placing leads to the private page."""
    if booking.status != Booking.Status.ON_HOLD:
        return redirect(booking)
    if booking.has_lapsed(seats.clock()):
        return _too_late(request, booking)
    if first_unfinished_step(booking) != "review":
        return redirect(where_to_go_on(booking))
    terms = policy.current_terms()
    if request.method != "POST":
        return _page(request, booking, PlaceForm(booking=booking, terms=terms))
    form = PlaceForm(request.POST, booking=booking, terms=terms)
    try:
        if side := side_button(request):
            _keep(booking, form)
            return side(request, booking)
    except lifecycle.Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, booking, form, status=409)
    if not form.is_valid():
        return _page(request, booking, form, status=422)
    return _placed(request, booking, form)


def _placed(request, booking, form):
    try:
        booking = lifecycle.place(booking.pk, form.cleaned_data["method"], form.cleaned_data["terms_version"])
    except (lifecycle.Lapsed, lifecycle.WrongStatus) as refused:
        messages.error(request, str(refused))
        return redirect(booking)
    except lifecycle.Incomplete as incomplete:
        messages.error(request, str(incomplete))
        return redirect(f"booking_{incomplete.step}", booking.key)
    except lifecycle.Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, booking, form, status=409)
    return redirect(booking)


def _keep(booking, form):
    """What was chosen is there again on the next visit; the tick only under the same terms."""
    lifecycle.save_draft(booking.pk, "review", form.typed())


def _too_late(request, booking):
    """The time is over; what was chosen is kept for when the hold is taken up again."""
    if request.method == "POST":
        form = PlaceForm(request.POST, booking=booking, terms=policy.current_terms())
        with suppress(lifecycle.Refused):
            _keep(booking, form)
        messages.error(request, str(lifecycle.Lapsed()))
    return redirect(booking)


def _page(request, booking, form, status=200):
    context = {
        "booking": booking,
        "departure": booking.departure,
        "trek": booking.departure.trek,
        "form": form,
        "step": "review",
        "terms": form.terms,
        "travelers": booking.travelers.order_by("number"),
        "lines": booking.price_lines.all(),
    }
    return render(request, "bookings/review.html", context, status=status)


@require_safe
def terms_version(request, version):
    """One version of the terms and the privacy notice, as it stood when bookings were made under it."""
    terms = get_object_or_404(Terms, version=version)
    text = f"{terms.terms_text}\n\n## {_('How your data is used')}\n\n{terms.privacy_text}"
    context = {"terms": terms, "newest": policy.current_terms(), "text": text}
    return render(request, "bookings/terms_version.html", context)

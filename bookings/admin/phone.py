"""The phone booking: one page, one press, the same verbs as the site."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings import lifecycle, policy, seats, stock
from bookings.forms.phone import PhoneForm
from bookings.lifecycle.locks import verb
from bookings.models import Booking


def phone_booking(request, model_admin, pk):
    """Take a booking down for somebody who calls, writes or walks in."""
    departure = get_object_or_404(model_admin.get_queryset(request), pk=pk)
    if not request.user.has_perm("bookings.add_booking"):
        raise PermissionDenied
    offers = list(departure.trek.offered_extras.select_related("extra"))
    left = stock.left_of_each([offer.extra for offer in offers], departure, seats.clock())
    options = {"offers": offers, "left": left}
    if request.method != "POST":
        return page(request, model_admin, departure, PhoneForm(departure, **options))
    form = PhoneForm(departure, request.POST, **options)
    if not form.is_valid():
        return page(request, model_admin, departure, form, status=422)
    try:
        booking = book(departure, form, lifecycle.office(request.user))
    except lifecycle.Refused as refused:
        form.add_error(None, str(refused))
        return page(request, model_admin, departure, form, status=409)
    said = _("Booked. The reference to tell: %(reference)s.") % {"reference": booking.reference}
    messages.success(request, said)
    return redirect("admin:bookings_booking_change", booking.pk)


@verb
def book(departure, form, by):
    """The booking of this form, held, filled in and placed in one transaction; the same form is the same one.

    Raises Refused.
    """
    data, terms = form.cleaned_data, policy.current_terms()
    if terms is None or policy.current_refund_policy() is None:
        raise lifecycle.Refused(
            _("Publish the terms and a refund policy first; every booking stands under them.")
        )
    booking = lifecycle.hold(
        departure.pk,
        data["party_size"],
        data["submission"],
        by=by,
        language=data["language"],
        source=data["source"],
    )
    if booking.placed_at:
        return booking
    lifecycle.set_contact(booking.pk, form.contact(), by=by)
    if any(person["family_names"] or person["given_names"] for person in form.travelers()):
        lifecycle.set_travelers(booking.pk, form.travelers(), by=by)
    if any(form.extras().values()):
        lifecycle.choose_extras(booking.pk, form.extras(), by=by)
    booking = lifecycle.place(booking.pk, data["method"], terms.version, by=by)
    if notes := form.notes():
        Booking.objects.filter(pk=booking.pk).update(staff_notes=notes)
    return booking


def page(request, model_admin, departure, form, status=200):
    """The page with its form."""
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "object": departure,
        "departure": departure,
        "title": _("New phone booking"),
        "form": form,
        "back": reverse("admin:bookings_departure_change", args=[departure.pk]),
        "media": model_admin.media,
    }
    return TemplateResponse(request, "admin/bookings/departure/phone.html", context, status=status)

"""A step that is sent when the booking is no form any more: what was typed is shown, and what to do."""

from uuid import uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bookings import lifecycle
from bookings.models import Booking

from . import kinds
from .guards import WITH_ALL


def moved_on(request, booking, step):
    """The page that says what became of the booking meanwhile and lists what was typed and is not saved.

    Where just what is saved was sent, nothing is missing: on to the private page.
    """
    booking = Booking.objects.select_related(*WITH_ALL).get(pk=booking.pk)
    form = step.form(booking, request.POST)
    unsaved = kinds.differences(step, form, step.initial(booking))
    if not unsaved:
        messages.info(request, str(lifecycle.WrongStatus()))
        return redirect(booking)
    context = {
        "booking": booking,
        "departure": booking.departure,
        "trek": booking.departure.trek,
        "differences": unsaved,
        "corrections": corrections(booking, unsaved),
        "submission": uuid4(),
    }
    return render(request, "bookings/moved_on.html", context, status=409)


def corrections(booking, unsaved):
    """The message to the office with what was typed, a line for each field."""
    lines = [_("Booking %(reference)s, please correct:") % {"reference": booking.reference}]
    lines += [f"{row['label']}: {row['typed'] or '–'}" for row in unsaved]
    return "\n".join(lines)

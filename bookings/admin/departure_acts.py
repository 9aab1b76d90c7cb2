"""What the office can do to a whole departure: each act with a preview of who is concerned."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings import lifecycle
from bookings.forms.season import CancelDepartureForm, CapacityForm, DatesForm, StatusForm
from bookings.lifecycle.departures import concerned
from bookings.models import Booking, Departure

from .acts import Act
from .standing import standing, with_standing

CHANGE = "bookings.change_departure"
WHO = "admin/bookings/departure/_concerned.html"


def on_board(departure):
    """Who is on a departure, for a preview: bookings with how they stand, people and money in all.

    Holds that ran out take no seat and are only counted.
    """
    rows = list(with_standing(concerned(departure)))
    dead = [row for row in rows if row.status == Booking.Status.ON_HOLD and row.time_is_over]
    alive = [row for row in rows if row not in dead]
    return {
        "concerned": [(row, standing(row)) for row in alive],
        "dead_holds": len(dead),
        "people": sum(row.party_size for row in alive),
        "paid_in_all": sum(row.paid_amount for row in alive),
        "without_email": sum(not row.contact_email for row in alive if row.placed_at),
    }


def change_capacity(departure, form, by):
    """Another number of seats."""
    capacity = form.cleaned_data["capacity"]
    lifecycle.change_capacity(departure.pk, capacity)
    return ngettext("The departure has %(n)d seat.", "The departure has %(n)d seats.", capacity) % {
        "n": capacity
    }


def change_dates(departure, form, by):
    """Other days; the contacts are told."""
    start, end = form.cleaned_data["start_date"], form.cleaned_data["end_date"]
    lifecycle.change_dates(departure.pk, start, end, by=by)
    days = {"start": date_format(start, "D j M Y"), "end": date_format(end, "D j M Y")}
    return _("It runs from %(start)s to %(end)s. Everybody who booked is told.") % days


def change_sale(departure, form, by):
    """Open or closed."""
    departure = lifecycle.change_status(departure.pk, form.to())
    if departure.status == Departure.Status.OPEN:
        return _("The departure is open for sale.")
    return _("The departure is closed: the site sells no more seats, the office still can.")


def cancel(departure, form, by):
    """Cancel it with every booking."""
    lifecycle.cancel_departure(departure.pk, by=by, reason=form.cleaned_data["reason"])
    return _("The departure and its bookings are cancelled; every contact with an e-mail address is told.")


def is_alive(departure):
    """Whether anything can still be changed."""
    return departure.status != Departure.Status.CANCELLED


ACTS = (
    Act(
        "capacity",
        gettext_lazy("Change the capacity"),
        CapacityForm,
        change_capacity,
        CHANGE,
        is_offered=is_alive,
        intro=gettext_lazy("Never below the seats that are taken. Nobody is told."),
        preview=WHO,
    ),
    Act(
        "dates",
        gettext_lazy("Change the dates"),
        DatesForm,
        change_dates,
        CHANGE,
        is_offered=is_alive,
        intro=gettext_lazy("Everybody who booked is told by e-mail at once. Call those without an address."),
        preview=WHO,
    ),
    Act(
        "sale",
        gettext_lazy("Open or close it for sale"),
        StatusForm,
        change_sale,
        CHANGE,
        is_offered=is_alive,
        intro=gettext_lazy(
            "A closed departure is not sold on the site any more; bookings stay as they are, forms that are "
            "being filled in can be finished, and the office can still book."
        ),
        preview=WHO,
    ),
    Act(
        "cancel",
        gettext_lazy("Cancel the departure"),
        CancelDepartureForm,
        cancel,
        CHANGE,
        is_offered=is_alive,
        intro=gettext_lazy(
            "Cancels every booking on it, which cannot be undone for the departure. Each contact gets a "
            "message with your reason; money that was paid is to be paid back."
        ),
        preview=WHO,
        is_grave=True,
    ),
)

"""A departure's list of travelers on one page, to be printed."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from bookings import seats
from bookings.forms.travelers import age_on
from bookings.models import Booking, Traveler

from .standing import standing, with_standing


@dataclass(frozen=True)
class Walker:
    """One line: the traveler, the age on the first day, and the booking where a party begins."""

    number: int
    traveler: Traveler
    age: int | None
    is_first: bool


def travelers_list(request, model_admin, pk):
    """Everybody who is booked, party by party, with the contact and what is still to be paid."""
    departure = get_object_or_404(model_admin.get_queryset(request), pk=pk)
    if not request.user.has_perms(["bookings.view_departure", "bookings.view_booking"]):
        raise PermissionDenied
    parties = parties_of(departure)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "object": departure,
        "departure": departure,
        "title": _("Travelers"),
        "parties": parties,
        "people": sum(booking.party_size for booking, _standing, _walkers in parties),
        "extras": extras_of(parties),
        "media": model_admin.media,
    }
    return TemplateResponse(request, "admin/bookings/departure/travelers.html", context)


def parties_of(departure):
    """The placed bookings that keep their seats, as (booking, how it stands, walkers)."""
    named = Prefetch("travelers", Traveler.objects.order_by("number"))
    rows = departure.bookings.live(seats.clock()).filter(status__in=Booking.PLACED)
    rows = with_standing(rows).prefetch_related(named, "booked_extras__extra").order_by("placed_at", "pk")
    number, found = 0, []
    for booking in rows:
        walkers = []
        for traveler in booking.travelers.all():
            number += 1
            age = age_on(departure.start_date, traveler.birth_date) if traveler.birth_date else None
            walkers.append(Walker(number, traveler, age, not walkers))
        booking.open_amount = booking.total_amount - booking.paid_amount
        found.append((booking, standing(booking), walkers))
    return found


def extras_of(parties):
    """How many of each extra are to be brought: [(name, quantity)]."""
    counts = {}
    for booking, _standing, _walkers in parties:
        for row in booking.booked_extras.all():
            counts[row.extra.name] = counts.get(row.extra.name, 0) + row.quantity
    return sorted(counts.items())

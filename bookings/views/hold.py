"""The first page of a booking: date and party, and the hold that keeps the seats."""

import uuid

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from bookings import calendar, lifecycle, policy, seats
from bookings.forms import PartyForm
from bookings.lifecycle.drafts import asks_again
from bookings.lifecycle.placing import first_unfinished_step
from bookings.models import Booking, BookingEvent, Departure

from . import carrying, kinds
from .guards import address_of, browser_of, remember

NAMESPACE = uuid.UUID("2a4c1d3e-6f0b-4c7a-9d58-1b7e0c9f4a26")
STEPS = ("party", "lead", "travelers", "extras", "review")


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_cache=True)
def book(request, departure_id):
    """Choose the party and hold its seats; the same form, however often it is sent, is one booking."""
    departure = get_object_or_404(_shown(), pk=departure_id)
    largest = max(departure.capacity, 1)
    if request.method != "POST":
        form = PartyForm(initial={"party_size": request.GET.get("party", "")}, largest=largest)
        return _page(request, departure, form)
    form = PartyForm(request.POST, largest=largest)
    if not form.is_valid():
        return _page(request, departure, form, status=422)
    try:
        booking = _held(request, departure, form.cleaned_data["party_size"])
    except lifecycle.Refused as refused:
        return _page(request, departure, form, refused=refused, status=409)
    remember(request, booking)
    return redirect(where_to_go_on(booking))


def where_to_go_on(booking):
    """The address of the first step that is unfinished or has a draft that was not accepted yet.

    Of the private page for what is no longer a form.
    """
    if booking.status != Booking.Status.ON_HOLD or booking.has_lapsed(seats.clock()):
        return booking.get_absolute_url()
    unfinished = first_unfinished_step(booking)
    earlier = STEPS[: STEPS.index(unfinished)]
    step = next((step for step in earlier if _is_left_open(booking, step)), unfinished)
    return f"{booking.get_absolute_url()}{step}/"


def _is_left_open(booking, step):
    """Whether something stands in the step that was typed and not accepted yet."""
    is_offered = step != "extras" or booking.departure.trek.offered_extras.exists()
    return asks_again(booking, step) and is_offered


def _shown():
    """Departures that have a page: also full, closed or cancelled ones, which it then says."""
    public = Departure.objects.filter(trek__is_published=True, is_private=False)
    return seats.with_seats(public.select_related("trek", "circuit"))


def _held(request, departure, party_size):
    """The hold of this form. Raises Refused."""
    if policy.current_refund_policy() is None:
        raise lifecycle.NotBookable
    browser = browser_of(request)
    booking = lifecycle.hold(
        departure.pk,
        party_size,
        submission_of(browser, departure, request.POST.get("nonce", "")),
        browser=browser,
        address=address_of(request),
        language=get_language(),
    )
    if booking.party_size != party_size and is_live(booking):
        booking = lifecycle.resize(booking.pk, party_size, seen=_party_seen(request, booking))
    carrying.carry(request.POST.get("carry", ""), booking)
    return booking


def _party_seen(request, booking):
    """The size of the hold that the form showed; one that was opened before knows the first size only."""
    if word := request.POST.get("seen"):
        return kinds.unsealed(word)
    return int(booking.events.get(kind=BookingEvent.Kind.HELD).after)


def is_live(booking):
    """Whether it is a hold whose time is not over."""
    return booking.status == Booking.Status.ON_HOLD and not booking.has_lapsed(seats.clock())


def submission_of(browser, departure, nonce):
    """The identity of a filled-in form: the same for its copies in this browser, another one in any other."""
    try:
        drawn = uuid.UUID(nonce)
    except ValueError:
        drawn = uuid.uuid4()
    return uuid.uuid5(drawn, f"{departure.pk} {browser}")


def nonce_of(browser, departure, another=False):
    """The nonce of a form for this date, and the hold that the same form made before, or None.

    Until that hold is placed, given back or over, every tab of a browser draws the same nonce, so that two
    tabs cannot hold seats twice; `another` party draws the next one.
    """
    number = 0
    while True:
        nonce = uuid.uuid5(NAMESPACE, f"{browser} {departure.pk} {number}")
        submission = submission_of(browser, departure, str(nonce))
        found = Booking.objects.filter(submission=submission).first()
        if found is None or (is_live(found) and not another):
            return nonce, found
        number += 1


def nearest_forms(browser, departure, party_size):
    """The nearest dates with room, each with the nonce of its form: [(departure, nonce)]."""
    nearest = calendar.nearest_with_room(departure, party_size)
    return [(other, nonce_of(browser, other)[0]) for other in nearest]


def _chosen_in(form):
    """The party size that stands in the form, where it makes sense, else None."""
    typed = str(form["party_size"].value())
    return int(typed) or None if typed.isascii() and typed.isdigit() and len(typed) < 3 else None


def _page(request, departure, form, refused=None, status=200):
    chosen = _chosen_in(form)
    party = chosen or 1
    browser = browser_of(request)
    nonce, held = nonce_of(browser, departure, "another" in request.GET)
    room = departure.is_bookable and departure.seats_left
    too_many = isinstance(refused, lifecycle.TooManyHolds)
    refuses_date = refused is not None and not isinstance(refused, lifecycle.Stale)
    # Who holds too much can take no other date either.
    offers_others = not too_many and (refuses_date or not room)
    context = {
        "departure": departure,
        "trek": departure.trek,
        "form": form,
        "nonce": nonce,
        "held": held,
        "seen": kinds.sealed(held.party_size) if held else "",
        "chosen": chosen,
        "party": party,
        "refused": refused,
        "too_many_holds": too_many,
        "network_is_busy": too_many and refused.is_network,
        "too_few_seats": isinstance(refused, lifecycle.NotEnoughSeats) and room,
        "has_room": room,
        "minutes": settings.HOLD_MINUTES,
        "carry": request.POST.get("carry", ""),
        "offers_others": offers_others,
        "nearest": nearest_forms(browser, departure, party) if offers_others else [],
    }
    response = render(request, "bookings/book.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response

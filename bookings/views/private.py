"""The private page of a booking in every state, and what can be done there."""

from datetime import timedelta
from functools import partial

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookings import lifecycle, prices, seats
from bookings.forms import EmailForm, TransferForm
from bookings.lifecycle.resuming import as_seen, todays_lines, todays_price
from bookings.models import Booking, BookingEvent, Departure, Traveler

from . import carrying, kinds
from .guards import browser_of, private
from .hold import nearest_forms, nonce_of, where_to_go_on
from .ledger import money_of
from .steps import SIDE_BUTTONS

Status = Booking.Status


@require_safe
@private
def booking(request, booking):
    """What is booked and what happens next; a living hold goes on at its first unfinished step."""
    if booking.status == Status.ON_HOLD:
        if booking.has_lapsed(seats.clock()):
            return _lapsed_page(request, booking)
        return redirect(where_to_go_on(booking))
    return page(request, booking)


@require_POST
@private
def resume(request, booking):
    """Take a lapsed hold up again at the price that the page showed, if it still holds."""
    verb = partial(lifecycle.resume, seen=kinds.unsealed(request.POST.get("seen", "")))
    return _done(request, booking, verb, back=where_to_go_on)


@require_POST
@private
def give_back(request, booking):
    """Give the seats of an unfinished booking back at once; what is placed the office cancels."""
    if booking.status != Status.ON_HOLD:
        return _refused(request, booking)
    return _done(request, booking, lifecycle.cancel)


@require_POST
@private
def send_link(request, booking):
    """Send the private address to the contact."""
    try:
        messages.success(request, SIDE_BUTTONS["send_link"](booking))
    except lifecycle.Refused as refused:
        messages.error(request, str(refused))
    return redirect(booking)


@require_POST
@private
def correct_email(request, booking):
    """Another e-mail address; the message about the booking goes there too."""
    if _is_over(booking):
        return _refused(request, booking)
    form = EmailForm(request.POST)
    if not form.is_valid():
        return page(request, booking, status=422, email_form=form)
    if _corrected_too_often(booking):
        form.add_error("contact_email", _("That was corrected often today. Write to us or call."))
        return page(request, booking, status=429, email_form=form)
    try:
        lifecycle.correct_contact(booking.pk, form.cleaned_data, by=lifecycle.TRAVELER)
    except lifecycle.Refused as refused:
        form.add_error("contact_email", str(refused))
        return page(request, booking, status=409, email_form=form)
    messages.success(request, _("From now on we write to %(contact_email)s.") % form.cleaned_data)
    return redirect(booking)


@require_POST
@private
def announce_transfer(request, booking):
    """“I have sent the transfer”, with the bank's reference."""
    if _is_over(booking):
        return _refused(request, booking)
    form = TransferForm(request.POST)
    if not form.is_valid():
        return page(request, booking, status=422, transfer_form=form)
    try:
        lifecycle.announce_transfer(booking.pk, form.cleaned_data["bank_reference"])
    except lifecycle.Refused as refused:
        form.add_error(None, str(refused))
        return page(request, booking, status=409, transfer_form=form)
    messages.success(request, _("Thank you. We look out for your transfer."))
    return redirect(booking)


def _done(request, booking, verb, back=redirect):
    """Do a verb and go back; what it refuses is said on the page it leads to."""
    try:
        booking = verb(booking.pk)
    except lifecycle.Refused as refused:
        messages.error(request, str(refused))
        return redirect(booking)
    return redirect(back(booking)) if back is not redirect else redirect(booking)


def _is_over(booking):
    """Whether it is not placed yet or cancelled: then the page has neither form."""
    return booking.status in (Status.ON_HOLD, Status.CANCELLED)


def _refused(request, booking):
    messages.error(request, str(lifecycle.WrongStatus()))
    return redirect(booking)


def _corrected_too_often(booking):
    """Whether the traveler corrected it often; steps before placing, facturas and the office do not count."""
    since = max(seats.clock() - timedelta(days=1), booking.placed_at)
    own = booking.events.filter(actor=BookingEvent.Actor.TRAVELER, after="", at__gt=since)
    changes = own.filter(kind=BookingEvent.Kind.CONTACT_CHANGED)
    return changes.count() >= settings.EMAIL_CORRECTIONS_PER_DAY


def page(request, booking, status=200, email_form=None, transfer_form=None, **money_forms):
    """The private page of a placed or cancelled booking, with a form that was wrong where there is one."""
    state = state_of(booking)
    everyone = Traveler.everyone.filter(booking=booking).order_by("number")
    context = {
        "booking": booking,
        "departure": booking.departure,
        "counted": seats.with_seats(Departure.objects.filter(pk=booking.departure_id)).get(),
        "trek": booking.departure.trek,
        "state": state,
        "travelers": everyone,
        "address": request.build_absolute_uri(booking.get_absolute_url()),
        "site": request.build_absolute_uri("/")[:-1],
        "is_late": booking.events.filter(kind=BookingEvent.Kind.LATE_MONEY).exists(),
        "email_form": email_form or EmailForm(initial={"contact_email": booking.contact_email}),
        "transfer_form": transfer_form
        or TransferForm(initial={"bank_reference": booking.transfer_reference}),
        **money_of(booking, state, **money_forms),
    }
    if not booking.placed_at:
        context |= _other_dates(request, booking) | {"nonce": _nonce_for_the_same_date(request, booking)}
    return render(request, "bookings/booking.html", context, status=status)


def _other_dates(request, booking):
    """The nearest dates with room for the party, and the word that brings along what was typed."""
    nearest = nearest_forms(browser_of(request), booking.departure, booking.party_size)
    return {"nearest": nearest, "carry": carrying.signed(booking)}


def _nonce_for_the_same_date(request, booking):
    """The nonce of a form that takes the same seats anew, or None where that cannot be done on the site."""
    departure = booking.departure
    can_be_taken = _is_offered(departure) and booking.party_size <= seats.left(departure, seats.clock())
    return nonce_of(browser_of(request), departure)[0] if can_be_taken else None


def _is_offered(departure):
    return departure.is_bookable and departure.trek.is_published and not departure.is_private


def state_of(booking):
    """The state in which the page speaks: pending, unpaid (its time is over), confirmed, cancelled."""
    if booking.status == Status.PENDING and booking.has_lapsed(seats.clock()):
        return "unpaid"
    return str(booking.status)


def then_and_today(booking, now):
    """What a lapsed hold cost when it was held beside what it costs today, USD.

    Its extras as (line, amount today), None for all of them where they have to be chosen anew; `due` is what
    is to be paid first.
    """
    held, lines = list(booking.price_lines.all()), todays_lines(booking, now)
    total_then = sum(line.amount for line in held)
    total_today, due_today = todays_price(booking, now)
    extras = {line.key: line.amount for line in lines if line.kind == "extra"}
    return {
        "each_then": booking.price_list.price,
        "each_today": booking.departure.price,
        "extras": [(line, extras.get(line.key)) for line in held if line.kind == "extra"],
        "total_then": total_then,
        "total_today": total_today,
        "due_then": prices.due_now(booking, total_then, timezone.localdate(booking.expires_at)),
        "due_today": due_today,
        "seen": kinds.sealed(as_seen(total_today, due_today)),
    }


def _lapsed_page(request, booking):
    """The hold is over: go on where seats are free, or on another date; nothing typed is lost."""
    departure, now = booking.departure, seats.clock()
    left = seats.left(departure, now)
    can_resume = departure.is_bookable and departure.trek.is_published and booking.party_size <= left
    context = {
        "booking": booking,
        "departure": departure,
        "trek": departure.trek,
        "left": max(left, 0),
        "can_resume": can_resume,
        "then_and_today": then_and_today(booking, now),
        **_other_dates(request, booking),
    }
    return render(request, "bookings/lapsed.html", context)

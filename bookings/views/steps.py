"""The steps of the form, each of them rows: reloaded, left and resumed as one likes."""

from contextlib import suppress
from functools import partial

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bookings import lifecycle, seats
from bookings.forms.booking import storable
from bookings.lifecycle.drafts import SEEN, asks_again
from bookings.lifecycle.placing import first_unfinished_step
from bookings.models import Booking
from lares.templatetags.formats import clock

from . import kinds
from .guards import WITH_ALL, private
from .hold import STEPS, where_to_go_on
from .moved_on import moved_on

# What a form carries of the largest party is shorter.
LONGEST_SEEN = 100_000


@require_http_methods(["GET", "HEAD", "POST"])
@private
def party(request, booking):
    """Another party size for a hold, at its own price."""
    return _answer(request, booking, kinds.PARTY)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def lead(request, booking):
    """Who we write to."""
    return _answer(request, booking, kinds.LEAD)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def travelers(request, booking):
    """Who walks."""
    return _answer(request, booking, kinds.TRAVELERS)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def extras(request, booking):
    """What they rent or add; a trek that offers nothing has no such step."""
    if not booking.departure.trek.offered_extras.exists():
        return redirect(where_to_go_on(booking))
    return _answer(request, booking, kinds.EXTRAS)


def _answer(request, booking, step):
    if booking.status != Booking.Status.ON_HOLD:
        return moved_on(request, booking, step) if request.method == "POST" else redirect(booking)
    if request.method == "POST":
        return _posted(request, booking, step)
    unfinished = first_unfinished_step(booking)
    if booking.has_lapsed(seats.clock()) or STEPS.index(step.name) > STEPS.index(unfinished):
        return redirect(where_to_go_on(booking))
    draft = {} if "saved" in request.GET else booking.drafts.get(step.name, {})
    form = step.form(booking, initial={**step.initial(booking), **draft})
    return _page(
        request, booking, step, form, typed_before=_was_typed(booking, step, draft), seen=draft.get(SEEN)
    )


def _was_typed(booking, step, draft):
    """Whether the fields show what was typed here and not saved; a name that was copied here is not."""
    fields = {name: text for name, text in draft.items() if name != SEEN}
    return bool(draft) and asks_again(booking, step.name) and fields != kinds.copied_name(booking)


def _posted(request, booking, step):
    form = step.form(booking, request.POST)
    if booking.has_lapsed(seats.clock()):
        return _too_late(request, booking, step, form, lifecycle.Lapsed())
    if side := side_button(request):
        return _kept_and_aside(request, booking, step, form, side)
    if not form.is_valid():
        return _wrong(request, booking, step, form)
    try:
        known = _known(request, booking, step, form)
        booking = step.save(booking, form, kinds.unsealed(request.POST.get("seen", "")), known)
    except lifecycle.WrongStatus:
        return moved_on(request, booking, step)
    except lifecycle.Lapsed as refused:
        return _too_late(request, booking, step, form, refused)
    except lifecycle.Stale as stale:
        return _both_versions(request, booking, step, stale)
    except lifecycle.Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, booking, step, form, status=409)
    if "stay" in request.POST:
        return HttpResponseRedirect(request.path)
    return redirect(where_to_go_on(booking))


def _wrong(request, booking, step, form):
    """The page with what has to be corrected; where it cannot be kept just now, the page still has it."""
    shown = None
    with suppress(lifecycle.Refused):
        _keep(request, booking, step, form)
        shown = {**kinds.shown_in(request.POST), **form.typed()}
    return _page(request, booking, step, form, status=422, shown=shown)


def _keep(request, booking, step, form):
    """Save what was typed as a draft, with what the form had shown, so that a change by others is noticed.

    Where just what is saved stands in the fields, there is nothing to keep.
    """
    seen = storable(request.POST.get("seen", ""))[:LONGEST_SEEN]
    shown, saved = kinds.shown_in(request.POST), step.initial(booking)
    return lifecycle.save_draft(booking.pk, step.name, {**form.typed(), SEEN: seen}, shown=shown, saved=saved)


def _known(request, booking, step, form):
    """What of the draft the page had shown, or has in its fields now: it goes once the page is saved."""
    shown, typed = kinds.shown_in(request.POST), form.typed()
    draft = booking.drafts.get(step.name, {})
    return {name: text for name, text in draft.items() if text in (shown.get(name), typed.get(name))}


def _too_late(request, booking, step, form, lapsed):
    """The time is over: keep what was typed and say so on the private page."""

    def told(request, booking):
        messages.error(request, str(lapsed))
        return redirect(booking)

    return _kept_and_aside(request, booking, step, form, told)


def _kept_and_aside(request, booking, step, form, side):
    """Another button of the page was pressed: keep what was typed, then do what it says."""
    try:
        booking = _keep(request, booking, step, form)
    except lifecycle.Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, booking, step, form, status=409)
    if booking.status != Booking.Status.ON_HOLD:
        return moved_on(request, booking, step)
    return side(request, booking)


def side_button(request):
    """What the pressed button does beside going on: a function of request and booking, or None."""
    if request.POST.get("back") in STEPS[:-1]:
        return _to_earlier_step
    act = SIDE_BUTTONS.get(next((name for name in SIDE_BUTTONS if name in request.POST), ""))
    return partial(_done_aside, act) if act else None


def _to_earlier_step(request, booking):
    return redirect(f"booking_{request.POST['back']}", booking.key)


def _done_aside(act, request, booking):
    """Do it and come back to the same step."""
    try:
        messages.success(request, act(booking))
    except lifecycle.Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(request.path)


def extended(booking):
    """Extend the hold; the sentence that says until when."""
    booking = lifecycle.extend(booking.pk)
    return _("We keep your seats until %(time)s, time in Peru.") % {"time": clock_of(booking)}


def link_sent(booking):
    """Send the private address, at most once an hour to the same e-mail address; the sentence about it."""
    booking = lifecycle.send_link(booking.pk, again=f"{seats.clock():%Y%m%d%H}")
    if not booking.link_is_new:
        return _("It was sent to %(email)s a moment ago.") % {"email": booking.contact_email}
    return _("The link is on its way to %(email)s.") % {"email": booking.contact_email}


SIDE_BUTTONS = {"extend": extended, "send_link": link_sent}


def clock_of(booking):
    """The end of a hold as a time of day in Peru."""
    return clock(timezone.localtime(booking.expires_at))


def _both_versions(request, booking, step, stale):
    """What was typed stays in the fields; what somebody else saved meanwhile stands beside it."""
    booking = Booking.objects.select_related(*WITH_ALL).get(pk=booking.pk)
    form = step.form(booking, request.POST)
    return _page(
        request,
        booking,
        step,
        form,
        status=409,
        stale=stale,
        seen=kinds.sealed(step.shown(booking)),
        differences=kinds.differences(step, form, step.initial(booking)),
    )


def _page(request, booking, step, form, status=200, seen=None, shown=None, **more):
    """The page of a step. It carries what is saved (`seen`) and what its fields show, as far as it is kept.

    A page that was posted, and whose fields were not kept, carries what it carried before.
    """
    if shown is None and request.method != "POST":
        shown = {**form.typed(), **booking.drafts.get(step.name, {}), SEEN: ""}
    context = {
        "booking": booking,
        "departure": booking.departure,
        "trek": booking.departure.trek,
        "form": form,
        "step": step.name,
        "seen": seen or request.POST.get("seen") or kinds.sealed(step.shown(booking)),
        "shown": request.POST.get("shown", "") if shown is None else kinds.sealed(shown),
        **more,
    }
    return render(request, f"bookings/{step.name}.html", context, status=status)

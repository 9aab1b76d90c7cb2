"""The last look before a booking is placed, and the version of the terms it is placed under."""

from contextlib import suppress

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bookings import lifecycle, policy, seats
from bookings.forms import CodeForm, PlaceForm
from bookings.forms.booking import LONGEST_DRAFT, storable
from bookings.lifecycle.placing import first_unfinished_step
from bookings.lifecycle.shown import last_look_values
from bookings.models import Booking, Promotion, Terms

from . import kinds
from .cards import led_to_provider
from .guards import WITH_ALL, private
from .hold import where_to_go_on
from .steps import side_button


@require_http_methods(["GET", "HEAD", "POST"])
@private
def review(request, booking):
    """Everything at a glance, how to pay, the terms; placing leads to the private page."""
    if booking.status != Booking.Status.ON_HOLD:
        return _moved_on(request, booking)
    if booking.has_lapsed(seats.clock()):
        return _too_late(request, booking)
    if (step := first_unfinished_step(booking)) != "review":
        return _unfinished(request, booking, step)
    terms = policy.current_terms()
    if request.method != "POST":
        return _page(request, booking, PlaceForm(booking=booking, terms=terms))
    form = PlaceForm(request.POST, booking=booking, terms=terms)
    try:
        if side := side_button(request):
            _keep(request, booking, form)
            return side(request, booking)
    except lifecycle.Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, booking, form, status=409, seen=request.POST.get("seen"))
    if _is_about_code(request):
        return _with_code(request, booking, form)
    if not form.is_valid():
        return _page(request, booking, form, status=422, seen=request.POST.get("seen"))
    return _placed(request, booking, form)


def _moved_on(request, booking):
    """The private page has it all; that something else than placing was asked for, and not done, is said."""
    is_placing = not (side_button(request) or _is_about_code(request))
    if request.method == "POST" and not (is_placing and booking.is_placed):
        messages.error(request, str(lifecycle.WrongStatus()))
    return redirect(booking)


def _is_about_code(request):
    return "remove_code" in request.POST or _brings_code(request)


def _brings_code(request):
    """Whether a code is to be used first; one that was typed and not used yet changes the price too."""
    return "use_code" in request.POST or bool(request.POST.get("code", "").strip())


def _with_code(request, booking, form):
    """Use the code or take it off, and show the page again with the way to pay and the tick as they were."""
    code_form, is_removed = CodeForm(request.POST), "remove_code" in request.POST
    wrong = {"status": 422, "code_form": code_form, "seen": request.POST.get("seen")}
    wrong["shown"] = {"code": code_form["code"].value()}
    try:
        _keep(request, booking, form)
        shown = PlaceForm(booking=_reloaded(booking), terms=form.terms)
        if not is_removed and not code_form.is_valid():
            return _page(request, booking, shown, **wrong)
        lifecycle.use_promotion(booking.pk, "" if is_removed else code_form.cleaned_data["code"])
    except lifecycle.NoSuchPromotion as refused:
        code_form.add_error("code", str(refused))
        return _page(request, booking, shown, **wrong)
    except lifecycle.Refused as refused:
        messages.error(request, str(refused))
        return redirect(request.path)
    return _page(request, _reloaded(booking), shown, code_is_new=not is_removed, shown={})


def _reloaded(booking):
    return Booking.objects.select_related(*WITH_ALL).get(pk=booking.pk)


def _placed(request, booking, form):
    seen, chosen = request.POST.get("seen", ""), form.cleaned_data
    try:
        booking = lifecycle.place(
            booking.pk, chosen["method"], chosen["terms_version"], seen=kinds.unsealed(seen)
        )
    except (lifecycle.Lapsed, lifecycle.WrongStatus) as refused:
        messages.error(request, str(refused))
        return redirect(booking)
    except lifecycle.Incomplete as incomplete:
        return _unfinished(request, booking, incomplete.step)
    except lifecycle.Stale as stale:
        return _as_it_is_now(request, _reloaded(booking), stale)
    except lifecycle.Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, booking, form, status=409, seen=seen)
    if booking.method == Booking.Method.CARD and booking.status == Booking.Status.PENDING:
        return led_to_provider(request, booking, booking.due_now, back=booking.get_absolute_url())
    return redirect(booking)


def _as_it_is_now(request, booking, stale):
    """The page as it has become, with the way to pay and the tick as they were set."""
    form = PlaceForm(request.POST, booking=booking, terms=policy.current_terms())
    form.is_valid()
    form.add_error(None, str(stale))
    return _page(request, booking, form, status=409)


def _keep(request, booking, form):
    """What was chosen is there again on the next visit; the tick only under the same terms.

    A code that was typed and not used yet too, and one that somebody else typed where this page showed none.
    """
    typed = {**form.typed(), "code": storable(request.POST.get("code") or "")[:LONGEST_DRAFT]}
    code_shown = {name: text for name, text in kinds.shown_in(request.POST).items() if name == "code"}
    lifecycle.save_draft(booking.pk, "review", typed, shown=code_shown)


def _too_late(request, booking):
    """The time is over; what was chosen is kept for when the hold is taken up again."""
    if request.method == "POST":
        _kept_if_possible(request, booking)
        messages.error(request, str(lifecycle.Lapsed()))
    return redirect(booking)


def _unfinished(request, booking, step):
    """An earlier step asks for something again: who wanted to place the booking is told which one."""
    if request.method != "POST":
        return redirect(where_to_go_on(booking))
    _kept_if_possible(request, booking)
    messages.error(request, str(lifecycle.Incomplete(step)))
    return redirect(f"booking_{step}", booking.key)


def _kept_if_possible(request, booking):
    with suppress(lifecycle.Refused):
        _keep(request, booking, PlaceForm(request.POST, booking=booking, terms=policy.current_terms()))


def _code_form(request, booking):
    """The field of a code, as it was sent or was typed before; None where there are no promotions."""
    kept = booking.drafts.get("review", {}).get("code", "")
    if Promotion.objects.exists():
        return CodeForm(initial={"code": request.POST.get("code", kept)})
    return None


def _page(request, booking, form, status=200, code_form=None, code_is_new=False, seen=None, shown=None):
    """The last look; `seen` is what was seen before it, where nobody is told to look at all of it again.

    `shown` is the code as it is kept; a page that was posted and not kept carries what it carried before.
    """
    code_form = code_form or _code_form(request, booking)
    if shown is None and request.method != "POST":
        shown = {"code": code_form["code"].value() if code_form else ""}
    context = {
        # Sealed before the rest is read: what changes in between is noticed.
        "seen": seen or kinds.sealed(last_look_values(booking, timezone.localdate())),
        "booking": booking,
        "departure": booking.departure,
        "trek": booking.departure.trek,
        "form": form,
        "step": "review",
        "terms": form.terms,
        "travelers": booking.travelers.order_by("number"),
        "lines": booking.price_lines.all(),
        "shown": request.POST.get("shown", "") if shown is None else kinds.sealed(shown),
        "code_form": code_form,
        "code_is_new": code_is_new,
    }
    return render(request, "bookings/review.html", context, status=status)


@require_safe
def terms_version(request, version):
    """One version of the terms and the privacy notice, as it stood when bookings were made under it."""
    terms = get_object_or_404(Terms, version=version)
    text = f"{terms.terms_text}\n\n## {_('How your data is used')}\n\n{terms.privacy_text}"
    context = {"terms": terms, "newest": policy.current_terms(), "text": text}
    return render(request, "bookings/terms_version.html", context)

"""Back to a booking: from this browser, or by reference and e-mail."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bookings import finding
from bookings.forms import FindForm

from .guards import address_of, remembered


@require_safe
@never_cache
def your_booking(request):
    """The booking this browser worked on last; without one, the search."""
    return redirect(remembered(request) or "find_booking")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def find(request):
    """Ask for the link by reference and e-mail; the answer is the same whether there is such a booking."""
    form = FindForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "bookings/find.html", {"form": form}, status=422 if form.errors else 200)
    try:
        finding.ask(form.cleaned_data["reference"], form.cleaned_data["email"], address_of(request))
    except finding.TooMany:
        form.add_error(None, _("That was asked for often from here. Try again in an hour, or call us."))
        return render(request, "bookings/find.html", {"form": form}, status=429)
    messages.success(request, _("Your request is with us."))
    return redirect("find_sent")


@require_safe
def find_sent(request):
    """What happens now, for bookings that exist and for those that do not."""
    return render(request, "bookings/find_sent.html")

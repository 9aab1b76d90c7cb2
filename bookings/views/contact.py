"""A question to the office."""

from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from bookings import calendar
from bookings.forms import ContactForm


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request):
    """A question to the office, about a departure or in general."""
    offered = calendar.coming_departures()
    if request.method == "POST":
        form = ContactForm(request.POST, departures=offered)
        if form.is_valid():
            if not form.cleaned_data["website"]:
                form.save_once(get_language())
            return redirect("contact_sent")
    else:
        form = ContactForm(initial=asked_for(request.GET), departures=offered)
    return render(request, "bookings/contact.html", {"form": form}, status=422 if form.errors else 200)


def asked_for(query):
    """The departure and the party of a link such as ?departure=12&party=2; anything else is left out."""
    found = {"departure": query.get("departure", ""), "party_size": query.get("party", "")}
    return {name: value for name, value in found.items() if value.isascii() and value.isdigit()}


@require_safe
def contact_sent(request):
    """What happens with the message now."""
    return render(request, "bookings/contact_sent.html")

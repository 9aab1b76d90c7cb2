"""The public list of all departures."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from bookings import calendar
from bookings.forms import DepartureFilterForm
from treks import reading


@require_safe
def departures(request):
    """All departures by month, filtered by trek, month and seats for the party."""
    treks = list(reading.treks_to_choose())
    form = DepartureFilterForm(request.GET, treks)
    chosen = form.chosen()
    found = calendar.filtered(calendar.coming_departures(), **chosen)
    months = calendar.by_month(found, chosen["party"])
    context = {
        "months": months,
        "opened": calendar.opened(months),
        "treks": treks,
        "trek": next((trek for trek in treks if trek.slug == chosen["trek"]), None),
        "month": chosen["month"],
        "all_treks": chosen["trek"] is None,
        "party": chosen["party"],
        "only_room": bool(chosen["only_room"]),
        "form": form,
        "ignored": [form[name].label for name in form.errors],
    }
    return render(request, "bookings/departures.html", context)

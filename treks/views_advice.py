"""The pages that answer a traveler's own question: used to the altitude, which trek, what to pack."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from . import acclimatization as altitude
from . import comparing, reading
from .forms import BASES, AcclimatizationForm
from .models import ClimateMonth, PackingItem
from .packing import packing_list
from .ridge import sleep_chart
from .ridge.nights import Bed


@require_safe
def acclimatization(request):
    """A traveler's nights before and on a trek, beside the table of altitude risk."""
    treks = list(reading.offered_treks())
    sent = request.GET if "arrives" in request.GET else None
    form = AcclimatizationForm(sent, treks, initial=asked_for(request.GET, treks))
    context = {"form": form, "treks": treks}
    if treks and form.is_valid():
        context |= answer(form)
    return render(request, "pages/acclimatization.html", context)


def asked_for(query, treks):
    """What a link such as ?trek=lares-classic-4d&starts=2027-04-05 fills in before anybody types."""
    usual = {"sleeps": altitude.Base.CUSCO, "trek": treks[0].slug if treks else ""}
    return usual | {name: query[name] for name in ("trek", "starts", "sleeps") if query.get(name)}


def answer(form):
    """What the page says to a valid form."""
    trek, today = form.chosen_trek, timezone.localdate()
    beds = beds_of(trek)
    check = form.check(beds)
    plans = altitude.better_plans(check, beds, today)
    return {
        "check": check,
        "trek": trek,
        "bed_before": dict(BASES)[check.base],
        "start_is_ours": not form.cleaned_data["starts"],
        "columns": sleep_chart(columns_of(check)),
        "plans": [(plan, address_of(plan, trek)) for plan in plans],
        "first_start": altitude.earliest_start(check.base, check.arrival, check.needed),
    }


def beds_of(trek):
    """The nights of a trek as (day number, place, altitude in meters)."""
    return [
        (day.number, day.overnight_place.name if day.overnight_place else day.title, day.sleeping_altitude_m)
        for day in trek.days.all()
        if day.sleeping_altitude_m is not None
    ]


def columns_of(check):
    """The stays as beds of the chart."""
    return [
        Bed(stay.first.altitude_m, stay.first.place, stay.rise_m, stay.first.day, len(stay.steps))
        for stay in check.stays
    ]


def address_of(plan, trek):
    """The address of the same check for another plan."""
    query = {"arrives": plan.arrival, "sleeps": plan.base, "trek": trek.slug, "starts": plan.start}
    return f"{reverse('acclimatization')}?{urlencode(query)}#result"


@require_safe
def compare(request):
    """Treks side by side, the first few or those chosen with ?trek=…&trek=…."""
    treks = comparing.treks_to_compare()
    chosen = comparing.chosen_among(treks, request.GET.getlist("trek"))
    context = {"treks": treks, "chosen": chosen, "rows": comparing.rows(chosen)}
    return render(request, "treks/compare.html", context)


@require_safe
def packing(request):
    """What to bring, for ?month=6&have=boots&rent=sleeping-bag; what makes no sense there is left out."""
    months = list(ClimateMonth.objects.all())
    month = next((month for month in months if str(month.month) == request.GET.get("month")), None)
    items = PackingItem.objects.select_related("extra")
    chosen = packing_list(items, request.GET.getlist("have"), request.GET.getlist("rent"), month)
    is_answer = any(request.GET.get(name) for name in ("have", "rent"))
    context = {"months": months, "month": month, "packing": chosen, "is_answer": is_answer}
    return render(request, "pages/packing.html", context)

"""How departures stand, in words and diamonds, and what the list of the season can be narrowed to."""

from django.contrib import admin
from django.db.models import F
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings.models import Departure
from treks.models import Trek

PARTIES = (1, 2, 4, 6, 8)


class WhenFilter(admin.SimpleListFilter):
    """What is coming, unless one asks for what has been."""

    title = gettext_lazy("when")
    parameter_name = "when"

    def lookups(self, request, model_admin):
        return [("past", _("Past")), ("all", _("All"))]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [first | {"display": _("Coming")}, *others]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        if self.value() == "past":
            return queryset.filter(start_date__lte=today)
        return queryset if self.value() == "all" else queryset.filter(start_date__gt=today)


class TrekFilter(admin.SimpleListFilter):
    """One trek, by its short name."""

    title = gettext_lazy("trek")
    parameter_name = "trek"

    def lookups(self, request, model_admin):
        return [(str(trek.pk), trek.short_name) for trek in Trek.objects.all()]

    def queryset(self, request, queryset):
        return queryset.filter(trek=self.value()) if (self.value() or "").isdecimal() else queryset


class StateFilter(admin.SimpleListFilter):
    """How a departure stands, in the words of the list."""

    title = gettext_lazy("status")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            ("guaranteed", _("Guaranteed")),
            ("needs", _("Needs more")),
            ("full", _("Full")),
            ("closed", _("Closed")),
            ("cancelled", _("Cancelled")),
        ]

    def queryset(self, request, queryset):
        live = queryset.exclude(status=Departure.Status.CANCELLED)
        if self.value() == "guaranteed":
            return live.filter(seats_confirmed__gte=F("minimum_to_run"))
        if self.value() == "needs":
            return live.filter(seats_confirmed__lt=F("minimum_to_run"))
        if self.value() == "full":
            return live.filter(seats_taken__gte=F("capacity"))
        return queryset.filter(status=self.value()) if self.value() else queryset


def state(departure):
    """How a departure stands: a word for the style sheet and the words people read."""
    if departure.status == Departure.Status.CANCELLED:
        return "cancelled", _("Cancelled")
    if departure.status == Departure.Status.CLOSED:
        return "closed", _("Closed")
    if departure.seats_taken >= departure.capacity:
        return "full", _("Full")
    if departure.runs:
        return "guaranteed", _("Guaranteed")
    more = departure.needs_more
    return "needs", ngettext("Needs %(n)d more", "Needs %(n)d more", more) % {"n": more}


class RoomFilter(admin.SimpleListFilter):
    """For how many there is room, on dates that are open."""

    title = gettext_lazy("room for")
    parameter_name = "room"

    def lookups(self, request, model_admin):
        return [(str(n), ngettext("%(n)d person", "%(n)d or more people", n) % {"n": n}) for n in PARTIES]

    def queryset(self, request, queryset):
        if self.value() not in map(str, PARTIES):
            return queryset
        is_open = queryset.filter(status=Departure.Status.OPEN)
        return is_open.filter(capacity__gte=F("seats_taken") + int(self.value()))


def running(departure):
    """Whether it runs, beside a status that does not say so; empty where the status says it already."""
    if departure.status == Departure.Status.CANCELLED or state(departure)[0] in {"guaranteed", "needs"}:
        return ""
    if departure.runs:
        return _("guaranteed")
    more = departure.needs_more
    return ngettext("needs %(n)d more", "needs %(n)d more", more) % {"n": more}


def load(departure):
    """The share of the seats that is taken, in whole percent."""
    return round(100 * departure.seats_taken / departure.capacity)


def diamonds(departure):
    """A diamond for each seat: sold, held, free. The words stand beside it."""
    width, taken = departure.capacity * 10, min(departure.seats_taken, departure.capacity)
    sold = max(taken - departure.seats_held, 0) * 10
    rows = (("all", width), ("kept", taken * 10), ("sold", sold))
    drawn = format_html_join("", '<rect class="{}" width="{}" height="8"/>', rows)
    return format_html(
        '<svg class="seat-row" width="{}" height="8" aria-hidden="true">{}</svg>', width, drawn
    )

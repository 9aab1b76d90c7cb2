"""Travelers over all bookings: to be looked at; what changes them stands at the booking."""

from django.contrib import admin
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from bookings.models import Traveler
from lares.admin import PlainForms

from .acts import NothingChanges
from .payments import booking_link


@admin.register(Traveler)
class TravelerAdmin(NothingChanges, PlainForms, admin.ModelAdmin):
    """Who walks, over all bookings; corrected at the booking."""

    list_display = ["full", "born", "booking_of", "leaves", "trek_name"]
    list_select_related = ["booking__departure__trek"]
    list_per_page = 100
    ordering = ["family_names", "given_names", "pk"]
    search_fields = ["given_names", "family_names", "booking__reference"]
    search_help_text = _("Name or reference.")
    fields = [("given_names", "family_names", "born"), ("booking_of", "leaves", "trek_name")]
    readonly_fields = ["born", "booking_of", "leaves", "trek_name"]

    def get_queryset(self, request):
        named = super().get_queryset(request).exclude(given_names="", family_names="")
        return named.exclude(booking__placed_at=None)

    @admin.display(description=_("name"), ordering="family_names")
    def full(self, traveler):
        return ", ".join(filter(None, [traveler.family_names, traveler.given_names]))

    @admin.display(description=_("born"), ordering="birth_date")
    def born(self, traveler):
        return date_format(traveler.birth_date, "j M Y") if traveler.birth_date else "–"

    @admin.display(description=_("booking"), ordering="booking__reference")
    def booking_of(self, traveler):
        return booking_link(traveler.booking)

    @admin.display(description=_("departure"), ordering="booking__departure__start_date")
    def leaves(self, traveler):
        return date_format(traveler.booking.departure.start_date, "D j M Y")

    @admin.display(description=_("trek"))
    def trek_name(self, traveler):
        return traveler.booking.departure.trek.short_name

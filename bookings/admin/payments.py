"""Payments and travelers over all bookings: to be looked at; what changes them stands at the booking."""

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from bookings.models import Payment, Traveler
from lares.admin import PlainForms
from lares.templatetags.formats import money

from .acts import NothingChanges


def booking_link(booking):
    """The reference as a link to the booking."""
    url = reverse("admin:bookings_booking_change", args=[booking.pk])
    return format_html('<a href="{}">{}</a>', url, booking.reference)


@admin.register(Payment)
class PaymentAdmin(NothingChanges, PlainForms, admin.ModelAdmin):
    """Money as it was written down."""

    list_display = [
        "recorded",
        "booking_of",
        "counted",
        "was_received",
        "provider",
        "provider_reference",
        "recorded_by",
    ]
    list_filter = ["provider", "received_currency", "recorded_by"]
    list_select_related = ["booking", "recorded_by"]
    list_per_page = 100
    date_hierarchy = "recorded_at"
    ordering = ["-recorded_at", "-pk"]
    search_fields = ["booking__reference", "booking__contact_name", "provider_reference", "note"]
    search_help_text = _("Booking or reference.")
    fields = [
        ("recorded", "recorded_by", "booking_of"),
        ("counted", "was_received", "rate", "surcharge"),
        ("provider", "provider_reference"),
        "note",
    ]
    readonly_fields = ["recorded", "booking_of", "counted", "was_received"]

    @admin.display(description=_("recorded"), ordering="recorded_at")
    def recorded(self, payment):
        return date_format(timezone.localtime(payment.recorded_at), "D j M Y, H:i")

    @admin.display(description=_("booking"), ordering="booking__reference")
    def booking_of(self, payment):
        return booking_link(payment.booking)

    @admin.display(description=_("counts as"), ordering="amount")
    def counted(self, payment):
        return money(payment.amount)

    @admin.display(description=_("received"))
    def was_received(self, payment):
        return money(payment.received_amount, payment.received_currency)


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

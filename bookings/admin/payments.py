"""Payments: looked at over all bookings, moved to their right one, and given the number of their papers."""

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import lifecycle
from bookings.forms.money import MoveForm, TaxDocumentForm, VoidForm
from bookings.lifecycle.ways_back import ONLINE, room_in
from bookings.models import Payment
from lares.admin import PlainForms
from lares.templatetags.formats import money

from .acts import HANDLE_MONEY, Act, ActedRecord, ForMoney, NothingChanges

SUMMARY = "admin/bookings/payment/_summary.html"


def booking_link(booking):
    """The reference as a link to the booking."""
    url = reverse("admin:bookings_booking_change", args=[booking.pk])
    return format_html('<a href="{}">{}</a>', url, booking.reference)


def is_movable(payment):
    """Whether something is left of money that was counted by people."""
    return payment.provider not in ONLINE and payment.amount > 0 and room_in(payment) > 0


def move(payment, form, by):
    """To the booking that it belongs to."""
    lifecycle.move_payment(payment.pk, form.target.pk, by=by, reason=form.cleaned_data["reason"])
    return _("Moved to booking %(reference)s.") % {"reference": form.target.reference}


def enter_tax_document(payment, form, by):
    """The number that the tax system gave."""
    found = lifecycle.enter_tax_document(payment.pk, by=by, **form.visible())
    return _("Recorded: %(kind)s %(number)s.") % {"kind": found.get_kind_display(), "number": found.number}


def void_tax_document(payment, form, by):
    """The number was wrong."""
    found = lifecycle.void_tax_document(
        form.cleaned_data["document"], by=by, reason=form.cleaned_data["reason"]
    )
    return _("%(number)s is taken back.") % {"number": found.number}


ACTS = (
    Act(
        "tax-document",
        gettext_lazy("Record a boleta or factura"),
        TaxDocumentForm,
        enter_tax_document,
        HANDLE_MONEY,
        is_offered=lambda payment: payment.amount > 0,
        intro=gettext_lazy("It is issued in the system of the tax office; here stands its number."),
        preview=SUMMARY,
    ),
    Act(
        "void-tax-document",
        gettext_lazy("Take a wrong number back"),
        VoidForm,
        void_tax_document,
        HANDLE_MONEY,
        is_offered=lambda payment: bool(payment.papers),
        intro=gettext_lazy(
            "For a boleta or factura that was entered with a wrong number: it stays written down as taken "
            "back, and the right number can be recorded."
        ),
        preview=SUMMARY,
    ),
    Act(
        "move",
        gettext_lazy("Move it to another booking"),
        MoveForm,
        move,
        HANDLE_MONEY,
        is_offered=is_movable,
        intro=gettext_lazy(
            "For money that was entered on the wrong booking: it is taken back there and added where it "
            "belongs, each with its own constancia. Both stay written down."
        ),
        preview=SUMMARY,
    ),
)


class DirectionFilter(admin.SimpleListFilter):
    """Money that came, or money that went back."""

    title = gettext_lazy("direction")
    parameter_name = "direction"

    def lookups(self, request, model_admin):
        return [("came", _("came")), ("back", _("went back"))]

    def queryset(self, request, queryset):
        found = {"came": queryset.filter(amount__gt=0), "back": queryset.filter(amount__lt=0)}
        return found.get(self.value(), queryset)


@admin.register(Payment)
class PaymentAdmin(ForMoney, NothingChanges, PlainForms, ActedRecord, admin.ModelAdmin):
    """Money as it was written down."""

    acts = ACTS
    list_display = [
        "recorded",
        "booking_of",
        "constancia",
        "counted",
        "was_received",
        "provider",
        "provider_reference",
        "papers",
    ]
    list_filter = [DirectionFilter, "provider", "received_currency", "recorded_by"]
    list_select_related = ["booking", "receipt"]
    list_per_page = 100
    date_hierarchy = "recorded_at"
    ordering = ["-recorded_at", "-pk"]
    search_fields = ["booking__reference", "booking__contact_name", "provider_reference", "note"]
    search_help_text = gettext_lazy("Booking or reference.")
    fields = [
        ("recorded", "recorded_by", "booking_of", "constancia"),
        ("counted", "was_received", "rate", "surcharged"),
        ("provider", "provider_reference", "papers"),
        ("takes_back", "note"),
    ]
    readonly_fields = [
        "recorded",
        "booking_of",
        "counted",
        "was_received",
        "surcharged",
        "constancia",
        "papers",
        "takes_back",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("tax_documents")

    def lock(self, pk):
        booking = lifecycle.locks.lock_booking(
            Payment.objects.values_list("booking_id", flat=True).get(pk=pk)
        )
        payment = Payment.objects.get(pk=pk)
        payment.booking = booking
        return payment

    def back_to(self, record):
        return reverse("admin:bookings_booking_change", args=[record.booking_id])

    @admin.display(description=gettext_lazy("recorded"), ordering="recorded_at")
    def recorded(self, payment):
        return date_format(timezone.localtime(payment.recorded_at), "j M Y, H:i")

    @admin.display(description=gettext_lazy("booking"), ordering="booking__reference")
    def booking_of(self, payment):
        return booking_link(payment.booking)

    @admin.display(description=gettext_lazy("constancia"), ordering="receipt__number")
    def constancia(self, payment):
        return str(getattr(payment, "receipt", "–"))

    @admin.display(description=gettext_lazy("counts as"), ordering="amount")
    def counted(self, payment):
        return money(payment.amount)

    @admin.display(description=gettext_lazy("received"))
    def was_received(self, payment):
        return money(payment.received_amount, payment.received_currency)

    @admin.display(description=gettext_lazy("boleta or factura"))
    def papers(self, payment):
        return ", ".join(document.number for document in payment.papers) or "–"

    @admin.display(description=gettext_lazy("takes back"))
    def takes_back(self, payment):
        return str(getattr(payment.pays_back, "receipt", "–")) if payment.pays_back_id else "–"

"""Bookings: found by reference, name or e-mail; looked at as a whole; changed only through the acts."""

from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from bookings import lifecycle, policy
from bookings.models import Booking, Departure, Traveler
from lares.admin import PlainForms
from lares.editing import VersionedAdmin
from lares.templatetags.formats import money

from .acts import HANDLE_MONEY, Acting
from .booking_acts import ACTS
from .log import told, who
from .standing import STANDINGS, standing, with_standing
from .worth import going_back, lines_with_origin, worth


class StandingFilter(admin.SimpleListFilter):
    """What waits for the office."""

    title = gettext_lazy("what is to be done")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return [(name, words) for name, words, _condition in STANDINGS]

    def queryset(self, request, queryset):
        conditions = {name: condition for name, _words, condition in STANDINGS}
        condition = conditions.get(self.value())
        if condition is None:
            return queryset
        return queryset.filter(condition() if callable(condition) else condition)


class MonthFilter(admin.SimpleListFilter):
    """The month of the departure."""

    title = gettext_lazy("month of departure")
    parameter_name = "month"

    def lookups(self, request, model_admin):
        months = Departure.objects.filter(bookings__isnull=False).dates("start_date", "month")
        return [(f"{first:%Y-%m}", date_format(first, "M Y")) for first in months]

    def queryset(self, request, queryset):
        if self.value() not in [value for value, _words in self.lookup_choices]:
            return queryset
        year, month = self.value().split("-")
        return queryset.filter(departure__start_date__year=year, departure__start_date__month=month)


@admin.register(Booking)
class BookingAdmin(Acting, PlainForms, VersionedAdmin, admin.ModelAdmin):
    """Everything is read-only but the notes; the rest changes through the acts."""

    acts = ACTS
    fields = ["staff_notes"]
    list_display = ["reference", "contact", "leaves", "party", "how_it_stands", "total", "paid", "balance"]
    list_filter = [StandingFilter, "status", "source", MonthFilter]
    list_select_related = ["departure__trek"]
    list_per_page = 50
    ordering = ["-created_at", "-pk"]
    search_fields = [
        "reference",
        "contact_name",
        "contact_email",
        "travelers__given_names",
        "travelers__family_names",
    ]
    search_help_text = gettext_lazy("Reference, name, e-mail.")
    actions = None

    def get_queryset(self, request):
        return with_standing(super().get_queryset(request).select_related("departure__trek"))

    def has_add_permission(self, request):
        # Bookings are taken down from a departure.
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def view_on_site(self, obj):
        # The private page has its own link, without the detour that tells its address to the history.
        return None

    def lock(self, pk):
        return lifecycle.locks.lock_booking(pk)

    def save_model(self, request, obj, form, change):
        """Only the notes: everything else may have changed through a verb meanwhile."""
        self.claim(request, obj, change)
        obj.save(update_fields=["staff_notes"])

    def about(self, request, record):
        """The booking as a whole."""
        total, paid = record.total_amount, record.paid_amount
        return {
            "booking": record,
            "departure": record.departure,
            "standing": standing(record),
            "lines": lines_with_origin(record),
            "payments": payments_of(record),
            "total": total,
            "paid": paid,
            "balance": total - paid,
            "bands": policy.bands(record.refund_policy),
            **going_back(record),
            "may_handle_money": request.user.has_perm(HANDLE_MONEY),
        }

    def change_view(self, request, object_id, form_url="", extra_context=None):
        record = self.get_object(request, object_id)
        extra = self.whole(request, record) if record else {}
        return super().change_view(request, object_id, form_url, extra | (extra_context or {}))

    def whole(self, request, record):
        """What the booking's page shows around the notes."""
        events = record.events.select_related("user").order_by("-at", "-pk")
        acts = {act.name: (act, url) for act, url in self.acts_of(request, record)}
        # Of a cancelled booking with money the next thing is to pay back.
        is_done = record.status == Booking.Status.CANCELLED and not record.paid_amount
        main = "reinstate" if is_done else "payment"
        return self.about(request, record) | {
            **worth(record, request.user),
            "main_act": acts.pop(main, None),
            "contact_act": acts.pop("contact", None),
            "traveler_act": acts.pop("traveler", None),
            "leave_act": acts.get("cancel-traveler"),
            "other_acts": list(acts.values()),
            "travelers": Traveler.everyone.filter(booking=record).order_by("number"),
            "events": [(event, told(event), who(event)) for event in events],
            "outbox": record.messages.order_by("-created_at", "-pk"),
            "show_save_and_continue": False,
            "may_see_departure": request.user.has_perm("bookings.view_departure"),
        }

    @admin.display(description=gettext_lazy("contact"), ordering="contact_name")
    def contact(self, booking):
        return booking.contact_name or "–"

    @admin.display(description=gettext_lazy("departure"), ordering="departure__start_date")
    def leaves(self, booking):
        departure = booking.departure
        day = date_format(departure.start_date, "D j M Y")
        return format_html(
            '<span class="day">{}</span> <span class="quiet">{}</span>', day, departure.trek.short_name
        )

    @admin.display(description=gettext_lazy("party"), ordering="party_size")
    def party(self, booking):
        return booking.party_size

    @admin.display(description=gettext_lazy("how it stands"), ordering="status")
    def how_it_stands(self, booking):
        found = standing(booking)
        return format_html('<span class="state {}">{}</span>', found.kind, found.words)

    @admin.display(description=gettext_lazy("total"), ordering="total_amount")
    def total(self, booking):
        return money(booking.total_amount)

    @admin.display(description=gettext_lazy("paid"), ordering="paid_amount")
    def paid(self, booking):
        return money(booking.paid_amount)

    @admin.display(description=gettext_lazy("balance"))
    def balance(self, booking):
        return money(booking.total_amount - booking.paid_amount)


def payments_of(booking):
    """The payments with who recorded them and their papers."""
    rows = booking.payments.select_related("recorded_by", "receipt", "pays_back__receipt")
    return rows.prefetch_related("tax_documents")


def address(booking):
    """The booking's page in the office."""
    return reverse(admin_urlname(Booking._meta, "change"), args=[booking.pk])

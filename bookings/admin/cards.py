"""Card payments that were started, notices of providers, and papers: records to look at, and to ask about."""

from django.contrib import admin, messages
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import charging, lifecycle
from bookings.gateways.base import GatewayError
from bookings.models import PaymentAttempt, ProviderNotice, Receipt, TaxDocument
from lares.admin import PlainForms
from lares.templatetags.formats import money

from .acts import HANDLE_MONEY, ForMoney, NothingChanges
from .payments import booking_link

KINDS = {"open": "needs", "paid": "guaranteed", "expired": "closed"}


def moment(when):
    """A time of Peru in words; a dash where there is none."""
    return date_format(timezone.localtime(when), "D j M Y, H:i") if when else "–"


class Asking:
    """Mixed into an admin whose rows the provider can be asked about again."""

    actions = ["ask_again"]

    def has_money_permission(self, request):
        return request.user.has_perm(HANDLE_MONEY)

    def ask(self, row):
        """Ask about one row; raises GatewayError, Refused, KeyError (the provider is not configured)."""
        raise NotImplementedError

    @admin.action(description=gettext_lazy("Ask the provider again"), permissions=["money"])
    def ask_again(self, request, queryset):
        """What cannot be asked about is said, and holds up no other."""
        answered = 0
        for row in queryset:
            try:
                answered += bool(self.ask(row))
            except (GatewayError, lifecycle.Refused) as error:
                messages.warning(request, f"{row}: {error}")
            except KeyError:
                messages.warning(request, _("%(row)s: this provider is not set up.") % {"row": row})
        if answered:
            said = _("The provider answered about %(n)d of them.") % {"n": answered}
            messages.success(request, said)


@admin.register(PaymentAttempt)
class PaymentAttemptAdmin(Asking, ForMoney, NothingChanges, PlainForms, admin.ModelAdmin):
    """What became of each card payment that somebody started."""

    actions = Asking.actions
    list_display = ["started", "booking_of", "asked_for", "how_it_stands", "ends", "asked"]
    list_filter = ["state", "gateway"]
    list_select_related = ["booking"]
    list_per_page = 100
    date_hierarchy = "started_at"
    search_fields = ["booking__reference", "session"]
    search_help_text = gettext_lazy("Booking or session.")
    fields = [
        ("started", "ends", "asked"),
        ("booking_of", "asked_for", "surcharged", "how_it_stands"),
        ("gateway", "session"),
    ]
    readonly_fields = ["started", "ends", "asked", "booking_of", "asked_for", "surcharged", "how_it_stands"]

    def ask(self, row):
        return charging.ask(row)

    @admin.display(description=gettext_lazy("started"), ordering="started_at")
    def started(self, row):
        return moment(row.started_at)

    @admin.display(description=gettext_lazy("page closes"), ordering="expires_at")
    def ends(self, row):
        return moment(row.expires_at)

    @admin.display(description=gettext_lazy("provider asked"), ordering="asked_at")
    def asked(self, row):
        return moment(row.asked_at)

    @admin.display(description=gettext_lazy("booking"), ordering="booking__reference")
    def booking_of(self, row):
        return booking_link(row.booking)

    @admin.display(description=gettext_lazy("amount"), ordering="amount")
    def asked_for(self, row):
        return money(row.amount)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def how_it_stands(self, row):
        return format_html('<span class="state {}">{}</span>', KINDS[row.state], row.get_state_display())


class HandledFilter(admin.SimpleListFilter):
    """What still waits."""

    title = gettext_lazy("handled")
    parameter_name = "handled"

    def lookups(self, request, model_admin):
        return [("no", _("Waiting")), ("yes", _("Handled"))]

    def queryset(self, request, queryset):
        if self.value() in {"no", "yes"}:
            return queryset.filter(handled_at__isnull=self.value() == "no")
        return queryset


@admin.register(ProviderNotice)
class ProviderNoticeAdmin(Asking, ForMoney, NothingChanges, PlainForms, admin.ModelAdmin):
    """What the provider told us, as it came."""

    actions = Asking.actions
    list_display = ["received", "kind", "about", "handled", "attempts", "trouble"]
    list_filter = [HandledFilter, "gateway", "kind"]
    list_per_page = 100
    date_hierarchy = "received_at"
    search_fields = ["about", "event", "kind"]
    search_help_text = gettext_lazy("Event, session or kind.")
    fields = [("received", "handled", "attempts"), ("kind", "about", "event"), "last_error", "body"]
    readonly_fields = ["received", "handled"]

    def ask(self, row):
        if charging.handle(row):
            return True
        raise lifecycle.Refused(row.last_error)

    @admin.display(description=gettext_lazy("received"), ordering="received_at")
    def received(self, row):
        return moment(row.received_at)

    @admin.display(description=gettext_lazy("handled"), ordering="handled_at")
    def handled(self, row):
        return moment(row.handled_at)

    @admin.display(description=gettext_lazy("trouble"))
    def trouble(self, row):
        return row.last_error or "–"


@admin.register(Receipt)
class ReceiptAdmin(ForMoney, NothingChanges, PlainForms, admin.ModelAdmin):
    """Constancias de pago, numbered without gaps, never edited."""

    list_display = ["number_in_full", "issued", "booking_of", "payer", "counted", "reverses"]
    list_filter = ["series", "year"]
    list_select_related = ["payment__booking", "reverses"]
    list_per_page = 100
    search_fields = ["payment__booking__reference", "payer", "number"]
    search_help_text = gettext_lazy("Booking, payer or number.")
    fields = [
        ("number_in_full", "issued", "reverses"),
        ("booking_of", "payer", "counted"),
        "issuer_in_words",
    ]
    readonly_fields = ["number_in_full", "issued", "booking_of", "counted", "issuer_in_words"]

    @admin.display(description=gettext_lazy("number"), ordering="number")
    def number_in_full(self, row):
        return str(row)

    @admin.display(description=gettext_lazy("issued"), ordering="issued_at")
    def issued(self, row):
        return moment(row.issued_at)

    @admin.display(description=gettext_lazy("booking"), ordering="payment__booking__reference")
    def booking_of(self, row):
        return booking_link(row.payment.booking)

    @admin.display(description=gettext_lazy("amount"), ordering="payment__amount")
    def counted(self, row):
        return money(row.payment.amount)

    @admin.display(description=gettext_lazy("our data on it"))
    def issuer_in_words(self, row):
        return "\n".join(str(value) for value in row.issuer.values() if value)


@admin.register(TaxDocument)
class TaxDocumentAdmin(ForMoney, NothingChanges, PlainForms, admin.ModelAdmin):
    """Boletas and facturas by their numbers; entered at the payment."""

    list_display = ["number", "kind", "booking_of", "counted", "entered", "entered_by", "void_at"]
    list_filter = ["kind", ("void_at", admin.EmptyFieldListFilter)]
    list_select_related = ["payment__booking", "entered_by"]
    list_per_page = 100
    search_fields = ["number", "payment__booking__reference"]
    search_help_text = gettext_lazy("Number or booking.")
    fields = [("number", "kind"), ("booking_of", "counted"), ("entered", "entered_by", "void_at")]
    readonly_fields = ["booking_of", "counted", "entered"]

    @admin.display(description=gettext_lazy("booking"), ordering="payment__booking__reference")
    def booking_of(self, row):
        return booking_link(row.payment.booking)

    @admin.display(description=gettext_lazy("amount"), ordering="payment__amount")
    def counted(self, row):
        return money(row.payment.amount)

    @admin.display(description=gettext_lazy("entered"), ordering="entered_at")
    def entered(self, row):
        return moment(row.entered_at)

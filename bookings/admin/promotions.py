"""Promotions and price lists: what prices are worked out from. What a code is worth never changes."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import seats
from bookings.models import Booking, PriceList, Promotion, takes_seats
from lares.admin import PlainForm, PlainForms
from lares.templatetags.formats import money
from treks.models import Extra, FareClass

from .acts import HANDLE_MONEY, ForMoney, NothingChanges

WORTH = ["code", "percent", "amount", "trek"]


class PromotionForm(PlainForm):
    """A promotion; its limit cannot be less than what is used already."""

    def clean_limit(self):
        """As many as use it now, or more."""
        limit, used = self.cleaned_data["limit"], getattr(self.instance, "used_by", 0)
        if limit is not None and limit < used:
            said = _("%(used)d bookings use it already. To stop a code, let it end.")
            raise ValidationError(said % {"used": used})
        return limit


@admin.register(Promotion)
class PromotionAdmin(ForMoney, PlainForms, admin.ModelAdmin):
    """Codes: added, lengthened or ended, never worth something else afterwards."""

    form = PromotionForm
    actions = None
    list_display = ["code", "worth", "only_for", "starts_on", "ends_on", "used", "limit"]
    list_select_related = ["trek"]
    ordering = ["-starts_on", "code"]
    search_fields = ["code"]
    fieldsets = [
        (
            None,
            {
                "fields": [("code", "percent", "amount"), "trek", ("starts_on", "ends_on", "limit")],
                "description": gettext_lazy(
                    "Code, worth and trek cannot be changed once saved, since bookings stand under them. To "
                    "stop a code, let it end. It is counted while a booking has its seats or may still be "
                    "confirmed."
                ),
            },
        )
    ]

    def has_add_permission(self, request):
        return request.user.has_perm(HANDLE_MONEY)

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm(HANDLE_MONEY)

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return WORTH if obj else []

    def get_queryset(self, request):
        counts = takes_seats(seats.clock(), "bookings__") | Q(bookings__status=Booking.Status.PENDING)
        return super().get_queryset(request).annotate(used_by=Count("bookings", filter=counts))

    @admin.display(description=gettext_lazy("worth"))
    def worth(self, promotion):
        if promotion.percent:
            return _("%(percent)d %% of the trek's price") % {"percent": promotion.percent}
        return _("%(amount)s for the party") % {"amount": money(promotion.amount)}

    @admin.display(description=gettext_lazy("only for"))
    def only_for(self, promotion):
        return promotion.trek.short_name if promotion.trek else _("every trek")

    @admin.display(description=gettext_lazy("used"), ordering="used_by")
    def used(self, promotion):
        return promotion.used_by


@admin.register(PriceList)
class PriceListAdmin(ForMoney, NothingChanges, PlainForms, admin.ModelAdmin):
    """The prices of a departure as they stood; a new version is made when seats are held after a change."""

    list_display = ["since", "leaves", "price_each", "deposit_each", "in_use"]
    list_select_related = ["departure__trek"]
    list_per_page = 100
    date_hierarchy = "made_at"
    ordering = ["-made_at", "-pk"]
    search_fields = ["departure__trek__name", "departure__trek__short_name"]
    search_help_text = gettext_lazy("Trek.")
    fields = [("since", "leaves"), ("price_each", "deposit_each"), "fares", "party", "extras_at", "in_use"]
    readonly_fields = fields[2:] + ["since", "leaves", "price_each", "deposit_each"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(bookings_count=Count("bookings"))

    @admin.display(description=gettext_lazy("in force since"), ordering="made_at")
    def since(self, row):
        return date_format(timezone.localtime(row.made_at), "D j M Y, H:i")

    @admin.display(description=gettext_lazy("departure"), ordering="departure__start_date")
    def leaves(self, row):
        day = date_format(row.departure.start_date, "D j M Y")
        return f"{row.departure.trek.short_name}, {day}"

    @admin.display(description=gettext_lazy("price"), ordering="price")
    def price_each(self, row):
        return money(row.price)

    @admin.display(description=gettext_lazy("deposit"), ordering="deposit")
    def deposit_each(self, row):
        return money(row.deposit)

    @admin.display(description=gettext_lazy("bookings under it"), ordering="bookings_count")
    def in_use(self, row):
        return row.bookings_count

    @admin.display(description=gettext_lazy("fares"))
    def fares(self, row):
        return told((FareClass(name).label, row.fare(name)) for name in row.reductions)

    @admin.display(description=gettext_lazy("less by size of the party, each"))
    def party(self, row):
        sizes = sorted(row.party_rates.items(), key=lambda rate: int(rate[0]))
        return told((_("from %(people)s people") % {"people": size}, less) for size, less in sizes)

    @admin.display(description=gettext_lazy("extras"))
    def extras_at(self, row):
        names = {extra.slug: extra.name for extra in Extra.objects.filter(slug__in=row.extras)}
        return told((names.get(slug, slug), price) for slug, price in sorted(row.extras.items()))


def told(pairs):
    """Names with amounts, each on a line of its own."""
    return format_html_join("\n", "{}: {}", ((name, money(amount)) for name, amount in pairs)) or "–"

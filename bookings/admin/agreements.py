"""Terms and refund policies: versions that are added and never changed, since bookings stand under them."""

from django import forms
from django.contrib import admin
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.models import Booking, RefundBand, RefundPolicy, Terms
from lares.admin import PlainForm, PlainForms
from treks.models import Page


class Versions(PlainForms):
    """Mixed into the admin of versions: add one, look at all."""

    actions = None
    used_by = ""

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        rows = Booking.objects.filter(**{self.used_by: OuterRef("pk")}).order_by().values(self.used_by)
        count = Subquery(rows.annotate(n=Count("pk")).values("n"))
        return super().get_queryset(request).annotate(bookings=Coalesce(count, 0))

    @admin.display(description=gettext_lazy("published"), ordering="published_at")
    def published(self, version):
        return date_format(timezone.localtime(version.published_at), "D j M Y, H:i")

    @admin.display(description=gettext_lazy("bookings under it"), ordering="bookings")
    def in_use(self, version):
        return version.bookings


@admin.register(Terms)
class TermsAdmin(Versions, admin.ModelAdmin):
    """The terms and the privacy notice as they stood."""

    form = PlainForm
    used_by = "terms"
    list_display = ["version", "published", "in_use"]
    fieldsets = [
        (
            None,
            {
                "fields": ["version", "terms_text", "privacy_text"],
                "description": gettext_lazy(
                    "From the moment it is saved, new bookings are placed under this version; earlier ones "
                    "keep theirs. It can never be changed, so read it twice."
                ),
            },
        )
    ]

    def get_changeform_initial_data(self, request):
        """The texts of the pages, which is what is usually published."""
        pages = dict(Page.objects.filter(slug__in=["terms", "privacy"]).values_list("slug", "body_en"))
        today = timezone.localdate().isoformat()
        return {"version": today, "terms_text": pages.get("terms"), "privacy_text": pages.get("privacy")}


class BandFormSet(forms.BaseInlineFormSet):
    """The bands together cover every day up to the start."""

    def clean(self):
        super().clean()
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("days_before") is not None]
        kept = dict(sorted((row["days_before"], row.get("percent")) for row in rows))
        if any(self.errors):
            return
        if 0 not in kept:
            raise forms.ValidationError(
                _("One band starts at 0 days, so that the last days are covered too.")
            )
        percents = list(kept.values())
        if percents != sorted(percents, reverse=True):
            raise forms.ValidationError(_("The nearer the start, the more is kept: look at the percentages."))


class BandInline(PlainForms, admin.TabularInline):
    """From so many days before the start, so much is kept."""

    model = RefundBand
    form = PlainForm
    formset = BandFormSet
    extra = 4
    max_num = 8
    fields = ["days_before", "percent"]

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(RefundPolicy)
class RefundPolicyAdmin(Versions, admin.ModelAdmin):
    """What a cancellation costs."""

    form = PlainForm
    used_by = "refund_policy"
    list_display = ["version", "published", "in_use"]
    inlines = [BandInline]
    fieldsets = [
        (
            None,
            {
                "fields": ["version"],
                "description": gettext_lazy(
                    "From the moment it is saved, new bookings are made under this policy; earlier ones keep "
                    "theirs. It can never be changed."
                ),
            },
        )
    ]

    def get_changeform_initial_data(self, request):
        """Named after the day."""
        return {"version": timezone.localdate().isoformat()}

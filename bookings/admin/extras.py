"""The extras of the catalogue where they meet the calendar: never fewer than are booked on some day."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bookings import seats, stock
from lares.editing import VersionedForm
from treks.admin.sales import ExtraAdmin
from treks.models import Extra


class SoldExtraForm(VersionedForm):
    """An extra whose stock covers what is booked."""

    def clean_stock(self):
        """As many as are booked on the fullest day to come, at least."""
        wanted = self.cleaned_data["stock"]
        if wanted is None or self.instance._state.adding:
            return wanted
        # The admin saves in the transaction of this check: until then nobody books one more.
        stock.lock([self.instance])
        fullest = stock.fullest_day(self.instance, timezone.localdate(), seats.clock())
        if fullest and wanted < fullest[1]:
            said = _("%(booked)d are booked on %(day)s: we cannot own fewer.")
            day = date_format(fullest[0], "D j M Y")
            raise ValidationError(said % {"booked": fullest[1], "day": day})
        return wanted


admin.site.unregister(Extra)


@admin.register(Extra)
class SoldExtraAdmin(ExtraAdmin):
    """Things to rent or add, with what is booked of them in mind."""

    form = SoldExtraForm

"""Cancelling in the office: a whole booking, or one traveler of it."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bookings import prices, stock

from .money import people_of
from .office import ForeseenForm, ReasonForm

BY_US = _("Everything that was paid goes back, whatever the refund policy says.")


def by_us_field(label):
    """Whether the operator cancels, not the traveler."""
    return forms.BooleanField(label=label, required=False, help_text=BY_US)


class CancelForm(ReasonForm):
    """Why, and by whom; what it costs stands in the preview."""

    of_money = ("by_us",)
    by_us = by_us_field(_("We cancel, not the traveler"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.record.placed_at:
            del self.fields["by_us"]

    def state_of(self, record):
        """What the preview was worked out from."""
        if not record.placed_at:
            return record.status
        costs = sum(cost.amount for cost in record.sunk_costs.all())
        return f"{record.status} {prices.total(record)} {prices.paid(record)} {costs} {timezone.localdate()}"


class CancelTravelerForm(ForeseenForm):
    """Who does not come, what the others keep, and by whom it is cancelled."""

    button = _("Cancel this traveler")
    number = forms.TypedChoiceField(label=_("Who does not come"), coerce=int, widget=forms.RadioSelect)
    by_us = by_us_field(_("We cancel, not the traveler"))
    reason = ReasonForm.base_fields["reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].choices = people_of(self.record)
        self.initial["number"] = self.asked.get("number")
        self.booked = list(self.record.booked_extras.select_related("extra"))
        self.usual = stock.kept(self.record, max(self.record.party_size - 1, 0))
        for row in self.booked:
            self.fields[f"extra_{row.extra.slug}"] = self.kept_field(row)

    def kept_field(self, row):
        """How many of an extra the others keep."""
        return forms.IntegerField(
            label=_("The others keep, %(extra)s") % {"extra": row.extra.name},
            min_value=0,
            max_value=row.quantity,
            initial=self.usual[row.extra.slug],
            help_text=_("Of %(quantity)d.") % {"quantity": row.quantity},
        )

    def extras(self):
        """What the others keep, as {slug: quantity}."""
        slugs = [row.extra.slug for row in self.booked]
        return {slug: self.cleaned_data[f"extra_{slug}"] for slug in slugs}

"""What of the extras the others keep when one traveler cancels."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .booking import StepForm


class KeptExtrasForm(StepForm):
    """A number for each booked extra, from none to as many as can stay; at first as many as usually do."""

    def __init__(self, data=None, *, booked, most, usual):
        super().__init__(data, initial={row.extra.slug: str(usual[row.extra.slug]) for row in booked})
        for row in booked:
            self.fields[row.extra.slug] = _quantity(row, most[row.extra.slug])

    def kept(self):
        """{slug: quantity} as the verb wants it."""
        return {slug: quantity or 0 for slug, quantity in self.cleaned_data.items()}


def _quantity(row, most):
    return forms.IntegerField(
        label=row.extra.name,
        required=False,
        min_value=0,
        max_value=most,
        help_text=_("Booked now: %(booked)d. Can stay: up to %(most)d.")
        % {"booked": row.quantity, "most": most},
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Write a number, or leave it empty."),
            "min_value": _("Write a number, or leave it empty."),
            "max_value": _("At most %(limit_value)s can stay."),
        },
    )

"""The filter of the departures."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

LARGEST_PARTY = 8


class DepartureFilterForm(forms.Form):
    """Which departures to show. It never refuses a page: a value that makes no sense is left out and said."""

    trek = forms.ChoiceField(label=_("Trek"), required=False)
    month = forms.ChoiceField(label=_("Month"), required=False)
    party = forms.TypedChoiceField(
        label=_("Number of people"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[(str(size), str(size)) for size in range(1, LARGEST_PARTY)]
        + [(str(LARGEST_PARTY), f"{LARGEST_PARTY}+")],
        widget=forms.RadioSelect,
    )
    only_room = forms.BooleanField(label=_("Only dates with room for us"), required=False)

    def __init__(self, data, treks):
        super().__init__(data)
        self.fields["trek"].choices = [
            ("", _("All treks")),
            *((trek.slug, trek.short_name) for trek in treks),
        ]
        self.fields["month"].choices = [("", _("All months")), *coming_months()]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def chosen(self):
        """The values that make sense, by name."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or None for name in self.fields}


def coming_months(count=18):
    """This month in Peru and the following ones as choices: ("2027-04", "April 2027")."""
    today = timezone.localdate()
    firsts = [
        today.replace(
            day=1, year=today.year + (today.month - 1 + step) // 12, month=(today.month - 1 + step) % 12 + 1
        )
        for step in range(count)
    ]
    return [(f"{first:%Y-%m}", date_format(first, "F Y")) for first in firsts]

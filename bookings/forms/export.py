"""The period of an export."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lares.admin import DateInput


class PeriodForm(forms.Form):
    """From the first to the last day, both included; days in Peru."""

    required_css_class = "required"
    first = forms.DateField(label=_("From"), widget=DateInput)
    last = forms.DateField(label=_("To"), widget=DateInput, help_text=_("This day is included."))

    def __init__(self, *args, **kwargs):
        today = timezone.localdate()
        super().__init__(
            *args, label_suffix="", initial={"first": today.replace(day=1), "last": today}, **kwargs
        )

    def clean(self):
        """A period that goes forward."""
        cleaned = super().clean()
        if not self.errors and cleaned["last"] < cleaned["first"]:
            self.add_error("last", _("The period ends before it begins."))
        return cleaned

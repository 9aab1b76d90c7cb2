"""What is asked on the private page, and the search for a lost one."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.lifecycle.holding import REFERENCE_LETTERS

from .booking import StepForm


class EmailForm(StepForm):
    """Another e-mail address for a booking."""

    contact_email = forms.EmailField(
        label=_("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("Write the address we should use."),
            "invalid": _("This is not a whole e-mail address; it looks like name@example.org."),
        },
    )


class TransferForm(StepForm):
    """The transfer is on its way."""

    bank_reference = forms.CharField(
        label=_("The bank's reference of your transfer"),
        max_length=80,
        help_text=_("The number or the code on the bank's receipt. It helps us to find the money."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the reference, or the day and the bank if there is none.")},
    )

    def clean_bank_reference(self):
        """With single spaces."""
        return " ".join(self.cleaned_data["bank_reference"].split())


class FindForm(StepForm):
    """A reference and the e-mail address that belongs to it."""

    reference = forms.CharField(
        label=_("Reference"),
        help_text=_("The 8 letters that stand in our message."),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Write the 8 letters.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("Write the e-mail address of the booking."),
            "invalid": _("This is not a whole e-mail address; it looks like name@example.org."),
        },
    )

    def clean_reference(self):
        """Eight capital letters of those we use, however they were spaced."""
        reference = re.sub(r"[\s\-]", "", self.cleaned_data["reference"]).upper()
        if len(reference) != 8 or set(reference) - set(REFERENCE_LETTERS):
            raise forms.ValidationError(_("A reference has 8 letters; I, L and O are not among them."))
        return reference

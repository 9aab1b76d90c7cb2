"""What is asked on the private page, and the search for a lost one."""

import re
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.lifecycle.holding import REFERENCE_LETTERS
from lares.templatetags.formats import money

from .booking import StepForm

# How SUNAT makes the last digit of a RUC, and how RUCs of people and companies begin.
RUC_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
RUC_BEGINNINGS = ("10", "15", "16", "17", "20")


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


class InvoiceForm(StepForm):
    """For whom the factura is to be; without a RUC a boleta will do."""

    invoice_ruc = forms.CharField(
        label=_("RUC"),
        max_length=16,
        help_text=_("11 digits."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": _("Write the RUC of the company.")},
    )
    invoice_name = forms.CharField(
        label=_("Name of the company"),
        max_length=160,
        help_text=_("As the tax office knows it."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Write the name of the company.")},
    )

    def clean_invoice_ruc(self):
        """Eleven digits whose last one fits the others."""
        ruc = re.sub(r"[\s\-.]", "", self.cleaned_data["invoice_ruc"])
        if not (ruc.isascii() and ruc.isdigit() and len(ruc) == 11):
            raise forms.ValidationError(_("A RUC has 11 digits."))
        if not is_ruc(ruc):
            raise forms.ValidationError(_("This is no RUC: a digit must be wrong. Please compare it."))
        return ruc

    def clean_invoice_name(self):
        """With single spaces."""
        return " ".join(self.cleaned_data["invoice_name"].split())


def is_ruc(digits):
    """Whether eleven digits are a RUC of SUNAT: a known beginning, and a check digit by modulo 11."""
    weighed = sum(int(digit) * weight for digit, weight in zip(digits[:10], RUC_WEIGHTS, strict=True))
    return digits[:2] in RUC_BEGINNINGS and int(digits[10]) == (11 - weighed % 11) % 10


class PayLinkForm(StepForm):
    """What somebody is to pay for one traveler, at most what is open."""

    amount = forms.DecimalField(
        label=_("Amount, USD"),
        min_value=Decimal("0.01"),
        max_digits=10,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "required": _("Write how much."),
            "invalid": _("Write the amount as a number, e.g. 120 or 99.50."),
            "min_value": _("Ask for more than nothing."),
            "max_digits": _("That is more than is still open."),
            "max_whole_digits": _("That is more than is still open."),
            "max_decimal_places": _("An amount has two decimals at most."),
        },
    )

    def __init__(self, *args, open_amount, **kwargs):
        super().__init__(*args, **kwargs)
        self.open_amount = open_amount

    def clean_amount(self):
        """Not more than is open."""
        amount = self.cleaned_data["amount"]
        if amount > self.open_amount:
            raise forms.ValidationError(
                _("Only %(amount)s is still open.") % {"amount": money(self.open_amount)}
            )
        return amount


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

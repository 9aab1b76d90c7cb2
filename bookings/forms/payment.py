"""Money that the office counted: what was received, and what of it counts against the price."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings import prices
from bookings.gateways import manual
from lares.templatetags.formats import money

from .office import ActForm

CENT = Decimal("0.01")


class CountedForm(ActForm):
    """Money that people counted, in dollars or soles; soles are counted at the day's rate."""

    received_currency = forms.ChoiceField(
        label=_("Currency"),
        choices=[("USD", _("US dollars")), ("PEN", _("soles"))],
        initial="USD",
        widget=forms.RadioSelect,
    )
    rate = forms.DecimalField(
        label=_("Soles per dollar"),
        required=False,
        min_value=Decimal("1"),
        max_value=Decimal("20"),
        max_digits=8,
        decimal_places=4,
        help_text=_("The rate of the day, only for soles."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )

    def clean(self):
        """Soles have their rate, dollars have none."""
        cleaned = self.cleaned_data
        if cleaned.get("received_currency") != "PEN":
            cleaned["rate"] = None
        elif not cleaned.get("rate") and "rate" not in self.errors:
            self.add_error("rate", _("Soles need the rate of the day."))


class PaymentForm(CountedForm):
    """Money that came or went back."""

    button = _("Record it")
    field_order = ("came", "received_amount", "received_currency", "rate", "provider", "surcharge")
    rows = (("received_amount", "received_currency", "rate"), ("provider_reference", "surcharge"))
    came = forms.TypedChoiceField(
        label=_("What happened"),
        choices=[("1", _("Money came")), ("-1", _("Money went back"))],
        coerce=int,
        initial="1",
        widget=forms.RadioSelect,
    )
    received_amount = forms.DecimalField(
        label=_("Amount"),
        min_value=CENT,
        max_digits=10,
        decimal_places=2,
        help_text=_("What was counted, or what stands on the bank's statement."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    provider = forms.ChoiceField(label=_("How"), choices=manual.choices, widget=forms.RadioSelect)
    surcharge = forms.DecimalField(
        label=_("Of it card surcharge, USD"),
        required=False,
        min_value=0,
        max_digits=8,
        decimal_places=2,
        help_text=_("Only for cards: it does not count against the price."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    provider_reference = forms.CharField(
        label=_("Reference of the bank or terminal"),
        max_length=80,
        required=False,
        help_text=_("The same reference is recorded only once."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    is_right = forms.BooleanField(
        label=_("The amount is right"), required=False, help_text=_("Needed only for unusual amounts.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            del self.fields["is_right"]

    def initially(self):
        """How they said they would pay."""
        return {
            "provider": manual.usual_for(self.record.method),
            "provider_reference": self.record.transfer_reference,
        }

    def clean_provider_reference(self):
        """With single spaces."""
        return " ".join(self.cleaned_data["provider_reference"].split())

    def clean(self):
        """Work out what counts against the price, in dollars."""
        super().clean()
        cleaned = self.cleaned_data
        if self.errors:
            return
        if cleaned["surcharge"] and not manual.WAYS[cleaned["provider"]].bears_surcharge:
            self.add_error("surcharge", _("Only what is paid by card has a surcharge."))
            return
        counted = cleaned["received_amount"] / (cleaned["rate"] or 1)
        dollars = prices.rounded(counted) - (cleaned["surcharge"] or 0)
        if dollars <= 0:
            self.add_error("surcharge", _("The surcharge is more than the amount."))
            return
        cleaned["amount"] = cleaned["came"] * dollars
        self._ask_again_if_unusual(cleaned["amount"])

    def _ask_again_if_unusual(self, amount):
        total, paid = prices.total(self.record), prices.paid(self.record)
        if paid + amount < 0:
            said = _("Only %(paid)s was paid: no more can go back.")
            self.add_error("received_amount", said % {"paid": money(paid)})
        elif amount > 0 and paid + amount > total and not self.cleaned_data["is_right"]:
            said = _("That is %(more)s more than is open. If it is right, tick “The amount is right”.")
            self.add_error("received_amount", said % {"more": money(paid + amount - total)})

    def details(self):
        """What `record_payment` wants."""
        cleaned = self.cleaned_data
        return {
            "amount": cleaned["amount"],
            "provider": cleaned["provider"],
            "surcharge": cleaned["came"] * (cleaned["surcharge"] or 0),
            "received_amount": cleaned["came"] * cleaned["received_amount"],
            "received_currency": cleaned["received_currency"],
            "rate": cleaned["rate"],
            "provider_reference": cleaned["provider_reference"],
            "note": cleaned["note"],
        }

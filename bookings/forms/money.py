"""What the office fills in about money, besides payments: costs, links to pay, refunds, moves, papers."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from bookings import prices
from bookings.gateways import manual
from bookings.models import Booking, TaxDocument
from lares.templatetags.formats import money

from .office import ActForm
from .payment import CENT, CountedForm


def amount_field(label, **options):
    """An amount of US dollars, more than nothing."""
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return forms.DecimalField(
        label=label, min_value=CENT, max_digits=10, decimal_places=2, widget=widget, **options
    )


def people_of(booking):
    """The travelers of a booking as choices."""
    return [
        (one.number, f"{one.number}. {one.full_name or '–'}") for one in booking.travelers.order_by("number")
    ]


class CostForm(ActForm):
    """What we paid and cannot have back."""

    button = _("Enter it")
    number = forms.TypedChoiceField(
        label=_("For whom"), coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    amount = amount_field(_("Amount, USD"))
    reason = forms.CharField(
        label=_("For what"), max_length=160, help_text=_("Such as a named train ticket, with its number.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].choices = [("", _("the whole party")), *people_of(self.record)]


class PayLinkForm(ActForm):
    """Who pays how much under an address of its own."""

    button = _("Make the link")
    number = forms.TypedChoiceField(label=_("For whom"), coerce=int, widget=forms.RadioSelect)
    amount = amount_field(_("Amount, USD"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].choices = people_of(self.record)
        self.fields["amount"].help_text = _("%(open)s is open.") % {"open": money(self.open())}

    def open(self):
        """What is still to be paid, USD."""
        return prices.total(self.record) - prices.paid(self.record)

    def initially(self):
        """An equal share of what is open."""
        share = prices.rounded(self.open() / self.record.party_size)
        return {"amount": share if share > 0 else None, "number": self.asked.get("number")}

    def clean_amount(self):
        """No more than is open."""
        amount = self.cleaned_data["amount"]
        if amount > self.open():
            raise forms.ValidationError(_("Only %(open)s is open.") % {"open": money(self.open())})
        return amount


class RevokeLinkForm(ActForm):
    """Which link stops working."""

    button = _("Revoke it")
    link = forms.TypedChoiceField(label=_("Link to pay"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        links = self.record.pay_links.filter(revoked_at=None).select_related("traveler")
        self.fields["link"].choices = [(link.pk, self.words(link)) for link in links]

    def words(self, link):
        """Whose, how much, since when."""
        day = date_format(link.made_at, "j M Y")
        return f"{link.traveler.number}. {link.traveler.full_name or '–'}, {money(link.amount)}, {day}"


class ByHandForm(CountedForm):
    """How a refund was paid back by people."""

    button = _("It is paid back")
    rows = (("received_currency", "rate"),)
    field_order = ("provider", "received_currency", "rate", "reference", "note")
    provider = forms.ChoiceField(label=_("How"), choices=manual.choices, widget=forms.RadioSelect)
    reference = forms.CharField(
        label=_("Reference of the bank or terminal"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class DropForm(ActForm):
    """Why a proposed refund is not paid."""

    button = _("Do not pay it")
    reason = forms.CharField(
        label=_("Reason"), max_length=240, help_text=_("Stays with the refund. The contact is not told.")
    )


class MoveForm(ActForm):
    """To which booking a payment belongs."""

    button = _("Move it")
    reference = forms.CharField(
        label=_("Reference of the right booking"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    reason = forms.CharField(label=_("Reason"), max_length=160)

    def clean_reference(self):
        """A booking by its reference, in whatever case and with spaces."""
        reference = "".join(self.cleaned_data["reference"].split()).upper()
        self.target = Booking.objects.filter(reference=reference).first()
        if self.target is None:
            raise forms.ValidationError(_("There is no booking with this reference."))
        return reference


class TaxDocumentForm(ActForm):
    """The number of the boleta or factura that was issued in the tax system."""

    button = _("Record the number")
    kind = forms.ChoiceField(label=_("Kind"), choices=TaxDocument.Kind.choices, widget=forms.RadioSelect)
    number = forms.CharField(
        label=_("Number"),
        max_length=24,
        help_text=_("As it stands on it, such as B001-00000123."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def initially(self):
        """A factura where the booking asked for one."""
        wants_factura = bool(self.record.booking.invoice_ruc)
        return {"kind": TaxDocument.Kind.FACTURA if wants_factura else TaxDocument.Kind.BOLETA}

    def clean_number(self):
        """Without spaces, in capitals, so that the same number is the same."""
        return "".join(self.cleaned_data["number"].split()).upper()


class VoidForm(ActForm):
    """Which number of a boleta or factura was wrong, and why."""

    button = _("Take it back")
    document = forms.TypedChoiceField(label=_("Number"), coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=240)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        papers = [(paper.pk, f"{paper.get_kind_display()} {paper.number}") for paper in self.record.papers]
        self.fields["document"].choices = papers
        self.initial["document"] = papers[0][0] if papers else None

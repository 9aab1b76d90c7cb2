"""The steps of a booking: the party, the lead person, the travelers, the extras, the last look."""

import re
import unicodedata

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from bookings import gateways, policy
from bookings.models import Booking
from bookings.models.bookings import LARGEST_PARTY
from lares.templatetags.formats import last_day

PHONE = re.compile(r"\+[0-9]{7,15}")
LONGEST_DRAFT = 500


class StepForm(forms.Form):
    """One step; `typed` is what was typed, right or wrong, to be kept as a draft."""

    required_css_class = "required"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def typed(self):
        """The values as they stand in the fields: {name: text}, as a draft can hold them."""
        return {name: storable(self[name].value() or "")[:LONGEST_DRAFT] for name in self.fields}


class Tabs(forms.RadioSelect):
    """Radio buttons as a row of tabs over one line."""

    are_tabs = True


class PartyForm(StepForm):
    """How many travel."""

    party_size = forms.IntegerField(
        label=_("How many are you?"),
        min_value=1,
        max_value=LARGEST_PARTY,
        widget=Tabs,
        error_messages={
            "required": _("Choose how many you are."),
            "invalid": _("Choose how many you are."),
            "min_value": _("At least one person travels."),
            "max_value": _("We take no party of more than 40: write to us."),
        },
    )

    def __init__(self, *args, largest, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["party_size"].widget.choices = [(str(n), str(n)) for n in range(1, largest + 1)]


class LeadForm(StepForm):
    """Who we write to."""

    contact_name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Tell us your name.")},
    )
    contact_email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The booking and how to pay go there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("We send the booking by e-mail: tell us your address."),
            "invalid": _("This is not a whole e-mail address; it looks like name@example.org."),
        },
    )
    contact_phone = forms.CharField(
        label=_("Phone, with the country code"),
        max_length=40,
        help_text=_("For the days of the trek, e.g. +34 600 000 000."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"required": _("Tell us a phone number: we call when a train is late.")},
    )
    contact_country = forms.ChoiceField(
        label=_("Country of residence"),
        widget=forms.Select(attrs={"autocomplete": "country"}),
        error_messages={"required": _("Choose the country you live in.")},
    )
    walking = forms.BooleanField(
        label=_("I am walking too"),
        required=False,
        help_text=_("Then we copy your name into traveler 1 on the next page, where you can correct it."),
    )

    def __init__(self, *args, can_walk=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contact_country"].choices = [("", _("Choose a country")), *countries]
        if not can_walk:
            del self.fields["walking"]

    def clean_contact_name(self):
        """The name with single spaces."""
        return tidy_name(self.cleaned_data["contact_name"])

    def clean_contact_phone(self):
        """The number as + and digits; spaces, brackets and dashes are how people write, not what we dial."""
        number = re.sub(r"[\s().\-/]", "", self.cleaned_data["contact_phone"])
        number = re.sub(r"^00", "+", number)
        if not PHONE.fullmatch(number):
            raise forms.ValidationError(
                _("Begin with + and the country code, then 7 to 15 digits in all, e.g. +34 600 000 000.")
            )
        return number

    def contact(self):
        """The values as the verb wants them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "walking"}


METHODS = [
    (Booking.Method.CARD, _("By card, on the page of the card provider, by %(day)s")),
    (Booking.Method.TRANSFER, _("By bank transfer, by %(day)s")),
    (Booking.Method.CASH, _("In cash at our office in Cusco, by %(day)s or on a day we agree on")),
]


def methods():
    """The ways to pay that are offered: cards where a provider is configured."""
    return [(method, words) for method, words in METHODS if method != "card" or gateways.available()]


def to_pay_by(booking, method):
    """The last day to pay if the booking were placed now: Mon 5 April 2027."""
    placed = Booking(departure=booking.departure, method=method)
    return last_day(policy.pending_until(placed, timezone.now()))


def chosen_before(booking, version):
    """What stands in the last look at first: the draft, its tick only if it was set under this version."""
    draft = booking.drafts.get("review", {})
    is_same = draft.get("terms_version") == version
    return {**draft, "terms_version": version, "accepted": is_same and bool(draft.get("accepted"))}


class PlaceForm(StepForm):
    """The last look: how to pay, and the terms."""

    method = forms.ChoiceField(
        label=_("How do you want to pay?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you want to pay.")},
    )
    terms_version = forms.CharField(widget=forms.HiddenInput, required=False)
    accepted = forms.BooleanField(
        label=_("I accept the terms and have read how my data is used"),
        error_messages={"required": _("We can only book for you once you accept the terms.")},
    )

    def __init__(self, *args, booking, terms, **kwargs):
        version = terms.version if terms else ""
        super().__init__(*args, initial=chosen_before(booking, version), **kwargs)
        self.terms = terms
        self.fields["method"].choices = [
            (method, words % {"day": to_pay_by(booking, method)}) for method, words in methods()
        ]

    def clean(self):
        """The terms that were shown must still be the ones in force."""
        if not self.terms or self.cleaned_data.get("terms_version") != self.terms.version:
            self.data = {**self.data.dict(), "terms_version": self.terms.version if self.terms else ""}
            self.data.pop("accepted", None)
            self.add_error("accepted", _("Our terms changed while you were reading. Please look again."))


class CodeForm(StepForm):
    """A promotion code."""

    code = forms.CharField(
        label=_("Promotion code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={
            "required": _("Write the code."),
            "max_length": _("A code has at most 20 letters and digits."),
        },
    )

    def clean_code(self):
        """In capitals, without spaces, however it was typed."""
        return re.sub(r"[\s\-]", "", self.cleaned_data["code"]).upper()


def storable(text):
    """Text without NUL, which the database does not take."""
    return str(text).replace("\x00", "")


def tidy_name(text):
    """A name with single spaces and no invisible signs, its letters and marks as they were typed."""
    visible = "".join(sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cf", "Co", "Cs"))
    name = unicodedata.normalize("NFC", " ".join((visible if visible.strip() else text).split()))
    if not any(sign.isalpha() for sign in name):
        raise forms.ValidationError(_("Write the name with letters."))
    return name

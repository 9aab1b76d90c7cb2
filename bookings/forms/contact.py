"""A question to the office."""

import uuid
from itertools import groupby

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from bookings import emails
from bookings.models import ContactMessage, Departure


class DepartureChoiceField(forms.ModelChoiceField):
    """Departures as “Mon 5 Apr 2027, Classic, 4 days”."""

    def label_from_instance(self, departure):
        return f"{date_format(departure.start_date, 'D j M Y')}, {departure.trek.short_name}"


def by_month(departures, label):
    """The choices of a list of departures in order of time, under the name of each month."""
    months = groupby(departures, key=lambda departure: date_format(departure.start_date, "F Y"))
    return [(month, [(departure.pk, label(departure)) for departure in found]) for month, found in months]


class ContactForm(forms.ModelForm):
    """A question to the office. The hidden submission makes a form that is sent twice one message."""

    submission = forms.CharField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)
    departure = DepartureChoiceField(
        label=_("Departure"),
        queryset=Departure.objects.none(),
        required=False,
        empty_label=_("No date yet, or another one"),
        error_messages={"invalid_choice": _("This date is no longer offered. Choose another, or none.")},
    )
    party_size = forms.IntegerField(
        label=_("How many are you?"),
        required=False,
        min_value=1,
        max_value=40,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    # People do not see this field; programs that fill in every field do.
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    class Meta:
        model = ContactMessage
        fields = ["name", "email", "phone", "departure", "party_size", "text"]
        labels = {
            "name": _("Your name"),
            "email": _("E-mail"),
            "phone": _("Phone or WhatsApp"),
            "text": _("Message"),
        }
        help_texts = {"phone": _("With the country code, if you would rather be called.")}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
            "text": forms.Textarea(attrs={"rows": 7}),
        }
        error_messages = {
            "name": {"required": _("Tell us your name, so that we know whom to answer.")},
            "email": {
                "required": _("We answer by e-mail: tell us your address."),
                "invalid": _("This is not a whole e-mail address; it looks like name@example.org."),
            },
            "text": {"required": _("Write your question; a sentence is enough.")},
        }

    def __init__(self, *args, departures, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["departure"]
        field.queryset = departures
        self.chosen = self.asked_for(departures)
        field.widget.choices = [("", field.empty_label), *by_month(departures, field.label_from_instance)]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.render_hidden_fields = True
        self.helper.layout = Layout(*self.Meta.fields, Div("website", css_class="website"))

    def asked_for(self, departures):
        """The departure that the form names, or None."""
        asked = str(self["departure"].value() or "")
        return (
            departures.filter(pk=asked).first()
            if asked.isascii() and asked.isdigit() and len(asked) < 19
            else None
        )

    def clean_submission(self):
        """A form whose hidden part was lost or changed counts as a new one."""
        try:
            return uuid.UUID(self.cleaned_data["submission"])
        except ValueError:
            return uuid.uuid4()

    @transaction.atomic
    def save_once(self, language):
        """The message of this form, told to the office: written now, or the one the form wrote before."""
        data = {name: self.cleaned_data[name] for name in self.Meta.fields}
        message, _created = ContactMessage.objects.get_or_create(
            submission=self.cleaned_data["submission"], defaults={**data, "language": language}
        )
        emails.office_contact_message(message)
        return message

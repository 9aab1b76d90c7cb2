"""Corrections by the office: who we write to, and who walks."""

import json

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from bookings.lifecycle.shown import CONTACT, PERSON, contact_values
from lares.admin import DateInput
from lares.templatetags.formats import money
from treks.models import FareClass

from .booking import tidy_name
from .office import ActForm, ForeseenForm
from .travelers import OLDEST, age_on, fare_words, fares_of


class ContactCorrectionForm(ActForm):
    """The contact, corrected."""

    button = _("Save the correction")
    rows = (("contact_phone", "contact_country"),)
    contact_name = forms.CharField(label=_("Name"), max_length=120)
    contact_email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("A new address gets the message about the booking. May stay empty."),
    )
    contact_phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    contact_country = forms.ChoiceField(label=_("Country of residence"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contact_country"].choices = [("", _("not known")), *countries]

    def initially(self):
        """The contact as it is saved."""
        return contact_values(self.record)

    def state_of(self, record):
        """The saved contact."""
        return json.dumps(contact_values(record), sort_keys=True)

    def changed_words(self, record):
        """What is saved now, beside what was typed."""
        now = ", ".join(filter(None, (contact_values(record)[name] for name in CONTACT)))
        return _(
            "Somebody else corrected it while you were typing. Saved now: %(now)s. "
            "What you typed stands below; send it again to put it in its place."
        ) % {"now": now}

    def clean_contact_name(self):
        """With single spaces."""
        return tidy_name(self.cleaned_data["contact_name"])


class TravelerCorrectionForm(ForeseenForm):
    """The name, the birth date or the fare of one traveler, corrected."""

    button = _("Save the correction")
    rows = (("given_names", "family_names"),)
    number = forms.IntegerField(widget=forms.HiddenInput)
    given_names = forms.CharField(label=_("Given names"), max_length=80, required=False)
    family_names = forms.CharField(
        label=_("Family names"), max_length=80, required=False, help_text=_("Exactly as in the passport.")
    )
    birth_date = forms.DateField(label=_("Date of birth"), required=False, widget=DateInput)
    fare_class = forms.ChoiceField(
        label=_("Fare"),
        widget=forms.RadioSelect,
        help_text=_("At the prices that held when the seats were taken. The proof is shown here or later."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        fares = fares_of(self.record)
        if not fares:
            del self.fields["fare_class"]
            return
        adult = _("Adult, %(price)s") % {"price": money(self.record.price_list.price)}
        reduced = [(fare.fare_class, fare_words(fare)) for fare in fares]
        self.fields["fare_class"].choices = [(FareClass.ADULT.value, adult), *reduced]

    def initially(self):
        """The traveler as saved."""
        person = self.traveler(self.record)
        return {
            "number": person.number,
            "given_names": person.given_names,
            "family_names": person.family_names,
            "birth_date": person.birth_date,
            "fare_class": person.fare_class,
        }

    def traveler(self, record):
        """The traveler whom the address or the form names, or the first one."""
        number = str((self.data if self.is_bound else self.asked).get("number", ""))
        people = list(record.travelers.order_by("number"))
        return next((person for person in people if str(person.number) == number), people[0])

    def state_of(self, record):
        """The saved traveler."""
        person = self.traveler(record)
        return f"{person.full_name} {person.birth_date} {person.fare_class}"

    def changed_words(self, record):
        """What is saved now, beside what was typed."""
        return _(
            "Somebody else corrected it while you were typing. Saved now: %(now)s. "
            "What you typed stands below; send it again to put it in its place."
        ) % {"now": self.state_of(record)}

    def clean_birth_date(self):
        """An age that may walk."""
        return check_birth_date(self.cleaned_data["birth_date"], self.record.departure)

    def person(self):
        """The values as the verb wants them."""
        return {name: self.cleaned_data[name] for name in PERSON if name in self.cleaned_data}


def check_birth_date(born, departure):
    """The date where such a person may walk on this departure; None stays None. Raises ValidationError."""
    if born is None:
        return None
    age, minimum = age_on(departure.start_date, born), departure.trek.minimum_age
    if born >= departure.start_date or age > OLDEST:
        raise forms.ValidationError(_("Please check the year."))
    if age < minimum:
        said = _("On the day of departure this traveler is %(age)d; the trek is from %(minimum)d years on.")
        raise forms.ValidationError(said % {"age": age, "minimum": minimum})
    return born

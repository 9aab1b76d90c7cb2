"""A booking that the office takes down while somebody is on the phone: one page, little of it needed."""

import re

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from bookings import policy, stock
from bookings.models import Booking
from bookings.models.bookings import LARGEST_PARTY
from lares.admin import DateInput

from .booking import tidy_name
from .corrections import check_birth_date
from .office import ActForm

# So many travelers can be named at once; more are named on the booking's page.
MOST_NAMES = 12
SHORT = {"autocomplete": "off"}


def named_in(data):
    """The highest number of a traveler that the sent form names, else 0: seats may have gone meanwhile."""
    found = (re.match(r"person-(\d{1,2})-", name) for name, value in (data or {}).items() if value)
    return max((int(match[1]) for match in found if match), default=0)


class PersonForm(forms.Form):
    """One traveler, as far as known."""

    given_names = forms.CharField(
        label=_("Given names"), max_length=80, required=False, widget=forms.TextInput(attrs=SHORT)
    )
    family_names = forms.CharField(
        label=_("Family names"), max_length=80, required=False, widget=forms.TextInput(attrs=SHORT)
    )
    birth_date = forms.DateField(label=_("Date of birth"), required=False, widget=DateInput)

    def __init__(self, *args, number, departure, **kwargs):
        super().__init__(*args, prefix=f"person-{number}", label_suffix="", **kwargs)
        self.number, self.departure = number, departure

    def clean_birth_date(self):
        """An age that may walk."""
        return check_birth_date(self.cleaned_data["birth_date"], self.departure)

    def values(self):
        """As the verb wants them: plain strings."""
        return {name: str(value or "") for name, value in self.cleaned_data.items()}


class PhoneForm(ActForm):
    """Who calls, for how many, and how they pay; `record` is the departure."""

    button = _("Book")
    # Known once the form was sent; only then the office is asked whether an adult joins.
    is_without_adult = False

    party_size = forms.IntegerField(
        label=_("How many travel"),
        min_value=1,
        max_value=LARGEST_PARTY,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autofocus": True}),
    )
    contact_name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs=SHORT))
    contact_phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"} | SHORT),
    )
    contact_email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Not needed. With one, the booking is sent there.")
    )
    contact_country = forms.ChoiceField(label=_("Country of residence"), required=False)
    source = forms.ChoiceField(
        label=_("Came by"), widget=forms.RadioSelect, initial="phone",
        choices=[(value, capfirst(label)) for value, label in Booking.Source.choices if value != "web"],
    )  # fmt: skip
    method = forms.ChoiceField(
        label=_("Pays the deposit by"), widget=forms.RadioSelect, initial="transfer",
        choices=[("transfer", _("bank transfer")), ("cash", _("cash in Cusco"))],
    )  # fmt: skip
    language = forms.ChoiceField(label=_("We write in"), widget=forms.RadioSelect, choices=settings.LANGUAGES)
    adult_joins = forms.BooleanField(label=_("An adult will join them"), required=False)
    staff_notes = forms.CharField(
        label=_("Notes of the office"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, record, data=None, *args, offers=(), left=None, **kwargs):
        super().__init__(record, data, *args, **kwargs)
        self.fields["contact_country"].choices = [("", _("not known")), *countries]
        self.offers = {f"extra-{offer.extra.slug}": offer for offer in offers}
        for name, offer in self.offers.items():
            self.fields[name] = self.quantity(offer, (left or {}).get(offer.extra_id))
        rows = min(max(record.seats_left, named_in(data), 1), MOST_NAMES)
        self.people = [PersonForm(data, number=n + 1, departure=record) for n in range(rows)]

    def initially(self):
        """Most callers speak Spanish or English; the site's own language stands first."""
        return {"language": settings.LANGUAGE_CODE}

    def quantity(self, offer, left):
        """The field of one extra."""
        most = 99 if left is None else max(min(left, 99), 0)
        words = "" if left is None else _("%(left)d free on these days") % {"left": most}
        widget = forms.NumberInput(attrs={"inputmode": "numeric"} | SHORT)
        return forms.IntegerField(
            label=offer.extra.name,
            required=False,
            min_value=0,
            max_value=most,
            help_text=words,
            widget=widget,
        )

    def clean_contact_name(self):
        """With single spaces."""
        return tidy_name(self.cleaned_data["contact_name"])

    def clean(self):
        """Names beyond the party would be lost: say so instead."""
        for person in self.people:
            if not person.is_valid():
                self.add_error(None, _("Look at traveler %(number)d below.") % {"number": person.number})
        party = self.cleaned_data.get("party_size")
        named = [person.number for person in self.people if person.has_changed()]
        if party and named and named[-1] > party:
            said = _("Traveler %(number)d is named, but the party is smaller.")
            self.add_error("party_size", said % {"number": named[-1]})
        self._check_extras(party)
        self._check_adult(party)

    def _check_extras(self, party):
        """No more of an extra than so many people can use."""
        for name, offer in self.offers.items():
            most = stock.most(offer.extra.charge_unit, self.record, party) if party else None
            if most is not None and (self.cleaned_data.get(name) or 0) > most:
                self.add_error(name, _("At most %(limit_value)s for this party.") % {"limit_value": most})

    def _check_adult(self, party):
        """Minors alone are taken down only if the office knows of an adult; unnamed travelers may be one."""
        born = [person.cleaned_data.get("birth_date") for person in self.people if person.is_valid()]
        born = [day for day in born if day]
        if not party or len(born) < party:
            return
        self.is_without_adult = min(born) > policy.adults_born_by(self.record.start_date)
        if self.is_without_adult and not self.cleaned_data.get("adult_joins"):
            said = _("All of them are under 18 on the day of departure, and minors need an adult.")
            self.add_error("adult_joins", said)

    def notes(self):
        """The notes of the office; that an adult joins is noted too, as nobody else would know."""
        joins = _("An adult will join them.") if self.is_without_adult else ""
        return "\n".join(filter(None, [str(joins), self.cleaned_data["staff_notes"]]))

    def has_details(self):
        """Whether names or extras were typed, so that they are to be seen."""
        extras = any(self[name].value() for name in self.offers)
        return extras or any(person.has_changed() for person in self.people)

    def extra_fields(self):
        """The fields of the extras."""
        return [self[name] for name in self.offers]

    def contact(self):
        """The contact as the verb wants it."""
        return {name: value for name, value in self.cleaned_data.items() if name.startswith("contact_")}

    def travelers(self):
        """The whole party as the verb wants it, unknown ones empty."""
        known = [person.values() for person in self.people][: self.cleaned_data["party_size"]]
        unknown = {"given_names": "", "family_names": "", "birth_date": ""}
        return known + [unknown] * (self.cleaned_data["party_size"] - len(known))

    def extras(self):
        """{slug: quantity} as the verb wants it."""
        return {offer.extra.slug: self.cleaned_data.get(name) or 0 for name, offer in self.offers.items()}

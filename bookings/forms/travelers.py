"""The travelers, short: names as in the passport, and dates of birth that fit the day of departure."""

from datetime import date

from django import forms
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from bookings.models.bookings import LARGEST_PARTY
from bookings.policy import ADULT
from lares.templatetags.formats import money
from treks.models import FareClass

from .booking import StepForm, tidy_name

OLDEST = 110
PROOF = '<span class="proof {}"><b>{}</b> {}</span>'
NAME_FIELDS = ("given_names", "family_names")
BIRTH_FIELDS = ("birth_day", "birth_month", "birth_year")


def age_on(day, born):
    """Whole years of somebody born then on a day; born on 29 February, a year is full on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def name_field(label, **options):
    """A name as in the passport; nothing offers to fill it in, as it is another person's name."""
    widget = forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words", "spellcheck": "false"})
    return forms.CharField(label=label, max_length=80, widget=widget, **options)


def number_field(label, digits, hint):
    """A part of a date, typed as digits."""
    attrs = {"autocomplete": "off", "inputmode": "numeric", "maxlength": digits, "size": digits}
    return forms.CharField(label=label, required=False, widget=forms.TextInput(attrs=attrs), help_text=hint)


class TravelerForm(StepForm):
    """One traveler."""

    given_names = name_field(_("Given names"), required=False)
    family_names = name_field(
        _("Family names"), error_messages={"required": _("Write the family names as in the passport.")}
    )
    birth_day = number_field(_("Day"), 2, "")
    birth_month = number_field(_("Month"), 2, "")
    birth_year = number_field(_("Year"), 4, "")
    fare_class = forms.ChoiceField(
        label=_("Fare"),
        required=False,
        widget=forms.Select(attrs={"autocomplete": "off"}),
        error_messages={"invalid_choice": _("Choose one of the fares.")},
    )

    def __init__(self, *args, number, departure, fares=(), price=None, **kwargs):
        super().__init__(*args, prefix=str(number), **kwargs)
        self.number, self.departure = number, departure
        self.fares = {fare.fare_class: fare for fare in fares}
        if not self.fares:
            del self.fields["fare_class"]
            return
        reduced = [(name, fare_words(fare)) for name, fare in self.fares.items()]
        adult = _("Adult, %(price)s") % {"price": money(price)}
        self.fields["fare_class"].choices = [(FareClass.ADULT.value, adult), *reduced]
        # The stylesheet shows the proof of the fare that is chosen; without it all of them are told.
        proofs = [(name, _("To be shown:"), fare.proof) for name, fare in self.fares.items() if fare.proof]
        self.fields["fare_class"].help_text = format_html_join("", PROOF, proofs)

    @property
    def birth_parts(self):
        """The three fields of the date of birth."""
        return [self[name] for name in BIRTH_FIELDS]

    def words(self):
        """What was typed as people read it, the fare in words."""
        fares = dict(self.fields["fare_class"].choices) if self.fares else {}
        return [fares.get(value, value) for value in self.typed().values() if value]

    def clean_given_names(self):
        """Some passports show one name only; then this one stays empty."""
        name = self.cleaned_data["given_names"]
        return tidy_name(name) if name else ""

    def clean_family_names(self):
        """As in the passport, with single spaces."""
        return tidy_name(self.cleaned_data["family_names"])

    def clean(self):
        """Turn the three parts into `birth_date` and look at the age on the day of departure."""
        parts = [self.cleaned_data.get(name, "").strip() for name in reversed(BIRTH_FIELDS)]
        if not all(parts):
            self.add_error("birth_day", _("Write day, month and year of birth."))
            return
        try:
            born = date(*map(int, parts))
        except (ValueError, OverflowError):
            self.add_error(
                "birth_day", _("There is no such date. Day, month and year as numbers: 14, 7, 1991.")
            )
            return
        self.cleaned_data["birth_date"] = born
        self._check_age(born)
        self._check_fare(born)

    def person(self):
        """Who this is: names, in whatever capitals, and date of birth."""
        names = [self.cleaned_data[name].casefold() for name in NAME_FIELDS]
        return (*names, self.cleaned_data["birth_date"])

    def _check_fare(self, born):
        fare = self.fares.get(self.cleaned_data.get("fare_class"))
        if fare and not fare.fits_age(age_on(self.departure.start_date, born)):
            self.add_error(
                "fare_class",
                _("On the day of departure this traveler is %(age)d. This fare is for: %(fare)s.")
                % {"age": age_on(self.departure.start_date, born), "fare": fare.ages},
            )

    def _check_age(self, born):
        start, minimum = self.departure.start_date, self.departure.trek.minimum_age
        age = age_on(start, born)
        if born >= start or age > OLDEST:
            self.add_error("birth_day", _("Please check the year."))
        elif age < minimum:
            self.add_error(
                "birth_day",
                _("On the day of departure this traveler is %(age)d; the trek is from %(minimum)d years on.")
                % {"age": age, "minimum": minimum},
            )


class TravelersForm:
    """All travelers of a party as one form: valid together, and with an adult among them."""

    def __init__(self, booking, data=None, initial=None):
        initial = initial or {}
        self.departure = booking.departure
        self.party_errors = []
        self.fares = fares_of(booking)
        party, beyond = booking.party_size, range(booking.party_size + 1, LARGEST_PARTY + 1)

        def form_of(number):
            options = {"number": number, "departure": booking.departure}
            options |= {"fares": self.fares, "price": booking.price_list.price}
            return TravelerForm(data, initial=part_of(initial, number), **options)

        self.forms = [form_of(number) for number in range(1, party + 1)]
        # Typed for travelers who were taken off the list meanwhile.
        typed = initial if data is None else data
        self.dropped = [form_of(number) for number in beyond if names_anybody(typed, number)]

    @property
    def errors(self):
        """The errors by field name, so that it can be asked like any other form."""
        found = {form.add_prefix(name): errors for form in self.forms for name, errors in form.errors.items()}
        return {**found, **({"__all__": self.party_errors} if self.party_errors else {})}

    def is_valid(self):
        """Each traveler, that nobody is named twice, and that minors travel with an adult."""
        # A list, so that every traveler is looked at, also after one who is not right.
        if not all([form.is_valid() for form in self.forms]):  # noqa: C419
            return False
        self._check_twice()
        if any(form.errors for form in self.forms):
            return False
        ages = [age_on(self.departure.start_date, form.cleaned_data["birth_date"]) for form in self.forms]
        if max(ages) < ADULT:
            self.party_errors = [
                _("Travelers under 18 need an adult in the party. If one joins you, write to us.")
            ]
        return not self.party_errors

    def _check_twice(self):
        """Say beside a traveler that another one is the same person: tickets are sold one to a passport."""
        numbers = {}
        for form in self.forms:
            first = numbers.setdefault(form.person(), form.number)
            if first != form.number:
                said = _("Traveler %(number)d has the same names and date of birth.")
                form.add_error("family_names", said % {"number": first})

    def add_error(self, field, message):
        """An error of the whole party."""
        self.party_errors.append(message)

    def typed(self):
        """What was typed, also for dropped travelers: {"1-given_names": …}."""
        everyone = [*self.forms, *self.dropped]
        return {form.add_prefix(name): value for form in everyone for name, value in form.typed().items()}

    def people(self):
        """The travelers as the verb wants them: plain strings, the date as 1991-07-14."""
        return [
            {
                **{name: form.cleaned_data[name] for name in NAME_FIELDS},
                "birth_date": str(form.cleaned_data["birth_date"]),
                "fare_class": form.cleaned_data.get("fare_class") or FareClass.ADULT.value,
            }
            for form in self.forms
        ]


def fares_of(booking):
    """The reduced fares of the trek that have a price in the booking's price list, at that price."""
    fares = [
        fare
        for fare in booking.departure.trek.fares.all()
        if fare.fare_class in booking.price_list.reductions
    ]
    for fare in fares:
        fare.price = booking.price_list.fare(fare.fare_class)
    return fares


def fare_words(fare):
    """A fare as one line of a list: child, up to 11 years, $600."""
    parts = (fare.get_fare_class_display(), fare.ages, money(fare.price))
    words = ", ".join(str(part) for part in parts if part)
    return words[0].upper() + words[1:]


def names_anybody(typed, number):
    """Whether anything was typed for a traveler; a fare alone stands there before anybody types."""
    return any(value for name, value in part_of(typed, number).items() if name != "fare_class")


def part_of(initial, number):
    """The values of one traveler out of {"1-given_names": …}."""
    prefix = f"{number}-"
    return {name.removeprefix(prefix): value for name, value in initial.items() if name.startswith(prefix)}

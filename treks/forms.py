"""The forms of the advice pages. They are sent by GET, so that every answer has an address."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from .acclimatization import Base, check, earliest_start, nights_needed

FIRST_YEAR, LAST_YEAR = 2020, 2100
LONGEST_STAY_DAYS = 366

BASES = [
    (Base.CUSCO, _("In Cusco (3,399 m)")),
    (Base.VALLEY_FIRST, _("The first night in Ollantaytambo (2,792 m), then in Cusco")),
    (Base.OLLANTAYTAMBO, _("In the Sacred Valley, in Ollantaytambo (2,792 m)")),
    (Base.PISAC, _("Higher up in the Sacred Valley: Calca, Lamay or Pisac (up to 2,986 m)")),
    (Base.LOWER, _("Lower, for example on the coast: up only on the day of the trek")),
]


def date_input():
    """The browser's own field for a date; where there is none, 2027-04-05 can be typed."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class AcclimatizationForm(forms.Form):
    """A traveler's own dates. Nothing about health is asked."""

    arrives = forms.DateField(
        label=_("You arrive on"),
        help_text=_("The day of your first night in Cusco or in the Sacred Valley."),
        widget=date_input(),
        error_messages={
            "required": _("Tell us the day you arrive."),
            "invalid": _("Write the day like this: 2027-04-05."),
        },
    )
    sleeps = forms.ChoiceField(
        label=_("Before the trek you sleep"),
        choices=BASES,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Tell us where you sleep before the trek.")
        ),
    )
    trek = forms.ChoiceField(
        label=_("Trek"), error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a trek."))
    )
    starts = forms.DateField(
        label=_("The trek starts on"),
        required=False,
        help_text=_("Leave it empty to see the first day that fits."),
        widget=date_input(),
        error_messages={"invalid": _("Write the day like this: 2027-04-08.")},
    )

    def __init__(self, data, treks, **options):
        super().__init__(data, **options)
        self.treks = {trek.slug: trek for trek in treks}
        self.fields["trek"].choices = [(trek.slug, trek.short_name) for trek in treks]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self):
        """The trek starts after the arrival and within a year of it."""
        arrives, starts = self.cleaned_data.get("arrives"), self.cleaned_data.get("starts")
        for name, day in (("arrives", arrives), ("starts", starts)):
            if day and not FIRST_YEAR <= day.year < LAST_YEAR:
                self.add_error(name, _("This year is not one we can plan for."))
        if arrives and starts and starts < arrives:
            self.add_error("starts", _("This is before you arrive. Check both days."))
        elif arrives and starts and (starts - arrives).days > LONGEST_STAY_DAYS:
            self.add_error("starts", _("This is more than a year after you arrive. Check both days."))

    @property
    def chosen_trek(self):
        """The trek of a valid form."""
        return self.treks[self.cleaned_data["trek"]]

    def check(self, beds):
        """The check of a valid form; without a start the trek starts on the first day that fits."""
        base, arrival = Base(self.cleaned_data["sleeps"]), self.cleaned_data["arrives"]
        asked = nights_needed(self.chosen_trek.acclimatization_nights)
        start = self.cleaned_data["starts"] or earliest_start(base, arrival, asked)
        return check(base, arrival, start, beds, asked)

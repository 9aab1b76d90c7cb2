"""What the office fills in to do one thing to a booking: the base of such forms, and the short ones."""

import uuid
from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bookings import policy
from lares.admin import DateInput


class ActForm(forms.Form):
    """One thing to do to `record`. A copy of the form (same `submission`) is carried out once.

    `seen` is what the page showed of the record: where that has changed, one looks again first.
    """

    required_css_class = "required"
    # Fields that stand beside each other; the others have a row each.
    rows = ()
    # Fields that only those see who handle money.
    of_money = ()

    submission = forms.CharField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def __init__(self, record, *args, asked=None, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.record, self.asked = record, asked or {}
        self.initial |= self.initially() | {"seen": self.state_of(record)}

    def initially(self):
        """What stands in the fields at first."""
        return {}

    def state_of(self, record):
        """What the form relies on, as text."""
        return ""

    def changed_words(self, record):
        """The sentence for when that has changed meanwhile."""
        return _("Something changed while you were looking. Look again, then send it once more.")

    def look_again(self, record):
        """Show what is saved now; what was typed stays."""
        self.record = record
        self.data = self.data.copy()
        self.data["seen"] = self.state_of(record)

    def clean_submission(self):
        """A form whose hidden part was lost or changed counts as a new one."""
        try:
            return uuid.UUID(self.cleaned_data["submission"])
        except ValueError:
            return uuid.uuid4()

    def leave_out_money(self):
        """For somebody who does not handle money."""
        for name in self.of_money:
            self.fields.pop(name, None)

    def laid_out(self):
        """The visible fields as rows, in their order."""
        together = {name: row for row in self.rows for name in row if name in self.fields}
        rows = {}
        for field in self.visible_fields():
            rows.setdefault(together.get(field.name, field.name), []).append(field)
        return list(rows.values())

    def visible(self):
        """The values without the hidden ones."""
        return {key: value for key, value in self.cleaned_data.items() if key not in {"submission", "seen"}}


class ForeseenForm(ActForm):
    """A form whose effect on the money is shown before it is carried out; `shown` names what was shown."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def show(self, digest):
        """What was typed stays; the next time it is sent, these figures were seen."""
        self.data = self.data.copy()
        self.data["shown"] = digest


class ConfirmForm(ActForm):
    """Nothing to fill in."""


class ReasonForm(ActForm):
    """Why, told to the contact."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=240,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands in the message to the contact and in the log. May stay empty."),
    )


class UntilForm(ActForm):
    """Another day until which a pending booking waits."""

    button = _("Keep the seats until then")
    day = forms.DateField(label=_("Until the end of"), widget=DateInput)

    def initially(self):
        """A week more, as far as that goes."""
        last = policy.last_day(self.record, timezone.localdate() + timedelta(days=7), timezone.now())
        return {"day": last}

    def clean_day(self):
        """Within what the rules allow."""
        day = self.cleaned_data["day"]
        last = policy.last_day(self.record, day, timezone.now())
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is over."))
        if day > last:
            said = _("Tickets are bought after %(last)s: seats can be kept until then at the latest.")
            raise forms.ValidationError(said % {"last": f"{last:%Y-%m-%d}"})
        return day


class SendForm(ActForm):
    """Which message goes once more."""

    button = _("Send it")
    what = forms.ChoiceField(label=_("What goes"), widget=forms.RadioSelect, initial="link")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("link", _("The link to the private page"))]
        if self.record.is_placed:
            choices.append(("placed", _("The booking with its prices and how to pay")))
        self.fields["what"].choices = choices

"""What the office does to a whole departure; each form relies on who is on it."""

import json

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.lifecycle.departures import concerned
from bookings.models import Departure
from lares.admin import DateInput

from .office import ActForm


class DepartureForm(ActForm):
    """Something that concerns everybody on a departure."""

    def state_of(self, record):
        """Who is concerned and how the departure stands."""
        rows = concerned(record).values_list("pk", "status", "party_size")
        plain = [list(row) for row in rows]
        days = [str(record.start_date), str(record.end_date)]
        return json.dumps([plain, days, record.capacity, record.status])

    def changed_words(self, record):
        """The preview was of another moment."""
        return _(
            "Somebody booked or changed this departure while you were looking. "
            "Look once more at who is concerned, then send it again."
        )


class CapacityForm(DepartureForm):
    """How many seats."""

    button = _("Change the capacity")
    capacity = forms.IntegerField(label=_("Capacity, seats"), min_value=1, max_value=200)

    def initially(self):
        """As it is."""
        return {"capacity": self.record.capacity}

    def state_of(self, record):
        """The verb looks after the seats; here only another editor counts."""
        return str(record.capacity)


class DatesForm(DepartureForm):
    """Other dates."""

    button = _("Move the departure")
    rows = (("start_date", "end_date"),)
    start_date = forms.DateField(label=_("Starts on"), widget=DateInput)
    end_date = forms.DateField(
        label=_("Ends on"), widget=DateInput, required=False, help_text=_("Empty: as many days as now.")
    )

    def initially(self):
        """As they are."""
        return {"start_date": self.record.start_date, "end_date": self.record.end_date}

    def clean(self):
        """The end follows the start where it is left empty."""
        start, end = self.cleaned_data.get("start_date"), self.cleaned_data.get("end_date")
        if start and not end and "end_date" not in self.errors:
            self.cleaned_data["end_date"] = start + (self.record.end_date - self.record.start_date)


class StatusForm(DepartureForm):
    """Open or close for sale."""

    def state_of(self, record):
        """The status from which it goes to the other one."""
        return record.status

    def to(self):
        """The other status."""
        is_open = self.record.status == Departure.Status.OPEN
        return Departure.Status.CLOSED if is_open else Departure.Status.OPEN

    @property
    def button(self):
        """What pressing it does."""
        return _("Close it for sale") if self.to() == Departure.Status.CLOSED else _("Open it for sale")


class CancelDepartureForm(DepartureForm):
    """Cancel the departure with everybody on it."""

    button = _("Cancel the departure and these bookings")
    reason = forms.CharField(
        label=_("Reason"),
        max_length=240,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands in the message to every contact."),
    )

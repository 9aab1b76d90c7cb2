"""What an act does to the money of a booking: before, after, and whether that was looked at before."""

import json
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext as _

from bookings import lifecycle, prices
from bookings.models import Refund


@dataclass(frozen=True)
class Figures:
    """A booking's money at one moment; lines are (label, quantity, unit amount, amount), amounts USD."""

    lines: tuple
    total: object
    paid: object
    refunds: tuple
    cancellation: object = None

    @property
    def open(self):
        """What is still to be paid, USD; never less than nothing."""
        return max(self.total - self.paid, 0)

    @property
    def going_back(self):
        """What is proposed to go back or on its way, USD."""
        return sum(amount for amount, _surcharge, _by_card in self.refunds)


class NotSeenYet(lifecycle.Refused):
    """Nothing is done yet: what it would do has not been looked at. `before` and `after` are Figures."""

    def __init__(self, before, after):
        self.before, self.after = before, after
        super().__init__(_("Nothing is done yet: look at what it does, then send it once more."))

    @property
    def rows(self):
        """The lines side by side: (label, what it was or None, what it is or None)."""
        before, after = ({line[0]: line for line in one.lines} for one in (self.before, self.after))
        return [(label, before.get(label), after.get(label)) for label in before | after]


def figures(booking):
    """The money of a booking as it stands now."""
    lines = [(row.label, row.quantity, row.unit_amount, row.amount) for row in booking.price_lines.all()]
    rows = booking.refunds.filter(state__in=Refund.OPEN).order_by("pk")
    refunds = [(row.amount, row.surcharge, row.payment_id is not None) for row in rows]
    last = booking.cancellations.last()
    return Figures(tuple(lines), prices.total(booking), prices.paid(booking), tuple(refunds), last)


def digest(found):
    """A short word for figures: the same figures have the same."""
    kept = found.cancellation and (found.cancellation.traveler_id, found.cancellation.kept)
    return sha256(json.dumps([found.lines, found.refunds, kept], default=str).encode()).hexdigest()[:16]


def refuse_unseen(form, before, after, *, always):
    """Raise NotSeenYet unless the form was sent from a page that showed these figures, or nothing changes."""
    if form.cleaned_data.get("shown") == digest(after):
        return
    if always or digest(before) != digest(after):
        raise NotSeenYet(before, after)

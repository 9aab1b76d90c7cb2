"""What a verb refuses, each with a sentence that people can read."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Refused(Exception):
    """A verb said no; nothing was changed. `str()` is the sentence to show."""


class Busy(Refused):
    """The lock did not come free in time."""

    def __init__(self):
        super().__init__(
            _("Many people are booking this date at this moment. Nothing is lost: please try once more.")
        )


class NotEnoughSeats(Refused):
    """Fewer seats are left than asked for; `left` says how many."""

    def __init__(self, left):
        self.left = max(left, 0)
        if self.left == 0:
            super().__init__(_("This departure is full."))
        else:
            super().__init__(
                ngettext(
                    "Only %(left)d seat is left on this departure.",
                    "Only %(left)d seats are left on this departure.",
                    self.left,
                )
                % {"left": self.left}
            )


class NotEnoughStock(Refused):
    """Fewer of an extra are free on these days than asked for."""

    def __init__(self, extra, left):
        self.extra, self.left = extra, max(left, 0)
        super().__init__(
            _("%(extra)s: only %(left)d left on these days.") % {"extra": extra.name, "left": self.left}
        )


class NotBookable(Refused):
    """The departure is closed, cancelled, past its cut-off, or its trek is not published."""

    def __init__(self):
        super().__init__(
            _("This departure cannot be booked online any more. Ask us: we may still find a way.")
        )


class TooManyHolds(Refused):
    """This browser or this network address already holds as many unfinished bookings as we allow."""

    def __init__(self):
        super().__init__(
            _("You already hold seats in other unfinished bookings. Finish or give back one of them first.")
        )


class Lapsed(Refused):
    """The time of the hold ran out."""

    def __init__(self):
        super().__init__(_("The time for which we kept your seats is over. What you typed is still here."))


class Incomplete(Refused):
    """Something is still missing; `step` names the step that asks for it."""

    def __init__(self, step):
        self.step = step
        super().__init__(_("Something is still missing in an earlier step."))


class Stale(Refused):
    """Somebody else changed the same values meanwhile; `current` holds what is saved now."""

    def __init__(self, current):
        self.current = current
        super().__init__(
            _("Somebody else changed this booking while you were typing. Both versions are shown.")
        )


class AmountsChanged(Refused):
    """What cancelling costs or gives back is not what was agreed to."""

    def __init__(self):
        super().__init__(_("The amounts changed while you were reading."))


class WrongStatus(Refused):
    """The booking is in a status from which this step does not lead on."""

    def __init__(self):
        super().__init__(_("This booking has moved on in the meantime; this can no longer be done."))

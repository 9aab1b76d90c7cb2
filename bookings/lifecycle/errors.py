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


class TooManyForParty(Refused):
    """More of an extra are asked for than the party can use; `most` says how many it can."""

    def __init__(self, extra, most):
        self.extra, self.most = extra, most
        super().__init__(
            _("%(extra)s: at most %(most)d for this party.") % {"extra": extra.name, "most": most}
        )


class NotBookable(Refused):
    """The departure is closed, cancelled, past its cut-off, or its trek is not published."""

    def __init__(self):
        super().__init__(
            _("This departure cannot be booked online any more. Ask us: we may still find a way.")
        )


class TooManyHolds(Refused):
    """This browser or this network address already holds as many unfinished bookings as we allow.

    `is_network` where it is the address: others behind it, as in a hostel, may hold them all.
    """

    def __init__(self, *, is_network):
        self.is_network = is_network
        if is_network:
            said = _(
                "Many bookings are being made from your network right now. Try again in half an hour, "
                "or write to us."
            )
        else:
            said = _(
                "You already hold seats in other unfinished bookings. Finish or give back one of them first."
            )
        super().__init__(said)


class Lapsed(Refused):
    """The time of the hold ran out."""

    def __init__(self):
        super().__init__(_("The time for which we kept your seats is over. What you typed is still here."))


class PriceChanged(Refused):
    """What the traveler agreed to is no longer what it costs."""

    def __init__(self):
        super().__init__(_("The price has changed since this page was opened. Please look at it once more."))


class Incomplete(Refused):
    """Something is still missing; `step` names the step that asks for it."""

    def __init__(self, step):
        self.step = step
        needed = {
            "lead": _("Before the booking can be placed, tell us who we write to."),
            "travelers": _("Before the booking can be placed, complete the list of travelers."),
            "extras": _("Before the booking can be placed, choose the extras; none is fine too."),
        }
        super().__init__(needed[step])


class Stale(Refused):
    """Somebody else changed the same values meanwhile; `current` holds what is saved now."""

    def __init__(self, current):
        self.current = current
        super().__init__(self.sentence())

    def sentence(self):
        """What the person who comes second reads."""
        return _("This booking changed while you were typing. Both versions are shown.")


class PartyChanged(Stale):
    """The party has another size than the page had shown."""

    def sentence(self):
        """Says the size that it has now."""
        return ngettext(
            "The party was changed meanwhile: it is %(size)d person now.",
            "The party was changed meanwhile: it is %(size)d people now.",
            self.current,
        ) % {"size": self.current}


class NotAsShown(Stale):
    """What is to be placed is not what the last look had shown."""

    def sentence(self):
        """To be read above the page as it is now."""
        return _("Something changed while you were reading: please look again before you place the booking.")


class AmountsChanged(Refused):
    """What cancelling costs or gives back is not what was agreed to."""

    def __init__(self):
        super().__init__(_("The amounts changed while you were reading."))


class WrongStatus(Refused):
    """The booking is in a status from which this step does not lead on."""

    def __init__(self):
        super().__init__(_("This booking has moved on in the meantime; this can no longer be done."))

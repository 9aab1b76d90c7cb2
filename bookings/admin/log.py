"""The events of a booking in plain words."""

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.models import BookingEvent
from lares.templatetags.formats import money
from treks.models import FareClass

Kind = BookingEvent.Kind


def told(event):
    """What happened, as a sentence without its subject."""
    sentence = SENTENCES.get(event.kind)
    words = sentence(event) if sentence else str(event.get_kind_display())
    return f"{words}: {event.reason}" if event.reason else words


def who(event):
    """Who did it."""
    if event.user:
        return event.user.get_full_name() or event.user.get_username()
    return {
        BookingEvent.Actor.TRAVELER: _("the traveler"),
        BookingEvent.Actor.OFFICE: _("the office"),
        BookingEvent.Actor.CLOCK: _("the clock"),
    }[event.actor]


def _seats(event):
    number = int(event.after or 0)
    return ngettext("Held %(n)d seat", "Held %(n)d seats", number) % {"n": number}


def _longer(event):
    if event.before:
        return _("Kept the seats until the end of %(day)s") % {"day": event.after}
    return _("Kept the hold longer, for the %(n)s. time") % {"n": event.after}


def _paid(event):
    try:
        amount = Decimal(event.after)
    except InvalidOperation:
        return _("Recorded a payment")
    words = _("Recorded %(amount)s that came") if amount > 0 else _("Recorded %(amount)s that went back")
    return words % {"amount": money(abs(amount))}


def _sum(words, amount):
    """A sentence about an amount that the event holds as text."""
    return words % {"amount": money(Decimal(amount or 0))}


def _moved(event):
    """On the wrong booking the amount is `before`, on the right one `after`."""
    if event.after.isalnum() and not event.after.isdecimal():
        return _("Moved %(amount)s to booking %(reference)s") % {
            "amount": money(Decimal(event.before)),
            "reference": event.after,
        }
    return _("Received %(amount)s that had been entered on booking %(reference)s") % {
        "amount": money(Decimal(event.after)),
        "reference": event.before,
    }


def _paper(event):
    """A number that was taken back is `before`."""
    if event.before:
        return _("Took the number %(number)s of a boleta or factura back") % {"number": event.before}
    return _("Recorded boleta or factura %(number)s") % {"number": event.after}


def _left(event):
    return _("Cancelled traveler %(n)s; %(kept)s is kept") % {
        "n": event.before,
        "kept": money(Decimal(event.after or 0)),
    }


def _fares(event):
    labels = dict(FareClass.choices)
    return _("Changed a fare from %(before)s to %(after)s") % {
        "before": labels.get(event.before, event.before),
        "after": labels.get(event.after, event.after),
    }


def _travelers(event):
    return _("Corrected traveler %(n)s") % {"n": event.after} if event.after else _("Filled in the travelers")


def _dates(event):
    return _("The departure moved from %(before)s to %(after)s") % {
        "before": event.before,
        "after": event.after,
    }


def _extras(event):
    return _("Chose extras: %(now)s") % {"now": event.after or _("none")}


def _sent(event):
    if event.after == "placed":
        return _("Sent the message about the booking once more")
    return _("Sent the link to the private page")


SENTENCES = {
    Kind.DATES_CHANGED: _dates,
    Kind.HELD: _seats,
    Kind.RESIZED: lambda event: (
        _("Changed the party from %(before)s to %(after)s") % {"before": event.before, "after": event.after}
    ),
    Kind.EXTENDED: _longer,
    Kind.RESUMED: lambda event: _("Took the lapsed hold up again, at the price of that day"),
    Kind.CONTACT_CHANGED: lambda event: _("Changed the contact"),
    Kind.TRAVELERS_CHANGED: _travelers,
    Kind.EXTRAS_CHANGED: _extras,
    Kind.PLACED: lambda event: _("Placed the booking"),
    Kind.TRANSFER_ANNOUNCED: lambda event: _("Said that the transfer is sent"),
    Kind.PAID: _paid,
    Kind.CONFIRMED: lambda event: _("Enough is paid: the booking is confirmed"),
    Kind.CARD_STARTED: lambda event: _sum(_("Began to pay %(amount)s by card"), event.after),
    Kind.TRAVELER_CANCELLED: _left,
    Kind.FARES_CHANGED: _fares,
    Kind.PROMOTION_CHANGED: lambda event: _("Promotion: %(code)s") % {"code": event.after or _("none")},
    Kind.REFUND_PROPOSED: lambda event: _sum(_("Proposed to pay %(amount)s back"), event.after),
    Kind.REFUND_APPROVED: lambda event: _sum(_("Let %(amount)s go back to the card"), event.after),
    Kind.REFUND_DROPPED: lambda event: _sum(_("Decided not to pay %(amount)s back"), event.before),
    Kind.REFUNDED: lambda event: _sum(_("Paid %(amount)s back"), event.after),
    Kind.REFUND_FAILED: lambda event: _sum(_("A refund of %(amount)s failed"), event.before),
    Kind.COSTS_ENTERED: lambda event: _sum(_("Entered %(amount)s that cannot be had back"), event.after),
    Kind.PAYMENT_MOVED: _moved,
    Kind.TAX_DOCUMENT: _paper,
    Kind.PAY_LINK_MADE: lambda event: _sum(_("Made a link to pay %(amount)s"), event.after),
    Kind.PAY_LINK_REVOKED: lambda event: _sum(_("Revoked a link to pay %(amount)s"), event.after),
    Kind.LATE_MONEY: lambda event: _("Money came when the seats were gone"),
    Kind.CANCELLED: lambda event: _("Cancelled the booking"),
    Kind.REINSTATED: lambda event: _("Brought the booking back"),
    Kind.KEY_REPLACED: lambda event: _("Replaced the private address; the old one is dead"),
    Kind.LINK_SENT: _sent,
    Kind.ERASED: lambda event: _("Emptied the personal data of the unfinished booking"),
}

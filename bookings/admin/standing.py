"""How a booking stands, in the words of the office: worked out from status, clock and money, never stored."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import policy, prices
from bookings.models import Booking, Refund
from lares.templatetags.formats import money

Status = Booking.Status
OVER = Q(status__in=Booking.KEPT, expires_at__lte=Now())
WAITS = Q(status=Status.PENDING, expires_at__gt=Now())
ANNOUNCED = Q(status=Status.PENDING, transfer_announced_at__isnull=False)
OPEN = Q(status=Status.CONFIRMED, paid_amount__lt=F("total_amount"))
UNDEPOSITED = Q(status=Status.CONFIRMED, paid_amount__lt=F("due_now"))
SOON = timedelta(days=14)
# What a cancelled booking still has once its refunds are decided is what the cancellation keeps.
KEEPS_ITS_MONEY = Q(status=Status.CONFIRMED) | Q(status=Status.CANCELLED, refund_waits=False)
UNSETTLED = Q(paid_amount__gt=0) & ~KEEPS_ITS_MONEY


def soon():
    """What nobody has announced and what is over by tomorrow's last moment in Peru."""
    return WAITS & Q(expires_at__lte=policy.end_of_tomorrow(timezone.now()), transfer_announced_at=None)


def overdue():
    """Whose balance had to be paid before today."""
    return OPEN & Q(balance_due_on__lt=timezone.localdate())


def due_soon():
    """Whose balance is to be paid from today to two weeks on."""
    today = timezone.localdate()
    return OPEN & Q(balance_due_on__gte=today, balance_due_on__lte=today + SOON)


# What the list can be narrowed to: name, words, condition (or what gives it).
STANDINGS = [
    ("deposit", gettext_lazy("Awaiting deposit"), WAITS),
    ("soon", gettext_lazy("Lapses by tomorrow night"), soon),
    ("announced", gettext_lazy("Transfer announced"), ANNOUNCED),
    ("over", gettext_lazy("Hold ran out"), OVER & Q(status=Status.ON_HOLD)),
    ("unpaid", gettext_lazy("Time to pay ran out"), OVER & Q(status=Status.PENDING)),
    ("unsettled", gettext_lazy("Paid, not confirmed"), UNSETTLED),
    ("overdue", gettext_lazy("Balance overdue"), overdue),
    ("due", gettext_lazy("Balance due in 14 days"), due_soon),
    ("refund", gettext_lazy("Refund to decide"), Q(refund_waits=True)),
    ("undeposited", gettext_lazy("Confirmed without its deposit"), UNDEPOSITED),
]


def with_standing(bookings):
    """The bookings with what `standing` reads, in the same query."""
    over = Case(When(OVER, then=Value(True)), default=Value(False), output_field=BooleanField())
    waits = Exists(Refund.objects.filter(booking=OuterRef("pk"), state=Refund.State.PROPOSED))
    return prices.with_money(bookings).annotate(time_is_over=over, refund_waits=waits)


@dataclass(frozen=True)
class Standing:
    """A word for the style sheet, the short words, and the sentence about what is to be done."""

    kind: str
    words: str
    sentence: str = ""


def standing(booking):
    """How it stands. Needs `with_standing`."""
    is_alive = booking.status == Status.CONFIRMED or (
        booking.status == Status.PENDING and not booking.time_is_over
    )
    if booking.paid_amount > 0 and not is_alive:
        return _unsettled(booking)
    return {
        Status.ON_HOLD: _on_hold,
        Status.PENDING: _pending,
        Status.CONFIRMED: _confirmed,
        Status.CANCELLED: _cancelled,
    }[booking.status](booking)


def _unsettled(booking):
    paid = {"paid": money(booking.paid_amount)}
    if booking.status == Status.CANCELLED and not booking.refund_waits:
        return Standing("cancelled", _("Cancelled"), _("Its seats are free again; we keep %(paid)s.") % paid)
    if booking.status == Status.CANCELLED:
        words = _("Cancelled, %(paid)s paid") % paid
        sentence = _("Cancelled, and %(paid)s is with us: decide the refund below, or reinstate.")
    else:
        words = _("Paid, not confirmed")
        sentence = _(
            "%(paid)s came after the time was over. Reinstate or keep the seats longer, or pay back."
        )
    return Standing("owed", words, sentence % paid)


def _on_hold(booking):
    if booking.time_is_over:
        return Standing("closed", _("Hold ran out"), _("The seats are free again. What was typed is kept."))
    until = {"time": date_format(timezone.localtime(booking.expires_at), "H:i")}
    said = _("Somebody is filling in the forms; the seats are kept until %(time)s.") % until
    return Standing("needs", _("On hold until %(time)s") % until, said)


def _pending(booking):
    open_now = max(booking.due_now - booking.paid_amount, 0)
    due = {"due": money(open_now), "day": until_day(booking)}
    if not open_now and not booking.time_is_over:
        said = _("Nothing is due at this moment; the seats are kept until the end of %(day)s.")
        return Standing("needs", _("Not confirmed"), said % due)
    if booking.time_is_over:
        said = _("%(due)s did not come by %(day)s. The seats are free again; money that comes is looked at.")
        return Standing("closed", _("Time to pay ran out"), said % due)
    if booking.transfer_announced_at:
        said = _("A transfer is announced. Record it when it arrives: %(due)s, until %(day)s.")
        return Standing("full", _("Transfer announced"), said % due)
    said = _("Waits for %(due)s until the end of %(day)s.")
    return Standing("needs", _("Awaiting deposit"), said % due)


def _confirmed(booking):
    balance = booking.total_amount - booking.paid_amount
    if balance > 0:
        what = {"balance": money(balance), "day": date_format(booking.balance_due_on, "D j M Y")}
        if booking.balance_due_on < timezone.localdate():
            said = _("The balance of %(balance)s was due on %(day)s: remind them, or decide.")
            return Standing("owed", _("Confirmed, balance overdue"), said % what)
        return Standing(
            "guaranteed", _("Confirmed"), _("The balance of %(balance)s is due on %(day)s.") % what
        )
    return Standing("guaranteed", _("Confirmed, paid"), _("Everything is paid."))


def _cancelled(booking):
    return Standing("cancelled", _("Cancelled"), _("Its seats are free again."))


def until_day(booking):
    """The day until whose end a pending booking waits: it is kept until the midnight after."""
    last = timezone.localtime(booking.expires_at) - timedelta(seconds=1)
    return date_format(last, "D j M Y")

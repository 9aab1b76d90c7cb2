"""What the office does with the money of a booking: payments, costs, links to pay."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import lifecycle
from bookings.forms.money import CostForm, PayLinkForm, RevokeLinkForm
from bookings.forms.payment import PaymentForm
from bookings.models import Booking, BookingEvent
from lares.templatetags.formats import money

from .acts import HANDLE_MONEY, Act

Status = Booking.Status
LEDGER = "admin/bookings/booking/_money.html"


def pay(booking, form, by):
    """Record money; the sentence says what it did to the booking."""
    details = form.details()
    lifecycle.record_payment(booking.pk, form.cleaned_data["submission"], by=by, **details)
    booking.refresh_from_db()
    amount = {"amount": money(abs(details["amount"]))}
    if details["amount"] < 0:
        return _("Recorded: %(amount)s went back.") % amount
    if booking.status == Status.CONFIRMED:
        return _("Recorded: %(amount)s. The booking is confirmed.") % amount
    if booking.events.last().kind == BookingEvent.Kind.LATE_MONEY:
        return (
            _("Recorded: %(amount)s. The seats are gone: decide about reinstating or paying back.") % amount
        )
    rest = _("Recorded: %(amount)s. %(due)s is still due now.")
    return rest % (amount | {"due": money(booking.due_now - _paid(booking))})


def _paid(booking):
    return sum(payment.amount for payment in booking.payments.all())


def enter_cost(booking, form, by):
    """What we paid and cannot have back."""
    lifecycle.enter_cost(booking.pk, by=by, **form.visible())
    return _("Entered: %(amount)s that cannot be had back.") % {"amount": money(form.cleaned_data["amount"])}


def make_link(booking, form, by):
    """An address for one traveler's part."""
    values = form.cleaned_data
    lifecycle.make_pay_link(booking.pk, values["number"], values["amount"], by=by)
    return _("The link is made; the contact gets it by e-mail.")


def revoke_link(booking, form, by):
    """It stops working."""
    lifecycle.revoke_pay_link(booking.pk, form.cleaned_data["link"], by=by)
    return _("The link does not work any more.")


def takes_money(booking):
    """Whether something is open that may be paid under a link."""
    return booking.is_placed and not booking.has_lapsed(timezone.now())


PAY = Act(
    "payment",
    gettext_lazy("Record a payment"),
    PaymentForm,
    pay,
    HANDLE_MONEY,
    is_offered=lambda booking: bool(booking.placed_at),
    intro=gettext_lazy(
        "Money is added and never changed; a mistake is taken back with a second entry. The contact is told "
        "of money that went back."
    ),
    preview=LEDGER,
)
LINK = Act(
    "pay-link",
    gettext_lazy("Make a link to pay"),
    PayLinkForm,
    make_link,
    HANDLE_MONEY,
    is_offered=takes_money,
    intro=gettext_lazy(
        "Whoever has the link sees the reference, a first name, the trek, the dates and the amount, nothing "
        "else. It goes to the contact."
    ),
)
REVOKE_LINK = Act(
    "revoke-link",
    gettext_lazy("Revoke a link to pay"),
    RevokeLinkForm,
    revoke_link,
    HANDLE_MONEY,
    is_offered=lambda booking: booking.pay_links.filter(revoked_at=None).exists(),
    intro=gettext_lazy("It stops working at once. Money that is on its way through it still counts."),
)
COST = Act(
    "cost",
    gettext_lazy("Enter a cost that cannot be had back"),
    CostForm,
    enter_cost,
    HANDLE_MONEY,
    is_offered=lambda booking: booking.is_placed,
    intro=gettext_lazy(
        "It is kept where this traveler cancels, as far as the cancellation charge does not cover it. It can "
        "only be added."
    ),
)

"""What the office can do to a booking: the acts, each a verb of the lifecycle."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import lifecycle
from bookings.forms.cancelling import CancelForm, CancelTravelerForm
from bookings.forms.corrections import ContactCorrectionForm, TravelerCorrectionForm
from bookings.forms.office import ConfirmForm, SendForm, UntilForm
from bookings.models import Booking

from .acts import HANDLE_MONEY, Act
from .money_acts import COST, LINK, PAY, REVOKE_LINK
from .standing import until_day

Status = Booking.Status
CHANGE = "bookings.change_booking"


def cancel(booking, form, by):
    """Give the seats back."""
    values = form.cleaned_data
    lifecycle.cancel(booking.pk, by=by, reason=values["reason"], by_us=values.get("by_us", False))
    return _("Cancelled. Its seats are free.")


def cancel_traveler(booking, form, by):
    """One does not come; the others do."""
    values = form.cleaned_data
    lifecycle.cancel_traveler(
        booking.pk,
        values["number"],
        by=by,
        reason=values["reason"],
        extras=form.extras(),
        by_us=values["by_us"],
    )
    return _("Traveler %(number)d is cancelled.") % {"number": values["number"]}


def reinstate(booking, form, by):
    """Bring it back where there is room."""
    booking = lifecycle.reinstate(booking.pk, by=by)
    if booking.status == Status.CONFIRMED:
        return _("Back again, and confirmed: the deposit is paid.")
    return _("Back again. Its seats are kept until the end of %(day)s.") % {"day": until_day(booking)}


def keep_longer(booking, form, by):
    """Wait longer for the deposit."""
    booking = lifecycle.extend_until(booking.pk, form.cleaned_data["day"], by=by)
    return _("The seats are kept until the end of %(day)s.") % {"day": until_day(booking)}


def send(booking, form, by):
    """Send a message once more."""
    again = f"office {form.cleaned_data['submission']}"
    verb = lifecycle.send_placed if form.cleaned_data["what"] == "placed" else lifecycle.send_link
    verb(booking.pk, by=by, again=again)
    return _("It goes to %(email)s.") % {"email": booking.contact_email}


def replace_key(booking, form, by):
    """A new private address."""
    lifecycle.replace_key(booking.pk, by=by)
    return _("The private page has a new address; the old one is dead. Send the link to the contact.")


def correct_contact(booking, form, by):
    """Name, e-mail, phone, country."""
    lifecycle.correct_contact(booking.pk, form.visible(), by=by)
    return _("The contact is corrected.")


def correct_traveler(booking, form, by):
    """Names and birth date of one traveler."""
    number = form.cleaned_data["number"]
    lifecycle.correct_traveler(booking.pk, number, form.person(), by=by)
    return _("Traveler %(number)d is corrected.") % {"number": number}


def is_over(booking):
    """Whether its time ran out; for a record of the admin's list or a locked one."""
    return booking.has_lapsed(timezone.now())


def day_of(booking):
    """The departure's day in words."""
    return date_format(booking.departure.start_date, "D j M Y")


ACTS = (
    PAY,
    Act(
        "extend",
        gettext_lazy("Keep the seats longer"),
        UntilForm,
        keep_longer,
        CHANGE,
        is_offered=lambda booking: booking.status == Status.PENDING,
        intro=gettext_lazy("The booking waits for its deposit until the end of this day in Peru."),
    ),
    Act(
        "reinstate",
        gettext_lazy("Reinstate"),
        ConfirmForm,
        reinstate,
        CHANGE,
        is_offered=lambda booking: booking.status == Status.CANCELLED and bool(booking.placed_at),
        intro=gettext_lazy(
            "Brings the booking back if its seats and extras are still free: confirmed where the deposit is "
            "paid, else waiting for it."
        ),
        preview="admin/bookings/booking/_money.html",
    ),
    Act(
        "send",
        gettext_lazy("Send a message again"),
        SendForm,
        send,
        CHANGE,
        is_offered=lambda booking: bool(booking.contact_email) and booking.status != Status.CANCELLED,
    ),
    Act(
        "contact",
        gettext_lazy("Correct the contact"),
        ContactCorrectionForm,
        correct_contact,
        CHANGE,
        is_offered=lambda booking: booking.status != Status.CANCELLED,
    ),
    Act(
        "traveler",
        gettext_lazy("Correct a traveler"),
        TravelerCorrectionForm,
        correct_traveler,
        CHANGE,
        is_offered=lambda booking: booking.status != Status.CANCELLED,
        intro=gettext_lazy(
            "Once tickets are bought in a name, it cannot be changed there any more. Where the fare changes, "
            "you are shown what that does to the price first."
        ),
        foresees=True,
    ),
    LINK,
    REVOKE_LINK,
    COST,
    Act(
        "replace-key",
        gettext_lazy("Replace the private address"),
        ConfirmForm,
        replace_key,
        CHANGE,
        intro=gettext_lazy(
            "For a link that fell into wrong hands: the old address stops working at once, everywhere. "
            "Nobody is told; send the new link afterwards."
        ),
        is_grave=True,
    ),
    Act(
        "cancel-traveler",
        gettext_lazy("Cancel one traveler"),
        CancelTravelerForm,
        cancel_traveler,
        HANDLE_MONEY,
        is_offered=lambda booking: booking.is_placed and booking.party_size > 1 and not is_over(booking),
        intro=gettext_lazy(
            "The seat is free at once, and the price, the extras and what is due follow. You are shown what "
            "it costs first; nothing is done before that."
        ),
        is_grave=True,
        foresees=True,
    ),
    Act(
        "cancel",
        gettext_lazy("Cancel the booking"),
        CancelForm,
        cancel,
        CHANGE,
        is_offered=lambda booking: booking.status != Status.CANCELLED,
        intro=gettext_lazy("The seats are free at once, and the contact is told."),
        preview="admin/bookings/booking/_leaving.html",
        is_grave=True,
    ),
)

"""What the clock does to bookings: a reminder before they lapse, personal data emptied after."""

import logging
from datetime import timedelta

from django.conf import settings

from bookings import emails, policy, prices, seats
from bookings.models import Booking, BookingEvent

from .actors import CLOCK, log
from .locks import lock_booking, save, verb

Status = Booking.Status
logger = logging.getLogger(__name__)

# A deadline tonight is named in the message about the booking itself.
NO_REMINDER_WITHIN = timedelta(hours=12)


def remind_before_lapse():
    """Remind the contacts of pending bookings the day before the last day to pay, once; returns how many.

    Who could not be reminded then is on the last day. Those who were told within the last hours how to pay,
    and until when, need no reminder yet.
    """
    now = seats.clock()
    soon = Booking.objects.filter(
        status=Status.PENDING, expires_at__gt=now, expires_at__lte=policy.end_of_tomorrow(now)
    )
    return each(_remind, soon.values_list("pk", flat=True))


@verb
def _remind(booking_id):
    booking = lock_booking(booking_id)
    now = seats.clock()
    if booking.status != Status.PENDING or booking.has_lapsed(now) or _was_just_told(booking, now):
        return False
    return emails.lapse_reminder(booking)


def _was_just_told(booking, now):
    """Whether a message with how to pay and until when has only just been written."""
    recent = booking.messages.filter(created_at__gt=now - NO_REMINDER_WITHIN)
    return recent.filter(kind__in=("placed", "reinstated")).exists()


def erase_lapsed():
    """Empty the personal data of holds that ended some days ago; returns how many.

    Row, price lines and events stay; messages go, since each holds the name and the address. Where money came
    for a hold and did not go back yet, the office still needs to know whose it is.
    """
    before = seats.clock() - timedelta(days=settings.ERASE_LAPSED_HOLDS_AFTER_DAYS)
    ended = Booking.objects.filter(placed_at=None, personal_data_erased_at=None)
    lapsed = ended.filter(status=Status.ON_HOLD, expires_at__lt=before)
    given_back = ended.filter(status=Status.CANCELLED, cancelled_at__lt=before)
    pks = list((lapsed | given_back).values_list("pk", flat=True))
    return each(_erase, pks, before)


@verb
def _erase(booking_id, before):
    booking = lock_booking(booking_id)
    if booking.placed_at or booking.personal_data_erased_at:
        return False
    if booking.status == Status.ON_HOLD and booking.expires_at >= before:
        return False
    if prices.paid(booking):
        return False
    now = seats.clock()
    booking.contact_name = booking.contact_email = booking.contact_phone = booking.contact_country = ""
    booking.browser, booking.client_address, booking.drafts = "", None, {}
    booking.invoice_name = booking.invoice_ruc = ""
    booking.personal_data_erased_at = now
    save(
        booking, "contact_name", "contact_email", "contact_phone", "contact_country", "browser",
        "client_address", "drafts", "invoice_name", "invoice_ruc", "personal_data_erased_at",
    )  # fmt: skip
    booking.messages.all().delete()
    booking.travelers(manager="everyone").update(given_names="", family_names="", birth_date=None)
    log(booking, BookingEvent.Kind.ERASED, CLOCK, now)
    return True


def each(act, pks, *args, what="booking"):
    """Act on each row, of what is named so, on its own; one that fails is logged and holds up no other."""
    done = 0
    for pk in pks:
        try:
            done += act(pk, *args)
        except Exception:
            logger.exception("%s failed for %s %s", act.__name__, what, pk)
    return done

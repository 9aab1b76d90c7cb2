"""Links under which somebody pays a part of a booking; the sum stays the booking's."""

from bookings import emails, prices, seats
from bookings.models import BookingEvent, PayLink

from .actors import TRAVELER, log
from .errors import WrongStatus
from .holding import new_key
from .locks import lock_booking, save, verb

Kind = BookingEvent.Kind


@verb
def make_pay_link(booking_id, number, amount, *, by=TRAVELER):
    """A link for one traveler, by number, to pay `amount` USD, never more than is open; once for the same.

    One that is paid or revoked is not the same any more. Raises WrongStatus, Busy.
    """
    booking = lock_booking(booking_id)
    now = seats.clock()
    traveler = booking.travelers.filter(number=number).first()
    left = prices.total(booking) - prices.paid(booking)
    if not booking.is_placed or booking.has_lapsed(now) or traveler is None or not 0 < amount <= left:
        raise WrongStatus
    again = booking.pay_links.usable().filter(traveler=traveler, amount=amount).first()
    if again is not None:
        return again
    link = PayLink.objects.create(
        booking=booking, traveler=traveler, key=new_key(), amount=amount, made_at=now
    )
    save(booking)
    log(booking, Kind.PAY_LINK_MADE, by, now, after=amount)
    emails.pay_link(link)
    return link


@verb
def revoke_pay_link(booking_id, link_id, *, by=TRAVELER):
    """Make a link stop working. Money that comes through it all the same counts."""
    booking = lock_booking(booking_id)
    link = booking.pay_links.get(pk=link_id)
    if link.revoked_at is None:
        link.revoked_at = seats.clock()
        link.save(update_fields=["revoked_at"])
        save(booking)
        log(booking, Kind.PAY_LINK_REVOKED, by, link.revoked_at, after=link.amount)
    return link

"""Who we write to and who walks: the contact, the travelers, the private address."""

from uuid import uuid4

from django.utils import timezone

from bookings import emails, prices, seats
from bookings.models import Booking, BookingEvent

from .actors import TRAVELER, log
from .drafts import forget_draft
from .errors import Stale, WrongStatus
from .holding import new_key, refuse_unless_held
from .locks import clock_with_stock, lock_booking, save, verb
from .paying import settle
from .shown import CONTACT, contact_values, travelers_values

Kind = BookingEvent.Kind


@verb
def set_contact(booking_id, values, *, seen=None, known=None, by=TRAVELER):
    """Write the contact of a hold. `values` and `seen` are dicts as of `contact_values`.

    `seen` is what the form showed when it was opened; if the saved values have changed since, and not to the
    same, raises Stale. `known` is as of `forget_draft`. Raises WrongStatus, Lapsed, Busy too.
    """
    booking = lock_booking(booking_id)
    now = seats.clock()
    refuse_unless_held(booking, now)
    current = contact_values(booking)
    _refuse_stale(current, seen, values)
    forget_draft(booking, "lead", known)
    _write(booking, values)
    save(booking, *CONTACT, "drafts")
    if current != contact_values(booking):
        log(booking, Kind.CONTACT_CHANGED, by, now)
    return booking


@verb
def set_travelers(booking_id, people, *, seen=None, known=None, by=TRAVELER):
    """Write the travelers of a hold by number; `people` and `seen` are lists as of `travelers_values`.

    `known` is as of `forget_draft`. Raises Stale, WrongStatus, Lapsed, Busy.
    """
    people, seen = _whole(people), _whole(seen)
    booking = lock_booking(booking_id)
    now = seats.clock()
    refuse_unless_held(booking, now)
    travelers = list(booking.travelers.order_by("number"))
    current = travelers_values(travelers)
    _refuse_stale(current, seen, people)
    if len(people) != len(travelers):
        raise Stale(current)
    for traveler, values in zip(travelers, people, strict=True):
        _write(traveler, {**values, "birth_date": values["birth_date"] or None})
        traveler.version += 1
        traveler.save()
    prices.write_lines(booking)
    forget_draft(booking, "travelers", known)
    save(booking, "drafts")
    if current != people:
        log(booking, Kind.TRAVELERS_CHANGED, by, now)
    return booking


@verb
def correct_contact(booking_id, values, *, by):
    """Correct a name or an address; a new e-mail address gets the placed message too. Raises WrongStatus."""
    booking = lock_booking(booking_id)
    if booking.status == Booking.Status.CANCELLED:
        raise WrongStatus
    email_before = booking.contact_email
    _write(booking, values)
    save(booking, *values)
    log(booking, Kind.CONTACT_CHANGED, by, seats.clock())
    if booking.is_placed and booking.contact_email and booking.contact_email != email_before:
        _tell_how_it_stands(booking, booking.version)
    return booking


@verb
def correct_traveler(booking_id, number, values, *, by):
    """Correct the name, birth date or fare of one traveler; the lines follow at the prices of the price list.

    What a dearer fare adds is due with the balance; what a cheaper one takes off is proposed to go back.
    Raises WrongStatus (who cancelled alone stays as they were), Busy.
    """
    booking = lock_booking(booking_id)
    now = clock_with_stock(booking)
    traveler = booking.travelers.filter(number=number).first()
    if traveler is None:
        raise WrongStatus
    before = traveler.fare_class
    _write(traveler, values)
    traveler.version += 1
    traveler.save()
    save(booking)
    log(booking, Kind.TRAVELERS_CHANGED, by, now, after=number)
    if traveler.fare_class != before:
        _follow_fare(booking, now, by, before, traveler.fare_class)
    return booking


def _follow_fare(booking, now, by, before, after):
    prices.write_lines(booking)
    log(booking, Kind.FARES_CHANGED, by, now, before=before, after=after)
    if booking.placed_at:
        placed_on = timezone.localdate(booking.placed_at)
        booking.due_now = prices.due_now(booking, prices.total(booking), placed_on)
        save(booking, "due_now")
        if booking.is_placed and not booking.has_lapsed(now):
            settle(booking, now, by)


@verb
def ask_for_invoice(booking_id, ruc, name, *, by=TRAVELER):
    """Keep for whom the factura is to be, a RUC and a company's name; both empty: a boleta will do.

    What is paid from now on names them. Raises WrongStatus (not placed, or cancelled), Busy.
    """
    booking = lock_booking(booking_id)
    if not booking.is_placed:
        raise WrongStatus
    if (booking.invoice_ruc, booking.invoice_name) == (ruc, name):
        return booking
    booking.invoice_ruc, booking.invoice_name = ruc, name
    save(booking, "invoice_ruc", "invoice_name")
    log(booking, Kind.CONTACT_CHANGED, by, seats.clock(), after="factura" if ruc else "boleta")
    return booking


@verb
def replace_key(booking_id, *, by):
    """Give the booking a new private address; the old one stops working at once.

    A browser that sends the first form of a booking made on the site again is a stranger from now on.
    """
    booking = lock_booking(booking_id)
    booking.key = new_key()
    if booking.source == Booking.Source.WEB:
        booking.submission, booking.browser = uuid4(), ""
    save(booking, "key", "submission", "browser")
    log(booking, Kind.KEY_REPLACED, by, seats.clock())
    return booking


@verb
def send_link(booking_id, *, by=TRAVELER, again=None):
    """Send the private address to the contact's e-mail, at most once for each change of the booking.

    `again` numbers a repetition that was asked for. The returned booking says as `link_is_new` whether a
    message was written. Raises WrongStatus (without an e-mail address), Busy.
    """
    booking = lock_booking(booking_id)
    if not booking.contact_email:
        raise WrongStatus
    booking.link_is_new = emails.link(booking, again)
    if booking.link_is_new:
        log(booking, Kind.LINK_SENT, by, seats.clock())
    return booking


@verb
def send_placed(booking_id, *, by, again):
    """Send the message about a placed booking, with how to pay, once more; `again` numbers the repetition.

    Raises WrongStatus (not placed, or without an e-mail address), Busy.
    """
    booking = lock_booking(booking_id)
    if not (booking.is_placed and booking.contact_email):
        raise WrongStatus
    if _tell_how_it_stands(booking, again):
        log(booking, Kind.LINK_SENT, by, seats.clock(), after="placed")
    return booking


def _tell_how_it_stands(booking, again):
    """The message of the booking's status once more: how to pay, or that the money is here."""
    if booking.status == Booking.Status.CONFIRMED:
        return emails.deposit_received(booking, again)
    return emails.placed(booking, again)


def _whole(people):
    """Travelers as given, as adults where no fare is said; anything but a list as it is."""
    return [{"fare_class": "adult", **person} for person in people] if isinstance(people, list) else people


def _refuse_stale(current, seen, wanted):
    if seen is not None and current not in (seen, wanted):
        raise Stale(current)


def _write(row, values):
    for name, value in values.items():
        setattr(row, name, value)

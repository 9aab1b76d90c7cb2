"""Seats kept while the forms are filled in: hold, resize, extend."""

import secrets
from datetime import timedelta

from django.conf import settings

from bookings import policy, prices, seats, stock
from bookings.models import Booking, BookingEvent, Departure, Traveler

from .actors import TRAVELER, log
from .drafts import forget_draft, keep_dropped
from .errors import (
    Lapsed,
    NotBookable,
    NotEnoughSeats,
    NotEnoughStock,
    PartyChanged,
    TooManyHolds,
    WrongStatus,
)
from .locks import clock_with_stock, lock_booking, lock_departure, lock_visitor, save, verb

Kind = BookingEvent.Kind
Status = Booking.Status

# Without I, L and O, which are misheard and misread for 1 and 0.
REFERENCE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"


@verb
def hold(
    departure_id,
    party_size,
    submission,
    *,
    by=TRAVELER,
    browser="",
    address=None,
    language="en",
    source="web",
):
    """Keep `party_size` seats until the hold's time is over; the same `submission` is the same booking.

    Raises NotBookable, TooManyHolds, NotEnoughSeats, Busy.
    """
    departure = lock_departure(departure_id)
    if again := Booking.objects.filter(submission=submission).first():
        return again
    now = seats.clock()
    refuse_unbookable(departure, by)
    refuse_many_holds(browser, address, now)
    refuse_without_seats(departure, party_size, now)
    booking = _create(
        departure,
        now,
        party_size=party_size,
        submission=submission,
        browser=browser,
        client_address=address,
        language=language,
        source=source,
    )
    _add_travelers(booking, range(1, party_size + 1))
    prices.write_lines(booking)
    log(booking, Kind.HELD, by, now, after=party_size)
    return booking


@verb
def resize(booking_id, party_size, *, seen=None, known=None, by=TRAVELER):
    """Change the party of a hold at its own price; travelers who no longer fit go, the last ones first.

    What was written of them is kept with what was typed, until the party grows again. Extras that make no
    sense for fewer people go with them. `seen` is the size that was shown, `known` as of `forget_draft`.
    Raises Stale, WrongStatus, Lapsed, NotEnoughSeats, Busy.
    """
    booking = lock_booking(booking_id)
    now = seats.clock()
    refuse_unless_held(booking, now)
    if party_size == booking.party_size:
        return _without_draft(booking, "party", known)
    if seen not in (None, booking.party_size):
        raise PartyChanged(booking.party_size)
    refuse_without_seats(booking.departure, party_size, now, besides=booking)
    keep_dropped(booking, party_size)
    before, booking.party_size = booking.party_size, party_size
    forget_draft(booking, "party", known)
    save(booking, "party_size", "drafts")
    booking.travelers.filter(number__gt=party_size).delete()
    _add_travelers(booking, range(before + 1, party_size + 1))
    _fit_extras(booking)
    prices.write_lines(booking)
    log(booking, Kind.RESIZED, by, now, before=before, after=party_size)
    return booking


@verb
def extend(booking_id, *, by=TRAVELER):
    """Keep the seats nine minutes longer, up to ten times; more than that changes nothing.

    Raises WrongStatus, Lapsed, Busy.
    """
    booking = lock_booking(booking_id)
    now = clock_with_stock(booking)
    refuse_unless_held(booking, now)
    if booking.extensions >= settings.HOLD_EXTENSIONS:
        return booking
    booking.expires_at += timedelta(minutes=settings.HOLD_EXTENSION_MINUTES)
    booking.extensions += 1
    save(booking, "expires_at", "extensions")
    log(booking, Kind.EXTENDED, by, now, after=booking.extensions)
    return booking


def refuse_unless_held(booking, now):
    """Raise unless the booking is on hold and its time is not over."""
    if booking.status != Status.ON_HOLD:
        raise WrongStatus
    if booking.has_lapsed(now):
        raise Lapsed


def refuse_without_seats(departure, party_size, now, besides=None):
    """Raise NotEnoughSeats unless the party still fits. The departure must be locked."""
    left = seats.left(departure, now, besides)
    if party_size > left:
        raise NotEnoughSeats(left)


def refuse_without_stock(booking, now):
    """Raise NotEnoughStock unless every extra of the booking is free on its days."""
    chosen = list(booking.booked_extras.select_related("extra"))
    locked = stock.lock([row.extra for row in chosen])
    for row in chosen:
        left = stock.left(locked[row.extra_id], booking.departure, now, besides=booking)
        if left is not None and row.quantity > left:
            raise NotEnoughStock(row.extra, left)


def new_key():
    """An unguessable part of an address: 192 random bits."""
    return secrets.token_urlsafe(24)


def _create(departure, now, **details):
    """A booking that is on hold from now on, at today's prices and under today's rules."""
    return Booking.objects.create(
        departure=departure,
        reference=_new_reference(),
        key=new_key(),
        price_list=prices.price_list_of(departure),
        refund_policy=policy.current_refund_policy(),
        created_at=now,
        expires_at=policy.hold_until(now),
        **details,
    )


def _new_reference():
    while True:
        reference = "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(8))
        if not Booking.objects.filter(reference=reference).exists():
            return reference


def refuse_unbookable(departure, by):
    """The office may still sell a closed date or one past its cut-off; a cancelled one nobody."""
    if departure.status == Departure.Status.CANCELLED:
        raise NotBookable
    if not by.is_office and not (departure.is_bookable and departure.trek.is_published):
        raise NotBookable


def refuse_many_holds(browser, address, now):
    """Raise TooManyHolds where this browser or network address holds as much as we allow; locks both."""
    held = Booking.objects.filter(status=Status.ON_HOLD, expires_at__gt=now)
    limits = (
        ({"browser": browser}, settings.HOLDS_PER_BROWSER),
        ({"client_address": address}, settings.HOLDS_PER_ADDRESS),
    )
    limits = [(who, limit) for who, limit in limits if limit and all(who.values())]
    lock_visitor(str(who) for who, _limit in limits)
    for who, limit in limits:
        if held.filter(**who).count() >= limit:
            raise TooManyHolds(is_network="client_address" in who)


def _without_draft(booking, step, known):
    if forget_draft(booking, step, known):
        save(booking, "drafts")
    return booking


def _add_travelers(booking, numbers):
    Traveler.objects.bulk_create([Traveler(booking=booking, number=number) for number in numbers])


def _fit_extras(booking):
    chosen = dict(booking.booked_extras.values_list("extra__slug", "quantity"))
    for slug, quantity in stock.fitting(booking, chosen).items():
        booking.booked_extras.filter(extra__slug=slug).update(quantity=quantity)

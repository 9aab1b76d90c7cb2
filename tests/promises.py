"""What holds at every moment: queries for the rows that break it, and what may follow what.

What the money of the books promises stands in `bookings.money_check`, and is looked at here with the rest.
"""

from collections import Counter

from django.db import connection
from django.db.models import Exists, OuterRef

from bookings import money_check
from bookings.models import Booking, BookingEvent, OutboxMessage, PriceLine

# Which status may follow which by which event; everything else keeps the status as it is.
ARROWS = {
    "placed": {("on_hold", "pending")},
    "confirmed": {("pending", "confirmed")},
    "reinstated": {("cancelled", "pending")},
    "cancelled": {("on_hold", "cancelled"), ("pending", "cancelled"), ("confirmed", "cancelled")},
}

PROMISES = {
    "seats are within the capacity": """
        SELECT d.id, d.capacity, sum(b.party_size) FROM bookings_departure d JOIN bookings_booking b
            ON b.departure_id = d.id
        WHERE b.status = 'confirmed' OR (b.status IN ('on_hold', 'pending') AND b.expires_at > %(now)s)
        GROUP BY d.id HAVING sum(b.party_size) > d.capacity OR sum(b.party_size) < 0""",
    "no extra is above its stock on any day": """
        SELECT e.slug, day, sum(x.quantity) FROM treks_extra e
        JOIN bookings_bookedextra x ON x.extra_id = e.id JOIN bookings_booking b ON b.id = x.booking_id
        JOIN bookings_departure d ON d.id = b.departure_id
        CROSS JOIN generate_series(d.start_date, d.end_date, interval '1 day') AS day
        WHERE b.status = 'confirmed' OR (b.status IN ('on_hold', 'pending') AND b.expires_at > %(now)s)
        GROUP BY e.id, day HAVING sum(x.quantity) > e.stock""",
    "price lines tell of those who walk and of the extras": """
        SELECT b.id FROM bookings_booking b WHERE
            (SELECT sum(quantity) FROM bookings_priceline WHERE booking_id = b.id AND kind = 'trek')
                IS DISTINCT FROM b.party_size
            OR (SELECT coalesce(sum(quantity), 0) FROM bookings_priceline
                WHERE booking_id = b.id AND kind = 'extra')
                <> (SELECT coalesce(sum(quantity), 0) FROM bookings_bookedextra WHERE booking_id = b.id)
            OR (SELECT count(*) FROM bookings_traveler WHERE booking_id = b.id AND cancelled_at IS NULL)
                <> b.party_size""",
    "each fare has as many on its line as travel with it": """
        SELECT t.booking_id, t.fare_class, count(*) FROM bookings_traveler t WHERE t.cancelled_at IS NULL
        GROUP BY t.booking_id, t.fare_class HAVING count(*) IS DISTINCT FROM
            (SELECT sum(quantity) FROM bookings_priceline p
             WHERE p.booking_id = t.booking_id AND p.kind = 'trek' AND p.key = t.fare_class)""",
    "a pending booking whose seats are kept has not paid what is due": """
        SELECT b.id FROM bookings_booking b WHERE b.status = 'pending' AND b.expires_at > %(now)s
            AND b.due_now <=
                (SELECT coalesce(sum(amount), 0) FROM bookings_payment WHERE booking_id = b.id)
                - (SELECT coalesce(sum(amount), 0) FROM bookings_refund
                   WHERE booking_id = b.id AND state = 'sending')""",
    "no booking is placed on the site without an adult": """
        SELECT b.id FROM bookings_booking b JOIN bookings_departure d ON d.id = b.departure_id
        WHERE b.source = 'web' AND b.placed_at IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM bookings_traveler t WHERE t.booking_id = b.id
                AND t.birth_date <= d.start_date - interval '18 years')""",
    "what is emptied holds nothing personal": """
        SELECT b.id FROM bookings_booking b WHERE b.personal_data_erased_at IS NOT NULL AND (
            b.drafts <> '{}' OR b.contact_name <> '' OR b.contact_email <> '' OR b.browser <> '' OR EXISTS (
                SELECT 1 FROM bookings_traveler t WHERE t.booking_id = b.id AND t.family_names <> ''))""",
    "a cancelled departure carries nobody": """
        SELECT b.id FROM bookings_booking b JOIN bookings_departure d ON d.id = b.departure_id
        WHERE d.status = 'cancelled' AND b.status <> 'cancelled'""",
}


def broken():
    """The promises that are broken at this moment of the database's clock, with the rows that break them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now = cursor.fetchone()[0]
        found = {}
        for promise, query in PROMISES.items():
            cursor.execute(query, {"now": now})
            found[promise] = cursor.fetchall()
    found["the money adds up"] = money_check.inner()
    return {promise: rows for promise, rows in found.items() if rows}


def statuses_after(statuses, events):
    """The statuses by booking once these events have happened, each along an arrow."""
    found = dict(statuses)
    for event in events:
        if event.kind == "held":
            found[event.booking_id] = "on_hold"
        elif event.kind in ARROWS:
            arrow = (found[event.booking_id], event.after)
            assert arrow in ARROWS[event.kind]
            assert arrow == (event.before, event.after)
            found[event.booking_id] = event.after
    return found


def held_prices():
    """What each booking was held at: {booking: {what: USD each}}, the deposit among it."""
    deposits = Booking.objects.values_list("pk", "price_list__deposit")
    found = {pk: {"deposit": deposit} for pk, deposit in deposits}
    lines = PriceLine.objects.exclude(kind__in=["party", "promotion"])
    for booking, kind, key, amount in lines.values_list("booking_id", "kind", "key", "unit_amount"):
        found[booking][kind, key] = amount
    return found


def changed_prices(before, after):
    """The prices that are not what they were while both times something was booked at them."""
    return {
        (booking, what): (amount, after[booking][what])
        for booking, prices in before.items()
        for what, amount in prices.items()
        if after[booking].get(what, amount) != amount
    }


def miswritten_messages():
    """The kinds of message not written exactly once for each occasion: {kind: (written, occasions)}."""
    # What is emptied has no messages any more.
    emptied = BookingEvent.objects.filter(kind="erased").values("booking")
    told = BookingEvent.objects.exclude(booking__in=emptied)
    events = Counter(told.values_list("kind", flat=True))
    kept = OutboxMessage.objects.exclude(booking__in=emptied)
    messages = Counter(kept.values_list("kind", flat=True))
    cancelled = told.filter(kind="cancelled", booking__placed_at__isnull=False).count()
    at_once = BookingEvent.objects.filter(kind="confirmed", booking=OuterRef("booking"), at=OuterRef("at"))
    # What is paid already is confirmed at once: nobody is told how to pay.
    waiting = told.filter(~Exists(at_once))
    occasions = {
        "placed": waiting.filter(kind="placed").count(),
        "office_new_booking": events["placed"],
        "deposit_received": events["confirmed"],
        "reinstated": waiting.filter(kind="reinstated").count(),
        "office_late_money": events["late_money"],
        "office_transfer_announced": events["transfer_announced"],
        "cancelled": cancelled,
        "office_cancelled": cancelled,
    }
    return {kind: (messages[kind], n) for kind, n in occasions.items() if messages[kind] != n}

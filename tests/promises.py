"""What holds in the database at every moment, as queries for the rows that break it."""

from django.db import connection

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
    "price lines tell of the party and of the extras": """
        SELECT b.id FROM bookings_booking b WHERE
            (SELECT sum(quantity) FROM bookings_priceline WHERE booking_id = b.id AND kind = 'trek')
                IS DISTINCT FROM b.party_size
            OR (SELECT coalesce(sum(quantity), 0) FROM bookings_priceline
                WHERE booking_id = b.id AND kind = 'extra')
                <> (SELECT coalesce(sum(quantity), 0) FROM bookings_bookedextra WHERE booking_id = b.id)
            OR (SELECT count(*) FROM bookings_traveler WHERE booking_id = b.id) <> b.party_size""",
    "a confirmed booking was paid for at least once": """
        SELECT b.id FROM bookings_booking b WHERE b.status = 'confirmed' AND b.due_now >
            (SELECT coalesce(sum(amount), 0) FROM bookings_payment WHERE booking_id = b.id AND amount > 0)""",
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
    return {promise: rows for promise, rows in found.items() if rows}

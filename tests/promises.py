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
    "a charge is what the cancellation of its traveler kept": """
        SELECT c.id FROM bookings_cancellation c WHERE c.traveler_id IS NOT NULL AND c.kept <>
            (SELECT coalesce(sum(quantity * unit_amount), 0) FROM bookings_priceline p
             WHERE p.booking_id = c.booking_id AND p.kind = 'charge' AND p.traveler_id = c.traveler_id)""",
    "a total is never below nothing": """
        SELECT booking_id FROM bookings_priceline GROUP BY booking_id
        HAVING sum(quantity * unit_amount) < 0""",
    "a confirmed booking was paid for at least once": """
        SELECT b.id FROM bookings_booking b WHERE b.status = 'confirmed' AND b.due_now >
            (SELECT coalesce(sum(amount), 0) FROM bookings_payment WHERE booking_id = b.id AND amount > 0)
        AND NOT EXISTS (SELECT 1 FROM bookings_bookingevent e WHERE e.booking_id = b.id
            AND e.kind IN ('traveler_cancelled', 'fares_changed'))""",
    "a cancelled departure carries nobody": """
        SELECT b.id FROM bookings_booking b JOIN bookings_departure d ON d.id = b.departure_id
        WHERE d.status = 'cancelled' AND b.status <> 'cancelled'""",
    "no booking has less than nothing": """
        SELECT booking_id, sum(amount) FROM bookings_payment GROUP BY booking_id HAVING sum(amount) < 0""",
    "what is on its way back is there": """
        SELECT r.booking_id FROM bookings_refund r WHERE r.state = 'sending' GROUP BY r.booking_id
        HAVING sum(r.amount) > (SELECT coalesce(sum(p.amount), 0) FROM bookings_payment p
            WHERE p.booking_id = r.booking_id)""",
    "no more is proposed and sent back than was paid": """
        SELECT r.booking_id FROM bookings_refund r WHERE r.state IN ('proposed', 'sending')
        GROUP BY r.booking_id
        HAVING sum(r.amount) > (SELECT coalesce(sum(p.amount), 0) FROM bookings_payment p
            WHERE p.booking_id = r.booking_id)""",
    "no more goes back through a payment than came by it": """
        SELECT p.id FROM bookings_payment p WHERE p.amount > 0 AND p.amount
            + (SELECT coalesce(sum(b.amount), 0) FROM bookings_payment b WHERE b.pays_back_id = p.id)
            - (SELECT coalesce(sum(r.amount), 0) FROM bookings_refund r
               WHERE r.payment_id = p.id AND r.state IN ('proposed', 'sending')) < 0""",
    "a refund that is done is a payment of less than nothing": """
        SELECT r.id FROM bookings_refund r LEFT JOIN bookings_payment p ON p.submission = r.key
        WHERE (r.state = 'done' AND p.amount IS DISTINCT FROM -r.amount)
            OR (r.state IN ('proposed', 'sending', 'dropped') AND p.id IS NOT NULL)""",
    "a paid attempt is one payment and no other is": """
        SELECT a.id FROM bookings_paymentattempt a LEFT JOIN bookings_payment p ON p.submission = a.key
        WHERE (a.state = 'paid') <> (p.id IS NOT NULL)""",
    "each payment has its constancia": """
        SELECT p.id FROM bookings_payment p LEFT JOIN bookings_receipt r ON r.payment_id = p.id
        WHERE r.id IS NULL""",
    "numbers of constancias have no gap": """
        SELECT s.series, s.year FROM bookings_numberseries s LEFT JOIN bookings_receipt r
            ON r.series = s.series AND r.year = s.year
        GROUP BY s.id HAVING s.last <> count(r.id) OR s.last <> coalesce(max(r.number), 0)""",
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

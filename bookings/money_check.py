"""Whether the money in the database adds up: named queries for the rows that do not, and what they say."""

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import gateways, provider_book
from bookings.gateways.base import GatewayDown

# Name: (the sentence about one row, the query for the rows; its columns stand in the sentence).
CHECKS = {
    "totals": (
        gettext_lazy("The price lines of booking %(booking)s sum to %(total)s USD, less than nothing."),
        """SELECT b.reference AS booking, sum(l.quantity * l.unit_amount) AS total
            FROM bookings_booking b JOIN bookings_priceline l ON l.booking_id = b.id
            GROUP BY b.id HAVING sum(l.quantity * l.unit_amount) < 0""",
    ),
    "paid": (
        gettext_lazy("On booking %(booking)s more went back than came: %(paid)s USD are left."),
        """SELECT b.reference AS booking, sum(p.amount) AS paid
            FROM bookings_booking b JOIN bookings_payment p ON p.booking_id = b.id
            GROUP BY b.id HAVING sum(p.amount) < 0""",
    ),
    "due": (
        gettext_lazy("Of booking %(booking)s %(due)s USD are due first, more than its total of %(total)s."),
        """SELECT b.reference AS booking, b.due_now AS due,
                coalesce(sum(l.quantity * l.unit_amount), 0) AS total
            FROM bookings_booking b LEFT JOIN bookings_priceline l ON l.booking_id = b.id
            WHERE b.placed_at IS NOT NULL
            GROUP BY b.id HAVING b.due_now > coalesce(sum(l.quantity * l.unit_amount), 0)""",
    ),
    "deposits": (
        gettext_lazy("Price list %(id)s asks for a deposit of %(deposit)s USD and a price of %(price)s."),
        "SELECT id, deposit, price FROM bookings_pricelist WHERE deposit > price OR deposit < 0",
    ),
    # Where a fare or a traveler changed after it was confirmed, more may be due than it was confirmed with.
    "confirmed": (
        gettext_lazy("Booking %(booking)s is confirmed, but %(due)s USD were never paid: at most %(most)s."),
        """SELECT b.reference AS booking, b.due_now AS due, coalesce(max(p.running), 0) AS most
            FROM bookings_booking b LEFT JOIN (
                SELECT booking_id, sum(amount) OVER (PARTITION BY booking_id ORDER BY id) AS running
                FROM bookings_payment
            ) p ON p.booking_id = b.id
            WHERE b.status = 'confirmed' AND NOT EXISTS (
                SELECT FROM bookings_bookingevent e JOIN bookings_bookingevent c ON c.booking_id = b.id
                WHERE e.booking_id = b.id AND e.kind IN ('fares_changed', 'traveler_cancelled')
                    AND c.kind = 'confirmed' AND e.id > c.id
            )
            GROUP BY b.id HAVING b.due_now > coalesce(max(p.running), 0)""",
    ),
    "received": (
        gettext_lazy(
            "Payment %(id)s of booking %(booking)s: %(received)s USD were received, but %(amount)s and a "
            "surcharge of %(surcharge)s are written down."
        ),
        """SELECT p.id, b.reference AS booking, p.received_amount AS received, p.amount, p.surcharge
            FROM bookings_payment p JOIN bookings_booking b ON b.id = p.booking_id
            WHERE p.received_currency = 'USD' AND p.received_amount <> p.amount + p.surcharge""",
    ),
    "receipts": (
        gettext_lazy("Payment %(id)s of %(amount)s USD on booking %(booking)s has no constancia."),
        """SELECT p.id, p.amount, b.reference AS booking FROM bookings_payment p
            JOIN bookings_booking b ON b.id = p.booking_id
            LEFT JOIN bookings_receipt r ON r.payment_id = p.id WHERE r.id IS NULL""",
    ),
    "numbers": (
        gettext_lazy(
            "Constancias %(series)s-%(year)s: %(count)s of them, from %(first)s to %(last)s, and the series "
            "counts %(counted)s. A number is missing."
        ),
        """SELECT coalesce(r.series, s.series) AS series, coalesce(r.year, s.year) AS year,
                count(r.id), coalesce(min(r.number), 0) AS first, coalesce(max(r.number), 0) AS last,
                coalesce(max(s.last), 0) AS counted
            FROM bookings_receipt r FULL JOIN bookings_numberseries s
                ON s.series = r.series AND s.year = r.year
            GROUP BY 1, 2
            HAVING count(r.id) <> coalesce(max(r.number), 0) OR coalesce(max(s.last), 0) <> count(r.id)
                OR coalesce(min(r.number), 1) <> 1""",
    ),
    "reversals": (
        gettext_lazy("Constancia %(series)s-%(year)s-%(number)s does not name the one that it reverses."),
        """SELECT r.series, r.year, r.number FROM bookings_receipt r
            JOIN bookings_payment p ON p.id = r.payment_id
            LEFT JOIN bookings_receipt o ON o.payment_id = p.pays_back_id
            WHERE r.reverses_id IS DISTINCT FROM o.id""",
    ),
    "paid back": (
        gettext_lazy("Of payment %(id)s (%(amount)s USD) %(back)s USD went back or are on their way."),
        """SELECT p.id, p.amount, coalesce(n.back, 0) + coalesce(f.back, 0) AS back FROM bookings_payment p
            LEFT JOIN (
                SELECT pays_back_id, -sum(amount) AS back, min(booking_id) AS first, max(booking_id) AS last
                FROM bookings_payment GROUP BY pays_back_id
            ) n ON n.pays_back_id = p.id
            LEFT JOIN (
                SELECT payment_id, sum(amount) AS back FROM bookings_refund
                WHERE state IN ('proposed', 'sending') GROUP BY payment_id
            ) f ON f.payment_id = p.id
            WHERE p.amount > 0 AND (coalesce(n.back, 0) + coalesce(f.back, 0) > p.amount
                OR n.first <> p.booking_id OR n.last <> p.booking_id)""",
    ),
    "going back": (
        gettext_lazy("On booking %(booking)s %(open)s USD are to go back, more than the %(paid)s paid."),
        """SELECT b.reference AS booking, f.open, coalesce(p.paid, 0) AS paid FROM bookings_booking b
            JOIN (
                SELECT booking_id, sum(amount) AS open FROM bookings_refund
                WHERE state IN ('proposed', 'sending') GROUP BY booking_id
            ) f ON f.booking_id = b.id
            LEFT JOIN (
                SELECT booking_id, sum(amount) AS paid FROM bookings_payment GROUP BY booking_id
            ) p ON p.booking_id = b.id
            WHERE f.open > coalesce(p.paid, 0)""",
    ),
    "surcharges": (
        gettext_lazy(
            "On booking %(booking)s more surcharges went back or are to go back than came: %(left)s USD are "
            "left."
        ),
        """SELECT b.reference AS booking, coalesce(p.came, 0) - coalesce(f.open, 0) AS left
            FROM bookings_booking b
            LEFT JOIN (
                SELECT booking_id, sum(surcharge) AS came FROM bookings_payment GROUP BY booking_id
            ) p ON p.booking_id = b.id
            LEFT JOIN (
                SELECT booking_id, sum(surcharge) AS open FROM bookings_refund
                WHERE state IN ('proposed', 'sending') GROUP BY booking_id
            ) f ON f.booking_id = b.id
            WHERE coalesce(p.came, 0) < coalesce(f.open, 0)
            UNION ALL
            SELECT b.reference, p.surcharge + sum(n.surcharge) FROM bookings_payment p
            JOIN bookings_booking b ON b.id = p.booking_id JOIN bookings_payment n ON n.pays_back_id = p.id
            GROUP BY p.id, b.id HAVING p.surcharge + sum(n.surcharge) < 0""",
    ),
    "refunds": (
        gettext_lazy(
            "The refund of %(amount)s USD on booking %(booking)s is “%(state)s”, but its payment does not "
            "fit."
        ),
        """SELECT b.reference AS booking, f.amount, f.state FROM bookings_refund f
            JOIN bookings_booking b ON b.id = f.booking_id
            LEFT JOIN bookings_payment p ON p.submission = f.key
            WHERE (f.state = 'done' AND (p.id IS NULL OR p.amount <> -f.amount OR p.surcharge <> -f.surcharge
                OR p.booking_id <> f.booking_id))
                OR (f.state IN ('proposed', 'sending', 'dropped') AND p.id IS NOT NULL)""",
    ),
    "cards": (
        gettext_lazy("The card payment of %(amount)s USD on booking %(booking)s is “%(state)s” wrongly."),
        """SELECT b.reference AS booking, a.amount, a.state FROM bookings_paymentattempt a
            JOIN bookings_booking b ON b.id = a.booking_id
            LEFT JOIN bookings_payment p ON p.submission = a.key AND p.booking_id = a.booking_id
            WHERE (a.state = 'paid') <> (p.id IS NOT NULL)""",
    ),
    "kept": (
        gettext_lazy("A cancellation of booking %(booking)s keeps %(kept)s USD of %(paid)s paid."),
        """SELECT b.reference AS booking, c.kept, c.paid FROM bookings_cancellation c
            JOIN bookings_booking b ON b.id = c.booking_id WHERE c.kept > greatest(c.paid, 0)""",
    ),
    "charges": (
        gettext_lazy(
            "Booking %(booking)s is charged %(charge)s USD for cancelled travelers; their cancellations keep "
            "%(kept)s."
        ),
        """SELECT b.reference AS booking, coalesce(l.charge, 0) AS charge, coalesce(c.kept, 0) AS kept
            FROM (
                SELECT booking_id, traveler_id, sum(kept) AS kept FROM bookings_cancellation
                WHERE traveler_id IS NOT NULL GROUP BY 1, 2
            ) c FULL JOIN (
                SELECT booking_id, traveler_id, sum(quantity * unit_amount) AS charge
                FROM bookings_priceline WHERE kind = 'charge' GROUP BY 1, 2
            ) l ON l.booking_id = c.booking_id AND l.traveler_id = c.traveler_id
            JOIN bookings_booking b ON b.id = coalesce(c.booking_id, l.booking_id)
            WHERE coalesce(l.charge, 0) <> coalesce(c.kept, 0)""",
    ),
    # The bookings that count are those that have their seats, and those that late money may still confirm.
    "promotions": (
        gettext_lazy("The promotion %(code)s is used by %(used)s bookings, more than its %(limit)s."),
        """SELECT p.code, p."limit", count(b.id) AS used FROM bookings_promotion p
            JOIN bookings_booking b ON b.promotion_id = p.id
            WHERE b.status IN ('pending', 'confirmed')
                OR (b.status = 'on_hold' AND b.expires_at > clock_timestamp())
            GROUP BY p.id HAVING p."limit" < count(b.id)""",
    ),
}


def inner():
    """Where the books differ from themselves, as sentences; empty where all is well."""
    return [sentence for name in CHECKS for sentence in broken(name)]


def broken(name):
    """What one check finds, as sentences."""
    sentence, query = CHECKS[name]
    with connection.cursor() as cursor:
        cursor.execute(query)
        columns = [column.name for column in cursor.description]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor]
    return [str(sentence) % row for row in rows]


def outer(since):
    """Where a provider's book differs from ours since a time: (sentences, what could not be looked at).

    A provider that does not answer is no difference: it is said, and asked again the next day.
    """
    if not gateways.available():
        return [], ""
    try:
        return provider_book.differences(since), ""
    except GatewayDown:
        return [], _("The card provider does not answer: its book was not compared.")

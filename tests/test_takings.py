"""Takings by month and way, money held and due by departure: sums that are the ledger's."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bookings import bars, lifecycle, takings
from bookings.models import Booking, Payment
from tests import factories

pytestmark = pytest.mark.django_db
MONEY = "/admin/bookings/money/"


def backdate(payment, *moment):
    """Let a payment have been written down at a time in Peru, past the trigger that keeps it as it is."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        when = datetime(*moment, tzinfo=timezone.get_current_timezone())
        cursor.execute("UPDATE bookings_payment SET recorded_at = %s WHERE id = %s", [when, payment.pk])
        cursor.execute("SET session_replication_role = DEFAULT")


@pytest.fixture
def books():
    """A confirmed party, one that is overdue, a pending one, a cancelled one with money on our side."""
    confirmed = factories.confirmed(party_size=2)
    overdue = factories.confirmed(party_size=1)
    factories.raw(Booking, overdue, balance_due_on=timezone.localdate() - timedelta(days=1))
    pending = factories.placed(party_size=3)
    cancelled = factories.confirmed(party_size=2)
    factories.pay(cancelled, "880", provider="terminal", surcharge=Decimal("44"), received_amount=924)
    lifecycle.cancel(cancelled.pk, by=lifecycle.office())
    refund = cancelled.refunds.get()
    lifecycle.pay_back_by_hand(refund.pk, by=lifecycle.office(), provider="cash")
    return {"confirmed": confirmed, "overdue": overdue, "pending": pending, "cancelled": cancelled}


def test_months_and_ways_sum_to_the_ledger(books):
    months = takings.of_year(timezone.localdate().year)
    by_way = {way: sum(month.net(way) for month in months) for way in Payment.Provider.values}

    assert sum(by_way.values()) == sum(month.total for month in months) == takings.ledger()
    assert by_way["terminal"] == 880
    assert by_way["cash"] < 0
    assert sum(month.surcharge for month in months) == 44
    assert takings.ledger() == sum(Payment.objects.values_list("amount", flat=True))


def test_month_is_that_of_peru(books):
    payment = books["confirmed"].payments.get()
    # In Greenwich this is the first of May already.
    backdate(payment, 2025, 4, 30, 23, 30)

    months = takings.of_year(2025)

    assert months[3].came == {"transfer": 300} and months[4].came == {}
    assert takings.years() == [timezone.localdate().year, 2025]


def test_where_it_lies_sums_to_the_ledger(books):
    left = books["confirmed"]
    today = timezone.localdate()
    start = left.departure.start_date

    parts = takings.where_it_lies(today)
    later = takings.where_it_lies(start)

    assert sum(parts.values()) == sum(later.values()) == takings.ledger()
    assert parts["to_come"] == 450 and parts["left"] == 0
    assert later["left"] == 450
    assert parts["over"] == books["cancelled"].cancellations.get().kept


def test_balance_due_and_overdue_by_departure(books):
    rows = {row.departure.pk: row for row in takings.to_come(timezone.localdate())}

    confirmed, overdue, pending = (rows[books[n].departure_id] for n in ("confirmed", "overdue", "pending"))
    assert (confirmed.people, confirmed.total, confirmed.held, confirmed.balance) == (2, 1180, 300, 880)
    assert (confirmed.overdue, overdue.overdue) == (0, overdue.balance)
    assert (pending.balance, pending.overdue, pending.due_on) == (1770, 0, None)
    assert books["cancelled"].departure_id not in rows
    assert sum(row.held for row in rows.values()) == takings.where_it_lies(timezone.localdate())["to_come"]


def test_bars_stand_on_the_zero_line_and_fit_the_chart():
    drawn = bars.chart(
        [({"cash": Decimal(300), "transfer": Decimal(100)}, {"cash": Decimal(-100)}), ({}, {})]
    )

    zero = float(drawn["zero"])
    above = [bar for bar in drawn["bars"] if float(bar.y) < zero]
    below = [bar for bar in drawn["bars"] if float(bar.y) >= zero]
    assert sum(float(bar.height) for bar in above) == pytest.approx(
        4 * sum(float(b.height) for b in below), 0.01
    )
    assert min(float(bar.y) for bar in above) >= bars.TOP
    assert max(float(bar.y) + float(bar.height) for bar in below) <= bars.HEIGHT - bars.BOTTOM + 1
    assert drawn["places"] == ["25.00%", "75.00%"]
    assert bars.chart([({}, {})])["bars"] == []


def test_page_shows_chart_and_table_and_costs_the_same_for_more(office, books):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            page = office.get(MONEY)
        assert page.status_code == 200
        return len(captured), page.content.decode()

    queries()
    one, html = queries()
    factories.confirmed(), factories.confirmed()

    assert queries()[0] == one <= 12
    assert 'class="way-transfer"' in html and 'role="img"' in html
    assert " style=" not in html and "<style" not in html
    assert "$880" in html and "overdue" in html


def test_page_speaks_spanish_with_the_same_geometry(office, books):
    office.post("/admin/language/", {"language": "es", "next": MONEY})

    html = office.get(MONEY).content.decode()

    assert 'lang="es"' in html
    assert '%"' in html and 'x="50,' not in html and ",0%" not in html
    assert office.get(MONEY, {"year": "x"}).status_code == 200

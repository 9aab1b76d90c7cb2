"""What came and went by month and way, and where the money lies: sums over the ledger, in USD."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from bookings import prices, seats
from bookings.models import Booking, Departure, Payment, takes_seats

NOTHING = Decimal(0)


@dataclass
class Month:
    """One month in Peru: what came and what went back (less than nothing), by way; surcharges apart."""

    first: date
    came: dict = field(default_factory=dict)
    back: dict = field(default_factory=dict)
    surcharge: Decimal = NOTHING

    def net(self, way):
        """What came by one way less what went back."""
        return self.came.get(way, NOTHING) + self.back.get(way, NOTHING)

    @property
    def total(self):
        """What came less what went back."""
        return sum(self.came.values(), NOTHING) + sum(self.back.values(), NOTHING)


def years():
    """The years in which money was written down, the latest first; this one at least."""
    found = {day.year for day in Payment.objects.datetimes("recorded_at", "year")}
    return sorted(found | {timezone.localdate().year}, reverse=True)


def of_year(year):
    """The twelve months of a year in Peru, as Months; one query."""
    months = {month: Month(date(year, month, 1)) for month in range(1, 13)}
    rows = (
        Payment.objects.filter(recorded_at__year=year)
        .annotate(month=TruncMonth("recorded_at"))
        .order_by()
        .values("month", "provider")
        .annotate(
            came=Sum("amount", filter=Q(amount__gt=0)),
            back=Sum("amount", filter=Q(amount__lt=0)),
            more=Sum("surcharge"),
        )
    )
    for row in rows:
        month = months[row["month"].month]
        month.came[row["provider"]] = row["came"] or NOTHING
        month.back[row["provider"]] = row["back"] or NOTHING
        month.surcharge += row["more"]
    return list(months.values())


def ledger():
    """All that was ever paid less all that went back, without surcharges."""
    return Payment.objects.aggregate(sum=Sum("amount"))["sum"] or NOTHING


@dataclass
class DepartureMoney:
    """The money of one departure's placed bookings that have their seats."""

    departure: Departure
    people: int = 0
    total: Decimal = NOTHING
    held: Decimal = NOTHING
    balance: Decimal = NOTHING
    overdue: Decimal = NOTHING
    due_on: date | None = None

    def add(self, booking, today):
        """One more booking, with `total_amount` and `paid_amount`."""
        still_open = max(booking.total_amount - booking.paid_amount, NOTHING)
        self.people += booking.party_size
        self.total += booking.total_amount
        self.held += booking.paid_amount
        self.balance += still_open
        if still_open and booking.status == Booking.Status.CONFIRMED:
            self.due_on = min(self.due_on or booking.balance_due_on, booking.balance_due_on)
            self.overdue += still_open if booking.balance_due_on < today else NOTHING


def to_come(today):
    """The departures after today on which somebody is booked, as DepartureMoney, the nearest first."""
    rows = prices.with_money(Booking.objects.filter(takes_seats(seats.clock()), status__in=Booking.PLACED))
    rows = rows.filter(departure__start_date__gt=today).select_related("departure__trek")
    found = {}
    for booking in rows.order_by("departure__start_date", "departure_id", "pk"):
        departure = booking.departure
        found.setdefault(departure.pk, DepartureMoney(departure)).add(booking, today)
    return list(found.values())


def where_it_lies(today):
    """The ledger in three parts: for departures to come, for those that have left, on bookings that are over.

    Returns {"to_come", "left", "over"}; their sum is the ledger.
    """
    alive = takes_seats(seats.clock())
    coming = Q(departure__start_date__gt=today)
    sums = prices.with_money(Booking.objects.all()).aggregate(
        to_come=Sum("paid_amount", filter=alive & coming),
        left=Sum("paid_amount", filter=alive & ~coming),
        over=Sum("paid_amount", filter=~alive),
    )
    return {name: amount or NOTHING for name, amount in sums.items()}

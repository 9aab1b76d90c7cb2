"""Sums over price lines and payments, and the one rounding. Amounts are Decimal US dollars."""

from decimal import ROUND_HALF_UP, Decimal

from django.db.models import DecimalField, F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from bookings.models import Payment, PriceLine

CENT = Decimal("0.01")
MONEY = DecimalField(max_digits=12, decimal_places=2)


def rounded(amount):
    """The one rounding of the project: to the cent, half a cent away from zero."""
    return Decimal(amount).quantize(CENT, ROUND_HALF_UP)


def total(booking):
    """The sum of the booking's price lines."""
    return booking.price_lines.aggregate(
        sum=Coalesce(Sum(F("quantity") * F("unit_amount")), Value(0), output_field=MONEY)
    )["sum"]


def paid(booking):
    """What came less what went back, without surcharges."""
    return booking.payments.aggregate(sum=Coalesce(Sum("amount"), Value(0), output_field=MONEY))["sum"]


def with_money(bookings):
    """The bookings with `total_amount` and `paid_amount`, summed in the same query."""
    return bookings.annotate(
        total_amount=_sum(PriceLine, F("quantity") * F("unit_amount")),
        paid_amount=_sum(Payment, F("amount")),
    )


def _sum(model, expression):
    rows = model.objects.filter(booking=OuterRef("pk")).order_by().values("booking")
    return Coalesce(Subquery(rows.annotate(sum=Sum(expression)).values("sum")), Value(0), output_field=MONEY)

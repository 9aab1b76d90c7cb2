"""What a booking costs: price lines, their sum, what is due now and later. Amounts are Decimal US dollars."""

from decimal import ROUND_HALF_UP, Decimal

from django.db.models import DecimalField, F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import override

from .models import Payment, PriceLine

CENT = Decimal("0.01")
MONEY = DecimalField(max_digits=12, decimal_places=2)


def rounded(amount):
    """The one rounding of the project: to the cent, half a cent away from zero."""
    return Decimal(amount).quantize(CENT, ROUND_HALF_UP)


def trek_line(booking, unit_amount):
    """The (unsaved) line for the seats themselves."""
    with override(booking.language):
        label = booking.departure.trek.short_name
    return PriceLine(
        booking=booking,
        kind=PriceLine.Kind.TREK,
        label=label,
        quantity=booking.party_size,
        unit_amount=rounded(unit_amount),
    )


def extra_line(booking, offer, quantity):
    """The (unsaved) line for an offered extra."""
    with override(booking.language):
        label = offer.extra.name
    return PriceLine(
        booking=booking,
        kind=PriceLine.Kind.EXTRA,
        label=label,
        quantity=quantity,
        unit_amount=rounded(offer.current_price),
    )


def total(booking):
    """The sum of the booking's price lines."""
    return booking.price_lines.aggregate(
        sum=Coalesce(Sum(F("quantity") * F("unit_amount")), Value(0), output_field=MONEY)
    )["sum"]


def paid(booking):
    """What came less what went back, without surcharges."""
    return booking.payments.aggregate(sum=Coalesce(Sum("amount"), Value(0), output_field=MONEY))["sum"]


def due_now(booking, total_amount, today):
    """What is to be paid now: the deposit as it was held, or all of it once the balance's day has come."""
    if today >= balance_due_on(booking.departure):
        return total_amount
    return min(booking.deposit * booking.party_size, total_amount)


def balance_due_on(departure):
    """The last day for the balance, a date in Peru."""
    return departure.balance_due_on


def with_money(bookings):
    """The bookings with `total_amount` and `paid_amount`, summed in the same query."""
    return bookings.annotate(
        total_amount=_sum(PriceLine, F("quantity") * F("unit_amount")),
        paid_amount=_sum(Payment, F("amount")),
    )


def _sum(model, expression):
    rows = model.objects.filter(booking=OuterRef("pk")).order_by().values("booking")
    return Coalesce(Subquery(rows.annotate(sum=Sum(expression)).values("sum")), Value(0), output_field=MONEY)

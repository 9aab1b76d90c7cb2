"""Plain functions that make the rows of money: fares, promotions, card payments, refunds."""

from datetime import timedelta
from decimal import Decimal
from itertools import count

import factories
from django.db.models import F, Sum
from django.utils import timezone

from bookings import lifecycle
from bookings.models import Promotion, RefundBand, RefundPolicy
from treks.models import Fare, PartyRate

OFFICE = lifecycle.office()
_number = count(1)


def make_fare(trek, fare_class="child", reduction="100.00", **fields):
    """A reduced fare of a trek."""
    return Fare.objects.create(trek=trek, fare_class=fare_class, reduction=Decimal(reduction), **fields)


def make_party_rate(trek, people=4, reduction="40.00"):
    """From so many people on each pays so much less."""
    return PartyRate.objects.create(trek=trek, people=people, reduction=Decimal(reduction))


def make_promotion(code="PUNA", **fields):
    """A promotion that is open today; 10 percent where nothing is said."""
    today = timezone.localdate()
    usual = {"starts_on": today - timedelta(days=5), "ends_on": today + timedelta(days=5)}
    if "amount" not in fields:
        usual["percent"] = 10
    return Promotion.objects.create(code=code, **usual | fields)


def make_policy(*bands):
    """A newer refund policy of (days before, percent); the demo's where nothing is said."""
    policy = RefundPolicy.objects.create(version=f"policy-{next(_number)}")
    for days_before, percent in bands or ((60, 0), (30, 50), (15, 75), (0, 100)):
        RefundBand.objects.create(policy=policy, days_before=days_before, percent=percent)
    return policy


def departure_in(days, trek=None, **fields):
    """A departure so many days from today, under the demo's policy: balance 60 days before."""
    departure = factories.make_departure(trek, starts_in=days, **fields)
    make_policy()
    return departure


def set_fares(booking, *fare_classes):
    """Give a hold these fares, one for each traveler."""
    people = factories.people(booking.party_size)
    fares = [{**person, "fare_class": fare} for person, fare in zip(people, fare_classes, strict=True)]
    return lifecycle.set_travelers(booking.pk, fares)


def start_card(booking, amount, **options):
    """A card payment whose page is open at the provider."""
    attempt = lifecycle.start_card(booking.pk, Decimal(amount), "stripe", **options)
    return lifecycle.note_session(attempt.pk, f"cs_{attempt.pk}", "https://pay.example/")


def card_paid(attempt):
    """The provider says that it was paid."""
    return lifecycle.note_paid(attempt.pk, charged=attempt.charged, reference=f"pi_{attempt.pk}")


def pay_by_card(booking, amount, **options):
    """Money that came by card."""
    return card_paid(start_card(booking, amount, **options))


def open_refunds(booking):
    """The refunds that are not over, as (state, amount, by card), in the order they were made."""
    rows = booking.refunds.filter(state__in=["proposed", "sending"]).order_by("pk")
    return [(row.state, row.amount, row.payment_id is not None) for row in rows]


def lines(booking):
    """The price lines as (kind, key, quantity, each)."""
    return list(booking.price_lines.values_list("kind", "key", "quantity", "unit_amount"))


def sum_of_lines(booking):
    """The total by a query of its own."""
    return booking.price_lines.aggregate(sum=Sum(F("quantity") * F("unit_amount")))["sum"] or Decimal(0)

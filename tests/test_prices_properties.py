"""Whatever the prices, the party, the extras and the promotion: the sums of the lines hold."""

from decimal import Decimal

import pytest

from bookings import prices
from bookings.models import PriceLine, PriceList, Promotion
from treks.models import FareClass

hypothesis = pytest.importorskip("hypothesis", reason="needs hypothesis (tests/requirements.txt)")
from hypothesis import given  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

Kind = PriceLine.Kind
SLUGS = ("bag", "tent", "horse", "room", "guide", "ticket")
cents = st.integers(1, 200_000).map(lambda number: Decimal(number) / 100)


@st.composite
def price_lists(draw):
    """Reductions may be larger than the price: staff can type what they like."""
    price = draw(cents)
    return PriceList(
        price=price,
        deposit=draw(st.integers(1, int(price * 100))) / Decimal(100),
        reductions=amounts(draw(st.dictionaries(st.sampled_from(FareClass.values[1:]), cents))),
        party_rates=amounts(draw(st.dictionaries(st.integers(2, 40).map(str), cents, max_size=4))),
        extras=amounts({slug: draw(cents) for slug in SLUGS}),
    )


def amounts(found):
    return {key: f"{amount:.2f}" for key, amount in found.items()}


parties = st.lists(st.sampled_from(FareClass.values), max_size=100)
chosen = st.dictionaries(st.sampled_from(SLUGS), st.integers(1, 400)).map(lambda found: list(found.items()))
promotions = st.one_of(
    st.none(),
    st.integers(1, 100).map(lambda percent: Promotion(code="PUNA", percent=percent)),
    cents.map(lambda amount: Promotion(code="PUNA", amount=amount)),
)


def summed(lines, *kinds):
    return sum((line.amount for line in lines if not kinds or line.kind in kinds), Decimal(0))


@given(price_lists(), parties, chosen, promotions)
def test_lines_are_whole_cents_and_never_sum_to_less_than_nothing(price_list, people, extras, promotion):
    lines = prices.lines_of(price_list, people, extras, promotion)

    assert summed(lines) >= 0
    assert summed(lines, Kind.TREK, Kind.PARTY, Kind.PROMOTION) >= 0
    assert all(line.quantity >= 1 and prices.rounded(line.unit_amount) == line.unit_amount for line in lines)
    assert sum(line.quantity for line in lines if line.kind == Kind.TREK) == len(people)


@given(price_lists(), parties, chosen, promotions)
def test_every_person_and_every_extra_is_charged_once(price_list, people, extras, promotion):
    lines = prices.lines_of(price_list, people, extras, promotion)

    reached = [int(size) for size in price_list.party_rates if int(size) <= len(people)]
    less = Decimal(price_list.party_rates[str(max(reached))]) if reached else Decimal(0)
    fares = [price_list.price - Decimal(price_list.reductions.get(fare, 0)) for fare in people]
    assert summed(lines, Kind.TREK) == sum((max(fare, Decimal(0)) for fare in fares), Decimal(0))
    assert summed(lines, Kind.TREK, Kind.PARTY) == sum((max(max(f, 0) - less, 0) for f in fares), Decimal(0))
    assert summed(lines, Kind.EXTRA) == sum(
        (Decimal(price_list.extras[slug]) * quantity for slug, quantity in extras), Decimal(0)
    )


@given(price_lists(), parties, chosen, promotions)
def test_promotion_takes_off_the_seats_what_it_says_and_no_more(price_list, people, extras, promotion):
    lines = prices.lines_of(price_list, people, extras, promotion)

    base, less = summed(lines, Kind.TREK, Kind.PARTY), -summed(lines, Kind.PROMOTION)
    assert 0 <= less <= base
    if promotion and promotion.percent:
        assert abs(less - base * promotion.percent / 100) <= Decimal("0.005")
    if promotion and promotion.amount:
        assert less == min(promotion.amount, base)


@given(price_lists(), parties, chosen, promotions)
def test_deposit_and_balance_are_the_total(price_list, people, extras, promotion):
    total = summed(prices.lines_of(price_list, people, extras, promotion))

    deposit = prices.deposit(price_list, len(people), total)

    assert 0 <= deposit <= total
    assert deposit == min(price_list.deposit * len(people), total)


@given(price_lists(), st.lists(st.sampled_from(FareClass.values), min_size=1, max_size=40), promotions)
def test_order_of_the_travelers_changes_nothing(price_list, people, promotion):
    assert prices.lines_of(price_list, people, (), promotion) == prices.lines_of(
        price_list, people[::-1], (), promotion
    )

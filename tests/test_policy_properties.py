"""Refunds for any bands, prices, payments and days: never below nothing, never above what was paid."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bookings.policy import Standing, outcome, refund_days

hypothesis = pytest.importorskip("hypothesis", reason="needs hypothesis (tests/requirements.txt)")
from hypothesis import given  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

START = date(2027, 6, 1)
cents = st.integers(0, 500_000).map(lambda number: Decimal(number) / 100)
days = st.integers(0, 250)


@st.composite
def policies(draw):
    """Rows as of `policy.bands`; staff may leave days out at the end, and let a later band keep less."""
    firsts = sorted(draw(st.sets(st.integers(0, 120), max_size=5)), reverse=True)
    uppers = [None, *(first - 1 for first in firsts)]
    percents = draw(st.lists(st.integers(0, 100), min_size=len(firsts), max_size=len(firsts)))
    return list(zip(firsts, uppers, percents, strict=False))


@st.composite
def standings(draw):
    total = draw(cents)
    deposit = min(draw(cents), total)
    return Standing(
        total=total,
        deposit=deposit,
        due_first=draw(st.sampled_from([deposit, total])),
        balance_due_on=START - timedelta(days=draw(days)),
        start=START,
        paid=draw(cents),
        sunk=draw(st.one_of(st.just(Decimal(0)), cents)),
        before=draw(st.one_of(st.just(Decimal(0)), cents)),
    )


@given(policies(), standings(), days, st.booleans())
def test_refund_is_never_below_nothing_nor_above_what_was_paid(rows, standing, before, by_us):
    found = outcome(rows, standing, START - timedelta(days=before), by_us=by_us)

    assert 0 <= found.refund <= standing.paid
    assert found.kept + found.refund == standing.paid
    assert 0 <= found.charge <= standing.total
    assert not by_us or found.refund == standing.paid


@given(policies(), standings(), days)
def test_charge_is_within_what_had_fallen_due_and_kept_covers_charge_and_costs(rows, standing, before):
    day = START - timedelta(days=before)

    found = outcome(rows, standing, day)

    if day <= standing.balance_due_on:
        assert found.charge <= standing.due_first
    assert found.kept == min(standing.before + max(found.charge, standing.sunk), standing.paid)


@given(policies(), standings(), days, cents)
def test_paying_before_a_date_never_costs_more_than_paying_on_it(rows, standing, before, more):
    """Who has paid more by the day of the cancellation loses no more than who paid just what was due."""
    day = START - timedelta(days=before)
    due = standing.total if day > standing.balance_due_on else standing.due_first
    standing = replace(standing, before=Decimal(0), sunk=Decimal(0))
    punctual, early = replace(standing, paid=due), replace(standing, paid=due + more)

    lost = [outcome(rows, who, day).kept for who in (punctual, early)]

    assert lost[0] == lost[1]


@given(policies(), standings(), days, cents)
def test_paying_more_never_gives_less_back(rows, standing, before, more):
    day = START - timedelta(days=before)
    richer = replace(standing, paid=standing.paid + more)

    assert outcome(rows, richer, day).refund >= outcome(rows, standing, day).refund


@given(policies(), standings(), st.integers(-5, 250))
def test_table_covers_every_day_without_a_gap_and_agrees_with_the_outcome(rows, standing, before):
    today = START - timedelta(days=before)

    spans = refund_days(rows, standing, today)

    told = {}
    for first, last, refund in spans:
        assert first <= last
        told |= {first + timedelta(days=n): refund for n in range((last - first).days + 1)}
    every_day = [today + timedelta(days=n) for n in range(max(before, 0))]
    assert list(told) == every_day
    assert all(told[day] == outcome(rows, standing, day).refund for day in every_day)
    assert all(one[2] != two[2] for one, two in zip(spans, spans[1:], strict=False))

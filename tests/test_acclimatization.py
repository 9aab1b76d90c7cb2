"""The acclimatization check: two rows of the table, plans that help, and a page that asks no health."""

from datetime import date, timedelta

import pytest

from treks.acclimatization import (
    Base,
    Risk,
    better_plans,
    check,
    earliest_start,
    lacks_extra_night,
    nights_needed,
    risk_of_first_night,
    stays_of,
)

START = date(2027, 5, 10)
CLASSIC = [(1, "Huacahuasi", 3800), (2, "Ipsaycocha", 4200), (3, "Aguas Calientes", 2040)]
EXPRESS = [(1, "Huacahuasi", 3800), (2, "Aguas Calientes", 2040)]
HUARAN = [(1, "Cancha Cancha", 3900), (2, "Quishuarani", 3700)]


def checked(base, nights, beds=CLASSIC):
    """The check of so many nights before the start."""
    return check(base, START - timedelta(days=nights), START, beds)


@pytest.mark.parametrize(
    ("altitude", "risk"),
    [(2799, Risk.LOW), (2800, Risk.MODERATE), (3500, Risk.MODERATE), (3501, Risk.HIGH)],
)
def test_first_night_follows_the_limits_of_the_table(altitude, risk):
    assert risk_of_first_night(altitude) == risk


@pytest.mark.parametrize(
    ("base", "nights", "beds", "first", "rise"),
    [
        # Worked in the facts: Cusco on day 1 is moderate, the classic rises by 401 and 400 m.
        (Base.CUSCO, 2, CLASSIC, Risk.MODERATE, Risk.LOW),
        # Slow, but 1,200 m above 3,000 without an extra night: the table leaves it open.
        (Base.CUSCO, 1, CLASSIC, Risk.MODERATE, Risk.MODERATE),
        (Base.CUSCO, 1, EXPRESS, Risk.MODERATE, Risk.LOW),
        # 501 m to Cancha Cancha, after an extra night in Cusco, and without one.
        (Base.CUSCO, 2, HUARAN, Risk.MODERATE, Risk.MODERATE),
        (Base.CUSCO, 1, HUARAN, Risk.MODERATE, Risk.HIGH),
        (Base.VALLEY_FIRST, 3, CLASSIC, Risk.LOW, Risk.LOW),
        (Base.OLLANTAYTAMBO, 5, CLASSIC, Risk.LOW, Risk.HIGH),
        (Base.OLLANTAYTAMBO, 5, EXPRESS, Risk.LOW, Risk.HIGH),
        (Base.PISAC, 3, CLASSIC, Risk.MODERATE, Risk.HIGH),
        (Base.LOWER, 3, CLASSIC, Risk.HIGH, Risk.HIGH),
    ],
)
def test_check_reads_both_rows_and_the_worse_counts(base, nights, beds, first, rise):
    plan = checked(base, nights, beds)

    assert (plan.first_risk, plan.rise_risk, plan.risk) == (first, rise, max(first, rise))


def test_rise_of_exactly_500_is_within_the_rule():
    slow = checked(Base.CUSCO, 2, [(1, "Camp", 3899)])
    fast = checked(Base.CUSCO, 2, [(1, "Camp", 3900)])

    assert (slow.rise_risk, fast.rise_risk) == (Risk.LOW, Risk.MODERATE)


def test_extra_night_is_due_after_1000_meters():
    def lacking(*altitudes):
        nights = check(Base.LOWER, START, START, [(n, "Camp", m) for n, m in enumerate(altitudes, 1)]).steps
        return lacks_extra_night(nights)

    assert not lacking(3400, 3700, 4000)
    assert lacking(3400, 3700, 4001)
    assert not lacking(3400, 3700, 3700, 4100)


def test_only_the_rise_above_3000_meters_counts():
    step = checked(Base.OLLANTAYTAMBO, 1).steps[1]

    assert (step.rise_m, step.watched_m) == (1008, 800)


def test_check_without_any_night_is_low_and_not_enough():
    plan = checked(Base.LOWER, 3, beds=[])

    assert plan.first is None
    assert (plan.risk, plan.is_enough) == (Risk.LOW, False)


def test_two_days_in_cusco_are_asked_for_whatever_the_table_says():
    valley_only = checked(Base.OLLANTAYTAMBO, 6, [(1, "Camp", 2900)])

    assert valley_only.risk == Risk.LOW
    assert not valley_only.is_enough
    assert checked(Base.CUSCO, 2).is_enough
    assert not checked(Base.CUSCO, 1).is_enough
    assert (nights_needed(0), nights_needed(3)) == (2, 3)


@pytest.mark.parametrize("base", list(Base))
@pytest.mark.parametrize("nights", range(6))
def test_plans_never_have_fewer_than_two_nights_in_cusco_nor_more_risk(base, nights):
    current = checked(base, nights)

    plans = better_plans(current, CLASSIC, today=date(2027, 1, 1))

    for plan in plans:
        assert plan.nights_in_cusco >= 2
        assert plan.risk <= current.risk
        assert plan.arrival <= current.arrival
        assert plan.start == current.start
    assert plans or current.is_enough


def test_plans_offer_an_earlier_arrival_and_a_night_in_the_valley():
    plans = better_plans(checked(Base.CUSCO, 1), CLASSIC, today=date(2027, 1, 1))

    found = [(plan.base, plan.arrival, plan.risk) for plan in plans]
    assert found == [
        (Base.VALLEY_FIRST, date(2027, 5, 7), Risk.LOW),
        (Base.CUSCO, date(2027, 5, 8), Risk.MODERATE),
        (Base.CUSCO, date(2027, 5, 7), Risk.MODERATE),
    ]


def test_plans_do_not_begin_in_the_past():
    plans = better_plans(checked(Base.CUSCO, 1), CLASSIC, today=date(2027, 5, 8))

    assert [plan.arrival for plan in plans] == [date(2027, 5, 8)]


def test_plans_keep_somebody_who_has_time_where_the_first_night_is_lower():
    plans = better_plans(checked(Base.CUSCO, 6), CLASSIC, today=date(2027, 1, 1))

    assert [(plan.base, plan.arrival, plan.risk) for plan in plans] == [
        (Base.VALLEY_FIRST, START - timedelta(days=6), Risk.LOW)
    ]


def test_earliest_start_leaves_the_nights_in_cusco_whole():
    arrival = date(2027, 5, 1)

    assert earliest_start(Base.CUSCO, arrival, 2) == date(2027, 5, 3)
    assert earliest_start(Base.VALLEY_FIRST, arrival, 2) == date(2027, 5, 4)
    assert earliest_start(Base.LOWER, arrival, 3) == date(2027, 5, 4)


def test_earlier_illness_only_raises_the_risk():
    assert checked(Base.VALLEY_FIRST, 3).after_severe_illness == Risk.MODERATE
    assert checked(Base.LOWER, 3).after_severe_illness == Risk.HIGH


def test_stays_put_the_nights_in_one_bed_together():
    stays = stays_of(checked(Base.VALLEY_FIRST, 4).steps)

    assert [(stay.first.place, len(stay.steps), stay.extra_nights) for stay in stays] == [
        ("Ollantaytambo", 1, 0),
        ("Cusco", 3, 2),
        ("Huacahuasi", 1, 0),
        ("Ipsaycocha", 1, 0),
        ("Aguas Calientes", 1, 0),
    ]

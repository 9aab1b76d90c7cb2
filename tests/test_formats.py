"""Figures become text in one place, in both languages."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.utils.translation import override

from lares.templatetags import formats


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (Decimal("640.00"), "USD", "$640"),
        (Decimal("12.50"), "USD", "$12.50"),
        (Decimal("-20"), "USD", "−$20"),
        (Decimal("15"), "PEN", "S/15"),
        (2560, "USD", "$2,560"),
        (None, "USD", ""),
    ],
)
def test_money_shows_cents_only_where_there_are_some(amount, currency, text):
    assert formats.money(amount, currency) == text


def test_each_multiplies_by_the_party():
    assert formats.each(Decimal("640.00"), 4) == "$2,560"


@pytest.mark.parametrize(("language", "text"), [("en", "4,450\u00a0m"), ("es", "4450\u00a0m")])
def test_altitude_is_grouped_as_the_language_wants(language, text):
    with override(language):
        assert formats.altitude(4450) == text


def test_money_in_spanish_is_grouped_with_a_space_from_five_digits():
    with override("es"):
        assert formats.money(2560) == "$2560"
        assert formats.money(12560) == "$12\u00a0560"


@pytest.mark.parametrize(
    ("meters", "text"), [(401, "+401\u00a0m"), (-2160, "−2,160\u00a0m"), (0, "±0\u00a0m")]
)
def test_rise_carries_its_sign(meters, text):
    assert formats.rise(meters) == text


def test_fall_is_a_negative_rise():
    assert formats.fall(1150) == "−1,150\u00a0m"


@pytest.mark.parametrize(("distance", "text"), [(Decimal("9.0"), "9\u00a0km"), (14.5, "14.5\u00a0km")])
def test_km_drops_an_empty_decimal(distance, text):
    assert formats.km(distance) == text


@pytest.mark.parametrize(
    ("degrees", "text"), [(Decimal("-4.2"), "−4\u00a0°C"), (Decimal("0.8"), "1\u00a0°C")]
)
def test_celsius_is_whole(degrees, text):
    assert formats.celsius(degrees) == text


def test_hours_is_a_span_or_one_figure():
    assert formats.hours(Decimal("3.5"), Decimal("5.0")) == "3.5–\u20605\u00a0h"
    assert formats.hours(4, 4) == "4\u00a0h"


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        (Decimal("1.7"), "1\u00a0h 40\u00a0min"),
        (4, "4\u00a0h"),
        (Decimal("0.45"), "25\u00a0min"),
        (0, "0\u00a0min"),
    ],
)
def test_duration_is_rounded_to_five_minutes(hours, text):
    assert formats.duration(hours) == text


def test_clock_has_twenty_four_hours():
    assert formats.clock(time(5, 30)) == "05:30"


@pytest.mark.parametrize(
    ("end", "text"),
    [
        (date(2027, 4, 5), "Mon 5 April 2027"),
        (date(2027, 4, 8), "Mon 5 to Thu 8 April 2027"),
        (date(2027, 5, 1), "Mon 5 April to Sat 1 May 2027"),
        (date(2028, 1, 1), "Mon 5 April 2027 to Sat 1 January 2028"),
    ],
)
def test_date_span_says_once_what_is_shared(end, text):
    assert formats.date_span(date(2027, 4, 5), end) == text


def test_dates_in_spanish():
    with override("es"):
        assert formats.long_day(date(2027, 4, 5)).lower() == "lun 5 de abril de 2027"


def test_months_come_from_dates_and_numbers():
    assert formats.month(4) == "April"
    assert formats.short_month(date(2027, 10, 1)) == "Oct"


def test_words_for_numbers():
    assert formats.seats_left(1) == "1 seat left"
    assert formats.seats_left(4) == "4 seats left"
    assert formats.days_count(4) == "4\u00a0days"


def test_addresses_of_a_phone():
    assert formats.tel("+51 84 000-000") == "tel:+5184000000"
    assert formats.whatsapp("+51 900 000 000") == "https://wa.me/51900000000"


def test_lines_leaves_out_empty_ones():
    assert formats.lines("one\n\n two \n") == ["one", "two"]


def test_glued_ties_figures_to_their_units_and_leaves_the_rest():
    text = (
        "At 4,400 m, 7 kg, −4 °C, 50 % and 2 h; 3 days for USD 640; 4 mules, 3 hours; 40 × 35 cm; "
        "1 h 30 min on day 2."
    )

    assert formats.glued(text) == (
        "At 4,400\u00a0m, 7\u00a0kg, −4\u00a0°C, 50\u00a0% and 2\u00a0h; 3\u00a0days for USD\u00a0640; "
        "4 mules, 3 hours; 40\u00a0×\u00a035\u00a0cm; 1\u00a0h\u00a030\u00a0min on day\u00a02."
    )


def test_glued_keeps_words_with_figures_whole_but_no_address_and_no_range():
    text = 'The 4-day <a href="/4-day/">trek</a>, route 2-A, an e-mail, 10-12, the-end.'

    assert formats.glued(text) == (
        'The 4\u2011day <a href="/4-day/">trek</a>, route 2\u2011A, an e\u2011mail, 10-12, the-end.'
    )


def test_numbers_to_copy_stay_whole_and_words_are_escaped():
    assert formats.numbers_whole("Account <USD>: 000-12-0") == (
        'Account &lt;USD&gt;: <span class="whole">000-12-0</span>'
    )

"""Figures as text: the only place where money, altitudes, distances, hours and dates get their form."""

from datetime import date as calendar_date
from datetime import timedelta
from decimal import Decimal
from re import compile as pattern

from django import template
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext, ngettext, pgettext

register = template.Library()

# Keeps a figure and its unit on one line.
GLUE = "\u00a0"
# Keeps the two ends of a range on one line.
JOINER = "\u2060"
MINUS = "\u2212"
UNIT = pattern(
    r"(?<=\d) (?=(?:[ckm]?m|kg|°C|h|min|%|days?|días?)(?!\w)|×)| (?=– )"
    r"|(?:(?<=×)|(?<=\bUSD)|(?<=\d h)|(?<=\b[Dd]ay)|(?<=\bdía)) (?=\d)"
)
# The 4-day trek, route 2-A, e-mail; an address inside a mark keeps its plain hyphens.
HYPHEN = pattern(r"(?:(?<=\d)|(?<=\be))-(?=[^\W\d])(?![^<>]*>)")
WHOLE_HYPHEN = "\u2011"


def grouped(number):
    """Digits in groups of three: 4,450 in English; in Spanish only from five digits on, with a space."""
    if get_language() == "es":
        return f"{number:,}".replace(",", GLUE) if abs(number) >= 10_000 else str(number)
    return f"{number:,}"


def trimmed(number):
    """A number with at most one decimal, which is left out where it is zero."""
    rounded = Decimal(str(number)).quantize(Decimal("0.1"))
    return f"{rounded:f}".removesuffix(".0")


@register.filter
def money(amount, currency="USD"):
    """An amount with its sign, cents only where there are some: $640, $12.50, S/15, −$20."""
    if amount is None:
        return ""
    amount = Decimal(str(amount))
    sign = MINUS if amount < 0 else ""
    mark = {"USD": "$", "PEN": "S/"}.get(currency, f"{currency}{GLUE}")
    whole, cents = divmod(abs(amount).quantize(Decimal("0.01")), 1)
    tail = f".{int(cents * 100):02}" if cents else ""
    return f"{sign}{mark}{grouped(int(whole))}{tail}"


@register.filter
def each(amount, people):
    """The amount for a number of people."""
    return money(Decimal(str(amount)) * int(people))


@register.filter
def altitude(meters):
    """Meters above the sea: 4,450 m."""
    return "" if meters is None else f"{grouped(int(meters))}{GLUE}m"


@register.filter
def rise(meters):
    """A difference of altitude with its sign: +401 m, −2,160 m."""
    if meters is None:
        return ""
    sign = "+" if meters > 0 else MINUS if meters < 0 else "±"
    return f"{sign}{grouped(abs(int(meters)))}{GLUE}m"


@register.filter
def fall(meters):
    """Meters downhill, given without a sign: −1,150 m."""
    return "" if meters is None else rise(-meters)


def tied(text):
    """Running text with a space that does not break between a figure and its unit: 4,400 m."""
    return UNIT.sub(GLUE, str(text))


@register.filter(is_safe=True)
def glued(text):
    """Running text with its figures tied to their units: “4,400 m” and “4-day” never break in two."""
    return HYPHEN.sub(WHOLE_HYPHEN, tied(text))


@register.filter
def apostrophes(text):
    """Typed apostrophes as printed ones: p’unchay."""
    return str(text).replace("'", "’")


@register.filter
def km(distance):
    """Kilometers: 9 km, 14.5 km."""
    return "" if distance is None else f"{trimmed(distance)}{GLUE}km"


@register.filter
def percent(value):
    """A share with at most one decimal: 94.9 %."""
    return "" if value is None else f"{trimmed(value)}{GLUE}%"


@register.filter
def celsius(degrees):
    """Whole degrees with a proper minus: −4 °C."""
    if degrees is None:
        return ""
    whole = int(Decimal(str(degrees)).to_integral_value(rounding="ROUND_HALF_DOWN"))
    return f"{MINUS if whole < 0 else ''}{abs(whole)}{GLUE}°C"


@register.filter
def span(low, high):
    """A range without units: 3.5–5; one figure where both are the same."""
    low, high = trimmed(low), trimmed(high)
    return low if low == high else f"{low}–{high}"


@register.filter
def hours(low, high=None):
    """Hours from and to: 5–7 h."""
    return f"{span(low, low if high is None else high)}{GLUE}h".replace("–", f"–{JOINER}")


@register.filter
def duration(value):
    """A length of time in hours (a number): 1 h 40 min, 25 min."""
    minutes = round(float(value) * 60 / 5) * 5
    whole, rest = divmod(minutes, 60)
    parts = [f"{whole}{GLUE}h"] * bool(whole) + [f"{rest}{GLUE}min"] * bool(rest)
    return " ".join(parts) or f"0{GLUE}min"


@register.filter(expects_localtime=True)
def clock(time):
    """A time of day on the 24-hour clock: 05:30."""
    return "" if time is None else formatted(time, "H:i")


@register.filter(expects_localtime=True)
def day(date):
    """A day as it stands in a list: Mon 5 Apr."""
    return "" if date is None else date_format(date, "D j M").replace(" ", GLUE)


@register.filter(expects_localtime=True)
def long_day(date):
    """A day with its year: Mon 5 April 2027."""
    return "" if date is None else formatted_day(date, with_year=True)


@register.filter
def last_day(deadline):
    """The last whole day in Peru before a deadline, which is the end of that day: Mon 5 April 2027."""
    return "" if deadline is None else long_day((timezone.localtime(deadline) - timedelta(seconds=1)).date())


def formatted_day(date, with_year):
    """A day with the month in full; Spanish wants its “de”."""
    if get_language() == "es":
        return date_format(date, r"D j \d\e F \d\e Y" if with_year else r"D j \d\e F")
    return date_format(date, "D j F Y" if with_year else "D j F")


@register.filter
def date_span(start, end):
    """From a day to a day: Mon 5 to Thu 8 April 2027; what both share is said once."""
    if start == end:
        return long_day(start)
    if (start.year, start.month) == (end.year, end.month):
        first = date_format(start, "D j")
    else:
        first = formatted_day(start, with_year=start.year != end.year)
    return gettext("%(first)s to %(last)s") % {"first": first, "last": long_day(end)}


@register.filter
def month(value):
    """The name of a month, from a date or a number from 1 to 12."""
    return date_format(as_first(value), "F")


@register.filter
def short_month(value):
    """The short name of a month, from a date or a number from 1 to 12."""
    return date_format(as_first(value), "M").removesuffix(".")


def as_first(value):
    """The first day of a month given as a number; a date is left as it is."""
    return calendar_date(2000, int(value), 1) if isinstance(value, (int, str)) else value


@register.filter
def seats_left(number):
    """Seats in words: 1 seat left."""
    return ngettext("%(n)s seat left", "%(n)s seats left", number) % {"n": number}


@register.filter
def people(number):
    """Travelers in words: 4 people."""
    return ngettext("%(n)s person", "%(n)s people", number) % {"n": number}


@register.filter
def days_count(number):
    """Days in words: 4 days."""
    return (ngettext("%(n)s day", "%(n)s days", number) % {"n": number}).replace(" ", GLUE)


@register.filter
def lines(text):
    """The lines of a text, empty ones left out."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


@register.filter
def numbers_whole(line):
    """A line of figures to copy, as HTML: an account number breaks only where it is longer than the line."""
    mark = '<span class="whole">{}</span>'
    words = str(line).split()
    return format_html_join(
        " ", "{}", ((format_html(mark, w) if any(c.isdigit() for c in w) else w,) for w in words)
    )


@register.filter
def listed(words):
    """Words as a list in a sentence's rhythm: breakfast, lunch, dinner."""
    return ", ".join(str(word) for word in words)


@register.filter
def tel(number):
    """A telephone number as an address: tel:+51…."""
    return "tel:" + "".join(sign for sign in str(number) if sign.isdigit() or sign == "+")


@register.filter
def whatsapp(number):
    """A WhatsApp number as an address."""
    return "https://wa.me/" + "".join(sign for sign in str(number) if sign.isdigit())


@register.filter
def about(figure, is_approximate=True):
    """A figure with “about” before it where it is approximate."""
    return pgettext("figure", "about %(figure)s") % {"figure": figure} if is_approximate else figure


@register.filter
def highest(days):
    """The highest point of some itinerary days, in meters."""
    return max((day.highest_altitude_m for day in days), default=None)

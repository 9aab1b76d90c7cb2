"""What the pages of a booking show beside their form: the steps along the ridge, the price, the time left."""

from decimal import Decimal

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import policy, prices, seats
from bookings.models import PriceLine
from treks.reading import days_to_draw
from treks.ridge.journey import journey_of
from treks.ridge.profile import points_of

register = template.Library()


def steps_of(trek):
    """The steps of the form for this trek: [(name, label)]; without offered extras there is no such step."""
    steps = [("party", _("Party")), ("lead", _("You")), ("travelers", _("Travelers"))]
    if trek.offered_extras.exists():
        steps.append(("extras", _("Extras")))
    return [*steps, ("review", _("Review"))]


def profile_of(trek):
    """The points of the trek's ridge."""
    return points_of(days_to_draw().filter(trek=trek), trek.waypoints.all())


@register.inclusion_tag("bookings/_steps.html")
def step_line(trek, here):
    """The steps as points along the trek's ridge; `here` is the name of the one the page shows."""
    steps = steps_of(trek)
    index = [name for name, _label in steps].index(here)
    points = profile_of(trek)
    labels = [f"{number} {label}" for number, (_name, label) in enumerate(steps, 1)]
    return {
        "journey": journey_of(points, labels, index) if len(points) > 1 else None,
        "number": index + 1,
        "count": len(steps),
        "next": steps[index + 1][1] if index + 1 < len(steps) else "",
    }


@register.inclusion_tag("bookings/_life.html")
def life_line(booking, state, is_paid=False):
    """The life of a placed booking along the same ridge: booked, deposit and balance or all at once, trek."""
    trek = booking.departure.trek
    steps = [_("Deposit"), _("Balance")] if money_of(booking)["later"] > 0 else [_("Paid")]
    labels = [_("Booked"), *steps, _("Machu Picchu") if trek.needs_machu_picchu_ticket else _("The trek")]
    here = len(steps) if is_paid else len(steps) - 1
    if state != "confirmed":
        here = 0
    points = profile_of(trek)
    return {"journey": journey_of(points, labels, here) if len(points) > 1 else None}


@register.simple_tag
def hold_left(booking):
    """What is left of a hold: its end and the moment of this page in seconds, how often it can be longer."""
    now = seats.clock()
    return {
        "until": int(booking.expires_at.timestamp()),
        "now": int(now.timestamp()),
        "opened": timezone.localtime(now),
        "more": settings.HOLD_EXTENSIONS - booking.extensions,
        "minutes": settings.HOLD_EXTENSION_MINUTES,
        "total": money_of(booking)["total"],
    }


@register.simple_tag
def money_of(booking):
    """What a booking costs, what is paid, what is due now and later, USD; read once for each page."""
    if not hasattr(booking, "money"):
        booking.money = _money_of(booking)
    return booking.money


def _money_of(booking):
    total, paid = prices.total(booking), prices.paid(booking)
    due_now = booking.due_now
    if due_now is None:
        due_now = prices.due_now(booking, total, timezone.localdate())
    return {
        "total": total,
        "paid": paid,
        "open": max(total - paid, 0),
        "due_now": due_now,
        "later": total - due_now,
        "balance_due_on": booking.balance_due_on
        or prices.balance_due_on(booking.departure, timezone.localdate()),
    }


@register.inclusion_tag("bookings/_summary.html", takes_context=True)
def summary(context, booking, live=False):
    """Date, party and price of a booking as it stands; `live` where a script adds up what is being chosen."""
    lines = list(booking.price_lines.all())
    extras = sum((line.amount for line in lines if line.kind == PriceLine.Kind.EXTRA), Decimal(0))
    money = money_of(booking)
    return {
        "booking": booking,
        "departure": booking.departure,
        "trek": booking.departure.trek,
        "lines": lines,
        "live": live,
        "base": money["total"] - extras,
        "extras": extras,
        # No deposit once the balance's day has come: then all of it is due at once.
        "deposit": money["due_now"] if money["later"] else "",
        "operator": context.get("operator"),
        **money,
    }


@register.simple_tag
def refund_bands(booking=None):
    """The refund table of a booking, or of who books today, as rows (days from, to or None, percent kept)."""
    agreed = booking.refund_policy if booking else policy.current_refund_policy()
    return policy.bands(agreed) if agreed else []

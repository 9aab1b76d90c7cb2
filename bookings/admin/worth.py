"""The money of one booking for its page: where each price came from, refunds, what would go back today."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bookings import policy, prices
from bookings.models import PriceLine
from treks.models import FareClass

from .refunds import KINDS, acts_for

Kind = PriceLine.Kind


def lines_with_origin(booking):
    """The price lines, each with `origin` (words) and `today`: what one costs today where that differs."""
    lines = list(booking.price_lines.all())
    now = prices.todays_list(booking.departure)
    since = date_format(timezone.localtime(booking.price_list.made_at), "j M Y")
    for line in lines:
        line.origin = origin(line, since)
        today = unit_today(line, now)
        line.today = None if today == line.unit_amount else today
    return lines


def origin(line, since):
    """Where the price of a line came from."""
    words = {
        Kind.TREK: _("price list of %(day)s, fare: %(key)s"),
        Kind.PARTY: _("price list of %(day)s, party of %(key)s or more"),
        Kind.PROMOTION: _("promotion %(key)s"),
        Kind.EXTRA: _("price list of %(day)s, extra"),
        Kind.CHARGE: _("worked out when traveler %(key)s cancelled"),
    }[line.kind]
    key = FareClass(line.key).label if line.kind == Kind.TREK and line.key in FareClass.values else line.key
    return words % {"day": since, "key": key}


def unit_today(line, now):
    """What one of the line costs by today's prices, USD; its own price where prices do not tell."""
    if line.kind == Kind.TREK:
        return now.fare(line.key)
    if line.kind == Kind.EXTRA:
        return now.price_of(line.key)
    return line.unit_amount


def refunds_of(booking, user):
    """The refunds, the latest first, each with its look and what this person can do to it."""
    rows = booking.refunds.select_related("payment", "decided_by")
    return [(row, KINDS[row.state], acts_for(user, row)) for row in rows]


def going_back(booking):
    """What cancelling today would keep and give back, by the traveler and by us, and by day; or nothing."""
    if not booking.is_placed:
        return {}
    stands, rows, today = policy.standing(booking), policy.bands(booking.refund_policy), timezone.localdate()
    return {
        "outcome": policy.outcome(rows, stands, today),
        "outcome_by_us": policy.outcome(rows, stands, today, by_us=True),
        "refund_days": policy.refund_days(rows, stands, today) if stands.paid > 0 else [],
        "kept_before": stands.before,
    }


def worth(booking, user):
    """Everything about the money of a booking that stands below its ledger."""
    return {
        "refunds": refunds_of(booking, user),
        "attempts": booking.attempts.all(),
        "cancellations": booking.cancellations.select_related("traveler"),
        "costs": booking.sunk_costs.select_related("traveler", "entered_by"),
        "pay_links": booking.pay_links.select_related("traveler"),
    }

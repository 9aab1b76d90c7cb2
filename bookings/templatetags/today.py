"""What the office should know on opening: today's line, the next departures, the messages that wait."""

from datetime import timedelta

from django import template
from django.db.models import Count, Q
from django.utils import timezone

from bookings.admin.acts import HANDLE_MONEY
from bookings.admin.season import state
from bookings.admin.standing import ANNOUNCED, OVER, UNSETTLED, overdue, soon, with_standing
from bookings.models import Booking, ContactMessage, Departure, ProviderNotice, Refund
from bookings.seats import with_seats

register = template.Library()
# How many days ahead the office looks.
AHEAD = 30
NEXT = 8


@register.inclusion_tag("admin/_today.html", takes_context=True)
def today_line(context):
    """One line: what waits among the bookings, the departures and the messages."""
    user, today = context["user"], timezone.localdate()
    if not user.has_perms(["bookings.view_departure", "bookings.view_contactmessage"]):
        return {"is_hidden": True}
    coming = with_seats(Departure.objects.upcoming().exclude(status=Departure.Status.CANCELLED))
    coming = list(coming.filter(start_date__lte=today + timedelta(days=AHEAD)))
    return (
        bookings_that_wait(user)
        | money_that_waits(user)
        | {
            "days": AHEAD,
            "empty": sum(departure.seats_taken == 0 for departure in coming),
            "undecided": sum(departure.decide_by <= today and not departure.runs for departure in coming),
            "waiting": ContactMessage.objects.filter(answered_at=None).count(),
        }
    )


def bookings_that_wait(user):
    """How many announced transfers, deposits due by tomorrow, payments that confirmed nothing; one query."""
    if not user.has_perm("bookings.view_booking"):
        return {}
    return with_standing(Booking.objects.all()).aggregate(
        announced=Count("pk", filter=ANNOUNCED),
        lapsing=Count("pk", filter=soon()),
        unsettled=Count("pk", filter=UNSETTLED & (OVER | Q(status=Booking.Status.CANCELLED))),
        overdue=Count("pk", filter=overdue()),
    )


def money_that_waits(user):
    """How many refunds are to be decided, failed and are not paid yet, notices not handled; two queries."""
    if not user.has_perm(HANDLE_MONEY):
        return {}
    state, again = Refund.State, Q(booking__refunds__state=Refund.State.PROPOSED)
    waiting = ProviderNotice.objects.filter(handled_at=None, attempts__gt=0).count()
    return {"notices": waiting} | Refund.objects.aggregate(
        refunds=Count("pk", filter=Q(state=state.PROPOSED), distinct=True),
        failed=Count("pk", filter=Q(state=state.FAILED) & again, distinct=True),
    )


@register.inclusion_tag("admin/_dashboard.html", takes_context=True)
def dashboard(context):
    """The next departures and the oldest messages without an answer, as far as one may see them."""
    user = context["user"]
    departures = messages = []
    if user.has_perm("bookings.view_departure"):
        upcoming = Departure.objects.upcoming().exclude(status=Departure.Status.CANCELLED)
        departures = with_seats(upcoming.select_related("trek")).order_by("start_date", "trek", "group")
        departures = list(departures[:NEXT])
    for departure in departures:
        departure.state = state(departure)
    if user.has_perm("bookings.view_contactmessage"):
        messages = list(ContactMessage.objects.filter(answered_at=None).order_by("created_at")[:NEXT])
    return {"departures": departures, "waiting": messages}


@register.inclusion_tag("admin/_months.html")
def months(cl):
    """The months with departures, by year: first day, address in the list `cl`, whether chosen."""
    coming = Departure.objects.filter(start_date__gte=timezone.localdate().replace(day=1))
    chosen = cl.params.get("start_date__year"), cl.params.get("start_date__month")
    years = {}
    for first in coming.dates("start_date", "month"):
        query = {"start_date__year": first.year, "start_date__month": first.month}
        is_chosen = [str(value) for value in query.values()] == [str(_first(value)) for value in chosen]
        years.setdefault(first.year, []).append((first, cl.get_query_string(query, ["p"]), is_chosen))
    everything = cl.get_query_string({}, ["start_date__", "p"]) if chosen[0] else ""
    return {"years": years.items(), "everything": everything}


def _first(value):
    return value[0] if isinstance(value, list) else value

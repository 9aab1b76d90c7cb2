"""The coming departures for calendars (iCalendar, RFC 5545) and feed readers (Atom, RFC 4287)."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from lares.templatetags.formats import date_span, money, seats_left
from treks.models import Operator, Trek

from .calendar import coming_departures
from .models import BookingEvent
from .seats import with_seats

MOST = 200
# Part of the names of entries, which never change: the year in which they were given first.
NAMED_SINCE = 2026
PLANNED_AHEAD = timedelta(days=365)
LONGEST_LINE = 75


def trek_asked_for(request):
    """The trek of ?trek=…, or None for all; a trek that is not offered is not found."""
    slug = request.GET.get("trek", "").replace("\0", "?")
    return get_object_or_404(Trek.objects.published(), slug=slug) if slug else None


def departures_of(trek):
    """The next departures of a trek, or of all treks, with seats; one query."""
    departures = coming_departures().filter(trek=trek) if trek else coming_departures()
    events = BookingEvent.objects.filter(booking__departure=OuterRef("pk")).order_by("-at")
    return with_seats(departures).annotate(last_event=Subquery(events.values("at")[:1]))[:MOST]


def published(departure):
    """When a departure was made known, as far as anybody can say: a year ahead, or today."""
    day = min(departure.start_date - PLANNED_AHEAD, timezone.localdate())
    return datetime.combine(day, time(), timezone.get_default_timezone())


def updated(departure):
    """When its seats last changed hands by anybody's act; until then, when it was made known."""
    return max(filter(None, (published(departure), departure.last_event)))


def state(departure):
    """Seats and certainty in words: 4 seats left, runs for sure."""
    if not departure.seats_left:
        return _("full")
    if not departure.is_bookable:
        return _("online booking closed")
    if departure.runs:
        return _("%(seats)s, runs for sure") % {"seats": seats_left(departure.seats_left)}
    more = departure.needs_more
    words = ngettext("%(seats)s, needs %(n)d more deposit", "%(seats)s, needs %(n)d more deposits", more)
    return words % {"seats": seats_left(departure.seats_left), "n": more}


def summary(departure):
    """What it costs and how it stands."""
    return _("%(price)s a person. %(state)s. Dates are dates in Peru.") % {
        "price": money(departure.price),
        "state": state(departure).capitalize(),
    }


class DepartureFeed(Feed):
    """The coming departures as Atom, in the order of their dates."""

    feed_type = Atom1Feed

    def get_object(self, request):
        return trek_asked_for(request)

    def title(self, trek):
        name = trek.name if trek else _("all treks")
        return _("Departures: %(treks)s") % {"treks": name}

    def link(self, trek):
        return reverse("departures") + (f"?trek={trek.slug}" if trek else "")

    def feed_url(self, trek):
        return reverse("departures_feed") + (f"?trek={trek.slug}" if trek else "")

    def author_name(self):
        operator = Operator.objects.first()
        return operator.name if operator else _("Lares Trek")

    def items(self, trek):
        return departures_of(trek)

    def item_title(self, departure):
        return f"{departure.trek.short_name}: {date_span(departure.start_date, departure.end_date)}"

    def item_description(self, departure):
        return summary(departure)

    def item_guid(self, departure):
        return f"tag:{settings.SITE_HOST},{NAMED_SINCE}:departures/{departure.pk}"

    def item_pubdate(self, departure):
        return published(departure)

    def item_updateddate(self, departure):
        return updated(departure)


@require_safe
def calendar(request):
    """The coming departures as a calendar that telephones can subscribe to."""
    trek = trek_asked_for(request)
    name = DepartureFeed().title(trek)
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Lares Trek//Departures//EN", "CALSCALE:GREGORIAN"),
        *("METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}", "X-PUBLISHED-TTL:PT12H"),
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
    ]
    for departure in departures_of(trek):
        lines += event(departure, request.build_absolute_uri(departure.get_absolute_url()))
    text = "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])
    disposition = 'inline; filename="departures.ics"'
    return HttpResponse(
        text, content_type="text/calendar; charset=utf-8", headers={"Content-Disposition": disposition}
    )


def event(departure, address):
    """A departure as the lines of a VEVENT: whole days, the end is the day after the last."""
    return [
        "BEGIN:VEVENT",
        f"UID:departure-{departure.pk}@{settings.SITE_HOST}",
        f"SEQUENCE:{departure.version - 1}",
        f"DTSTAMP:{updated(departure).astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{departure.start_date:%Y%m%d}",
        f"DTEND;VALUE=DATE:{departure.end_date + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(f'{departure.trek.name} ({state(departure)})')}",
        f"DESCRIPTION:{escaped(f'{summary(departure)} {address}')}",
        f"URL:{address}",
        f"LOCATION:{escaped(_('Cusco, Peru'))}",
        f"STATUS:{'CONFIRMED' if departure.runs else 'TENTATIVE'}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def escaped(text):
    """Text as a value of iCalendar (RFC 5545, 3.3.11)."""
    text = str(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n")


def folded(line):
    """A line in pieces of at most 75 bytes, none cut inside a letter (RFC 5545, 3.1)."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > LONGEST_LINE:
            pieces.append(piece)
            piece = " "
        piece += letter
    return "\r\n".join([*pieces, piece])

"""`manage.py load_demo`: a year of departures and example bookings, once and only into an empty calendar."""

from datetime import time, timedelta

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from bookings import demo
from bookings.models import Departure
from treks.models import CircuitRoute, Trek

DAYS_AHEAD = 365
DECIDED_DAYS_BEFORE = 30
ROUTE, ENTRY_TIME = "2-A", time(8)
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = range(6)
# For each trek: its weekdays in season and every how many weeks; the same for the rest of the year.
RHYTHMS = {
    "lares-classic-4d": (({MONDAY, THURSDAY}, 1), ({MONDAY}, 1)),
    "lares-express-3d": (({WEDNESDAY}, 1), ({WEDNESDAY}, 3)),
    "lares-mantanay-4d": (({TUESDAY}, 2), ({TUESDAY}, 4)),
    "lares-huaran-3d": (({FRIDAY}, 2), ({FRIDAY}, 4)),
    "lares-short-inca-trail-5d": (({SATURDAY}, 2), ({SATURDAY}, 4)),
}


class Command(BaseCommand):
    """Make twelve months of departures for the demonstration."""

    help = "Fills an empty calendar with a year of departures and example bookings. Development only."

    def handle(self, verbosity, **options):
        if settings.PRODUCTION or settings.DATABASE_URL:
            raise CommandError("load_demo is for the demonstration only: it never writes to a real database.")
        if Departure.objects.exists():
            if verbosity:
                self.stdout.write("Calendar: there are departures already, nothing new.")
            return
        with transaction.atomic():
            departures = Departure.objects.bulk_create(season(timezone.localdate()))
            call_command("load_terms", verbosity=0)
            bookings = demo.load(departures)
        if verbosity:
            self.stdout.write(f"Calendar: {len(departures)} departures in the next twelve months.")
            self.stdout.write(f"Bookings: {bookings} examples in every state.")


def season(today):
    """The departures of the twelve months after `today`, not yet saved, in the order of their dates."""
    treks = Trek.objects.published().filter(slug__in=RHYTHMS).annotate(days_count=Count("days"))
    route = CircuitRoute.objects.filter(code=ROUTE).first()
    dates = [today + timedelta(days=day) for day in range(1, DAYS_AHEAD + 1)]
    treks = [trek for trek in treks if trek.days_count]
    return [departure(trek, date, today, route) for date in dates for trek in treks if leaves_on(trek, date)]


def leaves_on(trek, date):
    """Whether a trek leaves on a date: on its weekdays, more often in season, never into its closed month."""
    in_season = trek.season_first_month <= date.month <= trek.season_last_month
    weekdays, weeks = RHYTHMS[trek.slug][0 if in_season else 1]
    if date.weekday() not in weekdays or date.toordinal() // 7 % weeks:
        return False
    return trek.closed_month not in {date.month, last_day(trek, date).month}


def last_day(trek, date):
    return date + timedelta(days=trek.days_count - 1)


def decided_by(trek, date, today):
    """A month before the start, but in a week at the earliest, and from today until booking closes."""
    usual = max(date - timedelta(days=DECIDED_DAYS_BEFORE), today + timedelta(days=7))
    return max(min(usual, date - timedelta(days=trek.booking_cutoff_days)), today)


def departure(trek, date, today, route):
    """A departure with what is usual for its trek."""
    return Departure(
        trek=trek,
        start_date=date,
        end_date=last_day(trek, date),
        capacity=trek.group_maximum,
        minimum_to_run=trek.group_minimum,
        decide_by=decided_by(trek, date, today),
        price=trek.usual_price,
        deposit=trek.usual_deposit,
        circuit=route if trek.needs_machu_picchu_ticket else None,
        entry_time=ENTRY_TIME if trek.needs_machu_picchu_ticket else None,
        train_class=Departure.TrainClass.STANDARD if trek.needs_train else "",
    )

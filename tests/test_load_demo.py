"""The demo's departures: a year of them, once, and never in a real database."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from bookings.management.commands.load_demo import season
from bookings.models import Departure
from treks.loading import load
from treks.models import Trek

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue():
    load()


@pytest.fixture
def calendar(catalogue):
    """The demonstration's departures, without its bookings."""
    return lambda: Departure.objects.bulk_create(season(timezone.localdate()))


@pytest.fixture
def development(settings):
    """The demonstration's settings, also where the tests themselves run on a named database."""
    settings.PRODUCTION = False
    settings.DATABASE_URL = ""
    return settings


def starts(slug):
    return list(
        Departure.objects.filter(trek__slug=slug).order_by("start_date").values_list("start_date", flat=True)
    )


def test_demo_fills_twelve_months_densely_in_season(calendar, time_machine):
    time_machine.move_to("2026-11-22 12:00 -0500")

    calendar()

    classic = starts("lares-classic-4d")
    months = [sum(date.month == month for date in classic) for month in range(1, 13)]
    assert min(months[3:10]) >= 8
    assert 4 <= min(months) <= max(months[:3] + months[10:]) <= 6
    assert {date.weekday() for date in classic if 4 <= date.month <= 10} == {0, 3}
    assert classic[0] > timezone.localdate()
    assert (classic[-1] - timezone.localdate()).days > 350


def test_demo_departures_are_what_their_trek_says(calendar):
    calendar()

    for departure in Departure.objects.select_related("trek", "circuit"):
        trek = departure.trek
        assert (departure.end_date - departure.start_date).days == trek.days.count() - 1
        assert (departure.capacity, departure.minimum_to_run) == (12, 2)
        assert (departure.price, departure.deposit) == (trek.usual_price, 200)
        assert bool(departure.circuit) == bool(departure.entry_time) == trek.needs_machu_picchu_ticket
        assert bool(departure.train_class) == trek.needs_train
        assert timezone.localdate() <= departure.decide_by <= departure.start_date
        # The day booking closes itself is the only one on which nobody could be given longer.
        if timezone.localdate() < departure.booking_closes_on:
            assert departure.decide_by > timezone.localdate()


def test_demo_leaves_the_short_inca_trail_alone_in_february(calendar):
    calendar()

    departures = Departure.objects.filter(trek__slug="lares-short-inca-trail-5d")
    assert departures.exists()
    assert not any(2 in {row.start_date.month, row.end_date.month} for row in departures)


def test_demo_has_no_departure_of_an_unpublished_trek(calendar):
    calendar()

    assert not Departure.objects.filter(trek__is_published=False).exists()
    assert Departure.objects.values("trek").distinct().count() == Trek.objects.published().count() == 5


def test_demo_is_made_once(catalogue, development, capsys):
    call_command("load_demo")
    count = Departure.objects.count()
    Departure.objects.filter(pk=Departure.objects.first().pk).delete()

    call_command("load_demo")

    assert Departure.objects.count() == count - 1
    assert "nothing new" in capsys.readouterr().out


@pytest.mark.parametrize("name, value", [("DATABASE_URL", "postgres://office/lares"), ("PRODUCTION", True)])
def test_demo_refuses_a_real_database(catalogue, development, name, value):
    setattr(development, name, value)

    with pytest.raises(CommandError, match="never writes to a real database"):
        call_command("load_demo")

    assert not Departure.objects.exists()

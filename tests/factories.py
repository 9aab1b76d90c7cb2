"""Plain functions that make the rows a test needs; each fills in what the test does not care about."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from bookings import lifecycle
from bookings.models import Departure, RefundBand, RefundPolicy, Terms
from treks.models import Extra, ItineraryDay, OfferedExtra, Operator, Trek, Village, Waypoint

_number = count(1)


def make_trek(**fields):
    """A published trek of four days."""
    n = next(_number)
    usual = {
        "name": f"Trek {n}",
        "short_name": f"Trek {n}",
        "slug": f"trek-{n}",
        "tagline": "Over the pass",
        "summary": "Four days.",
        "distance_km": Decimal("33.0"),
        "is_published": True,
        "usual_price": Decimal("590.00"),
        "usual_deposit": Decimal("150.00"),
    }
    return Trek.objects.create(**usual | fields)


def make_departure(trek=None, *, starts_in=120, days=4, **fields):
    """An open departure that starts so many days from today and takes so many days."""
    make_agreements()
    start = timezone.localdate() + timedelta(days=starts_in)
    usual = {
        "trek": trek or make_trek(),
        "start_date": start,
        "end_date": start + timedelta(days=days - 1),
        "decide_by": start - timedelta(days=30),
        "capacity": 12,
        "price": Decimal("590.00"),
        "deposit": Decimal("150.00"),
    }
    return Departure.objects.create(**usual | fields)


def make_agreements():
    """The terms, the refund policy and the operator that every booking needs, once."""
    Terms.objects.get_or_create(version="2026-11-01", defaults={"terms_text": "Terms.", "privacy_text": "P."})
    policy, created = RefundPolicy.objects.get_or_create(version="2026-11-01")
    if created:
        RefundBand.objects.create(policy=policy, days_before=60, percent=20)
        RefundBand.objects.create(policy=policy, days_before=0, percent=100)
    operator = {"name": "Lares Trek", "phone": "+51 84 000000", "email": "office@example.com"}
    Operator.objects.get_or_create(pk=1, defaults=operator)


def make_extra(*treks, stock=5, slug=None, price="20.00", offered_at=None):
    """An extra that these treks offer; `stock` None is as many as are asked for."""
    slug = slug or f"extra-{next(_number)}"
    extra = Extra.objects.create(
        name=slug.replace("-", " "), slug=slug, charge_unit="per_trek", price=Decimal(price), stock=stock
    )
    for trek in treks:
        OfferedExtra.objects.create(trek=trek, extra=extra, price=offered_at)
    return extra


CONTACT = {
    "contact_name": "Ana Quispe",
    "contact_email": "ana@example.com",
    "contact_phone": "+51 984 000 000",
    "contact_country": "PE",
}


def people(number):
    """So many travelers as the form sends them."""
    return [
        {"given_names": f"Given {n}", "family_names": f"Family {n}", "birth_date": date(1990, 1, 1 + n)}
        for n in range(number)
    ]


def held(departure=None, party_size=2, **options):
    """A booking on hold."""
    departure = departure or make_departure()
    return lifecycle.hold(departure.pk, party_size, options.pop("submission", None) or uuid4(), **options)


def filled(booking, extras=None):
    """A hold with every step answered."""
    lifecycle.set_contact(booking.pk, CONTACT)
    lifecycle.set_travelers(booking.pk, people(booking.party_size))
    return lifecycle.choose_extras(booking.pk, extras or {})


def placed(departure=None, party_size=2, *, extras=None, method="transfer", **options):
    """A pending booking."""
    booking = filled(held(departure, party_size, **options), extras)
    return lifecycle.place(booking.pk, method, "2026-11-01")


def pay(booking, amount, submission=None, **details):
    """Money that came by transfer, recorded by the office."""
    options = {"by": lifecycle.office(), "amount": Decimal(amount), "provider": "transfer"} | details
    return lifecycle.record_payment(booking.pk, submission or uuid4(), **options)


def confirmed(departure=None, party_size=2, **options):
    """A booking whose deposit came."""
    booking = placed(departure, party_size, **options)
    pay(booking, booking.due_now)
    booking.refresh_from_db()
    return booking


def lapse(booking, by="1 second"):
    """Let the booking's time run out: tests move `expires_at`, not the clock."""
    with transaction.atomic(), connection.cursor() as cursor:
        lifecycle.locks.lock_booking(booking.pk)
        cursor.execute(
            "UPDATE bookings_booking SET expires_at = clock_timestamp() - %s::interval WHERE id = %s",
            [by, booking.pk],
        )
    booking.refresh_from_db()
    return booking


def told_long_ago(*bookings):
    """Let the messages about these bookings be two days old."""
    for booking in bookings:
        booking.messages.update(created_at=timezone.now() - timedelta(days=2))


def kinds(booking):
    """The kinds of the booking's events, in order."""
    return list(booking.events.values_list("kind", flat=True))


def told(booking, *, office=False):
    """The kinds of the messages about the booking, in order: to its contact, or to the office."""
    messages = (
        booking.messages.filter(kind__startswith="office_")
        if office
        else booking.messages.exclude(kind__startswith="office_")
    )
    return list(messages.order_by("pk").values_list("kind", flat=True))


def reloaded(row):
    """The row as the database has it now."""
    return type(row).objects.get(pk=row.pk)


def seats_taken(departure):
    """The seats that are taken at this moment, counted by a query of its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(party_size), 0) FROM bookings_booking WHERE departure_id = %s AND ("
            "status = 'confirmed' OR status IN ('on_hold', 'pending') AND expires_at > clock_timestamp())",
            [departure.pk],
        )
        return cursor.fetchone()[0]


def refused(constraint):
    """The block breaks this constraint, by name, and nothing of it stays."""
    return pytest.raises(
        IntegrityError, check=lambda error: error.__cause__.diag.constraint_name == constraint
    )


def raw(model, row, **values):
    """UPDATE past the verbs and past every check of Django."""
    with transaction.atomic():
        model.objects.filter(pk=row.pk).update(**values)


def make_village(**fields):
    """A village at 3,800 m."""
    n = next(_number)
    usual = {"name": f"Village {n}", "slug": f"village-{n}", "kind": "village", "altitude_m": 3800}
    return Village.objects.create(**usual | fields)


def make_day(trek, number, **fields):
    """A day of walking between camps at 3,800 m."""
    usual = {
        "title": f"Day {number}",
        "distance_km": Decimal("9.0"),
        "hours_min": Decimal("4.0"),
        "hours_max": Decimal("5.0"),
        "ascent_m": 550,
        "descent_m": 250,
        "start_altitude_m": 3800,
        "end_altitude_m": 3800,
        "highest_altitude_m": 4450,
        "sleeping_altitude_m": 3800,
    }
    return ItineraryDay.objects.create(trek=trek, number=number, **usual | fields)


def make_waypoint(trek, position, **fields):
    """A point of the profile, nine kilometers after the one before."""
    usual = {"day_number": 1, "km": Decimal(9 * position), "altitude_m": 3800, "label": f"Point {position}"}
    return Waypoint.objects.create(trek=trek, position=position, **usual | fields)

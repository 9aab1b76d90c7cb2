"""Every constraint of the calendar is broken here, by its name."""

from datetime import date, timedelta
from uuid import uuid4

import factories
import factories_money
import pytest
from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from factories import raw, refused

from bookings.models import (
    BookedExtra,
    Booking,
    Departure,
    NumberSeries,
    Payment,
    PriceLine,
    PriceList,
    ProviderNotice,
    Receipt,
    RefundBand,
    RefundPolicy,
    Traveler,
)

pytestmark = pytest.mark.django_db


def kept_without_a_time(booking):
    raw(Booking, booking, expires_at=None)


def placed_without_a_contact(booking):
    raw(Booking, factories.placed(booking.departure), contact_name="")


def placed_without_terms(booking):
    raw(Booking, factories.placed(booking.departure), terms=None)


def placed_without_its_day(booking):
    raw(Booking, factories.placed(booking.departure), placed_at=None)


def confirmed_with_a_time(booking):
    row = factories.confirmed(booking.departure)
    raw(Booking, row, expires_at=row.placed_at)


BREAKS = [
    ("booking_has_a_party", lambda b: raw(Booking, b, party_size=0)),
    ("booking_has_a_party", lambda b: raw(Booking, b, party_size=41)),
    ("booking_expires_while_it_is_kept", kept_without_a_time),
    ("booking_expires_while_it_is_kept", confirmed_with_a_time),
    ("booking_placed_has_contact_and_terms", placed_without_a_contact),
    ("booking_placed_has_contact_and_terms", placed_without_terms),
    ("booking_placed_has_contact_and_terms", placed_without_its_day),
    ("booking_cancelled_has_its_time", lambda b: raw(Booking, b, status="cancelled", expires_at=None)),
    ("booking_cancelled_has_its_time", lambda b: raw(Booking, b, cancelled_at=b.created_at)),
    ("traveler_number_is_unique", lambda b: Traveler.objects.create(booking=b, number=1)),
    ("price_line_has_a_quantity", lambda b: raw(PriceLine, b.price_lines.get(), quantity=0)),
    ("booked_extra_is_one_row", lambda b: book(b, 1, 1)),
    ("booked_extra_has_a_quantity", lambda b: book(b, 0)),
    ("departure_group_is_unique_on_its_day", lambda b: Departure.objects.create(**same_day(b.departure))),
    (
        "departure_ends_after_it_starts",
        lambda b: raw(Departure, b.departure, end_date=b.departure.start_date - timedelta(days=1)),
    ),
    (
        "departure_is_decided_before_it_starts",
        lambda b: raw(Departure, b.departure, decide_by=b.departure.end_date),
    ),
    ("departure_capacity_holds_its_minimum", lambda b: raw(Departure, b.departure, minimum_to_run=13)),
    (
        "departure_capacity_holds_its_minimum",
        lambda b: raw(Departure, factories.make_departure(), minimum_to_run=0, capacity=0),
    ),
    ("departure_deposit_fits_price", lambda b: raw(Departure, b.departure, deposit=0)),
    ("departure_deposit_fits_price", lambda b: raw(Departure, b.departure, deposit=591)),
    ("refund_band_starts_once", lambda b: [band(days_before=60, percent=1) for _ in "12"]),
    ("refund_band_is_a_percentage", lambda b: band(days_before=5, percent=101)),
    ("payment_is_not_nothing", lambda b: payment(b, amount=0)),
    ("payment_reference_is_recorded_once", lambda b: [payment(b, provider_reference="OP 1") for _ in "12"]),
    ("payment_pays_back_by_less_than_nothing", lambda b: payment(b, pays_back=payment(b))),
    ("price_list_is_one_version", lambda b: same_prices(b.price_list)),
    ("promotion_is_percent_or_amount", lambda b: factories_money.make_promotion(percent=10, amount=5)),
    ("promotion_is_percent_or_amount", lambda b: factories_money.make_promotion(percent=None)),
    ("promotion_is_percent_or_amount", lambda b: factories_money.make_promotion(percent=101)),
    ("promotion_is_percent_or_amount", lambda b: factories_money.make_promotion(amount=0)),
    ("promotion_ends_after_it_starts", lambda b: factories_money.make_promotion(ends_on=date(2026, 1, 1))),
    ("pay_link_asks_for_money", lambda b: b.pay_links.create(traveler=b.travelers.first(), **money(0))),
    ("attempt_is_for_money", lambda b: attempt(b, amount=0)),
    ("attempt_is_for_money", lambda b: attempt(b, surcharge=-1)),
    ("attempt_session_is_unique", lambda b: [attempt(b, session="cs_1") for _ in "12"]),
    ("notice_is_kept_once", lambda b: [notice("evt_1") for _ in "12"]),
    ("sunk_cost_is_money", lambda b: b.sunk_costs.create(amount=0, reason="ticket")),
    ("cancellation_keeps_no_less_than_nothing", lambda b: cancellation(b, charge=-1)),
    ("cancellation_keeps_no_less_than_nothing", lambda b: cancellation(b, sunk=-1)),
    ("cancellation_keeps_no_less_than_nothing", lambda b: cancellation(b, kept=-1)),
    ("refund_is_money", lambda b: b.refunds.create(amount=0, key=uuid4(), made_at=b.created_at)),
    (
        "refund_is_money",
        lambda b: b.refunds.create(amount=1, surcharge=-1, key=uuid4(), made_at=b.created_at),
    ),
    (
        "number_series_is_one_a_year",
        lambda b: [NumberSeries.objects.create(series="X", year=1) for _ in "12"],
    ),
    ("receipt_number_is_unique", lambda b: [receipt(payment(b)) for _ in "12"]),
    ("tax_document_number_is_entered_once", lambda b: [boleta(payment(b)) for _ in "12"]),
]


def book(booking, *quantities):
    extra = factories.make_extra(booking.departure.trek)
    for quantity in quantities:
        BookedExtra.objects.create(booking=booking, extra=extra, quantity=quantity)


def band(**values):
    policy, _ = RefundPolicy.objects.get_or_create(version="not used yet")
    RefundBand.objects.create(policy=policy, **values)


def payment(booking, **values):
    usual = {"amount": 10, "received_amount": 10, "provider": "cash", "submission": uuid4()}
    return Payment.objects.create(booking=booking, **usual | values)


def same_prices(price_list):
    values = {"price": price_list.price, "deposit": price_list.deposit, "digest": price_list.digest}
    PriceList.objects.create(departure=price_list.departure, **values)


def money(amount):
    return {"amount": amount, "key": "k", "made_at": timezone.now()}


def attempt(booking, **values):
    usual = {"amount": 10, "key": uuid4(), "gateway": "stripe"}
    booking.attempts.create(**usual | values, started_at=booking.created_at, expires_at=booking.expires_at)


def notice(event):
    ProviderNotice.objects.create(gateway="stripe", event=event, kind="paid", body="{}")


def cancellation(booking, **values):
    usual = dict.fromkeys(("days_before", "percent", "total", "paid", "charge", "sunk", "kept"), 0)
    booking.cancellations.create(at=booking.created_at, **usual | values)


def refund(booking, **values):
    booking.refunds.create(**{"amount": 1} | values, key=uuid4(), made_at=booking.created_at)


def receipt(paid):
    numbered = {"series": "CP", "year": 2026, "number": 1, "issued_at": paid.recorded_at}
    Receipt.objects.create(payment=paid, issuer={}, payer="Ana", **numbered)


def boleta(paid):
    paid.tax_documents.create(kind="boleta", number="B001-1")


def same_day(departure):
    names = ("trek", "start_date", "end_date", "decide_by", "price", "deposit")
    return {name: getattr(departure, name) for name in names}


@pytest.mark.parametrize(("constraint", "breaks"), BREAKS)
def test_constraint_refuses(constraint, breaks):
    booking = factories.held()

    with refused(constraint), transaction.atomic():
        breaks(booking)


def test_every_constraint_is_broken_above_and_speaks_to_people():
    app = apps.get_app_config("bookings")
    constraints = [found for model in app.get_models() for found in model._meta.constraints]

    assert {found.name for found in constraints} == {name for name, _ in BREAKS}
    assert all(len(found.name) <= 55 for found in constraints)
    usual = models.BaseConstraint.default_violation_error_message
    assert all(found.violation_error_message != usual for found in constraints)

"""Holds: seats kept while the forms are filled in, extended, resized, lapsed."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import factories
import pytest
from django.utils import timezone

from bookings import lifecycle, prices, seats
from bookings.models import Booking, BookingEvent, Departure

pytestmark = pytest.mark.django_db


def test_hold_keeps_seats_for_thirty_minutes():
    departure = factories.make_departure(capacity=12)
    before = seats.clock()

    booking = lifecycle.hold(departure.pk, 3, uuid4())

    assert booking.status == "on_hold"
    assert before + timedelta(minutes=30) <= booking.expires_at <= seats.clock() + timedelta(minutes=30)
    assert factories.seats_taken(departure) == 3
    assert booking.travelers.count() == 3
    assert prices.total(booking) == 3 * departure.price
    assert factories.kinds(booking) == ["held"]


def test_hold_twice_with_one_form_is_one_booking():
    departure, form = factories.make_departure(), uuid4()

    first = lifecycle.hold(departure.pk, 2, form)
    second = lifecycle.hold(departure.pk, 2, form)

    assert first.pk == second.pk
    assert factories.seats_taken(departure) == 2
    assert factories.kinds(first) == ["held"]


def test_hold_sent_again_lands_on_its_booking_after_the_departure_filled_and_closed():
    departure, form = factories.make_departure(capacity=2), uuid4()
    booking = lifecycle.hold(departure.pk, 2, form)
    lifecycle.change_status(departure.pk, Departure.Status.CLOSED)

    assert lifecycle.hold(departure.pk, 2, form).pk == booking.pk


def test_hold_without_room_says_how_many_seats_are_left():
    departure = factories.make_departure(capacity=4)
    factories.held(departure, 3)

    with pytest.raises(lifecycle.NotEnoughSeats) as refused:
        lifecycle.hold(departure.pk, 2, uuid4())

    assert refused.value.left == 1
    assert str(refused.value) == "Only 1 seat is left on this departure."
    assert Booking.objects.count() == 1


def test_hold_on_a_full_departure_says_so():
    departure = factories.make_departure(capacity=2)
    factories.held(departure, 2)

    with pytest.raises(lifecycle.NotEnoughSeats, match="full"):
        lifecycle.hold(departure.pk, 1, uuid4())


def test_hold_takes_the_seats_of_a_lapsed_hold():
    departure = factories.make_departure(capacity=2)
    factories.lapse(factories.held(departure, 2))

    booking = factories.held(departure, 2)

    assert booking.status == "on_hold"
    assert factories.seats_taken(departure) == 2


@pytest.mark.parametrize("status", [Departure.Status.CLOSED, Departure.Status.CANCELLED])
def test_hold_by_a_traveler_needs_an_open_departure(status):
    departure = factories.make_departure(status=status)

    with pytest.raises(lifecycle.NotBookable):
        lifecycle.hold(departure.pk, 1, uuid4())


def test_hold_by_a_traveler_ends_with_the_cut_off():
    trek = factories.make_trek(booking_cutoff_days=14)
    last_day = factories.make_departure(trek, starts_in=14)
    too_late = factories.make_departure(trek, starts_in=13)

    assert lifecycle.hold(last_day.pk, 1, uuid4()).status == "on_hold"
    with pytest.raises(lifecycle.NotBookable):
        lifecycle.hold(too_late.pk, 1, uuid4())


def test_hold_by_a_traveler_needs_a_published_trek():
    departure = factories.make_departure(factories.make_trek(is_published=False))

    with pytest.raises(lifecycle.NotBookable):
        lifecycle.hold(departure.pk, 1, uuid4())


def test_hold_by_the_office_may_be_late_and_closed_but_not_cancelled():
    late = factories.make_departure(starts_in=3, status=Departure.Status.CLOSED)
    cancelled = factories.make_departure(status=Departure.Status.CANCELLED)

    booking = lifecycle.hold(late.pk, 1, uuid4(), by=lifecycle.office(), source="phone")

    assert (booking.source, booking.events.get().actor) == ("phone", "office")
    with pytest.raises(lifecycle.NotBookable):
        lifecycle.hold(cancelled.pk, 1, uuid4(), by=lifecycle.office())


@pytest.mark.parametrize("party_size", [0, 41])
def test_hold_of_an_impossible_party_is_refused_with_a_sentence(party_size):
    departure = factories.make_departure(capacity=50)

    with pytest.raises(lifecycle.Refused, match="at least one and at most 40"):
        lifecycle.hold(departure.pk, party_size, uuid4())

    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    ("setting", "who"),
    [("HOLDS_PER_BROWSER", {"browser": "one"}), ("HOLDS_PER_ADDRESS", {"address": "192.0.2.1"})],
)
def test_hold_is_refused_where_one_visitor_holds_too_many(settings, setting, who):
    setattr(settings, setting, 2)
    departure = factories.make_departure()
    first, _second = factories.held(departure, 1, **who), factories.held(departure, 1, **who)

    with pytest.raises(lifecycle.TooManyHolds):
        factories.held(departure, 1, **who)

    factories.lapse(first)
    assert factories.held(departure, 1, **who).status == "on_hold"
    assert factories.held(departure, 1).status == "on_hold"


def test_extend_adds_nine_minutes_up_to_two_hours():
    booking = factories.held()
    begin = booking.expires_at - timedelta(minutes=30)

    for _ in range(12):
        booking = lifecycle.extend(booking.pk)

    assert booking.extensions == 10
    assert booking.expires_at - begin == timedelta(hours=2)
    assert factories.kinds(booking).count("extended") == 10


def test_extend_is_too_late_for_a_lapsed_hold_and_wrong_for_a_placed_booking():
    with pytest.raises(lifecycle.Lapsed):
        lifecycle.extend(factories.lapse(factories.held()).pk)
    with pytest.raises(lifecycle.WrongStatus):
        lifecycle.extend(factories.placed().pk)


def test_resize_changes_seats_travelers_and_price():
    departure = factories.make_departure(capacity=4)
    booking = factories.filled(factories.held(departure, 2))

    lifecycle.resize(booking.pk, 4)
    assert (factories.seats_taken(departure), booking.travelers.count()) == (4, 4)
    assert prices.total(booking) == 4 * departure.price

    lifecycle.resize(booking.pk, 1)
    assert factories.seats_taken(departure) == 1
    assert list(booking.travelers.values_list("number", "family_names")) == [(1, "Family 0")]
    assert prices.total(booking) == departure.price


def test_resize_keeps_the_price_it_was_held_at():
    departure = factories.make_departure(price=Decimal(500))
    booking = factories.held(departure, 1)
    Departure.objects.update(price=Decimal(700))

    lifecycle.resize(booking.pk, 2)

    assert prices.total(booking) == 1000


def test_resize_needs_the_seats_and_changes_nothing_without_them():
    departure = factories.make_departure(capacity=4)
    booking = factories.held(departure, 2)
    factories.held(departure, 1)

    with pytest.raises(lifecycle.NotEnoughSeats) as refused:
        lifecycle.resize(booking.pk, 4)

    assert refused.value.left == 3
    assert (factories.reloaded(booking).party_size, booking.travelers.count()) == (2, 2)
    assert lifecycle.resize(booking.pk, 3).party_size == 3


def test_resize_forgets_what_was_typed_as_the_party():
    booking = factories.held(party_size=2)
    for size in (3, 3):
        lifecycle.save_draft(booking.pk, "party", {"party_size": "5"})
        assert lifecycle.resize(booking.pk, size).drafts == {}

    assert factories.reloaded(booking).drafts == {}


def test_save_draft_keeps_what_was_typed_also_on_a_lapsed_hold():
    booking = factories.lapse(factories.held())

    lifecycle.save_draft(booking.pk, "lead", {"contact_name": "An"})
    lifecycle.save_draft(booking.pk, "travelers", {"names": ["B"]})

    drafts = factories.reloaded(booking).drafts
    assert drafts == {"lead": {"contact_name": "An"}, "travelers": {"names": ["B"]}}


def test_every_event_says_who_did_it(django_user_model):
    clerk = django_user_model.objects.create_user("clerk")
    booking = factories.held()

    lifecycle.resize(booking.pk, 3, by=lifecycle.office(clerk))

    held, resized = BookingEvent.objects.order_by("pk")
    assert (held.actor, held.user, held.after) == ("traveler", None, "2")
    assert (resized.actor, resized.user, resized.before, resized.after) == ("office", clerk, "2", "3")


def test_draft_of_a_form_left_open_is_emptied_again():
    booking = factories.held()
    Booking.objects.filter(pk=booking.pk).update(personal_data_erased_at=timezone.now())

    lifecycle.save_draft(booking.pk, "lead", {"contact_name": "Ana"})

    assert factories.reloaded(booking).personal_data_erased_at is None

"""One traveler of a party cancels: seats, lines, what is due and what goes back follow."""

from datetime import timedelta
from decimal import Decimal

import factories
import factories_money
import pytest
from django.utils import timezone
from factories_money import departure_in, lines, open_refunds

from bookings import lifecycle, previews, prices
from bookings.models import Cancellation, Traveler

pytestmark = pytest.mark.django_db
OFFICE = lifecycle.office()


def paid_in_full(departure, party_size=2, **options):
    booking = factories.confirmed(departure, party_size, **options)
    if rest := prices.total(booking) - prices.paid(booking):
        factories.pay(booking, rest)
    return factories.reloaded(booking)


def test_seat_is_free_at_once_and_the_others_walk():
    departure = departure_in(120)
    booking = factories.confirmed(departure, 3)

    booking = lifecycle.cancel_traveler(booking.pk, 2, reason="Ill")

    assert (booking.status, booking.party_size, factories.seats_taken(departure)) == ("confirmed", 2, 2)
    assert [person.number for person in booking.travelers.all()] == [1, 3]
    assert [person.number for person in Traveler.everyone.filter(booking=booking)] == [1, 2, 3]
    event = booking.events.get(kind="traveler_cancelled")
    assert (event.before, event.after, event.reason) == ("2", "150.00", "Ill")
    assert factories.told(booking)[-1] == "traveler_cancelled"
    assert factories.told(booking, office=True)[-1] == "office_traveler_cancelled"


def test_deposit_of_who_cancels_early_is_kept_as_a_line_and_due():
    booking = factories.confirmed(departure_in(120), 2)

    booking = lifecycle.cancel_traveler(booking.pk, 2)

    assert lines(booking) == [("trek", "adult", 1, Decimal(590)), ("charge", "2", 1, Decimal(150))]
    assert booking.due_now == 300
    assert open_refunds(booking) == []


def test_who_has_paid_all_gets_back_all_but_the_charge():
    booking = paid_in_full(departure_in(120))

    lifecycle.cancel_traveler(booking.pk, 2)

    assert open_refunds(booking) == [("proposed", Decimal(440), False)]
    found = Cancellation.objects.get()
    assert (found.total, found.charge, found.kept, found.percent) == (590, 150, 150, 0)
    assert (found.days_before, found.paid, found.traveler.number) == (120, 1180, 2)


@pytest.mark.parametrize(
    ("starts_in", "kept"), [(60, "150"), (59, "295"), (30, "295"), (29, "442.50"), (14, "590")]
)
def test_charge_follows_the_band_of_the_day(starts_in, kept):
    booking = paid_in_full(departure_in(starts_in))

    lifecycle.cancel_traveler(booking.pk, 1)

    assert lines(booking)[-1] == ("charge", "1", 1, Decimal(kept))
    assert prices.paid(booking) - sum(row[1] for row in open_refunds(booking)) == 590 + Decimal(kept)


def test_office_that_cancels_a_traveler_itself_keeps_nothing():
    booking = paid_in_full(departure_in(20))

    lifecycle.cancel_traveler(booking.pk, 1, by=OFFICE, by_us=True)

    assert lines(booking) == [("trek", "adult", 1, Decimal(590))]
    assert open_refunds(booking) == [("proposed", Decimal(590), False)]


def test_party_that_falls_below_the_tier_pays_its_price_and_the_share_is_smaller():
    trek = factories.make_trek()
    factories_money.make_party_rate(trek, 4, "40.00")
    booking = paid_in_full(departure_in(50, trek), 4)
    assert prices.total(booking) == 2200

    lifecycle.cancel_traveler(booking.pk, 4)

    # Three at 590 are 1770: what was cancelled is worth 430, and half of it is kept.
    assert Cancellation.objects.get().total == 430
    assert lines(booking) == [("trek", "adult", 3, Decimal(590)), ("charge", "4", 1, Decimal(215))]
    assert open_refunds(booking) == [("proposed", Decimal(215), False)]


def test_price_that_rises_without_the_traveler_charges_nothing_below_nothing():
    trek = factories.make_trek()
    factories_money.make_fare(trek, "child", "500.00")
    factories_money.make_party_rate(trek, 2, "90.00")
    booking = factories.held(departure_in(50, trek), 2)
    factories.filled(booking)
    factories_money.set_fares(booking, "adult", "child")
    booking = lifecycle.place(booking.pk, "transfer", "2026-11-01")
    factories.pay(booking, booking.due_now)

    lifecycle.cancel_traveler(booking.pk, 2)

    # 500 for both, 590 for the adult alone.
    assert Cancellation.objects.get().total == 0
    assert prices.total(booking) == 590
    assert open_refunds(booking) == []


def test_extras_follow_and_the_others_keep_what_they_say_and_never_more():
    trek = factories.make_trek()
    factories.make_extra(trek, slug="bag", price="20.00")
    factories.make_extra(trek, slug="tent", price="30.00")
    booking = paid_in_full(departure_in(120, trek), 3, extras={"bag": 3, "tent": 1})

    lifecycle.cancel_traveler(booking.pk, 3, extras={"bag": 2, "tent": 5})
    assert lifecycle.extras.extras_values(booking) == {"bag": 2, "tent": 1}
    lifecycle.cancel_traveler(booking.pk, 2, extras={"tent": -1})

    assert lifecycle.extras.extras_values(booking) == {}


def test_extras_that_make_no_sense_for_fewer_go_by_themselves():
    trek = factories.make_trek()
    ticket = factories.make_extra(trek, slug="ticket", stock=None)
    type(ticket).objects.filter(pk=ticket.pk).update(charge_unit="per_person")
    booking = factories.confirmed(departure_in(120, trek), 3, extras={"ticket": 3})

    lifecycle.cancel_traveler(booking.pk, 1)

    assert lifecycle.extras.extras_values(booking) == {"ticket": 2}


def test_costs_of_the_traveler_are_kept_where_the_charge_does_not_cover_them():
    booking = paid_in_full(departure_in(120))
    lifecycle.enter_cost(booking.pk, by=OFFICE, amount=Decimal(200), reason="Ticket", number=2)
    lifecycle.enter_cost(booking.pk, by=OFFICE, amount=Decimal(99), reason="Ticket", number=1)

    booking = lifecycle.cancel_traveler(booking.pk, 2)
    first = Cancellation.objects.get()
    lifecycle.cancel(booking.pk)

    assert (first.sunk, first.kept) == (200, 200)
    second = Cancellation.objects.last()
    assert (second.sunk, second.charge, second.kept) == (99, 150, 350)


def test_travelers_who_cancel_one_by_one_never_cost_more_than_was_paid():
    booking = factories.confirmed(departure_in(70), 3)
    booking.refresh_from_db()
    departure = booking.departure
    days = timedelta(days=30)
    type(departure).objects.update(start_date=departure.start_date - days, decide_by=timezone.localdate())
    type(booking).objects.update(balance_due_on=timezone.localdate() - days / 3)

    for number in (1, 2):
        lifecycle.cancel_traveler(booking.pk, number)

    # Half of 590 for each; 450 were paid.
    assert [row.kept for row in Cancellation.objects.all()] == [295, 155]
    assert prices.total(booking) == 590 + 450
    lifecycle.cancel(booking.pk)
    assert Cancellation.objects.last().kept == 450


def test_same_traveler_again_and_an_unknown_one_change_nothing():
    booking = lifecycle.cancel_traveler(factories.confirmed(departure_in(120), 3).pk, 2)

    again = lifecycle.cancel_traveler(booking.pk, 2)
    unknown = lifecycle.cancel_traveler(booking.pk, 9)

    assert again.version == unknown.version == booking.version
    assert (again.party_size, Cancellation.objects.count()) == (2, 1)


def test_last_traveler_cancels_the_booking_once():
    booking = lifecycle.cancel_traveler(factories.confirmed(departure_in(120), 1).pk, 1)

    again = lifecycle.cancel_traveler(booking.pk, 1)

    assert (booking.status, again.version) == ("cancelled", booking.version)
    assert Cancellation.objects.get().traveler is None
    assert factories.told(booking).count("cancelled") == 1


def test_hold_and_lapsed_booking_have_nobody_to_cancel():
    for booking in (factories.held(), factories.lapse(factories.placed())):
        with pytest.raises(lifecycle.WrongStatus):
            lifecycle.cancel_traveler(booking.pk, 1)


def test_minor_is_never_left_alone():
    booking = factories.held(party_size=2)
    factories.filled(booking)
    people = factories.people(2)
    people[1]["birth_date"] = timezone.localdate().replace(year=timezone.localdate().year - 10, day=1)
    lifecycle.set_travelers(booking.pk, people)
    booking = lifecycle.place(booking.pk, "transfer", "2026-11-01")

    with pytest.raises(lifecycle.Refused, match="need an adult"):
        lifecycle.cancel_traveler(booking.pk, 1)
    assert lifecycle.cancel_traveler(booking.pk, 2).party_size == 1


def test_pending_booking_owes_the_deposit_of_those_who_are_left():
    booking = factories.placed(departure_in(120), 3)

    booking = lifecycle.cancel_traveler(booking.pk, 3)

    assert (booking.status, booking.due_now) == ("pending", 300)
    assert lines(booking) == [("trek", "adult", 2, Decimal(590))]


def test_pending_booking_that_has_paid_enough_for_those_who_are_left_is_confirmed():
    booking = factories.placed(departure_in(120), 3)
    factories.pay(booking, "400.00")

    booking = lifecycle.cancel_traveler(booking.pk, 3)

    # 150 of the 400 are kept, 250 of the 300 for two are here.
    assert (booking.status, booking.due_now) == ("pending", 450)
    factories.pay(booking, "50.00")
    assert factories.reloaded(booking).status == "confirmed"


def test_link_to_pay_of_who_cancelled_stops_working():
    booking = factories.confirmed(departure_in(120), 2)
    theirs, other = (lifecycle.make_pay_link(booking.pk, number, Decimal(100)) for number in (2, 1))

    lifecycle.cancel_traveler(booking.pk, 2)

    assert factories.reloaded(theirs).revoked_at is not None
    assert factories.reloaded(other).revoked_at is None


def test_fare_corrected_later_keeps_the_charge():
    trek = factories.make_trek()
    factories_money.make_fare(trek, "child", "90.00")
    booking = lifecycle.cancel_traveler(factories.confirmed(departure_in(120, trek), 2).pk, 2)

    lifecycle.correct_traveler(booking.pk, 1, {"fare_class": "child"}, by=OFFICE)

    assert lines(booking) == [("charge", "2", 1, Decimal(150)), ("trek", "child", 1, Decimal(500))]
    with pytest.raises(lifecycle.WrongStatus):
        lifecycle.correct_traveler(booking.pk, 2, {"given_names": "X"}, by=OFFICE)


def test_what_was_agreed_to_is_carried_out_and_nothing_else():
    booking = paid_in_full(departure_in(120), 3)
    today = timezone.localdate()
    one = previews.of_traveler(booking, booking.travelers.get(number=2), today).promise
    whole = previews.of_booking(booking, today).promise
    lifecycle.enter_cost(booking.pk, by=OFFICE, amount=Decimal(200), reason="Ticket", number=2)

    with pytest.raises(lifecycle.AmountsChanged):
        lifecycle.cancel_traveler(booking.pk, 2, agreed=one)
    with pytest.raises(lifecycle.AmountsChanged):
        lifecycle.cancel(booking.pk, agreed="")
    assert (factories.reloaded(booking).party_size, Cancellation.objects.count()) == (3, 0)

    assert one == "150.00 440.00 1330.00"
    lifecycle.cancel(booking.pk, agreed=whole)
    assert factories.reloaded(booking).status == "cancelled"


def test_what_was_agreed_for_one_of_several_does_not_cancel_the_booking():
    booking = paid_in_full(departure_in(120))
    agreed = previews.of_traveler(booking, booking.travelers.get(number=2), timezone.localdate()).promise
    lifecycle.cancel_traveler(booking.pk, 1)

    with pytest.raises(lifecycle.AmountsChanged):
        lifecycle.cancel_traveler(booking.pk, 2, agreed=agreed)

    assert factories.reloaded(booking).status == "confirmed"

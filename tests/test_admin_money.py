"""The acts about money: each through its verb, each shown before it is done where it costs something."""

from decimal import Decimal

import pytest
from django.urls import reverse

from bookings import lifecycle, prices
from bookings.models import TaxDocument, Traveler
from tests import factories
from tests.admin_forms import act, do, filled
from treks.models import Fare

pytestmark = pytest.mark.django_db
OFFICE = lifecycle.office()


def page_of(client, booking):
    return client.get(reverse("admin:bookings_booking_change", args=[booking.pk])).content.decode()


def paid_whole(people=3, **options):
    booking = factories.confirmed(party_size=people, **options)
    factories.pay(booking, booking.departure.price * people - booking.due_now)
    return booking


def by_card(amount="300"):
    """A pending booking that paid by card."""
    booking = factories.placed(method="card")
    attempt = lifecycle.start_card(booking.pk, Decimal(amount), "stripe")
    lifecycle.note_paid(attempt.pk, charged=Decimal(amount), reference=f"pi_{attempt.pk}")
    return booking


def twice(client, record, name, query="", **values):
    """Fill in an act, look at what it does, send it again; returns (the look, the answer)."""
    look = do(client, record, name, query, **values)
    return look, client.post(act(record, name), filled(look))


def test_one_traveler_is_cancelled_only_after_the_figures_were_shown(office):
    booking = paid_whole(3)

    look = do(office, booking, "cancel-traveler", "?number=3", reason="Ill")

    html = look.content.decode()
    assert look.status_code == 200 and "Nothing is done yet" in html
    # 20 percent of 590 are less than the deposit of 150.
    assert "$150 is kept" in html and "$440" in html
    assert factories.reloaded(booking).party_size == 3 and not booking.refunds.exists()

    office.post(act(booking, "cancel-traveler"), filled(look))

    assert factories.reloaded(booking).party_size == 2
    assert booking.refunds.get().amount == 440
    assert Traveler.everyone.get(booking=booking, number=3).cancelled_at
    assert booking.events.filter(kind="traveler_cancelled").get().reason == "Ill"


def test_other_figures_than_those_shown_are_shown_again(office):
    booking = paid_whole(3)
    look = do(office, booking, "cancel-traveler", "?number=3")
    lifecycle.enter_cost(booking.pk, by=OFFICE, amount=Decimal(200), reason="Train", number=3)

    again = office.post(act(booking, "cancel-traveler"), filled(look))

    assert "$200 is kept" in again.content.decode()
    assert factories.reloaded(booking).party_size == 3
    office.post(act(booking, "cancel-traveler"), filled(again))
    assert booking.refunds.get().amount == 390


def test_where_we_cancel_a_traveler_everything_goes_back(office):
    booking = paid_whole(2)

    twice(office, booking, "cancel-traveler", "?number=2", by_us="on")

    assert booking.refunds.get().amount == 590
    assert booking.cancellations.get().by_us


def test_extras_that_the_others_keep_are_asked_for(office):
    departure = factories.make_departure()
    extra = factories.make_extra(departure.trek, slug="bag")
    booking = factories.confirmed(departure, 2, extras={"bag": 2})

    twice(office, booking, "cancel-traveler", "?number=2", extra_bag="0")

    assert not booking.booked_extras.exists()
    assert extra.booked.count() == 0


def test_minor_is_not_left_alone(office):
    booking = factories.confirmed(party_size=2)
    child = booking.travelers.get(number=2)
    factories.raw(Traveler, child, birth_date=booking.departure.start_date.replace(year=2018, day=1))

    answer = do(office, booking, "cancel-traveler", "?number=1")

    assert answer.status_code == 409 and "need an adult" in answer.content.decode()


def test_page_says_what_goes_back_before_the_booking_is_cancelled(office):
    booking = paid_whole(2)

    html = office.get(act(booking, "cancel")).content.decode()

    # The deposit of 300 is more than 20 percent of 1180.
    assert "$880" in html and "$1,180" in html
    do(office, booking, "cancel", reason="Strike")
    assert booking.refunds.get().amount == 880


def test_where_we_cancel_the_booking_everything_goes_back(office):
    booking = paid_whole(2)

    do(office, booking, "cancel", by_us="on")

    assert booking.refunds.get().amount == 1180


def test_cancelling_is_looked_at_again_when_money_came_meanwhile(office):
    booking = factories.confirmed(party_size=2)
    page = office.get(act(booking, "cancel"))
    factories.pay(booking, "100")

    answer = office.post(act(booking, "cancel"), filled(page))

    assert answer.status_code == 409
    assert factories.reloaded(booking).status == "confirmed"


def test_fare_is_changed_only_after_the_new_price_was_shown(office):
    departure = factories.make_departure()
    Fare.objects.create(trek=departure.trek, fare_class="student", reduction=Decimal(20))
    booking = factories.confirmed(departure, 2)

    look = do(office, booking, "traveler", "?number=2", fare_class="student")

    assert look.status_code == 200 and "$570" in look.content.decode()
    assert prices.total(booking) == 1180
    office.post(act(booking, "traveler"), filled(look))
    assert prices.total(booking) == 1160
    assert booking.travelers.get(number=2).fare_class == "student"


def test_name_is_corrected_without_a_second_look(office):
    booking = factories.confirmed(party_size=2)

    answer = do(office, booking, "traveler", "?number=2", given_names="Luz")

    assert answer.status_code == 302
    assert booking.travelers.get(number=2).given_names == "Luz"


def test_cost_is_entered_for_one_traveler_or_the_party(office):
    booking = factories.confirmed(party_size=2)

    do(office, booking, "cost", number="2", amount="85", reason="Train 22")
    do(office, booking, "cost", number="", amount="10", reason="Permit")

    costs = [(cost.traveler and cost.traveler.number, cost.amount) for cost in booking.sunk_costs.all()]
    assert costs == [(2, 85), (None, 10)]
    html = page_of(office, booking)
    assert "Train 22" in html and "Entered $85 that cannot be had back" in html


def test_payment_is_moved_by_the_reference_of_its_booking(office):
    wrong, right = factories.confirmed(), factories.placed()
    payment = wrong.payments.get()

    assert do(office, payment, "move", reference="ZZZZZZZZ", reason="x").status_code == 422
    do(office, payment, "move", reference=f" {right.reference.lower()} ", reason="Typed wrongly")

    assert list(wrong.payments.values_list("amount", flat=True)) == [300, -300]
    assert right.payments.get().amount == 300
    assert factories.reloaded(right).status == "confirmed"
    assert f"Moved $300 to booking {right.reference}" in page_of(office, wrong)
    assert f"entered on booking {wrong.reference}" in page_of(office, right)
    assert "reverses CP-" in page_of(office, wrong)


def test_card_payment_is_not_moved(office):
    payment = by_card().payments.get()

    assert office.get(act(payment, "move")).status_code == 302


def test_number_of_a_boleta_belongs_to_one_payment(office):
    first, second = factories.confirmed(), factories.confirmed()
    do(office, first.payments.get(), "tax-document", kind="boleta", number=" b001-12 ")

    answer = do(office, second.payments.get(), "tax-document", kind="boleta", number="B001-12")

    assert answer.status_code == 409 and first.reference in answer.content.decode()
    document = TaxDocument.objects.get()
    assert (document.number, document.entered_by.username) == ("B001-12", "ana")
    assert "B001-12" in page_of(office, first)


def test_factura_is_offered_where_a_ruc_was_given(office):
    booking = factories.confirmed()
    factories.raw(type(booking), booking, invoice_ruc="20100070970", invoice_name="Agencia SAC")

    html = office.get(act(booking.payments.get(), "tax-document")).content.decode()

    assert "Agencia SAC" in html and 'value="factura" id="id_kind_1" required checked' in html


def test_link_to_pay_is_made_and_revoked(office):
    booking = factories.confirmed(party_size=2)

    assert do(office, booking, "pay-link", number="2", amount="9999").status_code == 422
    do(office, booking, "pay-link", number="2", amount="440")
    link = booking.pay_links.get()
    assert (link.amount, link.traveler.number) == (440, 2)
    assert reverse("pay_link", args=[link.key]) in page_of(office, booking)

    do(office, booking, "revoke-link", link=str(link.pk))

    assert factories.reloaded(link).revoked_at
    assert reverse("pay_link", args=[link.key]) not in page_of(office, booking)
    assert office.get(act(booking, "revoke-link")).status_code == 302


def test_no_more_goes_back_than_was_paid_whatever_is_ticked(office):
    booking = factories.confirmed()
    values = {"came": "-1", "received_amount": "301", "received_currency": "USD", "provider": "cash"}

    answer = do(office, booking, "payment", is_right="on", **values)

    assert answer.status_code == 422 and "Only $300 was paid" in answer.content.decode()
    assert booking.payments.count() == 1


def test_page_says_where_each_price_came_from_and_what_it_is_today(office):
    departure = factories.make_departure()
    factories.make_extra(departure.trek, slug="bag", offered_at=Decimal(20))
    booking = factories.confirmed(departure, 2, extras={"bag": 1})
    assert "today $" not in page_of(office, booking)
    factories.raw(type(departure), departure, price=Decimal(640))
    departure.trek.offered_extras.update(price=Decimal(25))

    html = page_of(office, booking)

    assert "price list of" in html and "fare: adult" in html and ", extra" in html
    assert "today $640 each" in html and "today $25 each" in html
    # To look does not make a version.
    assert departure.price_lists.count() == 1

"""What the office decides about money stands in the log with who and why, and is not asked again."""

from decimal import Decimal

import factories
import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from factories_money import departure_in, open_refunds, pay_by_card

from bookings import lifecycle, money_check, prices
from bookings.admin.log import told
from bookings.models import Payment
from tests.admin_forms import act, do

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    return User.objects.create_superuser("ana", "ana@example.com", "x")


@pytest.fixture
def by(ana):
    return lifecycle.office(ana)


@pytest.fixture
def office(client, ana):
    """A logged-in member of staff who may do everything."""
    client.force_login(ana)
    return client


def staff(client, *rights):
    """The client as somebody of the staff with these rights in bookings."""
    user = User.objects.create_user("rosa", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(user)


def overpaid(by_how_much="100.00"):
    """A confirmed booking of one that paid more than its 590 in cash."""
    booking = factories.placed(departure_in(120), 1)
    factories.pay(booking, "590.00")
    factories.pay(booking, by_how_much)
    return factories.reloaded(booking)


def last_told(booking):
    event = booking.events.last()
    return told(event), event.user.username


# The log


def test_refund_that_is_sent_to_the_card_is_in_the_log_once(by):
    booking = factories.placed(departure_in(120), 1)
    pay_by_card(booking, "590.00")
    factories.pay(booking, "100.00")
    refund = booking.refunds.get()

    for _ in range(2):
        lifecycle.approve_refund(refund.pk, by=by)

    assert last_told(booking) == ("Let $100 go back to the card", "ana")
    assert factories.kinds(booking).count("refund_approved") == 1


def test_refund_that_is_not_paid_is_in_the_log_with_its_reason(by):
    booking = overpaid()

    lifecycle.drop_refund(booking.refunds.get().pk, by=by, reason="For the porters")

    assert last_told(booking) == ("Decided not to pay $100 back: For the porters", "ana")


def test_wrong_number_of_a_boleta_is_taken_back_and_the_right_one_recorded(office):
    booking, other = factories.confirmed(), factories.confirmed()
    payment = booking.payments.get()
    do(office, payment, "tax-document", kind="boleta", number="B001-21")
    assert last_told(booking) == ("Recorded boleta or factura B001-21", "ana")

    assert do(office, payment, "void-tax-document", reason="").status_code == 422
    do(office, payment, "void-tax-document", reason="Typed wrongly")
    assert last_told(booking) == ("Took the number B001-21 of a boleta or factura back: Typed wrongly", "ana")
    assert office.get(act(payment, "void-tax-document")).status_code == 302
    do(office, payment, "tax-document", kind="boleta", number="B001-12")
    do(office, other.payments.get(), "tax-document", kind="boleta", number="B001-21")

    assert [paper.number for paper in payment.papers] == ["B001-12"]
    assert [paper.number for paper in other.payments.get().papers] == ["B001-21"]
    page = reverse("admin:bookings_booking_change", args=[booking.pk])
    office.get(page)  # What was said after each act stands on the first page alone.
    html = office.get(page).content.decode()
    assert '<span class="quiet nowrap">boleta B001-12</span>' in html
    assert '<span class="quiet nowrap">boleta B001-21</span>' not in html


def test_number_is_entered_and_taken_back_once(by):
    booking = factories.confirmed()
    payment = booking.payments.get()

    for _ in range(2):
        paper = lifecycle.enter_tax_document(payment.pk, by=by, kind="boleta", number="B001-7")
    for _ in range(2):
        lifecycle.void_tax_document(paper.pk, by=by, reason="Typed wrongly")

    assert factories.kinds(booking).count("tax_document") == 2


# What was dropped


def test_what_was_dropped_is_not_proposed_again_at_the_next_change(by):
    booking = overpaid()
    lifecycle.drop_refund(booking.refunds.get().pk, by=by, reason="Agreed")

    factories.pay(booking, "30.00")
    assert open_refunds(booking) == [("proposed", Decimal(30), False)]
    factories.pay(booking, "-30.00")

    assert open_refunds(booking) == []
    assert prices.paid(booking) == 690


def test_decision_ends_once_its_money_is_not_owed(by):
    booking = overpaid()
    lifecycle.drop_refund(booking.refunds.get().pk, by=by, reason="Agreed")
    factories.pay(booking, "-100.00")

    factories.pay(booking, "100.00")

    assert open_refunds(booking) == [("proposed", Decimal(100), False)]


def test_cancelling_and_bringing_back_ask_anew(by):
    booking = overpaid()
    lifecycle.drop_refund(booking.refunds.get().pk, by=by, reason="Agreed")

    lifecycle.cancel(booking.pk)
    assert open_refunds(booking) == [("proposed", Decimal(540), False)]
    lifecycle.drop_refund(booking.refunds.get(state="proposed").pk, by=by, reason="No")
    lifecycle.reinstate(booking.pk, by=by)

    assert open_refunds(booking) == [("proposed", Decimal(100), False)]


# By hand


def test_refund_is_paid_back_in_soles_at_the_rate_of_the_day(office):
    booking = overpaid()
    refund = booking.refunds.get()
    assert do(office, refund, "by-hand", provider="cash", received_currency="PEN").status_code == 422

    do(office, refund, "by-hand", provider="cash", received_currency="PEN", rate="3.75")

    back = Payment.objects.get(amount__lt=0)
    assert (back.amount, back.received_amount, back.received_currency) == (-100, -375, "PEN")
    assert back.rate == Decimal("3.75")


def test_refund_in_dollars_keeps_no_rate(office):
    booking = overpaid()

    do(office, booking.refunds.get(), "by-hand", provider="cash", rate="3.75")

    back = Payment.objects.get(amount__lt=0)
    assert (back.received_amount, back.received_currency, back.rate) == (-100, "USD", None)


def test_constancia_of_money_paid_back_by_hand_names_the_latest_payment_with_room_for_it(by):
    booking = overpaid()
    first, second = booking.payments.order_by("pk")

    lifecycle.pay_back_by_hand(booking.refunds.get().pk, by=by, provider="cash")
    taken = factories.pay(booking, "-90.00")
    more_than_any = factories.pay(booking, "-500.00")

    back = Payment.objects.get(amount=-100)
    assert (back.pays_back, back.receipt.reverses) == (second, second.receipt)
    assert (taken.pays_back, taken.receipt.reverses) == (first, first.receipt)
    assert more_than_any.pays_back == first
    assert money_check.inner() == []


def test_money_that_fits_no_single_payment_takes_back_none():
    booking = overpaid("50.00")

    assert factories.pay(booking, "-600.00").pays_back is None


def test_card_payment_is_not_taken_back_by_hand():
    booking = factories.placed(departure_in(120), 1)
    pay_by_card(booking, "590.00")

    assert factories.pay(booking, "-100.00").pays_back is None


def test_contact_is_told_of_money_that_was_recorded_as_gone_back():
    booking = factories.confirmed(departure_in(120), 1)

    payment = factories.pay(booking, "-100.00")

    message = booking.messages.get(kind="refunded")
    assert "$100" in message.text
    assert payment.receipt.reverses == booking.payments.get(amount__gt=0).receipt


# Who may


@pytest.mark.parametrize(("rights", "is_asked"), [((), False), (("handle_money",), True)])
def test_only_who_handles_money_waives_what_a_cancellation_keeps(client, rights, is_asked):
    booking = factories.confirmed(departure_in(120), 2)
    staff(client, "view_booking", "change_booking", *rights)

    page = client.get(act(booking, "cancel"))
    do(client, booking, "cancel", by_us="on")

    assert ("by_us" in page.context["form"].fields) == is_asked
    assert booking.cancellations.get().by_us == is_asked
    assert booking.refunds.exists() == is_asked

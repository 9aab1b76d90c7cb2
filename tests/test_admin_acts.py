"""What the office does to a booking: each act through its verb, once for each form, refused in words."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings.models import BookingEvent, OutboxMessage, Payment
from tests import factories
from tests.admin_forms import act, do, filled
from tests.test_races import at_once

LIST = "/admin/bookings/booking/"


def staff(client, *rights):
    """The client as somebody of the staff with these rights in bookings."""
    user = User.objects.create_user("rosa", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(user)
    return client


def found(client, **query):
    return {row.pk for row in client.get(LIST, query).context["cl"].result_list}


def page_of(client, booking):
    return client.get(reverse("admin:bookings_booking_change", args=[booking.pk])).content.decode()


def money(amount="300.00", **values):
    return {"came": "1", "received_amount": amount, "received_currency": "USD", "provider": "cash"} | values


def test_booking_is_cancelled_with_a_reason_and_brought_back(office):
    booking = factories.confirmed(party_size=2)
    preview = office.get(act(booking, "cancel")).content.decode()
    assert "$300" in preview and "contact is told" in preview

    do(office, booking, "cancel", reason="Strike")
    assert factories.reloaded(booking).status == "cancelled"
    assert booking.events.last().reason == "Strike"

    do(office, booking, "reinstate")
    assert factories.reloaded(booking).status == "confirmed"


def test_reinstating_without_room_is_refused_in_plain_words(office):
    departure = factories.make_departure(capacity=2)
    booking = factories.confirmed(departure, 2)
    factories.lifecycle.cancel(booking.pk)
    factories.confirmed(departure, 1)

    answer = do(office, booking, "reinstate")

    assert answer.status_code == 409
    assert "Only 1 seat is left" in answer.content.decode()
    assert factories.reloaded(booking).status == "cancelled"


def test_deposit_may_come_later_but_not_after_tickets_are_bought(office):
    booking = factories.placed()
    day = timezone.localdate() + timedelta(days=20)

    do(office, booking, "extend", day=day.isoformat())
    assert timezone.localtime(factories.reloaded(booking).expires_at).date() == day + timedelta(days=1)

    too_late = booking.departure.start_date
    answer = do(office, booking, "extend", day=too_late.isoformat())
    assert answer.status_code == 422
    assert "at the latest" in answer.content.decode()


@pytest.mark.parametrize(("what", "kind"), [("link", "link"), ("placed", "placed")])
def test_message_is_sent_again_once_for_each_form(office, what, kind):
    booking = factories.placed()
    before = OutboxMessage.objects.filter(kind=kind).count()
    page = office.get(act(booking, "send"))

    for _ in range(2):
        office.post(act(booking, "send"), filled(page, what=what))

    assert OutboxMessage.objects.filter(kind=kind).count() == before + 1
    assert factories.kinds(booking)[-1] == BookingEvent.Kind.LINK_SENT


def test_private_address_is_replaced_once_for_each_form(office, client):
    booking = factories.placed()
    page = office.get(act(booking, "replace-key"))
    office.post(act(booking, "replace-key"), filled(page))
    new = factories.reloaded(booking)

    office.post(act(booking, "replace-key"), filled(page))

    assert booking.key != new.key == factories.reloaded(booking).key
    assert client.get(booking.get_absolute_url()).status_code == 404
    assert client.get(new.get_absolute_url()).status_code == 200


def test_contact_is_corrected_and_the_new_address_hears_of_the_booking(office):
    booking = factories.placed()

    do(office, booking, "contact", contact_name="Ana Quispe Mamani", contact_email="new@example.com")

    booking.refresh_from_db()
    assert (booking.contact_name, booking.contact_email) == ("Ana Quispe Mamani", "new@example.com")
    assert OutboxMessage.objects.filter(kind="placed", to="new@example.com").count() == 1
    assert booking.contact_phone == factories.CONTACT["contact_phone"]


@pytest.mark.parametrize(
    ("name", "first", "second", "field"),
    [
        ("contact", {"contact_name": "First Editor"}, {"contact_name": "Second Editor"}, "contact_name"),
        ("traveler", {"family_names": "First"}, {"family_names": "Second"}, "family_names"),
    ],
)
def test_second_correction_sees_the_first_before_it_takes_its_place(office, name, first, second, field):
    booking = factories.placed()
    page = office.get(act(booking, name))
    office.post(act(booking, name), filled(office.get(act(booking, name)), **first))

    answer = office.post(act(booking, name), filled(page, **second))

    html = answer.content.decode()
    assert answer.status_code == 409
    assert first[field] in html and second[field] in html
    assert office.post(act(booking, name), filled(answer)).status_code == 302
    assert second[field] in page_of(office, booking)


def test_traveler_of_the_address_is_corrected_and_nobody_else(office):
    booking = factories.placed(party_size=2)

    do(office, booking, "traveler", "?number=2", given_names="Luz", birth_date="1990-02-03")

    names = list(booking.travelers.order_by("number").values_list("given_names", flat=True))
    assert names == ["Given 0", "Luz"]
    assert "1990" not in " ".join(str(event.after) for event in booking.events.all())


def test_traveler_who_is_too_young_is_refused(office):
    booking = factories.placed(party_size=2)
    day = booking.departure.start_date - timedelta(days=400)

    answer = do(office, booking, "traveler", "?number=2", birth_date=day.isoformat())

    assert answer.status_code == 422
    assert "the trek is from 8 years on" in answer.content.decode()


def test_acts_that_lead_nowhere_are_not_offered(office):
    booking = factories.held()

    html = page_of(office, booking)

    assert act(booking, "payment") not in html and act(booking, "reinstate") not in html
    assert act(booking, "cancel") in html
    assert office.get(act(booking, "payment")).status_code == 302


def test_cashier_records_money_and_nothing_else(client, db):
    booking = factories.placed(party_size=2)
    cashier = staff(client, "view_booking", "handle_money")

    do(cashier, booking, "payment", **money("300"))

    assert factories.reloaded(booking).status == "confirmed"
    assert cashier.get(act(booking, "cancel")).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_clicks_at_the_same_moment_are_one_deed(client):
    user = User.objects.create_superuser("ana", "ana@example.com", "x")
    client.force_login(user)
    booking = factories.placed(party_size=2)
    pages = {name: client.get(act(booking, name)) for name in ("payment", "replace-key")}
    data = {name: filled(page) for name, page in pages.items()}
    data["payment"] |= money("300")

    def click(name):
        browser = Client()
        browser.cookies = client.cookies
        # Where the machine is slow, a click may wait too long for the lock: then one clicks again.
        answers = (browser.post(act(booking, name), data[name]).status_code for _ in range(5))
        return lambda: next(status for status in answers if status != 409)

    answers = at_once([click(name) for name in data for _ in range(4)])

    assert answers == [302] * 8
    assert Payment.objects.count() == 1
    assert factories.kinds(booking).count("key_replaced") == 1

"""Bookings in the office: found, read whole, and changed through the acts, each once for each form."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking, OutboxMessage, RefundPolicy, Terms
from tests import factories
from tests.admin_forms import act, send

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


def test_every_list_costs_the_same_with_one_and_three_rows(office):
    urls = [f"/admin/bookings/{name}/" for name in ("booking", "payment", "traveler", "outboxmessage")]
    urls += ["/admin/bookings/terms/", "/admin/bookings/refundpolicy/"]
    factories.confirmed()
    for url in urls:
        office.get(url)
    one = {url: queries(office, url) for url in urls}

    for number in (2, 3):
        factories.confirmed()
        Terms.objects.create(version=str(number), terms_text="T", privacy_text="P")
        RefundPolicy.objects.create(version=str(number))

    assert {url: queries(office, url) for url in urls} == one
    assert one[LIST] <= 11


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_page_of_a_booking_costs_the_same_with_one_and_three_of_everything(office):
    one, three = factories.confirmed(party_size=1), factories.confirmed(party_size=3)
    factories.pay(three, "10"), factories.pay(three, "20")
    url = "admin:bookings_booking_change"
    office.get(reverse(url, args=[one.pk]))

    assert queries(office, reverse(url, args=[one.pk])) == queries(office, reverse(url, args=[three.pk]))


@pytest.mark.parametrize("query", ["reference", "Ana Qui", "ana@exam", "Family 1"])
def test_booking_is_found_by_reference_name_email_and_traveler(office, query):
    booking = factories.confirmed(party_size=2)
    other = factories.held()

    results = found(office, q=booking.reference if query == "reference" else query)

    assert results == {booking.pk}
    assert other.pk in found(office)


def test_list_is_narrowed_to_what_waits(office):
    waits, announced, unpaid = (factories.placed(party_size=1) for _ in range(3))
    factories.lifecycle.announce_transfer(announced.pk, "BCP 7")
    over = factories.lapse(factories.held())
    factories.lapse(unpaid)
    owed, kept = factories.confirmed(), factories.confirmed()
    factories.lifecycle.cancel(owed.pk, by_us=True)
    # The charge is the whole deposit: nothing is owed.
    factories.lifecycle.cancel(kept.pk)
    confirmed = factories.confirmed()
    ending = factories.placed()
    tomorrow = timezone.localdate() + timedelta(days=1)
    factories.lifecycle.extend_until(ending.pk, tomorrow, by=factories.lifecycle.office())

    assert found(office, standing="deposit") == {waits.pk, announced.pk, ending.pk}
    assert found(office, standing="announced") == {announced.pk}
    assert found(office, standing="soon") == {ending.pk}
    assert found(office, standing="over") == {over.pk}
    assert found(office, standing="unpaid") == {unpaid.pk}
    assert found(office, standing="unsettled") == {owed.pk}
    assert found(office, status__exact="confirmed") == {confirmed.pk}


def test_list_is_narrowed_to_the_month_of_departure_and_the_way_it_came(office):
    trek = factories.make_trek()
    near, far = (factories.make_departure(trek, starts_in=days) for days in (60, 160))
    first, second = factories.placed(near), factories.placed(far, source="agency")

    assert found(office, month=f"{near.start_date:%Y-%m}") == {first.pk}
    assert found(office, source__exact="agency") == {second.pk}
    assert found(office, month="2027-99") == {first.pk, second.pk}


def test_list_says_how_each_booking_stands_and_what_is_open(office):
    factories.lapse(factories.held())
    factories.confirmed(party_size=2)

    html = office.get(LIST).content.decode()

    assert "Hold ran out" in html
    assert ">Confirmed<" in html
    assert "$1,180" in html and "$300" in html and "$880" in html


def test_page_of_a_booking_tells_everything_in_plain_words(office):
    booking = factories.confirmed(party_size=2)

    html = page_of(office, booking)

    for words in (
        "Held 2 seats",
        "Placed the booking",
        "Recorded $300 that came",
        "the booking is confirmed",
    ):
        assert words in html
    for words in ("Ana Quispe", "Given 1 Family 1", "came $300", booking.get_absolute_url()):
        assert words in html
    assert "kept here, not mailed" in html
    assert all(message.subject in html for message in OutboxMessage.objects.all())


def test_only_the_notes_can_be_typed_and_two_editors_lose_nothing(office):
    booking = factories.placed()
    page = office.get(reverse("admin:bookings_booking_change", args=[booking.pk]))

    send(office, page, staff_notes="Calls on Monday", status="confirmed", contact_name="Changed")
    second = send(office, page, staff_notes="Wants a room")

    booking.refresh_from_db()
    assert (booking.status, booking.contact_name) == ("pending", "Ana Quispe")
    assert booking.staff_notes == "Calls on Monday"
    assert "Wants a room" in second.content.decode() and "Calls on Monday" in second.content.decode()


def test_notes_do_not_bring_back_what_a_verb_changed_meanwhile(office):
    booking = factories.placed()
    page = office.get(reverse("admin:bookings_booking_change", args=[booking.pk]))
    factories.pay(booking, booking.due_now)

    answer = send(office, page, staff_notes="Typed before")
    send(office, answer, staff_notes="Typed before")

    booking.refresh_from_db()
    assert (booking.status, booking.staff_notes) == ("confirmed", "Typed before")


def test_staff_do_only_what_they_may(client, db):
    booking = factories.placed()
    clerk = staff(client, "view_booking")

    html = page_of(clerk, booking)

    assert act(booking, "payment") not in html and "Save the notes" not in html
    for name in ("payment", "cancel", "contact", "replace-key"):
        assert clerk.get(act(booking, name)).status_code == 403
        assert clerk.post(act(booking, name), {"reason": "x"}).status_code == 403
    assert factories.reloaded(booking).status == "pending"


@pytest.mark.parametrize("name", ["booking", "payment", "traveler", "outboxmessage", "terms", "refundpolicy"])
def test_nothing_that_must_stay_can_be_deleted(office, name):
    booking = factories.confirmed()
    rows = {
        "booking": booking,
        "payment": booking.payments.get(),
        "traveler": booking.travelers.first(),
        "outboxmessage": booking.messages.first(),
        "terms": booking.terms,
        "refundpolicy": booking.refund_policy,
    }
    row = rows[name]

    answer = office.post(reverse(f"admin:bookings_{name}_delete", args=[row.pk]), {"post": "yes"})

    assert answer.status_code == 403
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("name", ["payment", "traveler", "outboxmessage", "terms", "refundpolicy"])
def test_records_can_be_read_and_not_changed(office, name):
    booking = factories.confirmed()
    row = {
        "payment": booking.payments.first,
        "traveler": booking.travelers.first,
        "outboxmessage": booking.messages.first,
        "terms": lambda: booking.terms,
        "refundpolicy": lambda: booking.refund_policy,
    }[name]()
    url = reverse(f"admin:bookings_{name}_change", args=[row.pk])

    assert office.get(url).status_code == 200
    assert office.post(url, {"version": "9", "text": "x"}).status_code == 403


def test_booking_of_nobody_is_no_error(office):
    assert office.get(reverse("admin:bookings_booking_change", args=[999_999])).status_code == 302
    assert office.get("/admin/bookings/booking/999999/cancel/").status_code == 404
    assert Booking.objects.count() == 0


def test_acts_hold_no_inline_script_or_style(office):
    booking = factories.confirmed()
    names = ("payment", "send", "contact", "traveler", "replace-key", "cancel")

    pages = [office.get(act(booking, name)).content.decode() for name in names] + [page_of(office, booking)]

    assert not any("<style" in html or " style=" in html or "onclick" in html for html in pages)

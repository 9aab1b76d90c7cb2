"""The season in the office: seats in one query, changes with everybody in sight, bookings by phone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bookings.models import Departure, OutboxMessage
from tests import factories
from tests.admin_forms import act, do, filled, send

LIST = "/admin/bookings/departure/"


def found(client, **query):
    return {row.pk for row in client.get(LIST, query).context["cl"].result_list}


def crowd(departure):
    """Five confirmed, two pending, one on hold, and a hold that ran out."""
    confirmed = factories.confirmed(departure, 5)
    factories.placed(departure, 2)
    factories.held(departure, 1)
    factories.lapse(factories.held(departure, 4))
    return confirmed


def test_list_counts_taken_held_and_left_in_its_own_query(office):
    crowd(factories.make_departure(capacity=12))
    office.get(LIST)

    with CaptureQueriesContext(connection) as captured:
        html = office.get(LIST).content.decode()

    assert "8 of 12" in html and "67" in html
    assert 'class="field-held">1<' in html.replace(' data-label="Held"', "")
    assert 'class="field-left">4<' in html.replace(' data-label="Left"', "")
    lists = [query["sql"] for query in captured if '"seats_taken"' in query["sql"]]
    assert sum(" LIMIT " in sql or "ORDER BY" in sql for sql in lists) <= 2
    assert 'width="70" height="8"' in html and 'width="80" height="8"' in html


def test_list_costs_the_same_with_one_and_three_departures_full_of_bookings(office):
    crowd(factories.make_departure())
    office.get(LIST)
    one = queries(office, LIST)
    for days in (130, 140):
        crowd(factories.make_departure(starts_in=days))

    assert queries(office, LIST) == one


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_list_says_whether_a_full_or_closed_departure_runs(office):
    full = factories.make_departure(capacity=2)
    factories.confirmed(full, 2)
    factories.make_departure(starts_in=121, status="closed", minimum_to_run=4)

    html = office.get(LIST).content.decode()

    assert ">Full<" in html and ">guaranteed<" in html
    assert ">Closed<" in html and ">needs 4 more<" in html


def test_list_is_narrowed_to_room_for_a_party(office):
    trek = factories.make_trek()
    small, large = (factories.make_departure(trek, starts_in=days, capacity=6) for days in (100, 101))
    closed = factories.make_departure(trek, starts_in=102, status="closed")
    factories.confirmed(small, 4)

    assert found(office, room="2") == {small.pk, large.pk}
    assert found(office, room="4") == {large.pk}
    assert closed.pk in found(office)


def test_today_tells_of_transfers_and_of_what_lapses(office):
    announced, ending = factories.placed(), factories.placed()
    factories.lifecycle.announce_transfer(announced.pk, "BCP 7")
    tomorrow = timezone.localdate() + timedelta(days=1)
    factories.lifecycle.extend_until(ending.pk, tomorrow, by=factories.lifecycle.office())

    html = office.get(LIST).content.decode()

    assert "1 transfer</a> is announced" in html
    assert "1 booking</a> lapses by tomorrow night" in html


def test_capacity_never_falls_below_the_seats_that_are_taken(office):
    departure = factories.make_departure(capacity=12)
    factories.confirmed(departure, 5)

    answer = do(office, departure, "capacity", capacity="4")

    assert answer.status_code == 409
    assert "5 seats are taken" in answer.content.decode() and 'value="4"' in answer.content.decode()
    do(office, departure, "capacity", capacity="5")
    assert factories.reloaded(departure).capacity == 5


def test_page_shows_who_is_concerned_before_anything_happens(office):
    departure = factories.make_departure()
    booking = crowd(departure)
    phone = factories.held(departure, 1)
    factories.lifecycle.set_contact(phone.pk, factories.CONTACT | {"contact_email": ""})
    factories.lifecycle.place(phone.pk, "cash", "2026-11-01", by=factories.lifecycle.office())

    for name in ("capacity", "dates", "sale", "cancel"):
        html = office.get(act(departure, name)).content.decode()
        assert booking.reference in html and "4 bookings" in html and "9 people" in html
        assert "$750" in html and "no e-mail address: call" in html
        assert "1 unfinished form whose time ran out" in html
    assert factories.reloaded(departure).version == departure.version


def test_dates_are_changed_and_everybody_is_told(office):
    departure = factories.make_departure()
    factories.confirmed(departure)
    start = departure.start_date + timedelta(days=2)

    do(office, departure, "dates", start_date=start.isoformat(), end_date="")

    moved = factories.reloaded(departure)
    assert (moved.start_date, moved.end_date) == (start, departure.end_date + timedelta(days=2))
    assert OutboxMessage.objects.filter(kind="dates_changed").count() == 1


def test_departure_is_closed_and_opened_once_for_each_form(office):
    departure = factories.make_departure()
    page = office.get(act(departure, "sale"))

    for _ in range(2):
        office.post(act(departure, "sale"), filled(page))

    assert factories.reloaded(departure).status == "closed"
    do(office, departure, "sale")
    assert factories.reloaded(departure).status == "open"


def test_departure_is_cancelled_with_its_bookings_and_every_contact_is_told(office):
    departure = factories.make_departure()
    crowd(departure)

    do(office, departure, "cancel", reason="Landslide")

    assert factories.reloaded(departure).status == "cancelled"
    assert set(departure.bookings.values_list("status", flat=True)) == {"cancelled"}
    told = OutboxMessage.objects.filter(kind="cancelled")
    assert told.count() == 2
    assert all("Landslide" in message.text for message in told)


def test_cancelling_needs_its_reason(office):
    departure = factories.make_departure()

    assert do(office, departure, "cancel", reason="").status_code == 422
    assert factories.reloaded(departure).status == "open"


def test_who_books_meanwhile_is_looked_at_before_the_departure_is_cancelled(office):
    departure = factories.make_departure()
    page = office.get(act(departure, "cancel"))
    late = factories.placed(departure)

    answer = office.post(act(departure, "cancel"), filled(page, reason="Landslide"))

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody booked or changed" in html and late.reference in html and "Landslide" in html
    assert factories.reloaded(departure).status == "open"
    office.post(act(departure, "cancel"), filled(answer))
    assert factories.reloaded(departure).status == "cancelled"


def test_cancelled_departure_offers_nothing_more(office):
    departure = factories.make_departure(status="cancelled")

    html = office.get(reverse("admin:bookings_departure_change", args=[departure.pk])).content.decode()

    assert all(act(departure, name) not in html for name in ("capacity", "dates", "sale", "cancel", "phone"))


def test_form_of_a_departure_cannot_change_what_bookings_hang_on(office):
    departure = factories.make_departure()
    page = office.get(reverse("admin:bookings_departure_change", args=[departure.pk]))
    other = factories.make_trek()

    send(
        office,
        page,
        capacity="99",
        status="cancelled",
        start_date="2030-01-01",
        trek=str(other.pk),
        price="700",
    )

    after = factories.reloaded(departure)
    assert (after.capacity, after.status, after.start_date) == (12, "open", departure.start_date)
    assert (after.trek_id, after.price) == (departure.trek_id, 700)
    assert act(departure, "capacity") in page.content.decode()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"minimum_to_run": "13"}, "at least the number it runs from"),
        ({"decide_by": "2099-01-01"}, "at the latest"),
    ],
)
def test_constraints_over_fields_that_are_not_typed_are_said(office, values, words):
    departure = factories.make_departure()

    answer = send(
        office, office.get(reverse("admin:bookings_departure_change", args=[departure.pk])), **values
    )

    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_departure_is_copied_to_another_day(office):
    first = factories.make_departure(price=655, capacity=9)
    page = office.get(reverse("admin:bookings_departure_change", args=[first.pk])).content.decode()
    link = page.split("/admin/bookings/departure/add/?")[1].split('"')[0].replace("&amp;", "&")
    start = first.start_date + timedelta(days=9)

    send(office, office.get(f"{LIST}add/?{link}"), start_date=start.isoformat())

    copy = Departure.objects.exclude(pk=first.pk).get()
    assert (copy.trek_id, copy.price, copy.capacity, copy.start_date) == (first.trek_id, 655, 9, start)


def test_staff_do_only_what_they_may(client, db):
    departure = factories.make_departure()
    clerk = User.objects.create_user("rosa", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename="view_departure"))
    client.force_login(clerk)

    html = client.get(reverse("admin:bookings_departure_change", args=[departure.pk])).content.decode()

    for name in ("capacity", "dates", "sale", "cancel", "phone", "travelers"):
        assert client.get(act(departure, name)).status_code == 403
        assert client.post(act(departure, name), {"submission": str(uuid4())}).status_code == 403
        assert f'href="{act(departure, name)}"' not in html


def test_departure_with_bookings_cannot_be_deleted(office):
    departure = factories.make_departure()
    factories.held(departure)

    office.post(reverse("admin:bookings_departure_delete", args=[departure.pk]), {"post": "yes"})

    assert Departure.objects.filter(pk=departure.pk).exists()


def test_new_pages_hold_no_inline_script_or_style(office):
    departure = factories.make_departure()
    crowd(departure)
    names = ("capacity", "dates", "sale", "cancel", "phone", "travelers", "change")

    pages = [office.get(act(departure, name)).content.decode() for name in names]

    assert not any("<style" in html or " style=" in html or "onclick" in html for html in pages)

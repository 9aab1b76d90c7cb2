"""The coming departures as a calendar and as a feed: whole days in Peru, nothing private, valid lines."""

import re
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from bookings.feeds import escaped, folded
from bookings.models import Departure
from tests.factories import confirmed, held, make_departure, make_trek

ATOM = "{http://www.w3.org/2005/Atom}"


def calendar(client, **query):
    """The answer with its lines put together again."""
    response = client.get(reverse("departures_calendar"), query)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return response.content.decode().replace("\r\n ", "").split("\r\n")


def events(client, **query):
    """The events of the calendar as {name: value} in order."""
    found = []
    for line in calendar(client, **query):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            found[-1][name] = value
    return found


def feed(client, **query):
    response = client.get(reverse("departures_feed"), query)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def titles(root):
    return [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]


@pytest.mark.django_db
def test_calendar_has_whole_days_and_ends_the_day_after_the_last(client):
    departure = make_departure(make_trek(name="Lares, the classic"), starts_in=40, days=4)

    (event,) = events(client)

    assert event["DTSTART;VALUE=DATE"] == f"{departure.start_date:%Y%m%d}"
    assert event["DTEND;VALUE=DATE"] == f"{departure.start_date + timedelta(days=4):%Y%m%d}"
    assert event["SUMMARY"] == "Lares\\, the classic (12 seats left\\, needs 2 more deposits)"
    assert event["URL"] == f"http://testserver{departure.get_absolute_url()}"
    assert re.fullmatch(r"departure-\d+@[\w.]+", event["UID"])
    assert datetime.strptime(event["DTSTAMP"], "%Y%m%dT%H%M%S%z") <= datetime.now(UTC)


@pytest.mark.django_db
def test_calendar_says_how_a_departure_stands(client):
    confirmed(make_departure(starts_in=40), 2)
    held(make_departure(starts_in=41, capacity=2), 2)

    sure, full = events(client)

    assert (sure["STATUS"], full["STATUS"]) == ("CONFIRMED", "TENTATIVE")
    assert "(10 seats left\\, runs for sure)" in sure["SUMMARY"]
    assert "(full)" in full["SUMMARY"]


@pytest.mark.django_db
def test_calendar_counts_the_changes_of_a_departure(client):
    departure = make_departure()
    Departure.objects.filter(pk=departure.pk).update(version=4)

    assert events(client)[0]["SEQUENCE"] == "3"


@pytest.mark.django_db
def test_calendar_begins_and_ends_as_it_should(client):
    lines = calendar(client)

    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-2:] == ["END:VCALENDAR", ""]


@pytest.mark.django_db
def test_feeds_hold_only_what_travelers_may_see(client):
    trek = make_trek(short_name="Open", name="Open")
    make_departure(trek, starts_in=40)
    make_departure(trek, starts_in=41, is_private=True)
    make_departure(trek, starts_in=42, status="cancelled")
    make_departure(trek, starts_in=0)
    make_departure(make_trek(is_published=False), starts_in=43)

    assert len(events(client)) == 1
    assert len(titles(feed(client))) == 1


@pytest.mark.django_db
def test_feeds_can_be_of_one_trek(client):
    trek = make_trek(short_name="Short", name="Long", slug="long")
    departure = make_departure(trek)
    make_departure()

    root = feed(client, trek="long")

    (title,) = titles(root)
    assert title.startswith("Short: ")
    assert str(departure.start_date.year) in title
    assert [event["UID"].split("@")[0] for event in events(client, trek="long")] == [
        f"departure-{departure.pk}"
    ]
    own = root.find(f"{ATOM}link[@rel='self']").get("href")
    assert own == "http://testserver/departures/feed.atom?trek=long"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["departures_calendar", "departures_feed"])
@pytest.mark.parametrize("slug", ["nowhere", "a\0b"])
def test_feeds_of_an_unknown_trek_are_not_found(client, name, slug):
    assert client.get(reverse(name), {"trek": slug}).status_code == 404


@pytest.mark.django_db
def test_atom_entries_have_names_that_stay_and_times_that_have_been(client):
    departure = make_departure(starts_in=500)
    before = feed(client).find(f"{ATOM}entry").findtext(f"{ATOM}id")
    Departure.objects.update(start_date=departure.start_date + timedelta(days=7), end_date=date(2099, 1, 1))

    entry = feed(client).find(f"{ATOM}entry")

    assert entry.findtext(f"{ATOM}id") == before
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) <= datetime.now(UTC)
    assert "$590 a person." in entry.findtext(f"{ATOM}summary")


@pytest.mark.django_db
def test_entry_is_updated_when_seats_change_hands(client):
    departure = make_departure(starts_in=40)
    before = feed(client).find(f"{ATOM}entry").findtext(f"{ATOM}updated")

    booking = held(departure)

    entry = feed(client).find(f"{ATOM}entry")
    after = datetime.fromisoformat(entry.findtext(f"{ATOM}updated"))
    assert after > datetime.fromisoformat(before)
    assert abs(booking.events.latest("at").at - after) < timedelta(seconds=1)
    assert feed(client).findtext(f"{ATOM}updated") == entry.findtext(f"{ATOM}updated")
    assert events(client)[0]["DTSTAMP"] == f"{after.astimezone(UTC):%Y%m%dT%H%M%SZ}"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["departures_calendar", "departures_feed"])
def test_feeds_need_the_same_queries_for_one_departure_and_three(client, name, django_assert_max_num_queries):
    make_departure()
    with django_assert_max_num_queries(2):
        client.get(reverse(name))
    for n in range(2):
        make_departure(starts_in=50 + n)

    with django_assert_max_num_queries(2):
        client.get(reverse(name))


@pytest.mark.django_db
def test_page_of_departures_leads_to_both(client):
    make_departure(make_trek(slug="classic"))

    html = client.get(reverse("departures"), {"trek": "classic"}).content.decode()

    assert '<link rel="alternate" type="application/atom+xml"' in html
    assert 'href="/departures/calendar.ics?trek=classic"' in html
    assert html.count("/departures/feed.atom?trek=classic") == 2


@pytest.mark.parametrize("text", ["", "a" * 75, "a" * 76, "a" * 300, "ñ" * 120, "a" + "雪" * 90, "a " * 80])
def test_folded_lines_are_short_and_come_back_whole(text):
    pieces = folded(text).split("\r\n")

    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == text
    assert all(piece.startswith(" ") for piece in pieces[1:])


def test_escaped_text_is_one_line_without_bare_separators():
    assert escaped("a,b;c\\d\r\ne\nf") == "a\\,b\\;c\\\\d\\ne\\nf"


@pytest.mark.django_db
def test_calendar_says_where_online_booking_is_closed(client):
    make_departure(make_trek(booking_cutoff_days=14), starts_in=5)

    (event,) = events(client)

    assert "(online booking closed)" in event["SUMMARY"]
    assert "seats" not in event["SUMMARY"] + event["DESCRIPTION"]

"""Booking over HTTP, as a browser without script does it: forms, redirects, and nothing lost on the way."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from html.parser import HTMLParser

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from bookings import lifecycle
from bookings.models import Booking, OutboxMessage, RefundPolicy, Terms
from tests.factories import (
    CONTACT,
    filled,
    held,
    kinds,
    lapse,
    make_departure,
    make_extra,
    make_trek,
    pay,
    people,
    placed,
    raw,
    reloaded,
    seats_taken,
    told,
)

pytestmark = pytest.mark.django_db


class Fields(HTMLParser):
    """The fields of the forms of a page with their values: {name: value}."""

    def __init__(self, html):
        super().__init__()
        self.values = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        is_chosen = attrs.get("type") not in ("radio", "checkbox") or "checked" in attrs
        if tag == "input" and attrs.get("name") and "value" in attrs and is_chosen:
            self.values.setdefault(attrs["name"], attrs["value"])


def fields(response):
    return Fields(response.text).values


def book_url(departure):
    return reverse("book", args=[departure.pk])


def form_of(client, departure):
    """The fields of the booking form, freshly opened."""
    return fields(client.get(book_url(departure)))


def start(client, departure, party_size=3):
    """Open the form, choose a party, send it: the response of the POST."""
    return client.post(book_url(departure), {**form_of(client, departure), "party_size": party_size})


LEAD = {**CONTACT, "walking": "on"}


def travelers(number, year=1990):
    """Travelers as the form sends them."""
    sent = {}
    for n in range(1, number + 1):
        sent |= {f"{n}-given_names": f"Given {n}", f"{n}-family_names": f"Family {n}"}
        sent |= {f"{n}-birth_day": "1", f"{n}-birth_month": str(1 + n), f"{n}-birth_year": str(year)}
    return sent


def send(client, url, values, **more):
    """Open the page of a step, fill it in and send it."""
    return client.post(url, {**fields(client.get(url)), **values, **more})


def test_booking_goes_from_the_form_to_the_private_page_in_eleven_requests(client):
    trek = make_trek()
    extra = make_extra(trek)
    departure = make_departure(trek)
    requests = 0

    page = client.get(book_url(departure), {"party": 3})
    url, requests = book_url(departure), 1
    for answers in ({}, LEAD, travelers(3), {extra.slug: "2"}, {"method": "transfer", "accepted": "on"}):
        page = client.post(url, {**fields(page), **answers}, follow=True)
        requests += 1 + len(page.redirect_chain)
        url = page.redirect_chain[-1][0]

    assert requests == 11
    booking = Booking.objects.get()
    assert url == reverse("booking", args=[booking.key])
    assert booking.status == "pending"
    assert seats_taken(departure) == 3
    assert booking.reference in page.text
    assert [person.full_name for person in booking.travelers.order_by("number")] == [
        "Given 1 Family 1",
        "Given 2 Family 2",
        "Given 3 Family 3",
    ]
    assert told(booking) == ["placed"]
    assert told(booking, office=True) == ["office_new_booking"]


def test_trek_without_extras_skips_their_step(client):
    departure = make_departure()
    booking = Booking.objects.get(key=key_of(start(client, departure)))

    send(client, reverse("booking_lead", args=[booking.key]), LEAD)
    response = send(client, reverse("booking_travelers", args=[booking.key]), travelers(3))

    assert response.url == reverse("booking_review", args=[booking.key])
    assert client.get(reverse("booking_extras", args=[booking.key])).url == response.url


def key_of(response):
    """The key of the booking to which an answer leads."""
    return re.search(r"/bookings/([\w-]+)/", response.url)[1]


def test_same_form_ten_times_is_one_booking(client):
    departure = make_departure()
    form = {**form_of(client, departure), "party_size": 2}

    keys = {key_of(client.post(book_url(departure), form)) for _ in range(10)}

    assert len(keys) == 1
    assert Booking.objects.count() == 1
    assert seats_taken(departure) == 2


def test_two_tabs_are_one_booking(client):
    departure = make_departure()
    one, two = form_of(client, departure), form_of(client, departure)

    first = client.post(book_url(departure), {**one, "party_size": 2})
    second = client.post(book_url(departure), {**two, "party_size": 2})

    assert key_of(first) == key_of(second)


def test_back_and_another_party_size_changes_the_same_booking(client):
    departure = make_departure()
    form = form_of(client, departure)
    client.post(book_url(departure), {**form, "party_size": 2})

    client.post(book_url(departure), {**form, "party_size": 4})

    assert Booking.objects.get().party_size == 4
    assert seats_taken(departure) == 4


def test_another_party_on_the_same_date_is_another_booking(client):
    departure = make_departure()
    start(client, departure, 2)

    page = client.get(book_url(departure), {"another": 1})
    client.post(book_url(departure), {**fields(page), "party_size": 3})

    assert sorted(Booking.objects.values_list("party_size", flat=True)) == [2, 3]


def test_form_of_a_stranger_gives_them_a_booking_of_their_own(client):
    departure = make_departure()
    form = {**form_of(client, departure), "party_size": 2}
    mine = key_of(client.post(book_url(departure), form))

    theirs = key_of(Client().post(book_url(departure), form))

    assert mine != theirs
    assert seats_taken(departure) == 4


def test_new_form_after_a_placed_booking_is_a_new_booking(client):
    departure = make_departure()
    first = Booking.objects.get(key=key_of(start(client, departure, 2)))
    filled(first)
    lifecycle.place(first.pk, "cash", "2026-11-01")

    second = key_of(start(client, departure, 2))

    assert second != first.key


def test_too_few_seats_answer_409_with_how_many_and_other_dates(client):
    trek = make_trek()
    departure = make_departure(trek, capacity=4)
    later = make_departure(trek, starts_in=127)
    full = make_departure(trek, starts_in=124, capacity=3)
    held(departure, 2)
    held(full, 3)

    response = start(client, departure, 3)

    assert response.status_code == 409
    assert "Only 2 seats are left" in response.text
    assert book_url(later) in response.text
    assert book_url(full) not in response.text
    assert seats_taken(departure) == 2


def test_more_than_the_whole_departure_is_a_lack_of_seats_too(client):
    departure = make_departure(capacity=4)

    response = start(client, departure, 13)

    assert response.status_code == 409
    assert "Only 4 seats are left" in response.text


@pytest.mark.parametrize("party_size", ["", "0", "-1", "three", "41", "1e9", "٣٣٣٣٣٣"])
def test_party_that_makes_no_sense_is_refused_with_a_sentence(client, party_size):
    departure = make_departure()

    response = start(client, departure, party_size)

    assert response.status_code == 422
    assert 'id="errors"' in response.text
    assert not Booking.objects.exists()


def test_departure_inside_the_cut_off_says_ask_us(client):
    departure = make_departure(starts_in=5)

    page, posted = client.get(book_url(departure)), start(client, departure)

    assert page.status_code == 200
    assert "Keep these seats" not in page.text
    assert f"{reverse('contact')}?departure={departure.pk}" in page.text
    assert posted.status_code == 409
    assert not Booking.objects.exists()


@pytest.mark.parametrize("hidden", [{"is_private": True}, {"trek__is_published": False}])
def test_departure_that_is_not_public_has_no_form(client, hidden):
    published = hidden.pop("trek__is_published", True)
    departure = make_departure(make_trek(is_published=published), **hidden)

    assert client.get(book_url(departure)).status_code == 404
    assert client.post(book_url(departure), {"party_size": 1}).status_code == 404


def test_steps_lead_to_the_first_unfinished_one(client):
    booking = held()
    lead = reverse("booking_lead", args=[booking.key])

    for name in ("booking", "booking_travelers", "booking_extras", "booking_review"):
        assert client.get(reverse(name, args=[booking.key])).url == lead
    assert client.get(lead).status_code == 200
    assert client.get(reverse("booking_party", args=[booking.key])).status_code == 200


def test_any_step_goes_on_in_another_browser(client):
    departure = make_departure()
    key = key_of(start(client, departure))
    other = Client()

    response = send(other, reverse("booking_lead", args=[key]), LEAD)

    assert response.url == reverse("booking_travelers", args=[key])
    assert Booking.objects.get(key=key).contact_name == CONTACT["contact_name"]


def test_i_am_walking_too_offers_the_own_name_and_nothing_else(client):
    booking = held()

    send(client, reverse("booking_lead", args=[booking.key]), LEAD | {"contact_name": "Ana  María Quispe"})

    page = client.get(reverse("booking_travelers", args=[booking.key]))
    found = fields(page)
    assert (found["1-given_names"], found["1-family_names"]) == ("Ana María", "Quispe")
    assert "2-family_names" not in found
    assert reloaded(booking).travelers.get(number=1).family_names == ""


def test_without_the_tick_no_name_is_offered(client):
    booking = held()

    send(client, reverse("booking_lead", args=[booking.key]), CONTACT)

    assert "1-family_names" not in fields(client.get(reverse("booking_travelers", args=[booking.key])))


def test_extend_keeps_what_is_typed_even_if_it_is_wrong(client):
    booking = held()
    url = reverse("booking_lead", args=[booking.key])

    response = send(client, url, {"contact_name": "Ana", "contact_email": "ana@"}, extend="1")

    assert response.url == url
    page = client.get(url)
    assert fields(page)["contact_name"] == "Ana"
    assert fields(page)["contact_email"] == "ana@"
    assert reloaded(booking).extensions == 1
    assert reloaded(booking).contact_name == ""
    assert (reloaded(booking).expires_at - booking.expires_at).total_seconds() == 9 * 60


@pytest.mark.parametrize("button", ["extend", "send_link"])
@pytest.mark.parametrize(
    ("step", "field"), [("lead", "contact_name"), ("travelers", "1-family_names"), ("lead", "seen")]
)
def test_signs_no_draft_can_hold_and_endless_values_break_nothing(client, step, field, button):
    booking = held()
    lifecycle.set_contact(booking.pk, CONTACT)
    url = reverse(f"booking_{step}", args=[booking.key])

    response = send(client, url, {field: "An\x00a" + "a" * 200_000}, **{button: "1"})

    assert response.status_code == 302
    kept = reloaded(booking).drafts[step][field]
    assert kept.startswith("Anaaa")
    assert len(kept) <= (100_000 if field == "seen" else 500)
    assert client.get(url).status_code == 200


def test_after_ten_extensions_the_button_is_gone(client):
    booking = held()
    for _ in range(10):
        lifecycle.extend(booking.pk)

    page = client.get(reverse("booking_lead", args=[booking.key]))

    assert 'name="extend"' not in page.text
    assert "cannot be kept longer" in page.text


def test_wrong_values_are_told_beside_the_field_and_on_top_and_stay(client):
    booking = held()
    url = reverse("booking_lead", args=[booking.key])

    response = send(client, url, {"contact_name": "Ana", "contact_phone": "600 000 000"})

    assert response.status_code == 422
    assert 'href="#id_contact_phone"' in response.text
    assert 'id="id_contact_phone_error"' in response.text
    assert fields(response)["contact_name"] == "Ana"
    assert fields(client.get(url))["contact_name"] == "Ana"
    assert fields(client.get(url))["contact_phone"] == "600 000 000"


def test_two_people_at_once_see_both_versions_and_lose_nothing(client):
    booking = held()
    url = reverse("booking_lead", args=[booking.key])
    opened = fields(client.get(url))
    lifecycle.set_contact(booking.pk, CONTACT)

    mine = CONTACT | {"contact_name": "Luis Quispe"}
    response = client.post(url, {**opened, **mine})

    assert response.status_code == 409
    assert fields(response)["contact_name"] == "Luis Quispe"
    assert "<td>Ana Quispe</td>" in response.text
    assert reloaded(booking).contact_name == "Ana Quispe"
    client.post(url, {**fields(response), **mine})
    assert reloaded(booking).contact_name == "Luis Quispe"


def test_what_others_saved_is_noticed_also_after_a_refused_or_a_kept_form(client):
    booking = held()
    url = reverse("booking_lead", args=[booking.key])
    opened = fields(client.get(url))
    lifecycle.set_contact(booking.pk, CONTACT)

    refused = client.post(url, {**opened, **CONTACT, "contact_phone": "1"})
    again = client.post(url, {**fields(refused), **CONTACT, "contact_name": "Luis"})
    client.post(url, {**opened, **CONTACT, "contact_name": "Luis", "extend": "1"})
    kept = client.get(url)
    later = client.post(url, {**fields(kept), **CONTACT, "contact_name": "Luis"})

    assert (refused.status_code, again.status_code, later.status_code) == (422, 409, 409)
    assert reloaded(booking).contact_name == CONTACT["contact_name"]


def test_party_resized_under_an_open_form_asks_for_the_new_traveler_and_breaks_nothing(client):
    booking = held(party_size=2)
    lifecycle.set_contact(booking.pk, CONTACT)
    url = reverse("booking_travelers", args=[booking.key])
    opened = fields(client.get(url))
    lifecycle.resize(booking.pk, 3)

    response = client.post(url, {**opened, **travelers(2)})

    assert response.status_code == 422
    assert fields(response)["2-family_names"] == "Family 2"
    assert "Traveler 3" in response.text
    assert client.post(url, {**fields(response), **travelers(3)}).status_code == 409


def test_forged_seen_value_saves_nothing_unseen(client):
    booking = held()
    lifecycle.set_contact(booking.pk, CONTACT)
    url = reverse("booking_lead", args=[booking.key])

    response = client.post(url, {**CONTACT, "contact_name": "Eve", "seen": "forged"})

    assert response.status_code == 409
    assert reloaded(booking).contact_name == "Ana Quispe"


def test_lapsed_hold_keeps_what_is_typed_and_goes_on_at_todays_price(client):
    departure = make_departure(price="590.00")
    booking = held(departure, 2)
    lifecycle.set_contact(booking.pk, CONTACT)
    url = reverse("booking_travelers", args=[booking.key])
    opened = fields(client.get(url))
    lapse(booking)
    raw(type(departure), departure, price="620.00")

    response = client.post(url, {**opened, **travelers(2)}, follow=True)

    assert response.redirect_chain[-1][0] == reverse("booking", args=[booking.key])
    assert "$590" in response.text
    assert "$620" in response.text
    client.post(reverse("booking_resume", args=[booking.key]))
    assert fields(client.get(url))["2-family_names"] == "Family 2"
    assert reloaded(booking).price_lines.get().unit_amount == 620


def test_lapsed_hold_without_seats_goes_to_another_date_with_everything_typed(client):
    trek = make_trek()
    departure, later = make_departure(trek, capacity=2), make_departure(trek, starts_in=127)
    booking = held(departure, 2)
    lifecycle.set_contact(booking.pk, CONTACT)
    lifecycle.save_draft(booking.pk, "travelers", {"1-family_names": "Quispe"})
    lapse(booking)
    held(departure, 1)

    page = client.get(reverse("booking", args=[booking.key]))
    refused = client.post(reverse("booking_resume", args=[booking.key]))
    response = client.post(book_url(later), fields(page))

    assert "too few for 2 people" in page.text
    assert refused.url == reverse("booking", args=[booking.key])
    fresh = Booking.objects.get(key=key_of(response))
    assert fresh.departure == later
    lead = client.get(reverse("booking_lead", args=[fresh.key]))
    assert fields(lead)["contact_email"] == CONTACT["contact_email"]
    assert fresh.drafts["travelers"]["1-family_names"] == "Quispe"


def test_nobody_carries_over_what_they_cannot_see(client):
    victim = held()
    lifecycle.set_contact(victim.pk, CONTACT)
    departure = make_departure()

    response = client.post(
        book_url(departure), {**form_of(client, departure), "party_size": 1, "carry": str(victim.pk)}
    )

    assert Booking.objects.get(key=key_of(response)).drafts == {}


def test_price_changed_meanwhile_leaves_the_held_price(client):
    departure = make_departure(price="590.00")
    booking = filled(held(departure, 2))
    raw(type(departure), departure, price="900.00", deposit="150.00")

    page = client.get(reverse("booking_review", args=[booking.key]))

    assert "$1,180" in page.text
    assert "$900" not in page.text


def test_seats_can_be_given_back_and_taken_anew(client):
    departure = make_departure()
    key = key_of(start(client, departure))

    client.post(reverse("booking_give_back", args=[key]))

    assert seats_taken(departure) == 0
    assert "given back" in client.get(reverse("booking", args=[key])).text
    assert key_of(start(client, departure)) != key


def test_placed_booking_is_not_given_back_by_a_button(client):
    booking = placed()

    client.post(reverse("booking_give_back", args=[booking.key]))

    assert reloaded(booking).status == "pending"


def test_terms_that_changed_meanwhile_are_shown_again(client):
    booking = filled(held())
    url = reverse("booking_review", args=[booking.key])
    form = fields(client.get(url)) | {"method": "cash", "accepted": "on"}
    Terms.objects.create(version="newer", terms_text="New.", privacy_text="New.")

    response = client.post(url, form)

    assert response.status_code == 422
    assert "Our terms changed" in response.text
    assert reloaded(booking).status == "on_hold"
    assert fields(response)["terms_version"] == "newer"
    client.post(url, fields(response) | {"method": "cash", "accepted": "on"})
    assert reloaded(booking).terms.version == "newer"


def test_card_is_no_way_to_pay_while_there_is_no_gateway(client):
    booking = filled(held())

    response = send(
        client, reverse("booking_review", args=[booking.key]), {"method": "card", "accepted": "on"}
    )

    assert response.status_code == 422
    assert reloaded(booking).status == "on_hold"


def test_placing_twice_is_one_booking_and_one_message(client):
    booking = filled(held())
    url = reverse("booking_review", args=[booking.key])
    form = fields(client.get(url)) | {"method": "transfer", "accepted": "on"}

    first, second = client.post(url, form), client.post(url, form)

    assert first.url == second.url == reverse("booking", args=[booking.key])
    assert told(booking) == ["placed"]


def test_extras_run_out_with_a_sentence_and_what_was_typed(client):
    trek = make_trek()
    extra = make_extra(trek, stock=3)
    departure = make_departure(trek)
    filled(held(departure, 2), {extra.slug: 2})
    booking = held(departure, 2)
    lifecycle.set_contact(booking.pk, CONTACT)
    lifecycle.set_travelers(booking.pk, people(2))

    response = send(client, reverse("booking_extras", args=[booking.key]), {extra.slug: "2"})

    assert response.status_code == 422
    assert "Only 1 are free" in response.text
    assert fields(response)[extra.slug] == "2"


def test_extras_add_up_without_script(client):
    trek = make_trek()
    extra = make_extra(trek, price="20.00")
    booking = held(make_departure(trek), 2)
    lifecycle.set_contact(booking.pk, CONTACT)
    lifecycle.set_travelers(booking.pk, people(2))
    url = reverse("booking_extras", args=[booking.key])

    response = send(client, url, {extra.slug: "3"}, stay="1")

    assert response.url == url
    assert "$1,240" in client.get(url).text


def test_holds_of_one_browser_are_limited(client, settings):
    settings.HOLDS_PER_BROWSER = 2
    departures = [make_departure() for _ in range(3)]

    answers = [start(client, departure, 1) for departure in departures]

    assert [answer.status_code for answer in answers] == [302, 302, 409]
    assert f'<p><a href="{reverse("your_booking")}">Your booking</a></p>' in answers[2].text
    assert "Choose a smaller party" not in answers[2].text
    assert Client().get(book_url(departures[2])).status_code == 200


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.7, 203.0.113.9", "198.51.100.7"),
        (5, "203.0.113.9", "203.0.113.9"),
        (1, "rubbish", None),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
    ],
)
def test_client_address_is_believed_as_far_as_our_proxies_reach(
    client, settings, proxies, forwarded, address
):
    settings.TRUSTED_PROXIES = proxies
    departure = make_departure()
    form = form_of(client, departure) | {"party_size": 1}

    client.post(book_url(departure), form, headers={"X-Forwarded-For": forwarded})

    assert Booking.objects.get().client_address == address


def test_deposit_confirms_and_tells_the_contact(client):
    booking = placed()

    pay(booking, booking.due_now)

    page = client.get(reverse("booking", args=[booking.key]))
    assert "The seats are yours" in page.text
    assert told(booking) == ["placed", "deposit_received"]


def test_transfer_announced_tells_the_office_once(client):
    booking = placed()
    url = reverse("booking_transfer", args=[booking.key])

    for _ in range(3):
        client.post(url, {"bank_reference": "BCP  77"})

    assert reloaded(booking).transfer_reference == "BCP 77"
    assert told(booking, office=True) == ["office_new_booking", "office_transfer_announced"]


def test_corrected_email_gets_the_message_again(client, settings):
    settings.EMAIL_CORRECTIONS_PER_DAY = 3
    booking = placed()
    url = reverse("booking_email", args=[booking.key])

    client.post(url, {"contact_email": "right@example.com"})

    assert list(booking.messages.filter(kind="placed").order_by("pk").values_list("to", flat=True)) == [
        "ana@example.com",
        "right@example.com",
    ]
    for n in range(5):
        client.post(url, {"contact_email": f"other{n}@example.com"})
    assert kinds(booking).count("contact_changed") <= 1 + 3


def test_link_goes_to_the_contact_only_when_asked(client):
    booking = held()
    lifecycle.set_contact(booking.pk, CONTACT)
    url = reverse("booking_travelers", args=[booking.key])
    assert told(booking) == []

    send(client, url, {"1-family_names": "Quispe"}, send_link="1")

    assert told(booking) == ["link"]
    assert fields(client.get(url))["1-family_names"] == "Quispe"
    assert reverse("booking", args=[booking.key]) in OutboxMessage.objects.get().text


@pytest.mark.django_db(transaction=True)
def test_busy_departure_answers_with_the_page_and_nothing_lost(client):
    departure = make_departure()
    booking = held(departure)
    url = reverse("booking_lead", args=[booking.key])
    form = fields(client.get(url)) | CONTACT | {"contact_name": "Typed Name"}

    with ThreadPoolExecutor(1) as pool, lock_of(departure):
        response = pool.submit(post_elsewhere, client, url, form).result()

    assert response.status_code == 409
    assert "please try once more" in response.text
    assert fields(response)["contact_name"] == "Typed Name"


def post_elsewhere(client, url, form):
    """A POST on another connection, which waits for a lock only a moment."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
        return client.post(url, form)
    finally:
        connection.close()


@contextmanager
def lock_of(departure):
    """Hold the departure's lock until the block ends."""
    with transaction.atomic():
        lifecycle.locks.lock_departure(departure.pk)
        yield


@pytest.mark.django_db(transaction=True)
def test_ten_copies_at_once_are_one_booking(client):
    departure = make_departure()
    form = form_of(client, departure) | {"party_size": 2}

    def send_copy(_number):
        try:
            copy = Client()
            copy.cookies = client.cookies
            return copy.post(book_url(departure), form)
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(send_copy, range(10)))

    assert {answer.status_code for answer in answers} == {302}
    assert len({key_of(answer) for answer in answers}) == 1
    assert Booking.objects.count() == 1


def test_your_booking_leads_back_from_this_browser_only(client):
    departure = make_departure()
    key = key_of(start(client, departure))

    assert client.get(reverse("your_booking")).url == reverse("booking", args=[key])
    assert Client().get(reverse("your_booking")).url == reverse("find_booking")


def test_your_booking_leads_nowhere_once_the_key_is_replaced(client):
    booking = Booking.objects.get(key=key_of(start(client, make_departure())))

    lifecycle.replace_key(booking.pk, by=lifecycle.office())

    assert client.get(reverse("your_booking")).url == reverse("find_booking")


def ask_for(client, reference, email="ana@example.com"):
    return client.post(reverse("find_booking"), {"reference": reference, "email": email})


def test_find_my_booking_answers_alike_and_sends_only_to_the_right_one(client):
    booking = placed()
    OutboxMessage.objects.all().delete()

    answers = [
        ask_for(client, booking.reference.lower(), "ANA@example.com"),
        ask_for(client, booking.reference, "eve@example.com"),
        ask_for(client, "AAAABBBB"),
    ]

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, reverse("find_sent"))}
    assert not OutboxMessage.objects.exists()
    call_command("work", "--once")
    message = OutboxMessage.objects.get()
    assert message.to == "ana@example.com"
    assert booking.key in message.text


def test_find_my_booking_costs_the_same_whether_it_exists(client, django_assert_num_queries):
    booking = placed()
    client.get(reverse("find_booking"))

    with django_assert_num_queries(2):
        ask_for(client, booking.reference)
    with django_assert_num_queries(2):
        ask_for(client, "AAAABBBB")


def test_find_my_booking_can_be_asked_for_again_but_not_for_ever(client, settings):
    settings.LINK_REQUESTS_PER_ADDRESS = 6
    booking = placed()

    codes = [ask_for(client, booking.reference).status_code for _ in range(8)]
    call_command("work", "--once")

    assert codes == [302] * 6 + [429] * 2
    assert told(booking).count("link") == settings.LINKS_PER_BOOKING


@pytest.mark.parametrize("reference", ["", "ABC", "LIOLIOLI", "ABCDEFGHJ", 'ABCD<>&"', "ÀBCDEFGH"])
def test_reference_that_cannot_be_one_is_refused(client, reference):
    response = ask_for(client, reference)

    assert response.status_code == 422
    assert 'href="#id_reference"' in response.text


def test_site_without_agreements_asks_to_write_instead_of_failing(client):
    departure = make_departure()
    RefundPolicy.objects.all().delete()

    response = start(client, departure, 1)

    assert response.status_code == 409
    assert "cannot be booked online" in response.text

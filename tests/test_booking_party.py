"""The party made smaller and larger again: nobody leaves the list unseen, and nothing typed is lost."""

import pytest
from django.urls import reverse

from bookings import lifecycle
from tests.factories import CONTACT, filled, held, lapse, make_departure, people, reloaded
from tests.steps import book_url, fields, form_of, key_of, send, travelers

pytestmark = pytest.mark.django_db


def address(booking, step):
    return reverse(f"booking_{step}", args=[booking.key])


def names(booking):
    return list(booking.travelers.order_by("number").values_list("family_names", flat=True))


def test_party_form_opened_before_a_partner_changed_the_party_takes_nobody_off(client):
    booking = filled(held(party_size=2))
    opened = fields(client.get(address(booking, "party")))
    lifecycle.resize(booking.pk, 4)
    lifecycle.set_travelers(booking.pk, people(4))

    response = client.post(address(booking, "party"), {**opened, "party_size": "3"})

    assert response.status_code == 409
    assert "The party was changed meanwhile: it is 4 people now." in response.text
    assert "<td>3</td><td>4</td>" in response.text
    assert len(names(booking)) == 4
    assert client.post(address(booking, "party"), {**fields(response), "party_size": "3"}).status_code == 302
    assert len(names(booking)) == 3


def test_same_size_chosen_by_two_people_is_no_quarrel(client):
    booking = held(party_size=2)
    opened = fields(client.get(address(booking, "party")))
    lifecycle.resize(booking.pk, 3)

    assert client.post(address(booking, "party"), {**opened, "party_size": "3"}).status_code == 302


def test_resize_is_stale_only_for_a_size_that_was_not_shown():
    booking = held(party_size=3)

    with pytest.raises(lifecycle.Stale) as refused:
        lifecycle.resize(booking.pk, 1, seen=2)

    assert refused.value.current == 3
    assert lifecycle.resize(booking.pk, 1, seen=3).party_size == 1


def test_first_form_sent_again_takes_nobody_off_whom_it_never_showed(client):
    departure = make_departure()
    form = form_of(client, departure) | {"party_size": 2}
    booking = departure.bookings.get(key=key_of(client.post(book_url(departure), form)))
    lifecycle.resize(booking.pk, 3)
    filled(reloaded(booking))

    response = client.post(book_url(departure), form)

    assert response.status_code == 409
    assert "The party was changed meanwhile: it is 3 people now." in response.text
    assert "Go on with the seats you hold" in response.text
    assert "Nearest dates" not in response.text
    assert len(names(booking)) == 3
    client.post(book_url(departure), {**fields(response), "party_size": 2})
    assert len(names(booking)) == 2


def test_smaller_party_keeps_who_left_until_it_grows_again(client):
    booking = filled(held(party_size=3))

    send(client, address(booking, "party"), {"party_size": "2"})
    smaller = client.get(address(booking, "travelers"))
    kept = send(client, address(booking, "travelers"), travelers(2))
    send(client, address(booking, "party"), {"party_size": "3"})
    larger = client.get(address(booking, "travelers"))

    assert "Traveler 3: Given 2 Family 2 3 1 1990" in " ".join(smaller.text.split())
    assert "This is what you typed before" not in smaller.text
    assert kept.url == address(booking, "review")
    assert fields(larger)["3-family_names"] == "Family 2"
    assert fields(larger)["3-birth_year"] == "1990"
    assert names(booking) == ["Family 1", "Family 2", ""]


def test_who_left_the_list_asks_for_nothing_more(client):
    booking = filled(held(party_size=3))

    response = send(client, address(booking, "party"), {"party_size": "2"})

    assert response.url == address(booking, "review")


def test_correction_that_was_typed_for_a_dropped_traveler_wins_over_what_was_saved(client):
    booking = filled(held(party_size=2))
    send(client, address(booking, "travelers"), {"2-family_names": "Quispe"}, back="party")

    lifecycle.resize(booking.pk, 1)

    draft = reloaded(booking).drafts["travelers"]
    assert (draft["2-given_names"], draft["2-family_names"]) == ("Given 1", "Quispe")


def test_party_that_grew_again_goes_on_also_after_a_form_that_was_wrong(client):
    booking = filled(held(party_size=3))
    send(client, address(booking, "party"), {"party_size": "2"})
    send(client, address(booking, "party"), {"party_size": "3"})

    wrong = send(client, address(booking, "travelers"), {"3-birth_day": "99"})
    response = client.post(address(booking, "travelers"), {**fields(wrong), "3-birth_day": "3"})

    assert wrong.status_code == 422
    assert response.url == address(booking, "review")
    assert reloaded(booking).drafts == {}


def test_who_left_the_list_is_forgotten_with_the_hold(settings):
    settings.ERASE_LAPSED_HOLDS_AFTER_DAYS = 0
    booking = held(party_size=2)
    lifecycle.set_contact(booking.pk, CONTACT)
    lifecycle.set_travelers(booking.pk, people(2))
    lifecycle.resize(booking.pk, 1)
    assert "Family 1" in str(reloaded(booking).drafts)
    lapse(booking)

    lifecycle.erase_lapsed()

    assert reloaded(booking).drafts == {}

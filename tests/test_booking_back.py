"""Back to an earlier step, and away from the last look: nothing that was typed or chosen is lost."""

import pytest
from django.urls import reverse

from bookings import lifecycle
from bookings.models import Terms
from tests.factories import (
    CONTACT,
    filled,
    held,
    lapse,
    make_departure,
    make_extra,
    make_trek,
    people,
    reloaded,
)
from tests.factories_money import make_promotion
from tests.steps import fields, page_of, send

pytestmark = pytest.mark.django_db
CHOSEN = {"method": "cash", "accepted": "on"}


def address(booking, step):
    return reverse(f"booking_{step}", args=[booking.key])


def on_extras():
    """A hold whose next step is the extras."""
    trek = make_trek()
    make_extra(trek, slug="bag")
    booking = held(make_departure(trek), 2)
    lifecycle.set_contact(booking.pk, CONTACT)
    return lifecycle.set_travelers(booking.pk, people(2))


@pytest.mark.parametrize(
    ("step", "earlier", "field", "value"),
    [
        ("lead", "party", "contact_name", "Luis"),
        ("travelers", "lead", "2-family_names", "Quispe"),
        ("extras", "travelers", "bag", "1"),
    ],
)
def test_back_keeps_what_was_typed_and_continue_leads_to_it_again(client, step, earlier, field, value):
    booking = on_extras()
    page = page_of(client, booking, f"booking_{step}")

    response = client.post(address(booking, step), {**fields(page), field: value, "back": earlier})
    again = send(client, address(booking, earlier), as_saved(booking, earlier))

    assert f'name="back" value="{earlier}"' in page.text
    assert response.url == address(booking, earlier)
    assert again.url == address(booking, step)
    assert fields(client.get(again.url))[field] == value


def as_saved(booking, step):
    """The answers of a step as they are saved, where the fields of its page do not tell."""
    return {"lead": CONTACT, "party": {"party_size": booking.party_size}, "travelers": {}}[step]


def test_back_without_typing_leaves_no_draft(client):
    booking = on_extras()

    client.post(address(booking, "lead"), {**CONTACT, "back": "party"})
    send(client, address(booking, "extras"), {}, back="travelers")

    assert reloaded(booking).drafts == {}
    assert "typed before" not in page_of(client, booking, "booking_lead").text


@pytest.mark.parametrize("target", ["review", "https://example.org/", "lead/../../x", ""])
def test_back_leads_to_steps_of_the_form_only(client, target):
    booking = held()

    response = send(client, address(booking, "lead"), CONTACT, back=target)

    assert response.url == address(booking, "travelers")


def test_party_that_was_typed_and_left_is_not_shown_for_ever(client):
    booking = held(party_size=2)
    send(client, address(booking, "party"), {"party_size": 3}, extend="1")

    response = send(client, address(booking, "party"), {"party_size": 3})

    assert response.url == address(booking, "lead")
    assert reloaded(booking).drafts == {}


@pytest.mark.parametrize(
    "button",
    [{"extend": "1"}, {"send_link": "1"}, *({"back": step} for step in ("party", "lead", "travelers"))],
)
def test_review_keeps_the_way_to_pay_and_the_tick(client, button):
    booking = filled(held())

    response = send(client, address(booking, "review"), CHOSEN, **button)

    found = fields(client.get(address(booking, "review")))
    assert response.url == address(booking, button.get("back", "review"))
    assert (found["method"], found["accepted"]) == ("cash", "on")
    assert send(client, address(booking, "review"), {}).url == reverse("booking", args=[booking.key])


@pytest.mark.parametrize("button", [{"extend": "1"}, {"send_link": "1"}, {"back": "lead"}])
def test_review_keeps_a_code_that_was_typed_and_not_used_yet(client, button):
    booking = filled(held())
    make_promotion("PUNA")

    send(client, address(booking, "review"), {"code": "pu na"}, **button)

    page = client.get(address(booking, "review"))
    assert fields(page)["code"] == "pu na"
    assert '<details class="code" open>' in page.text
    client.post(address(booking, "review"), fields(page) | {"use_code": "1"})
    assert reloaded(booking).promotion.code == "PUNA"
    client.post(address(booking, "review"), {"remove_code": "1"})
    assert not fields(client.get(address(booking, "review"))).get("code")


def test_code_that_was_refused_or_emptied_is_kept_as_it_stands(client):
    booking = filled(held())
    make_promotion("PUNA")

    wrong = send(client, address(booking, "review"), {"code": "NONE", "use_code": "1"})
    client.post(address(booking, "review"), fields(wrong) | {"extend": "1"})
    kept = fields(client.get(address(booking, "review")))
    client.post(address(booking, "review"), kept | {"code": "", "extend": "1"})

    assert (wrong.status_code, kept["code"]) == (422, "NONE")
    assert not fields(client.get(address(booking, "review"))).get("code")


def test_code_of_a_partner_stays_when_a_page_that_never_showed_it_is_kept(client):
    booking = filled(held())
    make_promotion("PUNA")
    mine, theirs = (fields(client.get(address(booking, "review"))) for _ in range(2))

    client.post(address(booking, "review"), mine | {"code": "PUNA", "extend": "1"})
    client.post(address(booking, "review"), theirs | CHOSEN | {"extend": "1"})

    page = fields(client.get(address(booking, "review")))
    assert (page["code"], page["method"]) == ("PUNA", "cash")


@pytest.mark.parametrize("button", [{}, {"extend": "1"}])
def test_review_of_a_booking_that_a_partner_made_unfinished_keeps_the_choice_and_names_the_step(
    client, button
):
    booking = filled(held(party_size=2))
    opened = fields(client.get(address(booking, "review"))) | CHOSEN
    lifecycle.resize(booking.pk, 3)

    response = client.post(address(booking, "review"), opened | button, follow=True)

    assert response.redirect_chain[-1][0] == address(booking, "travelers")
    assert "Before the booking can be placed, complete the list of travelers." in response.text
    lifecycle.set_travelers(booking.pk, people(3))
    assert fields(client.get(address(booking, "review")))["method"] == "cash"


def test_tick_under_other_terms_is_never_set_before(client):
    booking = filled(held())
    send(client, address(booking, "review"), CHOSEN, extend="1")
    Terms.objects.create(version="newer", terms_text="New.", privacy_text="New.")

    found = fields(page_of(client, booking, "booking_review"))

    assert found["method"] == "cash"
    assert "accepted" not in found
    assert send(client, address(booking, "review"), {}).status_code == 422


def test_choice_on_a_page_whose_time_was_over_is_there_after_going_on(client):
    booking = filled(held())
    opened = fields(client.get(address(booking, "review")))
    lapse(booking)

    response = client.post(address(booking, "review"), {**opened, **CHOSEN}, follow=True)
    client.post(reverse("booking_resume", args=[booking.key]), fields(page_of(client, booking)))

    assert str(lifecycle.Lapsed()) in response.text.replace("&#x27;", "'")
    assert fields(page_of(client, booking, "booking_review"))["method"] == "cash"


def test_consent_and_party_are_not_carried_to_another_date(client):
    trek = make_trek()
    departure, later = make_departure(trek, capacity=2), make_departure(trek, starts_in=127)
    booking = filled(held(departure, 2))
    send(client, address(booking, "review"), CHOSEN, extend="1")
    lifecycle.save_draft(booking.pk, "party", {"party_size": "1"})
    lapse(booking)
    held(departure, 1)

    page = page_of(client, booking)
    client.post(reverse("book", args=[later.pk]), fields(page))

    (fresh,) = later.bookings.all()
    assert set(fresh.drafts) == {"lead", "travelers"}


def test_draft_of_extras_that_are_no_longer_offered_leads_nowhere(client):
    booking = on_extras()
    send(client, address(booking, "extras"), {"bag": "1"}, back="travelers")
    booking.departure.trek.offered_extras.all().delete()

    response = client.get(reverse("booking", args=[booking.key]), follow=True)

    assert response.redirect_chain[-1][0] == address(booking, "review")

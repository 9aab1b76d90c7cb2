"""Links to pay: made, shown and revoked on the private page; what they show to whoever opens them."""

from decimal import Decimal

import pytest
from django.urls import reverse

from bookings import lifecycle
from tests.factories import CONTACT, confirmed, held, lapse, pay, placed, reloaded

pytestmark = pytest.mark.django_db


def make(client, booking, amount, number=2):
    """Fill in the form of one traveler."""
    url = reverse("booking_pay_link", args=[booking.key, number])
    return client.post(url, {f"{number}-amount": amount})


def page(client, booking):
    return client.get(booking.get_absolute_url()).text


def test_form_asks_for_the_share_of_what_is_open(client, card_provider):
    text = page(client, confirmed())

    assert text.count('value="440.00"') == 2


def test_link_is_made_shown_and_revoked(client, card_provider):
    booking = confirmed()

    response = make(client, booking, "99.50")

    link = booking.pay_links.get()
    address = reverse("pay_link", args=[link.key])
    assert (link.amount, link.traveler.number) == (Decimal("99.50"), 2)
    assert response.url == f"{booking.get_absolute_url()}#links"
    assert f"http://testserver{address}" in page(client, booking)
    client.post(reverse("pay_link_revoke", args=[booking.key, link.pk]))
    assert address not in page(client, booking)
    assert "revoked" in page(client, booking)
    assert "Nothing can be paid here any more." in client.get(address).text


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("880.01", "Only $880 is still open."),
        ("0", "Ask for more than nothing."),
        ("x", "Write the amount as a number"),
        ("", "Write how much."),
        ("9.999", "two decimals at most"),
        ("NaN", "Write the amount as a number"),
        ("99999999999", "more than is still open"),
    ],
)
def test_amount_that_makes_no_sense_is_told_beside_its_field(client, card_provider, amount, said):
    booking = confirmed()

    response = make(client, booking, amount)

    assert response.status_code == 422
    assert said in response.text[response.text.index('id="id_2-amount_error"') :][:400]
    assert f'value="{amount}"' in response.text or not amount
    assert not booking.pay_links.exists()


def test_nobody_makes_links_for_what_cannot_be_paid(client, card_provider):
    hold, over, gone = held(), placed(), lapse(placed())
    lifecycle.cancel(over.pk)

    for booking in (hold, over, gone):
        make(client, booking, "10")
        assert not booking.pay_links.exists()


def test_nobody_revokes_the_link_of_another_booking(client, card_provider):
    booking, other = confirmed(), confirmed()
    link = lifecycle.make_pay_link(other.pk, 1, Decimal("10"))

    response = client.post(reverse("pay_link_revoke", args=[booking.key, link.pk]))

    assert response.status_code == 404
    assert reloaded(link).revoked_at is None


def test_link_shows_the_first_name_and_nothing_else_of_the_booking(client, card_provider):
    booking = confirmed()
    link = lifecycle.make_pay_link(booking.pk, 2, Decimal("120"))

    text = client.get(reverse("pay_link", args=[link.key])).text

    for words in (booking.reference, "Given 1", booking.departure.trek.name, "$120"):
        assert words in text
    told = [booking.key, *CONTACT.values(), "Given 0", "Family 0", "Family 1", "$1,180", "$880", "$300"]
    assert [words for words in told if words != "PE" and words in text] == []


def test_link_is_paid_at_the_provider_and_says_so_on_both_pages(client, settings, card_provider):
    settings.CARD_SURCHARGE_PERCENT = Decimal("5.5")
    booking = confirmed()
    link = lifecycle.make_pay_link(booking.pk, 2, Decimal("120"))
    address = reverse("pay_link", args=[link.key])

    assert "Pay $126.60 by card" in client.get(address).text
    led_to = client.post(address).url
    attempt = booking.attempts.get()
    assert led_to == attempt.url
    card_provider.pay(attempt.session)
    done = client.get(reverse("pay_link_done", args=[link.key]), follow=True).text

    assert "This is paid. Thank you." in done
    assert "by card</button>" not in done
    assert ">paid</span>" in page(client, booking)
    assert "<dt>Paid</dt><dd>$420</dd>" in page(client, booking)


def test_link_that_is_paid_leads_nowhere_from_a_page_that_was_left_open(client, card_provider):
    booking = confirmed()
    link = lifecycle.make_pay_link(booking.pk, 2, Decimal("120"))
    address = reverse("pay_link", args=[link.key])
    client.post(address)
    card_provider.pay(booking.attempts.get().session)
    client.get(reverse("pay_link_done", args=[link.key]))

    again = client.post(address)

    assert again.url == address
    assert booking.attempts.count() == 1
    assert "This is paid. Thank you." in client.get(address).text


def test_link_for_more_than_is_open_is_over(client, card_provider):
    booking = confirmed()
    link = lifecycle.make_pay_link(booking.pk, 2, Decimal("500"))
    pay(booking, "500")

    assert "over: less than that is open" in page(client, booking)
    assert "Nothing can be paid here any more." in client.get(reverse("pay_link", args=[link.key])).text

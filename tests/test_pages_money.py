"""Money on the traveler's pages: the way to pay, the ledger, cards, papers, the factura."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bookings import lifecycle, prices
from bookings.forms.private import is_ruc
from bookings.models import Promotion, Refund
from bookings.views.ledger import shares_of
from tests.factories import (
    CONTACT,
    confirmed,
    filled,
    held,
    make_departure,
    make_extra,
    make_trek,
    pay,
    placed,
    raw,
    reloaded,
)
from tests.steps import fields, send
from treks.models import Fare, PartyRate

pytestmark = pytest.mark.django_db
PROOF = "A university card with <photo>."


def make_fares(trek):
    """A child's and a student's fare."""
    Fare.objects.create(trek=trek, fare_class="child", reduction=40, oldest=11, proof="The passport.")
    Fare.objects.create(
        trek=trek, fare_class="student", reduction=20, oldest=25, proof=PROOF, is_example=True
    )


def make_code(code="LARES10", **values):
    today = timezone.localdate()
    usual = {"percent": 10, "starts_on": today, "ends_on": today + timedelta(days=30)}
    return Promotion.objects.create(code=code, **usual | values)


def led(departure):
    """A hold whose next step are its travelers."""
    return lifecycle.set_contact(held(departure).pk, CONTACT)


def url_of(booking, name="booking", *args):
    return reverse(name, args=[booking.key, *args])


def test_booking_with_nothing_to_pay_is_confirmed_at_once(client):
    make_code("FREE", percent=100)
    booking = filled(held())
    lifecycle.use_promotion(booking.pk, "FREE")
    url = url_of(booking, "booking_review")

    assert "Nothing is to be paid" in client.get(url).text
    client.post(url, fields(client.get(url)) | {"accepted": "on"})

    assert reloaded(booking).status == "confirmed"
    assert "You are walking, all paid" in client.get(url_of(booking)).text


def test_review_tells_the_surcharge_of_a_card_and_only_there(client, settings, card_provider):
    settings.CARD_SURCHARGE_PERCENT = Decimal("5.5")
    booking = filled(held())

    text = client.get(url_of(booking, "booking_review")).text

    assert "a surcharge of 5.5\u00a0%, $16.50, is added to the payment" in text
    assert "It is never part of the price" in text
    assert "Cards are not taken" not in text
    assert "<dd>$1,180</dd>" in text


def test_placed_with_a_card_leads_to_the_provider_and_paid_there_it_is_confirmed(client, card_provider):
    booking = filled(held())

    response = send(client, url_of(booking, "booking_review"), {"method": "card", "accepted": "on"})

    attempt = booking.attempts.get()
    assert response.url == attempt.url
    assert attempt.amount == 300
    card_provider.pay(attempt.session)
    page = client.get(url_of(booking, "booking_paid"), follow=True)
    assert "Thank you. Your payment is here." in page.text
    assert reloaded(booking).status == "confirmed"


def test_provider_that_is_down_loses_nothing(client, card_provider):
    booking = filled(held())
    card_provider.break_next(10, "500")

    response = send(client, url_of(booking, "booking_review"), {"method": "card", "accepted": "on"})

    assert response.url == url_of(booking)
    page = client.get(response.url).text
    assert reloaded(booking).status == "pending"
    assert "Pay $300 by card" in page
    assert 'class="error"' in page
    card_provider.mend()
    again = client.post(url_of(booking, "booking_pay"), {"what": "due"})
    assert again.url == booking.attempts.get().url


def test_pending_page_offers_what_is_due_and_everything(client, settings, card_provider):
    settings.CARD_SURCHARGE_PERCENT = Decimal("5.5")
    booking = placed(method="card")

    text = client.get(url_of(booking)).text

    assert text.index("Pay $316.50 by card") < text.index("Pay $1,244.90 by card")
    assert "$300 + $16.50 card surcharge (5.5\u00a0%)" in text
    client.post(url_of(booking, "booking_pay"), {"what": "all"})
    assert booking.attempts.get().amount == 1180


def test_page_without_a_provider_offers_no_card_and_no_links(client):
    text = client.get(url_of(confirmed())).text

    assert "by card" not in text
    assert "Make a link" not in text


def test_ledger_tells_each_payment_its_way_and_what_came_beside_it(client):
    booking = confirmed()
    pay(booking, "100", provider="terminal", surcharge=Decimal("5.50"), received_amount=Decimal("105.50"))
    soles = {"received_amount": Decimal("380"), "received_currency": "PEN", "rate": Decimal("3.8000")}
    pay(booking, "100", provider="cash", **soles)
    pay(booking, "-50", provider="cash")

    text = client.get(url_of(booking)).text

    assert "a card surcharge of $5.50: charged $105.50 in all" in text
    assert "S/380, at 3.8 soles for a dollar" in text
    assert "went back, cash in Cusco" in text
    assert "<dt>Paid</dt><dd>$450</dd>" in text
    assert "<dd>$730</dd>" in text


def test_overdue_balance_is_told_plainly(client):
    booking = confirmed()
    raw(type(booking), booking, balance_due_on=timezone.localdate() - timedelta(days=1))

    text = client.get(url_of(booking)).text

    assert "The balance of $880 was due by" in text
    assert "has not come" in text
    assert "Balance, overdue since" in text
    assert "is due by" not in text


def test_balance_may_still_be_paid_on_its_last_day(client):
    booking = confirmed()
    raw(type(booking), booking, balance_due_on=timezone.localdate())

    text = client.get(url_of(booking)).text

    assert "overdue" not in text
    assert "The balance of $880 is due by" in text


def test_money_that_goes_back_is_told_as_far_as_it_is(client, card_provider):
    booking = placed(method="card")
    client.post(url_of(booking, "booking_pay"), {"what": "all"})
    card_provider.pay(booking.attempts.get().session)
    client.get(url_of(booking, "booking_paid"))
    lifecycle.cancel(booking.pk, by_us=True)
    refund = Refund.objects.get()

    proposed = client.get(url_of(booking)).text
    lifecycle.approve_refund(refund.pk, by=lifecycle.office())
    sending = client.get(url_of(booking)).text
    lifecycle.note_refund(refund.pk, reference="re_1", is_done=True)
    done = client.get(url_of(booking)).text

    assert "$1,180 is to go back to you." in proposed
    assert "$1,180 is on its way back to your card." in sending
    assert "All that was paid has gone back." in done
    assert "−$1,180" in done


def test_constancia_is_a_page_of_its_booking_only(client):
    booking, other = confirmed(), confirmed()
    receipt = booking.payments.get().receipt

    assert url_of(booking, "receipt", receipt.pk) in client.get(url_of(booking)).text
    text = client.get(url_of(booking, "receipt", receipt.pk)).text
    assert str(receipt) in text
    assert "Received from Ana Quispe" in text
    assert "$300" in text
    assert client.get(url_of(other, "receipt", receipt.pk)).status_code == 404


def test_ruc_needs_its_check_digit():
    assert is_ruc("20131312955")
    assert not is_ruc("20131312954")
    assert not is_ruc("99131312955")


def test_factura_is_asked_for_and_taken_back(client):
    booking = placed()
    url = url_of(booking, "booking_invoice")

    wrong = client.post(url, {"invoice_ruc": "20131312954", "invoice_name": "Sunat"})
    client.post(url, {"invoice_ruc": "20 131312955", "invoice_name": " Los  Andes SAC "})
    page = client.get(url_of(booking)).text

    assert wrong.status_code == 422
    assert "a digit must be wrong" in wrong.text[wrong.text.index('id="id_invoice_ruc_error"') :]
    assert "The factura is for Los Andes SAC, RUC 20131312955" in page
    pay(booking, "300")
    assert booking.payments.get().receipt.payer == "Los Andes SAC"
    client.post(url, {"boleta": "1"})
    assert (reloaded(booking).invoice_ruc, reloaded(booking).invoice_name) == ("", "")


def test_factura_for_a_cancelled_booking_is_refused(client):
    booking = placed()
    lifecycle.cancel(booking.pk)

    client.post(url_of(booking, "booking_invoice"), {"invoice_ruc": "20131312955", "invoice_name": "Andes"})

    assert reloaded(booking).invoice_ruc == ""


@pytest.mark.parametrize("weights", [[1], [590, 550, 570], [0, 0], [1, 1, 1]])
def test_shares_sum_to_the_amount(weights):
    shares = shares_of(Decimal("100.00"), [Decimal(weight) for weight in weights])

    assert sum(shares) == 100
    assert all(share == prices.rounded(share) > 0 for share in shares)


def test_private_page_costs_the_same_queries_with_one_row_and_three(client, card_provider):
    counts = []
    for rows in (1, 3):
        trek = make_trek()
        booking = confirmed(make_departure(trek), rows, extras={make_extra(trek).slug: 1})
        for number in range(1, rows + 1):
            pay(booking, "10.00")
            lifecycle.make_pay_link(booking.pk, number, Decimal("20.00"))
        with CaptureQueriesContext(connection) as captured:
            assert "Revoke this link" in client.get(url_of(booking)).text
        counts.append(len(captured))

    assert counts[0] == counts[1] <= 40


def test_trek_page_tells_fares_proof_and_party_rates(client):
    trek = make_trek()
    make_fares(trek)
    PartyRate.objects.create(trek=trek, people=6, reduction=20, is_example=True)

    text = client.get(trek.get_absolute_url()).text

    assert "$40 less, up to 11 years" in text
    assert "example. A university card with &lt;photo&gt;." in text
    assert "6 or more" in text
    assert "$20 less for each of you" in text

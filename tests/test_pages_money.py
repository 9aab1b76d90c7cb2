"""Money on the traveler's pages: fares, codes, the way to pay, the ledger, cards, papers, the factura."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bookings import emails, lifecycle, prices
from bookings.forms.private import is_ruc
from bookings.models import OutboxMessage, Promotion, Refund
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
    people,
    placed,
    raw,
    reloaded,
)
from tests.steps import fields, send, travelers
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


def test_fares_are_asked_only_where_the_trek_has_some_and_adult_is_first(client):
    plain, reduced = make_trek(), make_trek()
    make_fares(reduced)

    without = client.get(url_of(led(make_departure(plain)), "booking_travelers")).text
    text = client.get(url_of(led(make_departure(reduced)), "booking_travelers")).text

    assert "fare_class" not in without
    assert text.index(">Adult, $590<") < text.index(">Child, up to 11 years, $550<")
    assert re.findall(r'value="(\w+)" selected', text) == ["adult", "adult"]
    assert "A university card with &lt;photo&gt;." in text
    assert "<photo>" not in text


def test_fare_changes_the_price_and_stands_on_the_review(client):
    trek = make_trek()
    make_fares(trek)
    booking = filled(held(make_departure(trek)))
    sent = travelers(2) | {"2-birth_year": str(timezone.localdate().year - 8), "2-fare_class": "child"}

    send(client, url_of(booking, "booking_travelers"), sent)

    assert prices.total(booking) == 590 + 550
    text = client.get(url_of(booking, "booking_review")).text
    assert f"{trek.short_name}, child" in text
    assert "$1,140" in text


def test_age_that_does_not_fit_the_fare_is_told_beside_it_and_nothing_typed_is_lost(client):
    trek = make_trek()
    make_fares(trek)
    booking = led(make_departure(trek))
    sent = travelers(2) | {"2-fare_class": "child", "2-family_names": "Typed"}

    response = send(client, url_of(booking, "booking_travelers"), sent)

    assert response.status_code == 422
    age = booking.departure.start_date.year - 1990
    start = response.text.index('id="id_2-fare_class_error"')
    assert f"this traveler is {age}. This fare is for: up to 11 years." in response.text[start:]
    again = client.get(url_of(booking, "booking_travelers")).text
    assert '<option value="child" selected>' in again
    assert 'value="Typed"' in again


def test_two_people_at_once_see_both_fares_in_words(client):
    trek = make_trek()
    make_fares(trek)
    booking = led(make_departure(trek))
    url = url_of(booking, "booking_travelers")
    opened = fields(client.get(url))
    student = people(2)[0] | {"birth_date": date(timezone.localdate().year - 20, 1, 1)}
    lifecycle.set_travelers(booking.pk, [student | {"fare_class": "student"}, people(2)[1]])

    response = client.post(url, opened | travelers(2) | {"1-fare_class": "adult"})

    assert response.status_code == 409
    assert "<td>Adult, $590</td><td>Student, up to 25 years, $570</td>" in response.text


def test_code_changes_the_price_and_keeps_the_way_to_pay_and_the_tick(client):
    make_code()
    booking = filled(held())
    url = url_of(booking, "booking_review")

    response = send(client, url, {"code": "lares 10", "use_code": "1", "method": "cash", "accepted": "on"})

    assert reloaded(booking).promotion.code == "LARES10"
    assert "−$118" in response.text
    assert "$1,062" in response.text
    assert fields(response)["method"] == "cash"
    assert re.search(r'<input type="checkbox" name="accepted"[^>]* checked', response.text)
    removed = client.post(url, fields(response) | {"remove_code": "1"})
    assert reloaded(booking).promotion is None
    assert fields(removed)["method"] == "cash"
    assert "$1,180" in removed.text


@pytest.mark.parametrize(
    ("code", "said"), [("NOPE", "This code is not valid for this trek"), ("", "Write the code.")]
)
def test_wrong_code_is_told_beside_its_field(client, code, said):
    make_code()
    booking = filled(held())

    response = send(client, url_of(booking, "booking_review"), {"code": code, "use_code": "1"})

    assert response.status_code == 422
    assert said in response.text[response.text.index('id="id_code_error"') :]
    assert reloaded(booking).status == "on_hold"


def test_code_that_was_typed_and_not_used_is_used_before_placing(client):
    make_code()
    booking = filled(held())
    url = url_of(booking, "booking_review")

    response = send(client, url, {"code": "LARES10", "method": "cash", "accepted": "on"})

    assert reloaded(booking).status == "on_hold"
    assert prices.total(booking) == Decimal("1062.00")
    client.post(url, fields(response) | {"accepted": "on"})
    assert reloaded(booking).status == "pending"


def test_without_any_promotion_there_is_no_field(client):
    assert "promotion code" not in client.get(url_of(filled(held()), "booking_review")).text


def test_reductions_stand_in_the_summary_of_every_step(client):
    trek = make_trek()
    make_extra(trek)
    PartyRate.objects.create(trek=trek, people=2, reduction=25)
    make_code()
    booking = filled(held(make_departure(trek)))
    lifecycle.use_promotion(booking.pk, "LARES10")

    for name in ("booking_lead", "booking_extras", "booking_review"):
        text = client.get(url_of(booking, name)).text
        assert "Party of 2 or more" in text
        assert "−$50" in text
        assert "Promotion LARES10</dt><dd>−$113" in text


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


def message(booking, kind):
    return OutboxMessage.objects.filter(booking=booking, kind=kind).last()


def test_messages_lead_to_the_card_where_cards_are_taken(settings, card_provider):
    settings.CARD_SURCHARGE_PERCENT = Decimal("5.5")
    booking = placed(method="card")
    emails.lapse_reminder(booking)

    for kind in ("placed", "lapse_reminder"):
        told = message(booking, kind)
        assert "By card, on your private page:" in told.text
        assert booking.key in told.text
        assert "5.5\u00a0% on top" in told.text
        assert "Pay $300 by card" in told.html


def test_messages_without_a_provider_speak_of_no_card():
    assert "card" not in message(placed(), "placed").text


@pytest.mark.parametrize(
    ("paid", "said"),
    [
        ("1180", "the cancellation costs $300, and you get $880 back"),
        ("300", "costs all of it, so that nothing comes back"),
        (None, "Nothing was paid, so nothing is owed."),
    ],
)
def test_cancelled_message_says_what_comes_back(paid, said):
    booking = placed()
    if paid:
        pay(booking, paid)

    lifecycle.cancel(booking.pk)

    assert said in message(booking, "cancelled").text
    assert said in message(booking, "cancelled").html


def test_cancelled_by_us_gives_everything_back():
    booking = confirmed()

    lifecycle.cancel(booking.pk, by=lifecycle.office(), by_us=True)

    assert "You get back all that was paid, $300." in message(booking, "cancelled").text


def test_reductions_read_well_in_messages():
    make_code()
    booking = filled(held())
    lifecycle.use_promotion(booking.pk, "LARES10")

    lifecycle.place(booking.pk, "transfer", "2026-11-01")

    assert "Promotion LARES10: −$118\n" in message(booking, "placed").text
    assert "<th>Promotion LARES10</th><td>−$118</td>" in message(booking, "placed").html

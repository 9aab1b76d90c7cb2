"""What the clock does to bookings: reminders before they lapse, personal data emptied after."""

from datetime import timedelta

import factories
import pytest
from django.db import connection
from django.utils import timezone

from bookings import lifecycle
from bookings.admin.standing import soon
from bookings.models import Booking, OutboxMessage

pytestmark = pytest.mark.django_db
OFFICE = lifecycle.office()


def days_to_pay(booking, days):
    """A pending booking whose last day to pay is so many days from today, and that was told so long ago."""
    last_day = timezone.localdate() + timedelta(days=days)
    lifecycle.extend_until(booking.pk, last_day, by=OFFICE)
    factories.told_long_ago(booking)
    return booking


def test_reminder_comes_once_the_day_before_the_last_day():
    tomorrow, later = days_to_pay(factories.placed(), 1), days_to_pay(factories.placed(), 2)
    factories.lapse(factories.placed())
    factories.lapse(factories.held(), by="-20 hours")

    assert lifecycle.remind_before_lapse() == 1
    assert lifecycle.remind_before_lapse() == 0
    assert (factories.told(tomorrow)[-1], factories.told(later)) == ("lapse_reminder", ["placed"])
    last_day = timezone.localdate() + timedelta(days=1)
    assert f"{last_day.day} {last_day:%B %Y}" in tomorrow.messages.get(kind="lapse_reminder").text


def test_reminder_that_had_no_day_before_comes_on_the_last_day():
    days_to_pay(factories.placed(), 0)

    assert lifecycle.remind_before_lapse() == 1


def test_reminders_go_to_those_whom_the_office_sees_as_lapsing_by_tomorrow_night():
    for days in range(4):
        days_to_pay(factories.placed(), days)
    seen = set(Booking.objects.filter(soon()).values_list("pk", flat=True))

    assert lifecycle.remind_before_lapse() == len(seen) == 2
    assert set(OutboxMessage.objects.filter(kind="lapse_reminder").values_list("booking", flat=True)) == seen


def test_reminder_does_not_follow_on_the_heels_of_the_message_about_the_booking():
    fresh, back = factories.placed(), factories.placed()
    factories.told_long_ago(back)
    lifecycle.cancel(back.pk)
    lifecycle.reinstate(back.pk, by=OFFICE)
    for booking in (fresh, back):
        factories.lapse(booking, by="-3 hours")

    assert lifecycle.remind_before_lapse() == 0
    factories.told_long_ago(fresh, back)
    assert lifecycle.remind_before_lapse() == 2


def test_reminder_that_fails_holds_up_no_other(caplog):
    refused, sound = factories.placed(), factories.placed()
    for booking in (refused, sound):
        factories.lapse(booking, by="-20 hours")
    factories.told_long_ago(refused, sound)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "ALTER TABLE bookings_outboxmessage ADD CONSTRAINT refused"
            " CHECK (booking_id <> %s OR kind <> 'lapse_reminder') NOT VALID",
            [refused.pk],
        )

    assert lifecycle.remind_before_lapse() == 1
    assert (factories.told(refused)[-1], factories.told(sound)[-1]) == ("placed", "lapse_reminder")
    assert f"failed for booking {refused.pk}" in caplog.text


def test_personal_data_of_lapsed_holds_is_emptied_and_the_rest_stays(settings):
    settings.ERASE_LAPSED_HOLDS_AFTER_DAYS = 30
    booking = factories.filled(factories.held(browser="b", address="192.0.2.1"))
    lifecycle.send_link(booking.pk)
    lifecycle.save_draft(booking.pk, "lead", {"contact_name": "Ana"})
    factories.lapse(booking, by="31 days")
    young = factories.lapse(factories.filled(factories.held()), by="29 days")
    kept = factories.lapse(factories.placed(), by="31 days")

    assert (lifecycle.erase_lapsed(), lifecycle.erase_lapsed()) == (1, 0)

    booking = factories.reloaded(booking)
    assert not any((booking.contact_name, booking.contact_email, booking.contact_phone, booking.drafts))
    assert (booking.contact_country.code, booking.browser, booking.client_address) == ("", "", None)
    assert {(t.given_names, t.family_names, t.birth_date) for t in booking.travelers.all()} == {
        ("", "", None)
    }
    assert factories.told(booking) == []
    assert booking.price_lines.count() == 1
    assert factories.kinds(booking)[-1] == "erased"
    assert factories.reloaded(young).contact_name == factories.reloaded(kept).contact_name == "Ana Quispe"


def test_personal_data_of_a_given_back_hold_is_emptied_too(settings):
    settings.ERASE_LAPSED_HOLDS_AFTER_DAYS = 0
    booking = factories.filled(factories.held())
    lifecycle.cancel(booking.pk)

    assert lifecycle.erase_lapsed() == 1
    assert factories.reloaded(booking).contact_email == ""


def test_personal_data_of_a_hold_for_which_money_came_is_kept(settings):
    settings.ERASE_LAPSED_HOLDS_AFTER_DAYS = 0
    booking = factories.filled(factories.held())
    factories.pay(booking, "50.00")
    factories.lapse(booking)

    assert lifecycle.erase_lapsed() == 0
    assert factories.reloaded(booking).contact_email == factories.CONTACT["contact_email"]


def test_personal_data_typed_after_a_resume_is_emptied_again(settings):
    settings.ERASE_LAPSED_HOLDS_AFTER_DAYS = 1
    booking = factories.lapse(factories.filled(factories.held()), by="2 days")
    lifecycle.erase_lapsed()
    lifecycle.resume(booking.pk)
    factories.lapse(factories.filled(booking), by="2 days")

    assert lifecycle.erase_lapsed() == 1
    assert factories.reloaded(booking).contact_name == ""

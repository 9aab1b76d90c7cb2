"""Lists about money and who may see them: a clerk without the permission, Rosa of the group Money."""

from datetime import timedelta
from decimal import Decimal
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bookings import lifecycle
from bookings.models import PriceList, Promotion, ProviderNotice
from tests import factories, factories_money
from tests.admin_forms import act, filled

pytestmark = pytest.mark.django_db
OFFICE = lifecycle.office()
LISTS = ("payment", "refund", "promotion", "pricelist", "paymentattempt", "providernotice", "receipt")
LISTS += ("taxdocument",)
MONEY = "/admin/bookings/money/"
BOOKINGS = "/admin/bookings/booking/"


@pytest.fixture
def group():
    """The group as the migration makes it; tests that empty the database may have taken it."""
    import_module("bookings.migrations.0012_office_money").make_group(apps, None)
    return Group.objects.get(name="Money")


@pytest.fixture
def rosa(client, group):
    """Handles the money."""
    user = User.objects.create_user("rosa", is_staff=True)
    user.groups.add(group)
    client.force_login(user)
    return client


@pytest.fixture
def clerk(client):
    """Sees and changes bookings, and has every right that Django gives by model, but not the money."""
    user = User.objects.create_user("carlos", is_staff=True)
    rights = Permission.objects.filter(content_type__app_label="bookings").exclude(codename="handle_money")
    user.user_permissions.set(rights)
    client.force_login(user)
    return client


def everything(number=1):
    """One more row for every list; returns the booking."""
    booking = factories.placed(method="card")
    attempt = lifecycle.start_card(booking.pk, booking.due_now, "stripe")
    lifecycle.note_paid(attempt.pk, charged=booking.due_now, reference=f"pi_{attempt.pk}")
    payment = booking.payments.get()
    lifecycle.enter_tax_document(payment.pk, by=OFFICE, kind="boleta", number=f"B-{payment.pk}")
    lifecycle.make_pay_link(booking.pk, 1, Decimal(number), by=OFFICE)
    lifecycle.cancel(booking.pk, by=OFFICE, by_us=True)
    day = timezone.localdate()
    Promotion.objects.create(code=f"CODE{number}", percent=10, starts_on=day, ends_on=day)
    ProviderNotice.objects.create(gateway="stripe", event=f"evt_{number}", kind="x", body="{}")
    return booking


def acts_about_money(booking):
    """Every act about money with its record, of a confirmed booking and of one with a refund."""
    names = ("payment", "cost", "pay-link", "revoke-link", "cancel-traveler")
    refund, payment = booking.refunds.first(), booking.payments.first()
    yield from ((booking, name) for name in names)
    yield from ((refund, name) for name in ("approve", "by-hand", "drop"))
    yield from ((payment, name) for name in ("move", "tax-document"))


def test_clerk_without_the_permission_sees_and_does_nothing_about_money(clerk):
    booking, confirmed = everything(), factories.confirmed()

    for record, name in acts_about_money(booking):
        assert clerk.get(act(record, name)).status_code == 403, name
        assert clerk.post(act(record, name), {"submission": str(uuid4())}).status_code == 403, name
    for name in LISTS:
        assert clerk.get(f"/admin/bookings/{name}/").status_code == 403, name
    assert clerk.get(MONEY).status_code == clerk.get(f"{MONEY}export/").status_code == 403
    day = timezone.localdate().isoformat()
    assert clerk.get(f"{MONEY}export/", {"first": day, "last": day}).status_code == 403
    assert clerk.post("/admin/bookings/promotion/add/", {"code": "FREE"}).status_code == 403
    for one in (booking, confirmed):
        html = clerk.get(reverse("admin:bookings_booking_change", args=[one.pk])).content.decode()
        assert not any(act(record, name) in html for record, name in acts_about_money(booking))
        assert act(one, "payment") not in html
    assert MONEY not in clerk.get("/admin/").content.decode()
    assert factories.reloaded(booking.refunds.get()).state == "proposed"


def test_rosa_of_the_group_money_is_offered_it_and_does_it(rosa):
    booking, confirmed = everything(), factories.confirmed()
    refund = booking.refunds.get()
    html = rosa.get(reverse("admin:bookings_booking_change", args=[booking.pk])).content.decode()
    of_confirmed = rosa.get(reverse("admin:bookings_booking_change", args=[confirmed.pk])).content.decode()

    assert act(refund, "approve") in html
    assert all(act(confirmed, name) in of_confirmed for name in ("payment", "cost", "pay-link"))
    assert all(rosa.get(f"/admin/bookings/{name}/").status_code == 200 for name in LISTS)
    assert rosa.get(MONEY).status_code == 200
    assert MONEY in rosa.get("/admin/").content.decode()
    rosa.post(act(refund, "approve"), filled(rosa.get(act(refund, "approve"))))
    assert factories.reloaded(refund).decided_by.username == "rosa"
    # What is not about money stays with those who may change bookings.
    assert rosa.get(act(confirmed, "contact")).status_code == 403


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_every_list_costs_the_same_with_one_and_three_rows(office):
    urls = [f"/admin/bookings/{name}/" for name in LISTS] + [MONEY, BOOKINGS, "/admin/"]
    everything(1)
    for url in urls:
        queries(office, url)
    one = {url: queries(office, url) for url in urls}

    everything(2), everything(3)

    assert {url: queries(office, url) for url in urls} == one


def test_page_of_a_booking_costs_the_same_with_more_of_everything(office):
    booking = everything(1)
    url = reverse("admin:bookings_booking_change", args=[booking.pk])
    queries(office, url)
    one = queries(office, url)

    refund = booking.refunds.get()
    lifecycle.drop_refund(refund.pk, by=OFFICE, reason="x")
    factories.pay(booking, "10"), factories.pay(booking, "20")

    assert queries(office, url) == one


@pytest.mark.parametrize("name", [name for name in LISTS if name != "promotion"])
def test_records_of_money_can_be_read_and_neither_changed_nor_deleted(office, name):
    booking = everything()
    model = apps.get_model("bookings", name)
    row = model.objects.first()
    change = reverse(f"admin:bookings_{name}_change", args=[row.pk])

    html = office.get(change).content.decode()

    assert " style=" not in html
    assert office.post(change, {"amount": "1"}).status_code == 403
    assert office.post(reverse(f"admin:bookings_{name}_delete", args=[row.pk])).status_code == 403
    assert office.get(reverse(f"admin:bookings_{name}_add")).status_code == 403
    assert factories.reloaded(booking).pk


def test_promotion_is_added_and_its_worth_stays(office):
    day = timezone.localdate()
    dates = {"starts_on": day.isoformat(), "ends_on": (day + timedelta(days=9)).isoformat()}
    add = "/admin/bookings/promotion/add/"
    wrong = office.post(add, {"code": "TEN", "percent": "10", "amount": "5", **dates})
    assert "not both" in wrong.content.decode()
    office.post(add, {"code": "TEN", "percent": "10", **dates})
    promotion = Promotion.objects.get()
    booking = factories.held()
    lifecycle.use_promotion(booking.pk, "ten")

    page = reverse("admin:bookings_promotion_change", args=[promotion.pk])
    office.post(page, {"code": "ALL", "percent": "100", **dates, "limit": "3"})

    promotion.refresh_from_db()
    assert (promotion.code, promotion.percent, promotion.limit) == ("TEN", 10, 3)
    row = office.get("/admin/bookings/promotion/").context["cl"].result_list[0]
    assert row.used_by == 1
    factories.lapse(booking)
    assert office.get("/admin/bookings/promotion/").context["cl"].result_list[0].used_by == 0


def test_limit_of_a_promotion_is_not_less_than_its_uses(office):
    promotion = factories_money.make_promotion("TEN", limit=3)
    for _ in range(2):
        lifecycle.use_promotion(factories.held().pk, "TEN")
    dates = {"starts_on": promotion.starts_on.isoformat(), "ends_on": promotion.ends_on.isoformat()}
    page = reverse("admin:bookings_promotion_change", args=[promotion.pk])

    answer = office.post(page, {**dates, "limit": "1"})

    assert "2 bookings use it already" in answer.content.decode()
    office.post(page, {**dates, "limit": "2"})
    assert factories.reloaded(promotion).limit == 2


def found(client, standing):
    return {row.pk for row in client.get(BOOKINGS, {"standing": standing}).context["cl"].result_list}


def test_bookings_are_narrowed_to_what_their_money_waits_for(office):
    today = timezone.localdate()
    overdue, due, later = factories.confirmed(), factories.confirmed(), factories.confirmed()
    factories.raw(type(due), overdue, balance_due_on=today - timedelta(days=1))
    factories.raw(type(due), due, balance_due_on=today + timedelta(days=14))
    factories.raw(type(due), later, balance_due_on=today + timedelta(days=15))
    undeposited = factories.confirmed()
    factories.pay(undeposited, "-100")
    refund = factories.confirmed()
    lifecycle.cancel(refund.pk, by=OFFICE, by_us=True)

    assert found(office, "overdue") == {overdue.pk}
    assert found(office, "due") == {due.pk}
    assert found(office, "undeposited") == {undeposited.pk}
    assert found(office, "refund") == {refund.pk}
    html = office.get("/admin/").content.decode()
    assert "1 refund</a> is to be decided" in html and "1 balance</a> is overdue" in html


def test_today_tells_of_failed_refunds_and_notices(office):
    booking = everything()
    lifecycle.approve_refund(booking.refunds.get().pk, by=OFFICE)
    lifecycle.note_refund(booking.refunds.get().pk, error="The bank said no")
    ProviderNotice.objects.update(attempts=2)

    html = office.get("/admin/").content.decode()

    assert "1 refund</a> did not reach its card" in html
    assert "1 notice of the card provider</a> could not be handled" in html


def test_payments_are_narrowed_to_what_went_back(office):
    booking = factories.confirmed()
    factories.pay(booking, "-10")

    back = office.get("/admin/bookings/payment/", {"direction": "back"}).context["cl"].result_list

    assert [payment.amount for payment in back] == [-10]


def ask(client, name, row):
    data = {"action": "ask_again", "_selected_action": [row.pk]}
    return client.post(f"/admin/bookings/{name}/", data, follow=True).content.decode()


@pytest.fixture
def attempt():
    """A card payment whose page is open."""
    booking = factories.placed(method="card")
    attempt = lifecycle.start_card(booking.pk, booking.due_now, "stripe")
    return lifecycle.note_session(attempt.pk, "cs_1", "https://example.com")


def test_provider_that_is_not_set_up_cannot_be_asked(office, attempt, settings):
    settings.STRIPE_SECRET_KEY = ""

    assert "this provider is not set up" in ask(office, "paymentattempt", attempt)


def test_provider_that_is_silent_is_asked_again_later(office, attempt, card_provider):
    notice = ProviderNotice.objects.create(gateway="stripe", event="e", kind="x", about="cs_1", body="{}")
    card_provider.break_next(8, "503")

    assert "does not answer" in ask(office, "paymentattempt", attempt)
    assert "GatewayDown" in ask(office, "providernotice", notice)
    assert factories.reloaded(notice).last_error.startswith("GatewayDown")


def test_attempt_without_a_page_is_answered_at_once(office):
    booking = factories.placed(method="card")
    attempt = lifecycle.start_card(booking.pk, booking.due_now, "stripe")

    assert "answered about 1" in ask(office, "paymentattempt", attempt)
    assert factories.reloaded(attempt).asked_at


def test_price_list_is_told_in_words(office):
    departure = factories.make_departure()
    factories.held(departure)
    row = PriceList.objects.get()

    html = office.get(reverse("admin:bookings_pricelist_change", args=[row.pk])).content.decode()

    assert "$590" in html and "$150" in html

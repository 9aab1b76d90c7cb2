"""What the office does all day: dates, prices, answers, the company's record."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from bookings.models import ContactMessage, Departure
from tests import factories
from tests.admin_forms import send
from treks.models import Operator

ADD_DEPARTURE = "/admin/bookings/departure/add/"


def change(record):
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])


def test_new_departure_needs_only_trek_and_day(office):
    trek = factories.make_trek(usual_price=640, usual_deposit=200, group_maximum=10, group_minimum=3)
    for number in (1, 2, 3, 4):
        factories.make_day(trek, number)
    start = timezone.localdate() + timedelta(days=200)

    empty = dict.fromkeys(
        ["end_date", "decide_by", "group", "capacity", "minimum_to_run", "price", "deposit"], ""
    )
    send(office, office.get(ADD_DEPARTURE), trek=str(trek.pk), start_date=start.isoformat(), **empty)

    departure = Departure.objects.get()
    assert departure.end_date == start + timedelta(days=3)
    assert departure.decide_by == start - timedelta(days=trek.balance_due_days)
    assert (departure.price, departure.deposit) == (640, 200)
    assert (departure.capacity, departure.minimum_to_run, departure.group) == (10, 3, "A")


def test_second_group_of_a_day_gets_the_next_letter(office):
    first = factories.make_departure()

    answer = send(
        office,
        office.get(ADD_DEPARTURE),
        trek=str(first.trek_id),
        start_date=first.start_date.isoformat(),
        group="",
    )

    assert answer.status_code == 302
    assert sorted(Departure.objects.values_list("group", flat=True)) == ["A", "B"]


def test_departures_are_repeated_a_week_later(office):
    first = factories.make_departure(status="closed")

    office.post(
        reverse("admin:bookings_departure_changelist"),
        {"action": "repeat_a_week_later", "_selected_action": [first.pk]},
    )

    copy = Departure.objects.exclude(pk=first.pk).get()
    assert copy.start_date - first.start_date == copy.decide_by - first.decide_by == timedelta(days=7)
    assert (copy.status, copy.price) == ("open", first.price)


@pytest.mark.parametrize(
    ("state", "expected"),
    [("guaranteed", {"sure"}), ("needs", {"needs", "full"}), ("full", {"full"}), ("cancelled", {"off"})],
)
def test_list_is_filtered_by_how_departures_stand(office, state, expected):
    departures = {
        "sure": factories.make_departure(starts_in=100),
        "needs": factories.make_departure(starts_in=101),
        "full": factories.make_departure(starts_in=102, capacity=2, minimum_to_run=2),
        "off": factories.make_departure(starts_in=103, status="cancelled"),
    }
    factories.confirmed(departures["sure"], 2)
    factories.placed(departures["full"], 2)

    found = (
        office.get(reverse("admin:bookings_departure_changelist"), {"state": state}).context["cl"].result_list
    )

    assert {row.pk for row in found} == {departures[name].pk for name in expected}


def test_list_shows_what_is_coming_unless_asked_for_the_past(office):
    coming, past = factories.make_departure(), factories.make_departure(starts_in=-30)
    url = reverse("admin:bookings_departure_changelist")

    assert [row.pk for row in office.get(url).context["cl"].result_list] == [coming.pk]
    assert [row.pk for row in office.get(url, {"when": "past"}).context["cl"].result_list] == [past.pk]


def test_months_of_the_list_can_be_chosen(office):
    trek = factories.make_trek()
    for month in (4, 5):
        first = date(timezone.localdate().year + 1, month, 10)
        days = (first - timezone.localdate()).days
        factories.make_departure(trek, starts_in=days)
    url = reverse("admin:bookings_departure_changelist")

    answer = office.get(url, {"start_date__year": timezone.localdate().year + 1, "start_date__month": 5})

    assert [row.start_date.month for row in answer.context["cl"].result_list] == [5]
    assert 'aria-current="true">May</a>' in answer.content.decode()


def test_today_tells_what_waits(office):
    factories.make_departure(starts_in=10, decide_by=timezone.localdate())
    ContactMessage.objects.create(
        name="Eva", email="e@example.com", text="Cold?", submission=factories.uuid4()
    )

    page = office.get(reverse("admin:index")).content.decode()

    assert "1 departure</a> should have been decided" in page
    assert "1 message</a> waits for an answer" in page
    assert "Cold?" in page


def test_message_is_marked_as_answered_and_its_words_stay(office):
    message = ContactMessage.objects.create(
        name="Eva", email="eva@example.com", text="Is it cold?", submission=factories.uuid4()
    )

    page = office.get(change(message))
    send(office, page, _save=None, _answered="1", text="Changed", name="Changed")

    message.refresh_from_db()
    assert message.answered_by.username == "ana"
    assert (message.name, message.text) == ("Eva", "Is it cold?")
    assert "mailto:eva@example.com" in page.content.decode()


def test_first_answer_stays_written_down(office):
    other = User.objects.create_user("rosa")
    message = ContactMessage.objects.create(
        name="Eva",
        email="e@example.com",
        text="?",
        submission=factories.uuid4(),
        answered_at=timezone.now(),
        answered_by=other,
    )

    office.post(
        reverse("admin:bookings_contactmessage_changelist"),
        {"action": "mark_answered", "_selected_action": [message.pk]},
    )

    message.refresh_from_db()
    assert message.answered_by == other


def test_there_is_one_operator_and_the_list_leads_to_it(office):
    factories.make_agreements()
    operator = Operator.objects.get()

    answer = office.get(reverse("admin:treks_operator_changelist"))

    assert answer.url == change(operator)
    assert office.get(reverse("admin:treks_operator_add")).status_code == 403
    assert office.get(reverse("admin:treks_operator_delete", args=[operator.pk])).status_code == 403


def test_view_on_site_leads_to_the_page_and_only_where_there_is_one(office):
    village = factories.make_village(name="Willoc", slug="willoc")
    hidden = factories.make_trek(is_published=False)

    page = office.get(change(village)).content.decode()

    assert f'href="{village.get_absolute_url()}" class="viewsitelink"' in page
    assert office.get(village.get_absolute_url()).status_code == 200
    assert "viewsitelink" not in office.get(change(hidden)).content.decode()


def test_spanish_may_stay_empty_and_english_may_not(office):
    village = factories.make_village()

    answer = send(office, office.get(change(village)), name_en="", name_es="Guacaguasi")

    assert list(answer.context["errors"]) == [["This field is required."]]
    assert send(office, answer, name_en="Huacahuasi", name_es="").status_code == 302

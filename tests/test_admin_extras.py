"""The stock of an extra covers what is booked of it on every day to come."""

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from tests import factories
from tests.admin_forms import send


def change_stock(office, extra, stock):
    """The answer to another stock, sent from the page of the extra."""
    url = reverse("admin:treks_extra_change", args=[extra.pk])
    return send(office, office.get(url), stock=stock)


def test_stock_below_what_is_booked_is_refused_with_how_many_on_which_day(office):
    trek = factories.make_trek()
    bag = factories.make_extra(trek, slug="bag", stock=5)
    first = factories.make_departure(trek, starts_in=100)
    second = factories.make_departure(trek, starts_in=102)
    factories.placed(first, 2, extras={"bag": 2})
    factories.confirmed(second, 1, extras={"bag": 1})

    refused = change_stock(office, bag, "2")
    enough = change_stock(office, bag, "3")

    day = date_format(second.start_date, "D j M Y")
    assert f"3 are booked on {day}: we cannot own fewer." in refused.content.decode()
    assert enough.status_code == 302
    assert factories.reloaded(bag).stock == 3


@pytest.mark.parametrize("stock", ["0", ""])
def test_stock_follows_bookings_that_take_something_only(office, stock):
    trek = factories.make_trek()
    bag = factories.make_extra(trek, slug="bag", stock=5)
    over = factories.make_departure(trek, starts_in=-3, days=3)
    factories.lapse(factories.filled(factories.held(factories.make_departure(trek)), {"bag": 2}))
    gone = factories.placed(factories.make_departure(trek, starts_in=130), extras={"bag": 2})
    factories.lifecycle.cancel(gone.pk)
    past = factories.placed(factories.make_departure(trek, starts_in=140), extras={"bag": 2})
    factories.raw(type(past), past, departure=over)

    answer = change_stock(office, bag, stock)

    assert answer.status_code == 302
    assert factories.reloaded(bag).stock == (int(stock) if stock else None)

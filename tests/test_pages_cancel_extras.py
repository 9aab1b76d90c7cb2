"""What stays of the extras when one traveler cancels: the same on the page, in the office and in the verb."""

import pytest

from bookings import lifecycle
from bookings.forms.cancelling import CancelTravelerForm
from bookings.models import Refund
from tests.factories import make_departure, make_extra, make_trek, raw
from tests.steps import fields
from tests.test_pages_cancel import all_paid, traveler_url

pytestmark = pytest.mark.django_db
# Of each unit: what three have booked, and what usually stays for two on a trek of four days.
UNITS = {
    "per_trek": (3, 2),
    "per_person": (3, 2),
    "per_day": (12, 8),
    "per_night": (9, 6),
    "per_room_night": (2, 2),
    "per_group": (1, 1),
}


@pytest.mark.parametrize("unit", UNITS)
def test_page_office_and_verb_let_the_same_stay_and_give_the_same_back(client, unit):
    booked, stays = UNITS[unit]
    trek = make_trek()
    extra = make_extra(trek, price="10.00", stock=None)
    raw(type(extra), extra, charge_unit=unit)
    booking = all_paid(make_departure(trek, days=4), 3, extras={extra.slug: booked})
    office = CancelTravelerForm(booking, asked={"number": "3"})
    opened = client.get(traveler_url(booking, 3))

    lifecycle.cancel_traveler(booking.pk, 3)

    refund = Refund.objects.get().amount
    assert booking.booked_extras.get().quantity == stays
    assert office.fields[f"extra_{extra.slug}"].initial == stays
    assert fields(opened)[extra.slug] == str(stays)
    assert refund == 440 + 10 * (booked - stays)
    assert f"Cancel traveler 3: ${refund:.0f} comes back" in opened.text

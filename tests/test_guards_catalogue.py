"""Every constraint of the catalogue is broken here, by its name."""

import pytest
from django.apps import apps
from django.db import models, transaction

from tests.factories import make_extra, make_trek, raw, refused
from tests.factories_money import make_fare, make_party_rate
from tests.factories_treks import make_day, make_hot_spring, make_place, make_transfer, make_village
from treks.models import (
    HotSpring,
    ItineraryDay,
    LoadedField,
    OfferedExtra,
    Operator,
    PagePicture,
    Place,
    Trek,
    Village,
    Waypoint,
)

pytestmark = pytest.mark.django_db


def day(**values):
    raw(ItineraryDay, make_day(make_trek(), 1), **values)


def trek(**values):
    raw(Trek, make_trek(), **values)


def page_picture(**values):
    raw(PagePicture, PagePicture.objects.create(spot="home_hero"), **values)


def place(**values):
    raw(Place, make_place(), **values)


def two_days_of_one_number():
    described = make_trek()
    make_day(described, 1)
    make_day(described, 1)


def two_rides_in_one_position():
    walked = make_day(make_trek(), 1)
    make_transfer(walked)
    make_transfer(walked)


def two_waypoints_in_one_position():
    described = make_trek()
    for _ in range(2):
        Waypoint.objects.create(trek=described, position=1, day_number=1, km=0, altitude_m=3250)


def an_extra_offered_twice():
    described = make_trek()
    extra = make_extra(described)
    OfferedExtra.objects.filter(trek=described, extra=extra).delete()
    for _ in range(2):
        OfferedExtra.objects.create(trek=described, extra=extra)


def two_operators():
    for pk in (1, 2):
        Operator.objects.create(pk=pk, name="Lares Trek", phone="+51 84 000000", email="office@example.com")


def two_child_fares():
    described = make_trek()
    for _ in range(2):
        make_fare(described)


def two_rates_from_four():
    described = make_trek()
    for _ in range(2):
        make_party_rate(described)


def a_field_loaded_twice():
    for _ in range(2):
        LoadedField.objects.create(key="trek:classic", field="name", checksum="0" * 64)


BREAKS = [
    ("trek_photo_has_alt_text", lambda: trek(photo="photos/pass.jpg")),
    ("pagepicture_photo_has_alt_text", lambda: page_picture(photo="photos/pass.jpg")),
    ("itineraryday_photo_has_alt_text", lambda: day(photo="photos/pass.jpg")),
    ("place_photo_has_alt_text", lambda: place(photo="photos/pass.jpg")),
    ("place_photo_has_alt_text", lambda: raw(Village, make_village(), photo="photos/pass.jpg")),
    ("place_photo_has_alt_text", lambda: raw(HotSpring, make_hot_spring(), photo="photos/pass.jpg")),
    ("trek_group_minimum_fits_maximum", lambda: trek(group_minimum=0)),
    ("trek_group_minimum_fits_maximum", lambda: trek(group_minimum=9, group_maximum=8)),
    ("trek_deposit_fits_price", lambda: trek(usual_deposit=591)),
    ("itinerary_day_number_is_unique", two_days_of_one_number),
    ("itinerary_day_hours_are_in_order", lambda: day(hours_min=8)),
    ("itinerary_day_hours_are_in_order", lambda: day(vehicle_hours_min=1)),
    ("itinerary_day_highest_is_highest", lambda: day(start_altitude_m=4451)),
    ("itinerary_day_highest_is_highest", lambda: day(end_altitude_m=4451)),
    ("itinerary_day_night_has_altitude", lambda: day(overnight="none")),
    ("itinerary_day_night_has_altitude", lambda: day(sleeping_altitude_m=None)),
    ("transfer_position_is_unique", two_rides_in_one_position),
    ("waypoint_position_is_unique", two_waypoints_in_one_position),
    ("place_position_is_whole", lambda: place(latitude=-13)),
    ("place_altitude_is_in_its_range", lambda: place(altitude_m=4401)),
    ("place_altitude_is_in_its_range", lambda: place(altitude_m=4399)),
    ("offered_extra_is_offered_once", an_extra_offered_twice),
    ("operator_is_one_row", two_operators),
    ("fare_is_one_of_its_class", two_child_fares),
    ("fare_costs_less", lambda: make_fare(make_trek(), reduction="0.00")),
    ("fare_ages_are_in_order", lambda: make_fare(make_trek(), youngest=12, oldest=11)),
    ("party_rate_starts_once", two_rates_from_four),
    ("party_rate_is_for_a_party", lambda: make_party_rate(make_trek(), people=1)),
    ("party_rate_is_for_a_party", lambda: make_party_rate(make_trek(), reduction="0.00")),
    ("loaded_field_is_known_once", a_field_loaded_twice),
]


@pytest.mark.parametrize(("constraint", "breaks"), BREAKS)
def test_constraint_refuses(constraint, breaks):
    with refused(constraint), transaction.atomic():
        breaks()


def test_every_constraint_is_broken_above_and_speaks_to_people():
    constraints = [
        (model, found)
        for model in apps.get_app_config("treks").get_models()
        for found in model._meta.constraints
    ]

    assert {found.name for _, found in constraints} == {name for name, _ in BREAKS}
    assert all(len(found.name) <= 55 for _, found in constraints)
    # Loaded fields are the loader's own notes: no form shows them.
    usual = models.BaseConstraint.default_violation_error_message
    assert [m for m, found in constraints if found.violation_error_message == usual] == [LoadedField]

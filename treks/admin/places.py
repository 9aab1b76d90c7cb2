"""Villages, hot springs and all other places."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lares.admin import both
from treks.models import HotSpring, Place, Village

from .base import IllustratedAdmin
from .photos import PICTURE

QUECHUA = _("Quechua words stand between asterisks: *wasi*.")
NAME = (None, {"fields": [*both("name"), ("slug", "kind"), *both("summary", "description")]})
WHERE = (
    _("Where it lies"),
    {
        "fields": [
            ("altitude_m", "altitude_low_m", "altitude_high_m"),
            ("latitude", "longitude"),
            "position_is_approximate",
        ]
    },
)
NAMES = (
    _("Its names"),
    {
        "fields": ["other_names", *both("meaning"), "meaning_is_inferred"],
        "description": QUECHUA,
        "classes": ["collapse"],
    },
)


class PlaceBaseAdmin(IllustratedAdmin):
    """What every kind of place shares."""

    list_display = ["name", "kind", "altitude_m", "other_spellings"]
    search_fields = ["name_en", "name_es", "other_names"]
    search_help_text = _("Any spelling.")
    prepopulated_fields = {"slug": ["name_en"]}

    @admin.display(description=_("other spellings"))
    def other_spellings(self, place):
        return ", ".join(place.spellings) or "–"


@admin.register(Place)
class PlaceAdmin(PlaceBaseAdmin):
    """Passes, lagoons, towns, sites and peaks; villages and hot springs have pages of their own."""

    list_filter = ["kind"]
    fieldsets = [NAME, WHERE, NAMES, PICTURE]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(village=None, hotspring=None)


@admin.register(Village)
class VillageAdmin(PlaceBaseAdmin):
    """Where people live along the treks."""

    list_display = ["name", "kind", "altitude_m", "families", "other_spellings"]
    fieldsets = [
        NAME,
        WHERE,
        (
            _("The people"),
            {
                "fields": [
                    ("families", "population", "quechua_percent"),
                    *both("known_for", "weaving", "etiquette"),
                ],
                "description": QUECHUA,
            },
        ),
        NAMES,
        PICTURE,
    ]


@admin.register(HotSpring)
class HotSpringAdmin(PlaceBaseAdmin):
    """Thermal pools."""

    list_display = ["name", "altitude_m", "opening", "fee_foreign_pen", "checked_on"]
    fieldsets = [
        NAME,
        WHERE,
        (
            _("Hours and entry"),
            {
                "fields": [
                    ("opens_at", "closes_at"),
                    ("fee_foreign_pen", "fee_national_pen", "fee_child_pen"),
                    "checked_on",
                ],
                "description": _("The page says on which day these figures were last checked."),
            },
        ),
        (
            _("Pools and water"),
            {
                "fields": [
                    ("pool_count", "coolest_c", "hottest_c"),
                    *both("water", "minerals", "on_site", "etiquette", "getting_there"),
                ]
            },
        ),
        NAMES,
        PICTURE,
    ]

    @admin.display(description=_("open"))
    def opening(self, spring):
        if not spring.opens_at or not spring.closes_at:
            return "–"
        return f"{spring.opens_at:%H:%M} – {spring.closes_at:%H:%M}"
